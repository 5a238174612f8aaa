"""Fence material as data in a prompt, so that nothing inside it can end its own fence."""

import hashlib
import json
from typing import Any


def fenced(name: str, data: Any) -> str:
    """Return data as JSON between two lines that carry a digest of it: text cannot contain the end of its own fence."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    tag = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    return f"BEGIN DATA {name} {tag}\n{text}\nEND DATA {name} {tag}"
