"""Agendas in the shape that a model returns: written by hand for four situations, or built from any prompt."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.domain.brief import Brief

from .material import Material, material
from .request import Request

WRITTEN = Path(__file__).parent / "completions"
BRIEFS = Path(__file__).parent / "briefs"
LONGEST_TITLE = 90  # characters of a goal's title that an item repeats
URGENT = ("stalled", "set_back", "not_discussed", None, "advanced", "achieved")  # what needs the session most comes first


@dataclass(frozen=True)
class Box:
    """A part of a session before its minutes are known."""

    weight: float
    title: str
    lead: str
    questions: tuple[str, ...] = ()
    goal: str | None = None


def written(name: str) -> str:
    """Return the agenda that was written by hand under this name, as its file has it."""
    return (WRITTEN / f"{name}.json").read_text(encoding="utf-8")


def brief_for(name: str) -> Brief:
    """Return the brief that the agenda of this name was written for; its guidance keys are those that the shipped guidance got for it."""
    return Brief.model_validate_json((BRIEFS / f"{name}.json").read_text(encoding="utf-8"))


def good_agenda(request: Request) -> str:
    """Return a sensible agenda for the material in a request's prompt, as JSON; the same prompt gets the same agenda."""
    return json.dumps(agenda_for(material(request.prompt)), ensure_ascii=False)


def agenda_for(given: Material) -> dict[str, Any]:
    """Return a sensible agenda for some material."""
    goals = sorted(given.goals, key=_urgency)
    boxes = {"first": _first, "middle": _middle, "last": _last}[given.kind](given, goals)
    boxes = _that_fit(boxes, given.usable)
    placed = {box.goal for box in boxes}
    later = [goal for goal in goals if goal["id"] not in placed]
    return {
        "purpose": _purpose(given.kind, boxes),
        "items": [_item(box, minutes, given) for box, minutes in zip(boxes, _shared(boxes, given.usable), strict=True)],
        "left_for_later": [{"goal": goal["id"], "how": _how(goal, i)} for i, goal in enumerate(later)],
        "preparation": _preparation(given.kind),
        "close": _close(given.kind),
    }


def title_of(goal: dict[str, Any]) -> str:
    """Return a goal's title, cut between words where it is long."""
    title = " ".join(str(goal.get("title") or "The goal that we agreed").split())
    return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rsplit(" ", 1)[0]


def _urgency(goal: dict[str, Any]) -> int:
    status = goal.get("status")
    return URGENT.index(status) if status in URGENT else URGENT.index(None)


# ---------------------------------------------------------------- the boxes of each kind of session


def _first(given: Material, goals: list[dict[str, Any]]) -> list[Box]:
    hopes = (
        "What made you say yes to this, [MENTEE], and what nearly made you say no?",
        "What worries each of us about turning the usual order round, and what would ease it?",
    )
    rules = ("What would you need to know about what stays between us before you could be frank, [MENTEE]?",)
    look = ("What would people around you notice if this went well, [MENTEE], and how would we count it?",)
    goal = goals[0] if goals else {}
    return [
        Box(0.24, "Hopes and worries, each in our own words", "both", hopes),
        Box(0.28, "What stays between us, where that ends, and our ground rules", "mentor", rules),
        Box(0.14, "Rhythm and channel, with both calendars open", "mentee"),
        Box(0.22, f"A first look at goals{': ' + title_of(goal) if goal else ''}", "mentor", look, goal.get("id")),
        Box(0.12, "Close: who does what, and when we meet next", "mentor"),
    ]


def _middle(given: Material, goals: list[dict[str, Any]]) -> list[Box]:
    boxes: list[Box] = []
    if given.actions:
        promised = ("Which of these happened, [MENTEE], what did you see when it did, and what do we keep, change or drop?",)
        boxes.append(Box(0.14, "What we promised last time", "mentee", promised))
    if goals:
        boxes.append(Box(0.42, f"{title_of(goals[0])}: {_angle(goals[0])}", "mentor", _about(goals[0]), goals[0]["id"]))
    if given.wishes:
        raised = (
            "[MENTOR] describes what was done and heard; how was it from where you stood, [MENTEE]?",
            "What is the smallest thing to try before we meet again, and how would we both see it?",
        )
        boxes.append(Box(0.26, "Something that [MENTOR] would like to raise", "mentor", raised))
    if not goals and not given.wishes:
        boxes.append(
            Box(
                0.5,
                "What to work on next",
                "mentor",
                ("What have you noticed since we last met, [MENTEE], that you would have missed before?",),
            )
        )
    return [*boxes, Box(0.14, "Close: owners, dates, next time", "mentor")]


