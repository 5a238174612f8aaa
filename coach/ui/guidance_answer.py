"""Ask the guidance a question: an answer with its sources a click away, both sides where it does not agree, or that it does not cover this."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import streamlit as st

from coach.domain.guidance import Citation, Contradiction, FoundPassage, Origin, Passage, Side
from coach.errors import CoachError
from coach.services.answering import Answer, ask
from coach.services.engines import model_engine
from coach.services.guidance_pages import passages_cited
from coach.ui import here, look
from coach.ui.guidance_reading import open_button
from coach.ui.guidance_text import passage_html

FIELD, QUESTION, PENDING, ASKED = "guidance_field", "guidance_question", "guidance_pending", "guidance_asked"
KEY = re.compile(r"\[([A-Z]\d{1,3})\]")


@dataclass(frozen=True)
class Asked:
    """A question with its answer, and the passages that the answer cites by key."""

    question: str
    answer: Answer
    cited: Mapping[str, Passage]


def box(examples: Sequence[str]) -> None:
    """Show the field for a question, with questions that somebody might start with."""
    # The field goes when another page is shown; what was typed is kept beside it.
    st.session_state.setdefault(FIELD, st.session_state.get(QUESTION, ""))
    left, right = st.columns([6, 1], vertical_alignment="bottom")
    left.text_input(
        "Your question", key=FIELD, placeholder=f"For example: {examples[0]}", on_change=_ask, autocomplete="off", icon=":material/search:"
    )
    right.button("Ask", type="primary", key="ask", on_click=_ask, width="stretch")
    model = model_engine(here.parts())
    st.caption(
        f"Nobody sees what you ask, and it is not kept. The model {look.plain(model.model)} gets it, with names masked."
        if model
        else "Nobody sees what you ask, and it is not kept."
    )
    if st.session_state.get(QUESTION):
        return
    with st.container(horizontal=True):
        for n, example in enumerate(examples):
            st.button(example, key=f"example_{n}", type="tertiary", icon=":material/arrow_forward:", on_click=ask_this, args=(example,))


def ask_this(question: str) -> None:
    """Put a question into the field and ask it."""
    st.session_state[FIELD] = question
    _ask()


def _ask() -> None:
    question = " ".join((st.session_state.get(FIELD) or "").split())
    st.session_state[QUESTION] = question
    found: Asked | None = st.session_state.get(ASKED)
    if not question:
        st.session_state.pop(ASKED, None)
    elif found is None or found.question != question:
        st.session_state[PENDING] = question


def answered() -> Asked | None:
    """Answer what was asked last, if it is not answered yet, and return it; a refusal is shown."""
    question = st.session_state.get(PENDING)
    if question:
        st.session_state.pop(ASKED, None)
        try:
            with st.spinner("Looking it up in the guidance"):
                answer = ask(here.parts(), here.me().id, question)
                cited = passages_cited(here.parts(), here.me().id, answer.citations)
            st.session_state[ASKED] = Asked(question, answer, cited)
        except CoachError as error:
            st.error(look.plain(str(error)), icon=":material/block:")
        st.session_state.pop(PENDING, None)
    found: Asked | None = st.session_state.get(ASKED)
    return found


def show(found: Asked, page: str) -> None:
    """Show what the guidance says; sources open on this page."""
    answer = found.answer
    if answer.text:
        _answer(found, page)
    else:
        _not_covered(answer)
    if answer.note:
        st.caption(look.plain(answer.note))
    for number, contradiction in enumerate(answer.contradictions):
        _disagreement(contradiction, number, page)
    cited = {passage.id for passage in found.cited.values()}
    _nearest([one for one in answer.nearest if one.passage.id not in cited], bool(answer.text), page)


def _answer(found: Asked, page: str) -> None:
    answer = found.answer
    places = _by_place(answer.citations)
    chips = '<span class="chip amber">A draft answer</span>'
    said = "Sentences that software took from the guidance. Check them in the documents below."
    if answer.by_model:
        chips += ' <span class="chip grey">AI draft</span>'
        said = "Worded by a model from the documents below. Check it there."
    st.html(
        f'<article class="doc answer" aria-label="A draft answer"><p>{chips}</p>{_paragraphs(answer.text, places)}<p class="soft">{said}</p></article>'
    )
    with st.container(key="sources", gap="xsmall"):
        for number, (name, keys) in enumerate(places.items(), 1):
            passage = found.cited.get(keys[0])
            label = f"[{number}] {name}"
            if passage is None:
                st.caption(look.plain(label))
            else:
                open_button(label, page, passage.document_id, passage.id, key=f"cited_{keys[0]}")


def _by_place(citations: Sequence[Citation]) -> dict[str, list[str]]:
    """Return what is cited, each section once in order, with its keys."""
    keys: dict[str, list[str]] = {}
    for citation in citations:
        keys.setdefault(f"{citation.document}: {citation.section}", []).append(citation.key)
    return keys


def _paragraphs(text: str, places: Mapping[str, Sequence[str]]) -> str:
    """Return an answer as HTML, its lists as lists; where its source changes, a number tells on pointing at it which section it is."""
    numbers = {key: (number, name) for number, (name, keys) in enumerate(places.items(), 1) for key in keys}
    said = ""
    for paragraph in filter(str.strip, text.split("\n\n")):
        first, *items = (_numbered(line, numbers) for line in _once(paragraph, numbers).splitlines() if line.strip())
        said += f"<p>{first}</p>" + (f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else "")
    return said


def _once(paragraph: str, numbers: Mapping[str, tuple[int, str]]) -> str:
    """Return a paragraph in which each of several sentences in a row from one section has lost its key, but for the last one."""
    found = list(KEY.finditer(paragraph))
    for key, following in reversed(list(pairwise(found))):
        if key[1] in numbers and numbers[key[1]] == numbers.get(following[1]):
            paragraph = paragraph[: key.start()].rstrip(" ") + paragraph[key.end() :]
    return paragraph


def _numbered(line: str, numbers: Mapping[str, tuple[int, str]]) -> str:
    return KEY.sub(lambda key: _number(*numbers[key[1]]) if key[1] in numbers else key[0], escape(line))


def _number(number: int, name: str) -> str:
    return f'<abbr class="soft" title="{escape(name)}">[{number}]</abbr>'


def _not_covered(answer: Answer) -> None:
    beyond = f"<p>{escape(answer.beyond)}</p>" if answer.beyond else ""
    st.html(f'<article class="doc answer"><p><strong>The guidance does not seem to cover this.</strong></p>{beyond}</article>')


def _disagreement(contradiction: Contradiction, number: int, page: str) -> None:
    with st.container(border=True, key=f"disagreement_{number}"):
        st.markdown(f":material/compare_arrows: **The guidance does not agree: {look.plain(_within(contradiction.point))}**")
        for place, side in enumerate(contradiction.sides):
            st.html(f'<p style="margin:0"><strong>{_whose(side)}</strong> {escape(side.holds)} “{escape(side.quote)}”</p>')
            passage = side.passage
            open_button(f"{passage.document}: {passage.section}", page, passage.document_id, passage.id, key=f"side_{number}_{place}")
        if contradiction.sides[0].passage.origin is Origin.ADDED:
            st.caption("What your programme says itself goes first: it knows how yours is run.")


def _within(point: str) -> str:
    """Return a point as it stands within a sentence."""
    return point[:1].lower() + point[1:].rstrip(".")


def _whose(side: Side) -> str:
    return "Your programme’s own guidance." if side.passage.origin is Origin.ADDED else "General guidance."


def _nearest(passages: Sequence[FoundPassage], covered: bool, page: str) -> None:
    if not passages:
        return
    with st.expander("More passages near this question" if covered else "The nearest passages, which may not answer it"):
        for one in passages:
            passage = one.passage
            open_button(f"{passage.document}: {passage.section}", page, passage.document_id, passage.id, key=f"near_{passage.id}")
            st.html(f'<article class="doc plain">{passage_html(passage.text)}</article>')
