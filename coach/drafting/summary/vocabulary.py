"""Which words of notes speak of which goal: its own words, near ones, short forms, misspellings."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from coach.domain.brief import Brief, BriefGoal
from coach.language.clauses import plain_low
from coach.language.numbers import NUMBER_WORDS
from coach.language.stems import STOPWORDS, stem_list

TITLE, MEASURE, TARGET, ACTION = 1.0, 0.9, 0.45, 0.4
NEAR, SHORT, MISSPELT, ACRONYM = 0.42, 0.6, 0.75, 1.0
_GENERAL = 0.3  # words that stand in goals of any kind say little about which one is meant
_TOKEN = re.compile(r"[^\W_]+(?:['&/-][^\W_]+)*")
_GENERAL_WORDS = frozenset(
    stem
    for word in ["use", "using", "used", "work", "working", "new", "people", "team", "time", "week", "weekly", "month", "monthly", "day", "days", "daily", "year", "quarter", "number", "share", "average", "total", "count", "new", "own", "himself", "herself", "themselves", "personally", "help", "without", "him", "her", "by", "better", "less", "fewer", "more", "faster", "shorter", "real", "real-life", "every", "each", "all", "least", "most", "last", "next", "first", "start", "started", "begin", "done", "do", "make", "made", "get", "give", "take", "put", "set", "go", "see", "show", "run", "live", "way", "thing", "things", "part", "full", "whole", "one", "two", "three", "june", "july", "august", "september", "october", "november", "december", "january", "february", "march", "april", "may", "monday", "tuesday", "wednesday", "thursday", "friday", "percent", "per", "row", "end", "before", "after", "not", "like", "rest", "us", "learn", "try", "let", "have", "senior", "junior", "staff", "mentor", "mentee", "company", "business", "good", "know", "feel", "want", "need", "keep", "hold", "held", "percentage", "minutes", "hours", "half", "meeting", "meetings", "call", "calls", "person", "persons", "someone", "group", "reported", "big", "small", "big", "open", "round", "early", "late", "long", "short", "right", "clear", "clean", "same", "different", "different", "good", "great", "free", "live", "ready", "finish", "finished", "complete", "completed", "approved", "agreed", "signed", "published", "ask", "asks", "asked", "asking", "tell", "tells", "told", "telling", "say", "says", "said", "talking", "note", "notes", "place", "leader", "leaders", "leadership", "boss", "manager", "managers", "director", "department", "directorate", "office", "offices", "site", "sites", "at", "in", "on", "off", "out", "up", "down", "over", "under", "with"]
    for stem in stem_list(word) or [word]
)  # fmt: skip
_VOWEL = re.compile(r"[aeiouy]")
_VERB_OF = {
    form: verb
    for verb, forms in {
        "speak": "spoke spoken", "write": "wrote written", "send": "sent", "meet": "met", "hold": "held", "take": "took taken", "give": "gave given", "sell": "sold", "teach": "taught",
        "run": "ran", "fly": "flew flown", "drive": "drove driven", "choose": "chose chosen", "ride": "rode ridden", "sit": "sat", "read": "read", "buy": "bought", "bring": "brought",
        "lead": "led", "leave": "left", "lend": "lent", "pay": "paid", "ring": "rang rung", "build": "built", "begin": "began begun", "break": "broke broken", "eat": "ate eaten",
        "forgive": "forgave", "hear": "heard", "hide": "hid hidden", "know": "knew known", "lose": "lost", "see": "saw seen", "shut": "shut", "sign": "signed", "spend": "spent",
        "stand": "stood", "swim": "swam", "think": "thought", "throw": "threw thrown", "understand": "understood", "wear": "wore worn", "win": "won", "withdraw": "withdrew withdrawn",
    }.items()
    for form in forms.split()
}  # fmt: skip
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_SHORT_FORMS = {
    "mtg": "meeting", "mtgs": "meetings", "rms": "rooms", "rm": "room", "dept": "department", "mgr": "manager", "mgrs": "managers", "mgmt": "management", "wks": "weeks", "wk": "week",
    "hrs": "hours", "hr": "hour", "mins": "minutes", "msg": "message", "msgs": "messages", "comms": "communications", "ops": "operations", "pres": "presentation", "appt": "appointment",
    "appts": "appointments", "qs": "questions", "q": "question", "ans": "answer", "accts": "accounts", "acct": "account", "vid": "video", "vids": "videos", "pics": "pictures", "pic": "picture",
    "ppl": "people", "cust": "customer", "custs": "customers", "apps": "apprentices", "govt": "government", "h/keepers": "housekeepers", "cal": "calendar", "sched": "schedule", "recs": "recordings",
    "sub": "subtitles", "subs": "subtitles", "trg": "training", "doc": "document", "docs": "documents", "fb": "feedback", "insta": "instagram", "pw": "password", "lang": "language", "langs": "languages",
    "regs": "regulations", "min": "minutes", "intvw": "interview", "ivs": "interviews", "1-1s": "one-to-ones", "121s": "one-to-ones", "1:1s": "one-to-ones", "vols": "volunteers", "sugg": "suggestions",
    "suggs": "suggestions", "dels": "delegates", "reqs": "requests", "req": "request", "temps": "templates", "tix": "tickets", "sus": "sustainability", "a11y": "accessibility", "sm": "social",
}  # fmt: skip


@dataclass(frozen=True)
class GoalWords:
    """What speaks of one goal: weights of its stems, the groups of near words that it touches, its acronyms and its plain words."""

    weights: dict[str, float]
    near: dict[int, float]
    plain: frozenset[str]
    acronyms: frozenset[str]


class Vocabulary:
    """Tells how much a word speaks of each goal of a brief; each different word is weighed once."""

    def __init__(self, brief: Brief) -> None:
        people = {stem for p in (brief.pair.mentor, brief.pair.mentee) for stem in stem_list(p.name)}
        self.goals = [_goal_words(goal, _actions_of(goal, brief), people) for goal in brief.goals]
        spread = Counter(stem for goal in self.goals for stem in goal.weights)
        self._spread = {stem: 1.0 / times**1.5 for stem, times in spread.items()}
        groups = Counter(group for goal in self.goals for group in goal.near)
        self._group_spread = {group: 1.0 / times**1.5 for group, times in groups.items()}
        self._people = people
        self._known: dict[str, tuple[tuple[int, str, float], ...]] = {}
        self._by_start: dict[str, list[tuple[int, str]]] = {}
        for place, each in enumerate(self.goals):
            for word in each.plain:
                self._by_start.setdefault(word[0], []).append((place, word))

    def scores(self, text: str) -> list[float]:
        """Return how much a text speaks of each goal; a word counts once however often it stands there."""
        best: list[dict[str, float]] = [{} for _ in self.goals]
        words = tokens(text)
        for word in {*words, *(f"{a}-{b}" for a, b in pairwise(words))}:
            for place, key, weight in self.of_word(word):
                best[place][key] = max(best[place].get(key, 0.0), weight)
        return [sum(found.values()) for found in best]

    def of_word(self, word: str) -> tuple[tuple[int, str, float], ...]:
        """Return the goals that a lower-case word speaks of, with the word of the goal that it stands for and its weight."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = tuple(self._weighed(word))
        return known

    def _weighed(self, word: str) -> Iterable[tuple[int, str, float]]:
        if word in STOPWORDS or (len(word) < 2 and not word.isalpha()) or ("-" in word and not near_groups(word)):
            return  # the parts of a compound are weighed by themselves
        full = _SHORT_FORMS.get(word) or _VERB_OF.get(word) or word
        stems = [s for s in stem_list(full) if s not in self._people]
        groups = near_groups(full)
        for place, goal in enumerate(self.goals):
            exact = [s for s in stems if s in goal.weights]
            if exact:
                for stem in exact:
                    yield place, stem, goal.weights[stem] * self._spread[stem]
                continue
            if word in goal.acronyms:
                yield place, word, ACRONYM
                continue
            close = max(((goal.near[g] * NEAR * self._group_spread[g], g) for g in groups if g in goal.near), default=None)
            if close:
                yield place, f"~{close[1]}", close[0]
                continue
            yield from ((place, stem, weight) for at, stem, weight in self._alike(word) if at == place)

    def _alike(self, word: str) -> Iterable[tuple[int, str, float]]:
        """Yield the goals with a word that this one shortens, lengthens or misspells."""
        if len(word) < (3 if not _VOWEL.search(word) else 4) or not word.isalpha():
            return
        for place, other in self._by_start.get(word[0], ()):
            goal = self.goals[place]
            stem = (stem_list(other) or [other])[0]
            weight = goal.weights.get(stem, 0.0) * self._spread.get(stem, 1.0)
            if weight < TARGET:
                continue
            if not _VOWEL.search(word):
                if len(word) <= 6 and word[-1] in other[-2:] and _runs_through(word, other):
                    yield place, stem, weight * SHORT
                continue
            short = word.removesuffix("s") if len(word) > 4 else word
            if (len(other) >= len(short) + 3 and other.startswith(short)) or (len(word) <= len(other) + 3 and word.startswith(other)):
                yield place, stem, weight * SHORT
            elif (
                len(other) >= 5
                and (len(word) >= 5 or word[-1] == other[-1])
                and abs(len(word) - len(other)) <= 2
                and _differs_little(word, other)
            ):
                yield place, stem, weight * MISSPELT


