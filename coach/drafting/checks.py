"""Hold a draft to its brief and its passages; rules in code, whoever or whatever wrote the draft."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coach.domain.agenda import AgendaContent, slack_needed
from coach.domain.brief import Brief
from coach.domain.drafts import Check, CheckName
from coach.domain.guidance import Citation, Passage
from coach.language.contacts import contacts
from coach.language.dates import FoundDate, dates
from coach.language.folding import fold, stands_in
from coach.language.names import PARTICLES, names
from coach.language.numbers import numbers
from coach.language.private import without_instructions
from coach.language.sentences import words

QUESTION = "[[ask:"
_OWN_WORDS = "Session Agenda Purpose Guidance Hopes"
# What is no name, number or date by its form and still states one: it has to stand in the brief or the guidance word for word.
_STATED = {
    CheckName.NAMES: re.compile(r"\b(?:UK|US|USA|EU|CEO|CFO|CTO|COO)\b"),
    CheckName.NUMBERS: re.compile(
        r"\b(?:(?:dozens|hundreds|thousands|millions) of|twice|thrice|(?:two|three|a) (?:thirds?|quarters?)|most of (?:the|our) (?:team|staff|people))\b",
        re.IGNORECASE,
    ),
    CheckName.DATES: re.compile(
        r"\b(?:[QH][1-4]|yesterday|last (?:week|month|quarter|year|spring|summer|autumn|winter)\b|on the (?:\d+(?:st|nd|rd|th)|(?:twenty-|thirty-)?(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th|\w+teenth|twentieth|thirtieth)(?=\s*(?:[.,;:!?)]|$|of\b)))",
        re.IGNORECASE,
    ),
}
_MINUTES = re.compile(r"[\s-]*min(?:ute)?s?\b", re.IGNORECASE)
_MAY_HOLD_CONTACT = re.compile(r"@|://|www\.|[^\W\d]\.[^\W\d]{2}|\d[\d ().-]{5,}\d")


@dataclass(frozen=True)
class Unsupplied:
    """Words of a text that stand in nothing supplied, with their place (code points)."""

    check: CheckName
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Facts:
    """What a draft may state without inventing: words, numbers and dates of the brief and the passages, and computed minutes."""

    words: frozenset[str]
    text: str
    numbers: frozenset[float]
    minutes: frozenset[float]
    dates: frozenset[tuple[int | None, int | None, int | None]]
    weekdays: frozenset[int]


def facts_of(brief: Brief, passages: Sequence[Passage], computed: Iterable[int] = ()) -> Facts:
    """Return everything that this brief and these passages let a draft state."""
    days = [g.due for g in brief.goals] + [g.last_discussed for g in brief.goals] + [a.due for a in brief.actions] + [brief.session.date]
    counts = (brief.session.number, brief.session.minutes, len(brief.goals), len(brief.open_actions))
    told = [*_strings(brief.model_dump()), *map(_told_by, passages)]
    return _facts(told, filter(None, days), filter(None, counts), computed)


def facts_of_passages(passages: Sequence[Passage]) -> Facts:
    """Return everything that these passages alone let an answer state."""
    return _facts([*map(_told_by, passages)])


def _told_by(passage: Passage) -> str:
    return f"{passage.document}\n{passage.section}\n{passage.text}"


def _facts(told: Iterable[str], days: Iterable[date] = (), counts: Iterable[int] = (), computed: Iterable[int] = ()) -> Facts:
    # An instruction to software is no fact, wherever it stands: what it wants written would be an invention.
    text = "\n".join([*map(without_instructions, told), _OWN_WORDS])
    found = dates(text)
    known: set[tuple[int | None, int | None, int | None]] = {(f.year, f.month, f.day) for f in found if f.month}
    known |= {(None, month, day) for _, month, day in known} | {(year, month, None) for year, month, _ in known}
    weekdays = {f.weekday for f in found if f.weekday is not None}
    for day in days:
        known |= {(day.year, day.month, day.day), (None, day.month, day.day), (day.year, day.month, None)}
        weekdays.add(day.weekday())
    return Facts(
        words=frozenset(_name_words(text)),
        text=fold(text).casefold(),
        numbers=frozenset({n.value for n in numbers(text)} | set(map(float, counts))),
        minutes=frozenset(map(float, computed)),
        dates=frozenset(known),
        weekdays=frozenset(weekdays),
    )


def unsupplied(text: str, facts: Facts) -> list[Unsupplied]:
    """Return the names, numbers and dates of a text that stand in nothing supplied, in order."""
    stated = dates(text)
    found = [Unsupplied(CheckName.DATES, d.start, d.end, d.text) for d in stated if not _date_known(d, facts)]
    rest = text
    for d in stated:  # a month or weekday is no part of the name beside it
        rest = rest[: d.start] + "\0" * (d.end - d.start) + rest[d.end :]
    found += [
        Unsupplied(CheckName.NUMBERS, n.start, n.end, n.text)
        for n in numbers(rest)
        if n.value not in facts.numbers
        and n.text.lower() not in facts.words
        and not (n.value in facts.minutes and _MINUTES.match(rest, n.end))
    ]
    found += _stated(rest, facts)
    found += [Unsupplied(CheckName.NAMES, n.start, n.end, n.text) for n in names(rest) if not set(_name_words(n.text)) <= facts.words]
    return sorted(found, key=lambda u: u.start)


def _stated(text: str, facts: Facts) -> list[Unsupplied]:
    """Return contacts, abbreviations, multiples and relative dates that do not stand in anything supplied."""
    found = [Unsupplied(name, m.start(), m.end(), m.group()) for name, pattern in _STATED.items() for m in pattern.finditer(text)]
    if _MAY_HOLD_CONTACT.search(text):
        found += [Unsupplied(CheckName.NAMES, c.start, c.end, text[c.start : c.end]) for c in contacts(text)]
    return [u for u in found if fold(u.text).casefold() not in facts.text]


def check_agenda(content: AgendaContent, citations: Sequence[Citation], brief: Brief, passages: Sequence[Passage]) -> tuple[Check, ...]:
    """Return the outcome of every rule for an agenda, passed or not."""
    cited = {(c.document, c.section) for c in citations}
    facts = facts_of(brief, [p for p in passages if (p.document, p.section) in cited], agenda_numbers(content))
    found = [u for text in agenda_texts(content) for u in unsupplied(text, facts)]
    return (
        _citations(content, citations, passages),
        _times(content),
        none_of(CheckName.NAMES, found, "possible names that stand in neither the brief nor the guidance"),
        none_of(CheckName.NUMBERS, found, "numbers that stand in neither the brief nor the guidance"),
        none_of(CheckName.DATES, found, "dates that stand in neither the brief nor the guidance"),
        _roles(content, brief),
        _goals(content, brief),
        _questions(content),
    )


def agenda_numbers(content: AgendaContent) -> tuple[int, ...]:
    """Return the numbers of an agenda that code computed: its minutes, the slack, how many items and goals there are."""
    return (
        content.minutes,
        content.slack,
        content.planned_minutes,
        len(content.items),
        len(content.left_for_later),
        *(i.minutes for i in content.items),
    )


def agenda_texts(content: AgendaContent) -> list[str]:
    """Return every text of an agenda that an engine or a person wrote."""
    texts = [content.purpose, *content.preparation, *content.close, *(later.how for later in content.left_for_later)]
    for item in content.items:
        texts += [item.title, *item.questions]
    return texts + [action.text for action in content.carried_actions] + [fact.question for fact in content.missing]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [s for v in value.values() for s in _strings(v)]
    return [s for v in value for s in _strings(v)] if isinstance(value, list | tuple) else []


def _name_words(text: str) -> list[str]:
    owned = re.sub(r"'s\b", "", fold(text))  # before the cut: vowel signs of other scripts part words, and would leave a lone s
    return [part for word in words(owned) for part in word.split("-") if part not in PARTICLES]


def _date_known(found: FoundDate, facts: Facts) -> bool:
    if found.weekday is not None:
        return found.weekday in facts.weekdays
    if (found.year, found.month, found.day) in facts.dates:
        return True
    if found.year is None or found.month is None or found.day is None:
        return False
    try:
        day = date(found.year, found.month, found.day)
    except ValueError:
        return False
    same_day_without_year = (None, day.month, day.day) in facts.dates
    return same_day_without_year and not any(d[1:] == (day.month, day.day) and d[0] not in (None, day.year) for d in facts.dates)


def none_of(name: CheckName, found: Sequence[Unsupplied], what: str) -> Check:
    """Return the outcome of a rule about supplied facts: passed where none of its kind was found."""
    mine = list(dict.fromkeys(u.text for u in found if u.check is name))
    return Check(name=name, passed=not mine, detail=f"Please look at {what}: {', '.join(mine)}." if mine else "")


def _citations(content: AgendaContent, citations: Sequence[Citation], passages: Sequence[Passage]) -> Check:
    keys = {c.key for c in citations}
    strange = sorted({key for item in content.items for key in item.citations} - keys)
    wrong = [
        c.key
        for c in citations
        if not any(p.document == c.document and p.section == c.section and stands_in(c.quote, p.text) for p in passages)
    ]
    if strange or wrong:
        return Check(name=CheckName.CITATIONS, passed=False, detail=f"Not among the passages supplied: {', '.join(strange + wrong)}.")
    return Check(name=CheckName.CITATIONS, passed=True)


def _times(content: AgendaContent) -> Check:
    if content.slack < 0:
        detail = f"The items take {content.planned_minutes} minutes, {-content.slack} more than the session has."
    elif content.slack < slack_needed(content.minutes):
        detail = f"Only {content.slack} of {content.minutes} minutes stay free; {slack_needed(content.minutes)} would be a tenth."
    else:
        return Check(name=CheckName.TIMES, passed=True, detail=f"{content.planned_minutes} minutes planned, {content.slack} free.")
    return Check(name=CheckName.TIMES, passed=False, detail=detail)


def _roles(content: AgendaContent, brief: Brief) -> Check:
    """Fail where the mentee leads most, or where a text calls one of the two by the other's role."""
    minutes = {lead: sum(i.minutes for i in content.items if i.lead == lead) for lead in ("mentor", "mentee")}
    if minutes["mentee"] > minutes["mentor"]:
        return Check(name=CheckName.ROLES, passed=False, detail="The mentee would lead more minutes than the mentor; the junior leads.")
    known = sorted(
        {g.title for g in brief.goals} | {a.text for a in brief.actions} | {g.measure for g in brief.goals if g.measure},
        key=len,
        reverse=True,
    )
    for text in agenda_texts(content):
        for agreed in known:  # what the pair itself agreed may name roles as it likes
            text = text.replace(agreed, "")
        if swapped := role_swap(text, brief):
            return Check(name=CheckName.ROLES, passed=False, detail=f"Mentor and mentee seem to be changed over: “{swapped}”.")
    return Check(name=CheckName.ROLES, passed=True)


