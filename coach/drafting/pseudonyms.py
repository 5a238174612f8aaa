"""Put pseudonyms in the place of people and of what leads to them, and the people back in the place of pseudonyms.

A provider of a language model sees nothing else. Masking can be undone, so it is generous: a place or a product may become a person too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from coach.domain.brief import BriefPair
from coach.drafting.masked import Kind, Masked, Span
from coach.drafting.voice import voice_of
from coach.language.contacts import Contact, ContactKind, contacts
from coach.language.mentions import Directory
from coach.language.name_forms import forms_of, forms_of_found, is_name_and_word, name_words, solid
from coach.language.name_runs import Mention
from coach.language.names import PARTICLES
from coach.language.people_found import FoundPerson, found_people
from coach.language.positions import blanked, fold_name, folded, is_hidden

MENTOR, MENTEE = "[MENTOR]", "[MENTEE]"
KINDS: dict[str, Kind] = {MENTOR: "mentor", MENTEE: "mentee"}
_FAMILIES = {ContactKind.EMAIL: "EMAIL", ContactKind.PHONE: "PHONE", ContactKind.LINK: "LINK", ContactKind.IDENTIFIER: "ID"}
_PLACEHOLDER = re.compile(
    r"(?P<escaped>\\)?\[\s{0,3}(?P<family>MENTOR|MENTEE|PERSON|EMAIL|PHONE|LINK|ID)"
    r"(?:\s{0,2}\\?[_\s-]?\s{0,2}(?P<number>\d{1,6})(?P<form>[B-Z])?)?\s{0,3}(?(escaped)\\\]|\])",
    re.IGNORECASE,
)
_FORMS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"  # [PERSON_1B] is the person of [PERSON_1], written in another way
_UNCASED = "[\u0590-\u109f\u1100-\u11ff\u1780-\u1c7f\u2e80-\ua63f\ua980-\uaaff\uabc0-\ud7ff\uf900-\ufaff\ufb1d-\ufeff\U00020000-\U0003134f]"
_JOINED = re.compile(rf"[a-z][A-Z]|{_UNCASED}")
_BETWEEN_SPACES = re.compile(r"\S+")
_INVENTED = re.compile(r"\[[A-Z]{2,}_\d+[A-Z]?\]")


class Pseudonyms:
    """The placeholders of one brief: one person, address or number is one placeholder in all of its texts.

    Another way of writing a third person adds a letter ([PERSON_1B]). A text that was not learned first is learned when it is masked.
    """

    def __init__(self, texts: Iterable[str], pair: BriefPair | None = None) -> None:
        self._directory = Directory()
        self._given: dict[str, str] = {}
        self._pair: frozenset[str] = frozenset()
        self._of_contact: dict[tuple[str, str], str] = {}
        self._of_shared: dict[str, str] = {}
        self._by_name: dict[frozenset[str], str] = {}
        self._of_form: dict[tuple[str, str], str] = {}
        self._learned: dict[str, tuple[Span, ...]] = {}
        self._spans: dict[str, tuple[Span, ...]] = {}
        self._counts: dict[str, int] = {}
        if pair is not None:
            self._take_in(pair)
        self._learn(texts)

    @classmethod
    def of_pair(cls, pair: BriefPair, texts: Iterable[str]) -> "Pseudonyms":
        """Return the pseudonyms of a pair and of everybody found in these texts."""
        return cls(texts, pair)

    @classmethod
    def of_text(cls, text: str) -> "Pseudonyms":
        """Return the pseudonyms of everybody found in a text that belongs to no pair."""
        return cls([text])

    def mask(self, text: str) -> Masked:
        """Return the text with a placeholder for each person, e-mail address, telephone number, link and identifier."""
        self._learn([text])
        spans = self._spans_of(text)
        pieces, end = [], 0
        for span in spans:
            pieces += [text[end : span.start], span.placeholder]
            end = span.end
        return Masked("".join([*pieces, text[end:]]), spans, tuple(text[s.start : s.end] for s in spans))

    def _spans_of(self, text: str) -> tuple[Span, ...]:
        if text not in self._spans:
            fixed = self._learned[text]
            self._spans[text] = tuple(sorted([*fixed, *self._mentioned(text, fixed)], key=lambda span: span.start))
        return self._spans[text]

    def restore(self, text: str) -> str:
        """Return what a model wrote with short names for mentor and mentee, and for the rest what stood there; strange placeholders stay."""
        return _PLACEHOLDER.sub(lambda match: self._given.get(_canonical(match), match.group()), text)

    def unknown(self, text: str) -> tuple[str, ...]:
        """Return the placeholders in a model's text that were never given out, as written there, each once."""
        strange = [match for match in _PLACEHOLDER.finditer(text) if _canonical(match) not in self._given]
        invented = [match for match in _INVENTED.finditer(text) if not _PLACEHOLDER.fullmatch(match.group())]
        return tuple(dict.fromkeys(match.group() for match in sorted([*strange, *invented], key=lambda match: match.start())))

    def _take_in(self, pair: BriefPair) -> None:
        voice = voice_of(pair, None)
        self._given |= {MENTOR: voice.mentor, MENTEE: voice.mentee}
        self._pair = frozenset(self._given)
        for placeholder, person in ((MENTOR, pair.mentor), (MENTEE, pair.mentee)):
            self._directory.add(placeholder, forms_of(person.name))
            self._by_name[_real(name_words(person.name))] = placeholder

    def _learn(self, texts: Iterable[str]) -> None:
        """Learn the contacts and the people of texts that are not known yet."""
        new = [text for text in dict.fromkeys(texts) if text not in self._learned]
        self._learned |= {text: self._fixed(text) for text in new}
        found = [person for text in new for person in found_people(self._readable(text))]
        for group in self._grouped(found):
            self._add_person(group)
        if new:
            self._spans = {}
        for text in new:
            self._spans_of(text)

    def _fixed(self, text: str) -> tuple[Span, ...]:
        """Return the spans of what a person typed in the form of a placeholder, and of the contacts."""
        typed = [Contact(m.start(), m.end(), ContactKind.IDENTIFIER, m.group()) for m in _PLACEHOLDER.finditer(text)]
        rest = contacts(blanked(text, [(c.start, c.end) for c in typed]))
        people = [c for c in rest if c.kind is ContactKind.LINK and self._is_somebody(text[c.start : c.end])]
        found = sorted([*typed, *(c for c in rest if c not in people)], key=lambda contact: contact.start)
        return tuple(Span(c.start, c.end, c.kind.value, self._placeholder_of(c, text[c.start : c.end])) for c in found)

    def _is_somebody(self, link: str) -> bool:
        """Tell whether a handle is nothing but the name of one of the pair."""
        view = folded(link)
        found = self._directory.mentions(view)
        return view.text[:1] == "@" and len(found) == 1 and (found[0].start, found[0].end) == (1, len(view.text))

    def _placeholder_of(self, contact: Contact, original: str) -> str:
        known = (contact.kind.value, contact.key)
        if known not in self._of_contact:
            self._of_contact[known] = self._next(_FAMILIES[contact.kind], original)
        return self._of_contact[known]

    def _next(self, family: str, original: str) -> str:
        self._counts[family] = number = self._counts.get(family, 0) + 1
        placeholder = f"[{family}_{number}]"
        self._given[placeholder] = original
        return placeholder

    def _readable(self, text: str) -> str:
        """Return a text in which third people can be looked for: no contacts, and nobody of the pair who is one word with something else."""
        rest = blanked(text, [(s.start, s.end) for s in self._learned[text]])
        return blanked(rest, self._joined(rest)) if self._pair else rest

    def _joined(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where somebody of the pair stands in one word with something else, in a script without capitals, or with something hidden."""
        hidden = {c for c in set(text) if is_hidden(c)}
        stretches: dict[str, list[tuple[int, int]]] = {}
        for match in _BETWEEN_SPACES.finditer(text) if hidden or _JOINED.search(text) else ():
            word = match.group()
            if _JOINED.search(word) or not hidden.isdisjoint(word):
                if word not in stretches:
                    stretches[word] = list(self._joined_in(word))
                yield from ((match.start() + start, match.start() + end) for start, end in stretches[word])

    def _joined_in(self, word: str) -> Iterator[tuple[int, int]]:
        view = folded(word)
        for mention in self._directory.mentions(view):
            start, end = view.place(mention.start, mention.end)
            if mention.people & self._pair and _is_joined(word, start, end):
                yield start, end

    def _grouped(self, found: Sequence[FoundPerson]) -> list[list[FoundPerson]]:
        """Return found names by person, in order of appearance; a name joins one that has all of its words, if plainly only one does."""
        groups: dict[frozenset[str], list[int]] = {}
        order = sorted(range(len(found)), key=lambda i: (-len(_real(found[i].words)), i))
        by_word: dict[str, list[frozenset[str]]] = {}
        for i in order:
            real = _real(found[i].words)
            if not real or self._is_known(found[i]):
                continue
            rarest = min((by_word.get(word, []) for word in real), key=len)
            homes = [home for home in rarest if real <= home]
            if real not in groups and homes:
                if len(homes) == 1:
                    groups[homes[0]].append(i)
                continue
            if real not in groups:
                groups[real] = []
                for word in real:
                    by_word.setdefault(word, []).append(real)
            groups[real].append(i)
        return [[found[i] for i in sorted(members)] for members in sorted(groups.values(), key=min)]

    def _is_known(self, found: FoundPerson) -> bool:
        """Tell whether somebody in the directory has all words and initials of a found name, or these initials are one's of the pair."""
        if found.text.isupper() and self._directory.in_initials("".join(map(solid, found.words))) & self._pair:
            return True
        people = [self._directory.named_by(word) for word in _real(found.words)]
        initials = {word for word in found.words if len(word) == 1}
        bearers = min(people, key=len)
        return any(initials <= self._directory.forms[p].beside for p in bearers if all(p in others for others in people))

    def _add_person(self, group: list[FoundPerson]) -> None:
        fullest = max(group, key=lambda person: len(_real(person.words)))
        real = _real(fullest.words)
        parts = (frozenset(some) for count in range(1, len(real)) for some in combinations(sorted(real), count))
        shorter = [self._by_name[part] for part in parts if part in self._by_name]
        person = shorter[0] if len(shorter) == 1 else self._next("PERSON", _called(fullest, group))
        self._by_name[real] = person
        for words in dict.fromkeys(found.words for found in group):
            self._directory.add(person, forms_of_found(words), guessed=person not in self._pair)

    def _mentioned(self, text: str, fixed: tuple[Span, ...]) -> Iterator[Span]:
        view = folded(blanked(text, [(s.start, s.end) for s in fixed]))
        end = 0
        for mention in self._directory.mentions(view):
            start, stop = view.place(mention.start, mention.end)
            start = max(start, end)
            if start < stop:
                if mention.people & self._pair:
                    placeholder = self._who(mention, text[start:stop])
                else:
                    stop = _after_digits(view.source, stop)
                    placeholder = self._as_written(self._who(mention, text[start:stop]), text[start:stop])
                yield Span(start, stop, KINDS.get(placeholder, "person"), placeholder)
                end = stop

    def _as_written(self, person: str, original: str) -> str:
        """Return the placeholder for one way of writing a third person, so that exactly this comes back."""
        if self._given[person] == original:
            return person
        known = (person, original)
        if known not in self._of_form:
            self._counts[person] = count = self._counts.get(person, 0) + 1
            if count > len(_FORMS):
                self._of_form[known] = self._next("PERSON", original)
            else:
                self._of_form[known] = form = f"{person[:-1]}{_FORMS[count - 1]}]"
                self._given[form] = original
        return self._of_form[known]

    def _who(self, mention: Mention, original: str) -> str:
        """Return the placeholder of a mention; where it may be one of several, one of the pair comes first, else all of them share one."""
        people = mention.people & self._pair or mention.people
        if len(people) == 1:
            return next(iter(people))
        shared = " ".join(sorted(people)) if people <= self._pair else fold_name(original)
        if shared not in self._of_shared:
            self._of_shared[shared] = self._next("PERSON", original)
        return self._of_shared[shared]


def _called(fullest: FoundPerson, group: list[FoundPerson]) -> str:
    """Return the whole name, without a word before it that may be a verb as well ("See Tomasz") where the rest stands alone too."""
    rest = [person.text for person in group if person.words == fullest.words[1:]]
    return rest[0] if rest and is_name_and_word(fullest.words[0]) else fullest.text


def _after_digits(text: str, end: int) -> int:
    """Return where a word goes on to with its digits, which belong to it."""
    while end < len(text) and text[end].isdecimal():
        end += 1
    return end


def _canonical(match: re.Match[str]) -> str:
    number = f"_{int(match['number'])}{(match['form'] or '').upper()}" if match["number"] else ""
    return f"[{match['family'].upper()}{number}]"


def _is_joined(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is in a script without capitals, or has a letter or something hidden in it or right beside it."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return (
        bool(_JOINED.search(text, start, end))
        or any(is_hidden(c) for c in text[start:end])
        or any(c.isalpha() or is_hidden(c) for c in around)
    )


def _real(words: Iterable[str]) -> frozenset[str]:
    """Return the words of a name that tell people apart: no initials, and no particles unless there is nothing else."""
    long = frozenset(solid(word) for word in words if len(word) > 1 or not word.isascii())
    return long - PARTICLES or long
