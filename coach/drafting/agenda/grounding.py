"""Which guidance a plan wants, and which words of it each box cites."""

import math
import re

from coach.domain.guidance import Citation, Passage
from coach.domain.sessions import GoalStatus
from coach.drafting.agenda.plan import Box, Plan
from coach.drafting.agenda.subjects import subject_of_wishes
from coach.drafting.agenda.topics import Topic
from coach.drafting.engines import Need, Supplied
from coach.drafting.voice import Voice
from coach.language.names import names
from coach.language.sentences import sentences
from coach.language.stems import stems

WANTED = {
    "rules": ("ground rules, confidentiality and its limits, roles do not switch", ("agreement", "first_session")),
    "hopes": ("first session: hopes and worries, building trust", ("first_session",)),
    "rhythm": ("meeting rhythm, channel, who schedules, review and end date", ("agreement", "first_session")),
    "first_goals": ("setting specific and measurable goals together", ("running", "first_session")),
    "first_goal": ("setting specific and measurable goals together", ("running", "first_session")),
    "opening": ("structured but flexible session, time boxes, junior leads", ("running",)),
    "actions": ("start with the actions promised last time: keep, change or drop", ("running",)),
    "open_topic": ("open questions about what was done or seen", ("running",)),
    "outcome": ("how to say what changed and what stays", ("ending",)),
    "outcomes": ("last session: what changed and what stays", ("ending",)),
    "carry": ("an objective that carries on after the programme ends", ("ending",)),
    "credit": ("equal credit and recognition for both", ("ending",)),
    "close": ("close a session with owner and date, next date, a check on the meeting itself", ("running", "first_session")),
}
BY_STATUS = {
    GoalStatus.STALLED: "stalled goal: ask what got in the way and make the next step smaller",
    GoalStatus.SET_BACK: "goal set back, ground lost: ask what changed",
    GoalStatus.ADVANCED: "goal that moves: progress is something that happened, what worked",
    GoalStatus.ACHIEVED: "goal achieved: stop and mark it, then what",
    GoalStatus.NOT_DISCUSSED: "stale goal nobody mentioned for a while: questions to ask",
}
LONGEST_QUOTE = 260
# A sentence that leans on the one before it, or that a senior would read as an accusation, is cited only where nothing else is there.
_ALONE = re.compile(
    r"^(?:This|That|These|Those|It|They|The middle|If there is no|Otherwise|Then|So|And|But|Both have)\b|discriminat|harass|coordinator|avoid|ego\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?:What|How|Which|Where|When|Who|Whom|Whose)\b")


def needs(plan: Plan) -> tuple[Need, ...]:
    """Return the guidance wanted, one need for each box that could cite something."""
    found: dict[str, Need] = {}
    for i, box in enumerate(plan.boxes):
        key = need_key(box, i)
        question, stages = _wanted(box, plan.voice)
        found.setdefault(key, Need(key, question, stages))
    return tuple(found.values())


def need_key(box: Box, place: int) -> str:
    """Return the key under which a box finds its passages."""
    return f"{box.key}:{place}" if box.topic is not None else box.key


def _wanted(box: Box, voice: Voice) -> tuple[str, tuple[str, ...]]:
    if box.topic is None or box.key in ("outcome", "first_goal"):
        return WANTED[box.key]
    return _about(box.topic, voice), ("running",)


def _about(topic: Topic, voice: Voice) -> str:
    subject = subject_of_wishes(topic.wishes, voice) if topic.wishes else None
    if subject is not None:
        return f"{subject.guidance}. {topic.focus}"
    if topic.goal is None:
        return "how a junior leads a session, how a senior listens and answers"
    return (
        BY_STATUS.get(topic.goal.status, BY_STATUS[GoalStatus.NOT_DISCUSSED]) if topic.goal.status else BY_STATUS[GoalStatus.NOT_DISCUSSED]
    )


class Citations:
    """Hand out citation keys in order of first use, one for each passage."""

    def __init__(self, supplied: Supplied, voice: Voice) -> None:
        self._voice = voice
        self._supplied = supplied
        self._by_passage: dict[str, Citation] = {}

    def passage_for(self, box: Box, place: int) -> Passage | None:
        """Return the best passage for a box; a second-best one is not cited only because it is new."""
        return next(iter(self._supplied.get(need_key(box, place), ())), None)

    def cite(self, box: Box, place: int, passage: Passage | None) -> tuple[str, ...]:
        """Return the key under which a box cites this passage; () without one."""
        if passage is None:
            return ()
        if passage.id not in self._by_passage:
            key = f"G{len(self._by_passage) + 1}"
            quote = best_sentence(passage, _wanted(box, self._voice)[0])
            self._by_passage[passage.id] = Citation(key=key, document=passage.document, section=passage.section, quote=quote)
        return (self._by_passage[passage.id].key,)

    @property
    def all(self) -> tuple[Citation, ...]:
        """Return every citation handed out, in order."""
        return tuple(self._by_passage.values())


def guided_question(passage: Passage) -> str | None:
    """Return the first open question that a passage offers as a list line of its own, word for word, or None."""
    lines = (re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", line) for line in passage.text.splitlines() if re.match(r"\s*(?:[-*]|\d+\.)\s", line))
    return next((line for line in lines if line.endswith("?") and _OPEN.match(line) and len(line) <= 160), None)


def best_sentence(passage: Passage, question: str) -> str:
    """Return the plain sentence of the passage that is most about the question, word for word; the first among equals.

    Short ones are preferred, and ones that name nobody: the mentee reads them in the released agenda.
    """
    wanted = stems(question)
    plain = [s for s in sentences(passage.text) if not set('*_`["“') & set(s)] or [max(passage.text.split("**"), key=len).strip()]
    candidates = [s for s in plain if len(s) <= LONGEST_QUOTE and len(s.split()) >= 7 and not s.endswith(("?", ":"))] or plain

    def aptness(sentence: str) -> float:
        return (len(wanted & stems(sentence)) + 0.3) / math.sqrt(len(sentence.split())) - (
            1.0 if names(sentence) or _ALONE.search(sentence) else 0.0
        )

    return " ".join(max(candidates, key=aptness).split())
