"""What every command shares: its options, who acts, and how a result is printed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from pydantic import BaseModel

from coach.bootstrap import join_parts
from coach.domain.text import for_terminal
from coach.services.signing_in import person_at_terminal
from coach.settings import load_settings

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of readable text.")
acting = click.option("--as", "email", default="", metavar="E-MAIL", help="Who acts; default COACH_AS.")


def show(result: BaseModel, as_json: bool, text: str) -> None:
    """Print a result to stdout, as JSON or as readable text."""
    click.echo(result.model_dump_json(indent=2) if as_json else for_terminal(text))


def as_person(command: Callable[..., None]) -> Callable[..., None]:
    """Hand a command its parts and the id of the person who acts, from --as or COACH_AS."""

    @acting
    @as_json
    @wraps(command)
    def wrapped(email: str, **rest: Any) -> None:
        parts = join_parts()
        command(parts, person_at_terminal(parts, email or load_settings().as_).id, **rest)

    return wrapped
