"""What a programme may be set to, and when that may no longer change."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from coach.domain.days import in_living_memory, months_after
from coach.domain.people import Programme
from coach.domain.text import one_line

LEAST_GROUP, MOST_GROUP = 5, 50  # below five, a figure could be traced to one pair
MOST_OBJECTIVES = 6
LONGEST_NAME, LONGEST_SENTENCE = 200, 1_000
USUAL_MONTHS = 9  # two months to match and agree, six to meet, one to look back

OneLine = Annotated[str, BeforeValidator(one_line)]


class ProgrammeSettings(BaseModel):
    """What a coordinator sets a programme to."""

    model_config = ConfigDict(frozen=True)

    name: OneLine
    label: OneLine = "reverse mentoring"
    route: OneLine
    objectives: tuple[OneLine, ...] = ()
    starts: date | None
    ends: date | None
    minimum_group: int = LEAST_GROUP

    def problem(self, today: date, present: Programme | None = None) -> str | None:
        """Return in one sentence why these settings cannot be kept, or None."""
        return self._incomplete() or self._wrong_dates() or self._wrong_group(today, present)

    def _incomplete(self) -> str | None:
        if not self.name or len(self.name) > LONGEST_NAME:
            return f"The programme needs a name of at most {LONGEST_NAME} characters."
        if not self.label or len(self.label) > LONGEST_NAME:
            return f"Say what your programme calls this kind of mentoring, in at most {LONGEST_NAME} characters."
        if not self.route:
            return "Say whom people can turn to when something must not stay between two people: a name and how to reach them."
        if len(self.route) > LONGEST_SENTENCE:
            return f"The human route has {len(self.route)} characters; {LONGEST_SENTENCE} are the most."
        if len(self.objectives) > MOST_OBJECTIVES:
            return f"There are {len(self.objectives)} objectives; {MOST_OBJECTIVES} are the most that anybody keeps in view."
        if any(len(objective) > LONGEST_SENTENCE for objective in self.objectives):
            return f"An objective may have {LONGEST_SENTENCE} characters at most."
        return None

    def _wrong_dates(self) -> str | None:
        if self.starts is None or self.ends is None:
            return f"The programme's {'start' if self.starts is None else 'end'} date is missing."
        if not (in_living_memory(self.starts) and in_living_memory(self.ends)):
            return "One of the programme's dates lies too far away; look at its year."
        return None if self.starts < self.ends else "The programme has to end after it starts; change one of the two dates."

    def _wrong_group(self, today: date, present: Programme | None) -> str | None:
        if not LEAST_GROUP <= self.minimum_group <= MOST_GROUP:
            return f"The minimum reporting group is between {LEAST_GROUP} and {MOST_GROUP} pairs, and never less."
        if present is None or not has_started(present, today):
            return None
        if self.minimum_group != present.minimum_group:
            return f"The programme has started, so its minimum reporting group stays at {present.minimum_group}."
        if self.starts is not None and self.starts > today:
            return "The programme has started, so its start date cannot move into the future."
        return None


def has_started(programme: Programme, today: date) -> bool:
    """Tell whether a programme has begun, after which its minimum reporting group no longer changes."""
    return programme.starts is not None and programme.starts <= today


def usual_end(starts: date) -> date:
    """Return the end that is suggested for a programme that starts on this day."""
    return months_after(starts, USUAL_MONTHS)
