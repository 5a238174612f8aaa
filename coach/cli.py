"""The command line: the same services as the app, for a terminal."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from coach.bootstrap import join_parts
from coach.domain.drafts import DraftKind
from coach.domain.outputs import (
    AuditVerified,
    DoctorReport,
    GuidanceAnswer,
    GuidanceList,
    MaskedSpan,
    MaskedText,
    OutputDocument,
    OutputFinding,
    OutputPassage,
    Released,
    ReviewDone,
    ReviewLine,
    ReviewList,
    ReviewShow,
    Serving,
)
from coach.domain.people_rows import MOST_BYTES
from coach.errors import CoachError, InputRefused
from coach.services import importing, masking, releasing, reviewing
from coach.services.accounting import verify_audit
from coach.services.briefs import read_brief
from coach.services.doctor import examine
from coach.services.drafting import BUILTIN, OPENAI, make_draft, make_draft_or_builtin
from coach.services.files import file_channel, read_bytes, refuse_busy_port, write_atomically
from coach.services.import_report import in_words, report
from coach.services.parts import Parts
from coach.services.provider_file import provider_file
from coach.services.sample import load_sample
from coach.services.signing_in import person_at_terminal
from coach.settings import load_settings

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of readable text.")
acting = click.option("--as", "email", default="", metavar="E-MAIL", help="Who acts; default COACH_AS.")


def main() -> None:
    """Run the command line; every error a person can cause is one plain sentence and exit code 1."""
    try:
        coach.main(standalone_mode=True)
    except CoachError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except Exception as error:  # the last line of defence: no traceback, which could show what somebody wrote
        click.echo(f"Something went wrong inside the coach ({type(error).__name__}); nothing was changed by this command.", err=True)
        sys.exit(1)


def show(result: BaseModel, as_json: bool, text: str) -> None:
    """Print a result to stdout, as JSON or as readable text."""
    click.echo(result.model_dump_json(indent=2) if as_json else text)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reverse-mentoring-coach", prog_name="coach")
def coach() -> None:
    """Drafts for reverse mentoring, grounded in guidance, reviewed by a human before they go anywhere."""


@coach.command()
@click.option("--sample", is_flag=True, help="Load the fictional programme once.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; default COACH_PORT.")
@as_json
def serve(sample: bool, port: int | None, as_json: bool) -> None:
    """Serve the app."""
    settings = load_settings()
    provider = [f"--secrets.files={provider_file(settings.home)}"] if settings.sign_in == "oidc" else []
    state: Any = "not asked for"
    parts = join_parts(settings)
    if sample:
        click.echo("Loading the sample programme (once) ...", err=True)
        state = "loaded" if load_sample(parts) else "present"
    chosen = port or settings.port
    refuse_busy_port(settings.host, chosen)
    url = f"http://{'localhost' if settings.host in ('127.0.0.1', '0.0.0.0', '::') else settings.host}:{chosen}"
    show(Serving(url=url, sample=state), as_json, f"The app answers at {url} (Ctrl+C stops it).")
    sys.stdout.flush()
    app = Path(__file__).parent.parent / "app.py"
    flags = [f"--server.port={chosen}", f"--server.address={settings.host}", *provider]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(app), *flags])


@coach.command()
@click.argument("kind", metavar="KIND", type=click.Choice([DraftKind.AGENDA.value]))
@click.argument("brief", metavar="BRIEF.json")
@click.option("--engine", default=BUILTIN, type=click.Choice([BUILTIN, OPENAI]), help="Which engine drafts.")
@click.option("--or-builtin", is_flag=True, help="Where the model ends without a draft, take the builtin one.")
@as_json
def draft(kind: str, brief: str, engine: str, or_builtin: bool, as_json: bool) -> None:
    """Draft from a brief in a JSON file (- for standard input); stores nothing."""
    read = read_brief(read_bytes(brief), "The brief" if brief == "-" else Path(brief).name)
    make = make_draft_or_builtin if or_builtin else make_draft
    made = make(join_parts(), DraftKind(kind), read, engine).draft
    said = [f"Note: {line}" for line in made.engine.said] + [f"Check: {c.detail}" for c in made.checks if not c.passed]
    show(made, as_json, made.markdown)
    if not as_json and said:
        click.echo("\n".join(said), err=True)


@coach.group()
def guidance() -> None:
    """The guidance documents."""


@guidance.command("search")
@click.argument("question")
@click.option("-k", "k", default=5, type=click.IntRange(1, 50), help="How many passages at most.")
@as_json
def guidance_search(question: str, k: int, as_json: bool) -> None:
    """Find the passages that answer a question."""
    if not question.strip():
        raise InputRefused("The question is empty; ask in your own words.")
    found = join_parts().library.search(question, k)
    passages = tuple(
        OutputPassage(file=p.passage.file, document=p.passage.document, section=p.passage.section, text=p.passage.text, score=p.score)
        for p in found.passages
    )
    lines = ["The guidance does not seem to cover this; the nearest passages are:"] if found.abstained else []
    lines += [f"\n{p.document} > {p.section} ({p.file}, {p.score:.2f})\n{p.text}" for p in passages]
    show(GuidanceAnswer(passages=passages, abstained=found.abstained), as_json, "\n".join(lines).strip())


@guidance.command("list")
@as_json
def guidance_list(as_json: bool) -> None:
    """List the documents."""
    documents = tuple(
        OutputDocument(id=d.id, file=d.file, title=d.title, origin=d.origin, audience=d.audience, stage=d.stage)
        for d in join_parts().library.documents()
    )
    show(GuidanceList(documents=documents), as_json, "\n".join(f"{d.file}  {d.title}" for d in documents))


@coach.command()
@click.argument("file", metavar="FILE")
@as_json
def mask(file: str, as_json: bool) -> None:
    """Show what a model's provider would see of a text (- for standard input); stores and sends nothing."""
    raw = read_bytes(file, masking.MOST_BYTES, "a text to mask", "text")
    masked = masking.mask_text(raw, "The text" if file == "-" else Path(file).name)
    spans = tuple(MaskedSpan(start=s.start, end=s.end, kind=s.kind, placeholder=s.placeholder) for s in masked.spans)
    show(MaskedText(text=masked.text, spans=spans), as_json, masked.text)


