"""Passages that contradict each other are told, and those that do not are left alone."""

import re
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from coach.domain.guidance import Contradiction, Origin, Passage
from coach.errors import InputRefused
from coach.language.prose import prose, stands_word_for_word
from coach.reading.guidance_file import read_guidance_folder
from coach.retrieval import contradictions as module
from coach.retrieval.contradictions import Point, contradictions, own_first, position_of, read_contested
from coach.retrieval.opposites import gist_of, opposed
from coach.retrieval.split import split

FOLDER = Path(__file__).parents[1] / "knowledge"
SENTENCES: dict[str, list[list[str]]] = yaml.safe_load(Path(__file__).with_name("contested_sentences.yaml").read_text(encoding="utf-8"))
POINTS = {point.name: point for point in read_contested(FOLDER / "contested.yaml")}
AGENDA, NOTES = "Who leads and sets the agenda", "Whether a pair keeps notes"
KEEP, KEEP_NONE = "Keep notes of every session.", "Do not take notes during sessions."


def passage(text: str, name: str = "a", section: str = "Practice", origin: Origin = Origin.SHIPPED) -> Passage:
    return Passage(
        id=f"{name}/{section}/{text}", document_id=name, file=f"{name}.md", document=name, section=section, text=text, origin=origin
    )  # fmt: skip


def named(first: str, second: str) -> tuple[Contradiction, ...]:
    """Return what is told of two sentences in two documents, on contested points and word against word."""
    return contradictions([passage(first, "a"), passage(second, "b")], tuple(POINTS.values()))


# ---------------------------------------------------------------- contested points


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_two_documents_that_hold_different_positions_contradict_each_other(name: str) -> None:
    *held, _ = SENTENCES[name]
    for one, other in combinations(range(len(held)), 2):
        (found,) = contradictions([passage(held[one][0], "a"), passage(held[other][0], "b")], (POINTS[name],))
        assert (found.point, [side.quote for side in found.sides]) == (name, [held[one][0], held[other][0]])
        assert [side.holds for side in found.sides] == [POINTS[name].positions[i].holds for i in (one, other)]


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_two_documents_of_one_mind_do_not_contradict_each_other(name: str) -> None:
    for listed in SENTENCES[name]:
        texts = [passage(said, f"d{i}") for i, said in enumerate(listed)]
        assert contradictions(texts, (POINTS[name],)) == ()


NO_VIEW = [
    "Should you keep notes of every session?",
    "Some say that you should keep notes of every session.",
    "Many guides recommend to keep notes of every session.",
    "It is often said that pairs should keep notes of every session.",
    "It is a mistake to keep notes of every session.",
    "If both agree, keep notes of every session.",
    "Keep notes of every session if your programme asks for a report.",
    "Suppose that you keep notes of every session.",
    "Her director said: “Keep notes of every session.”",
    "Unlike other programmes, which keep notes of every session, we trust your memory.",
    "In the past pairs had to keep notes of every session.",
]


@pytest.mark.parametrize("said", NO_VIEW)
def test_what_asks_quotes_supposes_or_recalls_takes_no_position(said: str) -> None:
    assert position_of(POINTS[NOTES], KEEP) == 0
    assert position_of(POINTS[NOTES], said) is None
    assert named(said, KEEP_NONE) == ()


@pytest.mark.parametrize(
    "lead", ["Avoid these:", "Common mistakes:", "Signs that roles have switched:", "Never do this:", "Other programmes differ:"]
)
def test_a_list_of_what_not_to_do_takes_no_position(lead: str) -> None:
    assert named(f"{lead}\n\n- {KEEP}\n- Talk of the weather for an hour.", KEEP_NONE) == ()
    assert named(f"These help:\n\n- {KEEP}\n- Come on time, both of you.", KEEP_NONE) != ()


def test_a_section_of_mistakes_takes_no_position() -> None:
    found = contradictions([passage(KEEP, "a", "Notes > Common mistakes"), passage(KEEP_NONE, "b")], tuple(POINTS.values()))
    assert found == ()


