"""Make a summary from notes by rules of language: what is private first, then goals, actions, decisions, open questions, headline."""

from collections.abc import Sequence
from typing import Literal

from coach.domain.brief import Brief
from coach.domain.drafts import EngineRecord
from coach.domain.sessions import GoalStatus
from coach.domain.summary import MOST_HEADLINES, AgreedAction, GoalProgress, Headline, SummaryContent
from coach.drafting.engines import Drafted
from coach.drafting.summary.actions import agreed_actions
from coach.drafting.summary.closed_actions import closed_actions
from coach.drafting.summary.decisions import decisions
from coach.drafting.summary.goals import goal_progress
from coach.drafting.summary.open_questions import open_questions
from coach.drafting.summary.reasons import PROMISED
from coach.drafting.summary.sensitive import sensitive_passages, tells_of_a_wrong
from coach.language.english import reads_as_english
from coach.language.quotes import overlaps
from coach.language.sentences import shorten
from coach.language.utterances import Utterance, UtteranceKind, read_utterances

_LONGEST_TITLE = 120
_PROGRESS = frozenset({GoalStatus.ACHIEVED, GoalStatus.ADVANCED})


def compose_summary(brief: Brief, engine: str, author: Literal["mentor", "mentee"] = "mentor") -> Drafted:
    """Return the summary of a brief's notes; what the engine did not use or could not read stands in what it says."""
    utterances = read_utterances(brief.notes, (brief.pair.mentor.name, brief.pair.mentee.name))
    private = sensitive_passages(brief, utterances)
    actions = agreed_actions(brief, utterances, private, author)
    goals = tuple(_without_promises(goal, actions) for goal in goal_progress(brief, utterances, private))
    content = SummaryContent(
        headline=headline_of(brief, goals),
        goals=goals,
        actions=actions,
        closed_actions=closed_actions(brief, utterances, private, author),
        decisions=decisions(brief, utterances, private, actions, author),
        open_questions=open_questions(brief, utterances, private),
        sensitive=private,
        safeguarding=tells_of_a_wrong(private),
    )
    return Drafted(content, (), EngineRecord(name=engine, said=_said(brief, utterances)))


def _without_promises(goal: GoalProgress, actions: Sequence[AgreedAction]) -> GoalProgress:
    """Return a goal as stalled where all that speaks for its progress is what somebody undertook to do."""
    promised = [(e.start, e.end) for action in actions for e in action.evidence]
    if goal.status not in _PROGRESS or not all(overlaps(e.start, e.end, promised) for e in goal.evidence):
        return goal
    return goal.model_copy(update={"status": GoalStatus.STALLED, "reason": PROMISED})


def headline_of(brief: Brief, goals: Sequence[GoalProgress]) -> Headline:
    """Return what went forward, what was reached first, and what could: what lost ground first."""
    titles = {goal.id: shorten(goal.title, _LONGEST_TITLE).rstrip(".?! ") for goal in brief.goals}

    def lines(*statuses: GoalStatus) -> tuple[str, ...]:
        told = [goal for status in statuses for goal in goals if goal.status is status]
        return tuple(f"{titles[goal.goal_id]}: {goal.reason}" for goal in told[:MOST_HEADLINES])

    return Headline(
        highlights=lines(GoalStatus.ACHIEVED, GoalStatus.ADVANCED), opportunities=lines(GoalStatus.SET_BACK, GoalStatus.STALLED)
    )


def _said(brief: Brief, utterances: Sequence[Utterance]) -> tuple[str, ...]:
    said = []
    if not brief.notes.strip():
        said.append("There are no notes, so every goal counts as not discussed.")
    elif not reads_as_english(brief.notes):
        said.append(
            "These notes do not read as English, and the built-in rules read English only, so please check every line of the summary."
        )
    pasted = _passages(utterances, UtteranceKind.PASTED)
    if pasted:
        said.append(
            _left_out(
                pasted,
                "pasted passage was read as text and not used as evidence",
                "pasted passages were read as text and not used as evidence",
            )
        )
    carried = _passages(utterances, UtteranceKind.CARRIED)
    if carried:
        said.append(
            _left_out(
                carried,
                "passage carried over from last time says nothing about this session",
                "passages carried over from last time say nothing about this session",
            )
        )
    return tuple(said)


def _passages(utterances: Sequence[Utterance], kind: UtteranceKind) -> int:
    """Count the runs of utterances of a kind."""
    return sum(1 for i, u in enumerate(utterances) if u.kind is kind and (i == 0 or utterances[i - 1].kind is not kind))


def _left_out(count: int, one: str, many: str) -> str:
    return f"One {one}." if count == 1 else f"{count} {many}."
