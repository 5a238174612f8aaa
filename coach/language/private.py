"""Recognise words that their author would not want a reader to see: feelings, judgements, health, confidences, disclosures."""

import re
from enum import StrEnum


class Private(StrEnum):
    """Why words stay with their author."""

    DISCLOSURE = "disclosure"
    HEALTH = "health"
    CONFIDENCE = "confidence"
    JUDGEMENT = "judgement"
    FEELING = "feeling"
    INSTRUCTION = "instruction"


_PATTERNS = {
    Private.DISCLOSURE: r"harass\w*|discriminat\w*|retaliat\w*|victimi[sz]\w*|bull(?:y|ied|ying|ies)|racis[mt]\w*|sexis[mt]\w*|homophob\w*"
    r"|transphob\w*|assault\w*|grop(?:ed|ing)|stalk(?:ed|ing|s)|threaten(?:ed|s|ing)? (?:me|my)|touch(?:ed|es|ing) me|sexual\w*|abus(?:e|ed|ive|ing)",
    Private.HEALTH: r"burn(?:t|ed)?[ -]?out|pregnan\w*|depress(?:ed|ion|ive)|diagnos\w*|therap(?:y|ist)|medication|illness|cancer|surgery|miscarriage"
    r"|divorc\w*|mental health|panic attacks?|sick leave|disabilit\w*|adhd|autis\w*|alcohol\w*|funeral|bereave\w*|chemo\w*",
    Private.CONFIDENCE: r"confidential(?:ly)?|in confidence|(?:this is|just|only|strictly|keep (?:this|it)) between (?:us|you and me)|off the record|secret(?:ly)?|don'?t (?:tell|mention|let \w+ know)"
    r"|must(?: not|n'?t) know|not (?:want|wanting) (?:him|her|them|\w+) to know|rumou?rs?|gossip|told me privately",
    Private.JUDGEMENT: r"arrogan\w*|clueless|useless|stupid|idiot\w*|lazy|incompetent|hopeless|dinosaur|out of touch|narcissis\w*|patroni[sz]ing|liar|lies"
    r"|lying|hates? (?:me|him|her|them|us|it when|how|that|people)|can'?t stand|jerk|toxic|pathetic|ridiculous|selfish|condescending|control freak|ego(?:tist\w*)?|fake|rude|old[- ]fashioned|boomer\w*",
    # Feelings count where the writer owns them: "was it awkward for you?" asks about somebody else's.
    Private.FEELING: r"(?:i|i'm|i've|i'd|me|my|feel(?:ing|s)?|honestly)\b[^.?!]{0,30}\b(?:nervous|scared|afraid|frighten\w*|terrif\w*|worried|worry(?:ing)?|anxious|dread\w*"
    r"|intimidat\w*|frustrat\w*|annoy\w*|angry|furious|upset|fed up|hurt|humiliat\w*|embarrass\w*|ashamed|stressed|overwhelm\w*|awkward|uncomfortable|panick\w*|insecure|small|stupid)"
    r"|out of my depth|i(?:'m| am) not sure (?:how|if|whether) (?:i|to)|i (?:really )?(?:don't|do not) dare|i dread"
    r"|might (?:hurt|damage|affect) my (?:career|job|review)|my (?:own )?(?:career|job|promotion|appraisal) (?:is|could|might)",
    Private.INSTRUCTION: r"ignore (?:all|any|the|every|previous|prior|above)[\w ]*(?:instructions?|rules?|prompts?)|system prompt|as an ai\b|you are (?:now )?(?:an?|the) (?:ai|assistant|model)"
    r"|(?:auto[- ]?)?approve this(?: draft)?|release this (?:draft|without)|disregard (?:all|any|the|previous)|<\|?\w+\|?>|\bjailbreak\w*",
}
_COMPILED = {kind: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) for kind, pattern in _PATTERNS.items()}


def private_kind(text: str) -> Private | None:
    """Return why this text should stay with its author, gravest reason first, or None."""
    straight = text.replace("’", "'")
    return next((kind for kind, pattern in _COMPILED.items() if pattern.search(straight)), None)
