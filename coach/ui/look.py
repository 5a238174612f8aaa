"""The look that all pages share: style, chips, the pair's line of life."""

import re
from datetime import date
from html import escape

import streamlit as st

from coach.domain.days import in_words
from coach.domain.drafts import DraftKind, DraftState
from coach.domain.review import StoredDraft

LIFE = ("Agree", "Prepare", "Meet", "Reflect", "Progress", "Finish")

KINDS = {DraftKind.AGENDA: "Agenda", DraftKind.SUMMARY: "Summary"}

CHIPS = {
    DraftState.DRAFTING: ("Being drafted", "grey"),
    DraftState.FAILED: ("Not drafted", "red"),
    DraftState.NEEDS_REVIEW: ("Draft: needs review", "amber"),
    DraftState.APPROVED: ("Approved, not released", "green"),
    DraftState.DISCARDED: ("Discarded", "grey"),
}

COLOURS = {
    "light": {"paper": "#FFFFFF", "back": "#FBFAF6", "line": "#D9D5C7", "soft": "#5A6866", "amber": "#FCEFC7", "amber_ink": "#6B4A00",
              "green": "#DCEFE3", "green_ink": "#1B5134", "red": "#F8DCD8", "red_ink": "#7A1F14", "grey": "#E8E6DE", "grey_ink": "#4A5351",
              "blue": "#DCE9F5", "blue_ink": "#1D4568", "mark": "#FFE9A8"},
    "dark": {"paper": "#18201F", "back": "#12191A", "line": "#324042", "soft": "#A3B1AE", "amber": "#4A3A10", "amber_ink": "#F6D98B",
             "green": "#173A2A", "green_ink": "#A6E0BF", "red": "#4C1F1A", "red_ink": "#F5B7AE", "grey": "#2A3536", "grey_ink": "#C3CDCA",
             "blue": "#17324A", "blue_ink": "#A9CDEE", "mark": "#6A5512"},
}  # fmt: skip

