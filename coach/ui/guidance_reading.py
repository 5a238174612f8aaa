"""Read one document: its outline beside it, its sources at the end, and at the top of the page the passage that led here."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from coach.domain.days import in_words
from coach.errors import CoachError
from coach.services.guidance_pages import DocumentPage, read
from coach.ui import guidance_words, here, look
from coach.ui.guidance_text import outline_html, reading

# Nobody's words are in this: it brings what was asked for into view once it stands on the page, for eyes and for screen readers.
BRING = """<script>
(() => { let tries = 0; const bring = () => {
  const found = document.getElementById("cited");
  if (found) { found.scrollIntoView({block: "start"}); found.focus({preventScroll: true}); }
  else if (tries++ < 40) setTimeout(bring, 50);
}; setTimeout(bring, 150); })();
</script>"""


def open_button(label: str, page: str, document_id: str, passage_id: str = "", key: str = "") -> None:
    """Offer a document, or a passage in it, to read; the label is text and no markup."""
    params = {"document": document_id} | ({"passage": passage_id} if passage_id else {})
    st.button(
        look.plain(label), key=key or f"read_{document_id}_{passage_id}", type="tertiary", icon=":material/description:",
        on_click=here.lead, args=(page,), kwargs=params,
    )  # fmt: skip


def show(page: str, back: Mapping[str, str], label: str) -> bool:
    """Show the document that the address names, and tell whether it names one; the button leads back to a page."""
    document_id = here.param("document")
    if document_id is None:
        return False
    with st.container(key="backbar"):
        st.button(label, key="back", icon=":material/arrow_back:", on_click=here.lead, args=(page,), kwargs=dict(back))
    try:
        found = read(here.parts(), here.me().id, document_id)
    except CoachError as error:
        st.error(look.plain(str(error)), icon=":material/block:")
    else:
        _document(found, here.param("passage"))
    return True


def _document(page: DocumentPage, wanted: str | None) -> None:
    text = reading(page, wanted)
    if wanted and not text.marked:
        st.info("The passage that you opened is not in this version of the document any more.", icon=":material/info:")
    document = page.document
    whence = [guidance_words.origin(document), f"for {guidance_words.readers(document).lower()}"]
    if document.added_at:
        whence.append(f"version {document.version} of {in_words(document.added_at.astimezone().date())}")
    sources = "".join(f"<li>{escape(source)}</li>" for source in document.sources)
    after = f'<h2>Sources</h2><ul class="soft">{sources}</ul>' if sources else ""
    article = (
        f'<article class="doc"><h1>{escape(document.title)}</h1><p class="soft">{escape(", ".join(whence))}</p>{text.html}{after}</article>'
    )
    st.html(f'<div class="reader">{outline_html(text.outline) if len(text.outline) > 1 else "<div></div>"}{article}</div>')
    if text.marked:
        st.html(BRING, unsafe_allow_javascript=True)
    else:
        look.to_top()
