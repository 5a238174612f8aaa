"""A request as the scripted server received it, and what its prompt says."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Request:
    """One request; the names of headers are in lower case, `body` is None where it was no JSON."""

    method: str
    path: str
    headers: Mapping[str, str]
    raw: bytes

    @cached_property
    def body(self) -> Any:
        """Return the JSON that was sent, or None."""
        try:
            return json.loads(self.raw)
        except ValueError:
            return None

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Return the messages of a completion request, first the system's."""
        found = self.body.get("messages") if isinstance(self.body, dict) else None
        return [m for m in found if isinstance(m, dict)] if isinstance(found, list) else []

    @property
    def prompt(self) -> str:
        """Return what the first message of the user says: the one with the material in it."""
        return next((text_of(m) for m in self.messages if m.get("role") == "user"), "")

    @property
    def said(self) -> str:
        """Return the text of all messages."""
        return "\n".join(text_of(m) for m in self.messages)

    @property
    def model(self) -> str:
        """Return the model that was asked for."""
        return str(self.body.get("model", "")) if isinstance(self.body, dict) else ""

    @property
    def shape(self) -> str:
        """Return the type of answer that was asked for: json_schema, json_object, or nothing."""
        wanted = self.body.get("response_format") if isinstance(self.body, dict) else None
        return str(wanted.get("type", "")) if isinstance(wanted, dict) else ""

    @property
    def digest(self) -> str:
        """Return a digest of what was sent, so that the same request gets the same answer, byte for byte."""
        return hashlib.sha256(self.raw).hexdigest()


def text_of(message: Mapping[str, Any]) -> str:
    """Return a message's text, whether it was sent as one string or in parts."""
    content = message.get("content")
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""
