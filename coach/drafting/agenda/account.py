"""Give account of an agenda to its author: what was assumed, chosen and left out, and which facts are missing."""

from coach.domain.agenda import AgendaItem, MissingFact
from coach.domain.sessions import GoalStatus
from coach.drafting.agenda.focus import Wish
from coach.drafting.agenda.plan import USUAL_MINUTES, Plan, minutes_of
from coach.drafting.agenda.subjects import accusing, focus_title
from coach.drafting.agenda.topics import SessionKind
from coach.language.stems import stems


def missing_facts(plan: Plan) -> tuple[MissingFact, ...]:
    """Return the questions that have to be answered before anybody can approve."""
    brief, voice = plan.brief, plan.voice
    found = []
    if minutes_of(brief) is None:
        found.append(MissingFact(id="minutes", question="How many minutes does the session have?"))
    if plan.kind is SessionKind.MIDDLE and not plan.topics:
        found.append(MissingFact(id="topic", question=f"What do you want to work on with {voice.mentee} this time?"))
    return tuple(found)


def account(plan: Plan, items: tuple[AgendaItem, ...], grounded: bool) -> tuple[str, ...]:
    """Return what the builtin engine assumed, chose and left out: for the author, never in the agenda itself."""
    lines = assumed(plan)
    waiting = [goal for goal in plan.later if goal.status is not GoalStatus.ACHIEVED]
    if waiting and plan.kind is not SessionKind.FIRST:
        lines.append(
            f"{len(waiting)} of {len(plan.brief.goals)} goals had no room in {plan.minutes} minutes; they stand under “Left for later”."
        )
    written = _written(items)
    lines += [_not_shown(wish, plan) for wish in plan.focus.shared if wish.text[:40] not in written]
    return (*lines, *left_out(plan), *ungrounded(grounded))


def account_of_model(plan: Plan, items: tuple[AgendaItem, ...], grounded: bool) -> tuple[str, ...]:
    """Return the same for an agenda in a model's words, which may take up a wish without repeating it."""
    found = stems(_written(items))
    missed = [wish for wish in plan.focus.shared if len(stems(wish.text) & found) * 2 < len(stems(wish.text))]
    lines = [
        *assumed(plan),
        *(f"Not plainly in the agenda: “{wish.text}”. Look whether it stands there as you meant it." for wish in missed),
    ]
    return (*lines, *left_out(plan), *ungrounded(grounded))


def assumed(plan: Plan) -> list[str]:
    """Return what was taken for granted because the brief does not say it."""
    brief, lines = plan.brief, []
    if minutes_of(brief) is None:
        lines.append(f"The brief gives no length, so the times are for the usual {USUAL_MINUTES} minutes until you say.")
    if brief.session.date is None:
        lines.append("The brief gives no date for the session, so nothing is called overdue or nearly due.")
    if brief.session.number is None and not brief.session.last:
        lines.append(f"The brief gives no session number; it was taken for a {plan.kind} session.")
    return lines


def left_out(plan: Plan) -> list[str]:
    """Return what of the focus was kept from the shared agenda, and why; after a disclosure only the human route."""
    if plan.focus.disclosure:
        route = plan.brief.programme.route or "your programme’s human route, which the brief does not name"
        return [
            f"Your focus may be a disclosure of harassment, discrimination or retaliation. That belongs with a person: {route}. Nothing of it was used here."
        ]
    return [f"Left out of your focus: “{left.words}”, because {left.why}." for left in plan.focus.left_out]


def ungrounded(grounded: bool) -> list[str]:
    """Return the sentence that says so where no guidance stands behind an agenda."""
    return [] if grounded else ["The guidance holds nothing that fits this session, so no item cites any."]


def _written(items: tuple[AgendaItem, ...]) -> str:
    return "\n".join(text for item in items for text in (item.title, *item.questions))


def _not_shown(wish: Wish, plan: Plan) -> str:
    """Say what became of a wish whose words do not stand in the agenda."""
    topic = next((t for t in plan.topics if wish in t.wishes), None)
    if topic is None:
        return f"Not in the agenda: “{wish.text}”. There was no room for it, or too little in it to make a topic of; add it if you want it."
    place = topic.goal.title if topic.goal else focus_title(topic.wishes, plan.voice)
    charge = ", because it sounds like a charge" if accusing(wish.text, plan.voice.mentee) else ""
    return f"Not in the agenda in your words{charge}: “{wish.text}”. It stands behind “{place}”; say it in your own words when you meet, or edit it in."
