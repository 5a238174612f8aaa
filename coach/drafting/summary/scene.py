"""The notes of one session as read: utterances in order, the two people, today, and which lines stand in a list of what is to be done."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from coach.domain.brief import Brief
from coach.drafting.summary.people import Author, Cast, Who, cast_of
from coach.language.due_dates import FoundDue, due_of
from coach.language.utterances import Utterance, UtteranceKind

_LIST = re.compile(
    r"(?:agreed )?(?:action|to[- ]?do|todo|homework|task|job|next step|follow[- ]?up|commitment|promise|deliverable|undertaking|errand|ap)s?\b|(?:action|ap)s? (?:points?|items?|list|log)"
    r"|(?:who|what|when)(?: does what|[ /,&+]+(?:who|what|when)\b.*|'s doing.*| is doing.*| will do.*)|(?:points?|things?|stuff|bits|work) (?:for|to) (?:do|doing|be done|action)|(?:what|who)(?: i| he| she| we)?(?:'s| is| am| are|'m|'re)? ?(?:i|he|she|we|they|you|who)? ?(?:am |is |are )?(?:doing|to do)(?: what)?(?: next)?"
    r"|(?:my|his|her|our|your|[\w'.-]+'s) (?:stuff|bits?|actions?|jobs?|list|homework|to[- ]?dos?|tasks?|turn|part|side)|(?:before|by|for|until|till) (?:the )?next (?:time|session|meeting|mtg|month)|(?:for|on) (?:me|him|her|both|us)|what (?:happens|comes) next|next|what we (?:do|have to do)|what we(?:'ll| will| said we'd| are going to) do|on the list|owed|still to do|⏭️?|(?:action|homework|task|job|promise|to-?do|ask)s? (?:for|from|on|of) [\w' ]{1,20}|plan of action|doing before.*",
    re.IGNORECASE,
)
_LIST_ANYWHERE = re.compile(
    r"\b(?:action (?:points?|items?|list)|actions|next steps|to-?dos?|follow-?ups|who does what|homework|commitments)\b", re.IGNORECASE
)
_OLD_LIST = re.compile(
    r"\b(?:last|previous|old|earlier|carried|past|closed|completed|done|review of|outstanding|update on|progress on|from session|since|status of)\b",
    re.IGNORECASE,
)
LONGEST = 1_000  # code points of an utterance that is read in one go; what is dictated without an end is read piece by piece
_JOINT = re.compile(r"[,;] |\s(?=(?:and|so|but|then)\s)")
_INLINE = re.compile(r"\W*(?P<label>[^:?.!]{3,40}):\s+\S")
_SHORT_LABEL = 4  # words
_SPACE = re.compile(r"\s")
MOST_OF_ITEM = 8  # sentences that still belong to what their line began with
_SOME_DAY = date(2020, 1, 1)
_CLOCK = re.compile(r"^\W*(?:\d{1,2}[:.]\d{2}\s*(?:am|pm)?\W*)?(?:\d{1,2}[.)]\s*)?")
_ARROW = re.compile(r"\s*(?:→|->|=>|⏭)")
_WEAK_LIST = re.compile(r"next|for (?:me|him|her|both|us)|on (?:me|him|her|both|us)", re.IGNORECASE)
_SETTLED = re.compile(
    r"(?:agreed|settled|decisions?|decided|resolved|conclusions?|agreements?|calls? we made|what we (?:agreed|decided|settled)|we (?:agreed|decided|settled)(?: that| on)?|rules?|agreed (?:points|rules?|decisions?)|(?:stuff|things|what) we shook (?:hands )?on|shook (?:hands )?on|anything (?:we've |we have )?(?:made our minds up about|agreed|decided|settled)|ground rules?|also agreed|final|ruling|verdict)\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Scene:
    """What was read of one session's notes."""

    notes: str
    utterances: tuple[Utterance, ...]
    cast: Cast
    today: date | None
    first_names: tuple[str, str] = ("", "")

    @property
    def reckoning(self) -> date:
        """Return the day from which days are counted; some day where nobody knows the session's date."""
        return self.today or _SOME_DAY

    def due(self, words: str) -> FoundDue | None:
        """Return by when the words say that something is due; where nobody knows the session's date, only that they name a day."""
        return due_of(words, self.reckoning)

    def day(self, due: FoundDue | None) -> date | None:
        """Return the day that is due; None where nobody knows from which date it counts."""
        return due.day if due and self.today else None

    @cached_property
    def in_talk(self) -> bool:
        """Tell whether the notes are a talk between the two, so that "he" and "she" are others."""
        return sum(1 for u in self.utterances if u.kind is UtteranceKind.SAID) * 2 > len(self.utterances)

    def speaker(self, i: int) -> Who:
        """Return who says "I" in an utterance."""
        return self.cast.speaker(self.utterances[i].speaker)

    def is_item_start(self, i: int) -> bool:
        """Tell whether an utterance opens its line."""
        return i == 0 or self.utterances[i - 1].line != self.utterances[i].line or not self.utterances[i - 1].is_own

    def rest_of_item(self, i: int) -> tuple[int, ...]:
        """Return the utterances that follow on the same line, in a talk those of the same turn."""
        found = []
        for j in range(i + 1, min(len(self.utterances), i + 1 + MOST_OF_ITEM)):
            here, there = self.utterances[i], self.utterances[j]
            if there.line != here.line or there.block != here.block or there.speaker != here.speaker:
                break
            found.append(j)
        return tuple(found)

    def following(self, i: int) -> str:
        """Return the utterance that answers this one or goes on from it; empty where the next line is about something else."""
        if i + 1 >= len(self.utterances):
            return ""
        here, there = self.utterances[i], self.utterances[i + 1]
        same = there.line == here.line or (there.speaker is not None and here.speaker is not None)
        deeper = there.indent > here.indent and there.block == here.block
        return there.text if there.is_own and (same or deeper) else ""

    @cached_property
    def listed(self) -> frozenset[int]:
        """Return the utterances that stand in a list of what is to be done."""
        return self._under(is_list_heading) | self._after_arrows

    @cached_property
    def weakly_listed(self) -> frozenset[int]:
        """Return those of them whose heading may as well announce something else: "Next"."""
        return self._under(lambda words: _WEAK_LIST.fullmatch(words.strip(" :?*-")) is not None) | self._after_arrows

    @cached_property
    def _after_arrows(self) -> frozenset[int]:
        """Return the bullets whose sign is an arrow, which as often leads to what follows from a matter as to what is to be done."""
        return frozenset(
            i
            for i, u in enumerate(self.utterances)
            if u.kind is UtteranceKind.BULLET and _ARROW.match(self.notes[self.notes.rfind("\n", 0, u.start) + 1 : u.start])
        )

    @cached_property
    def old(self) -> frozenset[int]:
        """Return the utterances that stand in a list of what was to be done before."""
        return self._under(is_old_heading)

    @cached_property
    def settled(self) -> frozenset[int]:
        """Return the utterances that stand under "Settled" or the like."""
        return self._under(is_settled_heading)

    def _under(self, is_wanted: Callable[[str], bool]) -> frozenset[int]:
        """Return the utterances under such headings or labels."""
        return frozenset([*self._announced(is_wanted), *self._headed(is_wanted)])

    def _announced(self, is_wanted: Callable[[str], bool]) -> Iterator[int]:
        """Yield what stands behind such a label in its line, or as bullets under a sentence that ends with a colon."""
        line = -1
        opened: int | None = None  # the block of a sentence that announces the bullets after it
        for i, u in enumerate(self.utterances):
            bare = _CLOCK.sub("", u.text).strip(" .:!-–—*")
            ahead = u.is_own and u.text.rstrip().endswith((":", ">", "→"))
            inline = _INLINE.match(u.text)
            if ahead and is_wanted(bare):
                opened = u.block
            elif (
                ahead
                or u.kind is UtteranceKind.HEADING
                or (opened is not None and u.block != opened and u.kind is not UtteranceKind.BULLET)
            ):
                opened = None
            elif opened is not None and u.kind is not UtteranceKind.SAID:
                yield i
            if u.is_own and ((len(bare.split()) <= _SHORT_LABEL and is_wanted(bare)) or (inline and is_wanted(inline["label"]))):
                line = u.line
            if (u.line == line and not (is_wanted(bare) and len(bare.split()) <= _SHORT_LABEL)) or any(
                is_wanted(part) for part in self._labels(i)
            ):
                yield i

    def _headed(self, is_wanted: Callable[[str], bool]) -> Iterator[int]:
        """Yield what stands under such a heading while its first block, or its bullets, go on."""
        opened, block, prose_since = "", -1, False
        for i, u in enumerate(self.utterances):
            heading = self._heading_of(i)
            if u.kind is UtteranceKind.HEADING or heading != opened:
                opened, block, prose_since = u.heading if u.kind is UtteranceKind.HEADING else heading, -1, False
            if u.kind is UtteranceKind.HEADING or not heading or not is_wanted(heading):
                continue
            block = u.block if block == -1 else block
            prose_since = prose_since or (u.block != block and u.kind is UtteranceKind.PROSE and not self._labels(i))
            if u.block == block or (not prose_since and u.kind is UtteranceKind.BULLET):
                yield i

    def _labels(self, i: int) -> list[str]:
        """Return the labels of an utterance's own line and of the bullets that it stands under."""
        heading = self._heading_of(i)
        return [part for part in self.utterances[i].path if part != heading]

    def _heading_of(self, i: int) -> str:
        """Return the heading of an utterance's part of the notes, if it has one."""
        path = self.utterances[i].path
        return path[0] if path and path[0] in self.headings else ""

    @cached_property
    def headings(self) -> frozenset[str]:
        """Return the words of all headings that stand on a line of their own."""
        return frozenset(u.heading for u in self.utterances if u.kind is UtteranceKind.HEADING)


