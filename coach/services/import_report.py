"""Tell what an import would do or has done, for a terminal."""

from coach.domain.outputs import ImportedPair, ImportedPerson, ImportProblem, PeopleImported
from coach.services.importing import Preview


def report(found: Preview, imported: bool) -> PeopleImported:
    """Return an import as the command line prints it."""
    people = tuple(
        ImportedPerson(
            row=p.row,
            roles=tuple(sorted(p.details.roles)),
            here_already=p.here_already,
            **p.details.model_dump(include={"name", "email", "role", "department", "region"}),
        )
        for p in found.plan.people
    )
    pairs = tuple(ImportedPair(row=p.row, mentor=p.mentor, mentee=p.mentee, **p.dates.model_dump()) for p in found.plan.pairs)
    problems = tuple(ImportProblem(row=p.row, problem=p.problem) for p in found.plan.problems)
    coordinators = tuple(details.email for details in found.plan.coordinators)
    return PeopleImported(people=people, coordinators=coordinators, pairs=pairs, problems=problems, imported=imported)


def in_words(found: Preview, imported: bool) -> str:
    """Return an import as people read it."""
    lines = [f"Row {p.row}: {p.details.name}, {p.details.email} ({', '.join(sorted(p.details.roles))})" for p in found.plan.people]
    lines += [
        f"Row {p.row}: {found.plan.names[p.mentor]} mentors {found.plan.names[p.mentee]} from {p.dates.starts}" for p in found.plan.pairs
    ]
    problems = [f"Row {p.row}: {p.problem}" for p in found.plan.problems]
    left_out = [f"\nTo mend ({len(problems)}):", *problems] if problems else []
    return "\n".join([outcome(found, imported), *new_coordinators(found, imported), *lines, *left_out])


def outcome(found: Preview, imported: bool) -> str:
    """Return in one sentence what an import would add or has added."""
    if not found.plan.changes:
        return "Nothing to add: what can be used of this file is here already." if found.rows else "Nothing to add."
    new = sum(not p.here_already for p in found.plan.people)
    gained = len(found.plan.people) - new
    counted = [
        _count(new, "person", "people"),
        _count(len(found.plan.pairs), "pair", "pairs"),
        _count(gained, "further role", "further roles"),
    ]
    listed = " and ".join(words for words in counted if words)
    return f"Added {listed}." if imported else f"This would add {listed}. Nothing is written yet."


def new_coordinators(found: Preview, imported: bool) -> list[str]:
    """Return a sentence that names whom an import makes a coordinator, where it makes any."""
    named = [f"{details.name} ({details.email})" for details in found.plan.coordinators]
    if not named:
        return []
    becomes = "became" if imported else "would become"
    one = "a coordinator, who sees" if len(named) == 1 else "coordinators, who see"
    return [f"{' and '.join(named)} {becomes} {one} everybody in the programme and can change it."]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
