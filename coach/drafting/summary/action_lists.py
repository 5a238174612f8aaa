"""Read the lines of a list of what is to be done: an owner and a deed, in any order and with any sign between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coach.drafting.summary.action_doubts import is_done, is_joke, is_nothing, is_refused, is_unreal
from coach.drafting.summary.agreed import Agreed, agreed, opens_with_verb
from coach.drafting.summary.imperatives import VERBS, base_form
from coach.drafting.summary.people import OTHER, Who
from coach.drafting.summary.scene import Scene
from coach.drafting.summary.undertakings import straight
from coach.language.due_dates import FoundDue
from coach.language.utterances import UtteranceKind

_CUT = re.compile(r"\s*(?:\s[-–—/|>]+\s|\s?(?:->|→|=>|>>)\s?|:\s|,\s|;\s|\s\((?=[^)]*\)\W*$)|\s\[(?=[^\]]*\]\W*$))\s*")
_ORDER = re.compile(r"\W*(?:action|todo|to do|to-do|ap|task)\s*\d{0,2}\b\s*(?:for|on)?\s*[:>–—-]+\s*", re.IGNORECASE)
_ASKED = re.compile(r"\?\s*[\"')]*$")
_TOLD = re.compile(
    r"\W*(?:i|he|she|we|they|it|there|that|this)\b(?:'s|'d|'ve| was| were| had| said| asked| offered| wanted| suggested| thought| did| is| has| would| \w+ed\b)",
    re.IGNORECASE,
)
_RECORD = re.compile(r"\W*(?:was|were|is|has|had|did|didn't|hasn't|not|no|still|\d+\b(?! (?:more|days|min)))\b", re.IGNORECASE)
_NOT_DONE = re.compile(
    r"\b(?:not done|didn't happen|did not happen|outstanding|in progress|ongoing|no progress|carried over|overdue)\b", re.IGNORECASE
)
_OWNED = re.compile(r"(?:^|(?<=[,;/|.] ))(?:(?P<owner>[\w&+' -]{1,24}?)\s?(?::|\s[-–—>]+|->|→)|\((?P<tag>[\w&+' -]{1,20})\))\s")
_TAGGED = re.compile(r"[(\[](?P<tag>[\w&+' -]{1,20})(?:[,;:–—-] ?[^)\]]{0,30})?[)\]]\W*$")
_CALLED_ON = re.compile(r"^\W*(?:@(?P<a>\w+)[,:]?|(?P<b>\w+)[,:]? (?=(?:pls|please|pl|plz)\b)) ?(?:pls |please |pl |plz |to |can you )?")
_THIRD = re.compile(r"\W*(?P<verb>[a-z]+s)\b")
_DOES = re.compile(r"(?<= )[a-z]+s(?= )")
_NOBODY = re.compile(r"\W*(?:someone|somebody|anyone|tbc|tbd|who\b|to be (?:decided|confirmed)|\?)", re.IGNORECASE)
_LONGEST_NAME = 4  # words
_LONGEST_ITEM = 15  # words of a line that names somebody and a thing, and no verb


@dataclass(frozen=True)
class _Line:
    """What a line is by its form: in a list or not, ticked or not, whose, and who is named in it as one who does something."""

    in_list: bool
    ticked: str
    order: re.Match[str] | None
    label_owner: Who | None
    called: re.Match[str] | None
    tagged: re.Match[str] | None
    owned: list[tuple[re.Match[str], Who]]
    starts_item: bool
    rest: str

    @property
    def may_be_item(self) -> bool:
        """Tell whether anything of the form makes it an item that is still to do."""
        form = self.in_list or self.ticked == "open" or self.order or self.label_owner or self.called or len(self.owned) > 1 or self.tagged
        return self.ticked != "done" and bool(form) and self.starts_item


def listed_actions(scene: Scene, i: int) -> Iterator[Agreed]:
    """Yield the action of a line that names its deed without a sentence around it: "T - phone the app people, Friday"."""
    if i in scene.old:
        return
    text = straight(scene.utterances[i].text)
    if i in scene.listed and not scene.is_item_start(i):
        yield from _by_others(scene, i, text)
        return
    line = _line(scene, i, text)
    if not line.may_be_item or _says_otherwise(scene, i, text, line.rest):
        return
    utterance, owned, label_owner = scene.utterances[i], line.owned, line.label_owner
    if owned and label_owner and label_owner not in {who for _, who in owned}:
        first = owned[0][0].start()
        yield agreed(scene, i, (0, first), (0, len(text[:first].rstrip(" ,;/|."))), label_owner, "base", scene.due(text))
        yield from _each(scene, i, text, owned)
    elif len(owned) > 1:
        yield from _each(scene, i, text, owned)
    elif (
        line.in_list and _NOBODY.match(text) and utterance.heading and utterance.heading not in scene.headings and (due := scene.due(text))
    ):
        called = utterance.heading[:1].upper() + utterance.heading[1:]
        yield replace(agreed(scene, i, (0, len(text)), (0, len(text)), None, "base", due), text=called)
    else:
        yield from _single(scene, i, text, line)


def _line(scene: Scene, i: int, text: str) -> _Line:
    speaker, cast = scene.speaker(i), scene.cast
    tagged = _TAGGED.search(text)
    return _Line(
        in_list=i in scene.listed,
        ticked=scene.utterances[i].mark,
        order=_ORDER.match(text),
        label_owner=owner_of_label(scene, i),
        called=_called_on(scene, i, text),
        tagged=tagged if tagged and cast.meant(tagged["tag"], speaker) else None,
        owned=[(m, who) for m in _OWNED.finditer(text) if (who := cast.meant((m["owner"] or m["tag"]), speaker))],
        starts_item=scene.is_item_start(i),
        rest=" ".join(scene.utterances[j].text for j in scene.rest_of_item(i)),
    )


def _says_otherwise(scene: Scene, i: int, text: str, rest: str) -> bool:
    """Tell whether a line says that there is nothing to do, or only what was done, asked, refused or joked about."""
    following = scene.following(i)
    told = _NOT_DONE.search(text) or _ASKED.search(text) or _TOLD.match(text)
    return bool(is_nothing(text) or told or is_joke(text + rest[:40]) or is_refused(text, following) or is_done(text, following))


def _single(scene: Scene, i: int, text: str, line: _Line) -> Iterator[Agreed]:
    """Yield the one deed of a line where its form, its owner or its day make it an action."""
    in_list, order, label_owner, called = line.in_list, line.order, line.label_owner, line.called
    start = called.end() if called else order.end() if order else 0
    owner, pieces = _parted(scene, i, text, start)
    owner = owner or _named(scene, i, called)
    owner = owner or label_owner or _owner_of_list(scene, i)
    deed = _deed(pieces, text)
    if deed is None or is_unreal("", text) or _RECORD.match(text[deed[0] :]):
        return
    due = scene.due(text[start:]) or scene.due(straight(line.rest)) or _due_of_list(scene, i)
    third = _THIRD.match(text[deed[0] :]) if label_owner is not None else None
    by_third = third is not None and base_form(third["verb"]) in VERBS and due is not None
    verb = opens_with_verb(text[deed[0] :]) or by_third
    strongly_listed = in_list and i not in scene.weakly_listed
    if (
        (verb and (in_list or line.ticked == "open" or order is not None))
        or (owner and (verb or (due is not None and in_list) or line.ticked == "open" or order))
        or (strongly_listed and due is not None)
        or ((label_owner or line.tagged) and due is not None and (line.tagged or due.sure))
        or (strongly_listed and label_owner is not None and len(text.split()) <= _LONGEST_ITEM)
    ):
        yield agreed(scene, i, (start, len(text)), deed, owner, "base", due)


def _by_others(scene: Scene, i: int, text: str) -> Iterator[Agreed]:
    """Yield what a later sentence of a list says that others do by a day: "The union counts the cars on 30 October"."""
    due = scene.due(text)
    if due is None or _TOLD.match(text) or is_unreal("", text) or is_done(text, "") or is_refused(text, scene.following(i)):
        return
    does = next((m for m in _DOES.finditer(text) if base_form(m[0]) in VERBS and m.start() > 0), None)
    if does and does.start() < due.start:
        yield agreed(scene, i, (0, len(text)), (does.start(), len(text)), None, "third", due)


def _called_on(scene: Scene, i: int, text: str) -> re.Match[str] | None:
    """Return the opening of a line that calls on one of the two: "@Priya", "Priya please"."""
    called = _CALLED_ON.match(text)
    return called if called and _named(scene, i, called) else None


def _named(scene: Scene, i: int, called: re.Match[str] | None) -> Who | None:
    return scene.cast.meant(called["a"] or called["b"], scene.speaker(i)) if called else None


def _each(scene: Scene, i: int, text: str, owned: list[tuple[re.Match[str], Who]]) -> Iterator[Agreed]:
    """Yield the deeds of a line that names one owner after the other: "P: ring Dai / K: send list"."""
    ends = [match.start() for match, _ in owned[1:]] + [len(text)]
    for (match, who), end in zip(owned, ends, strict=True):
        words = text[match.end() : end].rstrip(" ,;/|.")
        if (
            words
            and not (is_nothing(words) or is_done(words, "") or is_unreal("", words) or is_refused(words, ""))
            and opens_with_verb(words)
        ):
            yield agreed(
                scene, i, (match.start(), end), (match.end(), match.end() + len(words)), who, "base", scene.due(words) or scene.due(text)
            )


def owner_of_label(scene: Scene, i: int) -> Who | None:
    """Return whom the labels of a line name as its doer, the innermost first."""
    for label in reversed(scene.utterances[i].path):
        words = re.sub(
            r"^\W*(?:(?:action|ap|a)\s*\d*|todo|to do|owner|for|on|from|(?:promise|homework|task|job|ask)s? (?:from|for|on|to|of)|what's|what is|what am|what are)\b\W*|\W*(?:to do|doing|actions?|jobs?|list|will|to|todo|homework)\W*$",
            "",
            label.strip(),
            flags=re.IGNORECASE,
        )
        if words and len(words.split()) <= _LONGEST_NAME and (found := scene.cast.meant(words, scene.speaker(i))):
            return found
    return None


def _owner_of_list(scene: Scene, i: int) -> Who | None:
    """Return whose list a line stands in: "My stuff", "What's he doing?", "Priya's jobs"."""
    speaker = scene.speaker(i)
    for label in reversed(scene.utterances[i].path):
        low = straight(label).lower()
        if re.search(r"\b(?:my|i|i'm|me)\b", low):
            return speaker
        if re.search(r"\b(?:our|we|us|both)\b", low):
            return Who.BOTH
        if found := re.search(r"\b(?:his|her|he|she|he's|she's|him)\b", low):
            word = found.group().removesuffix("'s")
            return scene.cast.pronoun("he" if word in ("his", "he", "him") else "she", speaker, in_talk=False) if speaker in OTHER else None
        if (name := re.match(r"([\w'.-]+)'s\b", low)) and (who := scene.cast.named(name[1])):
            return who
    return None


def _due_of_list(scene: Scene, i: int) -> FoundDue | None:
    """Return by when all of a list is due: "Before the 9th:"."""
    return next((due for label in reversed(scene.utterances[i].path) if (due := scene.due(straight(label)))), None)


def _parted(scene: Scene, i: int, text: str, start: int) -> tuple[Who | None, list[tuple[int, int]]]:
    """Return who is named by a part of a line between signs, and the other parts."""
    owner: Who | None = None
    pieces: list[tuple[int, int]] = []
    at = start
    speaker = scene.speaker(i)
    for cut in [*_CUT.finditer(text, start), None]:
        stop = cut.start() if cut else len(text)
        words = text[at:stop].strip(" .()[]@*_")
        who = scene.cast.meant(words, speaker) if 0 < len(words.split()) <= _LONGEST_NAME else None
        if who is None and words.startswith(("w/", "with ")):
            who = None
        if who and owner is None and scene.utterances[i].kind is not UtteranceKind.SAID:
            owner = who
        elif text[at:stop].strip():
            pieces.append((at, stop))
        at = cut.end() if cut else len(text)
    return owner, pieces


def _deed(pieces: list[tuple[int, int]], text: str) -> tuple[int, int] | None:
    """Return from where to where the deed runs: from the first part that is more than a date or a dash."""
    for k, (start, _) in enumerate(pieces):
        if len(re.findall(r"[^\W\d_]{2,}", text[start : pieces[k][1]])) >= 1:
            end = pieces[-1][1]
            return start, end
    return None
