"""Add a document, or put another file in the place of one: what would be searched is seen before anything is kept."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from coach.domain.documents import ENDINGS, details_of
from coach.domain.guidance import Document, Passage
from coach.errors import CoachError
from coach.services.guidance import add
from coach.services.guidance_pages import MOST_MEGABYTES, DocumentPreview, Standing, preview_document, read
from coach.ui import here, library_fields, library_index, library_preview, look, typed
from coach.ui.typed import Form

NAME = "document"
UNREAD, REPLACES, TURN = "library_unread", "library_replaces", "library_turn"


@dataclass(frozen=True)
class Chosen:
    """The file that is looked at, its sections in order, and the passages of the document that it would replace."""

    preview: DocumentPreview
    sections: tuple[str, ...]
    before: tuple[Passage, ...]


def begin(replaces: Document | None = None) -> None:
    """Start with no file, in the place of a document if there is one."""
    typed.end(NAME)
    st.session_state[REPLACES] = replaces
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    here.lead("library", part="add")


def show() -> None:
    """Show where a file comes in, what it would become, and what is said about it."""
    replaces: Document | None = st.session_state.get(REPLACES)
    if replaces is not None:
        st.subheader(f"Another file in the place of “{look.plain(replaces.title)}”")
        st.caption("Drafts that cite the present one keep the words that they cited.")
        st.button("Add a new document instead", key="add_instead", type="tertiary", on_click=begin)
    key = f"library_file_{st.session_state.setdefault(TURN, 0)}"
    st.file_uploader(
        f"A file of your programme, up to {MOST_MEGABYTES} MB: Markdown, text, HTML, Word, PowerPoint or PDF",
        type=[ending.removeprefix(".") for ending in ENDINGS], key=key, max_upload_size=MOST_MEGABYTES, on_change=_uploaded, args=(key,),
    )  # fmt: skip
    _read(key, replaces)
    form = typed.find(NAME)
    if form is None:
        st.caption(
            "Your handbook, the times and places of your programme, its slides and checklists: what mentors and mentees of your programme need "
            "and no general guidance can know. You see exactly what would be searched before it is added. "
            "Do not add anything about single people: everybody in the programme can read it."
        )
        return
    chosen: Chosen = form.base
    library_preview.show(chosen.preview, chosen.before)
    if chosen.preview.standing is Standing.ALREADY_THERE:
        st.button("Choose another file", key="give_up_document", on_click=begin)
        return
    with st.container(border=True):
        unasked = [passage for passage in chosen.preview.passages if passage.section not in chosen.preview.details.questions]
        library_fields.show(form, chosen.sections, unasked, chosen.preview.proposed)
        with st.container(horizontal=True):
            label = "Replace it" if chosen.preview.replaces else "Add it to the library"
            st.button(label, type="primary", key="add_document", icon=":material/add:", on_click=_add)
            st.button("Give up", key="give_up_document", type="tertiary", on_click=begin)
        st.caption(
            "Mentors and mentees of your programme can read it and find it as soon as it is added; drafts can cite it. No other programme sees it."
        )


def _uploaded(key: str) -> None:
    st.session_state[UNREAD] = st.session_state.get(key) is not None


def _read(key: str, replaces: Document | None) -> None:
    """Read the file that was chosen last; where it cannot be read, what stands here from an earlier one stays."""
    file = st.session_state.get(key)
    if file is None or not st.session_state.get(UNREAD):
        return
    try:
        with st.spinner(f"Reading {look.plain(file.name)}"):
            preview = preview_document(here.parts(), here.me().id, file.getvalue(), file.name, replaces.id if replaces else None)
            before = read(here.parts(), here.me().id, preview.replaces.id).passages if preview.replaces else ()
    except CoachError as error:
        st.session_state["refused"] = str(error)
    else:
        chosen = Chosen(preview, tuple(dict.fromkeys(passage.section for passage in preview.passages)), before)
        typed.begin(NAME, _values(chosen, typed.collect(NAME)), base=chosen)
    st.session_state[UNREAD] = False
    here.show_refusal()


def _values(chosen: Chosen, typed_before: Form | None) -> dict[str, Any]:
    """Return what the fields hold for a file, with what somebody typed for another version of the same file just before."""
    values = _said(chosen)
    earlier: Chosen | None = typed_before.base if typed_before else None
    if typed_before is None or earlier is None or earlier.preview.read.name != chosen.preview.read.name:
        return values
    was = _said(earlier)
    asked = library_fields.details_from(typed_before.values, earlier.sections).questions
    again = library_fields.values_of(chosen.preview.details.model_copy(update={"questions": asked}), chosen.sections)
    typed_again = {name: again[name] for name in values if name.startswith("questions_") and again[name]}
    changed = {
        name: typed_before.values[name] for name in ("title", "audience", "stage", "sources") if typed_before.values[name] != was[name]
    }
    return values | typed_again | changed


def _said(chosen: Chosen) -> dict[str, Any]:
    """Return what the file says about itself, or where it says nothing what is said about the document that it replaces."""
    said, known = chosen.preview.details, chosen.preview.replaces
    if known is not None and not (said.questions or said.stage or said.sources):
        untitled = {said.title: known.questions.get(known.title, ())}  # what stands before the first heading goes by the title
        said = details_of(known).model_copy(update={"questions": untitled | known.questions})
    return library_fields.values_of(said, chosen.sections)


def _add() -> None:
    form = typed.collect(NAME)
    if form is None:
        return
    chosen: Chosen = form.base
    preview = chosen.preview
    place = preview.replaces.id if preview.replaces else None
    details = library_fields.details_from(form.values, chosen.sections)
    if here.tried(lambda: add(here.parts(), here.me().id, preview.read, details, place=place)):
        begin()
        library_index.note_change()
        st.session_state["done"] = f"“{details.title}” is {'replaced' if preview.replaces else 'added'}."
        here.lead("library", part="documents")
