"""A pair as its coordinator sees it: who, their dates, and whether both have signed; nothing that they say."""

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from coach.domain.days import in_living_memory, months_after
from coach.domain.people import Person, Programme, over_since

USUAL_MONTHS = 6  # six sessions in six months


class Standing(StrEnum):
    """Where a pair is between its dates."""

    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"


class PairDates(BaseModel):
    """When a pair starts, looks back half-way and ends."""

    model_config = ConfigDict(frozen=True)

    starts: date | None
    review: date | None = None
    ends: date | None = None

    def problem(self) -> str | None:
        """Return in one sentence why a pair cannot have these dates, or None."""
        if self.starts is None:
            return "The pair's start date is missing."
        if not all(in_living_memory(day) for day in (self.starts, self.review, self.ends) if day is not None):
            return "One of the pair's dates lies too far away; look at its year."
        if self.ends is not None and self.ends < self.starts:
            return "The pair cannot end before it starts; change one of the two dates."
        if self.review is not None and not self.starts <= self.review <= (self.ends or self.review):
            return "The review lies between the pair's start and its end; choose another day."
        return None


class PairSeen(BaseModel):
    """One pair, without a word of what passes between the two."""

    model_config = ConfigDict(frozen=True)

    id: str
    mentor: Person
    mentee: Person
    starts: date
    review: date | None
    ends: date | None
    ended: date | None
    signed: bool

    def standing(self, today: date) -> Standing:
        """Return where the pair is between its dates; its last day still counts, unless it was ended."""
        if over_since(self.ended, self.ends, today) is not None:
            return Standing.OVER
        return Standing.RUNNING if self.starts <= today else Standing.PLANNED

    @property
    def last_day(self) -> date | None:
        """Return the day on which the pair was ended, or is to end."""
        return self.ended or self.ends

    @property
    def dates(self) -> PairDates:
        """Return the dates that its coordinator sets."""
        return PairDates(starts=self.starts, review=self.review, ends=self.ends)

    @property
    def people(self) -> frozenset[str]:
        """Return the ids of its two people."""
        return frozenset({self.mentor.id, self.mentee.id})


def half_way(starts: date, ends: date) -> date:
    """Return the day in the middle of two."""
    return starts + timedelta(days=(ends - starts).days // 2)


def usual_dates(today: date, programme: Programme, starts: date | None = None) -> PairDates:
    """Return the dates that a new pair is offered: from today for six months, inside the programme's own dates where that is possible."""
    begins = starts or max(today, programme.starts or today)
    ends = months_after(begins, USUAL_MONTHS)
    if programme.ends is not None and begins < programme.ends < ends:
        ends = programme.ends
    return PairDates(starts=begins, review=half_way(begins, ends), ends=ends)
