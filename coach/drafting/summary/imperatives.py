"""Say a deed as an instruction in the notes' own words: "he rings Dai by Friday" as "Ring Dai"."""

import re

from coach.language.due_dates import FoundDue
from coach.language.sentences import shorten

LONGEST = 160
_VERBS = (
    "accept adapt add adjust agree alert allocate amend annotate announce answer apply appoint approach arrange ask ask-for "
    "assemble assign attend auction audit back bake ban batch bin bless block blog book borrow brainstorm brief bring brush buddy "
    "budget build bump buy calculate call cancel cap carry catch certify chair change charge chase chat check choose chop chuck "
    "circulate clean clear clip close coach coax collate collect colour combine come comment compare compile complete compose "
    "condense configure confirm connect consult contact convene convert convince cook copy correct cost count cover create cross "
    "customise cut debrief decide delete deliver demo design dial dictate dig digitise disable discuss distribute ditch divide do "
    "donate double download draft drag drill drive drop drum dump dust e-mail ease edit elect email employ empty enable encourage "
    "end engage enrol ensure enter escalate establish evaluate examine exchange explain explore export extend feed fetch file fill "
    "film find finish firm fit fix flag fly fold follow format forward free fund gather gauge get give go grab group guide halve "
    "hand hang head help hide hire hoover host hunt identify include install interview introduce invert invite invoice join jot "
    "keep knock label launch lay lead learn leave lend let lift link list listen load lobby lock lodge log look loop lower mail "
    "make manage map mark master match measure meet mend mention mentor merge message mock modify monitor move mute name narrow "
    "negotiate nip nominate note nudge number observe offer open order organise organize outline pack paint pair park pass paste "
    "patch pause pay persuade phone photocopy photograph pick pilot pin ping pitch place plan plant play plug polish pop position "
    "post practice practise prepare present press price print prioritise process prod produce prompt proof propose protect prove "
    "provide prune publish pull push put query question queue quote raise rally rank rate re-do re-run re-send reach read "
    "rearrange reassign rebook rebuild recap recheck recommend reconcile record recruit recycle redo redraft reduce refer refine "
    "reflect refresh refund register rehearse relay release remind remove rename renew rent reopen repeat replace reply report "
    "reprint request rerun rescan reschedule research resend reserve reset reshape resit resize resolve respond restart restore "
    "resubmit return retype reuse revert review revise revisit rewrite ring roll rota rotate round route run sample save say scale "
    "scan schedule scope score scout scrap search seek select sell send separate serve set set-up settle setup shadow share shave "
    "shift ship shorten shout show shrink shuffle shut sign simplify sit sketch skim slot solve sort sound source speak spend "
    "split squeeze staff stage stand start stencil step stick stitch stock stop store strip structure study submit subscribe "
    "suggest summarise summarize supply survey swap sweep switch swot tackle tag tailor take talk tally tape task teach team "
    "telephone tell tender test text thank thin thrash tick tidy tie time top top-up track trade train transfer translate trap "
    "trawl treat trial trim try tune turn tweak type unblock undo unlock unmute unpick update upgrade upload use validate verify "
    "vet video view visit volunteer vote walk wangle warn wash watch waterproof wear weigh whatsapp whip wipe wire work wrap write "
)
VERBS = frozenset(_VERBS.split())
_ODD_BASES = {"does": "do", "goes": "go", "has": "have", "tries": "try", "carries": "carry", "copies": "copy", "dus": "do", "applies": "apply", "replies": "reply", "notifies": "notify",
              "tidies": "tidy", "clarifies": "clarify", "identifies": "identify", "studies": "study", "modifies": "modify"}  # fmt: skip
