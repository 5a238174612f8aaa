"""Revisions, approvals and releases, and the fingerprint that binds them."""

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from coach.domain.contents import Content
from coach.domain.drafts import Check, DraftKind, DraftState, EngineRecord
from coach.domain.guidance import Citation
from coach.domain.outcomes import Outcome


class Channel(StrEnum):
    """How an approved draft leaves."""

    APP = "app"
    MARKDOWN = "markdown"
    DOCX = "docx"


class Audience(BaseModel):
    """Who may read a draft once it is released; ids of people, sorted."""

    model_config = ConfigDict(frozen=True)

    kind: DraftKind
    readers: tuple[str, ...]


def canonical(data: Any) -> str:
    """Return the one JSON text of this data: sorted keys, no spaces, no escapes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def review_digest(content: Content, markdown: str, audience: Audience) -> str:
    """Return the SHA-256 (hex) of canonical content, markdown and audience: what an approval binds to."""
    data = {"audience": audience.model_dump(mode="json"), "content": content.model_dump(mode="json"), "markdown": markdown}
    return hashlib.sha256(canonical(data).encode()).hexdigest()


class Revision(BaseModel):
    """One version of a draft, by an engine (no author) or a person; never changed afterwards."""

    model_config = ConfigDict(frozen=True)

    draft_id: str
    number: int
    content: Content
    markdown: str
    audience: Audience
    checks: tuple[Check, ...]
    sha256: str
    author_id: str | None
    created_at: datetime


class Approval(BaseModel):
    """A human's yes to one revision by its fingerprint."""

    model_config = ConfigDict(frozen=True)

    draft_id: str
    revision: int
    sha256: str
    approved_by: str
    approved_at: datetime


class Release(BaseModel):
    """An approved revision leaving through one channel; it can be withdrawn."""

    model_config = ConfigDict(frozen=True)

    id: str
    draft_id: str
    revision: int
    channel: Channel
    released_by: str
    released_at: datetime
    withdrawn_at: datetime | None = None


class StoredDraft(BaseModel):
    """A draft with its current revision, its approval where there is one, and its releases."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: DraftKind
    pair_id: str
    session_id: str
    author_id: str
    state: DraftState
    engine: EngineRecord
    citations: tuple[Citation, ...]
    created_at: datetime
    revision: Revision | None
    approval: Approval | None
    releases: tuple[Release, ...] = ()
    stale: bool = False
    failure: Outcome | None = None  # how the last try ended, while the state is failed

    @property
    def released(self) -> Release | None:
        """Return the release that readers see in the app, if there is one."""
        live = [r for r in self.releases if r.channel is Channel.APP and r.withdrawn_at is None]
        return live[-1] if live else None


class WorkingCopy(BaseModel):
    """What somebody typed and did not save yet, and the revision that it started from."""

    base: int
    content: dict[str, Any]


class ApprovedDraft(BaseModel):
    """What may leave: a revision with the approval of exactly its fingerprint.

    Release takes nothing else. Building one with another fingerprint raises ValueError.
    """

    model_config = ConfigDict(frozen=True)

    draft_id: str
    kind: DraftKind
    revision: Revision
    approval: Approval
    heading: str

    @model_validator(mode="after")
    def _approval_is_of_this_revision(self) -> Self:
        found = review_digest(self.revision.content, self.revision.markdown, self.revision.audience)
        if not (
            self.approval.sha256 == self.revision.sha256 == found
            and self.approval.revision == self.revision.number
            and self.approval.draft_id == self.revision.draft_id == self.draft_id
        ):
            raise ValueError("the approval is not of this revision")
        return self
