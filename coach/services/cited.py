"""In how many pairs' drafts a document was cited, as the programme's figures were taken; a document that few cited looks like one that none did."""

from collections.abc import Mapping

from sqlalchemy import Connection

from coach.store import citations, figures
from coach.themes.disclosure import Band

CITED = "cited:"  # what the name of such a figure starts with; the document's id follows


def cells_of_documents(connection: Connection, programme_id: str) -> dict[str, frozenset[str]]:
    """Return the ids of the pairs with a draft that cites a document, by the name of the document's figure."""
    return {CITED + document_id: ids for document_id, ids in citations.pairs_citing(connection, programme_id).items()}


def bands_of_documents(connection: Connection, programme_id: str) -> Mapping[str, Band]:
    """Return the figures that may be shown, by the document's id, of the day on which figures were taken last."""
    taken = figures.taken(connection, programme_id)
    bands = taken[-1].bands if taken else {}
    return {name.removeprefix(CITED): Band(*band) for name, band in bands.items() if name.startswith(CITED) and band is not None}
