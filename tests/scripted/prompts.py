"""Prompts as the coach words them, and what a step answers to one without a network in between."""

import json
from typing import Any

from coach.drafting.fences import fenced

from .answer import Step
from .request import Request


def said_by(step: Step, prompt: str) -> dict[str, Any]:
    """Return the agenda that a step answers a prompt with, without a network in between."""
    body = json.dumps({"model": "scripted-model", "messages": [{"role": "user", "content": prompt}]}).encode()
    answer = step(Request("POST", "/v1/chat/completions", {}, body))
    found: dict[str, Any] = json.loads(json.loads(answer.body)["choices"][0]["message"]["content"])
    return found


GOALS = [
    {"id": "g1", "title": "Answer in the open channel", "status": "advanced"},
    {"id": "g2", "title": "Visit the late shift", "status": "stalled"},
    {"id": "g3", "title": "Name whose idea it was", "status": None},
]
PASSAGES = [
    {"key": "G1", "document": "Running sessions", "section": "Why actions come first", "text": "Begin with what was promised last time."},
    {
        "key": "G2",
        "document": "Goals",
        "section": "What to do when a goal is stalled",
        "text": "Ask what stops it; look for the smallest step that shows something.",
    },
]


def prompt_with(**changes: Any) -> str:
    """Return a prompt as the coach words it, with these blocks changed; None leaves a block out."""
    blocks: dict[str, Any] = {
        "session": {"number": 3, "kind": "middle", "minutes": 45},
        "goals": GOALS,
        "actions": [{"text": "Answer the oldest question", "owner": "mentee", "overdue": True}],
        "wishes": ["I would like to hear what gets in the way."],
        "guidance": PASSAGES,
    } | changes
    return "Material:\n\n" + "\n\n".join(fenced(name, data) for name, data in blocks.items() if data is not None) + "\n\nNow draft it."
