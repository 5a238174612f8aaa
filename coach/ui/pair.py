"""Our pair: where the two stand, what comes next, and their agreement, goals and sessions."""

import streamlit as st

from coach.services.today import Mend, PairToday, today
from coach.ui import agreement, goals, here, look, sessions

PARTS = {Mend.AGREEMENT: "Agreement", Mend.GOALS: "Goals", Mend.SESSIONS: "Sessions"}
# The chosen part in the colour of the text: the theme's own is too faint in the dark.
STYLE = "<style>.st-key-pair_part button[aria-checked=true],.st-key-pair_part button[aria-checked=true] *{color:inherit!important}</style>"
SHOW = {Mend.AGREEMENT: agreement.show, Mend.GOALS: goals.show, Mend.SESSIONS: sessions.show}


def show() -> None:
    """Show one pair of this person."""
    st.title("Our pair")
    pairs = {p.pair.id: p for p in today(here.parts(), here.me().id).pairs}
    if not pairs:
        st.info(
            "You are in no pair yet. Your coordinator makes pairs; then your agreement, goals and sessions stand here.",
            icon=":material/group:",
        )
        return
    chosen = pairs[_choose(pairs)]
    with st.container(key="pair_head"):
        st.subheader(f"With {look.plain(chosen.other)}")
        st.html(STYLE + look.life(chosen.step))
        here.show_done()
        if ended := chosen.pair.over_since(here.parts().today()):
            st.info(look.ended(ended, here.parts().today()), icon=":material/flag:")
        part = _part(chosen)
    SHOW[part](chosen.pair.id)


def _choose(pairs: dict[str, PairToday]) -> str:
    """Return the pair to show: the one that the address names, until the person chooses another."""
    asked = here.param("pair")
    if asked in pairs and _is_new("pair_asked", asked, "pair_chosen"):
        st.session_state["pair_chosen"] = asked
    ids = list(pairs)
    chosen = ids[0]
    if len(ids) > 1:
        chosen = st.selectbox("Pair with", ids, format_func=lambda i: pairs[i].other, key="pair_chosen")
    st.query_params["pair"] = st.session_state["pair_asked"] = chosen
    return chosen


def _part(found: PairToday) -> Mend:
    """Return the part to show: the one that the address names or the next step leads to, until the person chooses another."""
    asked = (found.pair.id, here.param("part"))
    waits = next(((line.says, line.mend) for line in found.missing(here.parts().today()) if line.mend), None)
    if asked[1] in PARTS and _is_new("part_asked", asked, "pair_part"):
        st.session_state["pair_part"] = Mend(asked[1])
    elif "pair_part" not in st.session_state:
        st.session_state["pair_part"] = waits[1] if waits else Mend.AGREEMENT
    with st.container():
        if waits:
            st.markdown(f"**Next:** {look.plain(waits[0])}")
    part = st.segmented_control(
        "Part", list(PARTS), format_func=PARTS.__getitem__, key="pair_part", required=True, label_visibility="collapsed"
    )
    chosen = Mend(part or Mend.AGREEMENT)
    st.query_params["part"] = chosen
    st.session_state["part_asked"] = (found.pair.id, str(chosen))
    return chosen


def _is_new(kept: str, asked: object, widget: str) -> bool:
    """Tell whether the address asks for something new; a choice is forgotten while another page is open, and the address holds again."""
    return asked != st.session_state.get(kept) or widget not in st.session_state
