"""The app: who is here decides which pages there are."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from coach.domain.people import Person, RoleName
from coach.errors import CoachError
from coach.services.signing_in import Visitor, act_as, demonstration_person, in_sample, roles_of, vouched_for
from coach.services.today import is_mentor
from coach.ui import (
    agenda,
    editor,
    guidance,
    here,
    library,
    look,
    notes,
    overview,
    pair,
    people,
    prepare,
    programme,
    progress,
    review,
    sign_in,
    summary,
    today,
    welcome,
)
from coach.ui import help as ask_for_help

IN_A_PAIR = {RoleName.MENTOR, RoleName.MENTEE}
COORDINATING = ("overview", "people", "library", "programme")


def main() -> None:
    """Show the sign-in or the pages of the person who is signed in."""
    visitor = here.visitor()
    _settle(visitor)
    st.set_page_config(page_title="Reverse mentoring coach", page_icon=str(Path(__file__).parent / "icon.png"), layout="wide")
    look.style()
    editor.only_mine()
    if "person" not in st.session_state:
        st.navigation([st.Page(sign_in.show, title="Welcome", url_path="welcome", default=True)], position="hidden").run()
        return
    person = here.me()
    sample = in_sample(here.parts(), person)
    if person.welcomed is None and not sample:
        st.navigation([st.Page(welcome.show, title="Who sees what", url_path="welcome", default=True)], position="hidden").run()
        return
    pages = _pages(person)
    st.session_state["pages"] = pages
    chosen = st.navigation(_arranged(pages), position="top")
    here.follow()
    _who(person, visitor, sample)
    here.show_moved()
    chosen.run()
    if sample:
        st.query_params["as"] = person.id  # a reload comes back to the same person of the demonstration


def _pages(person: Person) -> dict[str, StreamlitPage]:
    """Return the pages of a person by the names that buttons lead to."""
    roles = roles_of(here.parts(), person.id)
    pages: dict[str, StreamlitPage] = {}
    if RoleName.COORDINATOR in roles:
        pages["overview"] = st.Page(overview.show, title="Overview", icon=":material/dashboard:", url_path="overview", default=True)
        pages["people"] = st.Page(people.show, title="People and pairs", icon=":material/group:", url_path="people")
        pages["library"] = st.Page(library.show, title="Library", icon=":material/local_library:", url_path="library")
        pages["programme"] = st.Page(programme.show, title="Programme", icon=":material/tune:", url_path="programme")
    if roles & IN_A_PAIR or not pages:
        pages["today"] = st.Page(today.show, title="Today", icon=":material/today:", url_path="today", default=not pages)
        pages["pair"] = st.Page(pair.show, title="Our pair", icon=":material/handshake:", url_path="pair")
        if is_mentor(here.parts(), person.id):
            pages["prepare"] = st.Page(prepare.show, title="Prepare", icon=":material/edit_note:", url_path="prepare")
        pages["notes"] = st.Page(notes.show, title="Notes", icon=":material/notes:", url_path="notes")
        pages["review"] = st.Page(review.show, title="Review", icon=":material/rate_review:", url_path="review")
        pages["progress"] = st.Page(progress.show, title="Progress", icon=":material/trending_up:", url_path="progress")
        pages["agenda"] = st.Page(agenda.show, title="Agenda", icon=":material/menu_book:", url_path="agenda")
        pages["guidance"] = st.Page(guidance.show, title="Guidance", icon=":material/local_library:", url_path="guidance")
        pages["help"] = st.Page(ask_for_help.show, title="Ask for help", icon=":material/support_agent:", url_path="help")
    if "progress" in pages:
        pages["summary"] = st.Page(summary.show, title="Summary", url_path="summary", visibility="hidden")
    pages["welcome"] = st.Page(welcome.show, title="Who sees what", url_path="who-sees-what", visibility="hidden")
    return pages


def _arranged(pages: Mapping[str, StreamlitPage]) -> Sequence[StreamlitPage] | dict[str, list[StreamlitPage]]:
    """Return the pages as the menu shows them: in two groups for somebody who coordinates and is in a pair as well."""
    if not {"overview", "today"} <= set(pages):
        return list(pages.values())
    mine = [page for name, page in pages.items() if name not in COORDINATING]
    return {"Your programme": [pages[name] for name in COORDINATING], "Your pairs": mine}


def _who(person: Person, visitor: Visitor, sample: bool) -> None:
    """Say who is here, and how to leave."""
    name, job = escape(person.name), f", {escape(person.role)}" if person.role else ""
    if visitor.by_provider:
        said, leave = f"You are signed in as <strong>{name}</strong>{job}.", "Sign out"
    elif sample:
        said, leave = f"Demonstration with invented people. You act as <strong>{name}</strong>{job}.", "Change person"
    else:
        said, leave = f"Anybody at this computer can act as anybody. You act as <strong>{name}</strong>{job}.", "Change person"
    with st.container(key="who", horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="demo" role="note">{said}</div>')
        st.button(
            "Who sees what", icon=":material/visibility:", key="who_sees_what", type="tertiary", on_click=here.lead, args=("welcome",)
        )
        st.button(leave, icon=":material/logout:", key="change_person", type="tertiary", on_click=sign_in.leave)


def _settle(visitor: Visitor) -> None:
    """Find out anew at each run who is here, so that nobody stays who may no longer."""
    known: Person | None = st.session_state.get("person")
    person = vouched_for(here.parts(), visitor) if visitor.by_provider else _chosen(visitor, known)
    if person is None and known is not None:
        here.sign_out()
    elif person is not None and (known is None or known.id != person.id):
        here.sign_in(person)
    if person is not None:
        st.session_state["person"] = person
        st.session_state["until"] = visitor.until


def _chosen(visitor: Visitor, known: Person | None) -> Person | None:
    """Return who was chosen in this session, or after a reload the demonstration's person whom the address names."""
    asked = here.param("as")
    try:
        if known is not None:
            return act_as(here.parts(), visitor, known.id)
        return demonstration_person(here.parts(), asked) if asked else None
    except CoachError:
        st.query_params.clear()
        return None


try:
    main()
except CoachError as error:
    st.error(look.plain(str(error)), icon=":material/block:")