def tokens(text: str) -> list[str]:
    """Return the words of a text without case; compounds also in their parts."""
    found = []
    for match in _TOKEN.finditer(plain_low(text)):
        word = match.group()
        found.append(word)
        if "-" in word or "/" in word:
            found += [part for part in re.split(r"[-/]", word) if part]
    return found


def _goal_words(goal: BriefGoal, actions: Sequence[str], people: set[str]) -> GoalWords:
    weights: dict[str, float] = {}
    plain: set[str] = set()
    near: dict[int, float] = {}
    for text, weight in ((goal.title, TITLE), (goal.measure, MEASURE), (goal.target, TARGET), *((a, ACTION) for a in actions)):
        for word in tokens(text):
            for stem in stem_list(word):
                if stem in people or stem.isdigit() or word in NUMBER_WORDS or word in ("none", "zero", "nil", "never"):
                    continue
                value = weight * (_GENERAL if stem in _GENERAL_WORDS else 1.0)
                if weight == TITLE and word.rstrip("s") in _WEEKDAYS:
                    value = 0.6
                weights[stem] = max(weights.get(stem, 0.0), value)
                if stem not in _GENERAL_WORDS:
                    plain.add(word)
                    for group in near_groups(word):
                        near[group] = max(near.get(group, 0.0), value)
    return GoalWords(
        weights, near, frozenset(w for w in plain if len(w) >= 4 and w.isalpha()), frozenset(_acronyms(f"{goal.title}\n{goal.measure}"))
    )


