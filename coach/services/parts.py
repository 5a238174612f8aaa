"""The parts that services work with, chosen and joined in coach.bootstrap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coach.drafting.engines import Engine
from coach.services.library import Library
from coach.store.database import Database


@dataclass(frozen=True)
class Parts:
    """A database, the guidance, the engines by name, and the clock."""

    database: Database
    library: Library
    engines: Mapping[str, Engine]
    now: Callable[[], datetime]

    def today(self) -> date:
        """Return the day it is where the coach runs."""
        return self.now().astimezone().date()
