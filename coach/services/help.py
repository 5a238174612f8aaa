"""Ask for help without being named, and answer such calls: what is kept is what was written, and nothing else."""

from coach.domain.access import ProgrammeAct
from coach.domain.help import HelpRequest, HelpWords
from coach.domain.people import Programme
from coach.errors import AccessDenied, InputRefused, NotFound
from coach.services.parts import Parts
from coach.services.programme_access import programme_for
from coach.store import help as calls
from coach.store import programmes, secrets


def programme_to_ask(parts: Parts, actor: str) -> Programme:
    """Return the programme whose coordinators somebody would ask, with its human route."""
    with parts.database.read() as connection:
        person = programmes.person_by_id(connection, actor)
        if person is None:
            raise AccessDenied("Only people of the programme can ask for help here.")
        return programmes.programme_of(connection, person.programme_id)


def ask(parts: Parts, actor: str, text: str, reach: str) -> None:
    """Send a call for help to the coordinators of one's programme; who sent it is not kept, nor the time of day.

    No audit row: its neighbours in the trail are steps of known people, and would tell when it was sent and by whom.
    """
    words = HelpWords(text=text, reach=reach).tidied()
    programme = programme_to_ask(parts, actor)
    if problem := words.problem():
        raise InputRefused(f"{problem} Nothing was sent; what you typed still stands here.")
    with parts.database.write() as connection:
        calls.add(connection, programme.id, words, parts.today())


def requests(parts: Parts, actor: str) -> tuple[HelpRequest, ...]:
    """Return the calls for help in a coordinator's programme, open ones first; AccessDenied to anybody else."""
    with parts.database.read() as connection:
        return calls.requests_of(connection, programme_for(connection, actor, ProgrammeAct.ANSWER_HELP).id)


def close(parts: Parts, actor: str, request_id: str) -> None:
    """Keep that a call was dealt with; NotFound, in the same words, for another programme's call and one that does not exist."""
    with parts.database.write() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.ANSWER_HELP)
        if request_id not in {call.id for call in calls.requests_of(connection, programme.id)}:
            raise NotFound("There is no such call for help in your programme. Nothing was changed.")
        if calls.close(connection, programme.id, request_id, parts.today()):
            secrets.record(connection, parts.now(), actor, "help.closed", programme.id)
