"""Today: the next session of each pair, what is new, what is missing for it, what waits, what was promised."""

from datetime import date
from html import escape
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coach.domain.days import in_words
from coach.domain.people import RoleName
from coach.domain.sessions import Action
from coach.services.today import Mend, PairToday, today
from coach.ui import here, look
from coach.ui.ticking import tick

MENDED = {Mend.AGREEMENT: "Open the agreement", Mend.GOALS: "Open the goals", Mend.SESSIONS: "Plan a session"}


def show() -> None:
    """Show what this person needs to see first."""
    found = today(here.parts(), here.me().id)
    st.title("Today")
    here.show_refusal()
    here.show_done()
    if not found.pairs:
        st.info("You are in no pair yet. Your coordinator makes pairs; then your next session stands here.", icon=":material/group:")
        return
    for pair in found.pairs:
        with st.container(border=True):
            (_for_mentor if pair.role is RoleName.MENTOR else _for_mentee)(pair)
    if found.waiting:
        st.subheader("Waiting for you")
        for draft in found.waiting:
            left, right = st.columns([4, 1], vertical_alignment="center")
            names = {p.pair.id: p.other for p in found.pairs}
            of = f" of session {found.numbers[draft.session_id]}" if draft.session_id in found.numbers else ""
            left.html(f"{look.chip(draft)} {look.KINDS[draft.kind]}{of} with {escape(names.get(draft.pair_id, 'your pair'))}")
            if draft.revision is not None:
                right.button(
                    "Review", key=f"review_{draft.id}", on_click=here.lead, args=("review",), kwargs={"draft": draft.id}, width="stretch"
                )


def _lead_button(
    place: DeltaGenerator, label: str, kind: Literal["primary", "secondary"], page: str, session_id: str, key: str = ""
) -> None:
    place.button(label, type=kind, key=key or f"{page}_{session_id}", on_click=here.lead, args=(page,), kwargs={"session": session_id})


def _heading(pair: PairToday) -> None:
    st.subheader(f"With {look.plain(pair.other)}")
    st.html(look.life(pair.step))
    session, day = pair.session, here.parts().today()
    if ended := pair.pair.over_since(day):
        st.write(look.ended(ended, day))
        return
    if session is None:
        st.write(_without_session(pair))
        return
    at = f", {session.starts_at:%H:%M}" if session.starts_at else ""
    st.markdown(
        f"**Session {session.number}{', the last one' if session.last else ''}**: {_near(session.on)}{at}, {session.minutes} minutes"
    )


def _without_session(pair: PairToday) -> str:
    """Return what there is to say of a pair that has no session planned."""
    if pair.finished:
        return "All sessions are held. Look back together, and share the credit."
    if pair.role is RoleName.MENTOR:
        return "Choose a day that suits you both, and the next agenda is prepared for it."
    return f"{look.plain(pair.other)} plans the sessions; the next date stands here as soon as it is set."


def _missing(pair: PairToday) -> None:
    """Show what is missing, each with the way to where it is mended."""
    for number, line in enumerate(pair.missing(here.parts().today())):
        with st.container(horizontal=True, vertical_alignment="center", key=f"missing_{pair.pair.id}_{number}"):
            st.markdown(f":material/radio_button_unchecked: {look.plain(line.says)}", width="content")
            if line.mend is not None:
                st.button(
                    MENDED[line.mend], key=f"mend_{pair.pair.id}_{number}", type="tertiary", icon=":material/arrow_forward:",
                    on_click=here.lead, args=("pair",), kwargs={"pair": pair.pair.id, "part": line.mend.value},
                )  # fmt: skip


def _unanswered(pair: PairToday) -> None:
    """Lead to the summary that the other person released, until it is answered."""
    session = pair.unanswered
    if session is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"unanswered_{pair.pair.id}"):
        st.markdown(f":material/summarize: {look.plain(pair.other)} released the summary of session {session.number}.", width="content")
        st.button(
            "Read and answer it", key=f"summary_{session.id}", type="tertiary", icon=":material/arrow_forward:",
            on_click=here.lead, args=("summary",), kwargs={"session": session.id},
        )  # fmt: skip


def _unwritten(pair: PairToday) -> None:
    """Lead to the notes about a session that nobody has told of yet."""
    session = pair.unwritten
    if session is None:
        return
    happened = "took place" if session.held else "was planned"
    with st.container(horizontal=True, vertical_alignment="center", key=f"unwritten_{pair.pair.id}"):
        on = in_words(session.on, here.parts().today())
        st.markdown(
            f":material/radio_button_unchecked: Session {session.number} {happened} on {on}; you have no notes of it.", width="content"
        )
        st.button(
            "Write down what was said", key=f"notes_{session.id}", type="tertiary", icon=":material/arrow_forward:",
            on_click=here.lead, args=("notes",), kwargs={"session": session.id},
        )  # fmt: skip


def _for_mentor(pair: PairToday) -> None:
    _heading(pair)
    _unanswered(pair)
    _missing(pair)
    _unwritten(pair)
    if pair.session is not None and not pair.pair.over_since(here.parts().today()):
        first, second = st.columns([1, 1])
        label = "Prepare the session" if pair.agenda is None else "Change the agenda"
        _lead_button(first, label, "primary" if pair.agenda is None else "secondary", "prepare", pair.session.id)
        if pair.agenda is not None:
            _lead_button(second, "Open the agenda for the meeting", "primary", "agenda", pair.session.id)
    _promised(pair)


def _for_mentee(pair: PairToday) -> None:
    _heading(pair)
    _unanswered(pair)
    _missing(pair)
    _unwritten(pair)
    if pair.session is not None and not pair.pair.over_since(here.parts().today()):
        if pair.agenda is None:
            st.text(f"{pair.pair.mentor.name} has not released an agenda yet. It appears here as soon as that happens.")
        else:
            _lead_button(st.container(), "Read the agenda", "primary", "agenda", pair.session.id)
    _promised(pair)
    if pair.last_summary and pair.last_held:
        st.markdown(f"**What you both agreed on {in_words(pair.last_held, here.parts().today())}**")
        st.text(pair.last_summary)


def _promised(pair: PairToday) -> None:
    """Show what this person promised, to be ticked when it is done; of a pair that is over it is only read."""
    if not pair.my_actions:
        return
    day = here.parts().today()
    changeable = pair.pair.over_since(day) is None
    with st.container(gap="xsmall", key=f"promised_{pair.pair.id}"):
        st.markdown("**You promised**")
        for action in pair.my_actions:
            if changeable:
                tick(action, _due(action, day), "Under Progress you can open it again.")
            else:
                st.markdown(f"- {look.plain(action.text)} {_due(action, day)}")


def _due(action: Action, day: date) -> str:
    if action.due is None:
        return ":gray-badge[no date]"
    late = action.due < day
    return f":{'red' if late else 'gray'}-badge[{'was due' if late else 'by'} {in_words(action.due, day)}]"


def _near(day: date) -> str:
    away = (day - here.parts().today()).days
    words = {0: "today", 1: "tomorrow"}.get(away, f"in {away} days" if away > 0 else f"{-away} days ago")
    return f"{day:%A} {in_words(day, here.parts().today())}, {words}"
