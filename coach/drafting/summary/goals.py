"""Say of every goal how it stands after the session, with the quotes that show it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coach.domain.brief import Brief, BriefGoal
from coach.domain.sessions import GoalStatus
from coach.domain.summary import Evidence, GoalProgress, Sensitive
from coach.domain.text import printable
from coach.drafting.summary.judging import HEARD, Verdict, in_actions, judged
from coach.drafting.summary.quantities import Reading, counted, fits_by_number
from coach.drafting.summary.reasons import question_for, reason_for
from coach.drafting.summary.targets import Target, target_of
from coach.drafting.summary.topics import Said, said_of_goals
from coach.drafting.summary.vocabulary import Vocabulary
from coach.language.clauses import plain_low
from coach.language.quotes import overlaps
from coach.language.utterances import Utterance

_TIMES = r"(?:minutes?|hours?|days?|half[- ]days?|weeks?|months?|mins?|hrs|seconds)"
_COUNTS_TIME = re.compile(
    rf"^(?:average |mean |total |number of |full |whole |working )*{_TIMES}\b|^\D{{0,12}}\d+ {_TIMES}\b|\b(?:length|duration|time) (?:of|from|to|taken|between)\b|\bin (?:minutes|hours|days|weeks)\b"
)
_PULLED = 0.5  # how surely a clause speaks of the one goal that its numbers fit
_WHOLE_SENTENCE = 14  # words up to which a sentence is quoted whole


def goal_progress(brief: Brief, utterances: Sequence[Utterance], sensitive: Sequence[Sensitive]) -> tuple[GoalProgress, ...]:
    """Return each goal once, in order, with its status, the reason and quotes; nothing sensitive is quoted or weighed."""
    vocabulary = Vocabulary(brief)
    stretches = stretches_of(brief, utterances, sensitive, vocabulary)
    return tuple(_progress(goal, stretches[place], brief.notes, vocabulary, place) for place, goal in enumerate(brief.goals))


def stretches_of(brief: Brief, utterances: Sequence[Utterance], sensitive: Sequence[Sensitive], vocabulary: Vocabulary) -> list[list[Said]]:
    """Return for each goal the clauses that are about it, without what is sensitive."""
    private = [(s.start, s.end) for s in sensitive]
    plain = [u for u in utterances if not overlaps(u.start, u.end, private)]
    said = said_of_goals(brief, plain, vocabulary)
    stretches: list[list[Said]] = [[] for _ in brief.goals]
    targets = [target_of(goal) for goal in brief.goals]
    for each in said:
        if each.goal is not None:
            stretches[each.goal].append(each)
        if (each.goal is None or each.support < HEARD) and (place := pulled_to(each, targets)) is not None and place != each.goal:
            stretches[place].append(replace(each, goal=place, own=_PULLED, support=_PULLED))
    return stretches


def pulled_to(said: Said, targets: Sequence[Target]) -> int | None:
    """Return the one goal whose target the numbers of a clause fit that speaks of no goal by its words."""
    fitting = [place for place, target in enumerate(targets) if fits_by_number(said.clause, target)]
    return fitting[0] if len(fitting) == 1 else None


def _reading(goal: BriefGoal, stretch: Sequence[Said], vocabulary: Vocabulary, place: int, target: Target) -> Reading | None:
    def speaks(word: str) -> bool:
        return any(at == place for at, _, _ in vocabulary.of_word(word))

    numbered = [s for s in stretch if not in_actions(s) and s.support >= HEARD]
    return counted(numbered, target, any(_COUNTS_TIME.search(plain_low(words)) for words in (goal.measure, goal.target)), speaks)


def _progress(goal: BriefGoal, stretch: Sequence[Said], notes: str, vocabulary: Vocabulary, place: int) -> GoalProgress:
    target = target_of(goal)
    reading = _reading(goal, stretch, vocabulary, place, target)
    verdict = judged(stretch, reading, target)
    evidence = () if verdict.status is GoalStatus.NOT_DISCUSSED else evidence_of(verdict, notes)
    if verdict.status is not GoalStatus.NOT_DISCUSSED and not evidence:
        verdict = Verdict(GoalStatus.NOT_DISCUSSED)
    reason, question = reason_for(verdict, goal), question_for(verdict, goal)
    return GoalProgress(goal_id=goal.id, status=verdict.status, reason=reason, evidence=evidence, question=question)


def evidence_of(verdict: Verdict, notes: str) -> tuple[Evidence, ...]:
    """Return the quotes that show a verdict: the clause, or its whole sentence where that is short; clauses of one sentence together."""
    found: list[tuple[int, int]] = []
    for utterance in dict.fromkeys(s.utterance for s in verdict.shown_by):
        parts = [s.clause for s in verdict.shown_by if s.utterance is utterance]
        start, end = min(c.start for c in parts), max(c.end for c in parts)
        if len(utterance.text.split()) <= _WHOLE_SENTENCE:
            start, end = utterance.start, utterance.end
        found.append((start, end))
    quoted = [(printable(notes[start:end]), start, end) for start, end in found]
    return tuple(Evidence(quote=quote, start=start, end=end) for quote, start, end in quoted if quote)
