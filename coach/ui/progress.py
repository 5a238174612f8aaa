"""Progress: the next session, how the goals stand over the sessions, what was promised, and the summaries behind it."""

from datetime import date

import streamlit as st

from coach.domain.days import in_words
from coach.domain.people import RoleName
from coach.domain.sessions import Action, Owner
from coach.services.progress import ProgressPage, ReleasedSummary, progress_page
from coach.services.today import today
from coach.ui import here, look
from coach.ui.progress_chart import goals_over_sessions, legend_html, narrowest, said
from coach.ui.table import table_html
from coach.ui.ticking import tick


def show() -> None:
    """Show where a pair stands."""
    st.title("Progress")
    here.show_refusal()
    here.show_done()
    pairs = {p.pair.id: p for p in today(here.parts(), here.me().id).pairs}
    if not pairs:
        st.info("You are in no pair yet. Your coordinator makes pairs; then what you reach together stands here.", icon=":material/group:")
        return
    chosen = _choose({i: p.other for i, p in pairs.items()})
    page = progress_page(here.parts(), here.me().id, chosen)
    st.subheader(f"With {look.plain(pairs[chosen].other)}")
    st.html(look.life(pairs[chosen].step))
    _next(page, pairs[chosen].agenda is not None)
    _figures(page)
    _goals(page)
    _actions(page)
    _summaries(page)


def _choose(others: dict[str, str]) -> str:
    """Return the pair to show: the one that the address names, until the person chooses another."""
    asked, keys = here.param("pair"), list(others)
    if asked in others and asked != st.session_state.get("progress_asked"):
        st.session_state["progress_pair"] = asked
    chosen = st.selectbox("Pair with", keys, format_func=others.__getitem__, key="progress_pair") if len(keys) > 1 else keys[0]
    st.query_params["pair"] = st.session_state["progress_asked"] = chosen
    return str(chosen)


def _next(page: ProgressPage, has_agenda: bool) -> None:
    session, day = page.next_session, here.parts().today()
    if ended := page.pair.over_since(day):
        st.write(look.ended(ended, day))
        return
    if session is None:
        st.write("No session is planned.")
        return
    at = f", {session.starts_at:%H:%M}" if session.starts_at else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Next: session {session.number}** on {session.on:%A} {in_words(session.on, day)}{at}", width="content")
        mentor = page.role is RoleName.MENTOR
        if not mentor and not has_agenda:
            return
        st.button(
            "Prepare it" if mentor else "Read the agenda",
            key="next_session",
            on_click=here.lead,
            args=("prepare" if mentor else "agenda",),
            kwargs={"session": session.id},
        )


def _figures(page: ProgressPage) -> None:
    hours, minutes = divmod(page.minutes_met, 60)
    waiting = sum(1 for action in page.actions if not action.done)
    spent = f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
    with st.container(horizontal=True, gap="medium", key="figures"):
        for name, figure in (("Sessions held", len(page.met)), ("Time spent together", spent), ("Open actions", waiting)):
            st.metric(name, figure, width="content")


def _goals(page: ProgressPage) -> None:
    st.subheader("Goals over your sessions")
    if not page.goals:
        st.info("No goal is agreed yet. Goals that both of you say yes to stand here, session by session.", icon=":material/flag:")
        st.button("Open the goals", key="to_goals", on_click=here.lead, args=("pair",), kwargs={"pair": page.pair.id, "part": "goals"})
        return
    if not page.met:
        st.info(
            "You have not met yet. After each session a released summary says how every goal stands; here you see it move.",
            icon=":material/flag:",
        )
        return
    with st.container(key="progress_chart"):
        st.html(f"<style>.st-key-progress_chart [data-testid=stVegaLiteChart]{{min-width:{narrowest(page)}px}}</style>")
        st.altair_chart(
            goals_over_sessions(page), alt="For each goal and session how the goal stood after it; the table below says the same in words."
        )
    st.html(legend_html())
    with st.expander("The same as a table, with reasons"):
        heads = ("Goal", *(f"Session {s.number}, {in_words(s.on, here.parts().today())}" for s in page.met))
        st.html(table_html(heads, [(goal.title, *(_in_a_cell(*said(page, s, goal.id)) for s in page.met)) for goal in page.goals]))
    st.caption("Only released summaries count. “Not discussed” says nothing about a goal, neither good nor bad.")


def _in_a_cell(word: str, why: str) -> str:
    return f"{word}. {why}" if why else word


def _actions(page: ProgressPage) -> None:
    st.subheader("What was promised")
    waiting = [a for a in page.actions if not a.done]
    if not page.actions:
        st.info("Nothing was promised yet. Actions come here with a released summary.", icon=":material/task_alt:")
        return
    if not waiting:
        st.write("Nothing is open.")
    changeable = page.pair.over_since(here.parts().today()) is None
    for action in waiting:
        _action(page, action, changeable)
    done = [a for a in page.actions if a.done]
    if done:
        with st.expander(f"Done ({len(done)})"):
            for action in done:
                _action(page, action, changeable)


def _action(page: ProgressPage, action: Action, changeable: bool) -> None:
    day = here.parts().today()
    said_of = ", ".join(part for part in (_owner(page, action.owner), _when(action, day)) if part)
    beside = f"({look.plain(said_of)})" if said_of else ""
    if changeable:
        tick(action, beside)
    else:
        st.markdown(f":material/{'check_box' if action.done else 'check_box_outline_blank'}: {look.plain(action.text)} {beside}")


def _owner(page: ProgressPage, owner: Owner | None) -> str:
    names = {
        Owner.MENTOR: page.pair.mentor.name,
        Owner.MENTEE: page.pair.mentee.name,
        Owner.BOTH: "both",
        Owner.COORDINATOR: "the coordinator",
    }
    return names[owner] if owner else "owner not stated"


def _when(action: Action, day: date) -> str:
    if action.done:
        return f"done on {in_words(action.done_on, day)}" if action.done_on else "done"
    if action.due is None:
        return "no date stated"
    return f"was due on {in_words(action.due, day)}" if action.due < day else f"by {in_words(action.due, day)}"


def _summaries(page: ProgressPage) -> None:
    st.subheader("Summaries")
    if not page.summaries:
        st.info(
            "No summary is released yet. Whoever wrote notes drafts one under Notes, looks it over and releases it; then both of you read it here.",
            icon=":material/summarize:",
        )
        return
    for summary in page.summaries:
        with st.container(horizontal=True, vertical_alignment="center"):
            day = in_words(summary.session.on, here.parts().today())
            st.markdown(
                f"**Session {summary.session.number}**, {day}, by {look.plain(summary.author)}. {_answered(page, summary)}", width="content"
            )
            st.button(
                "Read", key=f"read_{summary.session.id}", on_click=here.lead, args=("summary",), kwargs={"session": summary.session.id}
            )


def _answered(page: ProgressPage, summary: ReleasedSummary) -> str:
    other = page.pair.mentee.name if summary.author == page.pair.mentor.name else page.pair.mentor.name
    who = look.plain(other) if summary.mine else "You"
    if summary.response is None:
        return f"{who} {'has' if summary.mine else 'have'} not answered yet."
    earlier = "" if summary.response_is_of_this else " an earlier version"
    return f"{who} {'confirmed' if summary.response.confirmed else 'commented on'}{earlier or ' it'}."
