"""Turn a model's agenda into ours: names back, times that fit, goals and guidance that exist, what was promised by code.

Whatever a model returns, an agenda that leaves here accounts for every goal, keeps its slack, and cites only what was supplied.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import ValidationError

from coach.domain.agenda import AgendaContent, AgendaItem, LeftForLater
from coach.domain.guidance import Citation
from coach.domain.outcomes import Outcome
from coach.drafting.agenda.account import missing_facts
from coach.drafting.agenda.compose import carried_actions, close_lines, how_later
from coach.drafting.agenda.grounding import best_sentence
from coach.drafting.agenda.material import Material
from coach.drafting.agenda.times import share, usable
from coach.drafting.agenda.topics import SessionKind
from coach.drafting.agenda.wire import WireAgenda, WireItem
from coach.drafting.watch import failed
from coach.language.folding import visible
from coach.language.private import Private, private_kind
from coach.language.sentences import shorten

MOST_ITEMS, MOST_QUESTIONS, MOST_LINES, MOST_CITED = 10, 4, 6, 2
LONGEST_TITLE, LONGEST_LINE = 160, 600  # characters
UNFIT = {
    Private.JUDGEMENT: "it judges a person",
    Private.HEALTH: "it is about health or private life",
    Private.INSTRUCTION: "it reads as an instruction to software",
    Private.DISCLOSURE: "it reads as a disclosure, which belongs with a person",
    Private.CONFIDENCE: "it reads as said in confidence",
}


@dataclass
class Adopted:
    """The agenda, its citations, and what had to be changed in what the model wrote."""

    content: AgendaContent
    citations: tuple[Citation, ...]
    changed: tuple[str, ...]


def problems_of(wire: WireAgenda) -> list[str]:
    """Return what makes a well-formed answer unusable, in words that a model can mend it by."""
    found = []
    if not visible(wire.purpose).strip():
        found.append("purpose is empty")
    if not 1 <= len(wire.items) <= MOST_ITEMS:
        found.append(f"items should be 1 to {MOST_ITEMS}, not {len(wire.items)}")
    if any(not visible(item.title).strip() for item in wire.items):
        found.append("an item has no title")
    if any(not 1 <= item.minutes <= 480 for item in wire.items):
        found.append("minutes should be whole numbers from 1 up")
    if not any(item.questions for item in wire.items):
        found.append("no item has a question")
    return found


def adopt(wire: WireAgenda, shown: Material) -> Adopted:
    """Return a model's agenda as content for review; raise EngineFailed where even so it is none."""
    try:
        return _adopt(wire, shown)
    except ValidationError:
        raise failed(Outcome.WRONG_SHAPE) from None


def _adopt(wire: WireAgenda, shown: Material) -> Adopted:
    desk = _Desk(shown)
    items = desk.items(wire.items)
    brief = shown.plan.brief
    content = AgendaContent(
        purpose=desk.line(wire.purpose, LONGEST_LINE) or items[0].title,
        minutes=shown.plan.minutes,
        items=items,
        carried_actions=carried_actions(brief),
        left_for_later=desk.later(wire, items),
        preparation=desk.lines(wire.preparation),
        close=desk.close(wire.close),
        missing=missing_facts(shown.plan),
    )
    return Adopted(content, tuple(desk.citations), tuple(dict.fromkeys(desk.changed)))


# Marks of Markdown, but never the blanks (____); and placeholders whose brackets the model forgot.
_MARKUP = re.compile(r"\*\*|(?<![\w_])__(?=[^\W_])|(?<=[^\W_])__(?![\w_])|^#+\s*|^[-*•]\s+")
_BARE = re.compile(r"(?<![\[\w])(?:MENTOR|MENTEE|(?:PERSON|EMAIL|PHONE|LINK|ID)[_ ]\d+[B-Z]?)(?![\]\w])")


