"""What people say and mean, as `knowledge/` tells it: read once, used by every search."""

from dataclasses import dataclass
from pathlib import Path

from coach.retrieval.lexicon import Lexicon, read_lexicon

LEXICON = "lexicon.yaml"


@dataclass(frozen=True)
class Wording:
    """Everyday wording and the words of handbooks for it."""

    lexicon: Lexicon | None = None


PLAIN = Wording()


def read_wording(folder: Path) -> Wording:
    """Return the wording that stands in a folder of guidance, as far as it does; raise InputRefused where a file of it is broken."""
    path = folder / LEXICON
    return Wording(read_lexicon(path) if path.is_file() else None)