STYLE = """
.stMainBlockContainer{{padding-top:4.4rem;max-width:1180px}} .stMainBlockContainer h1{{font-size:1.9rem}} .stMainBlockContainer h3{{font-size:1.35rem}}
.doc{{background:{paper};border:1px solid {line};border-radius:.6rem;padding:1.6rem 2rem;line-height:1.55;overflow-wrap:anywhere}}
.doc h1{{font-size:1.55rem;margin:0 0 .2rem;padding:0}} .doc h2{{font-size:1.1rem;margin:1.5rem 0 .4rem;padding:0}}
.doc h3{{font-size:1.02rem;margin:0;padding:0}} .doc p{{margin:.35rem 0}} .doc ul{{margin:.3rem 0 .3rem 1.1rem;padding:0}} .doc li{{margin:.25rem 0}}
.doc .soft,.soft{{color:{soft};font-size:.92rem}} .doc mark{{background:{mark};color:inherit;padding:0 .15em;border-radius:.2em}}
.st-key-progress_chart{{overflow-x:auto}} .legend{{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.9rem;color:{soft}}}
.legend span{{display:inline-flex;align-items:center;gap:.4rem}}
.item{{display:grid;grid-template-columns:3.6rem 1fr;gap:.9rem;padding:.8rem 0;border-top:1px solid {line}}}
.item .min{{font-weight:600;font-variant-numeric:tabular-nums}} .item .min small{{display:block;font-weight:400;color:{soft}}}
.bar{{display:flex;height:.55rem;border-radius:.3rem;overflow:hidden;margin:.7rem 0 .2rem;border:1px solid {line}}}
.bar span{{display:block}} .bar .a{{background:{green_ink};opacity:.75}} .bar .b{{background:{green_ink};opacity:.45}} .bar .free{{background:transparent}}
.chip{{display:inline-block;border-radius:1rem;padding:.1rem .7rem;font-size:.85rem;font-weight:600;white-space:nowrap}}
.chip.amber{{background:{amber};color:{amber_ink}}} .chip.green{{background:{green};color:{green_ink}}} .chip.red{{background:{red};color:{red_ink}}}
.chip.grey{{background:{grey};color:{grey_ink}}} .chip.blue{{background:{blue};color:{blue_ink}}}
.life{{display:flex;gap:.35rem;flex-wrap:wrap;margin:.1rem 0 .4rem!important;padding:0!important;list-style:none!important;font-size:.85rem;color:{soft}}}
.life li{{margin:0}} .life li+li::before{{content:"\\203A";display:inline-block;margin-right:.35rem;opacity:.6}} .life li[aria-current]{{color:inherit;font-weight:700;text-decoration:underline;text-underline-offset:.25em}}
.demo{{background:{blue};color:{blue_ink};border-radius:.4rem;padding:.3rem .8rem;font-size:.88rem}}
div:has(> .st-key-statebar),div:has(> .st-key-backbar){{position:sticky;top:3.7rem;z-index:99;background:{back}}} [data-testid=stHeader]{{background:{back}}} .st-key-actions>div:has([data-testid=stDownloadButton]){{flex:0 0 auto!important;width:auto!important}} .st-key-who>div:last-child{{flex:0 0 auto!important;width:auto!important}} .st-key-backbar{{padding:.4rem 0}} .st-key-statebar{{padding:.2rem 0 .6rem;border-bottom:1px solid {line}}}
.steps{{list-style:none!important;padding:0!important;margin:.2rem 0!important}} .steps li{{margin:.2rem 0;padding-left:1.6rem;position:relative;color:{soft}}}
.steps li::before{{content:"○";position:absolute;left:.2rem}} .steps li.done::before{{content:"✓";color:{green_ink}}} .steps li.now{{color:inherit;font-weight:600}} .steps li.now::before{{content:"●";color:{green_ink}}}
[data-variant=segmented_control][aria-checked=true],[data-variant=pills][aria-checked=true],[data-testid=stBaseButton-segmented_controlActive],[data-testid=stBaseButton-pillsActive]{{color:inherit!important;font-weight:600}} .wide{{overflow-x:auto}} .list{{width:100%;border-collapse:collapse;font-size:.95rem;overflow-wrap:break-word}} .list caption{{text-align:left;color:{soft};font-size:.88rem;padding-bottom:.3rem}}
.list th{{text-align:left;font-weight:600;color:{soft};font-size:.88rem;border:0;border-bottom:1px solid {line};padding:.3rem .8rem .3rem 0}}
.list td{{border:0;border-bottom:1px solid {line};padding:.45rem .8rem .45rem 0;vertical-align:top}}
.doc blockquote.said,blockquote.said{{border-left:3px solid {line};margin:.2rem 0;padding:0 0 0 .8rem;overflow-wrap:anywhere}} .offer{{background:{blue};color:{blue_ink};border-radius:.4rem;padding:.4rem .8rem;font-size:.92rem;overflow-wrap:anywhere}} .st-key-notesbeside{{scroll-margin-top:11rem}} [data-testid=stColumn]:has(.st-key-notesbeside){{position:sticky;top:11rem;align-self:flex-start}}
@media (max-width:640px){{[data-testid=stColumn]:has(.st-key-notesbeside){{position:static}}}} .st-key-stale{{border-color:{amber_ink}}} .st-key-disclosure{{border-color:{blue_ink}}}
.diff{{font-family:ui-monospace,monospace;font-size:.85rem;white-space:pre-wrap}} .diff del{{background:{red};color:{red_ink};display:block;text-decoration:none}}
.diff ins{{background:{green};color:{green_ink};display:block;text-decoration:none}} .reading{{font-size:1.12rem}}
.reader{{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:1.4rem;align-items:start}} .outline{{position:sticky;top:7.2rem;max-height:calc(100vh - 8.5rem);overflow:auto;font-size:.9rem}}
.outline ul{{list-style:none!important;margin:.4rem 0 0!important;padding:0!important}} .outline li{{margin:0 0 .45rem;padding:0;line-height:1.35}} .outline .l3{{padding-left:.9rem}} .outline a{{text-decoration:none;color:inherit}} .outline a:hover,.outline a:focus-visible{{text-decoration:underline}}
.doc ol{{margin:.3rem 0 .3rem 1.3rem;padding:0}} .doc h2,.doc h3{{scroll-margin-top:7.2rem}} .doc h3{{margin-top:.9rem}} .doc .item h3{{margin-top:0}} .doc hr{{border:0;border-top:1px dashed {line};margin:.8rem 0}} .doc.plain{{background:none;border:0;padding:0 .4rem}} .doc.plain h2:first-child{{margin-top:0}}
.doc pre{{white-space:pre-wrap}} .doc blockquote{{border-left:3px solid {line};margin:.5rem 0;padding:0 0 0 .9rem}} .doc table{{border-collapse:collapse}} .doc th,.doc td{{border:1px solid {line};padding:.3rem .6rem;text-align:left;vertical-align:top}}
:is([class*=st-key-read_],[class*=st-key-cited_],[class*=st-key-side_],[class*=st-key-near_]) button[kind=tertiary]{{min-height:1.9rem}} :is([class*=st-key-read_],[class*=st-key-cited_],[class*=st-key-side_],[class*=st-key-near_]) button p{{text-align:left}}
.cited{{background:{amber};border-left:4px solid {amber_ink};border-radius:.3rem;margin:.5rem -.7rem;padding:.2rem .7rem;scroll-margin-top:12rem;outline:none}}
@media (max-width:900px){{.reader{{grid-template-columns:minmax(0,1fr)}} .outline{{position:static;max-height:11rem;border:1px solid {line};border-radius:.5rem;padding:.6rem .8rem}}}}
@media (max-width:640px){{.list thead{{display:none}} .list tr{{display:block;border-bottom:1px solid {line};padding:.5rem 0}} .list td{{display:block;border:0;padding:.1rem 0}} .list td:empty{{display:none}} .list td[data-label]:not(:first-child)::before{{content:attr(data-label) ": ";color:{soft};font-size:.85rem}} .list td{{overflow-wrap:anywhere}} .list td:first-child{{font-weight:600}}}}
@media (max-width:640px){{.st-key-actions{{flex-wrap:nowrap;overflow-x:auto;padding-bottom:.3rem}} .doc{{padding:1rem}} .item{{grid-template-columns:1fr;gap:.2rem}}}}
@media print{{[data-testid="stSidebar"],[data-testid="stHeader"],.stButton,.demo{{display:none}}}}
"""


