"""What a file would become if it were added: each passage as it would be searched, what was left out, and what changes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

import streamlit as st

from coach.domain.guidance import Passage
from coach.services.guidance_pages import DocumentPreview, Standing
from coach.ui import look
from coach.ui.guidance_text import passage_html

MOST_SHOWN = 200  # passages; more of them make a page slow
LONG, HEIGHT = 2000, 560  # a preview of more characters scrolls in a frame of this many pixels


def show(preview: DocumentPreview, before: Sequence[Passage]) -> None:
    """Show what would be searched; where it replaces a document, what is there now stands beside it."""
    st.markdown(f"**{look.plain(_what_it_is(preview))}**")
    if preview.left_out:
        st.warning(look.plain(_left_out(preview)), icon=":material/content_cut:")
    if preview.alike:
        with st.expander(f"Said in another document already: {_count(len(preview.alike), 'passage', 'passages')}"):
            same = [f"“{a.section}” mostly says what “{a.other_section}” in “{a.document}” says." for a in preview.alike]
            st.markdown("\n".join(f"- {look.plain(line)}" for line in same))
            st.caption("You can add it all the same. Where both say it, the search may show either.")
    if not before:
        _passages("Exactly this would be searched", preview.passages, {})
        return
    st.markdown(look.plain(changes(before, preview.passages)))
    now, then = st.columns(2)
    with now:
        _passages("What is there now", before, _chips(before, preview.passages, "gone"))
    with then:
        _passages("What would be there", preview.passages, _chips(preview.passages, before, "new"))


def changes(before: Sequence[Passage], after: Sequence[Passage]) -> str:
    """Return in words how the sections of a document differ from those that would replace it."""
    gone, new = _chips(before, after, "gone"), _chips(after, before, "new")
    counted = Counter((*new.values(), *(chip for chip in gone.values() if chip == "gone")))
    same = len(_texts(after)) - len(new)
    return "Sections: " + ", ".join(f"{n} {what}" for what, n in {**counted, "the same": same}.items() if n) + "."


def _chips(of: Sequence[Passage], beside: Sequence[Passage], alone: str) -> dict[str, str]:
    """Return by section what sets it apart from its like in another version: that there is none, or that it says something else."""
    these, those = _texts(of), _texts(beside)
    return {section: "changed" if section in those else alone for section, text in these.items() if those.get(section) != text}


def _texts(passages: Sequence[Passage]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for passage in passages:
        texts[passage.section] = f"{texts.get(passage.section, '')}\n\n{passage.text}"
    return texts


def _what_it_is(preview: DocumentPreview) -> str:
    sections = len({passage.section for passage in preview.passages})
    size = f"{_count(len(preview.passages), 'passage', 'passages')} in {_count(sections, 'section', 'sections')}"
    if preview.standing is Standing.ALREADY_THERE:
        return f"{preview.read.name} is in the library as it is; there is nothing to add."
    if preview.replaces is not None:
        return f"{preview.read.name} would take the place of “{preview.replaces.title}”: {size}."
    return f"{preview.read.name}: {size}. Nothing is added yet."


def _left_out(preview: DocumentPreview) -> str:
    listed = ", ".join(f"{left.what} ({left.count})" for left in preview.left_out)
    return f"Left out, because readers of the file do not see it as its text: {listed}."


def _passages(caption: str, passages: Sequence[Passage], chips: Mapping[str, str]) -> None:
    st.caption(caption if len(passages) <= MOST_SHOWN else f"{caption}; the first {MOST_SHOWN} passages of {len(passages)} are shown here")
    parts = []
    for section, those in groupby(passages[:MOST_SHOWN], key=lambda passage: passage.section):
        texts = '<hr aria-label="next passage">'.join(passage_html(passage.text) for passage in those)
        chip = f' <span class="chip amber">{chips[section]}</span>' if section in chips else ""
        parts.append(f"<h2>{escape(section)}{chip}</h2>{texts}")
    long = sum(len(passage.text) for passage in passages) > LONG
    with st.container(height=HEIGHT if long else "content", border=True):
        st.html(f'<article class="doc plain">{"".join(parts)}</article>')


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
