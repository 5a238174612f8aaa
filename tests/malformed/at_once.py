"""Read documents in the test's own process, where what they become is the question and not the limits."""

import json

import pytest

from coach.reading import child, documents


def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let documents be read without a process for each."""
    monkeypatch.setattr(child, "_close_door", lambda: None)
    monkeypatch.setattr(documents, "answer_of", lambda data, *hints: json.dumps(child._answer(data, "md" in hints)).encode())
