"""Find the passages of notes that are for their author alone: whole sentences, with what only makes sense beside them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coach.domain.brief import Brief
from coach.domain.summary import Sensitive, SensitiveKind
from coach.drafting.agenda.focus import PRODUCTS
from coach.drafting.summary.private_matters import Matter, is_mark_of_secrecy, matter_of, small_but_names
from coach.drafting.summary.scene import pieces
from coach.language.stems import stems
from coach.language.utterances import Utterance, UtteranceKind

LONGEST = 40  # words of a sentence that is kept private whole; of a longer run without an end only the clauses about the matter are
LONGEST_JOINED = 4_000  # code points of one passage
_HEADED = re.compile(
    r"private|confidential|personal(?: (?:note|stuff|matters?))?|off the record|between us|sensitive|not (?:for|to be?)\b.*|(?:is there )?(?:anything |something )?(?:you'd |you would |i'd )?(?:not|rather not|don't want) (?:to )?(?:be )?(?:repeat|share|said|passed|written).*"
    r"|for me only|just for me|(?:please |pls |plz )?(?:don'?t|do not|dnt) (?:share|repeat|tell|pass|forward|quote|circulate|write).*|my eyes only|in confidence|off (?:the )?tape|keep for (?:you|me|us)|(?:not|never) for passing.*|hush.*|secret.*",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:]\s|\s[-–—]+\s|\s(?=(?:and|but|so|because|although|then|which|while)\s)")
_LEANS = re.compile(
    r"\W*(?:(?:and|but|so|also|though|still|anyway|apparently|plus) )*(?:he|she|they|it|it's|he's|she's|they're|that|that's|this|his|her|their|which|hence|i'm not|i am not|i said|i told|the (?:scan|op|operation|doctors?"
    r"|treatment|results?|funeral|hospital|baby|hearing)|not|only|since|been|told|hasn't|doesn't|won't|going|having|due|wants|asked)\b"
)
_GOES_ON = re.compile(
    r"\W*(?:(?:and|but|so|then|who|because|since) )*(?:when|then|he|she|they|his|her|their|it|that|this|which|who|because|since)\b"
)
_PROMISES = re.compile(r"\b(?:will|'ll|going to)\b")
# What a sentence that leans on a private one is about, where it belongs to it.
_BELONGS = re.compile(
    r"\b(?:treatment|scans?|doctors?|hospital|surgery|op|operation|recover\w*|off (?:work|until|for)|leave|sleep\w*|tears|cry\w*|cried|shaken|upset|worried|scared|afraid|frightened|hard|tough|rough|awful|heavy|home|visits?|kids|mum|mom|dad|wife|husband"
    r"|told|tell|telling|knows?|knowing|nobody|anyone|anybody|announce\w*|secret|private|quiet|complain\w*|grievance|hr|report\w*|safe|union|manager|boss|lawyer|police|evidence|court|custody|due in|baby|diagnos\w+|months|stages?|prognosis|pills|tablets"
    r"|therap\w+|counsell\w+|sick|ill|better|worse|notice|resign\w*|leaving|offer|salary|pay|job|redundan\w+|jobs|roles|names?|list|shouted|rude|lazy|bull\w+|trust\w*|credit|hates?|dread\w*)\b"
)


@dataclass(frozen=True)
class _Told:
    """An utterance with its small letters and the matter that it carries by itself."""

    utterance: Utterance
    low: str
    matter: Matter | None


def sensitive_passages(brief: Brief, utterances: Sequence[Utterance]) -> tuple[Sensitive, ...]:
    """Return the passages for the author alone, in order; neighbours of one kind in one line are one passage."""
    people = _parts_of_names(brief)
    things = _things(brief)
    subjects = stems(" ".join(f"{goal.title} {goal.measure} {goal.target}" for goal in brief.goals))
    told: list[_Told] = []
    for utterance in (piece for u in utterances for piece in pieces(u)):
        low = small_but_names(utterance.text, people, things)
        before = told[-1].low if told and told[-1].utterance.block == utterance.block else ""
        own = None if utterance.kind is UtteranceKind.HEADING else matter_of(low, subjects, before)
        told.append(_Told(utterance, low, own))
    kinds = _with_neighbours(told)
    found = [Sensitive(quote=u.text[s:e], start=u.start + s, end=u.start + e, kind=kind) for (u, s, e), kind in _stretches(told, kinds)]
    return _joined(brief.notes, found)


def tells_of_a_wrong(passages: Sequence[Sensitive]) -> bool:
    """Tell whether any passage discloses harassment, discrimination or retaliation: that needs a person, not a summary."""
    return any(passage.kind is SensitiveKind.DISCLOSURE for passage in passages)


def _parts_of_names(brief: Brief) -> frozenset[str]:
    pair = f"{brief.pair.mentor.name} {brief.pair.mentee.name}"
    return frozenset(part.casefold() for part in re.split(r"[\W_]+", pair) if part)


def _things(brief: Brief) -> frozenset[str]:
    """Return the words that look like names but are those of products, or of what the pair works on."""
    goals = " ".join(f"{goal.title} {goal.measure} {goal.target}" for goal in brief.goals)
    return PRODUCTS | {word.casefold() for word in re.findall(r"[^\W\d_]+", goals)}


def _with_neighbours(told: Sequence[_Told]) -> list[SensitiveKind | None]:
    """Return the kind of each utterance: its own, that of its heading, or that of a neighbour to which it belongs."""
    kinds = [one.matter.kind if one.matter else None for one in told]
    for i, one in enumerate(told):
        if (
            kinds[i] is None
            and one.utterance.kind is not UtteranceKind.HEADING
            and _HEADED.fullmatch(one.utterance.heading.strip(" :-?*#"))
        ):
            kinds[i] = SensitiveKind.CONFIDENCE
    for i, one in enumerate(told):
        if kinds[i] is SensitiveKind.CONFIDENCE and is_mark_of_secrecy(one.low):
            j = _meant_by(told, i)
            if j is not None and kinds[j] is None:
                kinds[j] = SensitiveKind.CONFIDENCE
    for i in range(1, len(told)):
        kind = kinds[i - 1]
        if (
            kinds[i] is None
            and kind is not None
            and _near(told[i - 1], told[i])
            and _LEANS.match(told[i].low)
            and _BELONGS.search(told[i].low)
        ):
            kinds[i] = kind
    return kinds


def _near(before: _Told, after: _Told) -> bool:
    a, b = before.utterance, after.utterance
    return a.block == b.block and a.speaker == b.speaker


def _meant_by(told: Sequence[_Told], i: int) -> int | None:
    """Return which neighbour a mere request for secrecy speaks of: what follows a colon or opens a block, otherwise what stands before it."""
    here = told[i].utterance
    after = i + 1 if i + 1 < len(told) and told[i + 1].utterance.block == here.block else None
    before = i - 1 if i and (told[i - 1].utterance.block == here.block or told[i - 1].utterance.line >= here.line - 1) else None
    if here.text.rstrip().endswith((":", "-", "–", "—")) or before is None:
        return after if after is not None else (i + 1 if i + 1 < len(told) and told[i + 1].utterance.line <= here.line + 2 else before)
    return before


def _stretches(told: Sequence[_Told], kinds: Collection[SensitiveKind | None]) -> list[tuple[tuple[Utterance, int, int], SensitiveKind]]:
    found = []
    for one, kind in zip(told, kinds, strict=True):
        if kind is None:
            continue
        start, end = 0, len(one.utterance.text)
        if one.matter and len(one.low.split()) > LONGEST:
            start, end = _clauses_about(one.low, one.matter)
        text = one.utterance.text[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        if start < end:
            found.append(((one.utterance, start, end), kind))
    return found


def _clauses_about(low: str, matter: Matter) -> tuple[int, int]:
    """Return the clauses of a long run of words that hold the matter, with the one that leans on them."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(low)), len(low)]
    first = max(i for i, cut in enumerate(cuts) if cut <= matter.start)
    last = min(i for i, cut in enumerate(cuts) if cut >= matter.end)
    if first and _LEANS.match(low[cuts[first] : cuts[first + 1]]) and not _PROMISES.search(low[cuts[first - 1] : cuts[first]]):
        first -= 1
    while (
        last + 1 < len(cuts) and _GOES_ON.match(low[cuts[last] : cuts[last + 1]]) and not _PROMISES.search(low[cuts[last] : cuts[last + 1]])
    ):
        last += 1
    return cuts[first], cuts[last]


def _joined(notes: str, found: Sequence[Sensitive]) -> tuple[Sensitive, ...]:
    """Return passages with those that follow each other on one line as one, the graver kind standing."""
    joined: list[Sensitive] = []
    gravest = list(SensitiveKind)[::-1]
    for passage in found:
        last = joined[-1] if joined else None
        between = notes[last.end : passage.start] if last else ""
        if last and passage.end - last.start <= LONGEST_JOINED and not between.strip() and "\n" not in between and len(between) <= 3:
            kind = min(last.kind, passage.kind, key=gravest.index) if SensitiveKind.DISCLOSURE in (last.kind, passage.kind) else last.kind
            joined[-1] = Sensitive(quote=notes[last.start : passage.end], start=last.start, end=passage.end, kind=kind)
        else:
            joined.append(passage)
    return tuple(joined)
