"""`coach guidance`: the documents and what they answer."""

import click

from coach.bootstrap import join_parts
from coach.commands.frame import as_json, show
from coach.domain.outputs import GuidanceAnswer, GuidanceList, OutputDocument, OutputPassage
from coach.errors import InputRefused


@click.group()
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
