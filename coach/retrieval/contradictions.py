"""Name where passages that were found for one question contradict each other: on points that guides are known to disagree on, or word against word.

A contradiction that is none is worse than one that is missed: what asks, quotes, supposes or warns takes no position.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from coach.domain.guidance import Contradiction, Origin, Passage, Side
from coach.errors import InputRefused
from coach.language.prose import Sentence, prose
from coach.retrieval.opposites import gist_of, opposed

LONGEST = 600  # characters of a sentence that signs are looked for in: some patterns try again at every word
# Who only reports a view, supposes one, or warns of one, does not hold it.
_REPORTS = re.compile(
    r"\b(?:some|others?|many|most|a few|several|critics?|sceptics?|opponents?|other (?:guides?|handbooks?|programmes?|people|companies|authors?)|certain \w+"
    r"|people|they|you may|you might|guides|handbooks|textbooks)\s(?:\w+\s){0,2}(?:say|says|said|argue|argues|argued|claim|claims|claimed|believe|believes|think|thinks"
    r"|hold|holds|prefer|prefers|recommend|recommends|suggest|suggests|advise|advises|hear|read|tell|tells|disagree|differ)\b"
    r"|\b(?:it is|is) (?:often|sometimes|commonly|widely) (?:said|argued|claimed|believed|thought|assumed|recommended)\b"
    r"|\b(?:myth|mistake|misunderstanding|fallacy|wrong to|wrong that|untrue|not true|no longer|once was|used to|until now|so far|in the past"
    r"|contrary to|as opposed to|the opposite of|unlike|whereas|in contrast|traditional(?:ly)?|conventional(?:ly)?|allegedly|supposedly|some programmes|elsewhere)\b",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"^\W*(?:if|unless|suppose|imagine|assume|should (?:you|they|the|a)|were (?:you|they|the)|had (?:you|they)|whether|as if|even if|only if|provided"
    r"|where|when|whenever|once|until|while|although|though)\b|\b(?:if|unless|whether|provided that|as long as|in case|depending on|would have|could have)\b",
    re.IGNORECASE,
)
# What a list under such words holds is what not to do, or what others do.
_WARNS = re.compile(
    r"\b(?:avoid|mistakes?|myths?|do not|don['’]t|never|not to|bad|wrong|poor|weak|signs?|warnings?|pitfalls?|traps?|risks?|problems?|complaints?|objections?"
    r"|worr(?:y|ies)|fears?|instead of|examples?|questions?|differences?|compared|comparison|versus|vs|traditional|options?|choices?|alternatives?|either|disadvantages?|against|others?|elsewhere)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?[\"'”’)\]\s]*$")
_BARS = "^(?!"
_BRACKET = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")


class Position(BaseModel):
    """A view on a contested point; `signs` are regular expressions, each of which tells it in one sentence, whatever its case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    holds: str = Field(min_length=1)
    signs: tuple[str, ...] = Field(min_length=1)

    @field_validator("signs")
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for sign in value:
            _read_sign(sign)
        return value


class Point(BaseModel):
    """A point on which guides disagree."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    positions: tuple[Position, ...] = Field(min_length=2)

    def __hash__(self) -> int:
        return hash(self.name)  # the whole of it is long, and asked for with every sentence


@lru_cache(maxsize=4)
def read_contested(path: Path) -> tuple[Point, ...]:
    """Return the contested points of a file, none where there is no file; raise InputRefused naming the first place that is not right."""
    if not path.is_file():
        return ()
    try:
        read: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        raise InputRefused(f"{path.name} cannot be read as YAML; put back the one that ships.") from None
    if not isinstance(read, list):
        raise InputRefused(f"{path.name} should be a list of points, each with “name” and “positions”.")
    return tuple(_point(entry, number, path.name) for number, entry in enumerate(read, 1))


def contradictions(passages: Sequence[Passage], contested: Sequence[Point] = ()) -> tuple[Contradiction, ...]:
    """Return the points on which these passages, best first, contradict each other; a programme's own side stands before what ships."""
    said = [(passage, sentence) for passage in passages for sentence in _stated(passage)]
    found = [c for point in contested if (c := _on_point(point, said))]
    known = {side.quote for c in found for side in c.sides}
    return (*found, *(c for c in _word_against_word(said) if not known & {side.quote for side in c.sides}))


def own_first(passages: Sequence[Passage], found: Sequence[Contradiction]) -> tuple[Passage, ...]:
    """Return passages in their order, but each of a programme's own before what ships and contradicts it."""
    order = list(passages)
    for contradiction in found:
        sides = [side.passage.id for side in contradiction.sides if side.passage.origin is Origin.ADDED]
        others = {side.passage.id for side in contradiction.sides if side.passage.origin is Origin.SHIPPED}
        for own in sides:
            here = next((i for i, p in enumerate(order) if p.id == own), None)
            there = next((i for i, p in enumerate(order) if p.id in others), None)
            if here is not None and there is not None and there < here:
                order.insert(there, order.pop(here))
    return tuple(order)


