"""Recognise what a focus is about, in the field's terms, and what is worth asking about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.drafting.agenda.focus import Wish
from coach.drafting.voice import Voice


@dataclass(frozen=True)
class Subject:
    """A subject that juniors bring: how it is recognised, what guidance helps, what to ask.

    Questions may name {mentor} and {mentee}; {as_role} opens one with the mentee's job, where the brief names it.
    """

    pattern: re.Pattern[str]
    title: str
    guidance: str
    questions: tuple[str, str]


def _subject(words: str, title: str, guidance: str, first: str, second: str) -> Subject:
    return Subject(re.compile(rf"\b(?:{words})", re.IGNORECASE), title, guidance, (first, second))


SUBJECTS = (
    _subject(
        r"cancel|resched|postpon|no[- ]show|late (?:to|for) (?:our|the|every)|moved? (?:our|the) (?:session|meeting)|keeps? moving|protect\w* (?:our|the) (?:time|session|meeting)",
        "Keeping our time",
        "sessions cancelled or moved, too little time",
        "What came up each time that our session moved, {mentee}, and what would have let it stay?",
        "Which day and hour of your week could hold this meeting, and who needs to know that it stays?",
    ),
    _subject(
        r"interrupt|talk(?:s|ing|ed)? over|listen|speaking time|first to speak|speaks? (?:first|last|up)|voice|quiet|silen[ct]",
        "Who speaks, and who is heard",
        "listening without interrupting, giving others room to speak",
        "In your last meeting, {mentee}, who spoke first, who spoke last, and what did you hear only once you waited?",
        "{as_role}what happens in the room when a junior colleague disagrees with you, and when did you last see it?",
    ),
    _subject(
        r"decision|decid|transparen|strateg|priorit|explain(?:s|ed|ing)? why",
        "How decisions reach people",
        "how decisions look from below, transparency",
        "Which recent decision would you like to hear about from where {mentor} stands, {mentee}, and how was it announced?",
        "{as_role}what did people further down know about it on the day, and how did they learn it?",
    ),
    _subject(
        r"\bai\b|chatgpt|copilot|tools?\b|apps?\b|digital|data|dashboard|software|social media|linkedin|online|automation|technolog",
        "Trying new tools",
        "learning new technology and digital tools from a junior",
        "Which recent piece of work would you have liked to do with this, {mentee}, and how did you do it instead?",
        "What would you try with it, on something real, before we meet again?",
    ),
    _subject(
        r"inclus|divers|minorit|accessib|bias|stereotyp|equal|belong",
        "Inclusion in daily work",
        "inclusion without tokenism, nobody speaks for a group",
        "What have you read or asked about this since we last spoke, {mentee}, and what surprised you?",
        "{as_role}which one rule or habit could you change here, and how would those it affects notice?",
    ),
    _subject(
        r"career|visib|credit|recogni|sponsor",
        "Visibility and credit",
        "visibility and credit for junior colleagues",
        "Whose work did you name in your last leadership meeting, {mentee}, and what did naming it change?",
        "{as_role}how does somebody junior come to your notice, and whom does that way miss?",
    ),
    _subject(
        r"remote|hybrid|from home|at home|video call|camera",
        "Meetings across places",
        "remote and hybrid meetings and channels",
        "In your last hybrid meeting, {mentee}, what could the people at home see, hear and decide?",
        "What would you change about the next one, and how will you know from them that it helped?",
    ),
    _subject(
        r"trust|open up|defensive|resist|scepti|skepti|expectation|engag",
        "What we expect of each other",
        "resistance, trust and mismatched expectations",
        "What did you expect of these meetings at the start, {mentee}, and what has been different?",
        "Which question of {mentor}’s has been hardest to answer so far, and what made it so?",
    ),
    _subject(
        r"honest|difficult (?:conversation|thing|message)|hard (?:conversation|thing|message|truth)|feedback|confront|bring up",
        "Saying difficult things well",
        "hard conversations, saying a difficult thing to someone senior",
        "How would you like to hear something difficult from {mentor}, {mentee}: when, where and in what form?",
        "When did somebody junior last tell you something that you did not want to hear, and what did you do with it?",
    ),
    _subject(
        r"retain|retention|(?:people|juniors|they|graduates) (?:are )?leav|resign|turnover|early[- ]career|graduate|onboard|motivat",
        "What makes people stay",
        "what motivates and discourages younger employees, retention",
        "What did the last person who left your area say was the reason, {mentee}, and what did you make of it?",
        "What would you ask a colleague in the first year here, if the answer could not be held against them?",
    ),
)


_CHARGE = (
    r"keeps?|kept|never|always|refus\w*|ignor\w*|fail\w*|cancel\w*|interrupt\w*|dominat\w*|forg[eo]t\w*|don't|doesn't|does not|do not|won't|didn't|did not"
    r"|haven't|hasn't|aren't|isn't|can't|too (?:much|often|little|late)|should|needs? to|has to|must|(?:was|were) told|walk(?:s|ed)? past|talk(?:s|ed)? over"
)
_TYPED = (
    (r"\bu\b", "you"),
    (r"\bur\b", "your"),
    (r"\bdosnt\b", "doesn't"),
    (r"\b(do|does|did|is|are|has|have|was|were|would|should|could)nt\b", r"\1n't"),
    (r"\b(ca|wo)nt\b", r"\1n't"),
)


def accusing(text: str, mentee: str) -> bool:
    """Tell whether words that the mentee will read sound like a charge rather than a subject."""
    straight = text.replace("’", "'")
    for typed, meant in _TYPED:
        straight = re.sub(typed, meant, straight, flags=re.IGNORECASE)
    who = rf"(?:you|he|she|they|{re.escape(mentee)})(?:'ve|'re|'s| has| have| is| are)?"
    charged = rf"\b{who} (?:\w+ ){{0,1}}(?:{_CHARGE})\b|\b{who} (?:\w+ )?stop \w+ing\b|^stop \w+ing\b|\b(?:fault|blame)\b|\bagain\W*$"
    return re.search(charged, straight.strip(), re.IGNORECASE) is not None


def uncharged(wishes: Sequence[Wish], voice: Voice) -> list[Wish]:
    """Return the wishes that do not sound like a charge."""
    return [wish for wish in wishes if not accusing(wish.text, voice.mentee)]


def subject_of(text: str) -> Subject | None:
    """Return the first subject that the text is about, or None."""
    return next((subject for subject in SUBJECTS if subject.pattern.search(text)), None)


def subject_of_wishes(wishes: Sequence[Wish], voice: Voice) -> Subject | None:
    """Return the subject of the wish that the agenda names; of the charges where there is nothing else."""
    plain = uncharged(wishes, voice)
    return subject_of(plain[0].text if plain else " ".join(wish.text for wish in wishes))


def ask(question: str, voice: Voice, role: str) -> str:
    """Return a subject's question with the people of the pair in it."""
    text = question.format(mentor=voice.mentor, mentee=voice.mentee, as_role=f"As {role}, " if role else "")
    return text[:1].upper() + text[1:]


def focus_title(wishes: tuple[Wish, ...], voice: Voice) -> str:
    """Return how the shared agenda names a wish: in its own words, or by its subject where those sound like a charge."""
    plain = uncharged(wishes, voice)
    if plain:
        return f"{voice.mentor} brings: {plain[0].shown(100)}" if plain[0].quoted else plain[0].shown(110)
    subject = subject_of_wishes(wishes, voice)
    return subject.title if subject else f"Something that {voice.mentor} would like to raise"
