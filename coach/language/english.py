"""Tell whether a text reads as English, by the small words that every language has its own of."""

import re

from coach.language.sentences import words

_LOOKED_AT = 20_000  # characters
_ENOUGH_WORDS, _ENGLISH_SHARE = 25, 0.12
_SEVERAL = 2  # one word of another language may be borrowed
# Words that hardly any English text of some length does without, and few other languages have.
_ENGLISH = frozenset({
    "the", "and", "to", "of", "is", "was", "it", "in", "that", "he", "she", "they", "we", "i", "you", "for", "on", "with", "not", "but",
    "at", "by", "had", "has", "have", "this", "be", "are", "his", "her", "my", "from", "so", "as", "about", "next", "will", "did", "no",
})  # fmt: skip
# Small words of other languages that are neither English nor parts of names.
_FOREIGN = frozenset({
    "aber", "auch", "auf", "bei", "dass", "ein", "eine", "einen", "haben", "ich", "ist", "mich", "nicht", "noch", "oder", "sich", "sie",
    "sind", "und", "uns", "wir", "wurde", "zum", "zur", "über", "für",
    "avec", "cette", "dans", "elle", "est", "été", "je", "mais", "nous", "ont", "pas", "qui", "que", "sont", "une", "vous",
    "como", "ella", "este", "esta", "está", "fue", "hemos", "más", "muy", "pero", "porque", "por", "también", "ya",
    "abbiamo", "anche", "che", "della", "hanno", "molto", "nella", "non", "più", "sono", "questo",
    "ele", "ela", "foi", "isso", "mas", "muito", "não", "nós", "você",
    "aan", "dat", "een", "heeft", "hebben", "het", "hij", "maar", "naar", "niet", "ook", "voor", "wij", "zijn",
    "att", "det", "har", "ikke", "inte", "jag", "jeg", "och", "på", "som", "är",
    "ale", "jest", "nie", "się",
})  # fmt: skip


def reads_as_english(text: str) -> bool:
    """Tell whether a text of some length holds the small words of English, and a short one not more of another language."""
    told = words(text[:_LOOKED_AT])
    english = sum(1 for word in told if word in _ENGLISH)
    if len(told) >= _ENOUGH_WORDS:
        return english >= _ENGLISH_SHARE * len(told)
    foreign = {word for word in told if word in _FOREIGN}
    if len(foreign) >= _SEVERAL and len(foreign) > english:
        return False
    return not told or not re.search(r"[^\W\d_]", text) or any(word.isascii() for word in told)
