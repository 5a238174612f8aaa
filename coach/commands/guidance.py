"""`coach guidance`: the documents, and what they answer."""

import sys
from pathlib import Path

import click

from coach.bootstrap import join_parts
from coach.commands.frame import acting, as_json, show
from coach.commands.progress import Progress
from coach.domain.guidance import Document, FoundPassage, Origin, SearchScope
from coach.domain.outputs import (
    AddedFile,
    GuidanceAdded,
    GuidanceAnswer,
    GuidanceBatchAnswer,
    GuidanceList,
    GuidanceRemoved,
    OutputDocument,
    OutputLeftOut,
    OutputPassage,
)
from coach.domain.people import Person
from coach.domain.text import for_terminal, one_line
from coach.errors import CoachError, InputRefused
from coach.services.files import read_bytes
from coach.services.guidance import add_file, find_own, remove
from coach.services.parts import Parts
from coach.services.programme_access import INSTALLATION, Acting
from coach.services.signing_in import person_at_terminal
from coach.services.terminal_guidance import MOST_BATCH_BYTES, Seen, document_files, questions_in, read_document_file, seen_unnamed
from coach.settings import load_settings

AT_A_TIME = 64  # questions between two looks at the clock
NOT_ALL = "Documents of single programmes were left out ({} of them); --as E-MAIL shows those of that person's programme."

scoped = click.option(
    "--scope",
    default="all",
    type=click.Choice([scope.value for scope in SearchScope]),
    help="Only what was added, only what ships, or all.",
)


@click.group()
def guidance() -> None:
    """The guidance documents."""


@guidance.command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--replace", is_flag=True, help="Replace a document of the same file name.")
@click.option("--for-all", is_flag=True, help="For every programme of this installation, whatever COACH_AS says.")
@acting
@as_json
def guidance_add(paths: tuple[str, ...], replace: bool, for_all: bool, email: str, as_json: bool) -> None:
    """Add documents, or folders of them: Markdown, text, HTML, DOCX, PPTX or PDF."""
    if for_all and email:
        raise click.UsageError("--for-all acts for the whole installation, so it takes no --as.")
    parts = join_parts()
    person = None if for_all else _named(parts, email)
    files = list(document_files(paths))
    if not files:
        raise InputRefused("There is no document in there; name Markdown, text, HTML, DOCX, PPTX or PDF files, or a folder of them.")
    done = _add_all(parts, person.id if person else INSTALLATION, files, replace)
    refused = [file for file in done if file.outcome == "refused"]
    if any(file.outcome in ("added", "replaced") for file in done):
        _catch_up(parts, person.programme_id if person else None)
    show(GuidanceAdded(files=tuple(done)), as_json, "\n".join(map(_line_of, done)))
    if refused:
        rest = "; the others are in the guidance" if len(refused) < len(done) else ""
        click.echo(f"{len(refused)} of {len(done)} files were refused{rest}.", err=True)
        sys.exit(1)


@guidance.command("list")
@acting
@as_json
def guidance_list(email: str, as_json: bool) -> None:
    """List the documents that a programme sees."""
    parts = join_parts()
    documents = tuple(_listed(d) for d in parts.library.documents(_seen(parts, email)))
    show(GuidanceList(documents=documents), as_json, "\n".join(f"{d.file}  {d.title}{_whose(d)}" for d in documents))


@guidance.command("remove")
@click.argument("document", metavar="DOCUMENT")
@acting
@as_json
def guidance_remove(document: str, email: str, as_json: bool) -> None:
    """Remove an added document, named by its id or its file name."""
    parts = join_parts()
    person = _named(parts, email)
    actor: Acting = person.id if person else INSTALLATION
    gone = remove(parts, actor, find_own(parts, actor, document).id)
    show(GuidanceRemoved(id=gone.id, file=gone.file), as_json, f"Removed {gone.file}. Drafts that cite it keep the words that they cited.")


@guidance.command("search")
@click.argument("question", required=False)
@click.option("--batch", metavar="FILE.jsonl", help='Questions from a file, a line {"id","question"} each; - for standard input.')
@click.option("-k", "k", default=5, type=click.IntRange(1, 50), help="How many passages at most.")
@scoped
@acting
@as_json
def guidance_search(question: str | None, batch: str | None, k: int, scope: str, email: str, as_json: bool) -> None:
    """Find the passages that answer a question, or each of many."""
    if (question is None) == (batch is None):
        raise click.UsageError("Give a QUESTION, or --batch FILE.jsonl.")
    if batch is not None:
        _search_batch(batch, k, SearchScope(scope), email)
        return
    if not question or not question.strip():
        raise InputRefused("The question is empty; ask in your own words.")
    parts = join_parts()
    found = parts.library.search(question, k, _seen(parts, email), SearchScope(scope))
    passages = _passages(found.passages)
    lines = ["The guidance does not seem to cover this; the nearest passages are:"] if found.abstained else []
    lines += [f"\n{p.document} > {p.section} ({p.file}, {p.score:.2f})\n{p.text}" for p in passages]
    show(GuidanceAnswer(passages=passages, abstained=found.abstained), as_json, "\n".join(lines).strip())


