"""Summaries for tests: notes of a held session, and an engine that says of them what a test wants."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind, EngineRecord
from coach.domain.sessions import GoalStatus, Owner, Session
from coach.domain.summary import AgreedAction, Decision, Evidence, GoalProgress, SummaryContent
from coach.drafting.engines import Drafted, Need, Order
from coach.services import making, releasing, reviewing
from coach.services.parts import Parts
from coach.store import programmes

NOTES = """Session with Anders, in the canteen

- Monday meeting: he first spoke after minute ten in all four weeks, the log says so
- open channel: nothing posted since last time
- he posts the next two decisions by Friday
- we keep the four-week rhythm
"""


@dataclass(frozen=True)
class SayingEngine:
    """An engine that makes the summary which a test gives it."""

    says: Callable[[Brief], SummaryContent]
    name: str = "builtin"

    def kinds(self) -> frozenset[DraftKind]:
        return frozenset({DraftKind.SUMMARY})

    def needs(self, kind: DraftKind, brief: Brief) -> tuple[Need, ...]:
        return ()

    def draft(self, order: Order) -> Drafted:
        return Drafted(self.says(order.brief), (), EngineRecord(name=self.name))


def quoted(notes: str, quote: str, **more: Any) -> Evidence:
    """Return a quote with the place where it first stands."""
    start = notes.index(quote)
    return Evidence(quote=quote, start=start, end=start + len(quote), **more)


def usual(brief: Brief) -> SummaryContent:
    """Return a summary of NOTES: the first goal achieved, the second stalled, nothing of the others; one action, one decision."""
    statuses = {
        0: (GoalStatus.ACHIEVED, "All four weeks.", "he first spoke after minute ten in all four weeks"),
        1: (GoalStatus.STALLED, "Nothing was posted.", "nothing posted since last time"),
    }
    goals = []
    for place, goal in enumerate(brief.goals):
        status, reason, quote = statuses.get(place, (GoalStatus.NOT_DISCUSSED, "The notes say nothing about where this goal stands.", ""))
        evidence = (quoted(brief.notes, quote),) if quote else ()
        goals.append(GoalProgress(goal_id=goal.id, status=status, reason=reason, evidence=evidence))
    action = AgreedAction(
        text="Post the next two decisions",
        owner=Owner.MENTEE,
        due=None,
        evidence=(quoted(brief.notes, "he posts the next two decisions by Friday"),),
    )
    decision = Decision(text="The four-week rhythm stays", evidence=(quoted(brief.notes, "we keep the four-week rhythm"),))
    return SummaryContent(goals=tuple(goals), actions=(action,), decisions=(decision,))


def saying(parts: Parts, says: Callable[[Brief], SummaryContent] = usual) -> Parts:
    """Return parts whose builtin engine says this of any notes."""
    return replace(parts, engines={"builtin": SayingEngine(says)})


def last_held(parts: Parts, pair_id: str) -> Session:
    """Return the latest session that a pair held."""
    with parts.database.read() as connection:
        return [s for s in programmes.sessions_of(connection, pair_id) if s.held][-1]


def write_notes(parts: Parts, session_id: str, author_id: str, notes: str = NOTES) -> None:
    """Keep these notes as what somebody wrote about a session."""
    with parts.database.write() as connection:
        connection.execute(text("DELETE FROM note WHERE session_id = :s AND author_id = :a"), {"s": session_id, "a": author_id})
        connection.execute(
            text("INSERT INTO note (id, session_id, author_id, text, changed_at, version) VALUES (:i, :s, :a, :t, :at, 1)"),
            {"i": f"n{abs(hash((session_id, author_id))) % 10**12}", "s": session_id, "a": author_id, "t": notes, "at": "2026-03-06 12:00:00.000000+00:00"},
        )  # fmt: skip


def drafted(parts: Parts, author_id: str, session_id: str, key: str = "click") -> str:
    """Return the id of a summary that was drafted from somebody's notes."""
    return making.draft_now(parts, author_id, session_id, DraftKind.SUMMARY, key)


def approved(parts: Parts, author_id: str, draft_id: str) -> None:
    """Approve a draft as it stands."""
    revision = reviewing.open_draft(parts, author_id, draft_id).revision
    reviewing.approve(parts, author_id, draft_id, revision.number, revision.sha256)


def released(parts: Parts, author_id: str, session_id: str, key: str = "click") -> str:
    """Return the id of a summary that was drafted, approved and released."""
    draft_id = drafted(parts, author_id, session_id, key)
    approved(parts, author_id, draft_id)
    releasing.release_to_readers(parts, author_id, draft_id)
    return draft_id
