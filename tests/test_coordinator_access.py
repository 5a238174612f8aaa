"""What coordinators may do, nobody else may: everybody is refused in the same words, and nothing changes."""

from collections.abc import Callable
from typing import Any

import pytest

from coach.domain.access import ProgrammeAct
from coach.domain.documents import DocumentDetails
from coach.domain.drafts import DraftKind
from coach.domain.people import RoleName
from coach.errors import AccessDenied
from coach.services import figures, guidance, guidance_pages, importing, passing_on, people
from coach.services import help as helping
from coach.services.added_files import read_file
from coach.services.coordinating import change_programme, my_programme
from coach.services.health import overview
from coach.services.parts import Parts
from coach.services.programme_access import guidance_for, programme_for
from coach.services.prompts import preview_prompt, prompt_page, use_prompt
from coach.services.proposing import proposed
from coach.services.signing_in import note_welcomed
from coach.store import programmes
from tests.conftest import Showcase
from tests.coordinators import founded, person, running, settings, several_pairs, stored

LIST = b"name,email,roles\nIda Mole,ida@brackwater.example,mentor\n"


DOCUMENT = b"# Lamps\n\nThe zebrawood lamp in the hall is switched on before every session begins.\n"


class Known:
    """A real programme with one pair, and what belongs to it."""

    def __init__(self, parts: Parts) -> None:
        self.coordinator = founded(parts).id
        self.programme = my_programme(parts, self.coordinator)
        several_pairs(parts, self.coordinator, 1)
        (self.pair,) = people.people_and_pairs(parts, self.coordinator).pairs
        helping.ask(parts, self.pair.mentor.id, "I would like another match.", "")
        (self.call,) = helping.requests(parts, self.coordinator)
        self.document = guidance.add_file(parts, self.coordinator, DOCUMENT, "lamps.md").document
        passing_on.pass_on(parts, self.pair.mentor.id, "How long is a zebrawood lamp left on?")
        (self.question,) = passing_on.passed_on(parts, self.coordinator)


DETAILS = person("Mentor N0", RoleName.MENTOR)
Call = Callable[[Parts, str, Known], object]
TRIED: dict[str, Call] = {
    "programme_for": lambda parts, actor, known: in_a_transaction(parts, lambda c: programme_for(c, actor, ProgrammeAct.SEE_HEALTH)),
    "my_programme": lambda parts, actor, known: my_programme(parts, actor),
    "change_programme": lambda parts, actor, known: change_programme(parts, actor, settings(parts), known.programme),
    "take": lambda parts, actor, known: figures.take(parts, actor),
    "overview": lambda parts, actor, known: overview(parts, actor),
    "people_and_pairs": lambda parts, actor, known: people.people_and_pairs(parts, actor),
    "add_person": lambda parts, actor, known: people.add_person(parts, actor, person("New Person", RoleName.MENTOR)),
    "change_person": lambda parts, actor, known: people.change_person(
        parts, actor, known.pair.mentor.id, person("Other", RoleName.MENTOR), DETAILS
    ),
    "make_pair": lambda parts, actor, known: people.make_pair(parts, actor, known.pair.mentor.id, known.pair.mentee.id, running(parts)),
    "change_pair": lambda parts, actor, known: people.change_pair(parts, actor, known.pair.id, running(parts), known.pair.dates),
    "end_pair": lambda parts, actor, known: people.end_pair(parts, actor, known.pair.id),
    "proposed": lambda parts, actor, known: proposed(parts, actor, ()),
    "replaced": lambda parts, actor, known: in_a_transaction(parts, lambda c: guidance.replaced(c, actor, "lamps.md", None)),
    "preview": lambda parts, actor, known: importing.preview(parts, actor, LIST),
    "import_people": lambda parts, actor, known: importing.import_people(parts, actor, LIST),
    "requests": lambda parts, actor, known: helping.requests(parts, actor),
    "close": lambda parts, actor, known: helping.close(parts, actor, known.call.id),
    "prompt_page": lambda parts, actor, known: prompt_page(parts, actor, DraftKind.AGENDA),
    "preview_prompt": lambda parts, actor, known: preview_prompt(parts, actor, DraftKind.AGENDA, "x"),
    "preview_document": lambda parts, actor, known: guidance_pages.preview_document(parts, actor, DOCUMENT, "lamps.md"),
    "library_of": lambda parts, actor, known: guidance_pages.library_of(parts, actor),
    "add_file": lambda parts, actor, known: guidance.add_file(parts, actor, DOCUMENT, "lamps.md"),
    "add": lambda parts, actor, known: guidance.add(parts, actor, read_file(DOCUMENT, "lamps.md")),
    "remove": lambda parts, actor, known: guidance.remove(parts, actor, known.document.id),
    "change_details": lambda parts, actor, known: guidance.change_details(
        parts, actor, known.document.id, DocumentDetails(title="Mine"), known.document.sha256
    ),
    "change_questions": lambda parts, actor, known: guidance.change_questions(parts, actor, known.document.id, {}, known.document.sha256),
    "find_own": lambda parts, actor, known: guidance.find_own(parts, actor, "lamps.md"),
    "guidance_for": lambda parts, actor, known: in_a_transaction(parts, lambda c: guidance_for(c, actor)),
    "passed_on": lambda parts, actor, known: passing_on.passed_on(parts, actor),
    "settle": lambda parts, actor, known: passing_on.settle(parts, actor, known.question.id),
    "use_prompt": lambda parts, actor, known: use_prompt(parts, actor, DraftKind.AGENDA, "", 0),
}

ON_ONESELF = ("note_welcomed",)  # tried below


def in_a_transaction(parts: Parts, act: Callable[[Any], object]) -> object:
    with parts.database.read() as connection:
        return act(connection)


@pytest.fixture
def known(parts: Parts) -> Known:
    return Known(parts)


@pytest.mark.parametrize("name", TRIED)
def test_only_a_coordinator_does_this_and_the_others_are_refused_alike(parts: Parts, known: Known, showcase: Showcase, name: str) -> None:
    before = stored(parts)
    for actor in (known.pair.mentor.id, known.pair.mentee.id, showcase.mentor, showcase.mentee, "nobody", "installation", ""):
        with pytest.raises(AccessDenied, match="Only a coordinator of the programme may do this"):
            TRIED[name](parts, actor, known)
    assert stored(parts) == before


def test_a_coordinator_sees_nothing_of_another_programme(parts: Parts, known: Known, showcase: Showcase) -> None:
    with parts.database.read() as connection:
        (tamsin,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    for name in ("my_programme", "overview", "people_and_pairs", "requests", "library_of", "passed_on"):
        seen = repr(TRIED[name](parts, tamsin.id, known))
        assert not [word for word in (known.programme.name, known.pair.mentor.name, known.call.text, "zebrawood") if word in seen], name


def test_somebody_notes_of_nobody_else_that_they_were_welcomed(parts: Parts, known: Known) -> None:
    before = stored(parts)
    for actor in ("nobody", ""):
        with pytest.raises(AccessDenied, match="Nobody is signed in"):
            note_welcomed(parts, actor)
    assert stored(parts) == before
