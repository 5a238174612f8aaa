"""What each command prints with --json; docs/contract.json is generated from these models."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.domain.contents import Content
from coach.domain.drafts import Check, DraftKind, DraftState, EngineRecord
from coach.domain.guidance import Citation
from coach.domain.people import RoleName


class Output(BaseModel):
    """A printed result; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OutputPassage(Output):
    """A passage that answers a question; scores compare within one answer only."""

    file: str
    document: str
    section: str
    text: str
    score: float


class GuidanceAnswer(Output):
    """`coach guidance search`: passages, best first; `abstained` says that the guidance seems not to cover the question."""

    passages: tuple[OutputPassage, ...]
    abstained: bool


class GuidanceBatchAnswer(Output):
    """A line that `coach guidance search --batch` prints for each line that it reads, in order."""

    id: str | int
    passages: tuple[OutputPassage, ...]
    abstained: bool


class OutputSide(Output):
    """One of the views on a point that passages disagree on, and the sentence that holds it."""

    holds: str
    file: str
    document: str
    section: str
    quote: str


class OutputContradiction(Output):
    """A point on which passages contradict each other; the side to be read first stands first."""

    point: str
    sides: tuple[OutputSide, ...]


class AskAnswer(Output):
    """`coach ask`: sentences with their keys in brackets, or none where the guidance does not cover the question.

    `nearest` are the best passages either way; `beyond` says whom to ask where the question is about something else.
    """

    answer: str
    citations: tuple[Citation, ...]
    abstained: bool
    nearest: tuple[OutputPassage, ...]
    contradictions: tuple[OutputContradiction, ...]
    beyond: str


class OutputDocument(Output):
    """A guidance document; `belongs_to` says who sees it: everybody with the product, this installation's programmes, or one of them."""

    id: str
    file: str
    title: str
    origin: str
    belongs_to: Literal["product", "installation", "programme"]
    version: int = Field(ge=1)
    audience: tuple[str, ...]
    stage: tuple[str, ...]


class GuidanceList(Output):
    """`coach guidance list`."""

    documents: tuple[OutputDocument, ...]


class OutputLeftOut(Output):
    """Something in a file that nobody would see, and that is not searched."""

    what: str
    count: int = Field(ge=1)


class AddedFile(Output):
    """What came of one file; `id` is the document's, `why` says why a file was refused."""

    file: str
    outcome: Literal["added", "replaced", "already there", "refused"]
    id: str | None
    left_out: tuple[OutputLeftOut, ...]
    why: str | None


class GuidanceAdded(Output):
    """`coach guidance add`: each file in the order in which it was added."""

    files: tuple[AddedFile, ...]


class GuidanceRemoved(Output):
    """`coach guidance remove`: the document that is gone."""

    id: str
    file: str


class MaskedSpan(Output):
    """A stretch of a text as supplied (code points) and the placeholder that takes its place."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    kind: Literal["person", "mentor", "mentee", "email", "phone", "link", "identifier"]
    placeholder: str


class MaskedText(Output):
    """`coach mask`: what a provider of a language model would see of a text."""

    text: str
    spans: tuple[MaskedSpan, ...]


class ReviewLine(Output):
    """A draft in a list."""

    id: str
    kind: DraftKind
    state: DraftState
    released: bool
    stale: bool
    pair: str
    session: int
    on: date


class ReviewList(Output):
    """`coach review list`."""

    drafts: tuple[ReviewLine, ...]


class ReviewShow(Output):
    """`coach review show`: a stored draft with its current revision."""

    id: str
    kind: DraftKind
    state: DraftState
    released: bool
    stale: bool
    revision: int
    sha256: str
    content: Content
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    engine: EngineRecord
    markdown: str


class ReviewDone(Output):
    """`coach review approve` and `coach review discard`."""

    id: str
    state: DraftState
    revision: int


class Released(Output):
    """`coach release`: the file that was written."""

    id: str
    revision: int
    sha256: str
    file: str
    released_at: datetime


class ImportedPerson(Output):
    """Somebody whom an import adds, or who is here already and gets a further role."""

    row: int
    name: str
    email: str
    role: str
    department: str
    region: str
    roles: tuple[RoleName, ...]
    here_already: bool


class ImportedPair(Output):
    """A pair that an import makes; its people by their e-mail addresses."""

    row: int
    mentor: str
    mentee: str
    starts: date
    review: date | None
    ends: date | None


class ImportProblem(Output):
    """Why a row, or a pair that it asks for, was left out; rows count as in a spreadsheet."""

    row: int
    problem: str


class PeopleImported(Output):
    """`coach people import`: what the file would add, or has added where `imported` is true."""

    people: tuple[ImportedPerson, ...]
    coordinators: tuple[str, ...] = Field(description="The e-mail addresses of those whom the file makes a coordinator.")
    pairs: tuple[ImportedPair, ...]
    problems: tuple[ImportProblem, ...]
    imported: bool


class AuditVerified(Output):
    """`coach audit verify`: how many rows, and the first one that does not fit."""

    rows: int = Field(ge=0)
    intact: bool
    first_wrong: int | None


class OutputFinding(Output):
    """One thing that was looked at."""

    name: str
    fine: bool
    said: str


class DoctorReport(Output):
    """`coach doctor`: what was looked at; `fine` says that nothing is wrong."""

    fine: bool
    findings: tuple[OutputFinding, ...]


class Serving(Output):
    """`coach serve`: where the app answers, printed before it starts."""

    url: str
    sample: Literal["loaded", "present", "not asked for"]
