"""The released agenda: one quiet page to read before the meeting and to have open in it."""

import streamlit as st

from coach.services.releasing import released_agenda
from coach.services.today import today
from coach.ui import here
from coach.ui.document import agenda_html


def show() -> None:
    """Show the released agenda of a session."""
    planned = {p.session.id: p for p in today(here.parts(), here.me().id).pairs if p.session}
    asked = here.param("session")
    ready = [i for i, p in planned.items() if p.agenda is not None]
    session_id = asked or (ready[0] if ready else None)
    if session_id is None:
        st.title("Agenda")
        st.info(
            "No agenda is released yet. Once a mentor has approved and released one, both people read it here.", icon=":material/menu_book:"
        )
        return
    st.query_params["session"] = session_id
    found = released_agenda(here.parts(), here.me().id, session_id)
    if found is None:
        st.title("Agenda")
        st.info("The agenda for this session is not released yet.", icon=":material/menu_book:")
        return
    document = agenda_html(found.title, found.line, found.content, found.carried, found.goal_titles, found.mentor, found.mentee, keys=False)
    st.html(f'<div class="reading">{document}</div>')
    st.caption(
        f"Approved by {found.mentor} and released on {found.released_at.astimezone():%d %B %Y, %H:%M}. Print this page with the browser's own print command."
    )
