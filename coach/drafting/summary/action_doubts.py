"""Tell why words that look like an undertaking are none: refused, wished, joked, hypothetical, done already, or about what has been."""

import re

_WISHED = re.compile(
    r"\b(?:might|(?:he|she|i|we|they|you|it|that) may(?= )|maybe|perhaps|possibly|would be (?:good|nice|great|lovely|fun|better|ideal)|would(?:n't)? (?:love|like)|'d (?:love|like|rather)|wish(?:es)?|hop(?:es?|ing) to|dreams? of|one day|some ?day|not sure|in theory|ideally|if only"
    r"|toy(?:s|ing) with|thinking (?:of|about)|thinks about|think about|half a mind|tempted)\b",
    re.IGNORECASE,
)
_IFFY = re.compile(r"\bif\b|\bunless\b|\bin case\b|\bassuming\b|\bprovided\b|\bas long as\b", re.IGNORECASE)
_WHETHER = re.compile(
    r"\b(?:ask\w*|see|check\w*|find out|know|tell|wonder|decide|say|test\w*|look(?:ing)?|out|confirm)\b[^,;:.?!]{0,40}\s$", re.IGNORECASE
)
_JOKED = re.compile(
    r"\b(?:lol|lmao|haha\w*|hehe|ha ha|joking|kidding|jk|as a joke|yeah,? right|in (?:his|her|your|my) dreams|pigs|rofl|only joking)\b|😂|🤣|😜|😆",
    re.IGNORECASE,
)
_BYGONE = re.compile(
    r"\b(?:last (?:time|week|month|session|mon|tue|wed|thu|fri|year|meeting)\w*|yesterday|back (?:in|then)|originally|at the time|a (?:week|month|fortnight) ago|weeks ago|months ago|used to|for (?:weeks|months|ages) now)\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\b(?:but|and|yet|then|still) (?:\w+ ){0,3}?(?:didn't|hasn't|haven't|never|forgot|couldn't|wasn't|hadn't|not yet|nothing|no sign|ran out)\b|[,;–—-] ?(?:(?:he|she|i|we) )?(?:hasn't|haven't|didn't|never|not yet|still nothing)\b|\b(?:hasn't yet|still hasn't|never did|forgot|didn't happen)\b",
    re.IGNORECASE,
)
_REFUSED_HERE = re.compile(
    r"\b(?:(?:i|he|she|we|they)(?:'d| had| have|'ve)? (?:said|told (?:him|her|them)|goes|went|was like|says) (?:\w+ ){0,2}?(?:no|nope|nah|not|don't|too|please (?:no|not|don't)|absolutely not|that's cheating)\b"
    r"|(?:declined|refused|turned (?:it |that |him |her |me )?down|said no|no ta\b|no thanks|not keen|dropped(?= *[.!]|$)|hasn't agreed|didn't agree|not agreed|wouldn't have it|vetoed|scrapped|ruled (?:it )?out|not required|not doing (?:it|that)|leave it\b|not happening|too much,|i said please not|we didn't settle|we changed (?:this|that|it)))",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"(?:^|\s)[-–—,;:(] ?(?:no|nope|nah|wait,? no|actually no|scratch that|strike that|not really)(?=[,.!;]| [-–—]|$)", re.IGNORECASE
)
_REFUSED_NEXT = re.compile(
    r"\W*(?:(?:and|but|so|well|um|er|lol|haha|ha)[ ,]+)*(?:no(?=[ ]*(?:[.,!;…–—-]|$))|no (?:ta|thanks|thank you|way|chance|need|he|she|i|we|that|it|date no|don't|please|not|one)\b|nope|nah|naw|never mind|forget (?:it|that)|not (?:keen|happening|doing|needed|required|counting|agreed|a chance|today|yet|going to)"
    r"|drop(?:ped)? (?:it|that)|dropped\b|leave (?:it|that)|leaving (?:it|that)|scrap(?:ped)?\b|declined|(?:i|he|she|we|they) (?:declined|refused|said no|won't|wouldn't|would not|will not|could not|did not|am not|is not|hasn't agreed|didn't|turned)"
    r"|(?:i'm|he's|she's) not\b|please (?:no|don't)|too (?:much|soon|early)|absolutely not|only joking|joking|kidding|didn't decide|not decided|we didn't|scratch that|strike that|cancel that|that's a no|i'd rather not|rather not|not me)",
    re.IGNORECASE,
)
_DONE_HERE = re.compile(
    r"(?:^|[-–—,(/.:;>→] ?|\bis |\bwas |\b(?:that|it|which)(?:'s| is| was) )(?:already\b(?! (?:said|told|asked|knows?|has|have))|done\b|sorted\b|sent\b|posted\b|completed\b|finished\b|ticked off|did (?:it|that)\b|strike (?:it|that)|scratch (?:it|that)|cancelled\b|booked\b(?!.* by)|happened\b|submitted\b|no longer)|✅|✔|☑",
    re.IGNORECASE,
)
_DONE_NEXT = re.compile(
    r"\W*(?:already\b|done\b|sorted\b|sent\b|posted\b|did (?:it|that)|(?:i|he|she|we|they)(?:'ve|'s| have| has)? (?:already|just|did|done|sent|posted|has already)\b|ticked\b|completed\b|strike that|that's done|all done|(?:that|it) (?:was|is|has been) (?:done|sent|sorted|posted)|there and then|on the spot|✅)",
    re.IGNORECASE,
)
_SOLVED = re.compile(
    r"\b(?:on the spot|there and then|then and there|while (?:i|we) (?:was|were|sat|watched|waited)|in front of me|as we spoke|during the (?:call|session|meeting))\b",
    re.IGNORECASE,
)
# What is said with "I'll" or "he'll" without undertaking anything.
_FILLING = re.compile(
    r"(?:be (?:honest|fair|frank|fine|grand|ok|okay|delighted|pleased|happy|glad|back|late|away|there|out)|tell you (?:what|something|this|the)|give (?:you|him|her|them|it) that|grant you|take (?:that|it|your word)|let you (?:go|off|get)|leave you|leave it (?:there|at that|here)|stop (?:there|here)|come (?:to|back to) (?:that|it|you)"
    r"|get (?:there|to (?:that|it)|used)|believe it|start with|begin with|wait\b|not\b|say (?:this|that)|have to (?:see|wait|think)|need (?:more|some|a bit)|always|take (?:time|a while|ages|weeks|months|some)|do (?:his|her|my|our|their) best|do (?:what|better|well|more)|keep (?:trying|going|at it|an eye|you posted|in mind|fingers)|find (?:it|that)|make (?:it|sense|him|her|them)|come (?:round|good)"
    r"|go (?:well|fine|down|away|far|on (?:about|leave|holiday))|sort itself|work out|read (?:this|it) (?:back|later)|take (?:some|a bit of) (?:time|doing)|see\b(?! (?:to|if|whether|about|what|that|hr))|show (?:me|us) (?:up|one day)|get (?:better|worse|easier|on with it|over it|back to you(?! (?:by|on)))|put (?:it|that) down (?:to|as)|call it (?:a day|quits|that)|go first|settle for|(?:get|gets) the (?:hang|point|idea|joke)|(?:fly|ring off|dash|run|rush|head (?:off|back|home)|catch (?:a|the|his|her) (?:train|plane|bus|flight))\b(?! (?:it|the|a (?:trial|pilot|session|survey)))|have (?:lunch|dinner|breakfast|a drink|drinks|a baby)\b|change\b(?! (?:the|his|her|my|it|that|this|our|to))|see(?:ing)? (?:him|her|you|each other|me)\b(?! (?:do|run|chair|about|in action))|carry on\b|keep (?:on|going|doing|at)\b|continue\b|go on\b(?! to)|skip\b|pass\b(?! (?:on|it|the))|cross that)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\W*(?:nothing|none|nil|n/?a|no (?:actions?|homework|tasks?|to-?dos?|pending|new)|-+|tbc|tbd|\?+)(?:\b|$)", re.IGNORECASE
)
_SUGGESTED = re.compile(
    r"\b(?:was|were|been) (?:\w+ )?(?:suggested|floated|proposed|mooted|mentioned|raised|discussed|offered)\b", re.IGNORECASE
)


