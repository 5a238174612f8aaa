"""The errors that a person may read: what happened, what helps, and whether trying again can help."""


class CoachError(Exception):
    """Say in one plain sentence what went wrong; the message is meant for the user."""

    retryable = False


class InputRefused(CoachError):
    """The input cannot be used as it is; the message names the place and what helps."""


class AccessDenied(CoachError):
    """The person may not do this, or must not learn that it exists."""


class NotFound(CoachError):
    """There is no such thing for this person."""


class ReviewRefused(CoachError):
    """The draft's state or its checks do not allow this step."""


class EditConflict(CoachError):
    """Somebody else saved first; the later text is kept by whoever holds it."""


class StoreCorrupt(CoachError):
    """What is stored no longer matches its own fingerprint; nothing is released from it."""


class TryAgain(CoachError):
    """A passing fault: the same step may work in a moment."""

    retryable = True


class EngineFailed(CoachError):
    """An engine ended without a draft; `outcome` names how, and what the author wrote is untouched."""

    def __init__(self, message: str, outcome: str, retryable: bool) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.retryable = retryable


class EmbeddingFailed(CoachError):
    """No usable vectors could be had; `outcome` names why, and a search by words alone still answers."""

    def __init__(self, message: str, outcome: str, retryable: bool) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.retryable = retryable


class DatabaseBusy(TryAgain):
    """Others keep the database busy; what was being done was not saved."""

    def __init__(self) -> None:
        super().__init__("The database is busy; nothing was saved. Try again in a moment.")


class DatabaseUnreachable(TryAgain):
    """The database does not answer, or went away."""
