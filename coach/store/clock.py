"""The present moment, in one place, so that tests can hand in another."""

import secrets
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return an opaque id that says nothing about what it names."""
    return secrets.token_hex(10)
