"""Find what was agreed to be done: deed, owner and day, in the notes' own words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coach.domain.brief import Brief
from coach.domain.sessions import Owner
from coach.domain.summary import AgreedAction, Evidence, Sensitive
from coach.drafting.summary.action_doubts import is_bygone, is_done, is_filling, is_joke, is_refused, is_taken_back, is_unreal
from coach.drafting.summary.action_lists import listed_actions, owner_of_label
from coach.drafting.summary.agreed import Agreed, agreed
from coach.drafting.summary.closed_actions import closed_actions
from coach.drafting.summary.imperatives import VERBS
from coach.drafting.summary.people import Author, Who
from coach.drafting.summary.requests import granted_requests, is_granted
from coach.drafting.summary.scene import Scene, read_scene
from coach.drafting.summary.undertakings import Undertaking, straight, undertakings
from coach.language.due_dates import FoundDue
from coach.language.quotes import overlaps
from coach.language.utterances import Utterance, UtteranceKind

__all__ = ["agreed_actions", "closed_actions"]

MOST_READ = 400  # undertakings of one session's notes that are compared with each other
MOST = 40  # actions of one session; more are no to-dos any more
_STOP = re.compile(
    r"[;!?]|\.(?:\s|$)|,? (?:but|because|cos|although|whereas) |(?:,|,? and) (?=(?:he|she|i|we|they|it) (?:said|told|says|asked|was|is|had|has|did|thinks|thought|laughed|reckons)\b)|\s[-–—→>]+\s(?=(?:i|he|she|we) (?:said|told)\b)"
)
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
_QUOTES = frozenset(['"', "'"])
_SHORT = 7  # words of a sentence that may do no more than name the day of the one before it
_QUESTION = re.compile(r"\?[\s\"')]*$")
_AS_SAID = re.compile(
    r"[,–—-]?\s*(?:and )?(?:he|she|they|i|we) (?:said|says|promised|thinks|thought|reckons|wants) (?P<words>(?:\S+ ?){1,6})", re.IGNORECASE
)
_FOR_ALL = re.compile(
    r",? (?:both|all)(?: of (?:it|this|that|them|these))?,? (?P<words>(?:by|on|before|this|next|end of) .*)$", re.IGNORECASE
)
_ALREADY = re.compile(r"\b(?:already|just now)\b", re.IGNORECASE)
_DOER = re.compile(r"\b(?:I|he|she|we)(?:'ll|'m|'s| \w+s?)\b")
_OBJECT = re.compile(r"\w+ (?:it|them|him|her|you|this|that|those|these|the|my|your|his|our|a|an|two|three|both|all)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:together|the two of us|both of us|us both|jointly)\b", re.IGNORECASE)
_UNTIL_THEN = re.compile(
    r"\b(?:(?:between now and|before|until|till|by|for) (?:the )?(?:then|next (?:time|session|meeting|mtg)|time i see|we (?:next )?meet|we speak|i see (?:him|her))|who does what|next steps?)\b",
    re.IGNORECASE,
)
_MEETING = frozenset(["meet", "speak", "talk", "chat", "catch", "see", "reconvene"])
_MEANS_WHAT_STANDS_BEFORE = re.compile(
    r"(?:do(?:es)?|dus|sort|handle|take|action|own)(?: (?:it|that|this|them|so|these|those))?\s*(?:$|[,.;(–—-])", re.IGNORECASE
)


def agreed_actions(
    brief: Brief, utterances: Sequence[Utterance], sensitive: Sequence[Sensitive] = (), author: Author = "mentor"
) -> tuple[AgreedAction, ...]:
    """Return the actions that the notes report as agreed, in order, each once, quoting nothing that is for the author alone."""
    scene = read_scene(brief, utterances, author)
    private = [(passage.start, passage.end) for passage in sensitive]
    found: list[Agreed] = []
    for i, utterance in enumerate(scene.utterances):
        if utterance.is_own and not any(start <= utterance.start and utterance.end <= end for start, end in private):
            if len(found) > MOST_READ:
                break
            found += [one for one in _in_utterance(scene, i) if not overlaps(one.start, one.end, private)]
    merged = _merged(found)
    return tuple(_as_action(scene, one) for one in merged[:MOST])


def _in_utterance(scene: Scene, i: int) -> list[Agreed]:
    found = [*_undertaken(scene, i)] or [*listed_actions(scene, i)]
    begins = min((one.start for one in found), default=scene.utterances[i].end) - scene.utterances[i].start
    return [*granted_requests(scene, i, begins), *found]


def _undertaken(scene: Scene, i: int) -> Iterator[Agreed]:
    """Yield what somebody undertakes in a sentence."""
    utterance = scene.utterances[i]
    text = straight(utterance.text)
    if utterance.mark == "done" or _QUESTION.search(text):
        return
    before = 0
    for one in undertakings(text, scene.cast, scene.speaker(i), _is_said(scene, i), _is_listed(scene, i), scene.reckoning):
        made = _stands(scene, i, text, one, before)
        before = one.end
        if made:
            yield made


def _is_said(scene: Scene, i: int) -> bool:
    return scene.in_talk and scene.utterances[i].kind is UtteranceKind.SAID


def _is_listed(scene: Scene, i: int) -> bool:
    return i in scene.listed or scene.utterances[i].mark == "open" or _goes_on(scene, i)


def _goes_on(scene: Scene, i: int) -> bool:
    """Tell whether a sentence says what is to be done until the next meeting, or goes on with "And I ..." after one that does."""
    utterance = scene.utterances[i]
    if utterance.kind is UtteranceKind.SAID:
        return False
    if _UNTIL_THEN.search(utterance.text):
        return True
    return (
        utterance.text.startswith("And ")
        and i > 0
        and scene.utterances[i - 1].line == utterance.line
        and _UNTIL_THEN.search(scene.utterances[i - 1].text) is not None
    )


def _stands(scene: Scene, i: int, text: str, one: Undertaking, before: int) -> Agreed | None:
    """Return an undertaking as agreed, or None where it is refused, unreal, done, or nobody's deed."""
    stop = _STOP.search(text, one.deed, one.end)
    end = stop.start() if stop else one.end
    deed = text[one.deed : end]
    lead = text[before : one.start]
    after = text[end:]
    following = scene.following(i) if one.end == len(text) else ""
    in_front = _due_in_front(scene, lead)
    due = (
        scene.due(text[one.start : end])
        or in_front
        or _due_as_said(scene, after)
        or _due_of_all(scene, text[one.end :])
        or _due_after(scene, i, following, one, text)
    )
    if not _is_said(scene, i) and one.doer == "I" and lead.rstrip(" ,")[-1:] in _QUOTES:
        return None  # somebody's words are quoted, and nothing says that they were more than words
    if (
        is_filling(deed.lower())
        or is_unreal(lead, text[one.start : end])
        or is_refused(after, following)
        or is_joke(after + following[:30])
    ):
        return None
    if is_taken_back(deed) or is_done(deed, following if due is None else "", due is None) or (one.how == "now" and _ALREADY.search(deed)):
        return None
    if one.how in ("said", "bare-ed", "owes") and (is_bygone(lead + text[one.start :]) or is_bygone(following[:80])):
        return None
    who = Who.BOTH if _TOGETHER.search(text[one.deed : one.end]) else one.who or _left_out(scene, i, one, lead)
    if not _is_somebodys(scene, i, one, who, deed, due):
        return None
    verb = deed.split()[0].lower()
    form = {"now": "third" if verb.endswith("s") else "base", "going": "participle", "bare-ing": "participle"}.get(one.how, "base")
    start = len(text) - len(text[before:].lstrip(" ,;:.-–—")) if in_front else one.start
    if _MEANS_WHAT_STANDS_BEFORE.match(deed) or (due and not _without(deed, scene)):
        if len(lead.split()) >= 2 and (due or _is_listed(scene, i)):
            start = before
            return agreed(scene, i, (start, end), (start, before + len(lead.rstrip(" ,;:-–—"))), who, "base", due)
        if before == 0 and i and scene.utterances[i - 1].line == scene.utterances[i].line and due:
            return replace(agreed(scene, i, (one.start, end), (one.deed, end), who, form, due), text=_said_before(scene, i))
        if due is None:
            return None
    return agreed(scene, i, (start, end), (one.deed, end), who, form, due)


