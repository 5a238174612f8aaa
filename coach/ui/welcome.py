"""Who sees what: read once before anything else, and open to everybody at any time."""

from collections.abc import Set

import streamlit as st

from coach.domain.people import RoleName
from coach.services.signing_in import in_sample, note_welcomed, roles_of
from coach.ui import here
from coach.ui.table import Cell, Chip, table_html

YES, NO = Chip("sees it", "green"), Chip("never", "grey")
IN_A_PAIR = {RoleName.MENTOR, RoleName.MENTEE}
# What, whom it concerns, and what the mentor, the mentee and the coordinators see of it.
ROWS: tuple[tuple[str, Set[RoleName], Cell, Cell, Cell], ...] = (
    ("What the mentor wants from a session", IN_A_PAIR, YES, NO, NO),
    ("Drafts, and everything about how they came to be", set(RoleName), "the author alone", "the author alone", NO),
    ("An agenda, once its mentor has released it", IN_A_PAIR, YES, YES, NO),
    (
        "Notes, feedback and reflections",
        set(RoleName),
        "what they wrote, or were sent",
        "what they wrote, or were sent",
        NO,
    ),
    ("Goals, promises, and what was agreed last time", IN_A_PAIR, YES, YES, NO),
    ("The agreement", set(RoleName), YES, YES, "whether both have signed"),
    ("Names, job titles and the dates of a pair", set(RoleName), "their own pairs", "their own pairs", YES),
    ("Figures about the programme", {RoleName.COORDINATOR}, NO, NO, "only about many pairs together"),
    (
        "A call for help",
        set(RoleName),
        "while they write it",
        "while they write it",
        "what its author wrote, nothing else",
    ),
)


def show() -> None:
    """Show who sees what, for the roles that this person holds."""
    person = here.me()
    roles = roles_of(here.parts(), person.id) or frozenset(RoleName)
    st.title("Who sees what")
    st.markdown(
        "It takes trust to speak openly to somebody with more power. So this is fixed, for everybody: "
        "**a coordinator never sees notes, drafts, feedback or reflections**, and no draft reaches anybody before its author has released it."
    )
    headers = ["", *(f"{title}{' (you)' if role in roles else ''}" for role, title in _titles())]
    st.html(table_html(headers, [(what, *seen) for what, whose, *seen in ROWS if whose & roles]))
    if person.welcomed is None and not in_sample(here.parts(), person):
        st.button("I have read this", type="primary", key="welcomed", on_click=_read)
    here.show_refusal()


def _titles() -> tuple[tuple[RoleName, str], ...]:
    return ((RoleName.MENTOR, "The mentor"), (RoleName.MENTEE, "The mentee"), (RoleName.COORDINATOR, "Coordinators"))


def _read() -> None:
    here.tried(lambda: note_welcomed(here.parts(), here.me().id))
