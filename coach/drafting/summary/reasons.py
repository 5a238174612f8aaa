"""Say in one plain sentence why a goal has its status, from its target and the numbers in the evidence."""

from coach.domain.sessions import GoalStatus
from coach.drafting.summary.judging import Verdict
from coach.drafting.summary.targets import Target


def reason_for(verdict: Verdict, target: Target) -> str:
    """Return the reason, without words of the notes."""
    return f"{verdict.ground}"
