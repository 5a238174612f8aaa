"""Say a deed as an instruction in the notes' own words: "he rings Dai by Friday" as "Ring Dai"."""

import re

from coach.language.due_dates import FoundDue
from coach.language.sentences import shorten

LONGEST = 160
_VERBS = (
    "add agree answer apply appoint approach arrange ask attend auction bake bin block blog book borrow brief bring build buy call cancel cap chair change charge chase check choose circulate clean clear close collect "
    "come confirm connect contact convert copy correct count cover create cut decide delete deliver demo design dig disable discuss dig distribute do download draft drive drop edit email e-mail enable end enrol escalate explain export extend fetch file "
    "fill film find finish fix flag follow forward gather get give go hand hire host identify include install interview introduce invite invoice join keep label launch lead learn leave lend let link list listen log look mail make map mark measure "
    "meet mention message mock move name nominate note nudge offer open order organise organize pair pass pay phone photograph pick pin pitch plan plug post practise practice prepare present print prioritise propose publish pull push put raise read "
    "rebook recommend record recruit redo redraft reduce refer register rehearse release remind remove rename rent reopen repeat replace reply report request reschedule research resend reserve reset reshape resubmit review rewrite ring roll "
    "rota run save say scan schedule scrap search send set set-up setup shadow share show shrink sign sit sort source speak spend split start stick stop submit suggest supply swap switch take talk teach tell test text thank tidy time train transfer translate trial trim "
    "try turn type unblock update upload use verify view visit volunteer walk watch whatsapp wear work write"
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
