"""The parts that services work with, chosen and joined in coach.bootstrap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from coach.drafting.engines import Engine
from coach.services.jobs import Jobs
from coach.services.library import Library
from coach.store.database import Database


@dataclass(frozen=True)
class Parts:
    """A database, the guidance, the engines by name, the clock, how many seconds a draft may take, and the drafts in the making."""

    database: Database
    library: Library
    engines: Mapping[str, Engine]
    now: Callable[[], datetime]
    draft_seconds: float = 300.0
    jobs: Jobs = field(default_factory=Jobs)

    def today(self) -> date:
        """Return the day it is where the coach runs."""
        return self.now().astimezone().date()