def _without(deed: str, scene: Scene) -> str:
    """Return what a deed says besides its verb and its day."""
    due = scene.due(deed)
    rest = deed[: due.start] + deed[due.end :] if due else deed
    return " ".join(rest.split()[1:]).strip(" .,:;")


def _said_before(scene: Scene, i: int) -> str:
    words = scene.utterances[i - 1].text.strip(" ?.!")
    return words[:1].upper() + words[1:]


def _left_out(scene: Scene, i: int, one: Undertaking, lead: str) -> Who | None:
    """Return who is meant where a sentence names no doer ("will ring Dai"): its label's, the last one spoken of, or who writes."""
    if not one.how.startswith("bare"):
        return None
    if label := owner_of_label(scene, i):
        return label
    line = [scene.utterances[j].text for j in range(max(0, i - 3), i) if scene.utterances[j].line == scene.utterances[i].line]
    spoken = re.findall(r"\b(?:I|i|he|she|we)\b", straight(" ".join([*line, lead])))
    word = spoken[-1].lower() if spoken else "i"
    return Who.BOTH if word == "we" else scene.speaker(i) if word == "i" else scene.cast.pronoun(word, scene.speaker(i), _is_said(scene, i))


def _is_somebodys(scene: Scene, i: int, one: Undertaking, who: Who | None, deed: str, due: FoundDue | None) -> bool:
    """Tell whether a deed is one that this doer is known to have taken on, and no arrangement, rule or news about others."""
    listed = _is_listed(scene, i)
    verb = deed.split()[0].lower()
    if one.how == "gives":
        return (
            _is_said(scene, i) and due is not None and not (i and list(granted_requests(scene, i - 1, len(scene.utterances[i - 1].text))))
        )
    if one.how == "asked" or one.doer.lower() in ("you", "u"):
        return (_is_said(scene, i) and is_granted(scene, i)) or i in scene.listed
    if who is Who.BOTH and not listed:
        return (
            (one.how != "ought" or due is not None)
            and verb not in _MEETING
            and (due is not None or not (verb in _SETTLES or _LATER.search(deed)))
        )
    if who is Who.THIRD:
        return listed or (due is not None and one.doer[:1].isupper() and one.doer.lower() != "they")
    if who is None:
        return one.how == "ought" and verb in VERBS
    if one.how == "bare-ing":
        return due is not None and not _is_said(scene, i)
    if one.how in ("ought", "bare", "bare-ed"):
        return listed or due is not None or verb in VERBS
    return not _is_said(scene, i) or listed or due is not None or verb in VERBS or _OBJECT.match(deed) is not None


