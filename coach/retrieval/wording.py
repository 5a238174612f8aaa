"""What people say and mean, as `knowledge/` tells it: read once, used by every search."""

from dataclasses import dataclass
from pathlib import Path

from coach.retrieval.beyond import Beyond, read_beyond
from coach.retrieval.lexicon import Lexicon, read_lexicon

LEXICON, BEYOND = "lexicon.yaml", "beyond.yaml"


@dataclass(frozen=True)
class Wording:
    """Everyday wording and the words of handbooks for it, and the matters that no guidance treats."""

    lexicon: Lexicon | None = None
    beyond: Beyond | None = None


PLAIN = Wording()


def read_wording(folder: Path) -> Wording:
    """Return the wording that stands in a folder of guidance, as far as it does; raise InputRefused where a file of it is broken."""
    lexicon, beyond = folder / LEXICON, folder / BEYOND
    return Wording(read_lexicon(lexicon) if lexicon.is_file() else None, read_beyond(beyond) if beyond.is_file() else None)
