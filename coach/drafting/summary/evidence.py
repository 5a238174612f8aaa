"""Hold a summary to its notes: every quote stands there word for word, in one breath, and none turns what was said into its opposite."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from coach.domain.drafts import Quotes
from coach.domain.sessions import GoalStatus
from coach.domain.summary import Evidence, GoalProgress, Sensitive, SummaryContent
from coach.domain.text import printable
from coach.language.folding import QUOTES
from coach.language.quotes import Quotable, overlaps, quotable
from coach.language.utterances import Utterance, UtteranceKind, read_utterances

LONGEST_QUOTE = 600  # characters: more proves nothing by itself
UNPROVEN = "The draft said “{status}”, but its quote does not stand in the notes."

# Words that take back, doubt or only wish what follows them in the same clause: a quote that begins after them says something else.
_TURNS = re.compile(
    r"(?:\b(?:not|never|no|nobody|no one|none|nothing|neither|nor|cannot|hardly|barely|scarcely|without|instead of|rather than|far from|yet to"
    r"|nearly|almost|if|unless|whether|wish(?:es|ed)?|pretend\w*|supposed to|meant to|going to|hop(?:es?|ed|ing) to|hop(?:es?|ed|ing)|want(?:s|ed)?(?: \w+)? to|plan(?:s|ned|ning)? to"
    r"|tr(?:y|ies|ied|ying) to|fail(?:s|ed)? to|forg[eo]t(?:s|ten)? to|refus(?:es|ed) to|promis(?:es|ed) to|was to|were to|will|would|should|could|might|may|can)\b|n't\b|'ll\b|'d\b)",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[.!?;:,()\n–—]|\s-\s|\b(?:but|although|though|because|so|then|however|yet(?! to))\b", re.IGNORECASE)


@dataclass(frozen=True)
class NotedText:
    """Notes ready to be quoted from: their utterances and the passages that are for the author alone."""

    text: str
    utterances: tuple[Utterance, ...]
    sensitive: tuple[tuple[int, int], ...] = ()

    @cached_property
    def _quotable(self) -> Quotable:
        return quotable(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [u.start for u in self.utterances]

    def locate(self, quote: str, speaker: str | None = None) -> Evidence | None:
        """Return the quote with its first place where it may be used as evidence, or None where there is none.

        Refused are other words, a word cut in two, a run over two cues, bullets or paragraphs, another speaker than the one named,
        a clause without the negation or the doubt before it, a passage pasted or carried over, and a sensitive one.
        """
        if len(quote) > LONGEST_QUOTE:
            return None
        for start, end in self._quotable.places(quote):
            shown = printable(self.text[start:end])
            if shown and self._may_stand(start, end) and self._said_by(start, speaker):
                return Evidence(quote=shown, start=start, end=end)
        return None

    def holds(self, evidence: Evidence) -> bool:
        """Tell whether a quote stands exactly where it says, and outside sensitive passages; whoever chose it."""
        stands = printable(self.text[evidence.start : evidence.end]) == evidence.quote  # no document can hold control characters
        return stands and not overlaps(evidence.start, evidence.end, self.sensitive)

    def again(self, evidence: Evidence, before: str) -> Evidence | None:
        """Return a quote of the notes as they were `before` where it stands in these, nearest to its old place; its tick stays.

        Where other words lead to it now, they must not turn what it says.
        """
        led = _lead(before, evidence.start)
        found = [
            (start, end)
            for start, end in self._quotable.places(evidence.quote)
            if self._may_stand(start, end) or (_lead(self.text, start) == led and not overlaps(start, end, self.sensitive))
        ]
        if not found:
            return None
        start, end = min(found, key=lambda place: abs(place[0] - evidence.start))
        return Evidence(quote=printable(self.text[start:end]), start=start, end=end, shared=evidence.shared)

    def picked(self, start: int, end: int) -> Evidence | None:
        """Return a stretch that somebody chose by hand as a quote, without the space around it; None where it cannot be one."""
        words = self.text[start:end]
        shown = printable(words.strip())
        if not shown or len(shown) > LONGEST_QUOTE:
            return None
        start += len(words) - len(words.lstrip())
        found = Evidence(quote=shown, start=start, end=start + len(words.strip()))
        return found if self.holds(found) else None

    def _may_stand(self, start: int, end: int) -> bool:
        inside = self._over(start, end)
        foreign = any(u.kind in (UtteranceKind.PASTED, UtteranceKind.CARRIED) for u in inside)
        if not inside or foreign or len({u.block for u in inside}) > 1 or overlaps(start, end, self.sensitive):
            return False
        return not turned(self.text[inside[0].start : start])

    def _said_by(self, start: int, speaker: str | None) -> bool:
        if speaker is None:
            return True
        said = self._over(start, start + 1)
        return bool(said) and (said[0].speaker or "").casefold() == speaker.casefold()

    def _over(self, start: int, end: int) -> Sequence[Utterance]:
        """Return the utterances that a stretch runs over; none where it begins before the first of them."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1)
        return self.utterances[first:last] if first >= 0 else ()


