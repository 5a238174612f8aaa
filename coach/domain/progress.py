"""Where the goals of a pair stand over its sessions, and what was promised; released summaries only."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from coach.domain.sessions import Action, GoalStatus, Session

LONGEST_COMMENT = 4_000


class ProgressPoint(BaseModel):
    """What a released summary says of one goal after one session; without a draft it came with the programme."""

    model_config = ConfigDict(frozen=True)

    session_id: str
    goal_id: str
    draft_id: str | None = None
    status: GoalStatus
    reason: str = ""


class SummaryResponse(BaseModel):
    """What the other person of the pair says to a released summary; of the revision that they read."""

    model_config = ConfigDict(frozen=True)

    draft_id: str
    person_id: str
    revision: int
    confirmed: bool = False
    comment: str = ""
    given_at: datetime


class Standing(BaseModel):
    """Where a goal stands: its last status other than `not_discussed`, and the day of the session that gave it."""

    model_config = ConfigDict(frozen=True)

    status: GoalStatus | None = None
    on: date | None = None


def standings(points: Iterable[ProgressPoint], sessions: Iterable[Session], goal_ids: Iterable[str]) -> dict[str, Standing]:
    """Return where each of these goals stands: the latest session that discussed it decides."""
    by_id = {s.id: s for s in sessions}
    told = sorted(
        ((by_id[p.session_id].on, by_id[p.session_id].number, p) for p in points if p.session_id in by_id), key=lambda row: row[:2]
    )
    found = {goal_id: Standing() for goal_id in goal_ids}
    for on, _, point in told:
        if point.goal_id in found and point.status is not GoalStatus.NOT_DISCUSSED:
            found[point.goal_id] = Standing(status=point.status, on=on)
    return found


def minutes_met(sessions: Iterable[Session]) -> int:
    """Return for how many minutes a pair has met."""
    return sum(s.minutes for s in sessions if s.held)


def open_first(actions: Sequence[Action]) -> tuple[Action, ...]:
    """Return actions with the open ones first, the nearest due before the others; then what is done, the latest first."""
    waiting = sorted((a for a in actions if not a.done), key=lambda a: (a.due is None, a.due or date.max))
    done = sorted((a for a in actions if a.done), key=lambda a: a.done_on or date.min, reverse=True)
    return (*waiting, *done)
