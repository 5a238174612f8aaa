"""`coach people`: the people and pairs of a programme."""

import click

from coach.commands.frame import as_person, show
from coach.domain.people_rows import MOST_BYTES
from coach.services import importing
from coach.services.files import read_bytes
from coach.services.import_report import in_words, report
from coach.services.parts import Parts


@click.group()
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