def _due_in_front(scene: Scene, lead: str) -> FoundDue | None:
    """Return the day that stands before a doer in the same clause: "By Friday he'll ..."."""
    found = _FRONTED.search(lead)
    return scene.due(found["front"]) if found else None


def _due_of_all(scene: Scene, after: str) -> FoundDue | None:
    """Return the day that a sentence names at its end for all that stands in it: ", both by Monday"."""
    both = _FOR_ALL.search(after)
    return scene.due(both["words"]) if both else None


def _due_as_said(scene: Scene, after: str) -> FoundDue | None:
    """Return the day that is told of somebody's words right after the deed: ", she said by Friday"."""
    said = _AS_SAID.match(after)
    return scene.due(said["words"]) if said else None


def _due_after(scene: Scene, i: int, following: str, one: Undertaking, text: str) -> FoundDue | None:
    """Return the day that a short sentence after an undertaking names: "I will. Before the twentieth." """
    if one.end < len(text):
        return None
    rest = [scene.utterances[j].text for j in scene.rest_of_item(i)[:2]]
    if not rest and following and scene.utterances[i + 1].speaker == scene.utterances[i].speaker:
        rest = [following]
    for sentence in map(straight, rest):
        if not 0 < len(sentence.split()) <= _SHORT or _DOER.search(sentence):
            return None
        if due := scene.due(sentence):
            return due
    return None


def _merged(found: Sequence[Agreed]) -> list[Agreed]:
    """Return each agreed deed once: the last wording of owner and day stands, the first place, the longer text."""
    kept: list[Agreed] = []
    for one in found[:MOST_READ]:
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
