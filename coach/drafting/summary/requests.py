"""Read what one asks and the other grants: "Could you put it back before the twentieth?" "I will." """

import re
from collections.abc import Iterator
from dataclasses import replace

from coach.drafting.summary.action_doubts import is_filling, is_joke, is_unreal
from coach.drafting.summary.agreed import Agreed, agreed
from coach.drafting.summary.imperatives import VERBS, base_form
from coach.drafting.summary.people import OTHER, Cast, Who
from coach.drafting.summary.scene import Scene
from coach.drafting.summary.undertakings import straight
from coach.language.utterances import UtteranceKind

_ASKS = re.compile(
    r"\b(?:(?:can|could|would|will|cud|wud) (?:you|u)(?: please| pls| also| maybe| possibly| just| then)* (?:be able to |be willing to |mind )?|(?:are you|would you be) (?:able|willing|ok|okay|happy|up for) (?:to )?|(?:you|u) (?:please|pls|kindly) |please (?:do |can you |could you )?|pls |i need you to |i'd like you to |i want you to |do you think you could |any chance you could |you'll )"
    r"(?P<verb>[a-z][a-z-]*)",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"^\W*(?:(?:so|and|then|ok|okay|right|now|but|for now|great|good|well|fine|alright|also|yes|no|\w+)[.,!]? ){0,2}?(?P<verb>[A-Za-z][a-z-]*)\b"
)
_TAGGED = re.compile(
    r",? (?:would|will|could|can) (?:you|u)(?: please)?\s*\?\s*$|,? please[.!?]*\s*$|,? (?:ok|okay|yeah|yes|right|alright)\s*\?\s*$",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"\b(?:shall i|should i|do you want me to|would you like me to|want me to|will i|can i|could i|may i|i can|i could|i'm happy to|happy to|let me|would it help if i|how about i|what if i) (?:just |also |then )?(?P<verb>[a-z][a-z-]*)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:shall we|should we|let's|lets|how about we|why don't we|can we|could we) (?:just |both |also |then )?(?P<verb>[a-z][a-z-]*)",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[,;:.!?–—-] ?|\b(?:and|so|but|then|or|ok|okay|sir|right|well|now) )$", re.IGNORECASE)
_YES = re.compile(
    r"\W*(?:(?:oh|ah|er|um|well|hm+|ha|haha|god|sir|right|so|and|ok|okay|great|lovely|deal|yes|yeah)[,.! ]+)*(?:(?:yes|yep|yeah|yup|aye|ya|haan|sure|ok|okay|k|fine|deal|done|absolutely|certainly|definitely|of course|course|affirmative|agreed|gladly|grand|perfect|noted|cool|brilliant|please|alright|all right|go on(?: then)?|go for it)\b(?!,? but| if| when i)"
    r"|will do|can do|i will\b(?! not| have to think| think| try| see)|i'll\b(?! think| try| see| never| have to| not|-)|i shall\b(?! not)|i can\b(?! not|'t)|no (?:problem|bother|probs?|worries)|consider it done|leave it with me|on it\b|you('ve)? got it|it's a deal|that works|works for me|with pleasure|happy to|i promise|by then|easily|let me do that|you have my word|that i can do|you(?:'ll| will| shall) (?:have|get) (?:it|them|that)\b)",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:but|only|except|although)\b[^.]{0,40}\b(?:not|can't|won't|don't|no)\b|\b(?:i'd rather not|rather not|maybe|perhaps|not sure|we'll see|let me think|i'll think|think about it|depends|can't|cannot|won't|no chance|not now|another time|no way|never)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"(?:^\W*(?:[Aa]sked|[Tt]old)|\b(?P<asker>I|he|she|we|[A-Z]\w+) (?:asked|have asked|'ve asked|begged|told|got)) (?P<asked>me|him|her|[A-Z]\w+) (?:to|if (?:he|she|i)(?:'d| could| would| can| will)) (?P<deed>[a-z].{3,160}?)"
    r"(?:,|;| -| –| —|\.|\band\b) ?(?:and )?(?P<answer>(?:he|she|i|[A-Z]\w+) (?:said (?:yes|ok|okay|fine|sure|he would|she would|he'd|she'd|i would|i'd|he will|she will|no problem|of course|grand|aye|done)|agreed|'ll|will|nodded|is up for it|was fine with)|(?:yes|ok|agreed|she will|he will|will do|fine)\b)"
)
_AND = re.compile(r"[\s,;–—-]+(?:and|so|then|because)\s*$", re.IGNORECASE)
_SHORT = 7  # words of an answer's next sentence that may do no more than name a day
_WHO = re.compile(
    r"\bwho(?:'s| is|'ll| will| can| does|'s going to| is going to| wants to|'s to| is to)? (?P<verb>[a-z]+)\b", re.IGNORECASE
)
_ME = re.compile(r"\W*(?:me\b|i (?:will|can|do|shall)\b|i'll (?:do|take) (?:it|that)\b|moi\b)", re.IGNORECASE)
_SAYS_YES = 3  # utterances after a request in which the answer is looked for
# Verbs that open a sentence as often without asking anybody for anything.
_SAID_OTHERWISE = frozenset({
    "show", "go", "come", "tell", "say", "look", "let", "listen", "plan", "work", "name", "time", "test", "mark", "sort", "list", "open", "close",
    "clear", "set", "read", "leave", "forget", "keep", "stop", "wait", "drop", "hold", "start",
})  # fmt: skip


