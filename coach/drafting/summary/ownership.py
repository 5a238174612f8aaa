"""Read from quoted words who is to do what they say, where they plainly tell; otherwise nobody."""

import re

from coach.domain.sessions import Owner
from coach.domain.summary import Evidence
from coach.drafting.summary.people import Who
from coach.drafting.summary.scene import Scene
from coach.language.names import names

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_SUBJECTS = re.compile(r"(?:i|i'll|i'm|i'd|i've)\.?", re.IGNORECASE)
_JOINT = re.compile(r"(?:we|we'll|we're|both|together)\.?", re.IGNORECASE)


def owner_told(scene: Scene, evidence: Evidence) -> Owner | None:
    """Return the one who is named first in a quote, or in what it stands under; None where that is nobody of the pair or the programme."""
    at = next((i for i, u in enumerate(scene.utterances) if u.start <= evidence.start < u.end), None)
    if at is None:
        return None
    utterance = scene.utterances[at]
    before = scene.notes[utterance.start : evidence.start]
    for words in (evidence.quote, before, *reversed(utterance.path)):
        who = _first(scene, at, words.replace("’", "'"))
        if who is not None:
            return who.owner
    return None


def _first(scene: Scene, at: int, text: str) -> Who | None:
    """Return who is named first; a third person where somebody else is."""
    others = {name.start for name in names(text)}
    for match in _WORD.finditer(text):
        word = match.group()
        if _SUBJECTS.fullmatch(word):
            return scene.speaker(at)
        if _JOINT.fullmatch(word):
            return Who.BOTH
        who = scene.cast.named(word) if word[:1].isupper() or "coord" in word.lower() else None
        if who is not None:
            second = re.match(r"\s*(?:&|\+|/|and)\s*([^\W\d_]+)", text[match.end() :])
            other = scene.cast.named(second[1]) if second else None
            return Who.BOTH if {who, other} == {Who.MENTOR, Who.MENTEE} else who
        if match.start() in others:
            return Who.THIRD
    return None
