"""Find what was agreed to be done: deed, owner and day, in the notes' own words; and which earlier actions the notes report as done."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coach.domain.brief import Brief
from coach.domain.sessions import Owner
from coach.domain.summary import AgreedAction, ClosedAction, Evidence, Sensitive
from coach.drafting.summary.action_doubts import is_bygone, is_done, is_filling, is_joke, is_refused, is_unreal
from coach.drafting.summary.action_lists import listed_actions
from coach.drafting.summary.agreed import Agreed, agreed
from coach.drafting.summary.imperatives import VERBS
from coach.drafting.summary.people import Author, Who
from coach.drafting.summary.requests import granted_requests
from coach.drafting.summary.scene import Scene, read_scene
from coach.drafting.summary.undertakings import Undertaking, straight, undertakings
from coach.language.due_dates import FoundDue
from coach.language.quotes import overlaps
from coach.language.utterances import Utterance, UtteranceKind

MOST = 40  # actions of one session; more are no to-dos any more
_STOP = re.compile(r"[;!?]|\.(?:\s|$)|,? (?:but|because|cos|although|whereas|since) |\s[-–—→>]+\s(?=(?:i|he|she|we) (?:said|told)\b)")
_FRONTED = re.compile(r"(?:^|[.;:!?–—-]\s|,? (?:and|but|so|then) )(?P<front>[^.;:!?]{2,60}?),?\s*$")
_SETTLES = frozenset(
    [
        "keep", "leave", "stick", "drop", "park", "skip", "carry", "hold", "stop", "swap", "pause", "stay", "go", "start", "call", "meet", "use", "count",
        "continue", "revisit", "pick", "come", "talk", "discuss", "look", "return", "get", "do", "catch", "speak", "chat", "see", "make", "take", "cover",
    ]
)  # fmt: skip
_LATER = re.compile(
    r"\b(?:next (?:time|session|mtg|meeting|month)|another (?:time|day)|later|in future|from now on|always|going forward|every|each)\b",
    re.IGNORECASE,
)
_SHORT = 7  # words of a sentence that may do no more than name the day of the one before it
_ANSWERS = re.compile(r"\W*(?:that|this|it|so|them|those)?\W*$", re.IGNORECASE)


def agreed_actions(
    brief: Brief, utterances: Sequence[Utterance], sensitive: Sequence[Sensitive] = (), author: Author = "mentor"
) -> tuple[AgreedAction, ...]:
    """Return the actions that the notes report as agreed, in order, each once, quoting nothing that is for the author alone."""
    scene = read_scene(brief, utterances, author)
    private = [(passage.start, passage.end) for passage in sensitive]
    found: list[Agreed] = []
    for i, utterance in enumerate(scene.utterances):
        if utterance.is_own and not overlaps(utterance.start, utterance.end, private):
            found += _in_utterance(scene, i)
    merged = _merged(found)
    return tuple(_as_action(scene, one) for one in merged[:MOST])


def _in_utterance(scene: Scene, i: int) -> list[Agreed]:
    sentence = list(_undertaken(scene, i))
    if sentence:
        return sentence
    return [*listed_actions(scene, i)] or [*granted_requests(scene, i)]


def _undertaken(scene: Scene, i: int) -> Iterator[Agreed]:
    """Yield what somebody undertakes in a sentence."""
    utterance = scene.utterances[i]
    text = straight(utterance.text)
    if utterance.mark == "done" or text.rstrip().endswith("?"):
        return
    listed = i in scene.listed or utterance.mark == "open"
    said = scene.in_talk and utterance.kind is UtteranceKind.SAID
    before = 0
    for one in undertakings(text, scene.cast, scene.speaker(i), said, listed, scene.reckoning):
        made = _stands(scene, i, text, one, before, listed)
        before = one.end
        if made:
            yield made


def _stands(scene: Scene, i: int, text: str, one: Undertaking, before: int, listed: bool) -> Agreed | None:
    """Return an undertaking as agreed, or None where it is refused, unreal, done, or nobody's deed."""
    stop = _STOP.search(text, one.deed, one.end)
    end = stop.start() if stop else one.end
    deed = text[one.deed : end]
    lead = text[before : one.start]
    after = text[end:]
    following = scene.following(i) if one.end == len(text) else ""
    due = scene.due(text[one.start : end]) or _due_in_front(scene, lead) or _due_after(scene, i, after, following, one, text)
    verb = deed.split()[0].lower() if deed.split() else ""
    if is_filling(deed.lower()) or is_unreal(lead, text[one.start : end]) or is_refused(after, following) or is_joke(after):
        return None
    if is_done(deed, following if due is None else "") or (
        one.how == "said" and (is_bygone(text[one.start :]) or is_bygone(following[:80]))
    ):
        return None
    if one.who is Who.BOTH and not listed and due is None and (verb in _SETTLES or _LATER.search(deed)):
        return None
    if one.who is Who.BOTH and verb in ("meet", "speak", "talk", "chat", "catch", "see") and not listed:
        return None
    if one.who is Who.THIRD and not (listed or (due is not None and one.doer[0].isupper() and one.doer.lower() != "they")):
        return None
    if one.who is None and one.how != "ought":
        return None
    if one.how == "ought" and not (listed or due is not None or verb in VERBS):
        return None
    form = {"now": "third" if verb.endswith("s") else "base", "going": "participle"}.get(one.how, "base")
    start = len(text) - len(text[before:].lstrip(" ,;:.-–—")) if due is not None and _due_in_front(scene, lead) else one.start
    return agreed(scene, i, (start, end), (one.deed, end), one.who, form, due)