def _acronyms(text: str) -> Iterable[str]:
    """Yield the first letters of each run of two to four words that carry meaning."""
    for line in text.split("\n"):
        firsts = [
            w for w in re.findall(r"[^\W\d_]+", line.lower()) if w not in ("the", "of", "a", "to", "in", "for", "and", "with", "by", "on")
        ]
        for size in (3, 4):
            for at in range(len(firsts) - size + 1):
                yield "".join(word[0] for word in firsts[at : at + size])


def _actions_of(goal: BriefGoal, brief: Brief) -> list[str]:
    """Return the actions from earlier that share a telling word with the goal and with no other."""

    def shared(other: BriefGoal, action: str) -> int:
        wanted = {s for s in stem_list(f"{other.title} {other.measure}") if s not in _GENERAL_WORDS}
        return len(wanted & set(stem_list(action)))

    return [
        a.text
        for a in brief.actions
        if shared(goal, a.text) and all(shared(o, a.text) < shared(goal, a.text) for o in brief.goals if o.id != goal.id)
    ]


def _runs_through(short: str, word: str) -> bool:
    """Tell whether the letters of a short form stand in a word in their order."""
    letters = iter(word)
    return all(letter in letters for letter in short)


def _differs_little(word: str, other: str) -> bool:
    """Tell whether two words differ by one letter left out, put in, changed or exchanged; long ones by two."""
    allowed = 2 if min(len(word), len(other)) >= 8 else 1
    if abs(len(word) - len(other)) > allowed:
        return False
    before: list[int] = list(range(len(other) + 1))
    older: list[int] = before
    for i, a in enumerate(word, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and word[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        older, before = before, row
    return before[-1] <= allowed


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    text = (Path(__file__).parent / "near_words.txt").read_text(encoding="utf-8")
    found: dict[str, set[int]] = {}
    for number, line in enumerate(line for line in text.splitlines() if line.strip() and not line.startswith("#")):
        for word in line.lower().split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(groups) for word, groups in found.items()}


def near_groups(word: str) -> frozenset[int]:
    """Return the groups of near words that a lower-case word belongs to."""
    return _groups().get(word, frozenset())
