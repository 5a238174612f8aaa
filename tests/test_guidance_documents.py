"""A programme's own documents: added, replaced and removed as a whole, seen by nobody else, and searched once they are there."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from sqlalchemy import text

from coach.domain.documents import MOST_DOCUMENTS, MOST_TEXT_BYTES, DocumentDetails, details_of, room_problem
from coach.domain.guidance import Document, Origin, SearchScope
from coach.domain.people import Person, Programme, RoleName
from coach.errors import AccessDenied, EditConflict, InputRefused
from coach.language.likeness import alike
from coach.services import guidance, guidance_pages, reviewing
from coach.services import preparing as preparing_agendas
from coach.services.accounting import verify_audit
from coach.services.figures import take
from coach.services.guidance import Outcome
from coach.services.guidance_pages import Standing
from coach.services.library import MOST_SEARCHES
from coach.services.parts import Parts
from coach.services.programme_access import INSTALLATION
from coach.store import guidance as kept
from coach.store import people, programmes
from coach.store.database import open_database
from coach.store.tables import draft, session
from coach.themes.disclosure import LEAST, Band
from tests.conftest import NOON, Showcase
from tests.coordinators import acts, founded, several_pairs
from tests.databases import contents
from tests.word_search import WordLibrary

LAMPS = b"# Lamps\n\n## Switching on\n\nThe zebrawood lamp in the hall is switched on before every reverse mentoring session begins.\n"
OTHER_LAMPS = LAMPS.replace(b"zebrawood", b"rosewood")
NAMED = "lamps.md"


@pytest.fixture
def words(parts: Parts) -> Parts:
    """The parts with a search that counts words."""
    return replace(parts, library=WordLibrary(parts.database))


@pytest.fixture
def coordinator(parts: Parts, showcase: Showcase) -> str:
    with parts.database.read() as connection:
        (found,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    return found.id


@pytest.fixture
def elsewhere(parts: Parts) -> Person:
    """A coordinator of another programme."""
    person = Person(id="c2", programme_id="q2", name="Ida Elsewhere", role="Coordinator", email="ida@elsewhere.example")
    with parts.database.write() as connection:
        programmes.add(connection, Programme(id="q2", name="Elsewhere", route="the people partner"))
        people.add(connection, person, {RoleName.COORDINATOR, RoleName.MENTOR})
    return person


def found(parts: Parts, programme_id: str | None, question: str = "zebrawood", scope: SearchScope = SearchScope.ALL) -> list[str]:
    return [p.passage.file for p in parts.library.search(question, 5, programme_id, scope).passages]


# Adding


def test_an_added_document_is_found_at_the_next_question(words: Parts, coordinator: str, showcase: Showcase) -> None:
    assert found(words, showcase.pair.programme_id) == []
    made = guidance.add_file(words, coordinator, LAMPS, NAMED)
    assert made.outcome is Outcome.ADDED
    (passage,) = words.library.search("zebrawood", 5, showcase.pair.programme_id).passages
    assert (passage.passage.file, passage.passage.section) == (NAMED, "Switching on")
    assert words.library.passage(showcase.pair.programme_id, passage.passage.id) == passage.passage


@pytest.mark.stores("sqlite")
def test_an_added_document_is_found_by_the_real_search(parts: Parts, coordinator: str, showcase: Showcase) -> None:
    guidance.add_file(parts, coordinator, LAMPS, NAMED)
    told: list[tuple[int, int]] = []
    passages = parts.library.catch_up(showcase.pair.programme_id, lambda done, total: told.append((done, total)))
    assert told[-1] == (passages, passages)
    assert found(parts, showcase.pair.programme_id, "When is the zebrawood lamp switched on?")[0] == NAMED
    assert NAMED not in found(parts, None, "When is the zebrawood lamp switched on?")


def test_the_same_file_again_changes_nothing(words: Parts, coordinator: str) -> None:
    first = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    before = rows(words)
    for asked in (False, True):
        again = guidance.add_file(words, coordinator, LAMPS, NAMED, replace=asked)
        assert (again.outcome, again.document.id) == (Outcome.ALREADY_THERE, first.id)
    assert rows(words) == before


def test_other_content_under_the_same_name_is_refused_unless_it_is_to_replace(words: Parts, coordinator: str, showcase: Showcase) -> None:
    first = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    before = rows(words)
    with pytest.raises(InputRefused, match=r"There is a document lamps\.md already, with other content\. Replace it, or rename"):
        guidance.add_file(words, coordinator, OTHER_LAMPS, NAMED)
    assert rows(words) == before
    second = guidance.add_file(words, coordinator, OTHER_LAMPS, NAMED, replace=True)
    assert (second.outcome, second.document.id, second.document.version) == (Outcome.REPLACED, first.id, 2)
    assert found(words, showcase.pair.programme_id, "zebrawood rosewood") == [NAMED]
    assert found(words, showcase.pair.programme_id, "zebrawood") == []


@pytest.mark.stores("sqlite")
def test_a_replaced_document_keeps_the_questions_of_sections_that_are_still_there(words: Parts, coordinator: str) -> None:
    first = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    guidance.change_questions(words, coordinator, first.id, {"Switching on": ("Which lamp?",)}, first.sha256)
    assert guidance.add_file(words, coordinator, OTHER_LAMPS, NAMED, replace=True).document.questions == {"Switching on": ("Which lamp?",)}
    renamed = OTHER_LAMPS.replace(b"Switching on", b"Light")
    assert guidance.add_file(words, coordinator, renamed, NAMED, replace=True).document.questions == {}


def test_two_programmes_may_have_documents_of_one_name_and_a_third_is_for_all(words: Parts, coordinator: str, elsewhere: Person) -> None:
    made = [guidance.add_file(words, who, LAMPS, NAMED) for who in (coordinator, elsewhere.id, INSTALLATION)]
    assert {one.outcome for one in made} == {Outcome.ADDED}
    assert len({one.document.id for one in made}) == 3
    assert found(words, elsewhere.programme_id) == [NAMED, NAMED]
    assert found(words, None) == [NAMED]


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("lamps.tsv", LAMPS, "lamps.tsv is not a kind of file that can be added; save it as Markdown"),
        ("lamps", LAMPS, "is not a kind of file that can be added"),
        ("../lamps.md", LAMPS, "characters that no name should have"),
        ("la\nmps.md", LAMPS, "characters that no name should have"),
        ("l" * 300 + ".md", LAMPS, "300 characters|303 characters"),
        ("lamps.md", b"# Lamps\n\nToo little.", "lamps.md holds too little text to be searched"),
        ("lamps.md", b"", "lamps.md"),
    ],
)
def test_what_cannot_be_added_is_refused_in_a_sentence_and_nothing_is_kept(
    words: Parts, coordinator: str, name: str, data: bytes, says: str
) -> None:
    before = rows(words)
    with pytest.raises(InputRefused, match=says):
        guidance.add_file(words, coordinator, data, name)
    assert rows(words) == before


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("documents", "size", "says"),
    [
        (MOST_DOCUMENTS, MOST_TEXT_BYTES, None),
        (MOST_DOCUMENTS + 1, 1, "x.md would be document 501; 500 can be added."),
        (1, MOST_TEXT_BYTES + 1, "40.0 MB of text; 40 MB are the most."),
    ],
)
def test_a_programme_has_room_for_so_many_documents_and_so_much_text(documents: int, size: int, says: str | None) -> None:
    problem = room_problem("x.md", documents, size)
    assert problem is None if says is None else problem is not None and says in problem


def test_a_document_too_many_is_refused_and_one_that_replaces_is_not(
    words: Parts, coordinator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.domain.documents.MOST_DOCUMENTS", 1)
    guidance.add_file(words, coordinator, LAMPS, NAMED)
    with pytest.raises(InputRefused, match="1 can be added"):
        guidance.add_file(words, coordinator, LAMPS, "more.md")
    assert guidance.add_file(words, coordinator, OTHER_LAMPS, NAMED, replace=True).outcome is Outcome.REPLACED


def rows(parts: Parts) -> list[object]:
    tables = ("document", "corpus_version", "audit", "secret", "passed_on_question")
    with parts.database.read() as connection:
        return [connection.execute(text(f"SELECT * FROM {table} ORDER BY 1")).all() for table in tables]  # noqa: S608


# Looking before adding


@pytest.mark.stores("sqlite")
def test_a_preview_shows_what_would_be_searched_and_keeps_nothing(words: Parts, coordinator: str) -> None:
    before = rows(words)
    hidden = LAMPS + b"\n<!-- secret -->\n"
    seen = guidance_pages.preview_document(words, coordinator, hidden, NAMED)
    assert rows(words) == before
    assert (seen.details.title, seen.standing, [p.section for p in seen.passages]) == ("Lamps", Standing.NEW, ["Switching on"])
    assert [(left.what, left.count) for left in seen.left_out] == [("comments", 1)]
    assert seen.proposed == {} and seen.alike == ()


@pytest.mark.stores("sqlite")
def test_a_preview_says_what_a_file_would_replace_and_what_stands_elsewhere_already(words: Parts, coordinator: str) -> None:
    made = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    same = guidance_pages.preview_document(words, coordinator, LAMPS, NAMED)
    assert (same.standing, same.alike) == (Standing.ALREADY_THERE, ())
    other = guidance_pages.preview_document(words, coordinator, OTHER_LAMPS, NAMED)
    assert (other.standing, other.replaces) == (Standing.REPLACES, made)
    (twin,) = guidance_pages.preview_document(words, coordinator, LAMPS, "copy.md").alike
    assert (twin.section, twin.document, twin.other_section) == ("Switching on", "Lamps", "Switching on")


def test_what_was_looked_at_is_added_with_what_the_coordinator_says_about_it(words: Parts, coordinator: str, showcase: Showcase) -> None:
    seen = guidance_pages.preview_document(words, coordinator, LAMPS, NAMED)
    details = DocumentDetails(
        title=" The  lamps ", audience=(RoleName.MENTOR,), stage=("running",), questions={"Switching on": ("Which lamp do I use?", " ")}
    )
    made = guidance.add(words, coordinator, seen.read, details).document
    assert (made.title, made.audience, made.stage) == ("The lamps", ("mentor",), ("running",))
    assert made.questions == {"Switching on": ("Which lamp do I use?",)}
    (stored,) = (d for d in words.library.documents(showcase.pair.programme_id) if d.file == NAMED)
    assert stored == made


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("details", "says"),
    [
        (DocumentDetails(title=" "), "has no title"),
        (DocumentDetails(title="x" * 201), "201 characters; 200 are the most"),
        (DocumentDetails(title="Lamps", audience=()), "for nobody yet"),
        (DocumentDetails(title="Lamps", stage=("lunch",)), "“lunch” is no stage"),
        (DocumentDetails(title="Lamps", sources=("x" * 501,)), "A source may have 500"),
        (DocumentDetails(title="Lamps", questions={"Dusting": ("How?",)}), "no section “Dusting”"),
        (DocumentDetails(title="Lamps", questions={"Switching on": ("x" * 301,)}), "longer than 300"),
        (DocumentDetails(title="Lamps", questions={"Switching on": tuple(f"{i}?" for i in range(21))}), "has 21 questions; 20 are"),
    ],
)
def test_details_that_cannot_be_kept_are_refused(words: Parts, coordinator: str, details: DocumentDetails, says: str) -> None:
    read = guidance_pages.preview_document(words, coordinator, LAMPS, NAMED).read
    before = rows(words)
    with pytest.raises(InputRefused, match=f"{says}.*Nothing was changed"):
        guidance.add(words, coordinator, read, details)
    assert rows(words) == before


# Changing and removing


def test_changed_questions_and_details_move_the_search_on(words: Parts, coordinator: str, showcase: Showcase) -> None:
    made = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    asked = guidance.change_questions(words, coordinator, made.id, {"Switching on": ("Which lamp?",)}, made.sha256)
    assert asked.questions == {"Switching on": ("Which lamp?",)}
    made_before = len(words.library.made)  # type: ignore[attr-defined]
    assert found(words, showcase.pair.programme_id) == [NAMED]
    assert len(words.library.made) == made_before + 1  # type: ignore[attr-defined]
    renamed = guidance.change_details(words, coordinator, made.id, details_of(asked).model_copy(update={"title": "Light"}), asked.sha256)
    (passage,) = words.library.search("zebrawood", 1, showcase.pair.programme_id).passages
    assert (passage.passage.document, renamed.questions, renamed.version) == ("Light", asked.questions, 1)


@pytest.mark.stores("sqlite")
def test_questions_of_the_untitled_beginning_follow_a_new_title(words: Parts, coordinator: str) -> None:
    beginning = b"The zebrawood lamp in the hall is switched on before every session begins."
    made = guidance.add_file(words, coordinator, beginning, "lamps.txt").document
    asked = guidance.change_questions(words, coordinator, made.id, {made.title: ("Which lamp?",)}, made.sha256)
    changed = guidance.change_details(words, coordinator, made.id, details_of(asked).model_copy(update={"title": "Light"}), asked.sha256)
    assert changed.questions == {"Light": ("Which lamp?",)}


def test_of_two_who_change_one_document_the_second_is_told(words: Parts, coordinator: str) -> None:
    made = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    guidance.change_questions(words, coordinator, made.id, {"Switching on": ("Which lamp?",)}, made.sha256)
    before = rows(words)
    with pytest.raises(EditConflict, match="Somebody changed this document"):
        guidance.change_questions(words, coordinator, made.id, {"Switching on": ("When?",)}, made.sha256)
    assert rows(words) == before


def test_a_change_that_changes_nothing_leaves_no_row(words: Parts, coordinator: str) -> None:
    made = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    before = rows(words)
    guidance.change_details(words, coordinator, made.id, details_of(made), made.sha256)
    assert rows(words) == before


def test_a_removed_document_is_not_found_any_more_and_its_text_is_gone(words: Parts, coordinator: str, showcase: Showcase) -> None:
    made = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    guidance.remove(words, coordinator, made.id)
    assert found(words, showcase.pair.programme_id) == []
    assert "zebrawood" not in repr(rows(words))
    assert guidance.add_file(words, coordinator, LAMPS, NAMED).document.version == 1


@pytest.mark.stores("sqlite")
def test_a_draft_that_cites_a_removed_document_still_opens_with_its_words(parts: Parts, coordinator: str, showcase: Showcase) -> None:
    page = _draft_citing(parts, coordinator, showcase)
    ((citation, passage),) = [(c, p) for c, p in page.sources if p and p.file == "lamps.md"]
    assert passage is not None and page.gone == frozenset()
    guidance.remove(parts, coordinator, passage.document_id)
    again = reviewing.open_draft(parts, showcase.mentor, page.draft.id)
    assert (citation, passage) in again.sources
    assert again.gone == {passage.document_id}
    reviewing.approve(parts, showcase.mentor, page.draft.id, again.revision.number, again.revision.sha256)


def _draft_citing(parts: Parts, coordinator: str, showcase: Showcase) -> reviewing.ReviewPage:
    """Return a draft that cites an added document: the only one that its programme has."""
    advice = b"## Opening\n\nAsk about one thing that changed since the last session, and note what blocks the goal or helped it move on.\n"
    with parts.database.write() as connection:
        connection.execute(text("DELETE FROM document"))
    library = WordLibrary(parts.database)
    parts = replace(parts, library=library)
    guidance.add_file(parts, coordinator, b"# Lamps\n\n" + advice, NAMED)
    draft_id = preparing_agendas.draft_agenda(parts, showcase.mentor, showcase.session.id, "one")
    return reviewing.open_draft(parts, showcase.mentor, draft_id)


def test_each_step_stands_in_the_trail_by_id_and_without_a_word_of_the_document(words: Parts, coordinator: str) -> None:
    made = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    changed = guidance.change_questions(words, coordinator, made.id, {"Switching on": ("Which lamp?",)}, made.sha256)
    changed = guidance.change_details(
        words, coordinator, made.id, details_of(changed).model_copy(update={"title": "Light"}), changed.sha256
    )
    guidance.add_file(words, coordinator, OTHER_LAMPS, NAMED, replace=True)
    guidance.remove(words, coordinator, made.id)
    assert acts(words, made.id) == [f"document.{step}" for step in ("added", "questions", "details", "replaced", "removed")]
    with words.database.read() as connection:
        trail = repr(connection.execute(text("SELECT * FROM audit")).all())
        secret = connection.execute(text("SELECT subject FROM secret WHERE subject = :id"), {"id": made.id}).all()
    assert not [word for word in ("zebrawood", "lamp", "Light", made.sha256) if word in trail]
    assert secret == []
    assert verify_audit(words).first_wrong is None


def test_a_document_that_was_slipped_in_is_noticed(words: Parts, coordinator: str) -> None:
    made = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    assert verify_audit(words).first_wrong is None
    with words.database.write() as connection:
        kept.add(connection, made.model_copy(update={"id": "slipped-in", "file": "other.md"}), "0" * 64)
    assert verify_audit(words).first_wrong is not None


def test_the_installation_acts_under_no_persons_name(words: Parts) -> None:
    made = guidance.add_file(words, INSTALLATION, LAMPS, NAMED).document
    with words.database.read() as connection:
        actors = connection.execute(text("SELECT actor FROM audit WHERE subject = :id"), {"id": made.id}).scalars().all()
    assert actors == ["installation"]


# Who sees what


def test_another_programmes_document_cannot_be_read_changed_or_told_from_none(
    words: Parts, coordinator: str, showcase: Showcase, elsewhere: Person
) -> None:
    theirs = guidance.add_file(words, elsewhere.id, LAMPS, NAMED).document
    every = guidance.add_file(words, INSTALLATION, OTHER_LAMPS, "all.md").document
    for actor in (showcase.mentor, showcase.mentee, coordinator):
        said = {refusal(guidance_pages.read, words, actor, i) for i in (theirs.id, "no-such-document")}
        assert len(said) == 1
        assert guidance_pages.read(words, actor, every.id).document == every
    said = {refusal(guidance.remove, words, coordinator, i) for i in (theirs.id, every.id, "no-such-document")}
    assert said == {guidance.NOT_YOURS}
    assert theirs.id not in {seen.document.id for seen in guidance_pages.library_of(words, coordinator)}


def refusal(act: object, *args: object) -> str:
    with pytest.raises(AccessDenied) as refused:
        act(*args)  # type: ignore[operator]
    return str(refused.value)


def test_everybody_of_the_programme_reads_its_documents_and_those_that_ship(words: Parts, coordinator: str, showcase: Showcase) -> None:
    own = guidance.add_file(words, coordinator, LAMPS, NAMED).document
    shipped = words.library.documents()[0]
    for actor in (showcase.mentor, showcase.mentee, coordinator):
        page = guidance_pages.read(words, actor, own.id)
        assert (page.document.text, [p.section for p in page.passages]) == (own.text, ["Switching on"])
        assert guidance_pages.read(words, actor, shipped.id).document == shipped


def test_a_coordinator_sees_how_many_passages_each_document_has_and_which_are_theirs(words: Parts, coordinator: str) -> None:
    guidance.add_file(words, coordinator, LAMPS, NAMED)
    guidance.add_file(words, INSTALLATION, OTHER_LAMPS, "all.md")
    seen = {one.document.file: one for one in guidance_pages.library_of(words, coordinator)}
    assert (seen[NAMED].passages, seen[NAMED].can_change, seen[NAMED].added_on) == (1, True, words.today())
    assert (seen["all.md"].passages, seen["all.md"].can_change, seen["all.md"].document.origin) == (1, False, Origin.ADDED)
    assert all(one.cited is None for one in seen.values())


def cite(parts: Parts, pair_ids: list[str], document: Document) -> None:
    """Make each pair a finished draft that cites a document."""
    passage = {"document_id": document.id, "document": document.title, "section": "Switching on"}
    values = {"passages": [passage], "citations": [{"document": document.title, "section": "Switching on"}]}
    with parts.database.write() as connection:
        for pair_id in pair_ids:
            mentor = connection.execute(text("SELECT mentor_id FROM pair WHERE id = :id"), {"id": pair_id}).scalar_one()
            connection.execute(session.insert().values(id=f"s{pair_id}", pair_id=pair_id, **SESSION))
            new = {"id": f"d{pair_id}", "request_key": pair_id, "pair_id": pair_id, "session_id": f"s{pair_id}", "author_id": mentor}
            connection.execute(draft.insert().values(new | DRAFT | values))


SESSION = {"number": 1, "on": NOON.date(), "minutes": 45, "last": False, "held": False, "focus": "", "summary": ""}
DRAFT = {
    "kind": "agenda", "state": "drafting", "current_revision": 0, "brief": {}, "engine": {}, "secret": b"x",
    "created_at": NOON, "changed_at": NOON,
}  # fmt: skip


@pytest.mark.parametrize(("citing", "band"), [(0, None), (LEAST - 1, None), (LEAST, Band(5, 9)), (2 * LEAST, None)])
def test_how_many_pairs_cite_a_document_is_a_band_or_nothing(
    words: Parts, citing: int, band: Band | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.store.citations.FINISHED", ("drafting",))
    rosa = founded(words)
    made = guidance.add_file(words, rosa.id, LAMPS, NAMED).document
    cite(words, several_pairs(words, rosa.id, 2 * LEAST)[:citing], made)
    assert take(words, rosa.id) is not None
    with words.database.read() as connection:
        assert (made.id in repr(connection.execute(text("SELECT bands FROM health_figures")).all())) == (band is not None)
    (seen,) = (one for one in guidance_pages.library_of(words, rosa.id) if one.document.id == made.id)
    assert seen.cited == band


def test_the_band_stays_as_it_was_taken(words: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.store.citations.FINISHED", ("drafting",))
    rosa = founded(words)
    made = guidance.add_file(words, rosa.id, LAMPS, NAMED).document
    pairs = several_pairs(words, rosa.id, 2 * LEAST)
    take(words, rosa.id)
    cite(words, pairs[:LEAST], made)
    take(words, rosa.id)
    assert {one.cited for one in guidance_pages.library_of(words, rosa.id)} == {None}


NAMES = ("a", "b", "c")
WORDS = ("amber", "birch", "cedar", "dill", "elm")
added = st.lists(st.tuples(st.sampled_from((*NAMES, None)), st.sampled_from(WORDS), st.booleans()), max_size=8)


@pytest.fixture(scope="module")
def three_programmes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordLibrary]:
    folder = tmp_path_factory.mktemp("three")
    database = open_database(f"sqlite:///{folder / 'coach.db'}", folder / "migrate.lock")
    with database.write() as connection:
        for name in NAMES:
            programmes.add(connection, Programme(id=name, name=name))
    yield WordLibrary(database)
    database.close()


@bounded(max_examples=60, deadline=None)
@given(added)
def test_no_search_of_a_programme_holds_a_passage_of_another(
    three_programmes: WordLibrary, steps: list[tuple[str | None, str, bool]]
) -> None:
    library = three_programmes
    database = library._database
    with database.write() as connection:
        for old in [d for name in (*NAMES, None) for d in kept.own_documents(connection, name)]:
            kept.remove(connection, old)
    for number, (programme_id, word, removed) in enumerate(steps):
        new = Document(
            id=f"d{number}", file=f"{number}.md", title=word, audience=("mentor",), stage=(), sources=(), sha256="0" * 64, origin=Origin.ADDED,
            programme_id=programme_id, text=f"## {word}\n\n{word} is a word that stands in the guidance of one programme or of all.",
        )  # fmt: skip
        with database.write() as connection:
            kept.add(connection, new, "0" * 64)
            if removed:
                kept.remove(connection, new)
    for name in (*NAMES, None):
        library.note_own_change(name)
    for name in (*NAMES, None):
        may = {f"d{i}" for i, (owner, _, removed) in enumerate(steps) if owner in (name, None) and not removed}
        for scope in SearchScope:
            built = library._at(name, scope)
            expected = set() if scope is SearchScope.SHIPPED else may
            assert {p.document_id for p in built.search.passages} == expected  # type: ignore[attr-defined]
            assert {p.document_id for p in built.passages.values()} == expected
            assert {p.passage.document_id for p in built.search.search(" ".join(WORDS), 50).passages} == expected


@pytest.mark.stores("sqlite")
def test_a_scope_searches_what_was_added_or_what_ships_alone(words: Parts, coordinator: str, showcase: Showcase) -> None:
    guidance.add_file(words, coordinator, LAMPS, NAMED)
    programme_id = showcase.pair.programme_id
    assert found(words, programme_id, "session", SearchScope.ADDED) == [NAMED]
    assert NAMED not in found(words, programme_id, "session", SearchScope.SHIPPED)
    assert words.library.search("zebrawood", 5, programme_id, SearchScope.SHIPPED).abstained
    assert words.library.search("zebrawood", 5, None, SearchScope.ADDED).abstained


# Switching to a new version


class Gate:
    """Lets builds through at once, holds them until it is opened, or makes them fail."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.open.set()
        self.reached = threading.Event()
        self.broken = False

    def __call__(self) -> None:
        self.reached.set()
        assert self.open.wait(30)
        if self.broken:
            raise OSError("no room for zebrawood")


