"""A few passages of guidance for tests of splitting, indexing and searching."""

from collections.abc import Sequence
from pathlib import Path

from coach.domain.guidance import Document, Passage
from coach.retrieval.embed import StaticEmbedder
from coach.retrieval.search import GuidanceSearch
from coach.retrieval.split import split

FILLER = "These words are here to make a section of this page long enough."


def document(text: str, name: str = "page", title: str = "The page") -> Document:
    return Document(
        id=name,
        file=f"{name}.md",
        title=title,
        audience=("mentor", "mentee"),
        stage=("running",),
        sources=("General practice",),
        text=text,
        sha256="0" * 64,
    )


SMALL = split(
    [
        document(
            "## Slack\n\nKeep a tenth of every session free, because a rigid schedule displaces the substance.\n\n"
            "## Questions\n\nAsk open questions about what was done or seen since the last meeting.",
            "sessions",
            "Running sessions",
        ),
        document(
            "## Confidentiality\n\nAgree what stays between the two of you, and where confidentiality ends, before anything delicate is said.\n\n"
            "## Exit\n\nEither of the two may end the pairing without giving a reason and without any fault.",
            "agreement",
            "The agreement",
        ),
    ]
)
OTHER = split(
    [document("## Credit\n\nName the other person’s part in public, in equal parts and with their consent.", "ending", "Ending well")]
)


def search_in(folder: Path, passages: Sequence[Passage] = SMALL) -> GuidanceSearch:
    return GuidanceSearch(passages, folder, StaticEmbedder())


def best(search: GuidanceSearch, question: str) -> str:
    return search.search(question, 3).passages[0].passage.section
