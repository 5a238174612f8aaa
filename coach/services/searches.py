"""Searches that follow the guidance: each answers from what is built, and switches once what is newer is built beside it."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic
from typing import Generic, TypeVar

from coach.domain.guidance import Passage
from coach.errors import CoachError
from coach.retrieval.search import GuidanceSearch
from coach.store.guidance import Version

Progress = Callable[[int, int], None]  # how many passages are done, of how many
AGAIN_SECONDS = 30.0  # after a build that failed, the old search answers for so long before another try
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True)
class Built:
    """A search over one version of some documents, with its passages by id."""

    version: Version
    search: GuidanceSearch
    passages: dict[str, Passage] = field(repr=False)


class Following:
    """One search that follows its documents; `build` makes it anew from what the database holds at that moment."""

    def __init__(self, build: Callable[[Progress | None], Built], live: Built | None = None) -> None:
        self._build = build
        self._live = live
        self._building = Lock()
        self._failed_at: float | None = None

    @property
    def live(self) -> Built | None:
        """Return the search that answers now, if there is one."""
        return self._live

    def at(self, version: Version, waits: Callable[[Built], bool]) -> Built:
        """Return the search of this version where it is built, else the one that is live while the new one is built behind.

        Builds at once where none is live, or where whoever asks `waits` because a change is their own. A build that fails leaves the live one.
        """
        live = self._live
        if live is None:
            return self.newest(version)
        if live.version == version or self._rests():
            return live
        if not waits(live):
            if not self._building.locked():
                Thread(target=self._build_behind, args=(version,), daemon=True, name="guidance").start()
            return live
        try:
            return self.newest(version)
        except Exception as error:
            _log(error)
            return live

    def newest(self, version: Version, progress: Progress | None = None) -> Built:
        """Return the search of this version or a newer one, built now unless it is live; whatever stops the build is raised."""
        with self._building:
            return self._switched(version, progress)

    def _build_behind(self, version: Version) -> None:
        if self._building.acquire(blocking=False):
            try:
                self._switched(version, None)
            except Exception as error:
                _log(error)
            finally:
                self._building.release()

    def _switched(self, version: Version, progress: Progress | None) -> Built:
        if self._live is not None and self._live.version == version:
            return self._live
        try:
            self._live = built = self._build(progress)
        except BaseException:
            self._failed_at = monotonic()
            raise
        self._failed_at = None
        return built

    def _rests(self) -> bool:
        return self._failed_at is not None and monotonic() - self._failed_at < AGAIN_SECONDS


class Recent(Generic[K, V]):
    """Values by key, of which the most recently used are kept; made where one is not there."""

    def __init__(self, most: int, make: Callable[[K], V]) -> None:
        self._most = most
        self._make = make
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def peek(self, key: K) -> V | None:
        """Return the value of a key if it is there, without making it."""
        return self._kept.get(key)

    def get(self, key: K) -> V:
        """Return the value of a key; the one that was not asked for longest goes where there are too many."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._make(key)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return self._kept[key]


def _log(error: Exception) -> None:
    # A sentence of ours holds nobody's text; the message of any other error could.
    said = str(error) if isinstance(error, CoachError) else type(error).__name__
    logging.getLogger("coach").error("the new guidance index could not be built, the old one answers: %s", said)
