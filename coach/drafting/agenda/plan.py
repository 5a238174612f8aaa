"""Lay out a session: which boxes, in which order, for how many minutes, about what."""

import re
from dataclasses import dataclass, replace

from coach.domain.agenda import Lead
from coach.domain.brief import LEAST_MINUTES, MOST_MINUTES, Brief, BriefGoal
from coach.domain.sessions import GoalStatus
from coach.drafting.agenda.focus import Focus, read_focus
from coach.drafting.agenda.times import share, usable
from coach.drafting.agenda.topics import SessionKind, Topic, choose_topics, session_kind, topic_places
from coach.drafting.voice import Voice, voice_of

LEAST_FOR_TWO = 8  # minutes in which a wish and a goal can still both be spoken about
USUAL_MINUTES = 45  # between the usual 30 and 60, where the brief does not say


@dataclass(frozen=True)
class Box:
    """One part of the session; `key` names its purpose, `topic` what it is about."""

    key: str
    lead: Lead
    minutes: int = 0
    weight: float = 1.0
    topic: Topic | None = None


@dataclass(frozen=True)
class Plan:
    """A session laid out, before any words."""

    brief: Brief
    voice: Voice
    focus: Focus
    kind: SessionKind
    minutes: int
    boxes: tuple[Box, ...]
    later: tuple[BriefGoal, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return what the session is about, weightiest first."""
        return tuple(box.topic for box in self.boxes if box.topic is not None)


def minutes_of(brief: Brief) -> int | None:
    """Return the session's minutes from the brief or from the answer to the question about them."""
    if brief.session.minutes is not None:
        return brief.session.minutes
    return said_minutes(brief.answers.get("minutes", ""))


def said_minutes(answer: str) -> int | None:
    """Return the minutes that an answer states ("45", "about 40 minutes", "1.5 hours", "half an hour"), if they fit a session."""
    text = answer.lower()
    if hours := re.search(r"(?<![\d.,-])([0-9]{1,2}(?:\.[0-9]{1,2})?)\s*(?:h|hrs?|hours?)\b", text):
        minutes = round(float(hours[1]) * 60)
    elif "half an hour" in text:
        minutes = 30
    elif re.search(r"\b(?:an|one) hour\b", text):
        minutes = 60
    else:
        found = re.search(r"(?<![\w.,-])([0-9]{1,3})(?![\w²³]|[.,:][0-9])", text)
        minutes = int(found[1]) if found else 0
    return minutes if LEAST_MINUTES <= minutes <= MOST_MINUTES else None


def make_plan(brief: Brief) -> Plan:
    """Return the layout for this brief; times sum with a tenth of slack."""
    voice = voice_of(brief.pair, brief.session.date)
    said = " ".join(part for part in (brief.focus, brief.answers.get("topic", "")) if part)
    agreed = [g.title + " " + g.measure for g in brief.goals] + [a.text for a in brief.actions]
    roles = [brief.pair.mentor.role, brief.pair.mentee.role, brief.programme.name, brief.previous_summary]
    focus = read_focus(said, brief.pair, voice, " ".join(agreed + roles))
    kind = session_kind(brief)
    minutes = minutes_of(brief) or USUAL_MINUTES
    lay_out = {SessionKind.FIRST: _first, SessionKind.MIDDLE: _middle, SessionKind.LAST: _last}[kind]
    boxes, later = lay_out(brief, focus, usable(minutes))
    times = share(usable(minutes), [box.weight for box in boxes])
    timed = tuple(replace(box, minutes=time) for box, time in zip(boxes, times, strict=True))
    return Plan(brief, voice, focus, kind, minutes, timed, tuple(later))


def _first(brief: Brief, focus: Focus, available: int) -> tuple[list[Box], list[BriefGoal]]:
    boxes = [Box("rules", "mentor", weight=0.26), Box("hopes", "mentor", weight=0.26)]
    if available >= 25:
        boxes.append(Box("rhythm", "mentee", weight=0.16))
    topics, later = choose_topics(brief, focus.shared, 1)
    if topics:  # a wish with too little in it makes no topic
        boxes.append(Box("first_goal", "mentor", weight=0.2, topic=topics[0]))
    elif available >= 25:
        boxes.append(Box("first_goals", "mentor", weight=0.2))
    return [*boxes, Box("close", "mentor", weight=0.12)], later


def _middle(brief: Brief, focus: Focus, available: int) -> tuple[list[Box], list[BriefGoal]]:
    opening, close = min(5, max(1, round(available * 0.06))), min(12, max(2, round(available * 0.13)))
    n = len(brief.open_actions)
    actions = min(max(2, round(available * 0.2)), max(2, round(available * 0.1), 2 * n)) if n else 0
    for_topics = available - opening - close - actions
    places = topic_places(for_topics)
    if places == 1 and focus.shared and brief.goals and for_topics >= LEAST_FOR_TWO:
        places = 2  # a wish of the mentor's never takes the only place from the goals
    topics, later = choose_topics(brief, focus.shared, places)
    boxes = [Box("opening", "mentor", weight=opening)]
    if n:
        boxes.append(Box("actions", "mentee", weight=actions))
    if not topics:
        boxes.append(Box("open_topic", "mentor", weight=for_topics))
    weights = share(for_topics, [1.6] + [1.0] * (len(topics) - 1)) if topics else []
    boxes += [Box("topic", "mentor", weight=w, topic=topic) for topic, w in zip(topics, weights, strict=True)]
    return [*boxes, Box("close", "mentor", weight=close)], later


def _last(brief: Brief, focus: Focus, available: int) -> tuple[list[Box], list[BriefGoal]]:
    places = max(1, min(len(brief.goals) + bool(focus.shared), int(available * 0.55) // 6, 5))
    topics, later = choose_topics(brief, focus.shared, places)
    achieved = [goal for goal in later if goal.status is not None][: max(0, places - len(topics))]
    topics += [Topic(goal) for goal in achieved]
    later = [goal for goal in later if goal not in achieved]
    gains = (GoalStatus.ACHIEVED, GoalStatus.ADVANCED)
    topics.sort(key=lambda t: gains.index(t.goal.status) if t.goal and t.goal.status in gains else len(gains))
    outcome: list[Box] = [Box("outcome", "mentor", weight=0.55 / len(topics), topic=topic) for topic in topics]
    outcome = outcome or [Box("outcomes", "mentor", weight=0.5)]
    actions = [Box("actions", "mentee", weight=0.1)] if brief.open_actions else []
    rest = [Box("carry", "mentor", weight=0.15), Box("credit", "mentee", weight=0.12), Box("close", "mentor", weight=0.12)]
    return [*actions, *outcome, *rest], later
