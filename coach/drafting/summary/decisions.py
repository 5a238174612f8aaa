"""Find what the two settled that is nobody's task: what stands under "Settled", what "we agreed", what stays as it is."""

import re
from collections.abc import Iterator, Sequence

from coach.domain.brief import Brief
from coach.domain.summary import AgreedAction, Decision, Evidence, Sensitive
from coach.drafting.summary.action_doubts import is_joke, is_nothing, is_unreal
from coach.drafting.summary.people import Author
from coach.drafting.summary.scene import Scene, read_scene
from coach.drafting.summary.undertakings import straight
from coach.language.quotes import overlaps
from coach.language.sentences import shorten
from coach.language.stems import stems
from coach.language.utterances import Utterance

MOST = 12
LONGEST = 200  # characters of a decision's text
_LEAST_WORDS = 3
_SETTLED = re.compile(
    r"(?:^|[,;:.(–—-] ?|\b(?:we|both|also|and|so|then|all|we've|we have|it's|it was|that's|finally|was|is) )(?:agreed|settled|decided|resolved|concluded)(?: (?:between us|together|both|again|today|then|there))?(?P<joint> that| on|:| -| –|,)? (?P<what>(?!to differ|(?:it|this|that|them|everything|all) with\b|with\b|not to\b|him|her|me\b|by\b|it$|and\b|but\b|yet\b|before\b|last\b|at the\b|in (?:january|february|march|april)\b).{6,})",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:he|she|they|i|it|who|team|board|committee|not|never|haven't|hasn't|nothing|nobody|had|already|yet|if|once|until|after|to be|already) (?:\w+ )?$",
    re.IGNORECASE,
)
_WE_WILL = re.compile(
    r"\b(?:we(?:'ll| will| are going to|'re going to| shall)?|let's|lets) (?:just |both |also |all |now |simply |therefore )?(?P<what>(?:keep|leave|stick (?:with|to)|drop|park|skip|carry on|go on|hold|stop|swap|pause|stay|move (?:to|the)|switch|continue|call (?:it|that)|count|treat|meet (?:in|at|on|every|by|over|only)|don't (?!know|think|care|need|have|want|see|get|mind|really)|do not (?!know|think|need|have|want)|won't|will not|no longer|never|only)\b.{6,})",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?P<what>(?:it|that|this|(?:the|our) [\w' -]{2,40}?) (?:stays|remains|stands|continues)(?= (?:open|as|with|at|in|on|put|the|until|to|where|monthly|weekly|a|off)\b).{3,})",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"^\W*(?P<what>[\w' -]{3,30}? (?:stays?|remains?) (?:under|below|over|above|as|open|with|off|out|on|in|at)\b.{3,})", re.IGNORECASE
)
_HE_TOO = re.compile(
    r"\b(?P<what>(?:he|she) agreed (?:that )?(?:they|it|this|that|those|these|we) (?:don't|doesn't|won't|aren't|isn't|no longer|should|shouldn't|stay|stays|must).{3,})",
    re.IGNORECASE,
)
_RULED = re.compile(
    r"(?:^|[.;:] )(?P<what>(?!nobody|no one|not )\S.{8,160}?)[,;.:]? (?:(?:and )?(?:this|that|it)(?:'s| is| was)|so) (?:now )?(?:decided|settled|agreed|final|the rule|a rule|the deal|our rule)\b",
    re.IGNORECASE,
)
_FROM_NOW = re.compile(r"\b(?:from now on|going forward|from here on(?: in| out)?|henceforth|in future)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r",? (?:no more arguing|full stop|end of|and that's that|that's final|he agreed|she agreed|i agreed|we shook on it|so there)\W*$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[;!?]|\.(?:\s|$)|,? (?:because|cos|as (?:he|she|it(?! (?:is|was|stands))|the)|since|which) ")
_RULES = re.compile(
    r"\b(?:that(?:'s| is)|it(?:'s| is)) (?:now )?(?:the rule|a rule|decided|settled|final|agreed|the deal)\b|\bthe rule now\b",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"\W*(?:correct|yes|right|agreed|exactly|yep|absolutely|deal|done|settled|fine|ok|okay)?[,.! ]*(?:that(?:'s| is)? |it(?:'s| is) )(?:final|settled|agreed|decided|the rule|a rule)\b",
    re.IGNORECASE,
)
_TASK = re.compile(r"^(?:to )?(?:he|she|i|[A-Z][a-z]+)(?:'ll| will|'d| would| to)\b")
_TO_DO = re.compile(
    r"^to (?!keep|leave|stick|drop|park|skip|carry|hold|stop|swap|pause|stay|continue|count|treat|meet (?:in|at|on|every|by|over|only)|meet|move|use|have|go|call|make (?:it|the))\w+",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"^(?:to (?:stop|finish|break|end|leave|wrap up) (?:at|by|early|there|here)|(?:we(?:'ll| will)? )?leave it (?:there|here|at that)|next (?:session|meeting|time)|to meet|see)\b",
    re.IGNORECASE,
)


def decisions(
    brief: Brief,
    utterances: Sequence[Utterance],
    sensitive: Sequence[Sensitive] = (),
    actions: Sequence[AgreedAction] = (),
    author: Author = "mentor",
) -> tuple[Decision, ...]:
    """Return what was settled, in order, each once; nothing that is an action already, or for the author alone."""
    scene = read_scene(brief, utterances, author)
    closed = [(passage.start, passage.end) for passage in sensitive] + [(e.start, e.end) for action in actions for e in action.evidence]
    found: list[tuple[int, int]] = []
    for i, utterance in enumerate(scene.utterances):
        if utterance.is_own and not overlaps(utterance.start, utterance.end, closed[: len(sensitive)]):
            found += [(s, e) for s, e in _in_utterance(scene, i) if not overlaps(s, e, closed)]
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if not any(_is_same(brief.notes[start:end], brief.notes[a:b]) for a, b in kept):
            kept.append((start, end))
    return tuple(_decision(brief.notes, start, end) for start, end in kept[:MOST])


def _in_utterance(scene: Scene, i: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the notes that say what was settled."""
    utterance = scene.utterances[i]
    text = straight(utterance.text)
    if is_joke(text) or is_nothing(text):
        return
    stretch = _under_its_heading(scene, i, text) or _said_so(text) or _confirmed(scene, i, text)
    if stretch is None:
        return
    start, end = stretch
    end = start + len(_ASIDE.sub("", text[start:end]).rstrip(" .,;:!-–—"))
    if len(text[start:end].split()) >= _LEAST_WORDS and not _MEETING.match(text[start:end]):
        yield utterance.start + start, utterance.start + end


def _under_its_heading(scene: Scene, i: int, text: str) -> tuple[int, int] | None:
    if i not in scene.settled or text.rstrip().endswith("?") or not (scene.is_item_start(i) or len(text.split()) > _LEAST_WORDS + 2):
        return None
    first = scene.is_item_start(i)
    stop = _STOP.search(text)
    return (0, stop.start() if stop and stop.start() > 0 else len(text)) if first else None


def _said_so(text: str) -> tuple[int, int] | None:
    """Return what a sentence says that the two agreed, or that they will leave, keep or stop."""
    if text.rstrip().endswith("?"):
        return None
    for pattern in (_RULED, _SETTLED, _WE_WILL, _STANDS, _HE_TOO, _KEPT):
        for match in pattern.finditer(text):
            start = match.start("what")
            stop = _STOP.search(text, start)
            end = min(stop.start() if stop else len(text), match.end("what"))
            words = text[start:end]
            if _TASK.match(words) or _TO_DO.match(words) or is_unreal("", words if pattern is not _SETTLED else ""):
                continue
            if pattern is _SETTLED and (_OTHERS.search(text[: match.start()] + " ") or _OTHERS.search(text[: _verb_of(match)])):
                continue
            if pattern is _WE_WILL and not re.match(
                r"(?:we'll|we will|we're|we are|we shall|let's|lets|we (?:keep|leave|stick|drop|park|skip|don't|won't|only|never|no longer|stop))",
                match.group(),
                re.IGNORECASE,
            ):
                continue
            return (match.start() if pattern is _WE_WILL else start), end
    return None


def _verb_of(match: re.Match[str]) -> int:
    """Return where the word "agreed" of a match begins."""
    verb = re.search(r"agreed|settled|decided|resolved|concluded", match.group(), re.IGNORECASE)
    return match.start() + (verb.start() if verb else 0)


def _confirmed(scene: Scene, i: int, text: str) -> tuple[int, int] | None:
    """Return what one says that the other, or the next sentence, then calls final; and what holds from now on."""
    rest = scene.rest_of_item(i)
    if scene.utterances[i].speaker is None:
        said = rest and _RULES.search(straight(scene.utterances[rest[0]].text))
        from_now = _FROM_NOW.search(text)
        if (
            not (said or from_now)
            or text.rstrip().endswith("?")
            or i in scene.listed
            or (from_now and _TASK.match(text[from_now.end() :].strip(" ,")))
        ):
            return None
        opening = re.match(r"[^:]{3,40}: ", text)
        return (opening.end() if opening else 0), len(text)
    if scene.utterances[i].speaker is None or i + 1 >= len(scene.utterances):
        return None
    answer = scene.utterances[i + 1]
    if answer.speaker == scene.utterances[i].speaker or not _FINAL.match(straight(answer.text)):
        return None
    said = re.search(r"\b(?:we are saying|we're saying|so|rule is|saying) (?:that |is )?", text, re.IGNORECASE)
    return (said.end() if said else 0), len(re.sub(r",? (?:correct|right|yes|ok|no)?\s*\??\s*$", "", text))


def _is_same(one: str, other: str) -> bool:
    a, b = stems(one), stems(other)
    return bool(a and b) and len(a & b) >= 0.6 * min(len(a), len(b))


def _decision(notes: str, start: int, end: int) -> Decision:
    quote = notes[start:end]
    words = re.sub(r"^(?:that|on|to|we'll|we will|we've|we're going to|let's)\s+", "", " ".join(quote.split()), flags=re.IGNORECASE)
    short = shorten(words, LONGEST)
    return Decision(text=short[:1].upper() + short[1:], evidence=(Evidence(quote=quote, start=start, end=end),))
