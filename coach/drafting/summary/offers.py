"""What an engine's latest version of a summary says otherwise than the present one, field by field, and how one of it is taken over."""

from collections.abc import Sequence

from coach.domain.summary import GoalProgress, Offer, SummaryContent
from coach.drafting.summary.likeness import Item, matched, same_goal
from coach.drafting.summary.merging import ACTION, WORDED, Notes, relocated, settled

LISTS = {"actions": ACTION, "closed_actions": WORDED, "decisions": WORDED}
HEADLINES = ("highlights", "opportunities")


def offers(mine: SummaryContent, drafted: SummaryContent) -> tuple[Offer, ...]:
    """Return the fields in which the engine's version differs from the present one; what people added is no such field."""
    now = {goal.goal_id: goal for goal in mine.goals}
    found = [Offer("goals", g.goal_id, None, g) for g in drafted.goals if g.goal_id in now and not same_goal(now[g.goal_id], g)]
    for name, fields in LISTS.items():
        found += _of_list(name, getattr(mine, name), getattr(drafted, name), fields)
    if drafted.open_questions != mine.open_questions:
        found.append(Offer("open_questions", "all", None, drafted.open_questions))
    for name in HEADLINES:
        if (value := getattr(drafted.headline, name)) != getattr(mine.headline, name):
            found.append(Offer(name, "all", None, value))
    return tuple(found)


def take(mine: SummaryContent, drafted: SummaryContent, field: str, key: str, notes: Notes) -> SummaryContent:
    """Return the present version with one field of the engine's; its quotes are located in the notes as they are."""
    offer = next((o for o in offers(mine, drafted) if (o.field, o.key) == (field, key)), None)
    if offer is None:
        return mine
    if field == "goals":
        return mine.model_copy(update={"goals": tuple(_taken(g, offer.value, notes) for g in mine.goals)})
    if field in HEADLINES:
        return mine.model_copy(update={"headline": mine.headline.model_copy(update={field: offer.value})})
    if field == "open_questions":
        return mine.model_copy(update={field: offer.value})
    items = list(getattr(mine, field))
    item = offer.value.model_copy(update={"evidence": relocated(offer.value.evidence, notes)})
    if offer.at is None:
        items.append(item)
    else:
        items[offer.at] = item
    return mine.model_copy(update={field: tuple(items)})


def _of_list(name: str, mine: Sequence[Item], drafted: Sequence[Item], fields: Sequence[str]) -> list[Offer]:
    places = matched(drafted, mine)
    found = []
    for i, item in enumerate(drafted):
        at = places.get(i)
        if at is None or any(getattr(item, f) != getattr(mine[at], f) for f in fields):
            found.append(Offer(name, str(i), at, item))
    return found


def _taken(goal: GoalProgress, offered: GoalProgress, notes: Notes) -> GoalProgress:
    return settled(offered, notes) if goal.goal_id == offered.goal_id else goal