def behind() -> None:
    """Wait for what is built in the background."""
    for thread in threading.enumerate():
        if thread.name == "guidance":
            thread.join(30)


def test_another_process_answers_from_the_old_documents_until_the_new_ones_are_built(
    words: Parts, coordinator: str, showcase: Showcase
) -> None:
    gate, programme_id = Gate(), showcase.pair.programme_id
    other = replace(words, library=WordLibrary(words.database, gate))
    assert found(other, programme_id, "session") != []
    gate.open.clear()
    gate.reached.clear()
    guidance.add_file(words, coordinator, LAMPS, NAMED)
    assert found(words, programme_id) == [NAMED]
    assert found(other, programme_id) == []
    assert gate.reached.wait(30)
    assert found(other, programme_id, "session") != []
    gate.open.set()
    behind()
    assert found(other, programme_id) == [NAMED]


@pytest.mark.stores("sqlite")
def test_a_build_that_fails_leaves_the_old_documents_and_logs_no_word_of_them(
    words: Parts, coordinator: str, showcase: Showcase, caplog: pytest.LogCaptureFixture
) -> None:
    gate, programme_id = Gate(), showcase.pair.programme_id
    other = replace(words, library=WordLibrary(words.database, gate))
    found(other, programme_id)
    gate.broken = True
    guidance.add_file(words, coordinator, LAMPS, NAMED)
    assert found(other, programme_id) == []
    behind()
    assert found(other, programme_id, "session") != []
    assert "OSError" in caplog.text and "zebrawood" not in caplog.text
    with pytest.raises(OSError):
        other.library.catch_up(programme_id)
    gate.broken = False
    other.library.catch_up(programme_id)
    assert found(other, programme_id) == [NAMED]


