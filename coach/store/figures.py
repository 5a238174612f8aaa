"""Keep a programme's figures as they were taken; each row is written once and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from coach.store.tables import health_figures

Bands = Mapping[str, tuple[int, int | None] | None]


@dataclass(frozen=True)
class FiguresTaken:
    """One programme's figures of one day: which pairs were counted, and the band of each figure, None where it cannot be shown."""

    number: int
    taken_on: date
    pairs: frozenset[str]
    bands: Bands


def taken(connection: Connection, programme_id: str) -> tuple[FiguresTaken, ...]:
    """Return every time that a programme's figures were taken, oldest first."""
    mine = select(health_figures).where(health_figures.c.programme_id == programme_id).order_by(health_figures.c.number)
    return tuple(
        FiguresTaken(row.number, row.taken_on, frozenset(row.pairs), {name: _band(band) for name, band in row.bands.items()})
        for row in connection.execute(mine)
    )


def keep(connection: Connection, programme_id: str, new: FiguresTaken) -> None:
    """Keep figures that were taken now."""
    bands = {name: None if band is None else list(band) for name, band in new.bands.items()}
    row = {"programme_id": programme_id, "number": new.number, "taken_on": new.taken_on, "pairs": sorted(new.pairs), "bands": bands}
    connection.execute(health_figures.insert().values(row))


def _band(kept: list[int | None] | None) -> tuple[int, int | None] | None:
    if kept is None:
        return None
    low, high = kept
    assert low is not None
    return low, high
