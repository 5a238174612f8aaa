"""Cut a session's minutes into boxes that leave a tenth of it free."""

from collections.abc import Sequence

from coach.domain.agenda import slack_needed


def usable(minutes: int) -> int:
    """Return the minutes that items may take."""
    return minutes - slack_needed(minutes)


def share(minutes: int, weights: Sequence[float]) -> list[int]:
    """Divide whole minutes by weights; every part gets at least one, and the parts sum to the minutes.

    Raises ValueError where there are more parts than minutes.
    """
    if len(weights) > minutes:
        raise ValueError("more parts than minutes")
    total = sum(weights)
    exact = [weight / total * minutes for weight in weights]
    parts = [max(1, int(value)) for value in exact]
    order = sorted(range(len(parts)), key=lambda i: exact[i] - int(exact[i]), reverse=True)
    step = 0
    while sum(parts) != minutes:  # rounding leaves a few minutes to hand out or take back
        i = order[step % len(order)]
        if sum(parts) < minutes:
            parts[i] += 1
        elif parts[i] > 1:
            parts[i] -= 1
        step += 1
    return parts
