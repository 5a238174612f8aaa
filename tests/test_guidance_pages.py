"""The library and the guidance pages, without a browser: what each person sees, what each click does, and that nothing typed is lost."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.documents import details_of
from coach.domain.guidance import Citation, Contradiction, Document, FoundPassage, Origin, Passage, Side
from coach.domain.people import RoleName
from coach.errors import InputRefused
from coach.services import guidance, guidance_pages, passing_on
from coach.services.answering import Answer
from coach.services.figures import take
from coach.services.guidance_pages import DocumentPage
from coach.services.parts import Parts
from coach.store import programmes
from coach.ui import here
from coach.ui.guidance_text import passage_html, reading
from coach.ui.library_preview import changes
from tests.conftest import Showcase
from tests.processes import ROOT
from tests.word_search import WordLibrary

LAMPS = (
    b"# Lamps\n\nWhat our pairs need to know about lamps, in a few plain words for everybody.\n\n## Switching on\n\n"
    b"The zebrawood lamp in the hall is switched on before every session.<!-- for us -->\n\n"
    b"## Switching off\n\nWhoever leaves last switches the zebrawood lamp off again and says good night.\n"
)
OTHER_LAMPS = LAMPS.replace(b"## Switching off", b"## Night").replace(b"in the hall", b"in the yard")
WORDS = "How do we share what we learned with the rest of the board?"


@pytest.fixture
def parts(parts: Parts, home: Path) -> Parts:
    """The parts with a search that counts words: building the real one for each document takes longer than all the rest."""
    return replace(parts, library=WordLibrary(parts.database))


@pytest.fixture
def coordinator(parts: Parts, showcase: Showcase) -> str:
    with parts.database.read() as connection:
        (found,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    return found.id


@pytest.fixture
def app(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(here, "parts", lambda: parts)
    return AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=60)


def at(app: AppTest, person_id: str, page: str, **params: str) -> AppTest:
    """Open a page as somebody of the sample programme."""
    app.query_params["as"] = person_id
    app.run()
    app.session_state["lead_to"] = (page, params)
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return run(app)


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def labels(app: AppTest) -> list[str]:
    return [plain(button.label) for button in app.button]


def said(app: AppTest) -> str:
    kinds = (app.info, app.warning, app.error, app.success, app.markdown, app.caption)
    return plain(" ".join(str(m.value) for kind in kinds for m in kind))


def plain(text: str) -> str:
    return text.replace("\\", "").replace("\u2060", "")


def html(app: AppTest) -> str:
    return " ".join(str(h.body if hasattr(h, "body") else h.value) for h in app.get("html"))


def upload(app: AppTest, data: bytes, name: str = "lamps.md") -> AppTest:
    app.file_uploader[0].set_value((name, data, "application/octet-stream"))
    return run(app)


def fill(app: AppTest, label: str, words: str) -> AppTest:
    next(box for box in [*app.text_input, *app.text_area] if plain(box.label) == label).input(words)
    return run(app)


def field(app: AppTest, label: str) -> str:
    return str(next(box for box in [*app.text_input, *app.text_area] if plain(box.label) == label).value)


def added(parts: Parts, coordinator: str) -> Document:
    return guidance.add_file(parts, coordinator, LAMPS, "lamps.md").document


def own(parts: Parts, coordinator: str) -> list[Document]:
    return [one.document for one in guidance_pages.library_of(parts, coordinator) if one.can_change]


# Adding


def test_a_programme_without_documents_is_told_what_belongs_there_and_has_one_button_for_it(app: AppTest, coordinator: str) -> None:
    at(app, coordinator, "library")
    assert "Your programme has no documents of its own yet" in said(app)
    click(app, "add_a_document")
    assert [box.label for box in app.file_uploader] == [
        "A file of your programme, up to 10 MB: Markdown, text, HTML, Word, PowerPoint or PDF"
    ]


def test_what_would_be_searched_and_what_was_left_out_is_seen_before_anything_is_added(
    app: AppTest, parts: Parts, coordinator: str
) -> None:
    at(app, coordinator, "library", part="add")
    upload(app, LAMPS)
    assert "lamps.md: 3 passages in 3 sections. Nothing is added yet." in said(app)
    assert "comments (1)" in said(app)
    assert "<h2>Switching on</h2><p>The zebrawood lamp in the hall" in html(app)
    assert own(parts, coordinator) == []


def test_a_document_is_added_with_what_was_typed_about_it(app: AppTest, parts: Parts, coordinator: str) -> None:
    at(app, coordinator, "library", part="add")
    upload(app, LAMPS)
    fill(app, "Title", "All about lamps")
    app.button_group[1].set_value([RoleName.MENTOR])
    fill(app, "Lamps", "what lamps are there")
    fill(app, "Switching on", "which lamp is on\n\nwhen is the lamp on")
    click(app, "add_document")
    assert "“All about lamps” is added." in said(app)
    (document,) = own(parts, coordinator)
    assert (document.title, document.file, document.audience) == ("All about lamps", "lamps.md", (RoleName.MENTOR,))
    assert document.questions == {
        "Lamps": ("what lamps are there",),
        "Switching on": ("which lamp is on", "when is the lamp on"),
    }
    assert f"open_{document.id}" in keys(app)


def test_a_refusal_keeps_the_file_and_all_that_was_typed(app: AppTest, parts: Parts, coordinator: str) -> None:
    at(app, coordinator, "library", part="add")
    upload(app, LAMPS)
    fill(app, "Switching on", "which lamp is on")
    fill(app, "Title", " ")
    click(app, "add_document")
    assert "The document has no title; give it one." in said(app)
    app.session_state["lead_to"] = ("people", {})
    run(app)
    app.session_state["lead_to"] = ("library", {"part": "add"})
    run(app)
    assert field(app, "Switching on") == "which lamp is on"
    assert "3 passages in 3 sections" in said(app)
    assert own(parts, coordinator) == []


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_the_one_before_stays(app: AppTest, coordinator: str) -> None:
    at(app, coordinator, "library", part="add")
    upload(app, LAMPS)
    fill(app, "Title", "Lanterns")
    upload(app, b"%PDF-1.7 and then nothing", "broken.pdf")
    assert any("broken.pdf" in str(error.value).replace("\\", "") for error in app.error)
    assert field(app, "Title") == "Lanterns"


def test_a_mended_version_of_the_same_file_keeps_what_was_typed_for_the_one_before(app: AppTest, coordinator: str) -> None:
    at(app, coordinator, "library", part="add")
    upload(app, LAMPS)
    fill(app, "Title", "Lanterns")
    fill(app, "Switching on", "which lamp is on")
    upload(app, OTHER_LAMPS)
    assert "Night" in html(app)
    assert (field(app, "Title"), field(app, "Switching on"), field(app, "Night")) == ("Lanterns", "which lamp is on", "")


def test_hidden_text_of_a_word_document_is_named_and_not_among_what_is_searched(app: AppTest, coordinator: str) -> None:
    document = docx.Document()
    document.add_heading("Places", 1)
    paragraph = document.add_paragraph("We meet in the library on the second floor, every other Monday at nine.")
    paragraph.add_run(" Nobody sees these words.").font.hidden = True
    data = io.BytesIO()
    document.save(data)
    at(app, coordinator, "library", part="add")
    upload(app, data.getvalue(), "places.docx")
    assert "hidden text (1)" in said(app)
    assert "second floor" in html(app)
    assert "Nobody sees these words" not in html(app)


def test_markup_in_a_document_is_only_ever_text() -> None:
    shown = passage_html("A <b onclick=x>bold</b> ![seen](http://elsewhere.example/p.png) [here](http://elsewhere.example/) <img src=x>")
    assert not {"<b", "<img", "<a"} & {tag for tag in ("<b", "<img", "<a") if tag in shown}
    assert "&lt;img src=x&gt;" in shown


def test_proposed_questions_are_added_at_a_click_and_once() -> None:
    app = AppTest.from_function(_fields_with_proposals)
    run(app)
    click(app, next(key for key in keys(app) if key.startswith("add_these")))
    assert field(app, "Switching on") == "mine\nwhich lamp\nwhen"
    assert not [key for key in keys(app) if key.startswith("add_these")]


def _fields_with_proposals() -> None:
    from coach.domain.documents import DocumentDetails
    from coach.ui import library_fields, typed

    sections = ("Switching on",)
    if typed.find("x") is None:
        details = DocumentDetails(title="Lamps", questions={"Switching on": ("mine",)})
        typed.begin("x", library_fields.values_of(details, sections))
    form = typed.find("x")
    assert form is not None
    library_fields.show(form, sections, [], {"Switching on": ("which lamp", "when")})


def test_questions_are_proposed_for_a_document_that_is_there_when_somebody_asks(
    app: AppTest, parts: Parts, coordinator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = added(parts, coordinator)
    guidance.change_questions(parts, coordinator, document.id, {"Switching on": ("which lamp",)}, document.sha256)
    seen: list[str] = []
    monkeypatch.setattr(
        "coach.ui.library_proposals.proposed",
        lambda parts, actor, passages: seen.extend(p.section for p in passages) or {"Switching off": ("who is last",)},
    )
    at(app, coordinator, "library")
    click(app, f"change_{document.id}")
    assert seen == []
    click(app, "propose_questions")
    assert seen == ["Lamps", "Switching off"]
    click(app, next(key for key in keys(app) if key.startswith("add_these")))
    click(app, "save_document")
    assert own(parts, coordinator)[0].questions == {"Switching on": ("which lamp",), "Switching off": ("who is last",)}


# What is there


def test_a_coordinator_sees_what_each_document_is_and_may_only_change_their_own(app: AppTest, parts: Parts, coordinator: str) -> None:
    document = added(parts, coordinator)
    at(app, coordinator, "library")
    assert "lamps.md · 3 passages · version 1 · added on" in said(app)
    assert {f"change_{document.id}", f"replace_{document.id}", f"remove_{document.id}"} <= keys(app)
    assert "The first session" in html(app)
    assert len([key for key in keys(app) if key.startswith("change_") and key != "change_person"]) == 1


def test_few_readers_and_none_look_the_same(app: AppTest, parts: Parts, coordinator: str) -> None:
    take(parts, coordinator)
    cited = {one.document.title: one.cited for one in guidance_pages.library_of(parts, coordinator)}
    assert any(cited.values()) and not all(cited.values())
    at(app, coordinator, "library")
    rows = {row.split("</td>")[0].split(">")[-1]: row for row in html(app).split('<td data-label="Title"')[1:]}
    for title, band in cited.items():
        shown = rows[title].split('data-label="In drafts of">')[1].split("</td>")[0]
        assert shown == (f"{band} pairs" if band else "")


def test_what_is_said_about_a_document_is_changed(app: AppTest, parts: Parts, coordinator: str) -> None:
    document = added(parts, coordinator)
    at(app, coordinator, "library")
    click(app, f"change_{document.id}")
    fill(app, "Title", "Lanterns")
    fill(app, "Switching off", "who switches it off")
    click(app, "save_document")
    assert "“Lanterns” is changed." in said(app)
    (changed,) = own(parts, coordinator)
    assert (changed.title, changed.questions) == ("Lanterns", {"Switching off": ("who switches it off",)})


def test_the_second_of_two_who_change_a_document_is_told_and_keeps_what_they_typed(app: AppTest, parts: Parts, coordinator: str) -> None:
    document = added(parts, coordinator)
    at(app, coordinator, "library")
    click(app, f"change_{document.id}")
    fill(app, "Title", "Mine")
    theirs = details_of(document).model_copy(update={"title": "Theirs"})
    guidance.change_details(parts, coordinator, document.id, theirs, document.sha256)
    click(app, "save_document")
    assert "Somebody changed this document while you did" in said(app)
    assert field(app, "Title") == "Mine"
    click(app, "go_on")
    click(app, "save_document")
    assert [one.title for one in own(parts, coordinator)] == ["Mine"]


def test_a_document_is_removed_in_two_steps(app: AppTest, parts: Parts, coordinator: str) -> None:
    document = added(parts, coordinator)
    at(app, coordinator, "library")
    click(app, f"remove_{document.id}")
    assert "Drafts that cite it keep the words that they cited." in said(app)
    click(app, "keep_document")
    assert own(parts, coordinator) == [document]
    click(app, f"remove_{document.id}")
    click(app, "remove_document")
    assert "“Lamps” is removed." in said(app)
    assert own(parts, coordinator) == []


def test_a_replacement_shows_what_is_there_beside_what_would_be_and_keeps_what_was_said(
    app: AppTest, parts: Parts, coordinator: str
) -> None:
    document = added(parts, coordinator)
    asked = {"Switching on": ("which lamp is on",), "Switching off": ("who switches it off",)}
    guidance.change_questions(parts, coordinator, document.id, asked, document.sha256)
    at(app, coordinator, "library")
    click(app, f"replace_{document.id}")
    upload(app, OTHER_LAMPS, "lamps of this spring.md")
    assert "Sections: 1 changed, 1 new, 1 gone, 1 the same." in said(app)
    assert 'Switching on <span class="chip amber">changed</span>' in html(app)
    assert "in the hall" in html(app) and "in the yard" in html(app)
    assert (field(app, "Switching on"), field(app, "Night")) == ("which lamp is on", "")
    click(app, "add_document")
    (replaced,) = own(parts, coordinator)
    assert (replaced.id, replaced.file, replaced.version) == (document.id, "lamps of this spring.md", 2)
    assert replaced.questions == {"Switching on": ("which lamp is on",)}


def test_the_same_file_again_has_nothing_to_add(app: AppTest, parts: Parts, coordinator: str) -> None:
    added(parts, coordinator)
    at(app, coordinator, "library", part="add")
    upload(app, LAMPS)
    assert "lamps.md is in the library as it is; there is nothing to add." in said(app)
    assert "add_document" not in keys(app)


def test_a_file_whose_name_another_document_has_takes_no_other_documents_place(parts: Parts, coordinator: str) -> None:
    first = added(parts, coordinator)
    second = guidance.add_file(parts, coordinator, OTHER_LAMPS, "others.md").document
    with pytest.raises(InputRefused, match=r"“Lamps” has the file name lamps\.md already"):
        guidance_pages.preview_document(parts, coordinator, OTHER_LAMPS, "lamps.md", second.id)
    read = guidance_pages.preview_document(parts, coordinator, OTHER_LAMPS, "lamps.md").read
    with pytest.raises(InputRefused, match="Nothing was changed"):
        guidance.add(parts, coordinator, read, place=second.id)
    assert own(parts, coordinator) == [first, second]


def test_a_new_title_takes_the_questions_of_the_untitled_beginning_along(parts: Parts, coordinator: str) -> None:
    untitled = LAMPS.split(b"\n\n", 1)[1]
    preview = guidance_pages.preview_document(parts, coordinator, untitled, "lamps.md")
    beginning = preview.passages[0].section
    details = preview.details.model_copy(update={"title": "Lanterns", "questions": {beginning: ("what lamps",), "Switching on": ("when",)}})
    made = guidance.add(parts, coordinator, preview.read, details).document
    assert made.questions == {"Lanterns": ("what lamps",), "Switching on": ("when",)}


def test_sections_are_counted_by_what_becomes_of_them() -> None:
    before = [_passage("A", "one"), _passage("B", "two"), _passage("B", "more"), _passage("C", "three")]
    after = [_passage("A", "one"), _passage("B", "two"), _passage("D", "four"), _passage("E", "five")]
    assert changes(before, after) == "Sections: 1 changed, 2 new, 1 gone, 1 the same."


def _passage(section: str, text: str) -> Passage:
    return Passage(id=section + text, document_id="d", file="d.md", document="D", section=section, text=text)


# Questions passed on


def test_questions_that_were_passed_on_stand_in_the_library_until_they_are_done(
    app: AppTest, parts: Parts, coordinator: str, showcase: Showcase
) -> None:
    passing_on.pass_on(parts, showcase.mentor, WORDS)
    (question,) = passing_on.passed_on(parts, coordinator)
    at(app, coordinator, "library", part="questions")
    assert WORDS in said(app)
    click(app, f"settle_{question.id}")
    assert WORDS not in said(app)
    assert "No question waits." in said(app)
    assert passing_on.passed_on(parts, coordinator) == ()


# Reading


def test_a_document_is_read_with_its_outline_and_its_sources(app: AppTest, coordinator: str, parts: Parts) -> None:
    document = next(d for d in guidance_pages.documents_to_read(parts, coordinator) if d.file == "running-sessions.md")
    at(app, coordinator, "library", document=document.id)
    shown = html(app)
    assert f"<h1>{document.title}</h1>" in shown
    assert '<nav class="outline"' in shown
    assert shown.index("<h2>Sources</h2>") > shown.index('id="part-2"')
    click(app, "back")
    assert "Library" in [title.value for title in app.title]


def test_every_passage_of_every_document_is_marked_where_it_is_opened(parts: Parts, coordinator: str) -> None:
    added(parts, coordinator)
    for document in guidance_pages.documents_to_read(parts, coordinator):
        page = guidance_pages.read(parts, coordinator, document.id)
        for passage in page.passages:
            shown = reading(page, passage.id)
            assert shown.marked, passage.section
            assert shown.html.count('id="cited"') == 1


def test_a_long_block_is_marked_whole_for_each_of_the_passages_that_it_was_cut_into() -> None:
    sentences = " ".join(f"Sentence number {n} says something that nobody said before it." for n in range(60))
    document = Document(id="d", file="d.md", title="D", audience=(), stage=(), sources=(), text=f"## Long\n\n{sentences}", sha256="")
    page = DocumentPage(document, tuple(guidance_pages.split_document(document)))
    assert len(page.passages) > 1
    assert all(reading(page, passage.id).marked for passage in page.passages)
    assert not reading(page, "another").marked


def test_another_programmes_document_is_refused_in_a_sentence(app: AppTest, coordinator: str) -> None:
    at(app, coordinator, "library", document="not-there")
    assert "There is no such document, or it is not yours to read." in said(app)


def test_mentors_have_no_library(app: AppTest, showcase: Showcase) -> None:
    at(app, showcase.mentor, "library")
    assert "no longer yours" in said(app)
    assert "Library" not in [title.value for title in app.title]


# Asking


def answer(**changes: object) -> Answer:
    """Return an answer from one passage of a document that ships, with some of it changed."""
    usual = Answer(
        text="Whoever cancels proposes the new date. [G1] Talk about it. [G2]",
        citations=(
            Citation(key="G1", document="When it goes wrong", section="Time pressure and cancellations", quote="Whoever cancels proposes"),
            Citation(key="G2", document="When it goes wrong", section="Time pressure and cancellations", quote="talk about it"),
        ),
        abstained=False,
        nearest=(),
        beyond="",
        contradictions=(),
        by_model=False,
    )
    return replace(usual, **changes)


def not_covered(**changes: object) -> Answer:
    return answer(text="", citations=(), abstained=True, **changes)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], list[str]]:
    """Make the next questions be answered like this, and return the list in which they are noted."""

    def prepare(given: Answer) -> list[str]:
        questions: list[str] = []
        monkeypatch.setattr("coach.ui.guidance_answer.ask", lambda parts, actor, question: questions.append(question) or given)
        return questions

    return prepare


Asking = Callable[[Answer], list[str]]


def test_a_mentor_finds_the_box_three_examples_and_the_documents_by_stage(app: AppTest, showcase: Showcase) -> None:
    at(app, showcase.mentor, "guidance")
    assert app.text_input[0].placeholder == "For example: How do I give a senior critical feedback?"
    assert len([key for key in keys(app) if key.startswith("example_")]) == 3
    assert [m for m in ("Starting a programme", "The first session", "While it runs", "Ending") if m not in said(app)] == []
    assert {"The first session", "Giving feedback upward", "Starting a programme, for coordinators"} <= set(labels(app))
    assert "Your programme has added nothing of its own yet" in said(app)


def test_the_programmes_own_documents_stand_first(app: AppTest, parts: Parts, coordinator: str, showcase: Showcase) -> None:
    document = added(parts, coordinator)
    at(app, showcase.mentee, "guidance")
    read_keys = [str(b.key) for b in app.button if str(b.key).startswith("read_")]
    assert read_keys[0] == f"read_{document.id}_"
    assert "From your programme" in said(app)
    assert "say_missing" not in keys(app)


def test_an_answer_says_that_it_is_a_draft_and_its_source_opens_at_the_passage(app: AppTest, showcase: Showcase, asked: Asking) -> None:
    questions = asked(answer())
    at(app, showcase.mentor, "guidance")
    click(app, "example_2")
    assert questions == ["My mentee keeps cancelling. What can I do?"]
    assert "A draft answer" in html(app)
    assert "Check them in the documents below." in html(app)
    assert [label for label in labels(app) if label.startswith("[1] When it goes wrong: Time pressure")]
    click(app, "cited_G1")
    assert '<div class="cited" id="cited"' in html(app)
    assert "Whoever cancels proposes the new date" in html(app).split('id="cited"')[1].split("</div>")[0]
    click(app, "back")
    assert app.text_input[0].value == questions[0]
    assert "A draft answer" in html(app)
    assert len(questions) == 1


def test_sentences_in_a_row_from_one_section_share_a_number_and_a_list_stands_as_one(
    app: AppTest, showcase: Showcase, asked: Asking
) -> None:
    first, second = "When it goes wrong", "Running sessions"
    sources = [("G1", first), ("G2", first), ("G3", second), ("G4", second), ("G5", second)]
    asked(
        answer(
            text="Talk about <it>. [G1] Write. [G2]\n\nThree ways: [G3]\nwait; [G4]\nask. [G5]",
            citations=tuple(Citation(key=key, document=document, section="Practice", quote="Talk") for key, document in sources),
        )
    )
    at(app, showcase.mentor, "guidance")
    click(app, "example_0")
    shown = re.sub(r"</?abbr[^>]*>", "", html(app))
    assert "<p>Talk about &lt;it&gt;. Write. [1]</p><p>Three ways:</p><ul><li>wait;</li><li>ask. [2]</li></ul>" in shown
    assert f'title="{first}: Practice">[1]' in html(app)


def test_what_a_model_worded_says_so(app: AppTest, showcase: Showcase, asked: Asking) -> None:
    asked(answer(by_model=True))
    at(app, showcase.mentor, "guidance")
    click(app, "example_0")
    assert "AI draft" in html(app)
    assert "Worded by a model from the documents below." in html(app)


def test_a_question_that_is_refused_says_why_and_stays(app: AppTest, showcase: Showcase) -> None:
    at(app, showcase.mentor, "guidance")
    app.text_input[0].input("x" * 501)
    run(app)
    assert "The question has 501 characters; 500 are the most." in said(app)
    assert app.text_input[0].value == "x" * 501


def test_where_guidance_disagrees_both_sides_stand_and_the_programmes_own_is_named(
    app: AppTest, parts: Parts, coordinator: str, showcase: Showcase, asked: Asking
) -> None:
    passage = guidance_pages.read(parts, coordinator, added(parts, coordinator).id).passages[0]
    own_side = Side(holds="Lamps are on.", passage=passage.model_copy(update={"origin": Origin.ADDED}), quote="switched on <b>now</b>")
    other = Side(holds="Lamps are off.", passage=_passage("Dark", "Off."), quote="Off.")
    asked(answer(contradictions=(Contradiction(point="Whether lamps are on", sides=(own_side, other)),)))
    at(app, showcase.mentor, "guidance")
    click(app, "example_0")
    assert "The guidance does not agree: whether lamps are on" in said(app)
    assert "What your programme says itself goes first" in said(app)
    shown = html(app)
    assert shown.index("Your programme’s own guidance.") < shown.index("General guidance.")
    assert "switched on &lt;b&gt;now&lt;/b&gt;" in shown
    assert {"Lamps: Lamps", "D: Dark"} <= set(labels(app))


def test_what_is_not_covered_says_whom_to_ask_and_offers_the_nearest_as_nearest(app: AppTest, showcase: Showcase, asked: Asking) -> None:
    near = FoundPassage(passage=_passage("Rooms", "Any quiet room will do."), score=1.0)
    asked(not_covered(beyond="It looks like a question about rooms: ask whoever books rooms where you work.", nearest=(near,)))
    at(app, showcase.mentor, "guidance")
    click(app, "example_0")
    assert "The guidance does not seem to cover this." in html(app)
    assert "ask whoever books rooms where you work" in html(app)
    assert "The nearest passages, which may not answer it" in [box.label for box in app.expander]
    assert "Any quiet room will do." in html(app)


def test_a_question_is_passed_on_in_the_words_that_were_seen(
    app: AppTest, parts: Parts, coordinator: str, showcase: Showcase, asked: Asking
) -> None:
    asked(not_covered())
    at(app, showcase.mentee, "guidance")
    app.text_input[0].input(WORDS)
    run(app)
    click(app, "begin_passing_on")
    assert app.text_area[0].value == WORDS
    assert "No name, no day and no time goes with it" in said(app)
    assert passing_on.passed_on(parts, coordinator) == ()
    app.text_area[0].input("What does Holmgaard want?")
    click(app, "pass_on")
    assert "Take out “Holmgaard”" in said(app)
    assert app.text_area[0].value == "What does Holmgaard want?"
    app.text_area[0].input(f"{WORDS} And when?")
    click(app, "pass_on")
    assert "Passed on." in said(app)
    assert [question.words for question in passing_on.passed_on(parts, coordinator)] == [f"{WORDS} And when?"]


def test_what_is_missing_can_be_said_where_a_programme_has_no_documents(app: AppTest, showcase: Showcase) -> None:
    at(app, showcase.mentor, "guidance")
    click(app, "say_missing")
    assert "pass_on" in keys(app)


def test_coordinators_try_a_question_with_the_same_answers_and_pass_nothing_on(
    app: AppTest, parts: Parts, coordinator: str, showcase: Showcase, asked: Asking
) -> None:
    passing_on.pass_on(parts, showcase.mentor, WORDS)
    (question,) = passing_on.passed_on(parts, coordinator)
    questions = asked(answer())
    at(app, coordinator, "library", part="questions")
    click(app, f"try_{question.id}")
    run(app)
    assert questions == [WORDS]
    assert "A draft answer" in html(app)
    assert "begin_passing_on" not in keys(app)
    click(app, "cited_G1")
    assert 'id="cited"' in html(app)
