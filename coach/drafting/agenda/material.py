"""What a model is shown of a brief: plain data, pseudonymised, with ids of its own for goals and passages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from coach.domain.brief import Brief, BriefGoal
from coach.domain.guidance import Passage
from coach.drafting.agenda.plan import Plan, make_plan
from coach.drafting.agenda.times import usable
from coach.drafting.engines import Supplied
from coach.drafting.fences import fenced
from coach.drafting.pseudonyms import Pseudonyms
from coach.language.private import private_kind, without_instructions
from coach.language.sentences import sentences, shorten

MOST_PASSAGES = 8
LONGEST_PASSAGE = 1_500  # characters; a passage is a section, seldom longer


@dataclass(frozen=True)
class Material:
    """A brief as a model sees it, with the way back: which goal and which passage an id stands for."""

    plan: Plan
    values: dict[str, str]
    goals: dict[str, BriefGoal]
    passages: dict[str, Passage]
    pseudonyms: Pseudonyms


def material(brief: Brief, supplied: Supplied) -> Material:
    """Return what the model is shown; nothing private of the mentor's focus is in it, and no person's name."""
    plan = make_plan(brief)
    goals = {f"g{i}": goal for i, goal in enumerate(brief.goals, 1)}
    unique = {p.id: p for found in supplied.values() for p in found}
    passages = {f"G{i}": p for i, p in enumerate(list(unique.values())[:MOST_PASSAGES], 1)}
    texts: list[str] = []
    _shown(plan, goals, passages, lambda text: _noted(without_instructions(text), texts))
    pseudonyms = Pseudonyms.of_pair(brief.pair, texts)
    shown = _shown(plan, goals, passages, lambda text: pseudonyms.mask(without_instructions(text)).text)
    return Material(plan, {name: fenced(name, data) for name, data in shown.items()}, goals, passages, pseudonyms)


def _shown(plan: Plan, goals: dict[str, BriefGoal], passages: dict[str, Passage], say: Callable[[str], str]) -> dict[str, Any]:
    """Return the data of each block; every text that somebody wrote goes through `say`."""
    brief, today = plan.brief, plan.brief.session.date
    return {
        "session": {
            "number": brief.session.number,
            "kind": plan.kind.value,
            "date": _day(today),
            "minutes": plan.minutes,
            "usable_minutes": usable(plan.minutes),
            "mentor_job": say(brief.pair.mentor.role),
            "mentee_job": say(brief.pair.mentee.role),
            "called": say(brief.programme.label),
        },
        "goals": [_goal(key, goal, today, say) for key, goal in goals.items()],
        "actions": [
            {"text": say(a.text), "owner": a.owner, "due": _day(a.due), "overdue": bool(today and a.due and a.due < today)}
            for a in brief.open_actions
        ],
        "wishes": [say(wish.text) for wish in plan.focus.shared],
        "summary": [say(s) for s in sentences(brief.previous_summary) if private_kind(s) is None],
        "layout": _layout(plan, goals),
        "guidance": [
            {"key": key, "document": say(p.document), "section": say(p.section), "text": say(shorten(p.text, LONGEST_PASSAGE))}
            for key, p in passages.items()
        ],
    }


def _noted(text: str, texts: list[str]) -> str:
    texts.append(text)
    return text


def _goal(key: str, goal: BriefGoal, today: date | None, say: Callable[[str], str]) -> dict[str, Any]:
    return {
        "id": key,
        "title": say(goal.title),
        "measure": say(goal.measure),
        "target": say(goal.target),
        "due": _day(goal.due),
        "overdue": bool(today and goal.due and goal.due < today),
        "status": goal.status,
        "last_discussed": _day(goal.last_discussed),
    }


def _layout(plan: Plan, goals: dict[str, BriefGoal]) -> list[dict[str, Any]]:
    keys = {goal.id: key for key, goal in goals.items()}
    return [
        {
            "for": box.key if box.topic is None else "a goal" if box.topic.goal else "what the mentor wants to raise",
            "goal": keys[box.topic.goal.id] if box.topic and box.topic.goal else None,
            "minutes": box.minutes,
            "lead": box.lead,
        }
        for box in plan.boxes
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
