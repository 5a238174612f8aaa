"""A pair's goals: what both have said yes to, what waits for a yes, and a form that helps to word one."""

from html import escape
from typing import Literal

import streamlit as st

from coach.domain.days import in_words
from coach.domain.goals import GoalWording, Hint, hints, wording_of
from coach.domain.people import RoleName
from coach.domain.sessions import Goal
from coach.services import agreeing
from coach.services.agreeing import GoalsPage
from coach.ui import here, look, typed
from coach.ui.prepare import STATUS
from coach.ui.typed import Form

LIVE = "500ms"  # hints follow this long after the last keystroke
YES_WIDTH = 210
STYLE = "<style>.goal{overflow-wrap:anywhere;line-height:1.5} .goal .title{font-size:1.12rem;font-weight:650;margin:.45rem 0 .2rem}</style>"


def show(pair_id: str) -> None:
    """Show the goals of a pair."""
    page = agreeing.goals_of_pair(here.parts(), here.me().id, pair_id)
    form = typed.find(_form_name(page))
    st.html(STYLE)
    if form is None:
        here.show_refusal()
    over = page.pair.over_since(here.parts().today()) is not None
    if not page.goals and over:
        st.write("The two of you agreed on no goals here.")
    elif not page.goals and form is None:
        st.info(
            "No goals yet. Two or three are enough: what will be different, how you will see it, and by when. Either of you proposes; "
            "a goal counts once you have both said yes, and from then on agendas are made from it.",
            icon=":material/flag:",
        )
    for goal in page.goals:
        if form is not None and form.base is not None and form.base.id == goal.id:
            _form(page, form, goal)
        else:
            _card(page, goal, over, busy=form is not None)
    if form is None and not over:
        st.button("Propose a goal", key="propose_goal", icon=":material/add:", type=_weight(page), on_click=_begin, args=(page, None))
    elif form is not None and (form.base is None or form.base.id not in {goal.id for goal in page.goals}):
        _form(page, form, None)


def _weight(page: GoalsPage) -> Literal["primary", "secondary"]:
    return "secondary" if page.goals else "primary"


def _other(page: GoalsPage) -> str:
    return page.pair.mentee.name if page.role is RoleName.MENTOR else page.pair.mentor.name


# One goal


def _card(page: GoalsPage, goal: Goal, over: bool, busy: bool) -> None:
    """Show a goal with who has said yes, and what can be done with it while the pair is not over."""
    with st.container(border=True):
        st.html(_goal_html(page, goal, over))
        if not over:
            with st.container(horizontal=True):
                _acts(page, goal, busy)


def _acts(page: GoalsPage, goal: Goal, busy: bool) -> None:
    """Offer what can be done; right after a yes its button keeps its place, so that a double click reaches no other one."""
    yes = page.said_yes(goal)
    if not yes:
        st.button("Say yes to it as it stands", key=f"yes_{goal.id}", type="primary", width=YES_WIDTH, on_click=_agree, args=(page, goal))
    elif st.session_state.get("said_yes_to") == goal.id:
        st.button("You said yes", key=f"said_yes_{goal.id}", disabled=True, width=YES_WIDTH)
    if not busy:
        st.button("Change", key=f"change_{goal.id}", icon=":material/edit:", on_click=_begin, args=(page, goal))
    if yes:
        st.button("Take my yes back", key=f"take_back_{goal.id}", type="tertiary", on_click=_take_back, args=(goal,))


def _goal_html(page: GoalsPage, goal: Goal, over: bool) -> str:
    day = here.parts().today()
    due = f"Due {in_words(goal.due, day)}" if goal.due else "No due date"
    details = [f"<strong>{name}</strong> {escape(text)}" for name, text in (("Measure:", goal.measure), ("Target:", goal.target)) if text]
    said = "<br>".join([*details, f'<span class="soft">{escape(due)}. {escape(_said(page, goal))}</span>'])
    return f'<div class="goal">{_chips(page, goal, over)}<div role="heading" aria-level="3" class="title">{escape(goal.title)}</div>{said}</div>'


def _chips(page: GoalsPage, goal: Goal, over: bool) -> str:
    if goal.agreed:
        words, colour = STATUS[goal.status]
        return f'<span class="chip green">Agreed by you both</span> <span class="chip {colour}">{words}</span>'
    if over:
        return '<span class="chip grey">Proposal, not agreed by both</span>'
    if not page.said_yes(goal):
        return '<span class="chip amber">Proposal: waits for your yes</span>'
    return f'<span class="chip grey">Proposal: waits for {escape(_other(page))}</span>'


def _said(page: GoalsPage, goal: Goal) -> str:
    """Return in words who has said yes, and when."""
    day = here.parts().today()
    if goal.mentor_agreed and goal.mentee_agreed:
        return f"Agreed on {in_words(max(goal.mentor_agreed, goal.mentee_agreed), day)}."
    yes = ((page.pair.mentor.name, goal.mentor_agreed), (page.pair.mentee.name, goal.mentee_agreed))
    return " ".join(f"{name} said yes on {in_words(on, day)}." if on else f"{name} has not said yes yet." for name, on in yes)


def _agree(page: GoalsPage, goal: Goal) -> None:
    if here.tried(lambda: agreeing.agree_goal(here.parts(), here.me().id, goal)):
        st.session_state["said_yes_to"] = goal.id
        both = goal.mentor_agreed or goal.mentee_agreed
        st.session_state["done"] = (
            "Agreed by you both; agendas are made from it." if both else f"Kept. It counts once {_other(page)} has said yes as well."
        )


