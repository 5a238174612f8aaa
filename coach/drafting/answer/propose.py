"""Ask a model which questions sections of a document answer; what it returns names nobody and is cut to size by code."""

from collections.abc import Mapping, Sequence

from coach.drafting.answer.wire import WireQuestions
from coach.drafting.fences import fenced
from coach.drafting.provider import Provider
from coach.drafting.pseudonyms import Pseudonyms
from coach.drafting.structured import Mode, ask_structured
from coach.drafting.watch import Watch
from coach.language.contacts import contacts
from coach.language.folding import visible
from coach.language.names import ACRONYMS, names
from coach.language.private import Private, private_kind, without_instructions
from coach.language.sentences import shorten, words
from coach.prompts.loader import shipped

LONGEST, SHORTEST = 120, 2  # characters, words
MOST_LOOKED_AT, MOST_CHARACTERS = 20, 500  # questions of a section, and characters of one; whatever more a model writes is left unread
MOST_REQUESTS = 2  # a call, and one more for a server that takes no schema or an answer to be mended


def questions_for(provider: Provider, mode: Mode, sections: Mapping[str, str], watch: Watch) -> dict[str, tuple[str, ...]]:
    """Return the questions that these sections (text by path of headings) answer; raise EngineFailed where the call ends without."""
    keyed = {f"S{i}": section for i, section in enumerate(sections, 1)}
    told = {key: (section, without_instructions(sections[section])) for key, section in keyed.items()}
    pseudonyms = Pseudonyms([text for said in told.values() for text in said])
    shown = [{"key": key, "heading": pseudonyms.mask(head).text, "text": pseudonyms.mask(text).text} for key, (head, text) in told.items()]
    messages = shipped("questions").messages({"sections": fenced("sections", shown)})
    made = ask_structured(provider, messages, WireQuestions, mode, watch, most=MOST_REQUESTS)
    found: dict[str, tuple[str, ...]] = {}
    for one in made.value.sections[:MOST_LOOKED_AT]:
        section = keyed.get(one.key.strip().strip("[]()").upper())
        if section and (usable := _usable(one.questions)):
            found[section] = usable
    return found


def _usable(questions: Sequence[str]) -> tuple[str, ...]:
    """Return the questions that name nobody, lead nowhere and order nothing, each once."""
    lines = (" ".join(visible(question).split()) for question in questions[:MOST_LOOKED_AT] if len(question) <= MOST_CHARACTERS)
    return tuple(dict.fromkeys(shorten(line, LONGEST) for line in lines if len(words(line)) >= SHORTEST and _may_stand(line)))


def _may_stand(line: str) -> bool:
    named = any(found.text.strip(".") not in ACRONYMS for found in names(line))
    marked = any(sign in line for sign in "[]<>{}`*#|")
    return not named and not marked and not contacts(line) and private_kind(line) is not Private.INSTRUCTION
