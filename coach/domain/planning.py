"""When a pair meets: what can be planned, which session is next, and friendly hints; a hint never blocks."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from pydantic import BaseModel, ConfigDict

from coach.domain.brief import LEAST_MINUTES, MOST_MINUTES
from coach.domain.days import in_words
from coach.domain.sessions import Session

SILENT_DAYS = 21  # no pair should be silent for longer
USUAL_DAYS = 28  # six sessions in six months
USUAL_MINUTES = (30, 45, 60)
NEAREST = timedelta(days=2)  # enough to prepare


class Slot(BaseModel):
    """When a session is to be, and whether it is the pair's last one."""

    model_config = ConfigDict(frozen=True)

    on: date | None
    starts_at: time | None = None
    minutes: int = USUAL_MINUTES[1]
    last: bool = False

    def problem(self, starts: date) -> str | None:
        """Return in one sentence why a session of a pair that starts on this day cannot be then, or None."""
        if self.on is None:
            return "The session has no day yet; choose one."
        if self.on < starts:
            return f"Your pair starts on {in_words(starts)}; choose that day or a later one."
        if not LEAST_MINUTES <= self.minutes <= MOST_MINUTES:
            return f"A session has {LEAST_MINUTES} to {MOST_MINUTES} minutes; 30, 45 or 60 are usual."
        return None


def slot_of(session: Session) -> Slot:
    """Return when a session is."""
    return Slot(on=session.on, starts_at=session.starts_at, minutes=session.minutes, last=session.last)


def planned(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Return the sessions that are still to be held, the earliest first."""
    return tuple(sorted((s for s in sessions if not s.held), key=lambda s: (s.on, s.starts_at or time.min, s.number)))


def held(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Return the sessions that took place, the earliest first."""
    return tuple(sorted((s for s in sessions if s.held), key=lambda s: (s.on, s.number)))


def is_finished(sessions: Iterable[Session]) -> bool:
    """Tell whether a pair has met for the last time: its last session was held, and nothing is planned."""
    known = tuple(sessions)
    return any(s.last for s in held(known)) and not planned(known)


def suggested(sessions: Iterable[Session], today: date) -> Slot:
    """Return what a new session is offered: four weeks after the latest one, at the same time and length, on a working day."""
    latest = max(sessions, key=lambda s: s.on, default=None)
    day = max(today + NEAREST, latest.on + timedelta(days=USUAL_DAYS) if latest else today + NEAREST)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
    return Slot(on=day, starts_at=latest.starts_at, minutes=latest.minutes) if latest else Slot(on=day)


def hints(sessions: Iterable[Session], starts: date, ends: date | None, today: date) -> tuple[str, ...]:
    """Return what a mentor may want to know about the dates of a pair that is not over, one friendly sentence each."""
    known = tuple(sessions)
    if is_finished(known):
        return ()
    coming = planned(known)
    return tuple(
        hint for hint in (_silence(known, coming, starts, today), _after_the_end(coming, ends, today), _after_the_last(coming)) if hint
    )


def _silence(known: tuple[Session, ...], coming: tuple[Session, ...], starts: date, today: date) -> str | None:
    if coming:
        away = (coming[0].on - today).days
        said = f"Your next session is {away} days away. A short call or a message in between keeps the thread."
        return said if away > SILENT_DAYS else None
    met = held(known)
    since = (today - (met[-1].on if met else starts)).days
    what = "Your last session was" if met else "Your pair started"
    return f"{what} {since} days ago, and no session is planned. A short one soon keeps the thread." if since > SILENT_DAYS else None


def _after_the_end(coming: tuple[Session, ...], ends: date | None, today: date) -> str | None:
    late = next((s for s in coming if ends is not None and s.on > ends), None)
    if late is None or ends is None:
        return None
    return f"Session {late.number} is after your pair ends on {in_words(ends, today)}. Move it, or ask your coordinator for a later end."


def _after_the_last(coming: tuple[Session, ...]) -> str | None:
    last = next((s for s in coming if s.last), None)
    if last is None or last is coming[-1]:
        return None
    return f"Session {last.number} is marked as the last one, but session {coming[-1].number} comes after it."
