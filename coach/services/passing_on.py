"""Pass on a question that the guidance does not answer: its words are kept and nothing about who asked; coordinators settle it."""

from sqlalchemy import Connection

from coach.domain import passed_on as rules
from coach.domain.access import ProgrammeAct, may_in_programme
from coach.domain.brief import BriefPair, BriefPerson
from coach.domain.passed_on import PassedOn
from coach.domain.people import Person
from coach.domain.text import one_line
from coach.errors import AccessDenied, InputRefused, NotFound
from coach.language.folding import fold
from coach.language.sentences import words as words_of
from coach.services.parts import Parts
from coach.services.programme_access import programme_for
from coach.store import passed_on as kept
from coach.store import people, programmes, secrets

NOTHING_SENT = "Nothing was passed on; what you typed still stands here."


def pass_on(parts: Parts, actor: str, words: str) -> None:
    """Pass a question on to the coordinators of one's programme in these words; who did and when is not kept.

    Names of people and ways to reach them are refused, not masked, so that what is kept is what its author saw.
    No audit row: its neighbours in the trail are steps of known people, and would tell when it was passed on and by whom.
    """
    words = one_line(words)
    with parts.database.read() as connection:
        person = _may_pass_on(connection, actor)
        if problem := rules.problem(words):
            raise InputRefused(f"{problem} {NOTHING_SENT}")
        if named := _leads_to_somebody(connection, person, words):
            raise InputRefused(f"Take out “{named}”, so that the question is about nobody. {NOTHING_SENT}")
    with parts.database.write() as connection:
        if kept.count(connection, person.programme_id) >= rules.MOST_WAITING:
            raise InputRefused(f"So many questions wait already that no more can be passed on. {NOTHING_SENT}")
        kept.add(connection, person.programme_id, words)


def passed_on(parts: Parts, actor: str) -> tuple[PassedOn, ...]:
    """Return the questions that wait in a coordinator's programme, in no order that says anything."""
    with parts.database.read() as connection:
        return kept.questions_of(connection, programme_for(connection, actor, ProgrammeAct.CHANGE_GUIDANCE).id)


def settle(parts: Parts, actor: str, question_id: str) -> None:
    """Delete a question that is answered now; NotFound, in the same words, for another programme's and one that does not exist."""
    with parts.database.write() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.CHANGE_GUIDANCE)
        if not kept.remove(connection, programme.id, question_id):
            raise NotFound("There is no such question in your programme. Nothing was changed.")
        secrets.record(connection, parts.now(), actor, "question.settled", programme.id)


def _may_pass_on(connection: Connection, actor: str) -> Person:
    person = programmes.person_by_id(connection, actor)
    if person is None or not may_in_programme(people.roles_of(connection, actor), ProgrammeAct.PASS_QUESTIONS_ON):
        raise AccessDenied("Only mentors and mentees of the programme can pass a question on.")
    return person


def _leads_to_somebody(connection: Connection, person: Person, words: str) -> str | None:
    """Return what in these words names somebody of the person's pairs or programme, or is a way to reach somebody; None where nothing does."""
    # Imported here: telephone formats take time to import, and only passing on and models need them.
    from coach.drafting.pseudonyms import Pseudonyms

    colleagues = {word for one in people.people_of(connection, person.programme_id) for word in _name_words(one.name)}
    couples = [BriefPair(mentor=_brief(p.mentor), mentee=_brief(p.mentee)) for p in programmes.pairs_of(connection, person.id)]
    for known in [Pseudonyms.of_pair(couple, [words]) for couple in couples] or [Pseudonyms.of_text(words)]:
        masked = known.mask(words)
        for span, original in zip(masked.spans, masked.originals, strict=True):
            if span.kind != "person" or not colleagues.isdisjoint(_name_words(original)):
                return original
    return None


def _brief(person: Person) -> BriefPerson:
    return BriefPerson(name=person.name, role=person.role)


def _name_words(name: str) -> set[str]:
    return {word for word in words_of(fold(name).casefold()) if len(word) > 1}
