"""Actions, decisions, open questions and the headline of a summary under review."""

from datetime import date
from typing import Any

import streamlit as st

from coach.domain.days import in_words
from coach.domain.sessions import Owner
from coach.domain.summary import Offer
from coach.services.reviewing import ReviewPage
from coach.services.summary_review import SummaryReview
from coach.ui import here, look, summary_copy
from coach.ui.summary_copy import content_of, field, is_left_out
from coach.ui.summary_goals import look_button, offered_now, quotes, take_offer

NAMES = {"actions": "Agreed actions", "closed_actions": "Done since last time", "decisions": "Decisions"}
LABELS = {"actions": "What is to be done", "closed_actions": "What is done", "decisions": "What you settled"}
ADD = {"actions": "Add an action", "decisions": "Add a decision"}
LINES = {
    ("open_questions",): "Open questions (one line each)",
    ("headline", "highlights"): "What went forward (one line each, three at most)",
    ("headline", "opportunities"): "What could move (one line each, three at most)",
}
OWNERS = [None, *(str(owner) for owner in Owner)]


def show(page: ReviewPage, review: SummaryReview) -> None:
    """Show everything of a summary but its goals."""
    content, offered = content_of(page), offered_now(page, review)
    for name, title in NAMES.items():
        if content[name] or name in ADD:
            _list(page, content, name, title, [o for o in offered if o.field == name])
    st.subheader("In short")
    for path, label in LINES.items():
        lines = content[path[0]] if len(path) == 1 else content[path[0]][path[1]]
        st.text_area(label, "\n".join(lines), height="content", **field(page, *path))
        for offer in offered:
            if offer.field == path[-1]:
                _offer(page, offer, "\n".join(offer.value) or "nothing here")


def _list(page: ReviewPage, content: dict[str, Any], name: str, title: str, offered: list[Offer]) -> None:
    st.subheader(title)
    for i, item in enumerate(content[name]):
        with st.container(border=True, key=f"item_{name}_{i}"):
            _item(page, content, name, i, item)
            for offer in offered:
                if offer.at == i:
                    _offer(page, offer, _in_words(page, offer.value))
    for offer in offered:
        if offer.at is None:
            _offer(page, offer, _in_words(page, offer.value), "The new draft also has")
    if name in ADD:
        st.button(ADD[name], key=f"add_{name}", icon=":material/add:", on_click=_add, args=(page, name))


def _item(page: ReviewPage, content: dict[str, Any], name: str, i: int, item: dict[str, Any]) -> None:
    out = is_left_out(content, name, i)
    if name != "actions":
        st.text_input(LABELS[name], item["text"], disabled=out, **field(page, name, i, "text"))
    else:
        what, owner, due = st.columns([5, 3, 3])
        what.text_input(LABELS[name], item["text"], disabled=out, **field(page, name, i, "text"))
        owner.selectbox(
            "Who", OWNERS, OWNERS.index(item["owner"]), format_func=lambda o: _owner(page, o), disabled=out, **field(page, name, i, "owner")
        )
        day = date.fromisoformat(item["due"]) if item["due"] else None
        due.date_input("By when", day, format="DD/MM/YYYY", disabled=out, **field(page, name, i, "due"))
    if not out:
        quotes(page, (name, i), item)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.checkbox("In the summary", not out, **field(page, name, i, "keep"))
        if item["evidence"]:
            look_button(page, f"{name}_{i}")


def _owner(page: ReviewPage, owner: str | None) -> str:
    _, _, mentor, mentee = page.header
    names = {Owner.MENTOR: mentor, Owner.MENTEE: mentee, Owner.BOTH: "Both", Owner.COORDINATOR: "The coordinator"}
    return names[Owner(owner)] if owner else "Not stated"


def _in_words(page: ReviewPage, item: Any) -> str:
    owner, due = getattr(item, "owner", None), getattr(item, "due", None)
    more = [_owner(page, owner)] if owner else []
    more += [f"by {in_words(due, here.parts().today())}"] if due else []
    return f"{item.text} ({', '.join(more)})" if more else str(item.text)


def _add(page: ReviewPage, name: str) -> None:
    new: dict[str, Any] = {"text": "", "evidence": []}
    if name == "actions":
        new |= {"owner": None, "due": None}
    summary_copy.change(page, lambda content: content[name].append(new))


def _offer(page: ReviewPage, offer: Offer, words: str, says: str = "The new draft says") -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"offer_{offer.field}_{offer.key}"):
        st.markdown(f"{says}: {look.plain(words)}", width="content")
        st.button("Take it", key=f"take_{offer.field}_{offer.key}", on_click=take_offer, args=(page, offer))