@dataclass
class _Desk:
    """Where one answer is read line by line; notes what it changed."""

    shown: Material
    citations: list[Citation] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)

    @cached_property
    def unfit(self) -> frozenset[Private]:
        """Return what may not stand in this agenda: not what the pair itself agreed on, nor, in a first session, its confidences."""
        brief = self.shown.plan.brief
        agreed = [words for goal in brief.goals for words in (goal.title, goal.measure)] + [a.text for a in brief.actions]
        fit = {private_kind(words) for words in agreed}
        if self.shown.plan.kind is SessionKind.FIRST:
            fit |= {Private.CONFIDENCE}
        return frozenset(UNFIT.keys() - fit)

    def line(self, text: str, limit: int) -> str:
        """Return one line as people read it; empty where it may not stand in a shared agenda."""
        names = self.shown.pseudonyms
        text = _BARE.sub(r"[\g<0>]", text)
        for strange in names.unknown(text):
            self.changed.append(f"The model wrote {strange}, who is nobody here; a blank stands there now.")
            text = text.replace(strange, "____")
        plain = " ".join(visible(names.restore(_MARKUP.sub("", text))).split())
        kind = private_kind(plain)
        if kind in self.unfit:
            self.changed.append(f"Left out of what the model wrote: “{shorten(plain, 200)}”, because {UNFIT[kind]}.")
            return ""
        return shorten(plain, limit) if len(plain) > limit else plain

    def lines(self, texts: Iterable[str], most: int = MOST_LINES, limit: int = LONGEST_LINE) -> tuple[str, ...]:
        """Return the lines that may stand, each once."""
        found = dict.fromkeys(line for text in texts if (line := self.line(text, limit)))
        return tuple(found)[:most]

    def items(self, wired: Sequence[WireItem]) -> tuple[AgendaItem, ...]:
        """Return the timed items, their times cut to fit where the model's did not."""
        written = [(item, self.line(item.title, LONGEST_TITLE)) for item in wired]
        kept = [(item, title) for item, title in written if title] or [(wired[0], "What to work on")]
        room = usable(self.shown.plan.minutes)
        kept = kept[:room]
        minutes = [item.minutes for item, _ in kept]
        if sum(minutes) > room:
            minutes = share(room, minutes)
            self.changed.append(
                f"The model planned {sum(item.minutes for item, _ in kept)} minutes; the times were cut to {room}, so that a tenth stays free."
            )
        return tuple(self._item(item, title, time) for (item, title), time in zip(kept, minutes, strict=True))

    def _item(self, item: WireItem, title: str, minutes: int) -> AgendaItem:
        goal = self.shown.goals.get(item.goal or "")
        if item.goal and goal is None:
            self.changed.append(f"“{title}” named a goal that does not exist; it is about none now.")
        questions = self.lines(item.questions, MOST_QUESTIONS)
        return AgendaItem(
            minutes=minutes,
            title=title,
            goal_id=goal.id if goal else None,
            lead=item.lead,
            questions=questions,
            citations=tuple(k for key in item.guidance[:MOST_CITED] if (k := self._cite(key, f"{title} {' '.join(questions)}"))),
        )

    def _cite(self, key: str, about: str) -> str:
        """Return our key for a passage that was supplied; empty, and told to the author, for one that was not."""
        wanted = key.strip().strip("[]()").upper()
        passage = self.shown.passages.get(wanted)
        if passage is None:
            self.changed.append("The model cited guidance that was not supplied; that citation was taken out.")
            return ""
        if wanted not in self.keys:
            self.keys[wanted] = f"G{len(self.keys) + 1}"
            quote = best_sentence(passage, about)
            self.citations.append(Citation(key=self.keys[wanted], document=passage.document, section=passage.section, quote=quote))
        return self.keys[wanted]

    def later(self, wire: WireAgenda, items: Sequence[AgendaItem]) -> tuple[LeftForLater, ...]:
        """Return every goal that no item is about, in the model's words where it found some."""
        placed = {item.goal_id for item in items}
        said = {self.shown.goals[x.goal].id: x.how for x in wire.left_for_later if x.goal in self.shown.goals}
        found = []
        for place, goal in enumerate(goal for goal in self.shown.plan.brief.goals if goal.id not in placed):
            how = self.line(said.get(goal.id, ""), LONGEST_LINE)
            if not how:
                self.changed.append(f"The model left out “{goal.title}”; it stands under “Left for later” now.")
            found.append(LeftForLater(goal_id=goal.id, how=how or how_later(self.shown.plan, goal, place)))
        return tuple(found)

    def close(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return the close; the first session always says aloud where the limits of confidentiality lead."""
        found = self.lines(texts)
        if self.shown.plan.kind is SessionKind.FIRST:
            limits = next(line for line in close_lines(self.shown.plan) if line.startswith("Limits of confidentiality"))
            found = (*(line for line in found if line != limits), limits)
        return found or close_lines(self.shown.plan)
