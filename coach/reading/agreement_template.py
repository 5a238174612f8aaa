"""Read the template of an agreement: YAML with placeholders for the pair and the programme's human route."""

from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from coach.domain.agreements import problem_of, tidied, words_of
from coach.domain.people import Agreement
from coach.errors import InputRefused

NAME = "agreement-template.yaml"
PLACEHOLDERS = frozenset({"mentor", "mentee", "route"})
NEAREST = "the coordinator of our programme"  # stands for a route where the programme names none
WHO_HELPS = "whoever runs the coach can put it right. Nothing was changed."


def read_agreement_template(folder: Path) -> Agreement:
    """Return the template in this folder with its placeholders; raise InputRefused where it cannot be used."""
    try:
        data = yaml.safe_load((folder / NAME).read_text(encoding="utf-8"))
        template = Agreement.model_validate(data)
        strange = sorted((set(data) - set(words_of(template))) | _strange_placeholders(template))
    except (OSError, ValueError, yaml.YAMLError):
        raise InputRefused(f"The template {NAME} is missing or cannot be read; {WHO_HELPS}") from None
    if strange:
        raise InputRefused(f"The template {NAME} names {', '.join(strange)}, which no agreement has; {WHO_HELPS}")
    if problem_of(template):
        raise InputRefused(f"The template {NAME} lacks a part that every agreement needs, or has one that is too long; {WHO_HELPS}")
    return template


def filled(template: Agreement, mentor: str, mentee: str, route: str) -> Agreement:
    """Return the template's words for one pair."""
    values = {"mentor": mentor, "mentee": mentee, "route": route.strip() or NEAREST}
    words = {name: _fill(value, values) for name, value in template if isinstance(value, tuple | str)}
    return tidied(template.model_copy(update=words))


def _fill(value: Any, values: dict[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_fill(line, values) for line in value)
    return value.format_map(values) if type(value) is str else value


def _strange_placeholders(template: Agreement) -> set[str]:
    lines = [line for _, value in template for line in (value if isinstance(value, tuple) else (value,)) if type(line) is str]
    return {name for line in lines for _, name, _, _ in Formatter().parse(line) if name is not None and name not in PLACEHOLDERS}