@coach.group()
def review() -> None:
    """Your drafts."""


def as_person(command: Callable[..., None]) -> Callable[..., None]:
    """Hand a command its parts and the id of the person who acts, from --as or COACH_AS."""

    @acting
    @as_json
    @wraps(command)
    def wrapped(email: str, **rest: Any) -> None:
        parts = join_parts()
        command(parts, person_at_terminal(parts, email or load_settings().as_).id, **rest)

    return wrapped


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


@coach.command()
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


@coach.group()
def people() -> None:
    """The people and pairs of your programme."""


@people.command("import")
@click.argument("file", metavar="FILE.csv")
@click.option("--programme", default="", metavar="NAME", help="The programme that you mean; refused unless you coordinate it.")
@click.option("--yes", is_flag=True, help="Write what the preview shows.")
@as_person
def people_import(parts: Parts, actor: str, file: str, programme: str, yes: bool, as_json: bool) -> None:
    """Add people and pairs from a CSV file (- for standard input); without --yes only a preview."""
    data = read_bytes(file, MOST_BYTES, "a list of people", "CSV")
    found = (importing.import_people if yes else importing.preview)(parts, actor, data, programme)
    for note in found.notes:
        click.echo(f"Note: {note}", err=True)
    show(report(found, yes), as_json, in_words(found, yes))
    if not yes and not as_json and found.plan.changes:
        click.echo("Add --yes to write it.", err=True)


@coach.group()
def audit() -> None:
    """The record of who did what."""


@audit.command("verify")
@as_json
def audit_verify(as_json: bool) -> None:
    """Check that no row of the audit trail was changed, added or taken out."""
    found = verify_audit(join_parts())
    result = AuditVerified(rows=found.rows, intact=found.first_wrong is None, first_wrong=found.first_wrong)
    show(result, as_json, f"{found.rows} rows, all intact." if result.intact else f"Row {found.first_wrong} of {found.rows} does not fit.")
    if not result.intact:
        sys.exit(1)


@coach.command()
@as_json
def doctor(as_json: bool) -> None:
    """Look whether everything is well; asks the model two small questions that hold nobody's text."""
    settings = load_settings()
    found = examine(join_parts(settings), settings)
    result = DoctorReport(fine=found.fine, findings=tuple(OutputFinding(name=f.name, fine=f.fine, said=f.said) for f in found.findings))
    show(result, as_json, "\n".join(f"{'well ' if f.fine else 'WRONG'}  {f.name}: {f.said}" for f in found.findings))
    if not found.fine:
        sys.exit(1)


if __name__ == "__main__":
    main()
