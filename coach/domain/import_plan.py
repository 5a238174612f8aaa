"""What importing a list of people would do: whom it adds, which pairs it makes, and what it leaves out and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from coach.domain.members import Member, PersonDetails, address, not_invented
from coach.domain.pairs import PairDates, PairSeen, Standing, half_way, usual_dates
from coach.domain.people import Programme, RoleName
from coach.domain.people_rows import FileRow, PersonRow, RowProblem, read_row

# What a list and the programme may say differently of one person, in words for a problem.
COMPARED = {"name": "name", "role": "job title", "department": "department", "region": "region"}


class PlannedPerson(BaseModel):
    """Somebody whom an import adds, or to whom it gives a further role."""

    model_config = ConfigDict(frozen=True)

    row: int
    details: PersonDetails
    given: frozenset[RoleName]  # the roles that the import gives
    here_already: bool = False


class PlannedPair(BaseModel):
    """A pair that an import makes; its people by their e-mail addresses."""

    model_config = ConfigDict(frozen=True)

    row: int
    mentor: str
    mentee: str
    dates: PairDates


class ImportPlan(BaseModel):
    """What an import would do, or has done; `names` tells who is behind the addresses of its pairs."""

    model_config = ConfigDict(frozen=True)

    people: tuple[PlannedPerson, ...]
    pairs: tuple[PlannedPair, ...]
    problems: tuple[RowProblem, ...]
    names: dict[str, str]

    @property
    def changes(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.people or self.pairs)

    @property
    def coordinators(self) -> tuple[PersonDetails, ...]:
        """Return whom the import makes a coordinator."""
        return tuple(p.details for p in self.people if RoleName.COORDINATOR in p.given)


class Present(BaseModel):
    """A programme as an import finds it; `elsewhere` holds addresses that people of other programmes have."""

    model_config = ConfigDict(frozen=True)

    programme: Programme
    members: tuple[Member, ...]
    pairs: tuple[PairSeen, ...]
    elsewhere: frozenset[str] = frozenset()


def plan(rows: Sequence[FileRow], present: Present, today: date) -> ImportPlan:
    """Return what importing these rows would do.

    An import adds, and never changes what is known of somebody, so that a second one of the same file does nothing. A row under another
    name than its address has here may mean somebody else, so it gives no role and makes no pair.
    """
    problems: list[RowProblem] = []
    known = {member.person.email: member for member in present.members}
    taken = _taken(rows, present, problems)
    new = _new_people(taken, known, problems)
    problems += _told_differently(taken, known)
    strangers = {row.details.email: row.number for row in _first_rows(taken) if _other_name(row, known)}
    taken = tuple(row for row in taken if row.details.email not in strangers)
    names = {email: member.person.name for email, member in known.items()} | {p.details.email: p.details.name for p in new}
    names = {email: name for email, name in names.items() if email not in strangers}
    failed = {address(row["email"]): row.number for row in rows if address(row["email"]) not in names}
    pairs = _pairs([row for row in taken if row.details.email in names], names, failed, present, today, problems)
    gains = _gains(taken, known, pairs)
    return ImportPlan(people=(*new, *gains), pairs=pairs, problems=tuple(sorted(problems, key=lambda problem: problem.row)), names=names)


def _taken(rows: Sequence[FileRow], present: Present, problems: list[RowProblem]) -> tuple[PersonRow, ...]:
    """Return the rows that name a person, each further row of one person only where it says nothing else of them."""
    first: dict[str, PersonRow] = {}
    found = []
    for row in rows:
        read = read_row(row)
        problem = read if isinstance(read, str) else _not_here(read, present) or _repeats(read, first.get(read.details.email))
        if problem is not None or isinstance(read, str):
            problems.append(RowProblem(row=row.number, problem=str(problem)))
            continue
        first.setdefault(read.details.email, read)
        found.append(read)
    return tuple(found)


def _not_here(read: PersonRow, present: Present) -> str | None:
    if problem := not_invented(present.programme, read.details.email):
        return problem
    if read.details.email not in present.elsewhere:
        return None
    if present.programme.sample:
        return f"The e-mail address {read.details.email} cannot be used in this demonstration; choose another."
    return f"{read.details.email} takes part in another programme here; a person needs another address for this one."


def _repeats(read: PersonRow, first: PersonRow | None) -> str | None:
    """Return why a further row of the same person is left out, or None."""
    if first is None:
        return None
    told = _differing(read.details, first.details)
    if told:
        return f"{read.details.email} stands in row {first.number} already, with another {told}; keep one of the two."
    return (
        None
        if set(read.mentees) - set(first.mentees)
        else f"{read.details.email} stands in row {first.number} already; this row was left out."
    )


def _differing(one: PersonDetails, other: PersonDetails) -> str | None:
    """Return what two mentions of a person say differently, in words; what one of them leaves empty does not count."""
    return next((words for name, words in COMPARED.items() if (a := getattr(one, name)) and (b := getattr(other, name)) and a != b), None)


def _new_people(taken: Sequence[PersonRow], known: Mapping[str, Member], problems: list[RowProblem]) -> tuple[PlannedPerson, ...]:
    """Return whom to add, with every role that the file gives them."""
    roles: dict[str, set[RoleName]] = {}
    for row in taken:
        roles.setdefault(row.details.email, set()).update(row.details.roles, {RoleName.MENTOR} if row.mentees else ())
        for mentee in row.mentees:
            roles.setdefault(mentee, set()).add(RoleName.MENTEE)
    found = []
    for row in _first_rows(taken):
        details = row.details.model_copy(update={"roles": frozenset(roles[row.details.email])})
        if details.email in known:
            continue
        if problem := details.problem():
            problems.append(RowProblem(row=row.number, problem=problem))
        else:
            found.append(PlannedPerson(row=row.number, details=details, given=details.roles))
    return tuple(found)


def _told_differently(taken: Sequence[PersonRow], known: Mapping[str, Member]) -> Iterable[RowProblem]:
    """Yield what the file says of people who are here already and what is not so here."""
    for row in _first_rows(taken):
        there = known.get(row.details.email)
        told = _differing(row.details, _as_known(there, frozenset())) if there else None
        if there and told:
            left_out = " and the row was left out" if _other_name(row, known) else ""
            said = f"{there.person.name} is here already with another {told}; an import changes nobody{left_out}. If the file is right, change it under People."
            yield RowProblem(row=row.number, problem=said)


def _other_name(row: PersonRow, known: Mapping[str, Member]) -> bool:
    there = known.get(row.details.email)
    return there is not None and row.details.name != there.person.name


def _gains(taken: Sequence[PersonRow], known: Mapping[str, Member], pairs: Sequence[PlannedPair]) -> tuple[PlannedPerson, ...]:
    """Return who of those here already gets a further role, by name in the file or by a pair that is made."""
    given = [(row.number, row.details.email, row.details.roles) for row in taken]
    given += [(pair.row, pair.mentor, frozenset({RoleName.MENTOR})) for pair in pairs]
    given += [(pair.row, pair.mentee, frozenset({RoleName.MENTEE})) for pair in pairs]
    found: dict[str, PlannedPerson] = {}
    for row, email, roles in given:
        if email in known and not roles <= known[email].roles:
            earlier = found.get(email)
            more = roles | (earlier.details.roles if earlier else frozenset())
            details = _as_known(known[email], more)
            found[email] = PlannedPerson(
                row=earlier.row if earlier else row, details=details, given=details.roles - known[email].roles, here_already=True
            )
    return tuple(found.values())


def _first_rows(taken: Sequence[PersonRow]) -> Iterable[PersonRow]:
    """Yield the first row of each person."""
    first: dict[str, PersonRow] = {}
    for row in taken:
        first.setdefault(row.details.email, row)
    return first.values()


def _as_known(member: Member, more: frozenset[RoleName]) -> PersonDetails:
    return member.details.model_copy(update={"roles": member.roles | more})


def _pairs(
    taken: Sequence[PersonRow],
    names: Mapping[str, str],
    failed: Mapping[str, int],
    present: Present,
    today: date,
    problems: list[RowProblem],
) -> tuple[PlannedPair, ...]:
    """Return the pairs that rows ask for and that can be made; the others become problems."""
    made: dict[tuple[str, str], PlannedPair] = {}
    before: dict[tuple[str, str], list[PairSeen]] = {}
    for pair in present.pairs:
        before.setdefault((pair.mentor.email, pair.mentee.email), []).append(pair)
    for row, mentee in ((reading, mentee) for reading in taken for mentee in reading.mentees):
        mentor = row.details.email
        earlier = before.get((mentor, mentee), [])
        if (mentor, mentee) in made or any(_is_this_one(pair, row, today) for pair in earlier):
            continue
        turned = (mentee, mentor) in made or any(p.standing(today) is not Standing.OVER for p in before.get((mentee, mentor), []))
        dates = _dates(row, present.programme, today)
        problem = _no_pair(mentor, mentee, names, failed, turned) or row.date_problem or dates.problem() or _ended(row, earlier)
        if problem:
            problems.append(RowProblem(row=row.number, problem=f"The pair with {mentee[:200]} was left out. {problem}"))
        else:
            made[mentor, mentee] = PlannedPair(row=row.number, mentor=mentor, mentee=mentee, dates=dates)
    return tuple(made.values())


def _is_this_one(pair: PairSeen, row: PersonRow, today: date) -> bool:
    """Tell whether a pair that exists is the one that a row means."""
    return pair.standing(today) is not Standing.OVER or pair.starts == row.dates.starts


def _ended(row: PersonRow, before: Sequence[PairSeen]) -> str | None:
    """Return why two people whose pair has ended do not start again by an old list."""
    last = max((pair.last_day for pair in before if pair.last_day is not None), default=None)
    if last is None or (row.dates.starts is not None and row.dates.starts > last):
        return None
    return f"They were a pair until {last.isoformat()}; to start again, give a later start."


def _no_pair(mentor: str, mentee: str, names: Mapping[str, str], failed: Mapping[str, int], turned: bool) -> str | None:
    if mentee == mentor:
        return "Nobody mentors themselves; a pair is two people."
    if turned:
        return "The two are a pair already, the other way round."
    if mentee in names:
        return None
    return (
        f"Row {failed[mentee]} has to be mended first."
        if mentee in failed
        else "Nobody in the file or the programme has this e-mail address."
    )


def _dates(row: PersonRow, programme: Programme, today: date) -> PairDates:
    """Return a pair's dates as given, and the usual ones where none are."""
    usual = usual_dates(today, programme, row.dates.starts)
    ends = row.dates.ends or usual.ends
    starts = usual.starts
    middle = half_way(starts, ends) if starts and ends and starts <= ends else None
    return PairDates(starts=starts, review=row.dates.review or middle, ends=ends)
