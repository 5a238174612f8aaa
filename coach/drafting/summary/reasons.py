"""Say in one plain sentence why a goal has its status, from its target and the numbers in the evidence; no words of the notes."""

from coach.domain.brief import BriefGoal
from coach.domain.sessions import GoalStatus
from coach.drafting.summary.judging import Verdict
from coach.drafting.summary.quantities import Reading, Standing
from coach.language.sentences import shorten

_LONGEST_TARGET = 80
NOTHING_SAID = "The notes say nothing about where this goal stands."
PROMISED = "It was planned or promised, and nothing has happened yet."
_WORDS = {
    "words silent": "The notes say that there was no time for it.",
    "words reached": "The notes say so as a fact: the target is met.",
    "words of the target": "The notes say so as a fact: the target is met.",
    "words lost": "Ground was lost that had been gained before.",
    "words same": "The notes say that nothing has changed.",
    "words stuck": "It was talked about, and nothing has moved yet.",
    "words planned": PROMISED,
    "words moved": "Something was done towards it, and the target is not met yet.",
}
BY_STATUS = {
    GoalStatus.ACHIEVED: "The notes say so as a fact: the target is met.",
    GoalStatus.ADVANCED: "Something was done towards it, and the target is not met yet.",
    GoalStatus.STALLED: "It was talked about, and nothing has moved yet.",
    GoalStatus.SET_BACK: "What should not happen did.",
    GoalStatus.NOT_DISCUSSED: NOTHING_SAID,
}


def reason_for(verdict: Verdict, goal: BriefGoal) -> str:
    """Return the reason of a verdict as one sentence."""
    if verdict.reading is not None and (counted := _by_numbers(verdict, verdict.reading, goal)):
        return counted
    if verdict.status is GoalStatus.SET_BACK and verdict.ground == "words moved":
        return BY_STATUS[GoalStatus.SET_BACK]
    if verdict.status is GoalStatus.ADVANCED and verdict.ground != "words moved":
        return BY_STATUS[GoalStatus.ADVANCED]
    return _WORDS.get(verdict.ground, BY_STATUS[verdict.status])


def question_for(verdict: Verdict, goal: BriefGoal) -> str:
    """Return what to ask the author where the notes leave room for another reading; nothing where they do not."""
    if not verdict.doubtful:
        return ""
    return f"The notes can be read in more than one way here: what happened with “{shorten(goal.title, _LONGEST_TARGET)}” since the last session?"


def _by_numbers(verdict: Verdict, reading: Reading, goal: BriefGoal) -> str:
    target = f"the target is “{shorten(goal.target, _LONGEST_TARGET)}”" if goal.target else "no target is stated"
    now = _number(reading.now)
    before = _number(reading.before)
    if verdict.ground == "number kept open":
        return f"The notes keep the goal open; {target}."
    if not now:
        return f"Some of it is done and some is still to do; {target}." if reading.standing is Standing.PART else ""
    if before and reading.standing in (Standing.MET, Standing.FORWARD, Standing.BACK):
        return f"From {before} to {now}; {target}."
    return {
        Standing.MET: f"{now} by now; {target}."
        if verdict.status is GoalStatus.ACHIEVED
        else f"{now}, which keeps to it so far; {target}.",
        Standing.FORWARD: f"Now {now}; {target}.",
        Standing.BACK: f"{now}, which breaks the limit; {target}.",
        Standing.SAME: f"Still {now}; {target}.",
        Standing.NOTHING: f"None so far; {target}.",
        Standing.SHORT: f"{now} at present; {target}.",
        Standing.PART: f"{now} so far; {target}.",
    }[reading.standing]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"
