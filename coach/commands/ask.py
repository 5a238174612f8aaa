"""`coach ask`: one question, and the answer that the guidance gives, with its sources."""

import click

from coach.bootstrap import join_parts
from coach.commands.frame import acting, as_json, show
from coach.commands.guidance import NOT_ALL
from coach.domain.guidance import Contradiction
from coach.domain.outputs import AskAnswer, OutputContradiction, OutputPassage, OutputSide
from coach.services.answering import Answer, ask_at_terminal
from coach.services.terminal_guidance import seen_unnamed
from coach.settings import load_settings

NOT_COVERED = "The guidance does not seem to cover this."


@click.command()
@click.argument("question")
@acting
@as_json
def ask(question: str, email: str, as_json: bool) -> None:
    """Answer a question from the guidance, in its own sentences, or say that it does not cover it."""
    parts = join_parts()
    email = email or load_settings().as_
    answer = ask_at_terminal(parts, email, question)
    if not email and (left_out := seen_unnamed(parts).left_out):
        click.echo(NOT_ALL.format(left_out), err=True)
    if answer.note:
        click.echo(answer.note, err=True)
    show(_result(answer), as_json, _readable(answer))


def _result(answer: Answer) -> AskAnswer:
    nearest = tuple(
        OutputPassage(
            file=one.passage.file, document=one.passage.document, section=one.passage.section, text=one.passage.text, score=one.score
        )
        for one in answer.nearest
    )
    return AskAnswer(
        answer=answer.text,
        citations=answer.citations,
        abstained=answer.abstained,
        nearest=nearest,
        contradictions=tuple(map(_contradiction, answer.contradictions)),
        beyond=answer.beyond,
    )


def _contradiction(found: Contradiction) -> OutputContradiction:
    sides = tuple(
        OutputSide(holds=side.holds, file=side.passage.file, document=side.passage.document, section=side.passage.section, quote=side.quote)
        for side in found.sides
    )
    return OutputContradiction(point=found.point, sides=sides)


def _readable(answer: Answer) -> str:
    """Return the answer with its sources below, or what comes nearest where there is none."""
    if answer.abstained:
        near = [f"  {one.passage.document} > {one.passage.section} ({one.passage.file})" for one in answer.nearest]
        return "\n".join([f"{NOT_COVERED} {answer.beyond}".strip(), *(["", "Nearest to it:", *near] if near else [])])
    sources = [f"  [{c.key}] {c.document} > {c.section}" for c in answer.citations]
    lines = [answer.text, "", "Sources:", *sources]
    for found in answer.contradictions:
        lines += ["", f"Here the guidance contradicts itself: {found.point}"]
        lines += [f"  {side.holds} “{side.quote}” ({side.passage.document} > {side.passage.section})" for side in found.sides]
    return "\n".join([*lines, *(["", answer.beyond] if answer.beyond else [])])