def pieces(utterance: Utterance) -> Iterator[Utterance]:
    """Yield an utterance whole, or one that hardly ends in pieces, cut between clauses where there are any."""
    start, text = 0, utterance.text
    while len(text) - start > LONGEST:
        far = start + LONGEST
        cuts = [match.end() for joint in (_SPACE, _JOINT) for match in joint.finditer(text, start + LONGEST // 2, far)]
        cut = cuts[-1] if cuts else far
        yield replace(utterance, start=utterance.start + start, end=utterance.start + cut, text=text[start:cut])
        start = cut
    yield utterance if start == 0 else replace(utterance, start=utterance.start + start, text=text[start:])


def is_list_heading(words: str) -> bool:
    """Tell whether a heading announces what is to be done from now on."""
    bare = _CLOCK.sub("", words).strip(" .:!?-–—*_#()[]")
    if not bare or len(bare) > 60 or (_OLD_LIST.search(bare) and "next" not in bare.lower()):
        return False
    if _LIST_ANYWHERE.search(bare):
        return True
    return _LIST.match(bare) is not None and (_LIST.fullmatch(bare) is not None or bare.endswith((")", "when")))


def is_old_heading(words: str) -> bool:
    """Tell whether a heading announces what was agreed at an earlier session."""
    return (
        len(words) <= 60
        and _LIST_ANYWHERE.search(words) is not None
        and _OLD_LIST.search(words) is not None
        and "next" not in words.lower()
    )


def is_settled_heading(words: str) -> bool:
    """Tell whether a heading announces what the two have settled."""
    bare = _CLOCK.sub("", words).strip(" .:!?-–—*_#()[]")
    return bool(bare) and len(bare) <= 60 and _SETTLED.fullmatch(bare) is not None and not is_list_heading(bare)


def read_scene(brief: Brief, utterances: Sequence[Utterance], author: Author = "mentor") -> Scene:
    """Return the scene of a brief's notes."""
    return Scene(
        brief.notes,
        tuple(piece for u in utterances for piece in pieces(u)),
        cast_of(brief, utterances, author),
        brief.session.date,
        (brief.pair.mentor.first_name, brief.pair.mentee.first_name),
    )