def _take_back(goal: Goal) -> None:
    if here.tried(lambda: agreeing.take_back_yes(here.parts(), here.me().id, goal.id)):
        st.session_state["done"] = "Taken back. It is a proposal again until you have both said yes."


# The form


def _form_name(page: GoalsPage) -> str:
    return f"goal_{page.pair.id}"


def _begin(page: GoalsPage, goal: Goal | None) -> None:
    typed.begin(_form_name(page), dict(wording_of(goal) if goal else GoalWording()), base=goal)


def _form(page: GoalsPage, form: Form, present: Goal | None) -> None:
    """Show the form of a new goal, or of a change to the present one; `present` is None where there is no such goal any more."""
    with st.container(border=True):
        st.markdown("**Propose a goal**" if form.base is None else "**Change this goal**")
        with st.container():
            _moved(form, present)
        others = len([g for g in page.goals if present is None or g.id != present.id])
        found = hints(GoalWording(**form.values), others, page.pair.ends, here.parts().today())
        st.text_input("Title", **typed.field(form, "title"), live=LIVE, placeholder="Answer questions in the open channel")
        _hints(found, "title")
        st.text_input(
            "Measure: what you count or see", **typed.field(form, "measure"), live=LIVE, placeholder="Answers posted there in a month"
        )
        _hints(found, "measure")
        target, due = st.columns(2)
        with target:
            st.text_input(
                "Target: how much is enough", **typed.field(form, "target"), live=LIVE, placeholder="10 a month, two months in a row"
            )
            _hints(found, "target")
        with due:
            st.date_input("Due", **typed.field(form, "due"), format="DD/MM/YYYY")
            _hints(found, "due")
        _leave(page, form, present)


def _hints(found: tuple[Hint, ...], about: str) -> None:
    with st.container():  # a place of its own, so that the fields below stay where they are while somebody types
        for hint in (hint for hint in found if hint.about == about):
            st.markdown(f":material/lightbulb: :small[{look.plain(hint.says)}]")


def _moved(form: Form, present: Goal | None) -> None:
    """Say that the goal changed or went since the form was opened, and what can be done with one's own words."""
    if form.base is None:
        return
    if present is None:
        st.error(
            "This goal was removed since you began. Your words are below; save them as a new proposal if you still want it.",
            icon=":material/merge:",
        )
    elif wording_of(present) != wording_of(form.base):
        st.error("This goal was changed since you began. Your words are below and not saved. It reads now:", icon=":material/merge:")
        due = f", due {in_words(present.due)}" if present.due else ""
        st.text(f"{present.title}\n{present.measure}: {present.target}{due}")
        st.button("Put my words on top of that", key="goal_on_top", on_click=_on_top, args=(form.name, present))


def _on_top(name: str, present: Goal) -> None:
    form = typed.collect(name)
    if form is not None:
        form.base = present


def _leave(page: GoalsPage, form: Form, present: Goal | None) -> None:
    new = present is None
    here.show_refusal()
    with st.container(horizontal=True):
        st.button("Propose it" if new else "Save the change", type="primary", key="save_goal", on_click=_save, args=(page, new))
        st.button("Not now", key="leave_goal", on_click=typed.end, args=(form.name,))
        if (
            present is not None
            and not present.agreed
            and st.button("Remove this goal", key="remove_goal", icon=":material/delete:", type="tertiary")
        ):
            _confirm_remove(form.name, present)
    if present is not None and present.status is not None:
        st.caption(
            f"Progress so far: {STATUS[present.status][0]}. Another title or measure makes it another goal and clears that; "
            "another target or date keeps it."
        )
    other = look.plain(_other(page))
    st.caption(
        f"Proposing is your yes. It becomes a goal once {other} has said yes as well. Hints are only hints."
        if new
        else f"Saving is your yes to the new words and takes {other}’s yes back, because it was to the old ones. Hints are only hints."
    )


def _save(page: GoalsPage, new: bool) -> None:
    form = typed.collect(_form_name(page))
    if form is None:
        return
    parts, actor, wording = here.parts(), here.me().id, GoalWording(**form.values)
    if new and here.tried(lambda: agreeing.propose_goal(parts, actor, page.pair.id, wording)):
        st.session_state["done"] = f"Proposed. It counts once {_other(page)} has said yes as well."
        typed.end(form.name)
    elif not new and here.tried(lambda: agreeing.change_goal(parts, actor, form.base, wording)):
        same = wording == wording_of(form.base)
        st.session_state["done"] = (
            "Saved; the words are the same." if same else f"Saved. It counts once {_other(page)} has said yes to these words."
        )
        typed.end(form.name)


@st.dialog("Remove this goal?")
def _confirm_remove(form_name: str, goal: Goal) -> None:
    st.write(look.plain(goal.title))
    st.caption("It is not agreed by both of you. Removing it cannot be undone.")
    st.button("Remove it", type="primary", key="remove_goal_really", on_click=_remove, args=(form_name, goal))


def _remove(form_name: str, goal: Goal) -> None:
    if here.tried(lambda: agreeing.remove_goal(here.parts(), here.me().id, goal)):
        st.session_state["done"] = "Removed."
        typed.end(form_name)
