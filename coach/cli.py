"""The command line: the same services as the app, for a terminal."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from coach.bootstrap import join_parts
from coach.commands.ask import ask
from coach.commands.evaluate import evaluate
from coach.commands.frame import as_json, show
from coach.commands.guidance import guidance
from coach.commands.people import people
from coach.commands.review import release, review
from coach.domain.drafts import DraftKind
from coach.domain.outputs import AuditVerified, DoctorReport, MaskedSpan, MaskedText, OutputFinding, Serving
from coach.domain.text import for_terminal
from coach.errors import CoachError
from coach.services import masking
from coach.services.accounting import verify_audit
from coach.services.briefs import read_brief
from coach.services.doctor import examine
from coach.services.drafting import BUILTIN, OPENAI, make_draft, make_draft_or_builtin
from coach.services.files import read_bytes, refuse_busy_port
from coach.services.provider_file import provider_file
from coach.services.sample import load_demonstration
from coach.settings import load_settings


def main() -> None:
    """Run the command line; every error a person can cause is one plain sentence and exit code 1."""
    try:
        coach.main(standalone_mode=True)
    except CoachError as error:
        click.echo(for_terminal(str(error)), err=True)
        sys.exit(1)
    except Exception as error:  # the last line of defence: no traceback, which could show what somebody wrote
        click.echo(f"Something went wrong inside the coach ({type(error).__name__}); nothing was changed by this command.", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reverse-mentoring-coach", prog_name="coach")
def coach() -> None:
    """Drafts for reverse mentoring, grounded in guidance, reviewed by a human before they go anywhere."""


coach.add_command(ask)
for group in (evaluate, guidance, people, release, review):
    coach.add_command(group)


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
        state = "loaded" if load_demonstration(parts) else "present"
    chosen = port or settings.port
    refuse_busy_port(settings.host, chosen)
    url = f"http://{'localhost' if settings.host in ('127.0.0.1', '0.0.0.0', '::') else settings.host}:{chosen}"
    show(Serving(url=url, sample=state), as_json, f"The app answers at {url} (Ctrl+C stops it).")
    sys.stdout.flush()
    app = Path(__file__).parent.parent / "app.py"
    flags = [f"--server.port={chosen}", f"--server.address={settings.host}", *provider]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(app), *flags])


@coach.command()
@click.argument("kind", metavar="KIND", type=click.Choice([DraftKind.AGENDA.value, DraftKind.SUMMARY.value]))
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
