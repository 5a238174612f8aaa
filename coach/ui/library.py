"""Library: the programme's documents, a new one, the questions that were passed on, and the search as mentors and mentees see it."""

from collections.abc import Callable

import streamlit as st

from coach.domain.days import in_words
from coach.domain.guidance import Origin
from coach.services import passing_on
from coach.services.guidance_pages import DocumentSeen, library_of
from coach.ui import guidance_answer, guidance_reading, guidance_words, here, library_add, library_change, library_index, look, sections
from coach.ui.table import table_html

PART, LEFT = "documents", "library_left"
EXAMPLES = ("How many pairs should we start with?", "How do we win senior leaders over?", "What do we measure after six months?")
MANY = 12  # from here on a list is searched rather than read
MOST_SHOWN = 30


def show() -> None:
    """Show a document to read, or one of the sections."""
    if guidance_reading.show("library", {"part": st.session_state.get(LEFT, PART)}, "Back to the library"):
        return
    st.title("Library")
    waiting = len(passing_on.passed_on(here.parts(), here.me().id))
    questions = f"Questions passed on ({waiting})" if waiting else "Questions passed on"
    titles = {PART: "Documents", "add": "Add a document", "questions": questions, "try": "Try a question"}
    section = st.session_state[LEFT] = sections.choose("library", titles)
    if "done" in st.session_state:
        look.to_top()
    here.show_done()
    here.show_refusal()
    {PART: _documents, "add": library_add.show, "questions": _questions, "try": _try}[section]()


def _documents() -> None:
    library_index.show()
    if library_change.is_open():
        library_change.show()
        return
    seen = library_of(here.parts(), here.me().id)
    added = [one for one in seen if one.document.origin is Origin.ADDED]
    st.subheader("Your own")
    if not added:
        st.info(
            "Your programme has no documents of its own yet. Its handbook, its dates and places, its slides and checklists belong here: "
            "the coach knows reverse mentoring in general, and only you know how yours is run. Answers and drafts then rest on them too.",
            icon=":material/library_add:",
        )
    st.button("Add a document", type="primary", key="add_a_document", icon=":material/add:", on_click=library_add.begin)
    found = _searched(added) if len(added) > MANY else added
    for one in found[:MOST_SHOWN]:
        _own(one)
    if len(found) > MOST_SHOWN:
        st.caption(f"{len(found)} documents; the first {MOST_SHOWN} are shown, search to narrow them down.")
    _shipped([one for one in seen if one.document.origin is Origin.SHIPPED])


def _searched(added: list[DocumentSeen]) -> list[DocumentSeen]:
    words = st.text_input("Search title or file name", key="search_documents", icon=":material/search:").casefold().split()
    return [one for one in added if all(word in f"{one.document.title} {one.document.file}".casefold() for word in words)]


def _own(one: DocumentSeen) -> None:
    document = one.document
    with st.container(border=True):
        st.markdown(f"**{look.plain(document.title)}**  \n:small[{look.plain(_facts(one))}]")
        with st.container(horizontal=True):
            _act("Open", "description", document.id, _open, document.id)
            if one.can_change:
                _act("Change", "edit", document.id, _change, document.id)
                _act("Replace", "swap_horiz", document.id, library_add.begin, document)
                _act("Remove", "delete", document.id, library_change.ask_to_remove, document)


def _open(document_id: str) -> None:
    here.lead("library", document=document_id)


def _act(label: str, icon: str, document_id: str, act: Callable[..., None], on: object) -> None:
    st.button(label, key=f"{label.lower()}_{document_id}", icon=f":material/{icon}:", type="tertiary", on_click=act, args=(on,))


def _change(document_id: str) -> None:
    here.tried(lambda: library_change.begin(document_id))


def _facts(one: DocumentSeen) -> str:
    document = one.document
    facts = [document.file, _count(one.passages, "passage", "passages"), f"version {document.version}"]
    if one.added_on:
        facts.append(f"{'added' if document.version == 1 else 'replaced'} on {in_words(one.added_on, here.parts().today())}")
    facts.append(f"for {guidance_words.readers(document).lower()}")
    if not one.can_change:
        facts.append("for every programme here, so only whoever runs the coach can change it")
    if one.cited:
        facts.append(f"cited in drafts of {one.cited} pairs")
    return " · ".join(facts)


def _shipped(shipped: list[DocumentSeen]) -> None:
    st.subheader("What comes with the coach")
    by_id = {one.document.id: one.document for one in shipped}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Read one", list(by_id), index=None, placeholder="Choose a document", key="read_which",
            format_func=lambda i: by_id[i].title, width=420,
        )  # fmt: skip
        if chosen is not None:
            st.button("Read", key="read_shipped", on_click=here.lead, args=("library",), kwargs={"document": chosen})
    columns = {
        "Title": [one.document.title for one in shipped],
        "For": [guidance_words.readers(one.document) for one in shipped],
        "When it helps": [guidance_words.stages(one.document.stage) for one in shipped],
        "Passages": [str(one.passages) for one in shipped],
        "In drafts of": [f"{one.cited} pairs" if one.cited else "" for one in shipped],
    }
    filled = {title: cells for title, cells in columns.items() if any(cells)}
    said = "" if "In drafts of" not in filled else "; an empty cell under “In drafts of” may mean few pairs, none, or nearly all"
    st.html(table_html(tuple(filled), list(zip(*filled.values(), strict=True)), f"{_count(len(shipped), 'document', 'documents')}{said}"))


def _questions() -> None:
    st.caption(
        "Mentors and mentees passed these on because the guidance did not answer them. Only the words are kept: not who asked, nor when. "
        "Answer them in a document, or in your next mail to everybody; “Done” deletes the question."
    )
    questions = passing_on.passed_on(here.parts(), here.me().id)
    if not questions:
        st.info(
            "No question waits. What the guidance does not answer can be passed on to you from the page Guidance.",
            icon=":material/help_center:",
        )
    for question in questions:
        with st.container(border=True):
            st.markdown(look.plain(question.words))
            with st.container(horizontal=True):
                st.button("Done", key=f"settle_{question.id}", icon=":material/check:", on_click=_settle, args=(question.id,))
                st.button(
                    "Try it",
                    key=f"try_{question.id}",
                    icon=":material/search:",
                    type="tertiary",
                    on_click=_try_this,
                    args=(question.words,),
                )


def _settle(question_id: str) -> None:
    if here.tried(lambda: passing_on.settle(here.parts(), here.me().id, question_id)):
        st.session_state["done"] = "Done. The question is deleted."


def _try_this(question: str) -> None:
    guidance_answer.ask_this(question)
    here.lead("library", part="try")


def _try() -> None:
    st.caption("Mentors and mentees get the same answers on their page Guidance.")
    guidance_answer.box(EXAMPLES)
    found = guidance_answer.answered()
    if found is not None:
        guidance_answer.show(found, "library")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
