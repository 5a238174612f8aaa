"""The brief: everything that a draft may be made from, apart from guidance."""

import datetime as dt
import math
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from coach.domain.sessions import GoalStatus, Owner
from coach.domain.text import one_line, printable

LONG_TEXT = 200_000  # code points of notes that are read whole
SHORT_TEXT = 20_000
LEAST_MINUTES, MOST_MINUTES = 10, 480
TITLES = frozenset({"dr", "mr", "mrs", "ms", "mx", "prof", "sir", "dame", "lord", "lady", "herr", "frau", "professor", "rev"})


def _number_as_text(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("should be a number that can be written, or text")
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else one_line(value)


def _without_nulls(value: Any) -> Any:
    return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


def _iso_date(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("should be a date such as 2026-03-31")
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError("should be a date that exists, such as 2026-03-31") from None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise ValueError("should be a date such as 2026-03-31")


def _clock(value: Any) -> Any:
    if isinstance(value, dt.time):
        return value
    match = re.fullmatch(r"(?:\d{4}-\d{2}-\d{2}[T ])?(\d{2}):(\d{2})(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?", str(value))
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError("should be a time of day such as 14:30")
    return dt.time(int(match[1]), int(match[2]))


IsoDate = Annotated[dt.date, BeforeValidator(_iso_date)]
Clock = Annotated[dt.time, BeforeValidator(_clock)]
Name = Annotated[str, BeforeValidator(one_line), Field(min_length=1, max_length=200)]
Sentence = Annotated[str, BeforeValidator(one_line), Field(min_length=1, max_length=1_000)]
Line = Annotated[str, BeforeValidator(one_line), Field(max_length=1_000)]
Target = Annotated[str, BeforeValidator(_number_as_text), Field(max_length=1_000)]
Text = Annotated[str, BeforeValidator(printable), Field(max_length=SHORT_TEXT)]


class BriefPart(BaseModel):
    """A part of a brief: unknown keys are errors, null means absent."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: Any) -> Any:
        return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data


class BriefPerson(BriefPart):
    """A person of the pair; `role` is the job title."""

    name: Name
    role: Line = ""

    @property
    def first_name(self) -> str:
        """Return how the person is addressed: the first word after a title, or the whole name where that is an initial."""
        family, comma, given = self.name.partition(",")
        words = re.sub(r"[(\[{][^)\]}]*[)\]}]", " ", given if comma and given.strip() else family).split() or self.name.split()
        while len(words) > 1 and words[0].lower().strip(".") in TITLES:
            words = words[1:]
        return words[0] if len(words[0].strip(".")) > 1 else self.name


class BriefPair(BriefPart):
    """Who meets whom."""

    mentor: BriefPerson
    mentee: BriefPerson


class BriefProgramme(BriefPart):
    """What the programme is called and whom to turn to."""

    name: Line = ""
    label: Line = "reverse mentoring"
    route: Line = ""


class BriefGoal(BriefPart):
    """An agreed goal; `last_discussed` is the date of the session that last moved or weighed it."""

    id: Name
    title: Sentence
    measure: Line = ""
    target: Target = ""
    due: IsoDate | None = None
    status: GoalStatus | None = None
    last_discussed: IsoDate | None = None


class BriefSession(BriefPart):
    """The session that the draft is for; `date` is today to the draft."""

    number: Annotated[int, Field(ge=1, le=1_000, strict=True)] | None = None
    date: IsoDate | None = None
    minutes: Annotated[int, Field(ge=LEAST_MINUTES, le=MOST_MINUTES, strict=True)] | None = None
    last: Annotated[bool, Field(strict=True)] = False
    starts_at: Clock | None = None


class BriefAction(BriefPart):
    """What was agreed earlier; an absent owner or due date was not stated."""

    text: Sentence
    owner: Owner | None = None
    due: IsoDate | None = None
    done: Annotated[bool, Field(strict=True)] = False


class BriefSummary(BriefPart):
    """One pair's released summary, for themes at the terminal only."""

    pair: Name
    department: Line = ""
    region: Line = ""
    text: Text


class Brief(BriefPart):
    """Everything that a draft may be made from; built once and never changed."""

    pair: BriefPair
    programme: BriefProgramme = BriefProgramme()
    goals: Annotated[tuple[BriefGoal, ...], Field(max_length=50)] = ()
    session: BriefSession = BriefSession()
    previous_summary: Text = ""
    actions: Annotated[tuple[BriefAction, ...], Field(max_length=200)] = ()
    focus: Text = ""
    notes: Annotated[str, StringConstraints(max_length=LONG_TEXT, strip_whitespace=False)] = ""  # quotes tell their places in it
    author: Literal["mentor", "mentee"] = "mentor"  # who wrote the notes, and so who "I" is
    observation: Text = ""
    answers: Annotated[dict[str, Text], BeforeValidator(_without_nulls)] = {}
    previous_experiment: Text = ""
    period: Line = ""
    summaries: tuple[BriefSummary, ...] = ()

    @model_validator(mode="after")
    def _goal_ids_differ(self) -> "Brief":
        ids = [goal.id for goal in self.goals]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"two goals have the id {twice[0]!r}; give each its own")
        return self

    @property
    def open_actions(self) -> tuple[BriefAction, ...]:
        """Return what was agreed and is not done, in the order given."""
        return tuple(action for action in self.actions if not action.done)
