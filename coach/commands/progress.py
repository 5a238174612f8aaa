"""Say on standard error how far something is that takes more than a second."""

from time import monotonic

import click

FIRST_WORD_SECONDS = 1.0


class Progress:
    """Says how far something is: after a second, and then each time that twice as long has passed."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._start = monotonic()
        self._next = FIRST_WORD_SECONDS

    def __call__(self, done: int, total: int) -> None:
        """Say that so many of all are done, if it is time to."""
        if monotonic() - self._start >= self._next:
            click.echo(f"{self._what}: {done} of {total} ...", err=True)
            self._next *= 2
