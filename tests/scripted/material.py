"""Read the material of a prompt: the blocks of data in it, whatever their order, their tags or their missing parts."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

USUAL_MINUTES = 45
_BLOCK = re.compile(r"^BEGIN DATA[ \t]+(\w+)[^\n]*\n(.*?)^END DATA\b", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Material:
    """What an agenda can be made from, as a model sees it."""

    minutes: int
    kind: str
    goals: tuple[dict[str, Any], ...]
    actions: tuple[Any, ...]
    wishes: tuple[Any, ...]
    guidance: tuple[dict[str, Any], ...]

    @property
    def usable(self) -> int:
        """Return the minutes that items may take: a tenth stays free."""
        return max(1, self.minutes - -(-self.minutes // 10))


def blocks(prompt: str) -> dict[str, Any]:
    """Return the blocks of a prompt by name; what is no JSON stays text."""
    return {name.lower(): _parsed(text) for name, text in _BLOCK.findall(prompt)}


def material(prompt: str) -> Material:
    """Return the material of a prompt; where a block is missing, ids and keys are looked for in the text."""
    found = blocks(prompt)
    session = found.get("session")
    goals = _dicts(found["goals"]) if "goals" in found else [{"id": key} for key in _keys(prompt, "g")]
    guidance = _dicts(found["guidance"]) if "guidance" in found else [{"key": key} for key in _keys(prompt, "G")]
    return Material(
        minutes=_minutes(session, prompt),
        kind=_kind(session if isinstance(session, dict) else {}),
        goals=tuple(g for g in goals if g.get("id")),
        actions=tuple(_list(found.get("actions"))),
        wishes=tuple(_list(found.get("wishes"))),
        guidance=tuple(p for p in guidance if p.get("key")),
    )


def strings(data: Any) -> Iterator[str]:
    """Return every text in some data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from strings(value)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.strip()


def _list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [data] if data else []


def _dicts(data: Any) -> list[dict[str, Any]]:
    return [entry for entry in _list(data) if isinstance(entry, dict)]


def _keys(prompt: str, letter: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf"\b{letter}\d+\b", prompt)))


def _minutes(session: Any, prompt: str) -> int:
    told = session.get("minutes") if isinstance(session, dict) else session
    if isinstance(told, int) and told > 0:
        return told
    said = re.search(r"\b(\d{1,3})\s*min", prompt)
    return int(said[1]) if said and int(said[1]) else USUAL_MINUTES


def _kind(session: dict[str, Any]) -> str:
    if session.get("last") is True:
        return "last"
    said = str(session.get("kind", ""))
    return said if said in ("first", "last") else "first" if session.get("number") == 1 else "middle"
