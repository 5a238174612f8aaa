"""The programme's documents, their passages, and citations of them."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Origin(StrEnum):
    """Where a document comes from: with the product, or added by a programme."""

    SHIPPED = "shipped"
    ADDED = "added"


class SearchScope(StrEnum):
    """Which documents a question is put to, by their origin."""

    ALL = "all"
    ADDED = "added"
    SHIPPED = "shipped"


class Document(BaseModel):
    """One guidance document as Markdown without its front matter; `questions` are those that people ask, by path of headings.

    Without `programme_id` it is for every programme of the installation; `stage` is empty where it fits any.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    file: str
    title: str
    audience: tuple[str, ...]
    stage: tuple[str, ...]
    sources: tuple[str, ...]
    text: str
    sha256: str
    origin: Origin = Origin.SHIPPED
    questions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    programme_id: str | None = None
    version: int = 1
    added_at: datetime | None = None


class Passage(BaseModel):
    """What retrieval returns and a draft cites: a piece of one section of one document."""

    model_config = ConfigDict(frozen=True)

    id: str
    document_id: str
    file: str
    document: str
    section: str
    text: str
    audience: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    origin: Origin = Origin.SHIPPED
    questions: tuple[str, ...] = ()


class FoundPassage(BaseModel):
    """A passage with its score for one question; scores compare within one answer only."""

    model_config = ConfigDict(frozen=True)

    passage: Passage
    score: float


class Citation(BaseModel):
    """A key that content refers to, with the document, the section and the words cited."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(description="What items of the content refer to, such as G1.")
    document: str
    section: str
    quote: str = Field(description="Words that stand verbatim in the passage.")


class Side(BaseModel):
    """One of the views on a contested point: what it holds, the passage that holds it, and the sentence that says so."""

    model_config = ConfigDict(frozen=True)

    holds: str
    passage: Passage
    quote: str


class Contradiction(BaseModel):
    """A point on which passages disagree; its sides hold different views, the one to be read first in front."""

    model_config = ConfigDict(frozen=True)

    point: str
    sides: tuple[Side, ...]