def granted_requests(scene: Scene, i: int, until: int) -> Iterator[Agreed]:
    """Yield what an utterance asks of the other, or offers, where the other agrees; and what the author reports as asked and granted.

    What stands from `until` on is somebody's undertaking already.
    """
    utterance = scene.utterances[i]
    text = _AND.sub("", straight(utterance.text)[:until])
    if utterance.kind is not UtteranceKind.SAID:
        yield from _reported(scene, i, text)
        return
    speaker = scene.speaker(i)
    if taken := _taken_on(scene, i, text):
        yield taken
        return
    asked = _asked(text, speaker)
    if asked is None or is_joke(text) or is_filling(text[asked[1] :].lower()):
        return
    who, verb = asked
    answer = _answer(scene, i)
    if answer is None or not is_granted(scene, i) or is_unreal("", text[verb:]):
        return
    said = straight(scene.utterances[answer].text)
    more = " ".join(
        straight(scene.utterances[j].text) for j in scene.rest_of_item(answer)[:1] if len(scene.utterances[j].text.split()) <= _SHORT
    )
    end = len(_TAGGED.sub("", text).rstrip(" ?.!,")) if len(_TAGGED.sub("", text)) > verb else len(text.rstrip(" ?.!"))
    due = scene.due(said) or scene.due(more)
    made = agreed(scene, i, (0, end), (verb, end), who, "base", due)
    if due is None or scene.due(text[verb:end]) is not None:
        yield made
        return
    # The answer names the day, so it is what shows that day.
    promise = scene.utterances[answer if scene.due(said) else scene.rest_of_item(answer)[0]]
    yield replace(made, start=promise.start, end=promise.end)


def _taken_on(scene: Scene, i: int, text: str) -> Agreed | None:
    """Return what the other takes on who answers "who rings Dai?" with "me"."""
    asked, answer = _WHO.search(text), _answer(scene, i)
    if asked is None or answer is None or not text.rstrip().endswith("?"):
        return None
    said = straight(scene.utterances[answer].text)
    if not _ME.match(said) or _BUT.search(said) or base_form(asked["verb"]) not in VERBS:
        return None
    form = "base" if asked["verb"] in VERBS else "third"
    deed = (asked.start("verb"), len(text.rstrip(" ?")))
    made = agreed(scene, i, (0, len(text)), deed, scene.speaker(answer), form, scene.due(said))
    promise = scene.utterances[answer]
    return replace(made, start=promise.start, end=promise.end) if scene.due(said) else made


def is_granted(scene: Scene, i: int) -> bool:
    """Tell whether the other one says yes to what an utterance asks, and takes nothing back in the same breath."""
    answer = _answer(scene, i)
    if answer is None:
        return False
    said = straight(scene.utterances[answer].text)
    more = " ".join(straight(scene.utterances[j].text) for j in scene.rest_of_item(answer)[:2])
    return _YES.match(said) is not None and not _BUT.search(said) and not _BUT.search(more[:60]) and not is_joke(said)


def _asked(text: str, speaker: Who) -> tuple[Who, int] | None:
    """Return who is asked to do something and where its verb stands; None where nobody is."""
    other = OTHER.get(speaker)
    for pattern, who in ((_OFFERS, speaker), (_TOGETHER, Who.BOTH), (_ASKS, other)):
        for match in pattern.finditer(text):
            if pattern is not _ASKS and not _OPENS.search(text, 0, match.start()):
                continue
            if who is not None and match["verb"].lower() in VERBS:
                return who, match.start("verb")
            if who is not None and match["verb"].lower().endswith("ing") and "mind" in match.group().lower():
                return who, match.start("verb")
    order = _ORDERS.match(text)
    verb = order["verb"].lower() if order else ""
    if order and other and verb in VERBS and (verb not in _SAID_OTHERWISE or _TAGGED.search(text)):
        return other, order.start("verb")
    return None


def _answer(scene: Scene, i: int) -> int | None:
    """Return the first utterance of the other after this one, where it comes soon."""
    speaker = scene.utterances[i].speaker
    for j in range(i + 1, min(i + 1 + _SAYS_YES, len(scene.utterances))):
        if scene.utterances[j].speaker != speaker:
            return j
    return None


def _reported(scene: Scene, i: int, text: str) -> Iterator[Agreed]:
    for match in _REPORTED.finditer(text):
        who = _meant(match["asked"], scene.cast, scene.speaker(i))
        first = match["deed"].split()[0].lower()
        if who is None or first not in VERBS or is_joke(text):
            continue
        yield agreed(scene, i, match.span(), match.span("deed"), who, "base", scene.due(text[match.start() :]))


def _meant(word: str, cast: Cast, speaker: Who) -> Who | None:
    return cast.meant(word, speaker)
