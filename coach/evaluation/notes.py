"""Measure summaries of notes against a careful reader's; what is counted is defined in tests/notes/README.md and beside each figure of coach.domain.measured."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.domain.measured import ActionsMeasured, NotesLeg, NotesMeasured, StatusMeasured
from coach.domain.sessions import GoalStatus
from coach.domain.summary import AgreedAction, Decision, Evidence, SummaryContent
from coach.evaluation.measures import mean
from coach.evaluation.notes_cases import GoldAction, GoldGoal, NotesCase
from coach.language.sentences import words
from coach.services.drafting import make_draft
from coach.services.parts import Parts

DIGITS = 3
HALF = 0.5
PROGRESS = frozenset({GoalStatus.ACHIEVED, GoalStatus.ADVANCED})
_MARKS = str.maketrans({c: "'" for c in "‘’‚‛′`´"} | {c: '"' for c in "“”„‟″«»"})
Summarise = Callable[[Brief], SummaryContent]


@dataclass(frozen=True)
class Compared:
    """One case with the summary that was made of it, and how its actions match."""

    case: NotesCase
    content: SummaryContent
    pairs: tuple[tuple[int, int], ...]  # places of a gold action and of the action that meets it


def measure(cases: Sequence[NotesCase], legs: dict[str, Summarise], telling: str) -> NotesMeasured:
    """Summarise every case in each of these ways and return the measures; `errors` are those of the way named by `telling`."""
    found = {name: [compared(case, summarise(case.brief)) for case in cases] for name, summarise in legs.items()}
    return NotesMeasured(
        cases=len(cases),
        goals=sum(len(case.gold.goals) for case in cases),
        legs=tuple(notes_leg(name, each) for name, each in found.items()),
        errors=tuple(line for one in found[telling] for line in errors(one)),
    )


def summary_by(parts: Parts, engine: str, brief: Brief) -> SummaryContent:
    """Return the summary that the product itself would show for review; EngineFailed where the engine ends without one."""
    content = make_draft(parts, DraftKind.SUMMARY, brief, engine).draft.content
    assert isinstance(content, SummaryContent)
    return content


def compared(case: NotesCase, content: SummaryContent) -> Compared:
    """Return a case beside its summary."""
    return Compared(case, content, matched(case.gold.actions, content.actions))


def notes_leg(name: str, all_compared: Sequence[Compared]) -> NotesLeg:
    """Return the measures over these cases."""
    goals = [pair for one in all_compared for pair in _goals(one)]
    statuses = tuple(_status(status, [(gold.status, said) for gold, said, _ in goals]) for status in GoalStatus)
    present = [s.f1 for s in statuses if s.gold or s.predicted]
    still = [said for gold, said, _ in goals if gold.status not in PROGRESS]
    quotes = [(one.case.brief.notes, e) for one in all_compared for e in _quotes(one.content)]
    proven = [(gold, evidence) for gold, said, evidence in goals if gold.evidence and gold.status is said]
    return NotesLeg(
        leg=name,
        statuses=statuses,
        macro_f1=_share(present),
        false_progress=_share([float(said in PROGRESS) for said in still]),
        quotes=len(quotes),
        quotes_verbatim=_share([float(_plain(e.quote) in _plain(notes)) for notes, e in quotes]) if quotes else 1.0,
        quotes_hit=_share([float(any(covers(e.quote, piece) for e in said for piece in gold.evidence)) for gold, said in proven]),
        sensitive_quoted=sum(_sensitive_quoted(one) for one in all_compared),
        actions=_actions(all_compared),
        decisions_f1=_decisions(all_compared),
        safeguarding_right=_share([float(one.content.safeguarding == one.case.gold.safeguarding) for one in all_compared]),
    )


def errors(one: Compared) -> list[str]:
    """Return what differs from the careful reader's answer, without words of the notes."""
    lines = [f"{one.case.id} {gold.id}: {gold.status}, said {said}" for gold, said, _ in _goals(one) if gold.status is not said]
    met = dict(one.pairs)
    for place, gold in enumerate(one.case.gold.actions):
        if place not in met:
            lines += [] if gold.optional else [f"{one.case.id} action {place + 1}: missed"]
        else:
            said = one.content.actions[met[place]]
            lines += [f"{one.case.id} action {place + 1}: owner {gold.owner}, said {said.owner}"] if gold.owner != said.owner else []
            lines += [f"{one.case.id} action {place + 1}: due {gold.due}, said {said.due}"] if gold.due != said.due else []
    too_many = len(one.content.actions) - len(one.pairs)
    return lines + ([f"{one.case.id}: {too_many} actions that were not agreed"] if too_many else [])


def matched(gold: Sequence[GoldAction], said: Sequence[AgreedAction]) -> tuple[tuple[int, int], ...]:
    """Return the most pairs of a gold action and an action that meets it, one for one (augmenting paths)."""
    meets = [[i for i, action in enumerate(said) if _meets(one, action)] for one in gold]
    taken: dict[int, int] = {}

    def place(one: int, seen: set[int]) -> bool:
        for i in meets[one]:
            if i not in seen:
                seen.add(i)
                if i not in taken or place(taken[i], seen):
                    taken[i] = one
                    return True
        return False

    for one in sorted(range(len(gold)), key=lambda i: gold[i].optional):
        place(one, set())
    return tuple(sorted((one, i) for i, one in taken.items()))


def alike(a: str, b: str) -> bool:
    """Tell whether two texts share at least half of their words (twice the shared ones over all of them)."""
    first, second = Counter(words(a)), Counter(words(b))
    total = first.total() + second.total()
    return bool(total) and 2 * (first & second).total() >= HALF * total


