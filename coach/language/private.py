"""Recognise words that their author would not want a reader to see: feelings, judgements, health, confidences, disclosures.

Rules miss things, so they lean towards keeping words private; a person is told of each and decides.
"""

import re
from enum import StrEnum
from itertools import takewhile

from coach.language.folding import fold, visible
from coach.language.sentences import sentences


class Private(StrEnum):
    """Why words stay with their author."""

    DISCLOSURE = "disclosure"
    HEALTH = "health"
    CONFIDENCE = "confidence"
    JUDGEMENT = "judgement"
    FEELING = "feeling"
    INSTRUCTION = "instruction"


# What happened to somebody is a disclosure; a subject such as "racism in hiring" is one only beside somebody.
_HAPPENED = (
    r"harass(?:ed|es|ing)|discriminated|discriminat(?:es|ing) against|retaliat(?:ed|es|ing)|victimi[sz]ed|bull(?:ied|ies|ying)|assault(?:ed|s|ing)?"
    r"|grop(?:ed|es|ing)|stalk(?:ed|s|ing)|threaten(?:ed|s|ing)? (?:me|my|to)|sexual\w*|abus(?:ed|es|ing|ive)|touch(?:ed|es|ing) (?:me|my)"
    r"|(?:hand|hands|arm) on my|(?:pinched|hit|slapped|grabbed|kissed|cornered|followed) (?:me|my)|unwanted|unwelcome|(?:makes?|made|making) (?:advances|a pass)"
    r"|(?:yell|shout|scream|swear|curs)(?:ed|ing|s)? at (?:me|us|her|him)|swore at (?:me|us|her|him)|(?:comment|remark|joke)\w* (?:about|on) (?:my|her|his) (?:body|looks?|figure|legs?"
    r"|clothes|skin|hair|accent|religion|faith|age|race|colou?r|gender|sexuality|pregnancy|weight|headscarf|hijab)|slurs?|n-word"
)
_NOUNS = r"harassment|discrimination|retaliation|victimi[sz]ation|bully(?:ing)?|bullies|racis[mt]\w*|sexis[mt]\w*|homophob\w*|transphob\w*|islamophob\w*|antisemit\w*|ableis\w*|ageis\w*"
_SUBJECT = rf"(?:about|on|against|understand|discuss|explore|cover|tackle|reduce|prevent|address) (?:[\w-]+ ){{0,2}}(?:{_NOUNS})"
_SOMEBODY = r"me|my|he|him|his|she|her|they|them|us|our|boss|manager|director|colleague|team|experienced|suffered|faced|report(?:ed)?"

