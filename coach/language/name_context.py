"""Judge by the words around it whether a word that is also a name stands for somebody, or a month for a date."""

import re

CALENDAR = frozenset(["april", "may", "june", "august", "jan", "jun", "sun", "sat"])  # days and months that are names too
_REACH = 40  # code points to either side that are looked at
_ADDRESSED = (
    "told|asked|thanked|met|invited|reminded|emailed|messaged|phoned|texted|thanks|thank|hi|hey|hello|dear|cc|mr|mrs|ms|mx|dr|prof|sir|named|"
    "thanks to|thank you|met with|spoke to|spoke with|talked to|talked with|meeting with|chat with|call with|lunch with|coffee with|mentor|mentee|colleague"
)
_CALLS = "ask|tell|email|message|invite|remind"  # before "will" and "may" these more often end a clause ("what you ask will matter")
SAYS = (
    "said|says|told|tells|asked|asks|thinks|thought|agreed|agrees|wants|wanted|replied|mentioned|explained|explains|suggested|suggests|promised|"
    "promises|felt|feels|knew|knows|wrote|writes|emailed|laughed|nodded|noticed|offered|offers|joined|attended|admitted|admits|apologised|apologized|"
    "liked|likes|loved|loves|hates|hated|came|went"
)
ACTS = "has|had|is|was|will|would|can|could|met|sent|gave|showed|brought|took|made|got|did|does|needs|needed|started|helped"
_BEFORE = re.compile(rf"(?<!\w)(?:{_ADDRESSED})[,:.]?[ \t\n]{{1,3}}$")
_HELPS = "help|let|call|phone|meet with|check with|speak to|talk to|speak with|talk with"
_BEFORE_NOUN = re.compile(rf"(?<!\w)(?:{_CALLS}|{_HELPS})[ \t\n]{{1,3}}$|#$")
_OPENS = re.compile(r"(?:^|[\n.!?])[ \t>*•-]*$")
_NO_NAME_BEFORE = re.compile(
    r" (?:the|a|an|this|that|these|those|my|our|your|their|his|her|its|each|every|we|i|you|they|he|she|it|people)(?!\w)"
)
_DETERMINED = re.compile(
    r"(?<!\w)(?:the|a|an|this|that|these|those|my|our|your|their|his|her|its|each|every|no|any|some|another|and|or|of|what|which|who|how)[ \t\n]{1,3}$"
)
_AFTER = re.compile(rf"'s(?!\w)|[ \t\n]{{1,3}}(?:(?:{SAYS})(?!\w)|and (?:i|me|you|we)(?!\w))")
_LINE_BEFORE = re.compile(r"\n[ \t>*•-]*$")
_LINE_AFTER = re.compile(r"[ \t]*(?:[,:]|\r?\n|$)")
_MODALS = frozenset(["will", "may"])

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:in|by|until|till|since|during|early|late|mid|last|next|this|every|between|(?:end|start|beginning|middle|rest|month|week) of)[ -]|"
    rf"\d(?:st|nd|rd|th)?(?: of)? |/|(?<!\w){_MONTH}(?:, ?| ?[-–/] ?| (?:and|or|to) ))$",
    re.IGNORECASE,
)
_DATE_AFTER = re.compile(rf"[ .,/-]{{1,2}}(?:\d|(?:and|or|to) {_MONTH}(?!\w)|{_MONTH}(?!\w))", re.IGNORECASE)


def reads_as_name(low: str, start: int, end: int) -> bool:
    """Tell whether a lower-case word of a folded text is used as a name: addressed, owning, saying, or alone on a line."""
    before, after = _around(low, start, end)
    if _LINE_BEFORE.search(before) and _LINE_AFTER.match(after):
        return True
    if _DETERMINED.search(before):
        return False
    if _BEFORE.search(before) or _AFTER.match(after):
        return True
    return low[start:end] not in _MODALS and bool(_BEFORE_NOUN.search(before))


def opens_as_word(text: str, start: int, end: int) -> bool:
    """Tell whether a word opens a sentence as a verb or an adjective would: "Mark the day", "Young people", "May we"."""
    return bool(_OPENS.search(text[max(0, start - 12) : start]) and _NO_NAME_BEFORE.match(text, end))


def in_date(low: str, start: int, end: int) -> bool:
    """Tell whether a month's or day's name that is a first name too stands in a date here."""
    before, after = _around(low, start, end)
    return bool(_DATE_BEFORE.search(before) or _DATE_AFTER.match(after))


def _around(low: str, start: int, end: int) -> tuple[str, str]:
    before = low[max(0, start - _REACH) : start]
    return ("\n" + before if start <= _REACH else before), low[end : end + _REACH]