def test_one_section_is_not_held_against_itself_but_two_of_a_document_are() -> None:
    both = f"{KEEP} {KEEP_NONE}"
    assert contradictions([passage(both)], (POINTS[NOTES],)) == ()
    assert contradictions([passage(KEEP), passage(KEEP_NONE)], (POINTS[NOTES],)) == ()
    (found,) = contradictions([passage(KEEP, section="One"), passage(KEEP_NONE, section="Two")], (POINTS[NOTES],))
    assert [side.passage.section for side in found.sides] == ["One", "Two"]


def test_the_best_passage_comes_first_and_the_programmes_own_before_it() -> None:
    shipped, own = passage(KEEP, "shipped"), passage(KEEP_NONE, "own", origin=Origin.ADDED)
    other = passage(KEEP_NONE, "other")
    (best,) = contradictions([shipped, other], (POINTS[NOTES],))
    (ours,) = contradictions([shipped, own], (POINTS[NOTES],))
    assert [side.passage for side in best.sides] == [shipped, other]
    assert [side.passage for side in ours.sides] == [own, shipped]


def test_a_programmes_passage_stands_before_the_shipped_one_that_it_contradicts_and_no_other_moves() -> None:
    first, shipped, between = passage("Sit side by side.", "x"), passage(KEEP, "y"), passage("Bring your own pen.", "z")
    own = passage(KEEP_NONE, "own", origin=Origin.ADDED)
    order = [first, shipped, between, own]
    found = contradictions(order, (POINTS[NOTES],))
    assert own_first(order, found) == (first, own, shipped, between)
    assert own_first([own, shipped], found) == (own, shipped)
    assert own_first(order, ()) == tuple(order)


@lru_cache(maxsize=1)
def shipped_passages() -> tuple[Passage, ...]:
    return split(read_guidance_folder(FOLDER))


def test_the_guidance_that_ships_agrees_with_itself() -> None:
    assert [(c.point, [s.quote for s in c.sides]) for c in contradictions(shipped_passages(), tuple(POINTS.values()))] == []


def test_a_sign_that_is_taken_apart_finds_what_the_whole_finds() -> None:
    said = [text for lists in SENTENCES.values() for listed in lists for text in listed]
    signs = [sign for point in POINTS.values() for position in point.positions for sign in position.signs]
    read = {sign: module._read_sign(sign) for sign in signs}
    assert sum(sign.barred is not None for sign in read.values()) > len(signs) / 3
    different = [(s, t) for s in signs for t in said if (re.search(s, t, re.IGNORECASE) is not None) != read[s].found_in(t)]
    assert different == []


# ---------------------------------------------------------------- word against word

OPPOSED = [
    ("The programme pays for the lunch of every pair.", "The programme does not pay for the lunch of every pair."),
    ("Sessions may take place in the canteen of the main building.", "Sessions may never take place in the canteen of the main building."),
    ("You can bring a guest to the closing event.", "You cannot bring a guest to the closing event."),
    ("Photographs of the pairs are published on the intranet.", "Photographs of the pairs aren’t published on the intranet."),
    ("Only the mentor chooses the room for the session.", "Only the mentee chooses the room for the session."),
    (
        "The mentor writes the invitation and the mentee confirms the date.",
        "The mentee writes the invitation and the mentor confirms the date.",
    ),
    ("The junior speaks first at the closing event.", "The senior speaks first at the closing event."),
]
NOT_OPPOSED = [
    ("The mentor reads the agreement before the first session.", "The mentee reads the agreement before the first session."),
    ("Mentors fill in the pulse survey at day thirty.", "Mentees fill in the pulse survey at day thirty."),
    ("Do not share the room code without asking the coordinator.", "Share the room code after asking the coordinator."),
    ("Not everybody likes to meet in the canteen at noon.", "Everybody eats in the canteen."),
    ("The programme pays for lunch.", "The programme does not end in lunch boxes, trips or conferences."),
    ("If the room is taken, you can use the canteen downstairs.", "You cannot use the canteen downstairs if the room is taken."),
    ("Can you bring a guest to the closing event?", "You cannot bring a guest to the closing event."),
    ("Some say that you can bring a guest to the closing event.", "You cannot bring a guest to the closing event."),
    ("Sessions not only take place in the canteen of the main building.", "Sessions take place in the canteen of the main building."),
    ("The mentee, not the mentor, books the room.", "The mentor thanks the mentee for the room."),
    ("Nobody has to bring a present to the closing event.", "Bring a pen to the opening event."),
    ("Say “you cannot bring a guest to the closing event” early.", "Say early that you bring a guest to the closing event."),
]


