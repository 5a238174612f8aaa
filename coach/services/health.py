"""What a coordinator sees first: what needs a decision, and how the programme does without a word about any one pair."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coach.domain.access import ProgrammeAct
from coach.domain.members import Member
from coach.domain.pairs import PairSeen, Standing
from coach.domain.people import Programme, RoleName
from coach.services.figures import Figures, due, latest, take
from coach.services.parts import Parts
from coach.services.people import PeopleAndPairs, seen_by
from coach.services.programme_access import programme_for
from coach.store import help as calls
from coach.store import passed_on


@dataclass(frozen=True)
class Overview:
    """A programme as its coordinator sees it today: dates that they set, whether both signed, and figures about many pairs."""

    programme: Programme
    today: date
    without_pair: tuple[Member, ...]
    unsigned: tuple[PairSeen, ...]
    review_due: tuple[PairSeen, ...]
    calls_for_help: int
    questions: int  # passed on because the guidance does not answer them
    current: tuple[PairSeen, ...]  # planned or running
    nobody_yet: bool
    figures: Figures | None  # as they were taken last; None before there were ever pairs enough

    @property
    def decisions(self) -> int:
        """Return how many things wait for a decision."""
        return len(self.without_pair) + len(self.unsigned) + len(self.review_due) + self.calls_for_help + self.questions


def overview(parts: Parts, actor: str) -> Overview:
    """Return what the coordinator of a programme needs to see first; AccessDenied to anybody else."""
    today = parts.today()
    with parts.database.read() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.SEE_HEALTH)
        seen = seen_by(connection, programme)
        open_calls = sum(call.closed_on is None for call in calls.requests_of(connection, programme.id))
        questions = passed_on.count(connection, programme.id)
        figures, is_due = latest(connection, programme), due(connection, programme, today)
    running = tuple(p for p in seen.pairs if p.standing(today) is Standing.RUNNING)
    current = tuple(p for p in seen.pairs if p.standing(today) is not Standing.OVER)
    return Overview(
        programme=programme,
        today=today,
        without_pair=tuple(_without_pair(seen, current)),
        unsigned=tuple(p for p in current if not p.signed),
        review_due=tuple(p for p in running if p.review is not None and p.review < today),
        calls_for_help=open_calls,
        questions=questions,
        current=current,
        nobody_yet=len(seen.members) < 2,
        figures=take(parts, actor) if is_due else figures,
    )


def _without_pair(seen: PeopleAndPairs, current: Iterable[PairSeen]) -> Iterable[Member]:
    """Yield mentors without a mentee of their own now, and mentees without a mentor."""
    mentoring = {pair.mentor.id for pair in current}
    mentored = {pair.mentee.id for pair in current}
    for member in seen.members:
        lone_mentor = RoleName.MENTOR in member.roles and member.person.id not in mentoring
        lone_mentee = RoleName.MENTEE in member.roles and member.person.id not in mentored
        if lone_mentor or lone_mentee:
            yield member
