"""A pair's sessions: the mentor plans, moves and calls off; both see the dates."""

from html import escape

import streamlit as st

from coach.domain.brief import LEAST_MINUTES, MOST_MINUTES
from coach.domain.days import in_words
from coach.domain.people import RoleName
from coach.domain.planning import Slot, slot_of
from coach.domain.sessions import Session
from coach.services import planning
from coach.services.planning import SessionsPage
from coach.ui import here, look, typed
from coach.ui.typed import Form


def show(pair_id: str) -> None:
    """Show the sessions of a pair."""
    page = planning.sessions_of_pair(here.parts(), here.me().id, pair_id)
    if page.pair.over_since(here.parts().today()) and typed.find(_form_name(page)) is None:
        _when_over(page)
    else:
        (_for_mentor if page.role is RoleName.MENTOR else _for_mentee)(page)
    _held(page)


def _for_mentor(page: SessionsPage) -> None:
    form = typed.find(_form_name(page))
    if form is None:
        here.show_refusal()
    if not page.planned and form is None:
        st.info("No session is planned. Choose a day that suits you both; the next agenda is prepared for it.", icon=":material/event:")
    for hint in page.hints:
        st.markdown(f":material/lightbulb: {look.plain(hint)}")
    for session in page.planned:
        if form is not None and form.base == session.id:
            _form(page, form)
        else:
            _card(page, session, busy=form is not None)
    if form is None:
        label = "Plan another session" if page.planned else "Plan a session"
        st.button(
            label,
            key="plan_session",
            icon=":material/add:",
            type="secondary" if page.planned else "primary",
            on_click=_begin,
            args=(page, None),
        )
    elif form.base not in {session.id for session in page.planned}:
        _form(page, form)


def _for_mentee(page: SessionsPage) -> None:
    name = page.pair.mentor.name
    if not page.planned:
        st.info(
            f"No session is planned yet. {look.plain(name)} plans them; each date stands here as soon as it is set.",
            icon=":material/event:",
        )
        return
    for session in page.planned:
        with st.container(border=True):
            st.html(_line(session))
    st.caption(f"{look.plain(name)} plans the sessions. If a day does not suit you, say so early.")


def _when_over(page: SessionsPage) -> None:
    here.show_refusal()
    for session in page.planned:
        with st.container(border=True):
            st.html(_line(session))
    if page.planned:
        st.caption("Planned before the pair ended; they do not take place.")


def _card(page: SessionsPage, session: Session, busy: bool) -> None:
    with st.container(border=True):
        st.html(_line(session))
        with st.container(horizontal=True):
            if session is page.planned[0]:
                st.button(
                    "Prepare it", key=f"prepare_{session.id}", icon=":material/edit_note:", on_click=here.lead, args=("prepare",),
                    kwargs={"session": session.id},
                )  # fmt: skip
                if session.on <= here.parts().today():
                    st.button("It took place", key=f"held_{session.id}", icon=":material/check:", on_click=_hold, args=(session,))
            if not busy:
                st.button(
                    "Move or change", key=f"move_{session.id}", icon=":material/edit_calendar:", on_click=_begin, args=(page, session)
                )
            if session.id not in page.kept and st.button("Call off", key=f"call_off_{session.id}", type="tertiary"):
                _confirm_call_off(session)


def _line(session: Session) -> str:
    today = here.parts().today()
    at = f", {session.starts_at:%H:%M}" if session.starts_at else ""
    last = ' <span class="chip blue">the last one</span>' if session.last else ""
    past = ' <span class="chip amber">the day is past</span>' if session.on < today and not session.held else ""
    when = f"{session.on:%A} {in_words(session.on, today)}{at}, {session.minutes} minutes"
    return f"<strong>Session {session.number}</strong>{last}{past}<br>{escape(when)}"


def _held(page: SessionsPage) -> None:
    if page.held:
        with st.expander(f"Held so far: {len(page.held)}"):
            st.html("<br>".join(_line(session) for session in reversed(page.held)))


def _hold(session: Session) -> None:
    if here.tried(lambda: planning.mark_held(here.parts(), here.me().id, session.id)):
        st.session_state["done"] = f"Session {session.number} took place. Plan the next one while you both remember."


@st.dialog("Call this session off?")
def _confirm_call_off(session: Session) -> None:
    st.html(_line(session))
    st.caption("Nothing was written for it: no focus, no draft, no notes. Only its date, time and length are lost.")
    st.button("Call it off", type="primary", key="call_off_really", on_click=_call_off, args=(session,))


def _call_off(session: Session) -> None:
    if here.tried(lambda: planning.call_off_session(here.parts(), here.me().id, session.id)):
        st.session_state["done"] = f"Session {session.number} is called off."


# The form


def _form_name(page: SessionsPage) -> str:
    return f"session_{page.pair.id}"


def _begin(page: SessionsPage, session: Session | None) -> None:
    slot = slot_of(session) if session else page.suggested
    typed.begin(_form_name(page), dict(slot), base=session.id if session else None)


def _form(page: SessionsPage, form: Form) -> None:
    new = form.base is None
    with st.container(border=True):
        st.markdown("**Plan a session**" if new else "**Move or change the session**")
        day, clock, minutes = st.columns(3)
        day.date_input("Day", **typed.field(form, "on"), format="DD/MM/YYYY")
        clock.time_input("Starts at", **typed.field(form, "starts_at"))
        minutes.number_input("Minutes", LEAST_MINUTES, MOST_MINUTES, step=5, **typed.field(form, "minutes"), help="30, 45 or 60 are usual.")
        st.checkbox("This is our last session", **typed.field(form, "last"))
        here.show_refusal()
        with st.container(horizontal=True):
            st.button("Plan it" if new else "Save", type="primary", key="save_session", on_click=_save, args=(page,))
            st.button("Not now", key="leave_session", on_click=typed.end, args=(form.name,))


def _save(page: SessionsPage) -> None:
    form = typed.collect(_form_name(page))
    if form is None:
        return
    parts, actor, slot = here.parts(), here.me().id, Slot(**form.values)
    if form.base is None and here.tried(lambda: planning.plan_session(parts, actor, page.pair.id, slot)):
        st.session_state["done"] = f"Planned. {page.pair.mentee.name} sees the date here and under Today."
        typed.end(form.name)
    elif form.base is not None and here.tried(lambda: planning.move_session(parts, actor, form.base, slot)):
        st.session_state["done"] = f"Saved. {page.pair.mentee.name} sees the new date here and under Today; tell them as well."
        typed.end(form.name)
