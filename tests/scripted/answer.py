"""What the scripted server sends, byte for byte, and how it sends it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .request import Request

Headers = tuple[tuple[str, str], ...]
LONGEST = 120.0  # seconds that any answer may take, whoever waits for it


@dataclass(frozen=True)
class Answer:
    """One response; the defaults send it whole and at once.

    `claimed` is the Content-Length that is stated where it is not the true one, `cut_at` the byte before which the connection
    is closed, `pace` the seconds before each byte, and `silent` the seconds without any response before the connection is closed.
    """

    status: int
    body: bytes
    headers: Headers = ()
    claimed: int | None = None
    cut_at: int | None = None
    pace: float = 0.0
    silent: float | None = None

    def header(self, name: str) -> str | None:
        """Return the value of a header, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def but(self, **changes: Any) -> "Answer":
        """Return this answer with some of its fields changed."""
        return replace(self, **changes)


Step = Callable[[Request], Answer]
Script = Step | Sequence[Step]


def json_answer(status: int, data: Any, headers: Headers = ()) -> Answer:
    """Return an answer whose body is this JSON."""
    text = json.dumps(data, ensure_ascii=False)
    return Answer(status, text.encode(), (("Content-Type", "application/json"), *headers))


def html_answer(status: int, page: str) -> Answer:
    """Return an answer that is a page for a browser."""
    return Answer(status, page.encode(), (("Content-Type", "text/html"),))