def _due_in_front(scene: Scene, lead: str) -> FoundDue | None:
    """Return the day that stands before a doer in the same clause: "By Friday he'll ..."."""
    found = _FRONTED.search(lead)
    return scene.due(found["front"]) if found else None


def _due_after(scene: Scene, i: int, after: str, following: str, one: Undertaking, text: str) -> FoundDue | None:
    """Return the day that a short sentence after an undertaking names: "I will. Before the twentieth." """
    if one.end == len(text) and following and len(following.split()) <= _SHORT:
        return scene.due(straight(following))
    if i in scene.listed and one.end == len(text):
        return scene.due(straight(" ".join(scene.utterances[j].text for j in scene.rest_of_item(i))))
    return None


def _merged(found: Sequence[Agreed]) -> list[Agreed]:
    """Return each agreed deed once: the last wording of owner and day stands, the first place, the longer text."""
    kept: list[Agreed] = []
    for one in found:
        twin = next((k for k, other in enumerate(kept) if _is_same(one, other)), None)
        if twin is None:
            kept.append(one)
            continue
        other = kept[twin]
        longer = one if len(one.stems) >= len(other.stems) else other
        kept[twin] = replace(longer, who=one.who or other.who, due=one.due or other.due)
    return kept


def _is_same(one: Agreed, other: Agreed) -> bool:
    if one.who and other.who and one.who is not other.who:
        return False
    if one.start < other.end and other.start < one.end:
        return True
    shared = one.stems & other.stems
    least = min(len(one.stems), len(other.stems))
    return least > 0 and len(shared) >= max(2, 0.6 * least)


def _as_action(scene: Scene, one: Agreed) -> AgreedAction:
    owner: Owner | None = one.who.owner if one.who else None
    quote = scene.notes[one.start : one.end]
    return AgreedAction(text=one.text, owner=owner, due=one.due, evidence=(Evidence(quote=quote, start=one.start, end=one.end),))


def closed_actions(brief: Brief, utterances: Sequence[Utterance], sensitive: Sequence[Sensitive] = ()) -> tuple[ClosedAction, ...]:
    """Return the earlier actions that the notes report as done."""
    return ()
