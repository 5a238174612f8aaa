"""How a goal is worded, in what order goals stand, and friendly hints while one is written; a hint never blocks."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict

from coach.domain.days import in_words
from coach.domain.sessions import Goal
from coach.domain.text import one_line

LONGEST_TITLE = 200
LONGEST_LINE = 500
MOST_GOALS = 50  # as many as a brief may hold
ENOUGH_GOALS = 6  # from the seventh on a hint asks what could wait

Line = Annotated[str, BeforeValidator(one_line)]


class GoalWording(BaseModel):
    """What both people say yes to: any other wording is another proposal."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    title: Line = ""
    measure: Line = ""
    target: Line = ""
    due: date | None = None

    def problem(self) -> str | None:
        """Return in one sentence why this cannot be kept as a goal, or None."""
        if not self.title:
            return "A goal needs a title; say in a few words what is to be done differently."
        if len(self.title) > LONGEST_TITLE:
            return f"The title has {len(self.title)} characters; {LONGEST_TITLE} are the most. Details fit into the measure."
        for name, text in (("measure", self.measure), ("target", self.target)):
            if len(text) > LONGEST_LINE:
                return f"The {name} has {len(text)} characters; {LONGEST_LINE} are the most. Shorten it a little."
        return None


class Hint(NamedTuple):
    """One friendly sentence about one field of a goal."""

    about: str
    says: str


def is_another(seen: Goal, wording: GoalWording) -> bool:
    """Tell whether this wording makes another goal of one that was seen: what was said of its progress is not true of it."""
    return (seen.title, seen.measure) != (wording.title, wording.measure)


def wording_of(goal: Goal) -> GoalWording:
    """Return what a goal says, apart from how it stands."""
    return GoalWording(title=goal.title, measure=goal.measure, target=goal.target, due=goal.due)


def in_due_order(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """Return goals with the nearest due date first and those without one last; equals keep their order."""
    return tuple(sorted(goals, key=lambda goal: (goal.due is None, goal.due or date.max)))


def hints(wording: GoalWording, others: int, ends: date | None, today: date) -> tuple[Hint, ...]:
    """Return what would make this goal easier to agree and to check; nothing before there is a title.

    `others` is how many goals the pair has besides this one, `ends` the last day of the pair.
    """
    if not wording.title:
        return ()
    found = (*_about_title(wording.title, others), _about_measure(wording.measure), _about_target(wording.target))
    return tuple(hint for hint in (*found, _about_due(wording.due, ends, today)) if hint is not None)


def _about_title(title: str, others: int) -> tuple[Hint | None, ...]:
    verb = _vague_verb(title)
    vague = f"“{verb}” leaves open what happens. What would somebody see that they do not see now?" if verb else None
    two = "This may be two goals. Two short ones are easier to reach; you can propose the second on its own." if _is_two(title) else None
    many = (
        f"You have {others} goals already, and two or three get done more easily. Is there one that could wait?"
        if others >= ENOUGH_GOALS
        else None
    )
    return tuple(Hint("title", says) if says else None for says in (vague, two, many))


def _about_measure(measure: str) -> Hint | None:
    return (
        None
        if measure
        else Hint("measure", "What could somebody count or see? For example: answers posted in the open channel in a month.")
    )


def _about_target(target: str) -> Hint | None:
    if not target:
        return Hint("target", "How much of it is enough? For example: 8 in a row, or 4 of 5 meetings.")
    if _cannot_be_seen(target):
        return Hint(
            "target", "This is hard to count or see. A number helps, or a thing that is there or not: 3 of 4 meetings, one note published."
        )
    return None


def _about_due(due: date | None, ends: date | None, today: date) -> Hint | None:
    if due is None:
        return Hint("due", "A date helps you both to decide. By which day would you like to look at it?")
    if due < today:
        return Hint("due", f"{in_words(due, today)} is past. Choose a day that is still ahead.")
    if ends is not None and due > ends:
        return Hint("due", f"You meet as a pair until {in_words(ends, today)}. A day before that leaves time to look at it together.")
    return None


# Verbs that say a wish and not a deed, where they open the title or follow what opens one.
VAGUE_VERBS = (
    "improve|understand|be better|get better|become better|do better|be more|become more|be less|get more|learn about|learn more"
    "|know more|explore|raise awareness|be aware|become aware|strengthen|enhance|develop|foster|promote|optimi[sz]e|deepen"
    "|think about|think more|focus on|work on|work better|deal with|look into|try to|reflect on|engage with|appreciate|embrace"
)
_VAGUE = re.compile(rf"(?:^|\b(?:to|and|will|can|should|better|really|fully) )({VAGUE_VERBS})\b", re.IGNORECASE)

# Verbs that open a goal of their own when they follow "and".
DEEDS = (
    "add|agree|answer|arrange|ask|attend|begin|bring|build|call|change|check|choose|create|cut|draft|explain|find|finish|gather|get|give|have|hear"
    "|help|hold|introduce|invite|join|keep|launch|learn|listen|make|meet|move|name|offer|open|organi[sz]e|plan|post|prepare|present|publish"
    "|read|reduce|replace|report|review|run|send|set|share|show|spend|start|stop|teach|tell|test|thank|try|use|visit|walk|watch|write"
)
_SECOND_DEED = re.compile(rf"\band (?=(?:{DEEDS})\b)", re.IGNORECASE)
_JOINED = re.compile(r";|\band also\b|\bas well as\b|[.!?]\s+(?=\w)", re.IGNORECASE)
_BACK = re.compile(r"\b(?:it|its|them|they|their|this|that|these|those|what|who|why|how)\b", re.IGNORECASE)
FEWEST_WORDS = 4  # each half of a title that holds two goals has at least as many

_COUNTED = re.compile(
    r"\d|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|hundred|dozen|zero|none|no|nobody"
    r"|never|always|all (?=\w)|every|everybody|everyone|each|both|half|third|quarter|once|twice|daily|weekly|monthly|first|last|without)\b",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:\w{3,}(?:ed|en)|held|made|sent|met|done|put|set|built|told|kept|live|there|exists?|in (?:place|use|writing)|published)\b",
    re.IGNORECASE,
)
_FELT = re.compile(
    r"\b(?:better|more|less|improved?|improvement|improving|good|great|nicer?|comfortable|confident|confidence|aware|awareness|understand\w*|stronger"
    r"|strengthened|higher|lower|regular(?:ly)?|often|openness|trust|culture|mindset|attitude|effective(?:ly)?|success(?:ful)?|happy|happier|engaged|engagement"
    r"|progress|deepened|enhanced|developed|as much as possible)\b",
    re.IGNORECASE,
)
SHORT_TARGET = 3  # words; a longer target without a number may well describe something that can be seen


def _vague_verb(title: str) -> str | None:
    found = _VAGUE.search(title)
    return found[1].capitalize() if found else None


def _is_two(title: str) -> bool:
    return bool(_JOINED.search(title)) or any(_are_two(title[: m.start()], title[m.end() :]) for m in _SECOND_DEED.finditer(title))


def _are_two(first: str, second: str) -> bool:
    long_enough = min(len(first.split()), len(second.split())) >= FEWEST_WORDS
    return long_enough and not _BACK.search(second)


def _cannot_be_seen(target: str) -> bool:
    if _COUNTED.search(target):
        return False
    return bool(_FELT.search(target)) or (len(target.split()) <= SHORT_TARGET and not _SEEN.search(target))