@pytest.mark.stores("sqlite")
def test_whoever_added_a_document_still_gets_answers_where_its_index_fails(words: Parts, coordinator: str, showcase: Showcase) -> None:
    gate, programme_id = Gate(), showcase.pair.programme_id
    own = replace(words, library=WordLibrary(words.database, gate))
    found(own, programme_id)
    gate.broken = True
    guidance.add_file(own, coordinator, LAMPS, NAMED)
    assert found(own, programme_id, "session") != []


@pytest.mark.stores("sqlite")
def test_only_so_many_searches_are_kept_and_the_one_that_was_not_used_longest_goes(three_programmes: WordLibrary) -> None:
    library = WordLibrary(three_programmes._database)
    with library._database.write() as connection:
        for i in range(MOST_SEARCHES + 1):
            programmes.add(connection, Programme(id=f"p{i}", name=f"p{i}"))
            kept.add(connection, Document(
                id=f"own{i}", file="x.md", title="x", audience=(), stage=(), sources=(), sha256="0" * 64, origin=Origin.ADDED,
                programme_id=f"p{i}", text="A text of more than as many words as a passage has to have.",
            ), "0" * 64)  # fmt: skip
    for i in range(MOST_SEARCHES):
        library.search("text", 1, f"p{i}")
    library.search("text", 1, "p0")
    library.search("text", 1, f"p{MOST_SEARCHES}")
    before = len(library.made)
    library.search("text", 1, "p0")
    assert len(library.made) == before
    library.search("text", 1, "p1")
    assert len(library.made) == before + 1


