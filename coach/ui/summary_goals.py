"""The goals of a summary under review, a card each: how it stands, why, and the quotes that prove it."""

from html import escape
from typing import Any

import streamlit as st

from coach.domain.sessions import GoalStatus
from coach.domain.summary import BY_REVIEWER, STATUS_WORDS, GoalProgress, Offer
from coach.errors import CoachError
from coach.services.redrafting import offers, take
from coach.services.reviewing import ReviewPage
from coach.services.summary_review import WHY_NOT_DISCUSSED, SummaryReview
from coach.ui import here, look, summary_copy
from coach.ui.summary_copy import content_of, field

REASON_HEIGHT = 70  # pixels: two lines
STATUSES = [str(status) for status in GoalStatus]


def show(page: ReviewPage, review: SummaryReview) -> None:
    """Show a card for each goal."""
    content = content_of(page)
    titles = {goal.id: goal.title for goal in page.brief.goals}
    drafted = {goal.goal_id: goal for goal in review.drafted.goals}
    offered = offered_now(page, review)
    st.subheader("Goals")
    for i, goal in enumerate(content["goals"]):
        with st.container(border=True, key=f"goal_{i}"):
            _card(page, i, goal, titles.get(goal["goal_id"], goal["goal_id"]), drafted.get(goal["goal_id"]))
            for offer in offered:
                if (offer.field, offer.key) == ("goals", goal["goal_id"]):
                    _offer(page, offer)


def focus(page: ReviewPage) -> str | None:
    """Return what is looked at in the notes."""
    first = "goals_0" if page.summary.goals else None
    found: str | None = st.session_state.get(f"focus_{page.draft.id}", first)
    return found


def place_of(key: str | None) -> int | None:
    """Return the place of the goal that a key of a mark belongs to, None where it is no goal's."""
    return int(key.removeprefix("goals_")) if key is not None and key.startswith("goals_") else None


def look_button(page: ReviewPage, key: str) -> None:
    """Offer to look at what something rests on."""
    st.button("Look in the notes", key=f"look_{key}", type="tertiary", icon=":material/search:", on_click=_look_at, args=(page, key))


def _look_at(page: ReviewPage, key: str) -> None:
    st.session_state[f"focus_{page.draft.id}"] = key
    st.session_state["to_notes"] = True


def add_quote(goal: dict[str, Any], quote: Any) -> None:
    """Let a goal rest on another quote, too."""
    known = {(e["start"], e["end"]) for e in goal["evidence"]}
    if quote is not None and (quote["start"], quote["end"]) not in known:
        goal["evidence"].append(quote)


def offered_now(page: ReviewPage, review: SummaryReview) -> tuple[Offer, ...]:
    """Return what the last draft says otherwise, once there was more than one."""
    if review.times < 2:
        return ()
    try:
        return offers(here.parts(), here.me().id, page.draft.id, content_of(page))
    except CoachError:
        return ()  # what is typed cannot be saved as it is; saving says why


def take_offer(page: ReviewPage, offer: Offer) -> None:
    """Put what the last draft says in the place of the present value."""

    def put() -> None:
        content = take(here.parts(), here.me().id, page.draft.id, content_of(page), offer.field, offer.key)
        summary_copy.replace(page, content)

    here.tried(put)


def _card(page: ReviewPage, i: int, goal: dict[str, Any], title: str, drafted: GoalProgress | None) -> None:
    heading, beside = st.columns([7, 3])
    heading.markdown(f"**{look.plain(title)}**")
    with beside:
        look_button(page, f"goals_{i}")
    status = goal["status"]
    left, right = st.columns([2, 3])
    left.selectbox(
        "How it stands",
        STATUSES,
        STATUSES.index(status),
        format_func=lambda s: STATUS_WORDS[GoalStatus(s)].capitalize(),
        key=field(page, "goals", i, "status")["key"],
        on_change=_restated,
        args=(page, i),
    )
    right.text_area("Why, for your readers", goal["reason"], height=REASON_HEIGHT, **field(page, "goals", i, "reason"))
    _basis(page, i, goal, drafted)
    if goal["question"]:
        st.info(look.plain(goal["question"]), icon=":material/help:")
    shown = goal if status != GoalStatus.NOT_DISCUSSED else {"evidence": []}
    quotes(page, ("goals", i), shown)


def _basis(page: ReviewPage, i: int, goal: dict[str, Any], drafted: GoalProgress | None) -> None:
    """Say what a status rests on where that is not a quote."""
    discussed = goal["status"] != GoalStatus.NOT_DISCUSSED
    if discussed and (not goal["evidence"] or drafted is None or goal["status"] != drafted.status):
        st.html(f'<span class="chip blue">{BY_REVIEWER}</span> <span class=soft>Readers see this beside the status.</span>')
    elif goal["basis"] == "confirmed":
        st.caption("You confirmed that it was not discussed.")
    elif goal["basis"] == "unproven" and not discussed:
        st.warning(f"No quote proves where this stands. {look.plain(goal['reason'])}", icon=":material/help:")
        st.button("It was not discussed", key=f"confirm_{i}", on_click=_confirm, args=(page, i))
        st.caption("Or choose above how it stands; readers then see “stated by the reviewer”.")


def quotes(page: ReviewPage, at: tuple[str, int], item: dict[str, Any]) -> None:
    """Show the quotes of a goal or an action, each with its tick."""
    name, i = at
    for j, quote in enumerate(item["evidence"]):
        with st.container(key=f"quote_{name}_{i}_{j}"):
            st.html(f'<blockquote class="said">{escape(quote["quote"])}</blockquote>')
            with st.container(horizontal=True, vertical_alignment="center"):
                st.checkbox(
                    f"Show this quote to {look.plain(page.reader_in_short)}",
                    quote["shared"],
                    **field(page, name, i, "evidence", j, "shared"),
                )
                st.button(
                    "Remove", key=f"unquote_{name}_{i}_{j}", type="tertiary", icon=":material/close:", on_click=_unquote, args=(page, at, j)
                )


def _unquote(page: ReviewPage, at: tuple[str, int], j: int) -> None:
    summary_copy.change(page, lambda content: content[at[0]][at[1]]["evidence"].pop(j))


def _confirm(page: ReviewPage, i: int) -> None:
    summary_copy.change(page, lambda content: content["goals"][i].update(basis="confirmed", reason=WHY_NOT_DISCUSSED))


def _restated(page: ReviewPage, i: int) -> None:
    """Take a status over; the reason of another status does not stand for it."""
    goal, saved = content_of(page)["goals"][i], page.summary.goals[i]
    status, reason = st.session_state[field(page, "goals", i, "status")["key"]], goal["reason"]
    if status == saved.status and not reason:
        reason = saved.reason
    elif status != saved.status and reason == saved.reason:
        reason = WHY_NOT_DISCUSSED if status == GoalStatus.NOT_DISCUSSED else ""
    summary_copy.put(page, reason, "goals", i, "reason")


def _offer(page: ReviewPage, offer: Offer) -> None:
    """Show what the last draft says of a goal, beside what the reviewer keeps."""
    goal: GoalProgress = offer.value
    said = "".join(f"<blockquote class=said>{escape(e.quote)}</blockquote>" for e in goal.evidence)
    st.html(
        f'<div class="offer">The new draft says: <strong>{escape(STATUS_WORDS[goal.status])}</strong>. {escape(goal.reason)}{said}</div>'
    )
    st.button("Take it", key=f"take_{offer.field}_{offer.key}", on_click=take_offer, args=(page, offer))
