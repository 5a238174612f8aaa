"""What a model is shown of notes: one part a call, under one set of pseudonyms, without what is for the author alone or gives orders."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from coach.domain.brief import Brief, BriefAction, BriefGoal
from coach.domain.summary import Evidence, SummaryContent
from coach.drafting.fences import fenced
from coach.drafting.masked import Masked, original_span
from coach.drafting.pseudonyms import MENTEE, MENTOR, Pseudonyms
from coach.drafting.summary.compose import compose_summary
from coach.drafting.summary.evidence import NotedText
from coach.drafting.summary.parts import Part, parts_of
from coach.drafting.summary.people import Who
from coach.drafting.summary.scene import Scene, read_scene
from coach.language.private import instructs, without_instructions
from coach.language.quotes import Quotable, merged, quotable
from coach.language.utterances import Utterance, UtteranceKind, read_utterances

LEFT_OUT = "(left out)"
LONGEST_STRETCH = 4_000  # characters of a model's quote that is looked for at all


@dataclass(frozen=True)
class Material:
    """Notes as a model sees them, with the way back, and what the built-in rules read in them."""

    brief: Brief
    utterances: tuple[Utterance, ...]
    read: SummaryContent
    said: tuple[str, ...]  # by the built-in rules, about these notes
    goals: dict[str, BriefGoal]
    actions: dict[str, BriefAction]
    pseudonyms: Pseudonyms
    masked: Masked
    hidden: tuple[tuple[int, int], ...]  # what no model sees
    parts: tuple[Part, ...]

    @cached_property
    def scene(self) -> Scene:
        """Return who says and means whom in these notes."""
        return read_scene(self.brief, self.utterances, self.brief.author)

    @cached_property
    def _quotable(self) -> Quotable:
        return quotable(self.masked.text)

    def values(self, part: Part) -> dict[str, str]:
        """Return the blocks of one call."""
        brief, say = self.brief, self._say
        session = {"date": _day(brief.session.date), "part": part.number, "parts": part.of, "notes_by": _author(brief)}
        shown: dict[str, Any] = {
            "session": session,
            "goals": [_goal(key, goal, say) for key, goal in self.goals.items()],
            "actions": [{"id": key, "text": say(a.text), "owner": a.owner, "due": _day(a.due)} for key, a in self.actions.items()],
            "before": self._stretch(part.before, part.start),
            "notes": self._stretch(part.start, part.end),
        }
        return {name: fenced(name, data) for name, data in shown.items()}

    def quotes_in(self, part: Part, private: Sequence[tuple[int, int]] = ()) -> NotedText:
        """Return the notes, to be quoted from within one part and only where the author or a speaker tells of this session."""
        outside = [(0, part.start), (part.end, len(self.brief.notes))]
        foreign = [(u.start, u.end) for u in self.utterances if not u.is_own]
        return NotedText(
            self.brief.notes, self.utterances, merged([s for s in (*outside, *foreign, *self.hidden, *private) if s[0] < s[1]])
        )

    def located(self, quote: str, speaker: str | None, notes: NotedText) -> Evidence | None:
        """Return a quote of a model with the people back in it and its place; None where it does not stand, or another says it."""
        for name in self._speakers(speaker):
            for start, end in self._places(quote):
                if found := notes.locate(self.brief.notes[start:end], name):
                    return found
        return None

    def stretches(self, quote: str) -> Iterator[tuple[int, int]]:
        """Yield wherever a quote of a model stands in the notes, whoever says it and whatever it is."""
        yield from self._places(quote)

    def _places(self, quote: str) -> Iterator[tuple[int, int]]:
        if len(quote) > LONGEST_STRETCH:
            return
        for start, end in self._quotable.places(quote):
            yield original_span(self.masked, start, end)

    def _speakers(self, named: str | None) -> list[str | None]:
        """Return who may be meant by the speaker that a model named, as the notes write that one; nobody where it is somebody else."""
        if named is None or not self.speakers:
            return [None]
        wanted = named.strip().strip(":").casefold()
        restored = self.pseudonyms.restore(named).strip(" :").casefold()
        of_pair = {MENTOR.casefold(): Who.MENTOR, "mentor": Who.MENTOR, MENTEE.casefold(): Who.MENTEE, "mentee": Who.MENTEE}.get(wanted)

        def is_meant(name: str) -> bool:
            masked = self.pseudonyms.mask(name).text.casefold()
            return masked == wanted or name.casefold() == restored or (of_pair is not None and self.scene.cast.speaker(name) is of_pair)

        return [name for name in self.speakers if is_meant(name)]

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Return who speaks in a transcript, as the notes write them; nobody in notes of another kind."""
        return tuple(dict.fromkeys(u.speaker for u in self.utterances if u.speaker))

    def _say(self, text: str) -> str:
        return self.pseudonyms.mask(without_instructions(text)).text

    def _stretch(self, start: int, end: int) -> str:
        """Return a stretch of the notes under pseudonyms, with a mark where something is hidden."""
        pieces, at = [], start
        for begin, stop in self.hidden:
            if begin < end and stop > start:
                pieces += [_slice(self.brief.notes, self.masked, at, max(at, begin)), LEFT_OUT]
                at = max(at, min(stop, end))
        return "".join([*pieces, _slice(self.brief.notes, self.masked, at, end)])