_ES = ("sses", "shes", "ches", "xes", "zes")
_DUE_BEFORE = re.compile(
    r"[,(]?\s*(?:[-–—/]\s*)?(?:\b(?:by|on|before|until|till|til|for|at|from|latest(?: by)?|due|no later than|starting|say|maybe|during|in time for|ahead of)\s+)?(?:the\s+|this\s+|close of play\s+|cob\s+|eod\s+|end of\s+)?$",
    re.IGNORECASE,
)
_DUE_AFTER = re.compile(
    r"^\s*(?:at the latest|latest|please|eve(?:ning)?|morning|afternoon|am|pm|at \d[\d:.]*(?:\s?[ap]m)?|itself|\))*", re.IGNORECASE
)
_EDGES = " \t,;:.!?–—-/&>→()\"'“”"
_TAIL = re.compile(
    r"(?:[,;]?\s+(?:and|but|so|then|or|which|because|cos|as|while|,)|[,;]?\s*(?:he|she|i|we|they) (?:said|says|promised|reckons|thought)|[,;]?\s+(?:ok|okay|please|pls|tho|though|too|as well)|,? (?:would|will|could|can) you)\s*$",
    re.IGNORECASE,
)
_HER_OBJECT = re.compile(
    r"\bher\b(?=\s*(?:$|[,.;:)]|(?:the|a|an|this|that|these|those|my|some|three|two|and|or|to|for|on|in|at|by|with|from|about|how|what|when|if|whether|who|where|again|first|up|over|it|them|one|into|through)\b))",
    re.IGNORECASE,
)


def base_form(verb: str) -> str:
    """Return "ring" for "rings", "try" for "tries"."""
    low = verb.lower()
    if low in _ODD_BASES:
        return _ODD_BASES[low]
    if low.endswith(_ES):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def from_participle(verb: str) -> str:
    """Return "send" for "sending", "put" for "putting", "make" for "making"."""
    stem = verb.lower().removesuffix("ing")
    if stem in VERBS:
        return stem
    if stem + "e" in VERBS:
        return stem + "e"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in VERBS:
        return stem[:-1]
    return stem + "e" if stem.endswith(("v", "c", "g", "u", "iz", "is", "at", "ut")) else stem


def instruction(deed: str, due: FoundDue | None, form: str, names: dict[str, str]) -> str:
    """Return the words of a deed as an instruction: without the day, its verb plain, with names for pronouns that are certain.

    `due` is placed in `deed`; `form` says how its first word stands: "base", "third" or "participle".
    """
    words = without_day(deed, due)
    first, _, rest = words.strip(_EDGES).partition(" ")
    if form == "third":
        first = base_form(first)
    elif form == "participle":
        first = from_participle(first)
    words = f"{first} {rest}".strip()
    for pronoun, name in names.items():
        pattern = _HER_OBJECT if pronoun == "her" else re.compile(rf"\b{pronoun}\b", re.IGNORECASE)
        words = pattern.sub(name, words)
    words = _shorn(words)
    short = shorten(words, LONGEST)
    return short[:1].upper() + short[1:]


def without_day(deed: str, due: FoundDue | None) -> str:
    """Return the words of a deed without those that say when."""
    if due is None:
        return deed
    before = _DUE_BEFORE.search(deed[: due.start])
    start = before.start() if before else due.start
    after = _DUE_AFTER.match(deed[due.end :])
    end = due.end + (after.end() if after else 0)
    # "before our next session on the 9th" goes with its event.
    event = re.search(r"[,(]?\s*\b(?:before|at|in time for|ahead of|for)\b[^,;.]{3,40}$", deed[:start], re.IGNORECASE)
    if (
        event
        and event.start() > 8
        and re.search(
            r"\b(?:session|meeting|board|council|committee|call|mtg|visit|review|launch|event|demo)\b", event.group(), re.IGNORECASE
        )
    ):
        start = event.start()
    kept = deed[:start].rstrip(" ,(-–—/") + " " + deed[end:].lstrip(" ")
    return " ".join(kept.split()) if len(deed[:start].split()) + len(deed[end:].split()) >= 2 else deed


def _shorn(words: str) -> str:
    words = " ".join(words.split()).strip(_EDGES)
    while (shorter := _TAIL.sub("", words).strip(_EDGES)) != words:
        words = shorter
    if words.count("(") > words.count(")"):
        words += ")"
    return words