def style() -> None:
    """Put the shared style on the page, in the colours of the visitor's theme."""
    dark = getattr(st.context.theme, "type", "light") == "dark"
    st.html(f"<style>{STYLE.format(**COLOURS['dark' if dark else 'light'])}</style>")


def to_top() -> None:
    """Bring the top of the page into view, where a step leads on from far below."""
    st.html('<script>document.querySelector("[data-testid=stMain]").scrollTo(0, 0);</script>', unsafe_allow_javascript=True)


def to_notes() -> None:
    """Bring the notes into view where they do not stand beside what leads to them, but above it."""
    st.html(
        '<script>if (innerWidth <= 640) document.querySelector(".st-key-notesbeside").scrollIntoView();</script>',
        unsafe_allow_javascript=True,
    )


def plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is: no markup, images, directives or links from anybody's words."""
    joined = re.sub(r"(?i)(https?:|www|(?=@))", "\\1\u2060", text)  # a word joiner keeps addresses from becoming links
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", joined)


def chip(draft: StoredDraft) -> str:
    """Return a draft's state as a chip, in HTML."""
    text, colour = CHIPS[draft.state]
    chips = [f'<span class="chip {colour}">{text}</span>']
    if draft.released is not None:
        newer = draft.revision is not None and draft.released.revision != draft.revision.number
        if draft.state is DraftState.APPROVED and not newer:
            chips = ['<span class="chip green">Approved and released</span>']
        else:
            chips.append('<span class="chip blue">An earlier version is released</span>')
    if draft.engine.model is not None:
        chips.append('<span class="chip grey">AI draft</span>')
    if draft.stale:
        chips.append('<span class="chip grey">Stale: something changed since drafting</span>')
    return " ".join(chips)


def ended(on: date, today: date) -> str:
    """Return what there is to say of a pair that is over."""
    return f"Your pair ended on {in_words(on, today)}. All of it can still be read, and nothing in it changes any more."


def life(step: str) -> str:
    """Return the pair's line of life with the present step marked, in HTML."""
    items = "".join(f"<li{' aria-current=step' if name == step else ''}>{escape(name)}</li>" for name in LIFE)
    return f'<ol class="life" aria-label="Where this pair stands">{items}</ol>'