def is_unreal(before: str, words: str) -> bool:
    """Tell whether an undertaking, with what stands before it in its sentence, is wished, hypothetical or a joke."""
    if _WISHED.search(words) or _WISHED.search(before[-60:]) or _JOKED.search(words):
        return True
    return any(not _WHETHER.search((before + words)[: match.start()]) for match in _IFFY.finditer(before + words))


def is_bygone(words: str) -> bool:
    """Tell whether words speak of what was promised or planned before."""
    return _BYGONE.search(words) is not None or _UNDONE.search(words) is not None


def is_refused(after: str, following: str) -> bool:
    """Tell whether what stands after an undertaking, or follows as the next sentence, turns it down."""
    return (
        _REFUSED_HERE.search(after) is not None or _TAKEN_BACK.search(after[:40]) is not None or _REFUSED_NEXT.match(following) is not None
    )


def is_taken_back(words: str) -> bool:
    """Tell whether somebody takes words back in the same breath: "Jo asks him – no, we changed this"."""
    return _TAKEN_BACK.search(words) is not None


def is_joke(words: str) -> bool:
    """Tell whether words laugh."""
    return _JOKED.search(words) is not None


def is_done(words: str, following: str, undated: bool = True) -> bool:
    """Tell whether words, or the sentence that follows them, say that the deed is done; what has a day to come was not done on the spot."""
    return (
        _DONE_HERE.search(words) is not None or (undated and _SOLVED.search(words) is not None) or _DONE_NEXT.match(following) is not None
    )


def is_filling(deed: str) -> bool:
    """Tell whether a deed is a turn of speech and none to be done."""
    return _FILLING.match(deed) is not None


def is_nothing(words: str) -> bool:
    """Tell whether a line of a list says that there is nothing on it, or only what somebody suggested."""
    return _NOTHING.match(words) is not None or _SUGGESTED.search(words) is not None
