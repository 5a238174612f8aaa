"""Questions that people might ask, proposed for sections that have none yet; a model is asked only when somebody wants it to be."""

from collections.abc import Mapping, Sequence

import streamlit as st

from coach.domain.guidance import Passage
from coach.services.engines import model_engine
from coach.services.proposing import proposed
from coach.ui import here

WANTED, FOUND = "library_propose", "library_proposed"
Proposed = Mapping[str, Sequence[str]]


def proposals(passages: Sequence[Passage], at_once: Proposed) -> Proposed:
    """Return what is proposed for the sections of these passages: what somebody asked for, else what was proposed at once."""
    ids = tuple(passage.id for passage in passages)
    if st.session_state.pop(WANTED, False):
        with st.spinner("Looking for questions that people might ask"):
            st.session_state[FOUND] = (ids, proposed(here.parts(), here.me().id, passages))
    kept: tuple[tuple[str, ...], Proposed] = st.session_state.get(FOUND, ((), {}))
    known, found = kept
    if known != ids or not passages:
        return at_once
    if not found:
        st.caption("No questions can be proposed for the sections that have none. Write them as people would ask.")
    return found


def offer(passages: Sequence[Passage], at_once: Proposed) -> None:
    """Offer to look for questions, unless all that can be found is proposed already."""
    by_model = model_engine(here.parts()) is not None
    if not passages or (at_once and not by_model):
        return
    st.button(
        "Let the model propose questions" if by_model else "Propose questions", key="propose_questions", icon=":material/help_center:",
        on_click=_want, help="The text of the sections without questions goes to the model, with names masked." if by_model else None,
    )  # fmt: skip


def _want() -> None:
    st.session_state[WANTED] = True
