"""Which guidance a plan wants, and which words of it each box cites."""

from coach.domain.guidance import Citation, Passage
from coach.domain.sessions import GoalStatus
from coach.drafting.agenda.plan import Box, Plan
from coach.drafting.agenda.subjects import subject_of
from coach.drafting.agenda.topics import Topic
from coach.drafting.engines import Need, Supplied
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
    "outcome": ("last session: what changed and what stays", ("ending",)),
    "outcomes": ("last session: what changed and what stays", ("ending",)),
    "carry": ("an objective that carries on after the programme ends", ("ending",)),
    "credit": ("equal credit and recognition for both", ("ending",)),
    "close": ("close a session with owner and date, next date, a check on the meeting itself", ("running", "first_session")),
}
BY_STATUS = {
    GoalStatus.STALLED: "a goal that is stalled: what got in the way, a smaller step",
    GoalStatus.SET_BACK: "a goal that was set back, ground lost",
    GoalStatus.ADVANCED: "building on progress, what worked and doing it again",
    GoalStatus.ACHIEVED: "when a goal is achieved, keeping it, the next goal",
    GoalStatus.NOT_DISCUSSED: "a stale goal that was not discussed: what to ask",
}
LONGEST_QUOTE = 260


def needs(plan: Plan) -> tuple[Need, ...]:
    """Return the guidance wanted, one need for each box that could cite something."""
    found: dict[str, Need] = {}
    for i, box in enumerate(plan.boxes):
        key = need_key(box, i)
        question, stages = _wanted(box)
        found.setdefault(key, Need(key, question, stages))
    return tuple(found.values())


def need_key(box: Box, place: int) -> str:
    """Return the key under which a box finds its passages."""
    return f"{box.key}:{place}" if box.topic is not None else box.key


def _wanted(box: Box) -> tuple[str, tuple[str, ...]]:
    if box.topic is None or box.key in ("outcome", "first_goal"):
        return WANTED[box.key]
    return _about(box.topic), ("running",)


def _about(topic: Topic) -> str:
    subject = subject_of(topic.focus) if topic.focus else None
    if subject is not None:
        return f"{subject.guidance}. {topic.focus}"
    if topic.goal is None:
        return topic.focus
    return (
        BY_STATUS.get(topic.goal.status, BY_STATUS[GoalStatus.NOT_DISCUSSED]) if topic.goal.status else BY_STATUS[GoalStatus.NOT_DISCUSSED]
    )


class Citations:
    """Hand out citation keys in order of first use, one for each passage."""

    def __init__(self, supplied: Supplied) -> None:
        self._supplied = supplied
        self._by_passage: dict[str, Citation] = {}

    def cite(self, box: Box, place: int) -> tuple[str, ...]:
        """Return the key of the best passage for a box that no earlier box cites, or of the best at all; () without any."""
        passages = self._supplied.get(need_key(box, place), ())
        passage = next((p for p in passages if p.id not in self._by_passage), passages[0] if passages else None)
        if passage is None:
            return ()
        if passage.id not in self._by_passage:
            key = f"G{len(self._by_passage) + 1}"
            quote = best_sentence(passage, _wanted(box)[0])
            self._by_passage[passage.id] = Citation(key=key, document=passage.document, section=passage.section, quote=quote)
        return (self._by_passage[passage.id].key,)

    @property
    def all(self) -> tuple[Citation, ...]:
        """Return every citation handed out, in order."""
        return tuple(self._by_passage.values())


def best_sentence(passage: Passage, question: str) -> str:
    """Return the sentence of the passage that shares most words with the question, verbatim; the first among equals."""
    wanted = stems(question)
    candidates = [s for s in sentences(passage.text) if len(s) <= LONGEST_QUOTE and len(s.split()) >= 4 and not s.endswith(("?", ":"))]
    candidates = candidates or sentences(passage.text)[:1]
    best = max(candidates, key=lambda s: (len(wanted & stems(s)), -len(s)))
    return " ".join(best.split())
