"""Ask a model about one question: its people are placeholders, the passages are data, and what comes back is checked by code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.brief import BriefPair
from coach.domain.guidance import Passage
from coach.drafting.answer.adopt import Adopted, Shown, adopt
from coach.drafting.answer.wire import WireAnswer, WireWordings
from coach.drafting.fences import fenced
from coach.drafting.provider import Provider
from coach.drafting.pseudonyms import MENTEE, MENTOR, Pseudonyms
from coach.drafting.structured import Mode, ask_structured
from coach.drafting.watch import Watch
from coach.language.private import without_instructions
from coach.language.sentences import shorten
from coach.prompts.loader import shipped

MOST_REQUESTS = 2
MOST_PASSAGES = 8
MOST_WORDINGS, LONGEST_WORDING = 3, 200
LONGEST_PASSAGE = 1_500  # characters; a passage is a section, seldom longer
_PLACEHOLDER = re.compile(r"\[[A-Z]+(?:_\d+[B-Z]?)?\]")


@dataclass
class Conversation:
    """The calls about one question; `left` are the requests that may still be made."""

    provider: Provider
    mode: Mode
    question: str
    couples: Sequence[BriefPair]
    watch: Watch
    left: int = MOST_REQUESTS

    def wordings(self) -> tuple[str, ...]:
        """Return up to three other wordings of the question, in one request; raise EngineFailed where it ends without."""
        question, couple = about_one_pair(self.question, self.couples)
        names = Pseudonyms([question], couple)
        messages = shipped("wordings").messages({"question": fenced("question", names.mask(question).text)})
        self.left -= 1
        # One request leaves no second try for servers that take no schema: words serve them all.
        made = ask_structured(self.provider, messages, WireWordings, "json" if self.mode == "auto" else self.mode, self.watch, most=1)
        return tuple(dict.fromkeys(plain for said in made.value.wordings if (plain := _searchable(said))))[:MOST_WORDINGS]

    def answer(self, passages: Sequence[Passage]) -> Adopted:
        """Return the model's answer from these passages as far as it may stand; raise EngineFailed where it ends without."""
        seen = shown(self.question, self.couples, passages[:MOST_PASSAGES])
        mode: Mode = "json" if self.mode == "auto" and self.left == 1 else self.mode
        made = ask_structured(self.provider, shipped("answer").messages(seen.values), WireAnswer, mode, self.watch, most=self.left)
        return adopt(made.value, seen)


def shown(question: str, couples: Sequence[BriefPair], passages: Sequence[Passage]) -> Shown:
    """Return what a model sees of a question and its passages: no person's name, no contact, no instruction."""
    question, couple = about_one_pair(question, couples)
    keyed = {f"G{i}": passage for i, passage in enumerate(passages, 1)}
    texts = {key: (p.document, p.section, shorten(without_instructions(p.text), LONGEST_PASSAGE)) for key, p in keyed.items()}
    names = Pseudonyms([question, *(text for said in texts.values() for text in said)], couple)
    masked = {key: [names.mask(text).text for text in said] for key, said in texts.items()}
    guidance = [dict(zip(("key", "document", "section", "text"), (key, *said), strict=True)) for key, said in masked.items()]
    values = {"question": fenced("question", names.mask(question).text), "guidance": fenced("guidance", guidance)}
    return Shown(values, keyed, {key: " ".join(said) for key, said in masked.items()}, names)


def about_one_pair(question: str, couples: Sequence[BriefPair]) -> tuple[str, BriefPair | None]:
    """Return a question as it may be masked for one pair, the one that it names most, and that pair: people of others are “somebody”."""
    if not couples:
        return question, None
    masked = [Pseudonyms.of_pair(couple, [question]).mask(question) for couple in couples]
    named = [[span for span in one.spans if span.kind in ("mentor", "mentee")] for one in masked]
    main = max(range(len(couples)), key=lambda i: len(named[i]))
    own = {(span.start, span.end) for span in named[main]}
    others = {(span.start, span.end) for spans in named for span in spans} - own
    for start, end in sorted(others, reverse=True):
        if not any(start < stop and begin < end for begin, stop in own):
            question = f"{question[:start]}somebody{question[end:]}"
    return question, couples[main]


def _searchable(said: str) -> str:
    plain = said.replace(MENTOR, "mentor").replace(MENTEE, "mentee")
    return shorten(_PLACEHOLDER.sub("", plain), LONGEST_WORDING)
