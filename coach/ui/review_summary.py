"""Review of a summary: the notes on one side, and beside them every status, action and decision to accept, change or leave out."""

import streamlit as st

from coach.domain.drafts import DraftState
from coach.services.engines import model_engine
from coach.services.redrafting import draft_again
from coach.services.reviewing import ReviewPage
from coach.services.summary_review import SummaryReview, quote_of_notes, summary_review
from coach.ui import here, look, review_beside, summary_copy, summary_disclosure, summary_goals, summary_items
from coach.ui.marked_notes import Mark, MarkKind, Picked, marked_notes
from coach.ui.summary_copy import content_of
from coach.ui.summary_document import summary_html

LOOK_OVER, EACH_SEES = "Look it over", "What each will see"
NOTES_HEIGHT = 520  # pixels


def show(page: ReviewPage) -> None:
    """Show a summary under review."""
    review = summary_review(here.parts(), here.me().id, page.draft.id)
    if review.waits_for_decision and page.draft.state is not DraftState.DISCARDED:
        summary_disclosure.show(page, review)
    if page.draft.stale and page.draft.state is not DraftState.DISCARDED:
        _stale(page, review)
    if summary_copy.conflicts(page):
        _conflict(page)
    view = st.segmented_control("View", (LOOK_OVER, EACH_SEES), key=_view(page), default=LOOK_OVER, label_visibility="collapsed")
    if view == EACH_SEES:
        _each_sees(page, review)
        return
    notes, fields = st.columns([5, 6], gap="large")
    with fields:
        _fields(page, review)
    with notes, st.container(key="notesbeside"):
        _notes(page)


def look_at_views(page: ReviewPage) -> None:
    """Show next what each person will see, because the next step lets it out."""
    st.session_state[_view(page)] = EACH_SEES
    st.session_state["to_views"] = True


def _view(page: ReviewPage) -> str:
    return f"summary_view_{page.draft.id}"


def _fields(page: ReviewPage, review: SummaryReview) -> None:
    review_beside.by_whom(page)
    _supported(page)
    summary_goals.show(page, review)
    summary_items.show(page, review)
    _save(page)
    _private(page)
    review_beside.said(page)
    review_beside.checks(page)
    review_beside.changes(page)


def _supported(page: ReviewPage) -> None:
    """Say how many quotes of the engine stand in the notes."""
    quotes = page.draft.engine.quotes
    if quotes is not None:
        st.markdown(
            f"**{quotes.supported} supported, {quotes.removed} removed**: quotes of the draft that stand in your notes word for word."
        )


def _save(page: ReviewPage) -> None:
    with st.container(horizontal=True):
        if summary_copy.unsaved(page):
            st.button("Save changes", key="save_summary", type="primary", on_click=_saved, args=(page,))
            st.button("Give up the changes", key="give_up", on_click=summary_copy.give_up, args=(page,))
    st.caption("What you change is kept at once, also over a reload. It becomes a revision when you save or approve.")


def _saved(page: ReviewPage) -> None:
    if summary_copy.save(page) is not None:
        st.session_state["done"] = "Saved as a new revision. It needs your approval before it can be released."


def _notes(page: ReviewPage) -> None:
    """Show the notes as they were drafted from, with the evidence of what is looked at in view."""
    content, focus = content_of(page), summary_goals.focus(page)
    titles = {goal.id: goal.title for goal in page.brief.goals}
    marks = [
        Mark(
            e["start"],
            e["end"],
            MarkKind.EVIDENCE if focus == f"goals_{i}" else MarkKind.OTHER,
            f"goals_{i}",
            titles.get(goal["goal_id"], ""),
        )
        for i, goal in enumerate(content["goals"])
        for e in goal["evidence"]
    ]
    marks += [
        Mark(e["start"], e["end"], MarkKind.ACTION, f"{name}_{i}", item["text"])
        for name in summary_copy.LISTS
        for i, item in enumerate(content[name])
        for e in item["evidence"]
    ]
    marks += [Mark(s["start"], s["end"], MarkKind.SENSITIVE, "sensitive") for s in content["sensitive"]]
    at = summary_goals.place_of(focus)
    label = (
        f"Your notes: {titles.get(content['goals'][at]['goal_id'], '')}" if at is not None else "Your notes, as this was drafted from them"
    )
    marked_notes(
        page.brief.notes,
        marks,
        label=label,
        focus=focus,
        height=NOTES_HEIGHT,
        name=f"review_{page.draft.id}",
        pick="Use as evidence" if at is not None else None,
        on_pick=lambda picked: _use(page, picked),
    )
    if st.session_state.pop("to_notes", False):
        look.to_notes()
    if at is not None:
        st.caption("Select words in the notes to use them as evidence of this goal. “Look in the notes” leads to another one.")


