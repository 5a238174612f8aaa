"""The append-only, hash-chained audit trail: opaque ids and keyed digests, never names or text."""

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from coach.domain.guidance import Origin
from coach.domain.review import canonical
from coach.store.guidance_tables import document
from coach.store.tables import approval, audit, draft, release, revision


@dataclass(frozen=True)
class Verified:
    """How many rows the trail has, and the number of the first one that does not fit or is missing at the end, if any."""

    rows: int
    first_wrong: int | None


def record(connection: Connection, at: datetime, actor: str, act: str, subject: str, secret: bytes, said: str) -> None:
    """Append one row: who did what to which thing; `said` enters only as a digest keyed by the draft's secret."""
    last = connection.execute(select(audit.c.number, audit.c.sha256).order_by(audit.c.number.desc()).limit(1)).first()
    row = {
        "number": (last.number if last else 0) + 1,
        "at": at.isoformat(),
        "actor": actor,
        "act": act,
        "subject": subject,
        "digest": hmac.new(secret, said.encode(), hashlib.sha256).hexdigest(),
        "previous": last.sha256 if last else "",
    }
    connection.execute(audit.insert().values(**row, sha256=_link(row)))


def verify(connection: Connection) -> Verified:
    """Return whether every row still fits the one before it."""
    previous, rows = "", 0
    for row in connection.execute(select(audit).order_by(audit.c.number)).mappings():
        rows += 1
        fields = {key: row[key] for key in ("number", "at", "actor", "act", "subject", "digest", "previous")}
        if row["number"] != rows or row["previous"] != previous or row["sha256"] != _link(fields):
            return Verified(rows, row["number"])
        previous = row["sha256"]
    return Verified(rows, None if _tells_every_step(connection) else rows + 1)


def _tells_every_step(connection: Connection) -> bool:
    """Tell whether each draft, approval, release and added document has its row: a chain alone does not show that its end was cut off."""
    told = Counter((row.subject, row.act.split(".")[1]) for row in connection.execute(select(audit.c.subject, audit.c.act)))
    for draft_id, act in list(told):
        if act in ("finished", "edited"):
            told[draft_id, "revised"] += told[draft_id, act]
    done = Counter((row.id, "started") for row in connection.execute(select(draft.c.id)))
    done += Counter((row.draft_id, "approved") for row in connection.execute(select(approval.c.draft_id)))
    done += Counter((row.draft_id, "revised") for row in connection.execute(select(revision.c.draft_id)))
    done += Counter((row.id, "discarded") for row in connection.execute(select(draft.c.id).where(draft.c.state == "discarded")))
    taken_back = select(release.c.draft_id).where(release.c.withdrawn_at.is_not(None)).distinct()
    done += Counter((row.draft_id, "withdrawn") for row in connection.execute(taken_back))
    done += Counter((row.draft_id, "released") for row in connection.execute(select(release.c.draft_id)))
    done += Counter((row.id, "added") for row in connection.execute(select(document.c.id).where(document.c.origin == Origin.ADDED)))
    return all(told[step] >= count for step, count in done.items())


def _link(row: dict[str, object]) -> str:
    return hashlib.sha256(canonical(row).encode()).hexdigest()
