"""The fields of what is said about a document: its title, its readers, its stages, its sources, and the questions that people ask."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from coach.domain.documents import STAGES, DocumentDetails
from coach.domain.guidance import Passage
from coach.domain.people import RoleName
from coach.ui import guidance_words, library_proposals, look, typed
from coach.ui.library_proposals import Proposed
from coach.ui.typed import Form

A_SCREEN = 15  # sections whose questions are shown at a time


def values_of(details: DocumentDetails, sections: Sequence[str]) -> dict[str, Any]:
    """Return what stands in the fields for these details of a document with these sections."""
    values: dict[str, Any] = {
        "title": details.title,
        "audience": list(details.audience),
        "stage": list(details.stage),
        "sources": "\n".join(details.sources),
    }
    return values | {_name(n): "\n".join(details.questions.get(section, ())) for n, section in enumerate(sections)}


def details_from(values: Mapping[str, Any], sections: Sequence[str]) -> DocumentDetails:
    """Return the details that stand in the fields of a document with these sections."""
    return DocumentDetails(
        title=values["title"],
        audience=tuple(values["audience"] or ()),
        stage=tuple(values["stage"] or ()),
        sources=tuple(values["sources"].splitlines()),
        questions={section: tuple(values[_name(n)].splitlines()) for n, section in enumerate(sections)},
    ).tidied()


def show(form: Form, sections: Sequence[str], unasked: Sequence[Passage], proposed: Proposed) -> None:
    """Show the fields, with the questions that might be added to those passages that have none."""
    st.text_input("Title", **typed.field(form, "title"), autocomplete="off")
    st.pills(
        "Who it is for", list(RoleName), selection_mode="multi", default=form.values["audience"],
        format_func=guidance_words.READERS.__getitem__, help="Everybody may read it. Drafts for a pair only use what is for mentors or mentees.",
        **typed.kept(form, "audience"),
    )  # fmt: skip
    st.pills(
        "When it helps", list(STAGES), selection_mode="multi", default=form.values["stage"], format_func=guidance_words.STAGES.__getitem__,
        help="Choose none if it helps at any time.", **typed.kept(form, "stage"),
    )  # fmt: skip
    st.text_area("What it is based on, a source a line (may stay empty)", **typed.field(form, "sources"), height=80)
    with st.expander("The questions that people ask", expanded=bool(proposed)):
        _questions(form, sections, unasked, proposed)


def _questions(form: Form, sections: Sequence[str], unasked: Sequence[Passage], at_once: Proposed) -> None:
    st.caption(
        "People ask in other words than documents use. Write under each section the questions that it answers, one a line, "
        "as somebody would type them; the search then finds it by them. They may stay empty."
    )
    library_proposals.offer(unasked, at_once)
    proposed = library_proposals.proposals(unasked, at_once)
    waiting = {n: new for n, section in enumerate(sections) if (new := _new(form, n, proposed.get(section, ())))}
    if len(waiting) > 1:
        st.button("Add all that are proposed", key=f"add_all_{form.turn}", icon=":material/add:", on_click=_add, args=(form.name, waiting))
    for n in _on_screen(form, len(sections)):
        st.text_area(look.plain(sections[n]), **typed.field(form, _name(n)), height=90)
        if n in waiting:
            st.markdown("People might ask:\n" + "\n".join(f"- {look.plain(question)}" for question in waiting[n]))
            st.button(
                "Add these", key=f"add_these_{form.turn}_{n}", icon=":material/add:", on_click=_add, args=(form.name, {n: waiting[n]})
            )


def _on_screen(form: Form, count: int) -> range:
    """Return which sections are shown, chosen by the person where there are many."""
    starts = list(range(0, count, A_SCREEN))
    first = 0
    if len(starts) > 1:
        labels = {start: f"{start + 1} to {min(start + A_SCREEN, count)} of {count}" for start in starts}
        first = st.selectbox("Sections", starts, format_func=labels.__getitem__, key=f"sections_{form.name}", width=260)
    return range(first, min(first + A_SCREEN, count))


def _new(form: Form, n: int, proposed: Sequence[str]) -> list[str]:
    there = {line.strip().casefold() for line in form.values[_name(n)].splitlines()}
    return [question for question in proposed if question.casefold() not in there]


def _add(name: str, new: Mapping[int, Sequence[str]]) -> None:
    """Put questions under those that stand in the fields; the fields are made anew, so that they show them."""
    form = typed.collect(name)
    if form is not None:
        added = {_name(n): "\n".join(filter(None, (form.values[_name(n)].rstrip(), *questions))) for n, questions in new.items()}
        typed.begin(name, form.values | added, form.base)


def _name(number: int) -> str:
    return f"questions_{number}"
