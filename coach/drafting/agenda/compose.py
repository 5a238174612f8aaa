"""Write the agenda from the plan: purpose, items, what was promised, what waits, preparation and close."""

from datetime import date, timedelta

from coach.domain.agenda import AgendaContent, AgendaItem, CarriedAction, LeftForLater
from coach.domain.brief import Brief, BriefGoal
from coach.domain.drafts import EngineRecord
from coach.domain.sessions import GoalStatus, Owner
from coach.drafting.agenda.account import account, missing_facts
from coach.drafting.agenda.grounding import Citations, guided_question, needs
from coach.drafting.agenda.plan import Box, Plan, make_plan
from coach.drafting.agenda.questions import MOST, questions_by_box
from coach.drafting.agenda.subjects import focus_title
from coach.drafting.agenda.topics import NEAR, SessionKind, Topic
from coach.drafting.engines import Drafted, Need, Supplied
from coach.drafting.voice import Voice
from coach.language.sentences import shorten

USUAL_GAP = timedelta(days=30)  # six sessions in six months

TITLES = {
    "rules": "Ground rules first: confidentiality and its limits",
    "hopes": "Hopes and worries",
    "rhythm": "How we work: rhythm, channel, review and end date",
    "first_goals": "A first look at goals",
    "opening": "Arrive, and agree this agenda",
    "actions": "What we promised last time",
    "open_topic": "What to work on",
    "outcomes": "What has changed",
    "carry": "What stays, and who looks after it",
    "credit": "Credit, in equal parts",
    "close": "Close: owners, dates, next time",
}


def agenda_needs(brief: Brief) -> tuple[Need, ...]:
    """Return the guidance that an agenda for this brief wants."""
    return needs(make_plan(brief))


def compose_agenda(brief: Brief, supplied: Supplied, engine: str) -> Drafted:
    """Return the agenda for this brief, grounded in the passages supplied."""
    plan = make_plan(brief)
    citations = Citations(supplied, plan.voice)
    items = _items(plan, citations)
    content = AgendaContent(
        purpose=_purpose(plan),
        minutes=plan.minutes,
        items=items,
        carried_actions=carried_actions(brief),
        left_for_later=tuple(LeftForLater(goal_id=goal.id, how=how_later(plan, goal, i)) for i, goal in enumerate(plan.later)),
        preparation=_preparation(plan),
        close=close_lines(plan),
        missing=missing_facts(plan),
    )
    return Drafted(content, citations.all, EngineRecord(name=engine, said=account(plan, items, bool(citations.all))))


def _items(plan: Plan, citations: Citations) -> tuple[AgendaItem, ...]:
    """Return the timed items; the longest topic with room gets one more question from the guidance that it cites."""
    questions = questions_by_box(plan)
    room = [i for i, box in enumerate(plan.boxes) if box.topic and box.minutes >= 5 * (len(questions[i]) + 1)]
    guided = max(room, key=lambda i: plan.boxes[i].minutes) if room and sum(map(len, questions)) < MOST else None
    items = []
    for i, box in enumerate(plan.boxes):
        passage = citations.passage_for(box, i)
        extra = guided_question(passage) if passage and i == guided else None
        items.append(
            AgendaItem(
                minutes=box.minutes,
                title=_title(box, plan.voice),
                goal_id=box.topic.goal.id if box.topic and box.topic.goal else None,
                lead=box.lead,
                questions=tuple([*questions[i], *([extra] if extra else [])]),
                citations=citations.cite(box, i, passage),
            )
        )
    return tuple(items)


def _title(box: Box, voice: Voice) -> str:
    if box.topic is None:
        return TITLES[box.key]
    if box.topic.goal is None:
        return focus_title(box.topic.wishes, voice)
    moved = box.topic.goal.status in (GoalStatus.ACHIEVED, GoalStatus.ADVANCED, None)
    prefix = {"outcome": "What has changed: " if moved else "Where it ended: ", "first_goal": "A first look at a goal: "}.get(box.key, "")
    return prefix + box.topic.goal.title


def _purpose(plan: Plan) -> str:
    voice, brief = plan.voice, plan.brief
    if plan.kind is SessionKind.FIRST:
        wish = f", and to hear what {voice.mentor} wants to bring" if plan.focus.shared else ""
        return f"For {voice.mentor} and {voice.mentee} to agree how they work together, what stays between them and what cannot, and what each hopes for{wish}."
    aims = [_aim(topic, voice, brief.session.date) for topic in plan.topics]
    if plan.kind is SessionKind.LAST:
        changed = " and ".join(f"“{t.goal.title}”" for t in plan.topics[:2] if t.goal) or "the programme"
        return f"To look together at where {changed} ended up, settle what carries on and who looks after it, and share the credit equally."
    if brief.open_actions:
        aims.append("to settle what was promised last time")
    text = ", ".join(aims[:-1]) + (" and " if len(aims) > 1 else "") + aims[-1] if aims else "to agree what to work on next"
    return text[:1].upper() + text[1:] + "."


