"""Take a programme's figures seldom, and show them as they were taken: two looks that differ by a few pairs would tell of those few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from coach.domain.access import ProgrammeAct
from coach.domain.pairs import PairSeen, Standing
from coach.domain.people import Programme
from coach.services.cited import cells_of_documents
from coach.services.parts import Parts
from coach.services.programme_access import programme_for
from coach.store import figures, pairs, secrets
from coach.store.figures import FiguresTaken
from coach.themes.disclosure import LEAST, Band, distinct, may_publish, shown

SILENT_DAYS = 21  # nobody should go longer without meeting
RUN_DAYS = 21  # a pair counts once it could have met in that time
EVERY_DAYS = 28  # figures change at most so often
SAYS = {
    "met": f"met in the last {SILENT_DAYS} days",
    "ahead": "have a next session planned",
    "signed": "have signed their agreement",
}


@dataclass(frozen=True)
class Figure:
    """One figure about the pairs that were counted; its band is None where it cannot be shown, whatever the reason."""

    says: str
    band: Band | None


@dataclass(frozen=True)
class Figures:
    """A programme's figures and the day of which they are."""

    taken_on: date
    shown: tuple[Figure, ...]


def latest(connection: Connection, programme: Programme) -> Figures | None:
    """Return the figures that were taken last, or None before the first."""
    before = figures.taken(connection, programme.id)
    return _as_shown(before[-1]) if before else None


def due(connection: Connection, programme: Programme, today: date) -> bool:
    """Tell whether figures may be taken today."""
    return _due(figures.taken(connection, programme.id), _counted(connection, programme, today), programme, today)


def take(parts: Parts, actor: str) -> Figures | None:
    """Take a programme's figures where that may be done today, and return the latest; AccessDenied to anybody but its coordinator."""
    today = parts.today()
    with parts.database.write() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.SEE_HEALTH)
        before = figures.taken(connection, programme.id)
        counted = _counted(connection, programme, today)
        if _due(before, counted, programme, today):
            new = FiguresTaken(len(before) + 1, today, _ids(counted), _bands(connection, programme, counted, today))
            figures.keep(connection, programme.id, new)
            secrets.record(connection, parts.now(), actor, "figures.taken", programme.id, today.isoformat())
        return latest(connection, programme)


def _due(before: Sequence[FiguresTaken], counted: Sequence[PairSeen], programme: Programme, today: date) -> bool:
    # Below two groups of the minimum, no cell and its remainder can both reach it.
    if distinct(_couples(counted)) < 2 * max(LEAST, programme.minimum_group):
        return False
    rested = not before or today - before[-1].taken_on >= timedelta(days=EVERY_DAYS)
    return rested and may_publish(_ids(counted), [earlier.pairs for earlier in before])


def _counted(connection: Connection, programme: Programme, today: date) -> tuple[PairSeen, ...]:
    """Return the pairs that have run long enough to count."""
    since = today - timedelta(days=RUN_DAYS)
    return tuple(p for p in pairs.pairs_in(connection, programme.id) if p.standing(today) is Standing.RUNNING and p.starts <= since)


def _bands(connection: Connection, programme: Programme, counted: Sequence[PairSeen], today: date) -> dict[str, Band | None]:
    cells = {
        "met": pairs.met_since(connection, programme.id, today - timedelta(days=SILENT_DAYS)),
        "ahead": pairs.with_a_session_ahead(connection, programme.id, today),
        "signed": frozenset(p.id for p in counted if p.signed),
    }
    cells |= cells_of_documents(connection, programme.id)
    everything = _couples(counted)
    bands = {name: shown(_couples(p for p in counted if p.id in ids), everything, programme.minimum_group) for name, ids in cells.items()}
    # A document that few cited leaves no trace, like one that nobody did.
    return {name: band for name, band in bands.items() if band is not None or name in SAYS}


def _as_shown(kept: FiguresTaken) -> Figures:
    return Figures(kept.taken_on, tuple(Figure(says, Band(*band) if (band := kept.bands[name]) else None) for name, says in SAYS.items()))


def _ids(counted: Iterable[PairSeen]) -> frozenset[str]:
    return frozenset(pair.id for pair in counted)


def _couples(some: Iterable[PairSeen]) -> tuple[tuple[str, str], ...]:
    return tuple((pair.mentor.id, pair.mentee.id) for pair in some)
