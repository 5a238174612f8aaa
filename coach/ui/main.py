"""The app: who is here decides which pages there are."""

from html import escape
from pathlib import Path

import streamlit as st

from coach.errors import CoachError
from coach.services.signing_in import demonstration_person
from coach.services.today import is_mentor
from coach.ui import agenda, here, look, pair, prepare, review, sign_in, today
from coach.ui import help as ask_for_help


def main() -> None:
    """Show the sign-in or the pages of the person who is signed in."""
    _come_back()
    st.set_page_config(page_title="Reverse mentoring coach", page_icon=str(Path(__file__).parent / "icon.png"), layout="wide")
    look.style()
    if "person" not in st.session_state:
        st.navigation([st.Page(sign_in.show, title="Welcome", url_path="welcome", default=True)], position="hidden").run()
        return
    person = here.me()
    pages = {"today": st.Page(today.show, title="Today", icon=":material/today:", url_path="today", default=True)}
    pages["pair"] = st.Page(pair.show, title="Our pair", icon=":material/handshake:", url_path="pair")
    if is_mentor(here.parts(), person.id):
        pages["prepare"] = st.Page(prepare.show, title="Prepare", icon=":material/edit_note:", url_path="prepare")
        pages["review"] = st.Page(review.show, title="Review", icon=":material/rate_review:", url_path="review")
    pages["agenda"] = st.Page(agenda.show, title="Agenda", icon=":material/menu_book:", url_path="agenda")
    pages["help"] = st.Page(ask_for_help.show, title="Ask for help", icon=":material/support_agent:", url_path="help")
    st.session_state["pages"] = pages
    chosen = st.navigation(list(pages.values()), position="top")
    here.follow()
    with st.container(key="who", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="demo" role="note">Demonstration with invented people. You act as <strong>{escape(person.name)}</strong>, {escape(person.role)}.</div>'
        )
        st.button("Change person", icon=":material/logout:", key="change_person", type="tertiary", on_click=_change_person)
    chosen.run()
    st.query_params["as"] = person.id  # a reload comes back to the same person of the demonstration


def _change_person() -> None:
    here.sign_out()
    st.query_params.clear()


def _come_back() -> None:
    """After a reload, act again as the demonstration's person whom the address names."""
    known = here.param("as")
    if known and "person" not in st.session_state:
        try:
            here.sign_in(demonstration_person(here.parts(), known))
        except CoachError:
            st.query_params.clear()


try:
    main()
except CoachError as error:
    st.error(look.plain(str(error)), icon=":material/block:")
