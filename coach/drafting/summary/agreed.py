"""What was found to be agreed, before it becomes an action of the summary, and how it is worded."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from coach.drafting.summary.imperatives import VERBS, instruction
from coach.drafting.summary.people import OTHER, Who
from coach.drafting.summary.scene import Scene
from coach.language.due_dates import FoundDue
from coach.language.names import names
from coach.language.stems import stems

_END = re.compile(r"[\s,;:.!–—-]+(?:and|but|so|then)?[\s,;:.!–—-]*$")


@dataclass(frozen=True)
class Agreed:
    """One agreed deed: where it stands (code points of the notes), who is to do it, by when, and as what it may be known again."""

    place: int  # of its utterance
    start: int
    end: int
    who: Who | None
    due: date | None
    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of its words."""
        return frozenset(stems(self.text))


def agreed(
    scene: Scene, place: int, stretch: tuple[int, int], deed: tuple[int, int], who: Who | None, form: str, due: FoundDue | None = None
) -> Agreed:
    """Return a deed as agreed: `stretch` and `deed` are places in the utterance; `due` counts where the deed's own words name no day."""
    utterance = scene.utterances[place]
    words = utterance.text[slice(*deed)]
    own = scene.due(words)
    start, end = stretch
    end = end - len(utterance.text[start:end]) + len(_END.sub("", utterance.text[start:end]))
    text = instruction(words, own, form, _names(scene, place, who))
    return Agreed(place, utterance.start + start, utterance.start + max(end, start + 1), who, scene.day(own or due), text)


def _names(scene: Scene, place: int, who: Who | None) -> dict[str, str]:
    """Return the names of those whom the pronouns of a deed certainly mean."""
    speaker = scene.speaker(place)
    names = {Who.MENTOR: scene.first_names[0], Who.MENTEE: scene.first_names[1]}
    found: dict[str, str] = {}
    if speaker in names and who is not speaker and who is not Who.BOTH:
        found["me"] = names[speaker]
    if who is speaker and speaker in OTHER and not scene.in_talk and scene.cast.partner_is and not _names_others(scene, place):
        found["her" if scene.cast.partner_is == "she" else "him"] = names[OTHER[speaker]]
    if scene.in_talk and who is speaker and speaker in OTHER:
        found["you"] = names[OTHER[speaker]]
    return found


def _names_others(scene: Scene, place: int) -> bool:
    """Tell whether a sentence names somebody outside of the pair, so that a pronoun may mean that one."""
    return any(scene.cast.named(name.text.split()[0]) is None for name in names(scene.utterances[place].text))


def opens_with_verb(words: str) -> bool:
    """Tell whether words begin as an instruction does."""
    first = re.match(
        r"\W*(?:(?:please|pls|pl|also|then|to|just|still to|and|need to|needs to|must|actually|quickly|finally) )*(?P<verb>[a-z][a-z-]*)",
        words.lower(),
    )
    return first is not None and first["verb"] in VERBS
