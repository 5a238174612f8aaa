"""Sign in by choosing a person of the sample programme: a demonstration, and said to be one."""

from html import escape

import streamlit as st

from coach.domain.people import Person
from coach.services.signing_in import demonstration
from coach.ui import here


def show() -> None:
    """Show what this is and whom one can act as."""
    st.title("Reverse mentoring coach")
    st.write(
        "Prepare a session with someone senior. Drafts are grounded in your programme's guidance, and nothing leaves before you have approved it."
    )
    found = demonstration(here.parts())
    if found is None:
        st.info(
            "There is no programme here yet. Start the app with `coach serve --sample` to look around in a fictional one.",
            icon=":material/info:",
        )
        return
    st.html(
        '<div class="demo" role="note"><strong>This is a demonstration.</strong> '
        f"{escape(found.programme.name)}, its company and its people are invented, and anybody who opens this page can act as anybody. Type nothing real.</div>"
    )
    mentor, mentee = st.columns(2, gap="large")
    with mentor:
        _choose("Act as a mentor", "The junior person, who prepares and leads the sessions.", found.mentors, "mentor")
    with mentee:
        _choose("Act as a mentee", "The senior person, who listens, tries things out and reads released agendas.", found.mentees, "mentee")
    st.caption("Mentors see their own drafts. Mentees see an agenda only once its mentor has released it. Coordinators see neither.")


def _choose(title: str, said: str, people: tuple[Person, ...], key: str) -> None:
    st.subheader(title)
    st.write(said)
    person = st.selectbox("Person", people, format_func=lambda p: f"{p.name}, {p.role}", key=f"choose_{key}")
    if person is not None:
        st.button(f"Continue as this {key}", type="primary", key=f"sign_in_{key}", on_click=here.sign_in, args=(person,))
