"""Sections of one page: chosen by the address, by a step that leads there, or by the person."""

from collections.abc import Mapping

import streamlit as st

from coach.ui import here


def choose(name: str, titles: Mapping[str, str]) -> str:
    """Return the section to show; the address keeps it over a reload."""
    asked = here.param("part")
    # The choice is forgotten while another page is shown.
    if asked in titles and (asked != st.session_state.get(f"{name}_asked") or f"{name}_part" not in st.session_state):
        st.session_state[f"{name}_part"] = asked
    st.session_state.setdefault(f"{name}_part", next(iter(titles)))
    chosen = st.segmented_control(
        "Section", list(titles), format_func=titles.__getitem__, key=f"{name}_part", required=True, label_visibility="collapsed"
    )
    section = chosen or next(iter(titles))
    st.query_params["part"] = st.session_state[f"{name}_asked"] = section
    return section
