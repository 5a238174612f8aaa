"""Read labelled session notes: a brief, and the summary that a careful reader would give."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from coach.domain.brief import Brief
from coach.domain.sessions import GoalStatus, Owner
from coach.errors import InputRefused
from coach.evaluation.lines import text_of


class GoldPart(BaseModel):
    """A part of the careful reader's answer; other keys are for people."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldGoal(GoldPart):
    """How a goal stands, and the shortest pieces of the notes that prove it."""

    id: str
    status: GoalStatus
    evidence: tuple[str, ...] = ()


class GoldAction(GoldPart):
    """An agreed action; leaving out an optional one is as right as listing it."""

    text: str
    owner: Owner | None = None
    due: date | None = None
    evidence: str = ""
    optional: bool = False


class GoldDecision(GoldPart):
    """What the two settled that is nobody's task."""

    text: str
    evidence: str = ""


class Gold(GoldPart):
    """The careful reader's answer."""

    goals: tuple[GoldGoal, ...]
    actions: tuple[GoldAction, ...] = ()
    decisions: tuple[GoldDecision, ...] = ()
    sensitive: tuple[str, ...] = ()
    safeguarding: bool = False


def _person(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class _Pair(GoldPart):
    mentor: Annotated[Any, BeforeValidator(_person)]
    mentee: Annotated[Any, BeforeValidator(_person)]


class _File(GoldPart):
    id: str
    pair: _Pair
    session: dict[str, Any]
    goals: tuple[dict[str, Any], ...]
    notes: str
    gold: Gold
    previous_actions: Annotated[tuple[dict[str, Any], ...], Field()] = ()


class NotesCase(BaseModel):
    """One set of notes with the brief that they belong to and the answer; `notes` stay exactly as they are in the file."""

    model_config = ConfigDict(frozen=True)

    id: str
    brief: Brief
    gold: Gold


def read_notes_cases(folder: Path) -> tuple[NotesCase, ...]:
    """Return the cases of a folder's .json files by name; raise InputRefused naming the file and the key that is wrong."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputRefused(f"There are no cases in {folder}; they should be files that end in .json.")
    return tuple(_case(path) for path in paths)


def _case(path: Path) -> NotesCase:
    try:
        told = _File.model_validate(json.loads(text_of(path)))
        brief = Brief.model_validate(
            {"pair": told.pair.model_dump(), "session": told.session, "goals": told.goals, "actions": told.previous_actions, "notes": told.notes}
        )  # fmt: skip
    except ValidationError as error:
        where = ".".join(map(str, error.errors(include_url=False, include_input=False)[0]["loc"])) or "the file"
        raise InputRefused(f"{path.name} cannot be used: look at “{where}”.") from None
    except (ValueError, RecursionError):
        raise InputRefused(f"{path.name} holds no JSON object of a case.") from None
    ids = [goal.id for goal in told.gold.goals]
    if sorted(ids) != sorted(goal.id for goal in brief.goals):
        raise InputRefused(f"{path.name} cannot be used: “gold.goals” should hold each goal once.")
    return NotesCase(id=told.id, brief=brief, gold=told.gold)