def _use(page: ReviewPage, picked: Picked) -> None:
    """Take a stretch of the notes as evidence of the goal that is looked at."""
    at = summary_goals.place_of(summary_goals.focus(page))
    if at is None:
        return
    found = [None]

    def take() -> None:
        quote = quote_of_notes(here.parts(), here.me().id, page.draft.id, picked.start, picked.end)
        found[:] = [quote.model_dump(mode="json")]  # type: ignore[list-item]

    if here.tried(take):
        summary_copy.change(page, lambda content: summary_goals.add_quote(content["goals"][at], found[0]))


def _private(page: ReviewPage) -> None:
    """Show the passages that are for the author alone."""
    passages = page.summary.sensitive
    if not passages:
        return
    with st.container(border=True, key="private"):
        st.markdown(":material/lock: **Only you see this.** These passages never leave your notes, and cannot be quoted.")
        for passage in passages:
            st.markdown(f"{summary_disclosure.KINDS[passage.kind]}: {look.plain(passage.quote)}")


def _stale(page: ReviewPage, review: SummaryReview) -> None:
    """Say that the notes changed since drafting, and offer to draft again."""
    with st.container(border=True, key="stale"):
        st.markdown(":material/history: **Your notes or your goals changed since this was drafted.** It still stands as it is.")
        model = model_engine(here.parts())
        with st.container(horizontal=True):
            st.button(
                "Draft again from the changed notes", key="draft_again", on_click=_again, args=(page, "openai" if model else "builtin")
            )
            if model is not None:
                st.button("Without the model", key="again_builtin", on_click=_again, args=(page, "builtin"))
        if review.approved_before:
            st.caption(
                "This one was approved, so it stays as it is: another draft of the session is made. What was released stays until you release that one."
            )
        else:
            st.caption("Whatever you changed stays; where the new draft says something else, it is offered beside it.")


def _again(page: ReviewPage, engine: str) -> None:
    number, made = summary_copy.save(page), list[str]()
    if number is None:
        return
    if here.tried(lambda: made.append(draft_again(here.parts(), here.me().id, page.draft.id, number, engine))):
        summary_copy.forget(page)
        if made[0] != page.draft.id:
            here.lead(
                "review" if engine == "builtin" else "notes",
                **({"draft": made[0]} if engine == "builtin" else {"session": page.session.id}),
            )
        elif engine == "builtin":
            st.session_state["done"] = "Drafted again from your notes as they are now."


def _conflict(page: ReviewPage) -> None:
    """Say that a newer revision exists, and let the reviewer keep their own changes on top of it."""
    with st.container(border=True, key="conflict"):
        st.markdown(
            f":material/merge: **Revision {page.revision.number} was saved since you began.** Your changes below are untouched and not saved yet."
        )
        with st.container(horizontal=True):
            st.button("Keep my changes, on top of that revision", key="mine_on_top", on_click=summary_copy.on_top, args=(page,))
            st.button("Use the saved revision", key="use_saved", on_click=summary_copy.give_up, args=(page,))


def _each_sees(page: ReviewPage, review: SummaryReview) -> None:
    """Show what mentor, mentee and coordinator see once this revision is released."""
    if summary_copy.unsaved(page):
        st.warning("This is the saved revision. What you changed since is not in it yet.", icon=":material/edit:")
    if st.session_state.pop("to_views", False):
        look.to_top()
    sees = review.sees
    mentor, mentee, coordinator = st.tabs(
        [f"Mentor: {look.plain(page.pair.mentor.name)}", f"Mentee: {look.plain(page.pair.mentee.name)}", "Coordinator"]
    )
    for tab, seen in ((mentor, sees.mentor), (mentee, sees.mentee)):
        with tab:
            st.html(f'<div class="reading">{summary_html(seen.title, seen.line, seen.content, seen.goal_titles, seen.actions)}</div>')
    with coordinator:
        for line in sees.coordinator:
            st.markdown(f"- {line}")