def _last(given: Material, goals: list[dict[str, Any]]) -> list[Box]:
    changed = ("What do you do differently now, [MENTEE], since when, and who can see it?",)
    ended = [Box(0.4 / min(2, len(goals)), f"Where it ended: {title_of(goal)}", "mentor", changed, goal["id"]) for goal in goals[:2]]
    stays = ("Which part of this will slip first, [MENTEE], and what have you put in place against it?",)
    credit = ("What did each of us bring to this that the other would not have had?",)
    return [
        *([Box(0.1, "Last promises: done, dropped or handed on", "mentee")] if given.actions else []),
        *(ended or [Box(0.4, "What has changed", "mentor", changed)]),
        Box(0.18, "What carries on, who looks after it, and its first step", "mentee", stays),
        Box(0.16, "Credit, in equal parts", "both", credit),
        Box(0.14, "Close: what becomes of our notes, and a word on the whole of it", "mentor"),
    ]


def _angle(goal: dict[str, Any]) -> str:
    return {"stalled": "what stops it", "set_back": "what set it back", "advanced": "what moved it", "achieved": "what keeps it going"}.get(
        str(goal.get("status")), "where it stands"
    )


def _about(goal: dict[str, Any]) -> tuple[str, ...]:
    second = "What is the smallest step that would show us both whether this moves, and who sees it first?"
    first = {
        "stalled": "When did this last happen, [MENTEE], and what was different about the next time, when it did not?",
        "set_back": "What changed between the last time that this worked and the first time that it did not, [MENTEE]?",
        "advanced": "What did you do when this worked, [MENTEE], and what did others do then?",
        "achieved": "What keeps this going when nobody asks about it, [MENTEE]?",
    }.get(str(goal.get("status")), "What have you done or seen since we last spoke about this, [MENTEE]?")
    return (first, second)


# ---------------------------------------------------------------- minutes, guidance and the other parts


def _that_fit(boxes: list[Box], minutes: int) -> list[Box]:
    """Leave out the lightest boxes until each of the rest can have a minute."""
    kept = sorted(boxes, key=lambda box: -box.weight)[: max(1, minutes)]
    return [box for box in boxes if box in kept]


def _shared(boxes: list[Box], minutes: int) -> list[int]:
    """Divide the minutes by weight, at least one each; the heaviest box takes what rounding leaves."""
    total = sum(box.weight for box in boxes)
    parts = [max(1, int(minutes * box.weight / total)) for box in boxes]
    heaviest = max(range(len(boxes)), key=lambda i: boxes[i].weight)
    parts[heaviest] += minutes - sum(parts)
    return parts


def _item(box: Box, minutes: int, given: Material) -> dict[str, Any]:
    return {
        "minutes": minutes,
        "title": box.title,
        "goal": box.goal,
        "lead": box.lead,
        "questions": list(box.questions),
        "guidance": _guidance(box, given),
    }


def _guidance(box: Box, given: Material) -> list[str]:
    """Return the key of the passage that shares most words with an item, if any does."""
    wanted = _words(f"{box.title} {' '.join(box.questions)}")
    shared = {str(p["key"]): len(wanted & _words(f"{p.get('section', '')} {p.get('text', '')}")) for p in given.guidance}
    best = max(shared, key=lambda key: shared[key], default="")
    return [best] if shared.get(best) else []


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{5,}", text.lower()))


def _purpose(kind: str, boxes: list[Box]) -> str:
    if kind == "first":
        return (
            "For [MENTOR] and [MENTEE] to agree how we work together, what stays between us and what cannot, and what each of us hopes for."
        )
    if kind == "last":
        return "To say plainly what changed and what did not, settle what carries on without these sessions, and share the credit equally."
    topic = next((box.title for box in boxes if box.goal), "what [MENTOR] and [MENTEE] work on next")
    return f"To get further with “{topic}”, and to leave nothing that was promised hanging."


def _how(goal: dict[str, Any], place: int) -> str:
    if goal.get("status") == "achieved":
        return "Achieved, so nothing to do today: at the review [MENTEE] says in a line whether it has held."
    if place == 0:
        return "First next time, straight after what was promised."
    return "[MENTEE] sends [MENTOR] a line on where it stands by ____."


def _preparation(kind: str) -> list[str]:
    if kind == "first":
        return [
            "Both: read the agreement and mark what you would change.",
            "[MENTEE]: write down a hope and a worry; [MENTOR] does the same.",
        ]
    if kind == "last":
        return [
            "Both: note something that the other did which made a difference.",
            "[MENTEE]: bring a fact for each goal: what is so now, and since when.",
        ]
    return [
        "[MENTEE]: bring an occasion that shows where this stands.",
        "[MENTOR]: bring something that you saw yourself, as it happened and without other people’s names.",
    ]


def _close(kind: str) -> list[str]:
    if kind == "last":
        return [
            "Each action that outlives our sessions: ____, owner ____, by ____.",
            "A look back together: ____, or none, on purpose.",
            "A word each on the whole of it: ____.",
        ]
    return [
        "Each action that we keep or add: ____, owner ____, by ____.",
        "Next session: ____ at ____.",
        "A word each on this meeting: what helped ____, what to change ____.",
    ]