def covers(quote: str, piece: str) -> bool:
    """Tell whether a quote holds at least half of the words of a piece."""
    wanted = Counter(words(piece))
    return bool(wanted) and (wanted & Counter(words(quote))).total() >= HALF * wanted.total()


def in_words(result: NotesMeasured, tell: bool) -> str:
    """Return the measures as a table to read, with the errors where they are asked for."""
    lines = [f"{result.cases} cases, {result.goals} goals"]
    heads = ("macro-F1", "not disc.", "false pr.", "verbatim", "hit", "sensitive", "actions", "own+due", "decisions", "safeg.")
    lines.append(f"{'':<14}" + "".join(f"{head:>10}" for head in heads))
    for leg in result.legs:
        silent = next(s.f1 for s in leg.statuses if s.status is GoalStatus.NOT_DISCUSSED)
        figures = (leg.macro_f1, silent, leg.false_progress, leg.quotes_verbatim, leg.quotes_hit, leg.sensitive_quoted,
                   leg.actions.f1, leg.actions.owner_and_due, leg.decisions_f1, leg.safeguarding_right)  # fmt: skip
        lines.append(f"{leg.leg:<14}" + "".join(f"{f:>10}" if isinstance(f, int) else f"{f:>10.2f}" for f in figures))
    for leg in result.legs:
        told = ", ".join(f"{s.status} {s.f1:.2f} ({s.predicted} said, {s.gold} true)" for s in leg.statuses)
        lines.append(f"{leg.leg}: {told}; actions: {leg.actions.matched} of {leg.actions.gold} met, {leg.actions.predicted} said.")
    return "\n".join(lines + (list(result.errors) if tell else []))


def _goals(one: Compared) -> Iterable[tuple[GoldGoal, GoalStatus, tuple[Evidence, ...]]]:
    said = {goal.goal_id: goal for goal in one.content.goals}
    for gold in one.case.gold.goals:
        goal = said.get(gold.id)
        yield gold, goal.status if goal else GoalStatus.NOT_DISCUSSED, goal.evidence if goal else ()


def _status(status: GoalStatus, pairs: Sequence[tuple[GoalStatus, GoalStatus]]) -> StatusMeasured:
    gold, said = sum(1 for g, _ in pairs if g is status), sum(1 for _, s in pairs if s is status)
    right = sum(1 for g, s in pairs if g is s is status)
    precision, recall = right / said if said else 0.0, right / gold if gold else 0.0
    f1 = 2 * right / (gold + said) if gold + said else 0.0
    return StatusMeasured(
        status=status, gold=gold, predicted=said, precision=round(precision, DIGITS), recall=round(recall, DIGITS), f1=round(f1, DIGITS)
    )


def _quotes(content: SummaryContent) -> list[Evidence]:
    parts: list[tuple[Evidence, ...]] = [goal.evidence for goal in content.goals]
    parts += [action.evidence for action in content.actions]
    parts += [decision.evidence for decision in content.decisions]
    return [e for part in parts for e in part]


def _sensitive_quoted(one: Compared) -> int:
    """Count the sensitive pieces that some quote holds, lies in, or covers half of."""
    quotes = [_plain(e.quote) for e in _quotes(one.content)]
    pieces = [_plain(piece) for piece in one.case.gold.sensitive]
    return sum(1 for piece in pieces if any(piece in q or (q and q in piece) or covers(q, piece) for q in quotes))


def _meets(gold: GoldAction, said: AgreedAction) -> bool:
    return alike(gold.text, said.text) or any(covers(e.quote, gold.evidence) for e in said.evidence)


def _actions(all_compared: Sequence[Compared]) -> ActionsMeasured:
    """Optional ones are neither missed nor wrong; only what had to be found counts as found."""
    gold = sum(1 for one in all_compared for action in one.case.gold.actions if not action.optional)
    met = [(one.case.gold.actions[g], one.content.actions[s]) for one in all_compared for g, s in one.pairs]
    right = [(g, s) for g, s in met if not g.optional]
    said = sum(len(one.content.actions) for one in all_compared) - (len(met) - len(right))
    return ActionsMeasured(
        gold=gold,
        predicted=said,
        matched=len(right),
        precision=round(len(right) / said, DIGITS) if said else 0.0,
        recall=round(len(right) / gold, DIGITS) if gold else 0.0,
        f1=round(2 * len(right) / (gold + said), DIGITS) if gold + said else 1.0,
        owner_right=_share([float(g.owner == s.owner) for g, s in met]),
        due_right=_share([float(g.due == s.due) for g, s in met]),
        owner_and_due=_share([float(g.owner == s.owner and g.due == s.due) for g, s in met]),
    )


def _decisions(all_compared: Sequence[Compared]) -> float:
    right = gold = said = 0
    for one in all_compared:
        left: list[Decision] = list(one.content.decisions)
        gold, said = gold + len(one.case.gold.decisions), said + len(left)
        for wanted in one.case.gold.decisions:
            same = [d for d in left if alike(wanted.text, d.text) or any(covers(e.quote, wanted.evidence) for e in d.evidence)]
            if same:
                left.remove(same[0])
                right += 1
    return round(2 * right / (gold + said), DIGITS) if gold + said else 1.0


def _share(values: Sequence[float]) -> float:
    return round(mean(values), DIGITS) if values else 0.0


def _plain(text: str) -> str:
    """Return text after NFKC, with straight quotation marks and single spaces; on purpose not the rule that the drafting itself uses."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_MARKS).split())
