"""Pass a question on to the coordinators: the words as they will be kept, and nothing about who asked."""

import streamlit as st

from coach.domain.passed_on import LONGEST_WORDS
from coach.services.passing_on import pass_on
from coach.ui import here, typed

NAME = "passing_on"


def begin(question: str) -> None:
    """Open the field with the question as it was asked."""
    typed.begin(NAME, {"words": question})


def is_open() -> bool:
    """Tell whether a question is being passed on."""
    return typed.find(NAME) is not None


def show() -> None:
    """Show the words exactly as the coordinators would see them, to be changed before they go."""
    form = typed.find(NAME)
    assert form is not None
    with st.container(border=True, key="passing_on"):
        st.markdown("**Pass a question on to the coordinators of your programme**")
        st.text_area("These words, as they stand here, are all that they see and all that is kept", **typed.field(form, "words"), height=90)
        st.caption(
            f"No name, no day and no time goes with it. The words may still give somebody away: leave out what only you, or only one person, could say. "
            f"{LONGEST_WORDS} characters at most. Nobody can answer you directly; answers appear in the guidance. If you need one, use the page Ask for help."
        )
        here.show_refusal()
        with st.container(horizontal=True):
            st.button("Pass it on", type="primary", key="pass_on", icon=":material/send:", on_click=_pass_on)
            st.button("Do not pass it on", key="pass_on_not", type="tertiary", on_click=typed.end, args=(NAME,))


def _pass_on() -> None:
    form = typed.collect(NAME)
    if form is not None and here.tried(lambda: pass_on(here.parts(), here.me().id, form.values["words"])):
        typed.end(NAME)
        st.session_state["done"] = "Passed on. The coordinators see the words, and nothing about you."