def material(brief: Brief) -> Material:
    """Return what a model is shown of a brief's notes; nothing that the built-in rules keep for the author is in it, and no person's name."""
    utterances = read_utterances(brief.notes, (brief.pair.mentor.name, brief.pair.mentee.name))
    made = compose_summary(brief, "builtin", brief.author)
    assert isinstance(made.content, SummaryContent)
    goals = {f"g{i}": goal for i, goal in enumerate(brief.goals, 1)}
    actions = {f"a{i}": action for i, action in enumerate(brief.open_actions, 1)}
    pseudonyms = Pseudonyms.of_pair(brief.pair, _texts(brief, utterances))
    private = [(s.start, s.end) for s in made.content.sensitive]
    orders = [(u.start, u.end) for u in utterances if u.kind is UtteranceKind.PASTED or instructs(u.text)]
    return Material(
        brief=brief,
        utterances=utterances,
        read=made.content,
        said=made.engine.said,
        goals=goals,
        actions=actions,
        pseudonyms=pseudonyms,
        masked=pseudonyms.mask(brief.notes),
        hidden=merged([*private, *orders]),
        parts=parts_of(brief.notes, utterances),
    )


def _texts(brief: Brief, utterances: Sequence[Utterance]) -> list[str]:
    """Return every text that is shown, so that one person is one placeholder in all of them."""
    goals = [words for goal in brief.goals for words in (goal.title, goal.measure, goal.target)]
    speakers = dict.fromkeys(u.speaker for u in utterances if u.speaker)
    return [brief.notes, *map(without_instructions, [*goals, *(a.text for a in brief.open_actions)]), *speakers]


def _slice(notes: str, masked: Masked, start: int, end: int) -> str:
    """Return a stretch of the notes with its placeholders; one that begins before it or goes on after it counts where it begins."""
    pieces, at = [], start
    for span in masked.spans:
        if span.end <= start or span.start >= end:
            continue
        if span.start >= start:
            pieces += [notes[at : span.start], span.placeholder]
        at = max(at, min(span.end, end))
    return "".join([*pieces, notes[at:end]])


def _goal(key: str, goal: BriefGoal, say: Callable[[str], str]) -> dict[str, Any]:
    told = {"title": say(goal.title), "measure": say(goal.measure), "target": say(goal.target)}
    return {"id": key, **told, "due": _day(goal.due), "status_before": goal.status}


def _author(brief: Brief) -> str:
    return {"mentor": MENTOR, "mentee": MENTEE}[brief.author]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
