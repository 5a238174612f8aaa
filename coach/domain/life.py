"""Where a pair stands on its line of life."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from coach.domain.people import Pair
from coach.domain.planning import held, is_finished, planned
from coach.domain.sessions import Goal, Session


class Step(StrEnum):
    """A step of a pair's life, in its order."""

    AGREE = "Agree"
    PREPARE = "Prepare"
    MEET = "Meet"
    REFLECT = "Reflect"
    PROGRESS = "Progress"
    FINISH = "Finish"


def step_of(pair: Pair, goals: Sequence[Goal], sessions: Sequence[Session], has_agenda: bool, today: date) -> Step:
    """Return the step that a pair is at; goals may stay open until its first session, where they are talked over."""
    if pair.over_since(today) or is_finished(sessions):
        return Step.FINISH
    signed = pair.agreement is not None and pair.agreement.signed
    met = bool(held(sessions))
    if not signed or (met and not any(goal.agreed for goal in goals)):
        return Step.AGREE
    if planned(sessions):
        return Step.MEET if has_agenda else Step.PREPARE
    return Step.REFLECT if met else Step.PREPARE
