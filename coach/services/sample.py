"""Load the sample programme: fictional people in different stages, with agendas and summaries that took the real way."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection

from coach.domain.people import RoleName
from coach.reading.agreement_template import filled, read_agreement_template
from coach.services import preparing
from coach.services.guidance import add_file
from coach.services.parts import Parts
from coach.services.sample_summaries import WRITTEN, Written, approve_and_release, release_summary
from coach.settings import load_settings
from coach.store import programmes
from coach.store.clock import new_id

FOLDER = Path(__file__).parent.parent / "sample"
FILE, HANDBOOK = FOLDER / "programme.yaml", FOLDER / "quillmere-handbook.md"
SAME_FOR_ALL = ("roles", "problems", "leaving")  # what the sample's agreements say as the template does
SHOWCASE = "p01"  # left without an agenda, so that a newcomer drafts the first one

Planned = tuple[str, str, str]  # the pair's key, its mentor's id, the session's id


def load_demonstration(parts: Parts) -> bool:
    """Load the sample programme with a document of its own, once; tell whether it was loaded now."""
    if not load_sample(parts):
        return False
    address = yaml.safe_load(FILE.read_text(encoding="utf-8"))["coordinator"]["email"]
    with parts.database.read() as connection:
        coordinator = programmes.person_by_email(connection, address)
    assert coordinator is not None
    add_file(parts, coordinator.id, HANDBOOK.read_bytes(), HANDBOOK.name)
    return True


def load_sample(parts: Parts) -> bool:
    """Load the people, pairs and drafts of the sample programme once; tell whether they were loaded now."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    with parts.database.write() as connection:
        if any(p.sample for p in programmes.programmes(connection)):
            return False
        planned, written = _insert(connection, data, parts.today())
        pairs = {pair_id: programmes.pair_by_id(connection, pair_id) for pair_id, _ in written}
    for pair_id, told in written:  # before the agendas, which are drafted from what was said last
        pair = pairs[pair_id]
        assert pair is not None
        release_summary(parts, pair, told)
    for place, (key, mentor, session_id) in enumerate(planned):
        if key == SHOWCASE or place % 3 == 0:
            continue
        draft_id = preparing.draft_agenda(parts, mentor, session_id, "sample")
        if place % 3 == 1:
            approve_and_release(parts, mentor, draft_id)
    return True


def _insert(connection: Connection, data: dict[str, Any], today: date) -> tuple[list[Planned], list[tuple[str, Written]]]:
    """Insert everything and return each planned session, and by their pair's id the sessions of which a summary is to be released."""
    told = data["programme"]
    programme_id = new_id()
    programme = {key: told[key] for key in ("name", "label", "route", "objectives")}
    programme |= {
        "id": programme_id,
        "starts": _day(told["starts"], today),
        "ends": _day(told["ends"], today),
        "minimum_group": 5,
        "sample": True,
    }
    programmes.insert(connection, "programme", [programme])
    everybody = [data["coordinator"], *data["people"]]
    ids = {p["key"]: new_id() for p in everybody}
    people = [{k: v for k, v in p.items() if k != "key"} | {"id": ids[p["key"]], "programme_id": programme_id} for p in everybody]
    programmes.insert(connection, "person", people)
    roles = {(ids[data["coordinator"]["key"]], RoleName.COORDINATOR)}
    roles |= {(ids[pair[name]], name) for pair in data["pairs"] for name in (RoleName.MENTOR, RoleName.MENTEE)}
    programmes.insert(connection, "role", [{"person_id": person, "name": name} for person, name in sorted(roles)])
    names = {p["key"]: p["name"] for p in everybody}
    template = read_agreement_template(load_settings().knowledge)
    planned: list[Planned] = []
    written: list[tuple[str, Written]] = []
    for pair in data["pairs"]:
        words = filled(template, names[pair["mentor"]], names[pair["mentee"]], programme["route"])
        pair["agreement"] = {name: getattr(words, name) for name in SAME_FOR_ALL} | pair["agreement"]
        pair_id = new_id()
        ahead, told = _insert_pair(connection, pair, pair_id, ids, programme_id, today)
        planned += [(pair["key"], ids[pair["mentor"]], session_id) for session_id in ahead]
        written += [(pair_id, each) for each in told]
    return planned, written


def _insert_pair(
    connection: Connection, pair: dict[str, Any], pair_id: str, ids: dict[str, str], programme_id: str, today: date
) -> tuple[list[str], list[Written]]:
    """Insert a pair and return the ids of its planned sessions, and the sessions of which a summary is to be released."""
    row = {"id": pair_id, "programme_id": programme_id, "mentor_id": ids[pair["mentor"]], "mentee_id": ids[pair["mentee"]]}
    programmes.insert(connection, "pair", [row | {name: _day(pair[name], today) for name in ("starts", "review", "ends")}])
    terms = pair["agreement"]
    signed = {name: _day(terms.pop(name), today) for name in ("mentor_signed", "mentee_signed")}
    programmes.insert(connection, "agreement", [{"pair_id": pair_id, "terms": terms, **signed}])
    goals = [
        {k: v for k, v in goal.items() if k != "key"}
        | {
            "id": new_id(),
            "pair_id": pair_id,
            "place": place,
            "mentor_agreed": _day(pair["starts"], today),
            "mentee_agreed": _day(pair["starts"], today),
            "due": _day(goal["due"], today),
            "last_discussed": _working_day(_day(goal["last_discussed"], today)),  # as the session that gave it
        }
        for place, goal in enumerate(pair["goals"])
    ]
    programmes.insert(connection, "goal", goals)
    actions = [a | {"id": new_id(), "pair_id": pair_id, "place": i, "due": _day(a["due"], today)} for i, a in enumerate(pair["actions"])]
    programmes.insert(connection, "action", actions)
    told = [s.pop("progress", {}) for s in pair["sessions"]]
    beside = [{name: s.pop(name) for name in WRITTEN if name in s} for s in pair["sessions"]]
    sessions = [
        s | {"id": new_id(), "pair_id": pair_id, "on": _working_day(_day(s["on"], today)), "starts_at": time.fromisoformat(s["starts_at"])}
        for s in pair["sessions"]
    ]
    programmes.insert(connection, "session", sessions)
    goal_ids = {goal["key"]: row["id"] for goal, row in zip(pair["goals"], goals, strict=True)}
    history = [
        {"session_id": session["id"], "goal_id": goal_ids[key], "status": status, "reason": reason}
        for session, said in zip(sessions, told, strict=True)
        for key, (status, reason) in said.items()
    ]
    programmes.insert(connection, "goal_progress", history)
    written = [
        Written(s["id"], goal_ids, each["notes"], each.get("review", {}), each.get("response"), each.get("settled", False))
        for s, each in zip(sessions, beside, strict=True)
        if each
    ]
    return [s["id"] for s in sessions if not s["held"]], written


def _day(offset: int | None, today: date) -> date | None:
    return None if offset is None else today + timedelta(days=offset)


def _working_day(day: date | None) -> date | None:
    """Return the day, or the Monday after it where it falls on a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day and day.weekday() >= 5 else day
