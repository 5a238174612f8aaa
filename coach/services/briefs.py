"""Make briefs: from what the store holds of a session, or from a JSON file."""

import json
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from coach.domain.brief import (
    Brief,
    BriefAction,
    BriefGoal,
    BriefPair,
    BriefPerson,
    BriefProgramme,
    BriefSession,
)
from coach.domain.drafts import DraftKind
from coach.domain.people import Pair
from coach.domain.review import StoredDraft
from coach.domain.sessions import Action, Goal, Session
from coach.errors import InputRefused, NotFound
from coach.language.sentences import shorten
from coach.store import notes, programmes

MOST_BYTES = 3_000_000  # the longest notes fit in any writing: 12 bytes a character where JSON escapes it
MOST_PROBLEMS = 3


# What is wrong, in words for the person who wrote the file, by pydantic's name for it.
PHRASES = {
    "extra_forbidden": "“{where}” is not a key of a brief",
    "missing": "“{where}” is missing",
    "model_type": "“{where}” should be an object in braces",
    "model_attributes_type": "“{where}” should be an object in braces",
    "dict_type": "“{where}” should be an object in braces",
    "tuple_type": "“{where}” should be a list in brackets",
    "string_type": "“{where}” should be text in quotation marks",
    "string_too_long": "“{where}” is longer than {max_length:,} characters, so shorten it",
    "string_too_short": "“{where}” is empty",
    "too_long": "“{where}” has more than {max_length} entries, so leave some out",
    "int_type": "“{where}” should be a whole number",
    "bool_type": "“{where}” should be true or false",
    "greater_than_equal": "“{where}” should be at least {ge}",
    "less_than_equal": "“{where}” should be at most {le}",
    "literal_error": "“{where}” should be {expected}",
}


def brief_for_session(connection: Connection, pair: Pair, session: Session, kind: DraftKind, author_id: str) -> Brief:
    """Return everything that the store holds for a draft of this kind about this session; notes are those of its author alone."""
    programme = programmes.programme_of(connection, pair.programme_id)
    by_day = sorted(programmes.sessions_of(connection, pair.id), key=lambda s: (s.on, s.number))
    earlier = [s for s in by_day if (s.on, s.number) < (session.on, session.number) and s.summary]
    about = kind is DraftKind.SUMMARY
    return Brief(
        pair=BriefPair(
            mentor=BriefPerson(name=pair.mentor.name, role=pair.mentor.role),
            mentee=BriefPerson(name=pair.mentee.name, role=pair.mentee.role),
        ),
        programme=BriefProgramme(name=programme.name, label=programme.label, route=programme.route),
        goals=tuple(_brief_goal(goal) for goal in programmes.goals_of(connection, pair.id) if goal.agreed),
        session=BriefSession(
            number=session.number, date=session.on, minutes=session.minutes, last=session.last, starts_at=session.starts_at
        ),
        previous_summary=earlier[-1].summary if earlier else "",
        actions=tuple(_brief_action(a) for a in programmes.actions_of(connection, pair.id) if not (about and a.session_id == session.id)),
        focus="" if about else session.focus,
        notes=notes.text_of(connection, session.id, author_id) if about else "",
        author="mentee" if about and author_id == pair.mentee.id else "mentor",
    )


def _brief_action(action: Action) -> BriefAction:
    return BriefAction(text=action.text, owner=action.owner, due=action.due, done=action.done)


def present_brief(connection: Connection, draft: StoredDraft, pair: Pair, answers: dict[str, str]) -> Brief:
    """Return what a draft would be made from today, with the answers that its author gave."""
    session = programmes.session_by_id(connection, draft.session_id)
    if session is None:
        raise NotFound("The session of this draft is not there any more.")
    return brief_for_session(connection, pair, session, draft.kind, draft.author_id).model_copy(update={"answers": answers})


def _brief_goal(goal: Goal) -> BriefGoal:
    return BriefGoal(**goal.model_dump(include=set(BriefGoal.model_fields)))


def read_brief(raw: bytes, name: str) -> Brief:
    """Return the brief in these bytes; raise InputRefused with one sentence that says what is wrong and where."""
    if len(raw) > MOST_BYTES:
        raise InputRefused(f"{name} has {len(raw) / 1e6:.1f} MB; a brief may have {MOST_BYTES / 1e6:.0f} MB at most, so shorten its texts.")
    if not raw.strip():
        raise InputRefused(f"{name} is empty; a brief is a JSON object with at least “pair”.")
    data = _json(raw, name)
    if not isinstance(data, dict):
        raise InputRefused(f"{name} holds no JSON object; a brief starts with {{ and names at least “pair”.")
    if data.get("pair") is None:
        raise InputRefused(f"{name} names no pair; add “pair” with the names of mentor and mentee.")
    try:
        return Brief.model_validate(data)
    except ValidationError as error:
        raise InputRefused(f"{name} cannot be used: {'; '.join(_problems(error))}.") from None


def _json(raw: bytes, name: str) -> Any:
    try:
        text = raw.decode("utf-8-sig")
        if "\x00" in text:
            raise ValueError("zero byte")
    except ValueError:
        raise InputRefused(f"{name} is not a text file in UTF-8; a brief is JSON text.") from None
    try:
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_twins)
        json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise InputRefused(f"{name} is not valid JSON: line {error.lineno}, column {error.colno}: {error.msg.lower()}.") from None
    except UnicodeEncodeError:
        raise InputRefused(f"{name} holds half of a character (a lone surrogate such as \\ud800); write the whole character.") from None
    except RecursionError:
        raise InputRefused(f"{name} is nested too deeply to be a brief.") from None
    except ValueError as error:
        said = "a number has too many digits" if "int_max_str_digits" in str(error) else str(error)
        raise InputRefused(f"{name} is not valid JSON: {said}.") from None
    return data


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON number")


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key “{_short(key)}” stands twice in one object")
        found[key] = value
    return found


def _problems(error: ValidationError) -> list[str]:
    """Return what is wrong, one phrase a place, the first few only."""
    found = [_problem(e) for e in error.errors(include_url=False, include_input=False)]
    more = len(found) - MOST_PROBLEMS
    return found[:MOST_PROBLEMS] + ([f"and {more} more"] if more > 0 else [])


def _problem(error: Any) -> str:
    parts = [f"[{p}]" if isinstance(p, int) else f".{p}" for p in error["loc"]]
    where = _short("".join(parts).lstrip("."), 120) or "the brief"
    kind, context = error["type"], error.get("ctx", {})
    if kind in PHRASES:
        return PHRASES[kind].format(where=where, **context)
    if kind == "value_error":
        return f"“{where}”: {context['error']}" if error["loc"] else str(context["error"])
    if kind == "enum":
        return f"“{where}” should be one of {str(context['expected']).replace(' or ', ', ')}"
    return f"“{where}” cannot be used as it is"


def _short(text: str, most: int = 60) -> str:
    return shorten(text, most) if text.split() else repr(text)
