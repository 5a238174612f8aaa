"""Take from a model's reading of one part of the notes what the notes bear out: quotes that stand there, and sentences that say no more than they.

A model is never taken at its word: owners and days are what code reads from the quoted words, and what is private stays so.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from coach.domain.drafts import CheckName
from coach.domain.sessions import GoalStatus, Owner
from coach.domain.summary import AgreedAction, ClosedAction, Decision, Evidence, GoalProgress, Sensitive, SensitiveKind, SummaryContent
from coach.domain.text import printable
from coach.drafting.agenda.adopt import UNFIT
from coach.drafting.checks import Facts, facts_of, unsupplied
from coach.drafting.summary.checks import facts_of_notes
from coach.drafting.summary.closed_actions import reports_done
from coach.drafting.summary.evidence import NotedText, proven
from coach.drafting.summary.material import Material
from coach.drafting.summary.ownership import owner_told
from coach.drafting.summary.parts import Part
from coach.drafting.summary.reasons import BY_STATUS, NOTHING_SAID
from coach.drafting.summary.wire import WireAction, WireDone, WireGoal, WireQuote, WireSensitive, WireSummary, WireTold
from coach.language.folding import visible
from coach.language.private import private_kind
from coach.language.quotes import overlaps
from coach.language.sentences import shorten, words
from coach.language.stems import stems
from coach.language.utterances import UtteranceKind

MOST_QUOTES, MOST_ACTIONS, MOST_LINES = 3, 40, 12
LONGEST_LINE = 300  # characters
LONGEST_BORROWED = 6  # words in a row that a reason may share with the notes, whose words readers see only where their author ticked them
LONGEST_ECHO = 3  # words in a row that may also stand in a private passage
LONGEST_READ = 1_000  # characters of a sentence that are looked at; no sentence of a summary is so long
LONGEST_PRIVATE = 2_000  # code points of one passage that a model calls private
_PLACEHOLDER = re.compile(r"\[(?:PERSON|EMAIL|PHONE|LINK|ID)_\d+[A-Z]?\]", re.IGNORECASE)


@dataclass(frozen=True)
class PartRead:
    """What was read in one part; `goals` holds only those that the reader spoke of."""

    content: SummaryContent
    said: tuple[str, ...] = ()
    removed: int = 0  # quotes that do not stand in the notes


def adopt_part(wire: WireSummary, shown: Material, part: Part) -> PartRead:
    """Return what of a model's reading of one part may stand."""
    private = tuple(_private(wire.sensitive, shown, part))
    desk = _Desk(shown, part, private)
    content = SummaryContent(
        goals=desk.goals(wire.goals),
        actions=tuple(desk.actions(wire.actions[:MOST_ACTIONS])),
        closed_actions=tuple(desk.done(wire.done[:MOST_ACTIONS])),
        decisions=tuple(Decision(text=text, evidence=(e,)) for text, e in desk.told(wire.decisions[:MOST_LINES], "a decision")),
        open_questions=tuple(dict.fromkeys(t for t, _ in desk.told(wire.open_questions[:MOST_LINES], "an open question", own=False))),
        sensitive=private,
        safeguarding=wire.safeguarding or any(s.kind is SensitiveKind.DISCLOSURE for s in private),
    )
    return PartRead(content, tuple(dict.fromkeys(desk.said)), desk.removed)


def _private(wired: Sequence[WireSensitive], shown: Material, part: Part) -> Iterable[Sensitive]:
    """Yield the passages of a part that a model calls private, each as the whole sentences that it touches."""
    notes = shown.brief.notes
    for one in wired[:MOST_ACTIONS]:
        for start, end in shown.stretches(one.quote):
            if part.start <= start and end <= part.end and end - start <= LONGEST_PRIVATE and not overlaps(start, end, shown.hidden):
                touched = [u for u in shown.utterances if u.start < end and start < u.end and u.end - u.start <= LONGEST_PRIVATE]
                start, end = min([start, *(u.start for u in touched)]), max([end, *(u.end for u in touched)])
                if quote := printable(notes[start:end]):
                    yield Sensitive(quote=quote, start=start, end=end, kind=SensitiveKind(one.kind))
                break


