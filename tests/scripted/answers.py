"""Answers, wordings and questions in the shapes that a model returns them in, built from any prompt."""

import json
from typing import Any

from .answer import Step
from .contents import good
from .material import blocks
from .request import Request


def passages_in(request: Request) -> list[dict[str, Any]]:
    """Return the passages that a prompt supplies, in its order."""
    found = blocks(request.prompt).get("guidance")
    return found if isinstance(found, list) else []


def good_answer(request: Request) -> dict[str, Any]:
    """Return an answer that says the first sentence of the last passage supplied, and puts that passage first.

    A prompt without passages asks for other wordings of a question; there are none.
    """
    passages = passages_in(request)[::-1]
    if not passages:
        return {"wordings": []}
    said = passages[0]["text"].split(". ")[0].strip("- ").rstrip(".:") + "."
    return {"covered": True, "order": [p["key"] for p in passages], "sentences": [{"text": said, "citations": [passages[0]["key"]]}]}


def answering(**changes: Any) -> Step:
    """Answer with a good answer in which some keys are changed."""
    return good(lambda request: json.dumps(good_answer(request) | changes))


def wording(*wordings: str) -> Step:
    """Ask in these other words."""
    return good(json.dumps({"wordings": list(wordings)}))


def proposing(*questions: str) -> Step:
    """Write these questions, with its key behind each, for every section that the prompt shows."""

    def said(request: Request) -> str:
        sections = blocks(request.prompt).get("sections")
        keys = [section["key"] for section in sections] if isinstance(sections, list) else []
        return json.dumps({"sections": [{"key": key, "questions": [q.format(key=key.lower()) for q in questions]} for key in keys]})

    return good(said)
