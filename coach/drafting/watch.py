"""Watch a draft in the making, and stop it: by a person, or because its time is over."""

from collections.abc import Callable
from enum import StrEnum
from threading import Event
from time import monotonic

from coach.domain.outcomes import RETRYABLE, Outcome, sentence
from coach.errors import EngineFailed

UNLIMITED = 86_400.0  # seconds; for engines that call nobody


class Step(StrEnum):
    """What is being done for a draft at the moment."""

    GUIDANCE = "guidance"
    DRAFTING = "drafting"
    CHECKING = "checking"


def failed(outcome: Outcome) -> EngineFailed:
    """Return the error for this outcome, to be raised."""
    return EngineFailed(sentence(outcome), outcome, outcome in RETRYABLE)


class Watch:
    """One draft's clock, its present step and its stop; safe to use from several threads."""

    def __init__(self, seconds: float = UNLIMITED, on_step: Callable[[Step, str], None] | None = None) -> None:
        self._until = monotonic() + seconds
        self._on_step = on_step
        self.stopped = Event()

    def enter(self, step: Step, detail: str = "") -> None:
        """Say which step begins; raise EngineFailed where the draft was stopped or its time is over."""
        self.check()
        if self._on_step is not None:
            self._on_step(step, detail)

    def check(self) -> None:
        """Raise EngineFailed where the draft was stopped or its time is over."""
        if self.stopped.is_set():
            raise failed(Outcome.CANCELLED)
        if self.left() <= 0:
            raise failed(Outcome.TIMED_OUT)

    def left(self) -> float:
        """Return the seconds that the draft may still take."""
        return self._until - monotonic()

    def stop(self) -> None:
        """End the draft as soon as its present wait can be broken off."""
        self.stopped.set()
