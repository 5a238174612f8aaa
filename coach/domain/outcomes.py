"""Every way in which a model call can end without a draft, in words for the person who waits for it."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a try to draft ended, where it ended without one."""

    REFUSED = "refused"
    FILTERED = "filtered"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    WRONG_SHAPE = "wrong_shape"
    TOO_LONG = "too_long"
    LIMITED = "limited"
    OUT_OF_QUOTA = "out_of_quota"
    UNAUTHORIZED = "unauthorized"
    UNKNOWN_MODEL = "unknown_model"
    REJECTED = "rejected"
    FAULT = "fault"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    CANCELLED = "cancelled"
    FORBIDDEN = "forbidden"
    INTERNAL = "internal"


SAID = {
    Outcome.REFUSED: "The model declined to draft this",
    Outcome.FILTERED: "The provider’s content filter stopped the answer",
    Outcome.TRUNCATED: "The model’s answer was cut off before its end",
    Outcome.EMPTY: "The model answered with nothing",
    Outcome.WRONG_SHAPE: "The model’s answer was not in the shape of a draft, and asking again did not help",
    Outcome.TOO_LONG: "What the draft is made from is longer than the model can read",
    Outcome.LIMITED: "The provider is busy and asked to wait longer than a draft may take",
    Outcome.OUT_OF_QUOTA: "The account at the provider has no quota left; whoever runs the coach can see to that",
    Outcome.UNAUTHORIZED: "The provider refused access; whoever runs the coach should check COACH_LLM_API_KEY",
    Outcome.UNKNOWN_MODEL: "The provider has no model of the name that is set; whoever runs the coach should check COACH_LLM_MODEL",
    Outcome.REJECTED: "The provider rejected the request; `coach doctor` shows whoever runs the coach why",
    Outcome.FAULT: "The provider has a fault of its own",
    Outcome.UNREACHABLE: "The provider could not be reached, or the connection broke off",
    Outcome.TIMED_OUT: "The model did not answer in time",
    Outcome.CANCELLED: "You stopped the draft",
    Outcome.FORBIDDEN: "Model calls to that address are switched off here by COACH_LLM_CALLS",
    Outcome.INTERNAL: "Something went wrong inside the coach while it drafted",
}

# Trying the same again can help; for the others something has to change first.
RETRYABLE = frozenset(
    {
        Outcome.REFUSED,
        Outcome.TRUNCATED,
        Outcome.EMPTY,
        Outcome.WRONG_SHAPE,
        Outcome.LIMITED,
        Outcome.FAULT,
        Outcome.UNREACHABLE,
        Outcome.TIMED_OUT,
        Outcome.CANCELLED,
        Outcome.INTERNAL,
    }
)


def sentence(outcome: Outcome) -> str:
    """Return what happened and what helps, without any word of the provider's own."""
    helps = "Try again, or take the built-in draft" if outcome in RETRYABLE else "The built-in draft needs no model"
    return f"{SAID[outcome]}. {helps}; nothing that you wrote is lost."
