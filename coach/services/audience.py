"""Who reads a draft once it is released."""

from coach.domain.access import readers
from coach.domain.drafts import DraftKind
from coach.domain.people import Pair
from coach.domain.review import Audience


def audience_of(pair: Pair, kind: DraftKind) -> Audience:
    """Return the audience that an approval of a draft of this pair binds to."""
    return Audience(kind=kind, readers=readers(pair, kind))
