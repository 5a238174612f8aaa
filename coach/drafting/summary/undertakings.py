"""Find in one utterance who undertakes to do what: the grammar of promises, orders to oneself, and owners before a dash.

An undertaking is a doer and a deed. What is refused, wished, joked about, hypothetical or done already is none, whatever its verb.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from coach.drafting.summary.imperatives import VERBS, from_participle
from coach.drafting.summary.people import OTHER, Cast, Who
from coach.language.due_dates import due_of
from coach.language.folding import QUOTES, plain_case
from coach.language.names import is_everyday
from coach.language.numbers import NUMBER_WORDS

_ADVERB = r"(?: (?:also|then|just|now|first|definitely|certainly|instead|personally|himself|herself|both|each|all|then also|too|again|next|quickly|only|please|kindly|finally|still|in turn|tonight|today|tomorrow|actually|really))*"
_WILL = r"(?:(?:'ll| will| wil| wll| shall)(?! not\b| never\b)|(?:'s|'m|'re| is| am| are)? (?:going to|gonna|off to|gona)|(?:'s|'m|'re| is| am| are)(?: still)? (?:to|due to|down to))"
_SAYS = (
    r"(?:(?: said| says| say| promised| promises| agreed| swears| swore| vowed| confirmed| reckons|'s promised| has promised| told me| me)(?: me| us| him| her)?(?: that)? (?P<inner>(?i:he|she|i|we|they))"
    r"(?:'d|'ll| would| will| wd)(?! not| never| love| like| rather| prefer| have)"
    r"|(?:'s| has| have|'ve|'m| am| is| was)? ?(?:promised|promises|agreed|agrees|accepted|undertook|undertakes|undertaken|committed|commits|volunteered|volunteers|happy|up for it and|said yes|says yes|took (?:on )?(?:the|an) action|has (?:the|an) action|took it on|down|on the hook) to)"
)
_VERB = r" (?P<verb>(?!(?:not|never|hardly|probably|maybe|perhaps|possibly|i|we|he|she|they|you|it|the|a|an|my|his|her|be|been)\b(?! in touch| on| the one| at| there))[a-z][\w'-]*)"
# Verbs with which nobody undertakes anything: what somebody is, thinks, likes, or what will befall them.
_IDLE_WORDS = (
    "be been see say think like love hate need want know miss admit bet guess hope remember wonder feel believe survive die "
    "regret understand mind cost never have become stay depend hear forget fail laugh cry struggle cope manage enjoy suffer "
    "lose end happen turn seem appear prefer wish suppose imagine doubt deserve fear worry agree disagree live sleep eat "
    "retire leave mean matter own not always hopefully probably definitely sound look smell taste resemble belong consider "
    "contemplate "
)
IDLE = frozenset(_IDLE_WORDS.split())
# Idle by themselves, deeds with what follows: "be in touch", "have a word", "try the desk app", "look at", "leave the form in the drawer".
_BUSY = re.compile(
    r"(?:have (?:a (?:word|look|go|chat|quiet word|think about|read|call|try)|(?:it|them|that|the|this|his|her|my|all|both|\w+ \w+) (?:\w+ )*(?:ready|done|sent|finished|drafted|written|over|out|up|back|in|with)|lunch with|coffee with|another go|one)"
    r"|be (?:in touch|on (?:it|the)|there|doing|sending|writing|asking|the one|running|taking|joining|sitting|chairing|presenting|shadowing)|see (?:to|if|whether|about|what|that|hr|the|him|her|them|\w+ about|[A-Z])|think (?:of (?:three|two|a|one)|up)|look (?:out|at|into|over|up|through|for|it|them|after)|try (?!to (?:remember|be|keep))|turn (?:off|on|up|it|the)"
    r"|leave (?:the|his|her|my|it|them|a|two|three|that) (?:\w+ ){1,6}(?:in|on|at|off|with|for|by|out|to)|end (?:the|his|her|every|each|all)|lose (?:the|his|her)|manage (?:the|to)|own (?:the|it)|consider (?:the|three)|say (?:something|hello|it to|so to|thank|sorry|no to|yes to)|hear (?:from|back)|need to|have to|always|mean to"
    r"|stay (?:after|behind|on|for|late)|know (?!)|agree (?:the|a|with|dates|on)|want (?!)|tell|not )"
)
_PRESENT_NOT_WORDS = (
    "is was plans starts works gets leaves flies travels retires returns moves joins has does says thinks wants likes knows needs feels seems looks hates loves hopes means goes comes "
    "this his its us as yes always perhaps afterwards minutes weeks days months hours reckons admits believes agrees "
    "tells remembers laughs sounds ours hers theirs yours cos sees lives works claims moans complains prefers "
    "forgets refuses worries wonders swears thinks owns notes lies sits stands doubts insists "
    "sends-out ends "
)
_PAST_WORDS = (
    "began went took gave brought bought sent spent met ran rang wrote spoke chose drove broke held kept left lost paid sold stood taught told understood won wore sat grew knew drew built caught came did ate fell "
    "felt fought forgot got heard hid led lent meant rose said saw sought shook shot slept stuck struck swore threw woke laughed became bore beat bit blew flew froze made rode sang sank stole tore"
)
_PRESENT_NOT = frozenset(_PRESENT_NOT_WORDS.split())
_BASE_NOT_WORDS = (
    "am was had have did do don't didn't can can't could couldn't would wouldn't should shouldn't may might must know think "
    "like love want need hope feel said say told asked saw got went did hate guess mean see believe wonder never always also "
    "just still only really then reckon agree remember suspect doubt admit counted checked looked thought tried made put-off "
    "gave took left came found heard wasn't haven't hadn't won't will shall suppose prefer forget forgot understand work live "
    "wish "
)
_BASE_NOT = frozenset((_BASE_NOT_WORDS + _PAST_WORDS).split())
# One of these stands in every undertaking.
_PRONOUNS = frozenset(
    ["both", "they", "you", "himself", "herself", "myself", "me", "him", "her", "us", "someone", "somebody", "sir", "madam", "mam", "maam"]
)
_HINT = re.compile(
    r"\w(?:'ll|'s|'m|'ve|'re)\b|\b(?:will|wil|wll|shall|to|going|gonna|am|are|is|must|gotta|would|i|he|she|we|you|both|us|promised|owes?|\w+ing)\b|[a-z]s\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:^|[,;:.!?–—>→(-] ?|\b(?:and|so|but|then|that|agreed|decided|settled|plan is|now|meanwhile|tonight|tomorrow|today|then) )$",
    re.IGNORECASE,
)
_STOPS = re.compile(r"[;!?]|\. |,? (?:but|because|cos|although|unless) ")


@dataclass(frozen=True)
class Undertaking:
    """A doer and a deed in an utterance: places are code points of its text; the deed begins at its verb."""

    start: int
    end: int
    deed: int
    doer: str
    who: Who | None
    how: str  # will, ought, said, to, now, going, label, order


def straight(text: str) -> str:
    """Return a text of the same length with straight quotation marks and plain letters."""
    return plain_case(text.translate(QUOTES))


@lru_cache(maxsize=32)
def _patterns(cast: Cast) -> tuple[tuple[str, re.Pattern[str]], ...]:
    called = "|".join(re.escape(name) for name in cast.called if len(name) > 2)
    short = "|".join(re.escape(name.upper()) for name in cast.called if len(name) <= 4)
    person = rf"(?:(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Sr|Col|Lt)\.? )?[A-Z][\w-]*(?:'[A-Z]\w*)?(?: [A-Z][\w-]+){{0,2}}(?: \([^)]{{1,25}}\))?(?: (?i:sir|madam|ma'am|ji))?|(?i:{called})|(?:{short}))"
    office = r"(?i:(?:the )?(?:programme|program|mentoring|scheme) (?:desk|cell|office|team|coordinator|co-ordinator|lead|manager|admin|support)|(?:the )?co-?ordinator)(?: \([^)]{1,40}\))?"
    pronoun = r"(?i:both of us|we both|we two|us two|the two of us|both|i|we|he|she|they|you|himself|herself|myself|someone|somebody|one of us|sir|madam|mam|maam|my mentee|the mentee|the mentor)"
    clause = r"(?:(?<![\w'’-])(?<!\w\.))"
    who = rf"{clause}(?P<doer>{office}|{pronoun}|{person}(?: (?:and|&) (?:I|me|{person}))?(?: in [\w ]{{2,20}})?)(?![\w-])"
    obj = rf"(?P<doer>{office}|(?i:me|myself|him|her|us|both(?: of us)?|you)|{person}(?: (?:in|from) [\w]+(?: \w+)?)?(?: (?:and|&) (?:I|me|{person}))?)"
    opens = r"(?:^|(?<=[,;:.!?–—>→(] )|(?<=[-–—] )|(?<=\()|(?<=\band )|(?<=\bso )|(?<=\bbut )|(?<=agreed )|(?<=agreed: ))"
    return (
        ("gives", re.compile(r"(?P<doer>(?i:you))(?i:'ll| will| shall) (?i:have|get) (?P<verb>(?:it|them|that|those|the [\w ]{2,30}?|my [\w ]{2,30}?)(?=[ .,;!]|$))")),
        ("will", re.compile(rf"{who}{_WILL}{_ADVERB}{_VERB}")),
        ("said", re.compile(rf"{who}{_SAYS}{_ADVERB}{_VERB}")),
        ("ought", re.compile(rf"{who}(?:(?:'ve| have|'s| has)(?: got)? to|(?:'ve got|'s got)? (?:gotta|needs? to|must|has to|have to))(?! be\b| have\b){_ADVERB}{_VERB}")),
        ("to", re.compile(rf"{opens}{obj} (?:to|2)(?= [a-z]){_ADVERB}{_VERB}")),
        ("to", re.compile(rf"(?P<doer>(?i:his|her|my|our|{person}'s)) (?:homework|job|task|action|bit|part|to-do|assignment|promise|turn)(?: for \w+(?: \w+)?)?(?: is|'s|:)(?: now| still)? to{_ADVERB}{_VERB}")),
        ("owes", re.compile(rf"{who}(?:'s|'m| is| am) down for (?P<verb>\w)")),
        ("to", re.compile(rf"(?i:\b(?:action (?:is )?(?:on|for|with)|it's on|that's on|that is on|falls to|left (?:it )?(?:with|to)|over to|job for|task for)) {obj} to{_ADVERB}{_VERB}")),
        ("going", re.compile(rf"{who}(?:'m|'s|'re| is| am| are)(?! not){_ADVERB} (?P<verb>(?!going\b|being\b|doing (?:well|fine|great)|having\b|trying\b|hoping\b|thinking\b|looking forward|getting\b|wondering\b|missing\b|flying\b|travelling\b|leaving\b|starting\b|moving\b|retiring\b|coming\b|seeing how\b|feeling\b|waiting\b|saying\b|telling (?!the|our|all|his|her|my)|claiming\b|promising\b|talking\b|insisting\b|not\b)[a-z]+ing)\b")),
        ("asked", re.compile(rf"{clause}(?P<doer>(?i:you|u))(?:(?: please| pls| plz| kindly)+|(?i:'ll| will| are to| need to| should)(?! not\b| never\b| see\b| like\b)){_ADVERB}{_VERB}")),
        ("bare", re.compile(rf"{opens}(?P<doer>)(?i:(?:said|promised|told (?:him|her)|swore)(?: (?:him|her))?(?: that)? i(?:'d|'ll| would| will)(?! not| never| love| like)|will|'ll|wil|must|need to|needs to|gotta|have to|has to|going to|gonna|promised to|agreed to|offered to|is to|are to|volunteered to|committed to|due to|still to|aims? to|wants to try to)(?! be\b){_ADVERB}{_VERB}")),
        ("does", re.compile(rf"{who} do(?:es)? (?P<verb>(?!not\b|the\b|it\b|that\b|this\b|so\b|his\b|her\b|my\b|a\b|all\b)[a-z][a-z-]+)\b")),
        ("bare-ing", re.compile(r"(?:^\W*|[;,.] )(?P<doer>)(?P<verb>[A-Za-z][a-z]+ing) (?=\w)")),
        ("bare-ed", re.compile(rf"^\W*(?P<doer>)(?:[Pp]romised|[Oo]we) (?P<verb>(?:him|her|{person}) (?!to\b|that\b|he\b|she\b|i\b)[a-z])")),
        ("agreed", re.compile(rf"(?i:agreed|agreement|deal is|deal|plan|the plan is|settled|so|idea is)(?: that|:|,)? (?P<doer>{pronoun}|{person})(?:'d| would| wd)(?! not| never| like| love){_ADVERB}{_VERB}")),
        ("owes", re.compile(rf"{who}(?: still)?(?: (?i:owes?)|(?:'s|'ve| has| have)? promised) (?P<verb>(?:me|us|him|her|you|{person}) (?!to\b|that\b|he\b|she\b|i\b|a (?:drink|pint|coffee|favour|beer|cake|lunch)\b)[a-z])")),
        ("now", re.compile(rf"{who}{_ADVERB} (?P<verb>(?!(?:he|she|i|we|they|you|it|the|and|to|a|an|is|was|by|for|on|at|in|of|with|from|before|or)\b)[a-z][a-z-]+)\b")),
    )  # fmt: skip


def undertakings(text: str, cast: Cast, speaker: Who, in_talk: bool, listed: bool, today: date) -> list[Undertaking]:
    """Return the undertakings of an utterance in order, each up to where the next begins.

    What somebody does or is doing ("he sends it", "I'm sending it") is one only with a day to come, or in a list of actions.
    """
    plain = straight(text)
    if not _HINT.search(plain):
        return []
    found: list[Undertaking] = []
    for how, pattern in _patterns(cast):
        for match in pattern.finditer(plain):
            deed = match.start("verb")
            if any(u.start <= deed and match.start("doer") <= u.deed for u in found) or not _is_deed(how, plain, match, cast, today):
                continue
            if how in ("now", "does", "going", "bare-ing") and not _is_planned(plain, match, found, listed, today):
                continue
            found.append(
                Undertaking(
                    match.start("doer"),
                    len(text),
                    deed,
                    match["doer"],
                    speaker if how == "gives" else who_does(match.groupdict().get("inner") or match["doer"], cast, speaker, in_talk),
                    how,
                )
            )
    found.sort(key=lambda u: u.start)
    ends = [*(u.start for u in found[1:]), len(text)][: len(found)]
    return [replace(u, end=end) for u, end in zip(found, ends, strict=True)]


def _is_planned(plain: str, match: re.Match[str], found: Sequence[Undertaking], listed: bool, today: date) -> bool:
    """Tell whether the present tense speaks of what is to come: it opens a clause and names a day, or stands in a list of actions."""
    if not _OPENS.search(plain, 0, match.start("doer")):
        return False
    end = min((u.start for u in found if u.start > match.start("verb")), default=len(plain))
    stop = _STOPS.search(plain, match.end(), end)
    due = due_of(plain[match.start("doer") : stop.start() if stop else end], today)
    beside = match["doer"].lower() != "we" and any(
        u.start < match.start("doer") and not re.search(r"[;.!?]", plain[u.deed : match.start("doer")]) for u in found
    )
    return due is not None or listed or (beside and plain[: match.start("doer")].rstrip().endswith((",", "and")))


def who_does(doer: str, cast: Cast, speaker: Who, in_talk: bool) -> Who | None:
    """Return who a doer is; None where nobody is named."""
    low = doer.lower()
    if not low:
        return None
    if low in ("he", "she"):
        return cast.pronoun(low, speaker, in_talk)
    if low in ("him", "her", "his"):
        return cast.pronoun(low, speaker, in_talk)
    if low in ("my", "our"):
        return speaker if low == "my" else Who.BOTH
    if low.endswith("'s"):
        return cast.named(low) or Who.THIRD
    if low in ("you", "u"):
        return OTHER.get(speaker)
    if low in ("someone", "somebody", "one of us"):
        return None
    if low == "they":
        return Who.THIRD
    found = cast.meant(doer, speaker)
    if found is None and re.search(r" (?:and|&) ", doer):
        parts = [cast.meant(part, speaker) for part in re.split(r" (?:and|&) ", doer)]
        if {Who.MENTOR, Who.MENTEE} == set(parts):
            return Who.BOTH
        return next((part for part in parts if part in OTHER), Who.THIRD)
    if found is None:
        found = cast.named(re.sub(r" (?:in|from) .*", "", doer)) or cast.named(doer.split()[0])
    return found or Who.THIRD


def _is_deed(how: str, plain: str, match: re.Match[str], cast: Cast, today: date) -> bool:
    verb = match["verb"].lower()
    rest = plain[match.start("verb") : match.start("verb") + 60].lower()
    doer = match["doer"].lower()
    if doer in NUMBER_WORDS or doer in ("zero", "one", "no", "none"):
        return False
    if re.match(r"[\w'-]+ (?:not|never|no|nothing|nobody)\b", rest):
        return False
    if how == "now":
        third = doer not in ("i", "we", "they", "you", "both", "both of us", "we both") and " and " not in doer and " & " not in doer
        if verb == "has":
            return re.match(r"has (?:a|another) (?:go|word|look|chat|try|quiet word|read|crack|think)\b", rest) is not None
        if third:
            return verb.endswith("s") and not verb.endswith("ss") and verb not in _PRESENT_NOT and len(verb) > 2
        return verb not in _BASE_NOT and (verb in VERBS or not verb.endswith(("ed", "ing", "ly"))) and verb not in IDLE
    if how in ("owes", "gives", "bare-ed"):
        return True
    if (
        match["doer"][:1].isupper()
        and match.start("doer") == 0
        and " " not in doer
        and not cast.named(doer)
        and doer not in ("i", "we", "he", "she")
        and is_everyday(doer)
    ):
        return doer in _PRONOUNS
    if how == "does":
        return verb in VERBS
    if doer == "i" and rest.startswith(("be at the", "be at our", "be there")):
        return due_of(plain[match.start("verb") :], today) is not None
    if how == "bare-ing":
        return from_participle(verb) in VERBS
    if how == "to" and verb in ("be", "have", "know", "see", "say", "think", "hear"):
        return _BUSY.match(rest) is not None
    if (
        verb == "have"
        and not re.match(r"have (?:to|been|lunch|dinner|no|his|her holiday)\b", rest)
        and due_of(plain[match.start("verb") :], today)
    ):
        return True
    if verb in IDLE:
        return _BUSY.match(rest) is not None
    return True