@pytest.mark.parametrize(("first", "second"), OPPOSED)
def test_the_same_words_negated_or_with_the_roles_changed_over_contradict_each_other(first: str, second: str) -> None:
    (found,) = contradictions([passage(first, "a"), passage(second, "b")])
    assert [side.quote for side in found.sides] == [first, second]
    assert found.sides[0].holds != found.sides[1].holds
    assert contradictions([passage(first, "a", "One"), passage(second, "a", "Two")]) == (), "one document is read as its author meant it"


@pytest.mark.parametrize(("first", "second"), NOT_OPPOSED)
def test_what_can_both_be_true_is_no_contradiction(first: str, second: str) -> None:
    assert contradictions([passage(first, "a"), passage(second, "b")]) == ()


def test_no_sentence_contradicts_itself() -> None:
    gists = [gist for p in shipped_passages() for s in prose(p.text) if (gist := gist_of(s.text))]
    assert len(gists) > 1_000
    assert [gist for gist in gists if opposed(gist, gist)] == []


# ---------------------------------------------------------------- the file of contested points


def test_no_file_means_no_contested_points(tmp_path: Path) -> None:
    assert read_contested(tmp_path / "contested.yaml") == ()


GOOD = "- name: Tea\n  positions:\n    - {holds: Tea., signs: [tea]}\n    - {holds: Coffee., signs: [coffee]}\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "cannot be read as YAML"),
        ("name: Tea\n", "should be a list of points"),
        (GOOD + "- name: Chairs\n", r"Point 2 of contested.yaml cannot be used \(positions\)"),
        (GOOD.replace("coffee", "'(coffee'"), r"Point 1 of contested.yaml cannot be used \(signs\)"),
        (GOOD.replace("holds: Tea.", "says: Tea."), "Point 1 of contested.yaml"),
    ],
)
def test_a_file_that_is_not_right_is_refused_and_the_point_named(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "contested.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match=why):
        read_contested(path)


def test_a_file_of_ones_own_tells_its_own_points(tmp_path: Path) -> None:
    path = tmp_path / "contested.yaml"
    path.write_text(GOOD, encoding="utf-8")
    (point,) = read_contested(path)
    assert isinstance(point, Point)
    (found,) = contradictions([passage("Serve tea at four.", "a"), passage("Serve coffee at four.", "b")], (point,))
    assert (found.point, [side.holds for side in found.sides]) == ("Tea", ["Tea.", "Coffee."])


# ---------------------------------------------------------------- sentences of Markdown

MARKDOWN = """A pair meets **every four weeks**. It books early, e.g. in May.

Rules that help:

- **Start.** Begin with `promises` first.
- Ask: "What happened there on that day? Who saw it?" Then wait.

| a | b |
|---|---|
| no | sentence |

What else?
"""


def test_sentences_of_markdown_keep_their_words_and_tell_what_they_lean_on() -> None:
    said = prose(MARKDOWN)
    assert [s.text for s in said] == [
        "A pair meets every four weeks.",
        "It books early, e.g. in May.",
        "Rules that help:",
        "Start. Begin with promises first.",
        'Ask: "What happened there on that day? Who saw it?"',
        "Then wait.",
        "What else?",
    ]
    assert [s.leans for s in said] == [False, True, False, False, False, True, False]
    assert [said[s.lead].text for s in said if s.lead is not None] == ["Rules that help:"] * 3
    assert all(stands_word_for_word(s.text, MARKDOWN) for s in said)
    assert not stands_word_for_word("A pair meets every week.", MARKDOWN)
    assert not stands_word_for_word("", MARKDOWN)
