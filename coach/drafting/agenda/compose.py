"""Write the agenda from the plan: purpose, items, what was promised, what waits, preparation and close."""

from datetime import date, timedelta

from coach.domain.agenda import AgendaContent, AgendaItem, CarriedAction, LeftForLater, MissingFact
from coach.domain.brief import Brief, BriefGoal
from coach.domain.drafts import EngineRecord
from coach.domain.sessions import GoalStatus, Owner
from coach.drafting.agenda.focus import Wish
from coach.drafting.agenda.grounding import Citations, guided_question, needs
from coach.drafting.agenda.plan import USUAL_MINUTES, Box, Plan, make_plan, minutes_of
from coach.drafting.agenda.questions import MOST, questions_by_box
from coach.drafting.agenda.subjects import accusing, subject_of_wishes, uncharged
from coach.drafting.agenda.topics import NEAR, SessionKind, Topic
from coach.drafting.agenda.voice import Voice
from coach.drafting.engines import Drafted, Need, Supplied
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
        carried_actions=_carried(brief),
        left_for_later=tuple(LeftForLater(goal_id=goal.id, how=_how(plan, goal, i)) for i, goal in enumerate(plan.later)),
        preparation=_preparation(plan),
        close=_close(plan),
        missing=_missing(plan),
    )
    return Drafted(content, citations.all, EngineRecord(name=engine, said=_said(plan, items, bool(citations.all))))


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


def focus_title(wishes: tuple[Wish, ...], voice: Voice) -> str:
    """Return how the shared agenda names a wish: in its own words, or by its subject where those sound like a charge."""
    plain = uncharged(wishes, voice)
    if plain:
        return f"{voice.mentor} brings: {plain[0].shown(100)}" if plain[0].quoted else plain[0].shown(110)
    subject = subject_of_wishes(wishes, voice)
    return subject.title if subject else f"Something that {voice.mentor} would like to raise"


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


def _carried(brief: Brief) -> tuple[CarriedAction, ...]:
    today = brief.session.date
    return tuple(
        CarriedAction(text=a.text, owner=a.owner, due=a.due, overdue=bool(today and a.due and a.due < today)) for a in brief.open_actions
    )


def _how(plan: Plan, goal: BriefGoal, place: int) -> str:
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


def _close(plan: Plan) -> tuple[str, ...]:
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


def _missing(plan: Plan) -> tuple[MissingFact, ...]:
    brief, voice = plan.brief, plan.voice
    found = []
    if minutes_of(brief) is None:
        found.append(MissingFact(id="minutes", question="How many minutes does the session have?"))
    if plan.kind is SessionKind.MIDDLE and not plan.topics:
        found.append(MissingFact(id="topic", question=f"What do you want to work on with {voice.mentee} this time?"))
    return tuple(found)


def _stands(wish: Wish, written: str) -> bool:
    return wish.text[:40] in written


def _not_shown(wish: Wish, plan: Plan) -> str:
    """Say what became of a wish whose words do not stand in the agenda."""
    topic = next((t for t in plan.topics if wish in t.wishes), None)
    if topic is None:
        return f"Not in the agenda: “{wish.text}”. There was no room for it, or too little in it to make a topic of; add it if you want it."
    place = topic.goal.title if topic.goal else focus_title(topic.wishes, plan.voice)
    charge = ", because it sounds like a charge" if accusing(wish.text, plan.voice.mentee) else ""
    return f"Not in the agenda in your words{charge}: “{wish.text}”. It stands behind “{place}”; say it in your own words when you meet, or edit it in."


def _said(plan: Plan, items: tuple[AgendaItem, ...], grounded: bool) -> tuple[str, ...]:
    """Return what the engine assumed, chose and left out: for the author, never in the agenda itself."""
    brief, lines = plan.brief, []
    written = "\n".join(text for item in items for text in (item.title, *item.questions))
    if minutes_of(brief) is None:
        lines.append(f"The brief gives no length, so the times are for the usual {USUAL_MINUTES} minutes until you say.")
    if brief.session.date is None:
        lines.append("The brief gives no date for the session, so nothing is called overdue or nearly due.")
    if brief.session.number is None and not brief.session.last:
        lines.append(f"The brief gives no session number; it was taken for a {plan.kind} session.")
    waiting = [goal for goal in plan.later if goal.status is not GoalStatus.ACHIEVED]
    if waiting and plan.kind is not SessionKind.FIRST:
        lines.append(
            f"{len(waiting)} of {len(brief.goals)} goals had no room in {plan.minutes} minutes; they stand under “Left for later”."
        )
    if plan.focus.disclosure:
        route = brief.programme.route or "your programme’s human route, which the brief does not name"
        lines.append(
            f"Your focus may be a disclosure of harassment, discrimination or retaliation. That belongs with a person: {route}. Nothing of it was used here."
        )
    else:
        lines += [_not_shown(wish, plan) for wish in plan.focus.shared if not _stands(wish, written)]
        lines += [f"Left out of your focus: “{left.words}”, because {left.why}." for left in plan.focus.left_out]
    if not grounded:
        lines.append("The guidance holds nothing that fits this session, so no item cites any.")
    return tuple(lines)
