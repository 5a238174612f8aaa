"""Find the questions that the notes leave unanswered, in the notes' words."""

import re
from collections.abc import Sequence

from coach.domain.brief import Brief
from coach.domain.summary import Sensitive
from coach.drafting.summary.action_doubts import is_joke
from coach.drafting.summary.scene import Scene, read_scene
from coach.drafting.summary.undertakings import straight
from coach.language.quotes import overlaps
from coach.language.sentences import shorten
from coach.language.stems import stems
from coach.language.utterances import Utterance, UtteranceKind

MOST = 5
LONGEST = 240
_LEAST_WORDS = 4
_ASKS = re.compile(r"\?[\s\"')\]]*$")
_UNSETTLED = re.compile(
    r"\b(?:not (?:yet )?(?:decided|clear|agreed|settled|known)|undecided|unclear|to be (?:decided|confirmed|agreed)|tbc|tbd|open question|don't know (?:yet )?(?:who|what|when|whether|how|if)|nobody knows (?:who|what|when|whether|how)|no idea (?:who|what|when|whether|how)"
    r"|didn't (?:decide|settle|agree)|need to find out|still to (?:decide|agree)|unanswered|left open|who\?+)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\W*(?:(?:hm+|um|er|oh|well|ha|good question)[,.! ]*)*(?:(?:i )?(?:don't|do not|dunno|didn't) know|dunno|not sure|no idea|good question|let me (?:think|check|ask)|we'll see|depends|i'd have to|need to (?:check|ask)|who knows|nobody knows|tbc|tbd|\?+)",
    re.IGNORECASE,
)
_ORDINARY = re.compile(
    r"\W*(?:so|and|ok|okay|right|well)?[, ]*(?:how are you|how was|how's (?:things|life|it going)|is it on|can you hear|you there|shall we (?:start|begin)|ready|what's up|isn't it|really|see you|remember|is that all|anything else|all good)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^\W*[\"“'].*[\"”']\W*$")
_ASKED_BY_THEM = re.compile(r"\b(?:asked|asks|said|says|goes|went|told)\b[^?]*$", re.IGNORECASE)


def open_questions(brief: Brief, utterances: Sequence[Utterance], sensitive: Sequence[Sensitive] = ()) -> tuple[str, ...]:
    """Return at most five questions that the notes leave open, in order, nothing that is for the author alone."""
    scene = read_scene(brief, utterances)
    private = [(passage.start, passage.end) for passage in sensitive]
    found: list[str] = []
    for i, utterance in enumerate(scene.utterances):
        if len(found) == MOST:
            break
        if utterance.is_own and not overlaps(utterance.start, utterance.end, private) and _is_open(scene, i):
            words = " ".join(utterance.text.split())
            if not any(stems(words) <= stems(other) for other in found):
                found.append(shorten(words, LONGEST))
    return tuple(found)


def _is_open(scene: Scene, i: int) -> bool:
    utterance = scene.utterances[i]
    text = straight(utterance.text)
    if len(text.split()) < _LEAST_WORDS or is_joke(text) or _QUOTED.match(text) or _ORDINARY.match(text):
        return False
    if utterance.kind is UtteranceKind.SAID:
        answers = [u for u in scene.utterances[i + 1 : i + 2] if u.speaker != utterance.speaker]
        return bool(_ASKS.search(text) and answers and _UNSURE.match(straight(answers[0].text)))
    if _UNSETTLED.search(text):
        return True
    if not _ASKS.search(text) or _ASKED_BY_THEM.search(text):
        return False
    rest = [straight(scene.utterances[j].text) for j in scene.rest_of_item(i)]
    return not rest or _UNSURE.match(rest[0]) is not None or _UNSETTLED.search(rest[0]) is not None