def _aim(topic: Topic, voice: Voice, today: date | None) -> str:
    if topic.goal is None:
        return f"to take up what {voice.mentor} wants to bring"
    goal, title = topic.goal, f"“{topic.goal.title}”"
    if goal.due and today and goal.due < today and goal.status is not GoalStatus.ACHIEVED:
        return f"to decide what becomes of {title} (due {voice.day(goal.due)})"
    by_status = {
        GoalStatus.STALLED: f"to get {title} moving again",
        GoalStatus.SET_BACK: f"to understand what set {title} back",
        GoalStatus.ADVANCED: f"to build on what moved {title}",
        GoalStatus.ACHIEVED: f"to make {title} last",
    }
    aim = by_status.get(goal.status, f"to find out where {title} stands") if goal.status else f"to find out where {title} stands"
    near = goal.due is not None and today is not None and goal.due - today <= NEAR and goal.status is not GoalStatus.ACHIEVED
    if goal.due is None or not near:
        return aim
    return f"{aim}, due today" if goal.due == today else f"{aim} (due {voice.day(goal.due)})"


def carried_actions(brief: Brief) -> tuple[CarriedAction, ...]:
    """Return what was promised and is open, as it was agreed; overdue on the day of the session."""
    today = brief.session.date
    return tuple(
        CarriedAction(text=a.text, owner=a.owner, due=a.due, overdue=bool(today and a.due and a.due < today)) for a in brief.open_actions
    )


def how_later(plan: Plan, goal: BriefGoal, place: int) -> str:
    """Return how a goal that is the place-th to wait is looked after instead."""
    voice, today = plan.voice, plan.brief.session.date
    if goal.status is GoalStatus.ACHIEVED:
        return f"Achieved, so nothing to do today: {voice.mentee} says in one line at the review whether it has held."
    if plan.kind is SessionKind.LAST:
        return (
            f"No room in the last session: {voice.mentee} sends {voice.mentor} one line on where it ended up, before the closing date ____."
        )
    if goal.due and today and goal.due - today <= USUAL_GAP:
        when = (
            f"was due on {voice.day(goal.due)}" if goal.due < today else f"is due on {voice.day(goal.due)}, perhaps before the next session"
        )
        return f"It {when}: {voice.mentee} sends {voice.mentor} one line on where it stands by ____."
    if place == 0:
        return "First in the next session, straight after what was promised."
    if goal.due:
        return f"In a later session, before it is due on {voice.day(goal.due)}; it moves up as that date comes nearer."
    return "In a later session: it moves up the longer it is not discussed."


def _preparation(plan: Plan) -> tuple[str, ...]:
    voice, brief = plan.voice, plan.brief
    lines: list[str] = []
    if plan.kind is SessionKind.FIRST:
        lines.append(f"Both: read the agreement, and mark what you would change; {voice.mentor} brings it.")
        lines.append(f"{voice.mentee}: write down one hope and one worry; {voice.mentor} does the same.")
    goals = [topic.goal for topic in plan.topics if topic.goal]
    if goals and plan.kind is not SessionKind.FIRST:
        first = goals[0]
        bring = (
            f"the latest on “{first.measure}”, and one occasion that shows it"
            if first.measure
            else f"one occasion that shows where “{first.title}” stands"
        )
        lines.append(f"{voice.mentee}: bring {bring}.")
        since = f" since {voice.day(first.last_discussed)}" if first.last_discussed else ""
        lines.append(f"{voice.mentor}: bring one thing that you saw yourself{since}, as it happened and without other people’s names.")
    by_due = sorted(brief.open_actions, key=lambda a: (a.due is None, a.due or date.max))
    for owner, name in ((Owner.MENTEE, voice.mentee), (Owner.MENTOR, voice.mentor)):
        promised = next((a for a in by_due if a.owner is owner), None)
        if promised is not None:
            lines.append(f"{name}: be ready to say what happened with “{shorten(promised.text, 120).rstrip('.?! ')}”.")
    if plan.kind is SessionKind.LAST:
        lines.append(f"Both: note one thing that the other did which made a difference, and where {voice.mentee} can say so in public.")
    if not lines:
        lines.append(f"Both: think of one moment since the last session that {voice.mentor} and {voice.mentee} saw differently.")
    return tuple(lines)


def close_lines(plan: Plan) -> tuple[str, ...]:
    """Return what is settled before the pair parts: owners, dates, the next time, a word on the meeting."""
    route = plan.brief.programme.route or "____"
    lines = ["Each action that we keep or add: ____, owner ____, by ____."]
    if plan.kind is SessionKind.FIRST:
        lines.append(f"Limits of confidentiality, said aloud: harm, harassment, discrimination or retaliation goes to {route.rstrip('.')}.")
        lines.append("The agreement: signed by both, or still open: ____.")
    if plan.kind is SessionKind.LAST:
        lines.append("What each of us will say about the other’s part, to whom and when: ____, by ____.")
        lines.append("Next date, to look back together: ____, or none, on purpose.")
    else:
        lines.append("Next session: date ____, time ____; whoever has to move it offers a new date in the same message.")
    lines.append("This meeting itself: what helped ____, what to change next time ____.")
    return tuple(lines)