def _search_batch(batch: str, k: int, scope: SearchScope, email: str) -> None:
    """Print one line of JSON for each question, in order; nothing is printed where any line is not right."""
    raw = read_bytes(batch, MOST_BATCH_BYTES, "a file of questions", "JSON lines")
    asked = questions_in(raw, "standard input" if batch == "-" else Path(batch).name)
    parts = join_parts()
    programme_id = _seen(parts, email)
    progress = Progress("Answering")
    for start in range(0, len(asked), AT_A_TIME):
        part = asked[start : start + AT_A_TIME]
        answers = parts.library.search_all({str(i): one.question for i, one in enumerate(part)}, k, programme_id, scope)
        for i, one in enumerate(part):
            found = answers[str(i)]
            click.echo(GuidanceBatchAnswer(id=one.id, passages=_passages(found.passages), abstained=found.abstained).model_dump_json())
        progress(start + len(part), len(asked))


def _named(parts: Parts, email: str) -> Person | None:
    """Return the person of --as or COACH_AS; None where nobody is named, and whoever runs the installation acts."""
    chosen = email or load_settings().as_
    return person_at_terminal(parts, chosen) if chosen else None


def _seen(parts: Parts, email: str) -> str | None:
    """Return the id of the programme whose guidance is meant, and say on standard error what is left out where nobody is named."""
    person = _named(parts, email)
    seen = Seen(person.programme_id, 0) if person else seen_unnamed(parts)
    if seen.left_out:
        click.echo(NOT_ALL.format(seen.left_out), err=True)
    return seen.programme_id


def _add_all(parts: Parts, actor: Acting, files: list[Path], replace: bool) -> list[AddedFile]:
    """Add each file by itself, so that one that is refused keeps no other out."""
    progress = Progress("Adding")
    done, names = [], set()
    for path in files:
        # Two files of one name in one go are a mistake: the second would take the first one's place.
        done.append(_add_one(parts, actor, path, replace and path.name not in names))
        names.add(path.name)
        progress(len(done), len(files))
    return done


def _add_one(parts: Parts, actor: Acting, path: Path, replace: bool) -> AddedFile:
    try:
        made = add_file(parts, actor, read_document_file(path), path.name, replace)
    except CoachError as error:
        return _refused(path, str(error))
    except Exception as error:  # the other files go on; no message of it, which could hold what stands in the file
        return _refused(path, f"Something went wrong inside the coach ({type(error).__name__}).")
    left_out = tuple(OutputLeftOut(what=left.what, count=left.count) for left in made.left_out)
    return AddedFile(file=made.document.file, outcome=made.outcome.value, id=made.document.id, left_out=left_out, why=None)


def _refused(path: Path, why: str) -> AddedFile:
    # A name of the disk may hold half a character, which no JSON can, or letters that command a terminal.
    return AddedFile(file=one_line(for_terminal(path.name)), outcome="refused", id=None, left_out=(), why=one_line(for_terminal(why)))


def _catch_up(parts: Parts, programme_id: str | None) -> None:
    """Build the index now rather than at the next question; what is in the database stays there whatever happens."""
    try:
        parts.library.catch_up(programme_id, Progress("Indexing"))
    except Exception as error:  # no message but our own, any other could hold what stands in a document
        why = str(error) if isinstance(error, CoachError) else f"Something went wrong inside the coach ({type(error).__name__})."
        click.echo(f"The documents are kept, but their index is not built yet. {why}", err=True)


def _listed(d: Document) -> OutputDocument:
    belongs = "product" if d.origin is Origin.SHIPPED else "programme" if d.programme_id else "installation"
    return OutputDocument(
        id=d.id, file=d.file, title=d.title, origin=d.origin, belongs_to=belongs, version=d.version, audience=d.audience, stage=d.stage
    )  # fmt: skip


def _whose(d: OutputDocument) -> str:
    return {"product": "", "installation": "  (added, for every programme)", "programme": "  (added)"}[d.belongs_to]


def _line_of(file: AddedFile) -> str:
    left = ", ".join(f"{left.what} ({left.count})" for left in file.left_out)
    return f"{file.outcome}: {file.why or file.file}" + (f"; left out: {left}" if left else "")


def _passages(found: tuple[FoundPassage, ...]) -> tuple[OutputPassage, ...]:
    return tuple(
        OutputPassage(file=p.passage.file, document=p.passage.document, section=p.passage.section, text=p.passage.text, score=p.score)
        for p in found
    )
