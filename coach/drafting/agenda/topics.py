"""Choose what a session is about: the mentor's focus, then the stalest and the nearest due goals."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coach.domain.brief import Brief, BriefGoal
from coach.domain.sessions import GoalStatus
from coach.drafting.agenda.focus import Wish
from coach.drafting.agenda.subjects import subject_of
from coach.language.stems import stems

PRESSING = timedelta(days=14)  # overdue, or due before the next session is likely
NEAR = timedelta(days=45)  # a due date within this span competes for a place; further ones can wait


# Stems that say nothing about which goal is meant.
COMMON = stems(
    "meeting session week weekly month monthly time team people work day talk look start ask hear think want like need thing goal last next first new way just catch guess chat usual normal anything update check lol hi see how"
)


class SessionKind(StrEnum):
    """Where in a pair's life a session stands."""

    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"


@dataclass(frozen=True)
class Topic:
    """What one time box is about: a goal, the mentor's focus, or a goal that the focus names."""

    goal: BriefGoal | None
    wishes: tuple[Wish, ...] = ()

    @property
    def focus(self) -> str:
        """Return the wishes as one text."""
        return " ".join(wish.text for wish in self.wishes)


def session_kind(brief: Brief) -> SessionKind:
    """Return first, middle or last; without a number, a brief with no past is taken for a first session."""
    if brief.session.last:
        return SessionKind.LAST
    if brief.session.number is not None:
        return SessionKind.FIRST if brief.session.number == 1 else SessionKind.MIDDLE
    has_past = brief.previous_summary or brief.actions or any(g.last_discussed or g.status for g in brief.goals)
    return SessionKind.MIDDLE if has_past else SessionKind.FIRST


def goal_of_focus(focus: str, goals: tuple[BriefGoal, ...]) -> BriefGoal | None:
    """Return the goal that the focus is about: the one sharing most words; one word is enough where only that goal has it."""
    wanted = stems(focus) - COMMON
    own = {goal.id: stems(goal.title) | stems(goal.measure) for goal in goals}
    best: tuple[int, BriefGoal | None] = (0, None)
    for goal in goals:
        shared = wanted & own[goal.id]
        telling = {s for s in shared & stems(goal.title) if len(s) >= 4 and sum(s in words for words in own.values()) == 1}
        if (len(shared) >= 2 or telling) and len(shared) > best[0]:
            best = (len(shared), goal)
    return best[1]


def ranked(goals: tuple[BriefGoal, ...], today: date | None) -> list[BriefGoal]:
    """Return the goals, most in need of the session first.

    The stalest and the nearest due lead; ground that was lost and standstill come before goals that move;
    achieved goals come last. Equal ones keep their order.
    """
    return sorted(goals, key=lambda goal: -_need(goal, goals, today))


def _need(goal: BriefGoal, goals: tuple[BriefGoal, ...], today: date | None) -> float:
    if goal.status is GoalStatus.ACHIEVED:
        return -10.0
    by_status = {GoalStatus.SET_BACK: 1.2, GoalStatus.STALLED: 0.9, GoalStatus.NOT_DISCUSSED: 0.6, None: 0.3}.get(goal.status, 0.0)
    pressing = goal.due is not None and today is not None and goal.due - today <= PRESSING
    return by_status + _staleness(goal, goals) + _urgency(goal, goals, today) + (2.0 if pressing else 0.0)


def _staleness(goal: BriefGoal, goals: tuple[BriefGoal, ...]) -> float:
    """Return 0 (discussed most recently) to 3 (never, or longest ago) among these goals."""
    if goal.last_discussed is None:
        return 3.0
    known = [g.last_discussed for g in goals if g.last_discussed and g.status is not GoalStatus.ACHIEVED]
    newest, oldest = max(known, default=goal.last_discussed), min(known, default=goal.last_discussed)
    never = any(g.last_discussed is None and g.status is not GoalStatus.ACHIEVED for g in goals)
    span = (newest - oldest).days
    return (2.5 if never else 3.0) * ((newest - goal.last_discussed).days / span if span else 0.0)


def _urgency(goal: BriefGoal, goals: tuple[BriefGoal, ...], today: date | None) -> float:
    """Return 0 (no due date, or far away) to 3 (nearest due or overdue) among these goals."""
    if goal.due is None:
        return 0.0
    if today is not None and goal.due - today > NEAR:
        return 0.2
    dues = sorted({g.due for g in goals if g.due and g.status is not GoalStatus.ACHIEVED})
    place = dues.index(goal.due) if goal.due in dues else 0
    return max(0.5, 3.0 - 0.8 * place)


def topic_places(minutes: int) -> int:
    """Return how many topics fit in the minutes that are left for topics: one or two, more only in a long meeting."""
    return 1 if minutes < 18 else 2 if minutes < 70 else 3 if minutes < 150 else 4


def _by_goal(brief: Brief, wishes: tuple[Wish, ...]) -> tuple[dict[str, tuple[Wish, ...]], tuple[Wish, ...]]:
    """Return the wishes by the id of the goal that they are about, and the others.

    A wish that names neither a goal nor a subject of its own carries on the one before it.
    """
    named: dict[str, tuple[Wish, ...]] = {}
    others: list[Wish] = []
    last: str | None = None
    for wish in wishes:
        goal = goal_of_focus(wish.text, brief.goals)
        last = goal.id if goal else last if subject_of(wish.text) is None else None
        if last is None and (subject_of(wish.text) or len(stems(wish.text) - COMMON) >= 2):
            others.append(wish)
        elif last is None:
            continue  # too little to make a topic of; the mentor is told
        else:
            named[last] = (*named.get(last, ()), wish)
    return named, tuple(sorted(others, key=lambda wish: subject_of(wish.text) is None))  # small talk never leads


def choose_topics(brief: Brief, wishes: tuple[Wish, ...], places: int) -> tuple[list[Topic], list[BriefGoal]]:
    """Return the topics in order and the goals left for later, most needed first.

    A wish of the mentor's focus that names a goal puts that goal first; the other wishes are one topic of their own.
    """
    named, others = _by_goal(brief, wishes)
    order = sorted(ranked(brief.goals, brief.session.date), key=lambda goal: goal.id not in named)
    own = [Topic(None, others)] if others else []
    movable = [goal for goal in order if goal.status is not GoalStatus.ACHIEVED or goal.id in named]
    if not movable and not own:
        movable = order
    chosen = movable[: max(0, places - len(own))]
    goals = [Topic(goal, named.get(goal.id, ())) for goal in chosen]
    taken = {goal.id for goal in chosen}
    own_first = not named or not goals or places == 1
    topics = own + goals if own_first else goals[:1] + own + goals[1:]
    return topics, [goal for goal in order if goal.id not in taken]