def test_a_programme_without_documents_of_its_own_shares_the_search_of_all(words: Parts, showcase: Showcase, elsewhere: Person) -> None:
    for programme_id in (None, showcase.pair.programme_id, elsewhere.programme_id):
        found(words, programme_id)
    assert [name for name, _ in words.library.made] == ["all-every"]  # type: ignore[attr-defined]


# Kept through a migration, and by the database


def test_looking_for_documents_changes_nothing_in_the_database(
    words: Parts, coordinator: str, showcase: Showcase, settings: object
) -> None:
    guidance.add_file(words, coordinator, LAMPS, NAMED)
    before = contents(settings)  # type: ignore[arg-type]
    found(words, showcase.pair.programme_id)
    guidance_pages.library_of(words, coordinator)
    words.library.warm()
    assert contents(settings) == before  # type: ignore[arg-type]


# Texts that say the same


@pytest.mark.stores("sqlite")
def test_texts_are_alike_where_most_of_their_runs_of_words_are_the_same() -> None:
    one = "Either of the two may end the pairing at any time without giving a reason."
    longer = f"{one} Nobody asks why, and nobody keeps count of it afterwards."
    assert alike({"a": one}, [("b", longer), ("c", "Something else is said here in as many words as there.")]) == {"a": "b"}
    assert alike({"a": "Too short to tell"}, [("b", "Too short to tell")]) == {}
    assert alike({"a": one}, [("b", one.upper().replace(" ", "\n"))]) == {"a": "b"}
