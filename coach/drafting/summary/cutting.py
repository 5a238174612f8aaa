"""Cut passages out of notes whole, and keep what quotes the rest in its place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.domain.summary import Evidence, Sensitive, SensitiveKind, SummaryContent
from coach.drafting.summary.evidence import proven
from coach.language.quotes import merged, overlaps

Stretch = tuple[int, int]

# What of a line says nothing once its words are cut: a bullet or a number, a speaker's name, a time, marks.
_BARE = re.compile(r"[\W_]*(?:\d{1,3}[.)])?[\W_]*(?:<v[^>]*>|[^\W\d_][\w .'’-]{0,60}:)?[\W_]*(?:</v>)?\W*")

_LONGEST_LABEL = 120  # characters before a passage that can be a bullet and a name


@dataclass(frozen=True)
class Cut:
    """Notes without the stretches that were cut, and where what is left stands now."""

    text: str
    gone: tuple[Stretch, ...]

    def moved(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Return the quotes in their new places, without those that were cut."""
        kept = (e for e in evidence if not overlaps(e.start, e.end, self.gone))
        return tuple(e.model_copy(update={"start": self.place(e.start), "end": self.place(e.end)}) for e in kept)

    def place(self, at: int) -> int:
        """Return where a place outside the stretches stands now."""
        before = bisect_right([end for _, end in self.gone], at)
        return at - sum(end - start for start, end in self.gone[:before])


def cut(text: str, stretches: Sequence[Stretch]) -> Cut:
    """Return the text without these stretches; a line of which nothing is left but a bullet or a name goes with them."""
    gone = merged([_with_its_line(text, start, end) for start, end in merged(stretches)])
    kept, at = [], 0
    for start, end in gone:
        kept.append(text[at:start])
        at = end
    return Cut("".join([*kept, text[at:]]), gone)


def cut_words(text: str, passages: Iterable[str]) -> Cut:
    """Return the text without these passages, wherever each stands in it."""
    found = [m.span() for passage in passages if passage.strip() for m in re.finditer(re.escape(passage), text)]
    return cut(text, found)


def disclosed(content: SummaryContent) -> tuple[Stretch, ...]:
    """Return the stretches of the notes that are marked as a disclosure."""
    return tuple((s.start, s.end) for s in content.sensitive if s.kind is SensitiveKind.DISCLOSURE)


def without_disclosure(content: SummaryContent) -> SummaryContent:
    """Return a summary whose notes hold no disclosure, as their author confirmed."""
    rest = tuple(s for s in content.sensitive if s.kind is not SensitiveKind.DISCLOSURE)
    return content.model_copy(update={"sensitive": rest, "safeguarding": False})


def moved_summary(content: SummaryContent, made: Cut) -> SummaryContent:
    """Return a summary that quotes notes after a cut: what was cut is neither quoted nor marked any more."""
    rest = without_disclosure(content)
    lists = {
        name: tuple(
            item.model_copy(update={"evidence": kept}) for item in items if (kept := made.moved(item.evidence)) or not item.evidence
        )
        for name, items in (("actions", rest.actions), ("closed_actions", rest.closed_actions), ("decisions", rest.decisions))
    }
    goals = tuple(
        proven(goal, made.moved(goal.evidence))
        if goal.basis == "notes"
        else goal.model_copy(update={"evidence": made.moved(goal.evidence)})
        for goal in rest.goals
    )
    sensitive = tuple(_moved_mark(s, made) for s in rest.sensitive if not overlaps(s.start, s.end, made.gone))
    return rest.model_copy(update={**lists, "goals": goals, "sensitive": sensitive})


def _moved_mark(mark: Sensitive, made: Cut) -> Sensitive:
    return mark.model_copy(update={"start": made.place(mark.start), "end": made.place(mark.end)})


def _with_its_line(text: str, start: int, end: int) -> Stretch:
    """Return a stretch together with its lines, where nothing that says anything is left of them."""
    first = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    last = len(text) if line_end < 0 else line_end + 1
    left, right = text[first:start], text[end:last]
    if len(left) > _LONGEST_LABEL:
        return start, end
    return (first, last) if _BARE.fullmatch(left) and not re.search(r"\w", right) else (start, end)
