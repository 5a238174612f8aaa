"""Summaries of the sample programme that took the real way: typed notes, drafted, looked over, approved, released, answered."""

from dataclasses import dataclass
from typing import Any

from coach.domain.drafts import DraftKind
from coach.domain.people import Pair
from coach.domain.sessions import GoalStatus
from coach.domain.summary import SummaryContent
from coach.services import making, releasing, reviewing
from coach.services.notes import save_note
from coach.services.parts import Parts
from coach.services.progress import mark_action, progress_page, respond

WRITTEN = ("notes", "review", "response", "settled")  # what the sample says of such a session, besides what the store keeps


@dataclass(frozen=True)
class Written:
    """A session of the sample with its mentor's notes, and what came of them.

    `review` is what the mentor saw otherwise than the draft, `settled` tells whether all that was agreed then is done by now.
    """

    session_id: str
    goal_ids: dict[str, str]  # by their keys in the sample
    notes: str
    review: dict[str, Any]
    response: dict[str, Any] | None
    settled: bool


def release_summary(parts: Parts, pair: Pair, written: Written) -> None:
    """Let the mentor write, review and release a summary, and the mentee answer it, each through the service that a page calls."""
    mentor, mentee = pair.mentor.id, pair.mentee.id
    save_note(parts, mentor, written.session_id, written.notes, 0)
    draft_id = making.draft_now(parts, mentor, written.session_id, DraftKind.SUMMARY, "sample")
    page = reviewing.open_draft(parts, mentor, draft_id)
    read = looked_over(page.summary, written)
    if read != page.summary:
        reviewing.save_edit(parts, mentor, draft_id, page.revision.number, read.model_dump(mode="json"))
    approve_and_release(parts, mentor, draft_id)
    if written.settled:
        for action in progress_page(parts, mentee, pair.id).actions:
            if action.session_id == written.session_id:
                mark_action(parts, mentee, action.id, done=True)
    if written.response is not None:
        revision = reviewing.open_draft(parts, mentor, draft_id).revision.number
        respond(parts, mentee, draft_id, revision, written.response["confirmed"], written.response["comment"])


def approve_and_release(parts: Parts, author: str, draft_id: str) -> None:
    """Let an author approve a draft as it stands, and release it to its readers."""
    revision = reviewing.open_draft(parts, author, draft_id).revision
    reviewing.approve(parts, author, draft_id, revision.number, revision.sha256)
    releasing.release_to_readers(parts, author, draft_id)


def looked_over(drafted: SummaryContent, written: Written) -> SummaryContent:
    """Return a draft as its mentor leaves it: a status that was read wrongly is stated, what was missed is added, a quote is ticked."""
    content = drafted.model_dump(mode="json")
    states = {written.goal_ids[key]: said for key, said in written.review.get("goals", {}).items()}
    ticked = {written.goal_ids[key] for key in written.review.get("ticked", ())}
    for goal in content["goals"]:
        status, reason = states.get(goal["goal_id"], (goal["status"], goal["reason"]))
        if GoalStatus(status) != goal["status"]:
            goal |= {"status": status, "reason": reason, "evidence": []}
        if goal["goal_id"] in ticked:
            goal["evidence"] = [quote | {"shared": True} for quote in goal["evidence"]]
    known = {action["text"] for action in content["actions"]}
    content["actions"] += [action for action in written.review.get("actions", ()) if action["text"] not in known]
    return SummaryContent.model_validate(content)
