"""What the evaluation commands print; each becomes a schema in docs/contract.json. Shares lie between 0 and 1."""

from pydantic import BaseModel, Field

from coach.domain.guidance import Origin
from coach.domain.sessions import GoalStatus


class OutputLatency(BaseModel):
    """How long an answer of five passages took, in milliseconds, embedding the question included; over the first hundred questions."""

    p50_ms: float
    p95_ms: float


class RankingLeg(BaseModel):
    """Measures of one leg, means over the questions."""

    leg: str = Field(description="`fused` is the search as it is; `bm25` and `embeddings` are its legs alone.")
    ndcg_at_10: float = Field(description="Gain 2^grade - 1, discount log2(rank + 1).")
    ndcg_at_10_linear: float = Field(
        description="Gain is the grade itself, as in trec_eval's ndcg_cut_10; the same where grades are 0 and 1."
    )
    recall_at_5: float
    recall_at_100: float
    mrr_at_10: float
    hit_at_1: float
    hit_at_5: float
    latency: OutputLatency


class RetrievalMeasured(BaseModel):
    """`coach evaluate retrieval`."""

    documents: int
    questions: int
    embedder: str
    legs: tuple[RankingLeg, ...]
    left_out: tuple[str, ...] = Field(description="What the files hold that was not counted, in words.")
    run: str | None = Field(description="The run file that was written, if one was asked for.")


class GuidanceLeg(BaseModel):
    """Measures of one leg, means over the answerable questions."""

    leg: str = Field(description="`fused` is the search as it is; `bm25` and `embeddings` are its legs alone.")
    ndcg_at_10: float = Field(description="Gain 3 for grade 2 and 1 for grade 1, each place that was looked for counted once.")
    best_in_5: float = Field(description="Share of the places of grade 2 that the first five passages hold.")
    mrr_at_10: float
    hit_at_1: float
    hit_at_5: float
    latency: OutputLatency


class Abstention(BaseModel):
    """How well "the guidance does not cover this" fits the questions that cannot be answered."""

    precision: float
    recall: float
    f1: float


class GuidanceMeasured(BaseModel):
    """`coach evaluate guidance`."""

    documents: int
    passages: int
    questions: int
    answerable: int
    origin: Origin
    embedder: str
    within_reach: float = Field(description="Share of the places looked for that any passage holds, so the most that a search can find.")
    legs: tuple[GuidanceLeg, ...]
    abstention: Abstention = Field(description="Of the search as it is.")
    wrongly_abstained: tuple[str, ...] = Field(description="Answerable questions said not to be covered, by id.")
    wrongly_answered: tuple[str, ...] = Field(description="Questions that cannot be answered and were, by id.")


class StatusMeasured(BaseModel):
    """Precision, recall and F1 of one status; `gold` says how often a careful reader gave it."""

    status: GoalStatus
    gold: int
    predicted: int
    precision: float
    recall: float
    f1: float


class ActionsMeasured(BaseModel):
    """Agreed actions, matched one for one; `owner_and_due` is the share of the matched ones with both right."""

    gold: int
    predicted: int
    matched: int
    precision: float
    recall: float
    f1: float
    owner_right: float
    due_right: float
    owner_and_due: float


class NotesLeg(BaseModel):
    """Measures of one way of summarising."""

    leg: str = Field(description="The engine, or `word overlap`: the goal that shares most words with a sentence takes it, by cue words.")
    statuses: tuple[StatusMeasured, ...]
    macro_f1: float = Field(description="Mean F1 of the statuses that occur in the answers or in the summaries.")
    false_progress: float = Field(description="Share of the goals that did not move for which the summary says achieved or advanced.")
    quotes: int
    quotes_verbatim: float
    quotes_hit: float = Field(
        description="Share of the goals with the right status, and evidence, whose quotes cover half of a true piece."
    )
    sensitive_quoted: int = Field(
        description="How many sensitive pieces are quoted, wholly or in part, by a goal, an action or a decision."
    )
    actions: ActionsMeasured
    decisions_f1: float
    safeguarding_right: float


class NotesMeasured(BaseModel):
    """`coach evaluate notes`."""

    cases: int
    goals: int
    legs: tuple[NotesLeg, ...]
    errors: tuple[str, ...] = Field(
        description="Goals and actions that are not as the careful reader has them, without words of the notes."
    )
