"""`coach review` and `coach release`: a person's own drafts."""

from pathlib import Path

import click

from coach.commands.frame import as_person, show
from coach.domain.outputs import Released, ReviewDone, ReviewLine, ReviewList, ReviewShow
from coach.services import releasing, reviewing
from coach.services.files import file_channel, write_atomically
from coach.services.parts import Parts


@click.group()
def review() -> None:
    """Your drafts."""


@review.command("list")
@as_person
def review_list(parts: Parts, actor: str, as_json: bool) -> None:
    """List your drafts, newest first."""
    pages = [reviewing.open_draft(parts, actor, d.id) for d in reviewing.mine(parts, actor) if d.revision is not None]
    lines = tuple(
        ReviewLine(
            id=p.draft.id, kind=p.draft.kind, state=p.draft.state, released=p.draft.released is not None, stale=p.draft.stale,
            pair=f"{p.pair.mentor.name} and {p.pair.mentee.name}", session=p.session.number, on=p.session.on,
        )
        for p in pages
    )  # fmt: skip
    words = [f"{x.id}  {x.kind}  {x.state}{'  released' if x.released else ''}  {x.pair}, session {x.session}, {x.on}" for x in lines]
    show(ReviewList(drafts=lines), as_json, "\n".join(words) or "Nothing waits for you. Draft an agenda in the app, under Prepare.")


@review.command("show")
@click.argument("draft_id", metavar="ID")
@as_person
def review_show(parts: Parts, actor: str, draft_id: str, as_json: bool) -> None:
    """Show a draft with its checks."""
    page = reviewing.open_draft(parts, actor, draft_id)
    d, r = page.draft, page.revision
    result = ReviewShow(
        id=d.id, kind=d.kind, state=d.state, released=d.released is not None, stale=d.stale, revision=r.number, sha256=r.sha256,
        content=r.content, citations=d.citations, checks=r.checks, engine=d.engine, markdown=r.markdown,
    )  # fmt: skip
    failed = [f"Check: {c.detail}" for c in r.checks if not c.passed]
    show(result, as_json, "\n".join([f"State: {d.state}, revision {r.number}", *failed, "", r.markdown]))


@review.command("approve")
@click.argument("draft_id", metavar="ID")
@as_person
def review_approve(parts: Parts, actor: str, draft_id: str, as_json: bool) -> None:
    """Approve the current revision of a draft, exactly as it stands."""
    page = reviewing.open_draft(parts, actor, draft_id)
    reviewing.approve(parts, actor, draft_id, page.revision.number, page.revision.sha256)
    _done(parts, actor, draft_id, as_json, "Approved. Nothing was sent yet; `coach release` lets it out.")


@review.command("discard")
@click.argument("draft_id", metavar="ID")
@as_person
def review_discard(parts: Parts, actor: str, draft_id: str, as_json: bool) -> None:
    """Put a draft aside for good."""
    reviewing.discard(parts, actor, draft_id)
    _done(parts, actor, draft_id, as_json, "Discarded.")


@review.command("withdraw")
@click.argument("draft_id", metavar="ID")
@as_person
def review_withdraw(parts: Parts, actor: str, draft_id: str, as_json: bool) -> None:
    """Take a released draft back from its readers in the app."""
    taken = releasing.withdraw(parts, actor, draft_id)
    _done(parts, actor, draft_id, as_json, "Withdrawn." if taken else "Nothing of it is released in the app.")


def _done(parts: Parts, actor: str, draft_id: str, as_json: bool, text: str) -> None:
    stored = reviewing.find_mine(parts, actor, draft_id)
    show(ReviewDone(id=draft_id, state=stored.state, revision=stored.revision.number if stored.revision else 0), as_json, text)


@click.command()
@click.argument("draft_id", metavar="ID")
@click.option("--to", "target", required=True, metavar="FILE.md|FILE.docx", help="The file to write.")
@as_person
def release(parts: Parts, actor: str, draft_id: str, target: str, as_json: bool) -> None:
    """Write an approved draft to a file; refused unless it is approved."""
    path = Path(target)
    channel = file_channel(path)
    releasing.release_as_file(parts, actor, draft_id, channel, lambda data: write_atomically(path, data))
    page = reviewing.open_draft(parts, actor, draft_id)
    last = page.draft.releases[-1]
    result = Released(id=draft_id, revision=last.revision, sha256=page.revision.sha256, file=str(path), released_at=last.released_at)
    show(result, as_json, f"Released to {path}.")