@dataclass
class _Desk:
    """Where one part's reading is gone through; notes what it changed."""

    shown: Material
    part: Part
    private: Sequence[Sensitive]
    said: list[str] = field(default_factory=list)
    removed: int = 0

    @cached_property
    def notes(self) -> NotedText:
        return self.shown.quotes_in(self.part, [(s.start, s.end) for s in self.private])

    @cached_property
    def _secret(self) -> tuple[Sensitive, ...]:
        return (*self.shown.read.sensitive, *self.private)

    @cached_property
    def _open_notes(self) -> str:
        """Return the notes without what is private or gives orders."""
        text = self.shown.brief.notes
        for start, end in (*self.shown.hidden, *((s.start, s.end) for s in self.private)):
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
        return text

    @cached_property
    def _facts(self) -> Facts:
        return facts_of_notes(self.shown.brief.model_copy(update={"notes": self._open_notes}))

    @cached_property
    def _facts_of_brief(self) -> Facts:
        return facts_of(self.shown.brief.model_copy(update={"notes": ""}), ())

    @cached_property
    def _only_secret(self) -> frozenset[str]:
        """Return the stems that stand in private passages and nowhere else."""
        brief = self.shown.brief
        known = " ".join(f"{g.title} {g.measure} {g.target}" for g in brief.goals)
        return frozenset(stems(" ".join(s.quote for s in self._secret)) - stems(f"{self._open_notes} {known}"))

    @cached_property
    def _runs(self) -> frozenset[tuple[str, ...]]:
        return _runs_of(words(self.shown.brief.notes), LONGEST_BORROWED + 1)

    @cached_property
    def _secret_runs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(run for s in self._secret for run in _runs_of(words(s.quote), LONGEST_ECHO + 1))

    def quote(self, wired: WireQuote) -> Evidence | None:
        """Return a quote with its place; None, and counted, where it does not stand or says nothing."""
        found = self.shown.located(wired.quote, wired.speaker, self.notes)
        if found is not None and (len(words(found.quote)) < 2 or self._runs_on(found)):
            found = None
        self.removed += found is None
        return found

    def _runs_on(self, found: Evidence) -> bool:
        """Tell whether a quote goes over from one list line into the next, which says something else."""
        touched = [u for u in self.shown.utterances if u.start < found.end and found.start < u.end]
        return len({u.line for u in touched}) > 1 and any(u.kind is UtteranceKind.BULLET for u in touched)

    def line(self, text: str, what: str, reason: bool = False) -> str:
        """Return a sentence as people read it; empty, and told to the author, where it says what it may not."""
        names, text = self.shown.pseudonyms, text[:LONGEST_READ]
        plain = " ".join(visible(names.restore(text)).split())
        why = self._unfit(text, plain, reason)
        if why:
            self.said.append(f"What the model wrote of {what} was not used, because {why}.")
        return "" if why else shorten(plain, LONGEST_LINE)

    def _unfit(self, text: str, plain: str, reason: bool) -> str:
        if not plain:
            return "it is empty"
        if strange := self.shown.pseudonyms.unknown(text):
            return f"it names {strange[0]}, who is nobody here"
        if (kind := private_kind(plain)) in UNFIT:
            return UNFIT[kind]
        told = words(plain)
        if self._secret_runs & _runs_of(told, LONGEST_ECHO + 1) or len(stems(plain) & self._only_secret) > 1:
            return "it touches what is for you alone"
        if found := unsupplied(plain, self._facts):
            return f"“{found[0].text}” stands in neither the notes nor the brief"
        if not reason:
            return ""
        if any(u.check is CheckName.NAMES for u in unsupplied(plain, self._facts_of_brief)) or self._names_others(text):
            return "it names somebody outside of the pair"
        return "it repeats the notes" if self._runs & _runs_of(told, LONGEST_BORROWED + 1) else ""

    def _names_others(self, text: str) -> bool:
        """Tell whether a text holds a person whom no goal names."""
        goals = " ".join(f"{g.title} {g.measure} {g.target}" for g in self.shown.brief.goals)
        return any(self.shown.pseudonyms.restore(m.group()) not in goals for m in _PLACEHOLDER.finditer(text))

    def goals(self, wired: Sequence[WireGoal]) -> tuple[GoalProgress, ...]:
        """Return the goals that exist, each once, in their order; of two statements with a quote the later one stands."""
        found: dict[str, GoalProgress] = {}
        for one in wired[: 4 * len(self.shown.goals)]:
            goal = self.shown.goals.get(one.goal.strip().lower())
            if goal is None:
                self.said.append("The model spoke of a goal that does not exist; that was left out.")
                continue
            read = self._goal(one, goal.id, goal.title)
            if goal.id in found:
                self.said.append(f"The model spoke of “{shorten(goal.title, 80)}” twice.")
                read = read if read.evidence or not found[goal.id].evidence else found[goal.id]
            found[goal.id] = read
        return tuple(found[goal.id] for goal in self.shown.goals.values() if goal.id in found)

    def _goal(self, one: WireGoal, goal_id: str, title: str) -> GoalProgress:
        status = GoalStatus(one.status)
        if status is GoalStatus.NOT_DISCUSSED:
            return GoalProgress(goal_id=goal_id, status=status, reason=NOTHING_SAID)
        kept = tuple(dict.fromkeys(e for quote in one.evidence[: 2 * MOST_QUOTES] if (e := self.quote(quote))))[:MOST_QUOTES]
        reason = self.line(one.reason, f"“{shorten(title, 80)}”", reason=True) if kept else ""
        return proven(GoalProgress(goal_id=goal_id, status=status, reason=reason or BY_STATUS[status]), kept)

    def actions(self, wired: Sequence[WireAction]) -> Iterable[AgreedAction]:
        """Yield the actions whose quote stands, with the owner and the day that code reads there."""
        for one in wired:
            evidence = self.quote(one.evidence)
            if evidence is None:
                continue
            known = next((a for a in self.shown.read.actions if _touches(a.evidence, evidence)), None)
            text = self.line(one.text, "an action") or (known.text if known else shorten(evidence.quote, LONGEST_LINE))
            owner = self._owner(Owner(one.owner) if one.owner else None, evidence, known, text)
            yield AgreedAction(text=text, owner=owner, due=self._due(one.due, evidence, known, text), evidence=(evidence,))

    def _owner(self, owner: Owner | None, evidence: Evidence, known: AgreedAction | None, text: str) -> Owner | None:
        read = known.owner if known else owner_told(self.shown.scene, evidence)
        if owner is None:
            return read if known else None
        if owner is read:
            return owner
        self.said.append(f"Please say who does “{shorten(text, 80)}”: the notes do not plainly name the one whom the model named.")
        return None

    def _due(self, wired: str | None, evidence: Evidence, known: AgreedAction | None, text: str) -> date | None:
        scene = self.shown.scene
        due = known.due if known and known.due else scene.day(scene.due(evidence.quote))
        if due is None and known is None:
            due = next((scene.day(scene.due(u.text)) for u in self.shown.utterances if u.start <= evidence.start < u.end), None)
        if wired and wired != (due.isoformat() if due else ""):
            told = f"the notes give {due.isoformat()}" if due else "the notes give none"
            self.said.append(f"The model gave “{shorten(text, 80)}” another day; {told}.")
        return due

    def done(self, wired: Sequence[WireDone]) -> Iterable[ClosedAction]:
        """Yield the earlier actions of which a quote reports, as a fact, that they are done."""
        for one in wired:
            action = self.shown.actions.get(one.action.strip().lower())
            evidence = self.quote(one.evidence) if action else None
            if action is None or evidence is None:
                continue
            at = next((i for i, u in enumerate(self.shown.scene.utterances) if u.start <= evidence.start < u.end), None)
            about = bool(stems(action.text) & stems(evidence.quote))
            if at is not None and about and reports_done(self.shown.scene, at, action.owner):
                yield ClosedAction(text=action.text, evidence=(evidence,))
            else:
                self.said.append(
                    f"The model took “{shorten(action.text, 80)}” for done, which its quote does not plainly say; it stays open."
                )

    def told(self, wired: Sequence[WireTold], what: str, own: bool = True) -> Iterable[tuple[str, Evidence]]:
        """Yield decisions or questions whose quote stands; an unfit sentence gives way to the quoted words, or to nothing."""
        for one in wired:
            evidence = self.quote(one.evidence)
            text = self.line(one.text, what) if evidence else ""
            if evidence and (text or own):
                yield text or shorten(evidence.quote, LONGEST_LINE), evidence


def _touches(ones: Iterable[Evidence], other: Evidence) -> bool:
    return any(e.start < other.end and other.start < e.end for e in ones)


def _runs_of(told: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    """Return the runs of so many words; of fewer words the one that they are."""
    if len(told) < length:
        return frozenset()
    return frozenset(tuple(told[i : i + length]) for i in range(len(told) - length + 1))
