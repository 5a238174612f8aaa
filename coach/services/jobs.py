"""Drafts in the making: each in a thread of its own, so that a page can show its steps and stop it.

What is kept here is only how far a draft is; the draft itself stands in the database from the first moment.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic

from coach.domain.outcomes import Outcome, sentence
from coach.drafting.watch import Step, Watch
from coach.errors import CoachError


@dataclass
class Job:
    """One draft in the making."""

    watch: Watch
    step: Step = Step.GUIDANCE
    detail: str = ""
    started: float = field(default_factory=monotonic)

    @property
    def seconds(self) -> float:
        """Return for how long it has been going on."""
        return monotonic() - self.started


class Jobs:
    """The drafts in the making in this process, by draft id."""

    def __init__(self) -> None:
        self._running: dict[str, Job] = {}
        self._refused: dict[str, str] = {}
        self._lock = Lock()

    def start(self, draft_id: str, seconds: float, work: Callable[[Watch], object]) -> None:
        """Do this work for a draft in a thread of its own, unless it is being done already."""
        with self._lock:
            if draft_id in self._running:
                return
            job = Job(Watch(seconds, lambda step, detail: self._note(draft_id, step, detail)))
            self._running[draft_id] = job
            self._refused.pop(draft_id, None)
        Thread(target=self._run, args=(draft_id, job, work), daemon=True, name="draft").start()

    def find(self, draft_id: str) -> Job | None:
        """Return the draft in the making, or None where this process makes no such draft."""
        with self._lock:
            return self._running.get(draft_id)

    def refusal(self, draft_id: str) -> str | None:
        """Return, once, why the last work on a draft ended without a result; None where it did not."""
        with self._lock:
            return self._refused.pop(draft_id, None)

    def stop(self, draft_id: str) -> bool:
        """Stop a draft in the making; tell whether this process was making it."""
        job = self.find(draft_id)
        if job is not None:
            job.watch.stop()
        return job is not None

    def _note(self, draft_id: str, step: Step, detail: str) -> None:
        if job := self.find(draft_id):
            job.step, job.detail = step, detail

    def _run(self, draft_id: str, job: Job, work: Callable[[Watch], object]) -> None:
        try:
            work(job.watch)
        except CoachError as error:  # its sentence is for the author, who sees it at the next look
            with self._lock:
                self._refused[draft_id] = str(error)
        except Exception as error:  # the database says how it ended; a message could hold what somebody wrote
            logging.getLogger("coach").error("a draft ended with %s", type(error).__name__)
            with self._lock:
                self._refused[draft_id] = sentence(Outcome.INTERNAL)
        finally:
            with self._lock:
                self._running.pop(draft_id, None)
