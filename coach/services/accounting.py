"""Look after the audit trail."""

from coach.services.parts import Parts
from coach.store.audit import Verified, verify


def verify_audit(parts: Parts) -> Verified:
    """Return whether every row of the audit trail still fits the one before it."""
    with parts.database.read() as connection:
        return verify(connection)
