"""Prepare: what the agenda will be made from, what the mentor wants from it, and the draft."""

from datetime import date
from html import escape

import streamlit as st

from coach.domain.brief import SHORT_TEXT, Brief, BriefGoal
from coach.domain.days import in_words
from coach.domain.drafts import DraftKind
from coach.domain.people import RoleName
from coach.domain.sessions import GoalStatus
from coach.domain.text import version_of
from coach.errors import CoachError, EditConflict
from coach.services.preparing import Preparation, draft_agenda, preparation, set_focus, start_agenda
from coach.services.today import PairToday, today
from coach.ui import editor, here, look, session_drafts
from coach.ui.editor import Edited

STATUS = {
    GoalStatus.ACHIEVED: ("achieved", "green"),
    GoalStatus.ADVANCED: ("advanced", "blue"),
    GoalStatus.STALLED: ("stalled", "amber"),
    GoalStatus.SET_BACK: ("set back", "red"),
    GoalStatus.NOT_DISCUSSED: ("not discussed", "grey"),
    None: ("not looked at yet", "grey"),
}


def show() -> None:
    """Show one session's preparation."""
    st.title("Prepare")
    planned = {p.session.id: p for p in today(here.parts(), here.me().id).pairs if p.session and p.role is RoleName.MENTOR}
    if not planned:
        st.info("No session is planned. Once one is, you prepare it here.", icon=":material/event:")
        return
    chosen = _choose(planned)
    found = preparation(here.parts(), here.me().id, chosen)
    here.show_refusal()
    _session(found, planned[chosen].step)


def _choose(planned: dict[str, PairToday]) -> str:
    """Return the session to prepare: the one that the address names, until the person chooses another."""
    asked = here.param("session")
    if asked in planned and asked != st.session_state.get("prepare_asked"):
        st.session_state["prepare_session"] = asked
    keys = list(planned)
    chosen = keys[0]
    if len(keys) > 1:
        chosen = st.selectbox("Session with", keys, format_func=lambda i: planned[i].other, key="prepare_session")
    st.query_params["session"] = st.session_state["prepare_asked"] = chosen
    return chosen


def _session(found: Preparation, step: str) -> None:
    session = found.session
    st.subheader(f"Session {session.number} with {look.plain(found.pair.mentee.name)}")
    st.html(look.life(step))
    at = f" at {session.starts_at:%H:%M}" if session.starts_at else ""
    st.write(
        f"{session.on:%A} {in_words(session.on, here.parts().today())}{at}, {session.minutes} minutes{', the last session' if session.last else ''}"
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        _focus(found)
        session_drafts.listed(found.drafts)
        _draft_button(found)
    with right:
        _made_from(found.brief)


def _focus(found: Preparation) -> None:
    name, version = _focus_name(found.session.id), version_of(found.session.focus)

    def keep(edited: Edited) -> int | None:
        try:
            return set_focus(here.parts(), here.me().id, found.session.id, edited.text, edited.base)
        except EditConflict:
            return None  # both texts are there, and the person is asked below which one stays
        except CoachError as error:
            st.session_state["refused"] = str(error)
            return None

    edited = editor.editor(
        name,
        found.session.focus,
        label="What do you want from this session?",
        height=240,
        placeholder="For example: agree one meeting in which juniors speak first.",
        version=version,
        limit=SHORT_TEXT,
        hint=f"Only you see this. {found.pair.mentee.name} reads the agenda after you release it; feelings and judgements that you write here are left out of it, and you are told which.",
        keep=keep,
    )
    if edited is not None and edited.conflict:
        editor.choose(name, found.session.focus, version)


def _focus_name(session_id: str) -> str:
    return f"focus_{session_id}"


def _draft_button(found: Preparation) -> None:
    session_id = found.session.id
    session_drafts.offer(
        DraftKind.AGENDA,
        session_id,
        ("Draft the agenda", "Draft another agenda"),
        found.drafts,
        "goals, promises, the last summary and what may be shared of your wishes",
        lambda key, by_model: _draft(session_id, key, by_model),
    )


def _draft(session_id: str, request_key: str, by_model: bool) -> None:
    """Draft at the click, or begin to; the same request key makes a double click one draft."""
    if not editor.flush(_focus_name(session_id)):
        return
    made: list[str] = []
    parts, actor = here.parts(), here.me().id
    if by_model:
        if here.tried(lambda: made.append(start_agenda(parts, actor, session_id, request_key, "openai"))):
            session_drafts.begun(DraftKind.AGENDA, session_id)
    elif here.tried(lambda: made.append(draft_agenda(parts, actor, session_id, request_key))):
        session_drafts.begun(DraftKind.AGENDA, session_id)
        here.lead("review", draft=made[0])


def _made_from(brief: Brief) -> None:
    st.markdown("**The agenda is made from**")
    goals = "".join(_goal(goal) for goal in brief.goals) or "<li>No goals are agreed yet.</li>"
    actions = "".join(f"<li>{escape(a.text)}{_by(a.due)}</li>" for a in brief.open_actions) or "<li>Nothing is open.</li>"
    summary = escape(brief.previous_summary) or "No session is summarised yet."
    st.html(
        f'<div class="doc"><h3>Goals</h3><ul>{goals}</ul><h3>Promised and open</h3><ul>{actions}</ul><h3>Last summary</h3><p>{summary}</p></div>'
    )
    st.caption("And from the programme's guidance. Each draft shows which passages stand behind it.")


def _goal(goal: BriefGoal) -> str:
    words, colour = STATUS[goal.status]
    due = f", due {in_words(goal.due, here.parts().today())}" if goal.due else ""
    return f'<li>{escape(goal.title)} <span class="chip {colour}">{words}</span><br><span class=soft>{escape(goal.measure)}: {escape(goal.target)}{due}</span></li>'


def _by(due: date | None) -> str:
    return f" <span class=soft>by {in_words(due, here.parts().today())}</span>" if due else " <span class=soft>no date</span>"
