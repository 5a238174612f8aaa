"""What stands beside every draft under review: what drafted it, what it did, what was checked, and what people changed."""

from html import escape

import streamlit as st

from coach.domain.drafts import CheckName
from coach.services import reviewing
from coach.services.reviewing import ReviewPage
from coach.ui import here, look

WORDS = {
    CheckName.CITATIONS: "Guidance cited was supplied",
    CheckName.TIMES: "Times fit, with slack",
    CheckName.NAMES: "Every name was supplied",
    CheckName.NUMBERS: "Every number was supplied",
    CheckName.DATES: "Every date was supplied",
    CheckName.ROLES: "Mentor and mentee are the right way round",
    CheckName.GOALS: "Every goal is discussed or placed",
    CheckName.QUESTIONS: "No question is left open",
    CheckName.EVIDENCE: "Every quote stands in the notes",
    CheckName.STATUSES: "Every status is proven or stated by you",
    CheckName.DISCLOSURE: "No possible disclosure waits for you",
}


def by_whom(page: ReviewPage) -> None:
    """Say that this is a draft and what drafted it; a model is named with its prompt and what it took."""
    engine = page.draft.engine
    if engine.name == "builtin":
        st.caption("A draft by the built-in rules; no model was asked.")
        return
    took = (
        f" {engine.tokens.requests} request{'s' if engine.tokens.requests > 1 else ''}, {engine.tokens.read:,} tokens read and {engine.tokens.written:,} written."
        if engine.tokens
        else ""
    )
    st.caption(
        f"AI draft by {look.plain(engine.model or 'a model')}, prompt {look.plain(engine.prompt or '')}. "
        f"It saw placeholders instead of names.{took} Read every line before you approve."
    )


def said(page: ReviewPage) -> None:
    """Say what the engine did with what it was given."""
    if page.draft.engine.said:
        lines = "".join(f"<li>{escape(line)}</li>" for line in page.draft.engine.said)
        st.html(f"<strong>What the draft did with your brief</strong> <span class=soft>(only you see this)</span><ul>{lines}</ul>")


def checks(page: ReviewPage) -> None:
    """Show which rules hold, the failed ones in full."""
    failed = [c for c in page.revision.checks if not c.passed]
    st.markdown(f"**Checks**: {len(page.revision.checks) - len(failed)} of {len(page.revision.checks)} passed")
    for check in failed:
        st.warning(f"{WORDS[check.name]}: no. {look.plain(check.detail)}", icon=":material/warning:")
    with st.expander("Everything that was checked"):
        for check in page.revision.checks:
            st.markdown(f":material/{'check' if check.passed else 'close'}: {WORDS[check.name]}")


def changes(page: ReviewPage) -> None:
    """Show line by line what people changed since it was drafted."""
    lines = reviewing.changes(here.parts(), here.me().id, page.draft.id)
    if not lines:
        return
    with st.expander("What you changed"):
        tags = {"out": "del", "in": "ins"}
        shown = "".join(f"<{tags[x.change]}>{escape(x.text) or ' '}</{tags[x.change]}>" for x in lines if x.change in tags)
        st.html(f'<div class="diff">{shown}</div>')
