"""How drafts name people and dates."""

from dataclasses import dataclass
from datetime import date

from coach.domain.brief import BriefPair
from coach.domain.days import in_words
from coach.domain.sessions import Owner


@dataclass(frozen=True)
class Voice:
    """The short names of the two people, always different from each other, and the day that counts as today."""

    mentor: str
    mentee: str
    today: date | None

    def day(self, day: date) -> str:
        """Return a date in words, with its year only where it is not this year's."""
        return in_words(day, self.today)

    def owner(self, owner: Owner | None) -> str:
        """Return who is to do an action; a blank where nobody was named."""
        if owner is None:
            return "____"
        return {Owner.MENTOR: self.mentor, Owner.MENTEE: self.mentee, Owner.BOTH: "both", Owner.COORDINATOR: "the coordinator"}[owner]


def voice_of(pair: BriefPair, today: date | None) -> Voice:
    """Return first names where they tell the two apart, else whole names, else names with the role."""
    mentor, mentee = pair.mentor, pair.mentee
    if mentor.first_name.casefold() != mentee.first_name.casefold():
        return Voice(mentor.first_name, mentee.first_name, today)
    if mentor.name.casefold() != mentee.name.casefold():
        return Voice(mentor.name, mentee.name, today)
    return Voice(f"{mentor.name} (mentor)", f"{mentee.name} (mentee)", today)