def role_swap(text: str, brief: Brief) -> str | None:
    """Return the words that call the mentor the mentee, or the mentee the mentor, if any do."""
    mentor, mentee = brief.pair.mentor, brief.pair.mentee
    for person, other, wrong in ((mentor, mentee, "mentee"), (mentee, mentor, "mentor")):
        others = "|".join(re.escape(name) for name in sorted({other.name, other.first_name}, key=len, reverse=True))
        for name in {person.name, person.first_name} - {other.name, other.first_name}:
            n = re.escape(name)
            does = (
                rf"(?:mentors|coaches|advises) (?:{others})\b"
                if wrong == "mentor"
                else rf"is (?:mentored|coached|advised) by (?:{others})\b"
            )
            forms = (
                rf"\b{n} \((?:the |our |your )?{wrong}\)",
                rf"\b{n}, (?:the|our|your|as) {wrong}(?=[,.;:!?]|$)",
                rf"\b{n} (?:is|acts as|as|remains|becomes) (?:the |our |your |(?:{others})['’]s? ?s? ?)?{wrong}\b",
                rf"\b{n} {does}",
                rf"\b(?:[Tt]he|[Oo]ur|[Yy]our) {wrong},? {n}(?!\w| (?:will|can|may|might)\b)",
                rf"\b[Mm]{wrong[1:]}(?: is|:) {n}\b",
                rf"\b[Mm]{wrong[1:]} \({n}\)",
            )
            if match := next((m for form in forms if (m := re.search(form, text))), None):
                return match.group()
    return None


def _goals(content: AgendaContent, brief: Brief) -> Check:
    known = {goal.id for goal in brief.goals}
    placed = {item.goal_id for item in content.items if item.goal_id} | {later.goal_id for later in content.left_for_later}
    titles = {goal.id: goal.title for goal in brief.goals}
    if strange := sorted(placed - known):
        return Check(name=CheckName.GOALS, passed=False, detail=f"No agreed goal has this id: {', '.join(strange)}.")
    if lost := [titles[i] for i in titles if i not in placed]:
        return Check(name=CheckName.GOALS, passed=False, detail=f"Neither discussed nor left for later: {'; '.join(lost)}.")
    return Check(name=CheckName.GOALS, passed=True)


def _questions(content: AgendaContent) -> Check:
    open_ones = [fact.question for fact in content.missing] + [t for t in agenda_texts(content) if QUESTION in t]
    if open_ones:
        return Check(name=CheckName.QUESTIONS, passed=False, detail=f"To answer before anyone can approve: {' '.join(open_ones)}")
    return Check(name=CheckName.QUESTIONS, passed=True)
