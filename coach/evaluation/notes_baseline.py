"""The summary that counting shared words gives: what ours is compared with."""

import re

from coach.domain.brief import Brief, BriefGoal
from coach.domain.sessions import GoalStatus, Owner
from coach.domain.summary import AgreedAction, Evidence, GoalProgress, SummaryContent
from coach.language.sentences import sentences
from coach.language.stems import stems

# One cue word decides, whatever stands beside it.
_CUES = (
    (GoalStatus.SET_BACK, r"worse|dropped|down|back to|lost|undone|up to"),
    (GoalStatus.STALLED, r"not|n't|no|hasn't|postponed|nothing|later|will|going to|wants?|plan"),
    (GoalStatus.ACHIEVED, r"done|finished|achieved|complete[d]?|all"),
    (GoalStatus.ADVANCED, r"\w+ed|went|made|did|got|now|\d+"),
)
_ACTION = re.compile(r"\b(?:will|'ll|going to|by (?:mon|tue|wed|thu|fri|next)\w*|to send|to ask)\b", re.IGNORECASE)


def by_word_overlap(brief: Brief) -> SummaryContent:
    """Return a summary in which each goal takes the sentence that shares most words with it, and cue words give the status."""
    places = _placed(brief.notes)
    return SummaryContent(
        goals=tuple(_goal(goal, places) for goal in brief.goals),
        actions=tuple(AgreedAction(text=e.quote, owner=_owner(e.quote), evidence=(e,)) for e in places if _ACTION.search(e.quote)),
    )


def _placed(notes: str) -> list[Evidence]:
    found, at = [], 0
    for sentence in sentences(notes):
        start = notes.find(sentence, at)
        if start >= 0:
            at = start + len(sentence)
            found.append(Evidence(quote=sentence, start=start, end=at))
    return found


def _goal(goal: BriefGoal, places: list[Evidence]) -> GoalProgress:
    wanted = set(stems(f"{goal.title} {goal.measure}"))
    best = max(places, key=lambda e: len(wanted & set(stems(e.quote))), default=None)
    if best is None or len(wanted & set(stems(best.quote))) < 2:
        return GoalProgress(goal_id=goal.id, status=GoalStatus.NOT_DISCUSSED, reason="")
    cued = (status for status, cues in _CUES if re.search(rf"(?<!\w)(?:{cues})(?!\w)", best.quote, re.IGNORECASE))
    return GoalProgress(goal_id=goal.id, status=next(cued, GoalStatus.STALLED), reason="", evidence=(best,))


def _owner(text: str) -> Owner | None:
    if re.search(r"\bI\b", text):
        return Owner.MENTOR
    return Owner.BOTH if re.search(r"\bwe\b", text, re.IGNORECASE) else Owner.MENTEE