_PATTERNS = {
    Private.DISCLOSURE: _HAPPENED,
    Private.HEALTH: r"burn(?:t|ed)?[ -]?out|pregnan\w*|depress(?:ed|ion|ive)|anti-?depressants?|diagnos\w*|(?:in|my|his|her|their) therapy(?! app)|therapist|medication|illness|cancer"
    r"|surgery|miscarriage|divorc\w*|(?:going through|after) (?:a|my|his|her|the) separation|mental health|panic attacks?|sick leave|adhd|autis\w*|alcohol\w*|(?:my|his|her|their) drinking"
    r"|funeral|bereave\w*|chemo\w*|(?:my|his|her|have|has|with) anxiety|(?:a|my|his|her|nervous) breakdown|(?:been|was|were|am|start\w*) (?:crying|in tears)|cried|suicid\w*|self-harm"
    r"|(?:my|his|her|their) (?:disability|illness|pregnancy|health|mum|mom|dad|mother|father|parents?|wife|husband|partner|child(?:ren)?|kids?|son|daughter|brother|sister|family|marriage)"
    r"|dying|died|an affair|i(?:'m| am) (?:gay|lesbian|bi|bisexual|trans|queer|muslim|jewish|hindu|catholic|dyslexic|disabled|deaf)",
    Private.CONFIDENCE: r"confidential|in confidence|(?:this is|just|only|strictly|keep (?:this|it)) between (?:us|you and me)|off the record|secret(?:ly)?"
    r"|don't (?:tell|mention|let \w+ know)|must(?: not|n't) know|not (?:want|wanting) (?:him|her|them|\w+) to know|rumou?rs?|gossip|told me privately"
    r"|(?:my|his|her|their) (?:salary|pay|bonus|rating)|i (?:earn|get paid|am paid)|(?:earns?|gets?|paid|on) [£$€]?\d+ ?k",
    Private.JUDGEMENT: r"arrogan\w*|clueless|useless|stupid|idiot\w*|lazy|incompetent|hopeless|dinosaur|out of touch|narcissis\w*|patroni[sz]ing|liar|(?:he|she|they|you) lies?"
    r"|(?:is|are|was|were|been|he's|she's|you're|they're) lying|lied|hates? (?:me|him|her|them|us|it when|how|that|people)|can't stand|jerk|toxic|pathetic|ridiculous|selfish|condescending"
    r"|control freak|ego(?:tist\w*)?|fake|rude|old[- ]fashioned|boomers?"
    r"|(?:he|she|they|you)(?:'s| is| are|'re| was) (?:(?:too|so|very|probably|a) )?(?:old|gay|lesbian|queer|trans|disabled|muslim|jewish|christian|foreign|fat|ugly|crazy|drunk)",
    # Feelings count where the writer owns them: "was it awkward for you?" asks about somebody else's.
    Private.FEELING: r"(?:i|i'm|i've|i'd|me|my|feel(?:ing|s)?|honestly|bit|so|very|really)\b[^.?!]{0,30}\b(?:nervous|scared|afraid|frighten\w*|terrif\w*|worried|worry(?:ing)?|anxious|dread\w*"
    r"|intimidat\w*|frustrat\w*|annoy\w*|angry|furious|upset|fed up|hurt|humiliat\w*|embarrass\w*|ashamed|stressed|overwhelm\w*|awkward|uncomfortable|panick\w*|insecure|tiny"
    r"|worthless|invisible|lonely|sick of|had enough)|makes? me feel|out of my depth|i(?:'m| am) not sure (?:how|if|whether) (?:i|to)|i (?:really )?(?:don't|do not) dare|i dread"
    r"|might (?:hurt|damage|affect) my (?:career|job|review)|my (?:own )?(?:career|job|promotion|appraisal) (?:is|could|might)",
    Private.INSTRUCTION: r"(?:ignore|forget|disregard|override|bypass) (?:all|any|the|every|your|these|those|my|previous|prior|above)[\w ]*(?:instructions?|rules?|prompts?|guidelines?|checks?)"
    r"|disregard (?:all|any|the) (?:previous|above)|system prompt|as an ai\b|you are (?:now )?(?:an?|the) (?:ai|assistant|model|language model)"
    r"|(?:auto[- ]?)?approve this(?: draft)?|mark (?:this|it)(?: draft)? (?:as )?approved|release this (?:draft|without)|send (?:this |it )?to (?:everyone|everybody|all)"
    r"|list all (?:pairs|people|mentors|mentees|users)|<\|?\w+\|?>|jailbreak\w*",
}
_COMPILED = {kind: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) for kind, pattern in _PATTERNS.items()}


def private_kind(text: str) -> Private | None:
    """Return why this text should stay with its author, gravest reason first, or None; hidden and wide letters are seen through."""
    plain = fold(visible(text))
    if _names_a_wrong(plain):
        return Private.DISCLOSURE
    return next((kind for kind, pattern in _COMPILED.items() if pattern.search(plain)), None)


def without_instructions(text: str) -> str:
    """Return a text up to the first sentence that reads as an instruction to software: what such a one wants written follows it.

    Most texts are returned as they are.
    """
    if not instructs(text):
        return text
    return " ".join(takewhile(lambda sentence: not instructs(sentence), sentences(text)))


def instructs(text: str) -> bool:
    """Tell whether a text reads as an instruction to software."""
    return _COMPILED[Private.INSTRUCTION].search(fold(visible(text))) is not None


def _names_a_wrong(text: str) -> bool:
    """Tell whether a text names harassment or the like other than as a subject to talk about."""

    def stands(pattern: str) -> bool:
        return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE) is not None

    return stands(_NOUNS) and (stands(_SOMEBODY) or not stands(_SUBJECT))