def position_of(point: Point, sentence: str) -> int | None:
    """Return the place of the one position that a sentence takes on a point; None where it takes none, or more than one."""
    if not _is_own_view(sentence):
        return None
    taken = {
        place: sign for place, position in enumerate(point.positions) for sign in position.signs if _read_sign(sign).found_in(sentence)
    }
    if len(taken) != 1:
        return None
    ((place, text),) = taken.items()
    sign = _read_sign(text)
    supposed = _SUPPOSES.search(sentence)
    if supposed and supposed.group().strip().lower() not in sign.looked_for.pattern.replace(r"\s", " "):
        return None
    # A view that stands between quotation marks is somebody's words, not the guide's.
    bare = _QUOTED.sub(" … ", sentence)
    return place if bare == sentence or sign.found_in(bare) else None


@lru_cache(maxsize=4_096)
def _is_own_view(sentence: str) -> bool:
    """Tell whether a sentence can take a position: it does not ask, and does not only report or recall what others hold."""
    return len(sentence) <= LONGEST and not _ASKS.search(sentence) and not _REPORTS.search(sentence)


@lru_cache(maxsize=65_536)
def _position_of(point: Point, sentence: str) -> int | None:
    return position_of(point, sentence)


@dataclass(frozen=True)
class _Sign:
    """A sign in two halves: what is looked for, and what must not stand anywhere in the sentence."""

    looked_for: re.Pattern[str]
    barred: re.Pattern[str] | None

    def found_in(self, sentence: str) -> bool:
        return self.looked_for.search(sentence) is not None and (self.barred is None or self.barred.match(sentence) is None)


@lru_cache(maxsize=1_024)
def _read_sign(sign: str) -> _Sign:
    """Return a sign compiled; "^(?!barred).*rest" is taken apart, because few sentences hold the rest and the bar is slow to look for."""
    whole = re.compile(sign, re.IGNORECASE)
    end = _closing(sign) if sign.startswith(_BARS) else -1
    if end < 0 or not sign.startswith(".*", end + 1):
        return _Sign(whole, None)
    return _Sign(re.compile(sign[end + 3 :], re.IGNORECASE), re.compile(sign[len(_BARS) : end], re.IGNORECASE))


def _closing(sign: str) -> int:
    """Return the place of the bracket that closes the one which opens a sign; -1 where there is none."""
    depth = 0
    for match in _BRACKET.finditer(sign):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if depth == 0 and match.group() == ")":
            return match.start()
    return -1


def _point(entry: Any, number: int, name: str) -> Point:
    try:
        return Point.model_validate(entry)
    except (ValidationError, re.error, RecursionError, OverflowError) as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) if isinstance(error, ValidationError) else "signs"
        helps = "each has “name” and two or more “positions” with “holds” and “signs”, which are regular expressions"
        raise InputRefused(f"Point {number} of {name} cannot be used ({where}): {helps}.") from None


def _stated(passage: Passage) -> Iterator[str]:
    """Yield the sentences in which a passage says something of its own."""
    if _WARNS.search(passage.section.rsplit(" > ", 1)[-1]):
        return
    every = prose(passage.text)
    for sentence in every:
        if not sentence.is_question and not sentence.is_lead_in and not _under_warning(sentence, every):
            yield sentence.text


def _under_warning(sentence: Sentence, every: Sequence[Sentence]) -> bool:
    lead = every[sentence.lead].text if sentence.lead is not None else ""
    before = every[sentence.before].text if sentence.before is not None else ""
    return bool(_WARNS.search(lead)) or (before.endswith(":") and bool(_WARNS.search(before)))


def _on_point(point: Point, said: Sequence[tuple[Passage, str]]) -> Contradiction | None:
    """Return the contradiction on a point: for each position its first sentence, all of different sections."""
    held: dict[int, list[Side]] = {}
    for passage, sentence in said:
        place = _position_of(point, sentence)
        if place is not None:
            held.setdefault(place, []).append(Side(holds=point.positions[place].holds, passage=passage, quote=sentence))
    if len(held) < 2:
        return None
    sides: list[Side] = []
    for place in sorted(held, key=lambda place: _turn(held[place][0], said)):
        apart = [side for side in sorted(held[place], key=lambda side: _turn(side, said)) if all(_apart(side, other) for other in sides)]
        sides += apart[:1]
    return Contradiction(point=point.name, sides=_in_turn(sides, said)) if len(sides) > 1 else None


def _word_against_word(said: Sequence[tuple[Passage, str]]) -> Iterator[Contradiction]:
    read = [(passage, passage.document_id, text, gist) for passage, text in said if _is_plain(text) and (gist := gist_of(text)) is not None]
    for (one, its, first, gist), (other, others, second, against) in combinations(read, 2):
        if its != others and (found := opposed(gist, against)):
            sides = [Side(holds=found.first, passage=one, quote=first), Side(holds=found.second, passage=other, quote=second)]
            yield Contradiction(point=found.point, sides=_in_turn(sides, said))


def _is_plain(sentence: str) -> bool:
    return _is_own_view(sentence) and not _SUPPOSES.search(sentence) and not _QUOTED.search(sentence)


def _in_turn(sides: Sequence[Side], said: Sequence[tuple[Passage, str]]) -> tuple[Side, ...]:
    return tuple(sorted(sides, key=lambda side: _turn(side, said)))


def _turn(side: Side, said: Sequence[tuple[Passage, str]]) -> tuple[bool, int]:
    """Return what sides are ordered by: a programme's own first, then how well the passage answers."""
    return side.passage.origin is Origin.SHIPPED, next(i for i, (passage, _) in enumerate(said) if passage.id == side.passage.id)


def _apart(one: Side, other: Side) -> bool:
    return (one.passage.document_id, one.passage.section) != (other.passage.document_id, other.passage.section)