def noted(text: str, sensitive: Iterable[Sensitive] = ()) -> NotedText:
    """Return notes ready to be quoted from."""
    return NotedText(text, read_utterances(text), tuple((s.start, s.end) for s in sensitive))


def _lead(text: str, at: int) -> str:
    """Return what stands before a place on its line."""
    return text[text.rfind("\n", 0, at) + 1 : at]


def turned(before: str) -> bool:
    """Tell whether the words before a quote, in its own clause, take back or doubt what it says."""
    before = before.translate(QUOTES)
    clause = before[max((m.end() for m in _CLAUSE_ENDS.finditer(before)), default=0) :]
    return _TURNS.search(clause) is not None


@dataclass(frozen=True)
class Held:
    """A summary in which every quote stands in the notes, and what had to be taken out for that."""

    content: SummaryContent
    quotes: Quotes
    said: tuple[str, ...]


def hold_to_notes(content: SummaryContent, notes: NotedText) -> Held:
    """Return the summary with located quotes only; a status, an action or a decision that loses its quotes does not stand.

    Such a status becomes `not_discussed` and waits for the reviewer, such actions and decisions are taken out and counted.
    """
    tally = _Tally(notes)
    goals = tuple(proven(goal, tally.kept(goal.evidence)) for goal in content.goals)
    actions = tuple(a.model_copy(update={"evidence": kept}) for a in content.actions if (kept := tally.kept(a.evidence)))
    closed = tuple(a.model_copy(update={"evidence": kept}) for a in content.closed_actions if (kept := tally.kept(a.evidence)))
    decisions = tuple(d.model_copy(update={"evidence": kept}) for d in content.decisions if (kept := tally.kept(d.evidence)))
    held = content.model_copy(update={"goals": goals, "actions": actions, "closed_actions": closed, "decisions": decisions})
    lost = len(content.actions) + len(content.closed_actions) + len(content.decisions) - len(actions) - len(closed) - len(decisions)
    said = (f"{lost} actions or decisions were taken out, because their quotes do not stand in the notes.",) if lost > 1 else ()
    said = ("An action or decision was taken out, because its quote does not stand in the notes.",) if lost == 1 else said
    return Held(held, Quotes(supported=tally.supported, removed=tally.removed), said)


class _Tally:
    """Counts the quotes that stand and those that do not."""

    def __init__(self, notes: NotedText) -> None:
        self._notes = notes
        self.supported = self.removed = 0

    def kept(self, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        found = [e if self._notes.holds(e) else self._notes.locate(e.quote) for e in evidence]
        kept = tuple(e for e in found if e is not None)
        self.supported += len(kept)
        self.removed += len(found) - len(kept)
        return kept


def proven(goal: GoalProgress, kept: tuple[Evidence, ...]) -> GoalProgress:
    """Return a goal with the quotes that are left of it; without any, its status stands no more and waits for the reviewer."""
    if goal.status is GoalStatus.NOT_DISCUSSED:
        return goal.model_copy(update={"evidence": ()})
    if kept:
        return goal.model_copy(update={"evidence": kept})
    status = goal.status.value.replace("_", " ")
    return goal.model_copy(
        update={"status": GoalStatus.NOT_DISCUSSED, "reason": UNPROVEN.format(status=status), "evidence": (), "basis": "unproven"}
    )
