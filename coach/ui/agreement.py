"""A pair's agreement: read it as a document, sign it, print it."""

from datetime import date
from html import escape

import streamlit as st

from coach.domain.days import in_words
from coach.domain.people import Agreement, Pair, Person, RoleName
from coach.services import agreeing
from coach.services.agreeing import AgreementPage
from coach.ui import agreement_edit, here

SCHEDULES = {RoleName.MENTOR: "The mentor sees to the dates.", RoleName.MENTEE: "The mentee sees to the dates."}

# The parts in the order in which they are read; each may be a text or a list of lines.
SECTIONS = (
    ("Roles", ("roles",)),
    ("What the mentee may expect of the mentor", ("expectations_of_mentor",)),
    ("What the mentor may expect of the mentee", ("expectations_of_mentee",)),
    ("Ground rules", ("ground_rules",)),
    ("What stays between us", ("confidentiality",)),
    ("Where confidentiality ends", ("limits",)),
    ("Topics that are closed", ("off_limits",)),
    ("How we meet", ("rhythm", "channel", "schedules")),
    ("If there is a problem", ("problems",)),
    ("Leaving", ("leaving",)),
)
STYLE = """<style>.agreement{max-width:46rem} .agreement p{white-space:pre-line} .sign{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;margin-top:2rem}
.sign div{border-top:1px solid currentColor;padding-top:.4rem} @media (max-width:640px){.sign{grid-template-columns:1fr}}
@media print{.st-key-pair_head,.st-key-agreement_acts,.st-key-who,h1#our-pair,[data-testid=stCaptionContainer]{display:none!important} .doc{border:0!important;padding:0!important}
.doc,.doc *,.stApp{background:#fff!important;color:#000!important}}</style>"""


def show(pair_id: str) -> None:
    """Show the agreement of a pair."""
    page = agreeing.agreement_of_pair(here.parts(), here.me().id, pair_id)
    st.html(STYLE)
    agreement = page.pair.agreement
    if agreement_edit.is_open(page):
        agreement_edit.show(page, _present(page))
    elif agreement is None:
        here.show_refusal()
        if page.pair.over_since(here.parts().today()):
            st.write("The two of you made no agreement here.")
        else:
            _start(page)
    else:
        here.show_refusal()
        _acts(page, agreement)
        _why_again(page, agreement)
        st.html(document_html(page, agreement))
        st.caption("Print this page with the browser's own print command.")


def _present(page: AgreementPage) -> str:
    return "" if page.pair.agreement is None else document_html(page, page.pair.agreement)


def _start(page: AgreementPage) -> None:
    st.info(
        "You have no agreement yet. Start from the one below: it is good enough to sign as it stands, and either of you can change every part. "
        "Talk it through in your first session and sign it before the second.",
        icon=":material/handshake:",
    )
    st.button("Start our agreement", type="primary", key="start_agreement", on_click=_begin, args=(page,))
    st.html(document_html(page, page.words))


def _acts(page: AgreementPage, agreement: Agreement) -> None:
    """Offer to sign and to change; Sign keeps its place, so that a double click never reaches another button."""
    with st.container(key="agreement_acts"):
        st.html(f"{_chip(page, agreement)} <span class=soft>Version {agreement.version}</span>")
        if page.pair.over_since(here.parts().today()):
            return
        signed = page.signed_on is not None
        with st.container(horizontal=True):
            st.button(
                "You signed" if signed else "Sign it", key="sign_agreement", icon=":material/signature:", disabled=signed,
                type="secondary" if signed else "primary", on_click=_sign, args=(page, agreement.version),
            )  # fmt: skip
            st.button("Change it", key="change_agreement", icon=":material/edit:", on_click=agreement_edit.begin, args=(page,))


def _why_again(page: AgreementPage, agreement: Agreement) -> None:
    """Say why a signature is asked for that had been given."""
    today = here.parts().today()
    if agreement.new_dates and not agreement.signed and not page.pair.over_since(today):
        st.info(
            f"Your coordinator changed the dates of your pair on {in_words(agreement.new_dates, today)}. They are part of what you sign, "
            f"so version {agreement.version} needs a signature from both of you; every other word is as it was.",
            icon=":material/event:",
        )


def _chip(page: AgreementPage, agreement: Agreement) -> str:
    if agreement.signed:
        return '<span class="chip green">Signed by you both</span>'
    if page.pair.over_since(here.parts().today()):
        return '<span class="chip grey">Not signed by both</span>'
    if page.signed_on is None:
        return '<span class="chip amber">Waits for your signature</span>'
    other = page.pair.mentee if page.role is RoleName.MENTOR else page.pair.mentor
    return f'<span class="chip grey">Waits for {escape(other.name)}</span>'


def _begin(page: AgreementPage) -> None:
    if here.tried(lambda: agreeing.start_agreement(here.parts(), here.me().id, page.pair.id)):
        st.session_state["done"] = "Started. Change what does not fit, then sign it both."


def _sign(page: AgreementPage, version: int) -> None:
    if here.tried(lambda: agreeing.sign_agreement(here.parts(), here.me().id, page.pair.id, version)):
        agreement = page.pair.agreement
        both = agreement is not None and (agreement.mentor_signed or agreement.mentee_signed)
        st.session_state["done"] = "Signed by you both." if both else "Signed. It holds once the other has signed as well."


# The document


def document_html(page: AgreementPage, words: Agreement) -> str:
    """Return an agreement as a document, with the pair's dates and a place for each signature.

    What is signed holds no name but those in its own words: names of people and programmes change, and a signature is of what was read.
    """
    parts = ["<h1>Our agreement</h1>"]
    for title, fields in SECTIONS:
        body = "".join(_part_html(words, field) for field in fields)
        parts.append(f"<h2>{escape(title)}</h2>{body}" if body else "")
    parts.append(f"<h2>Dates</h2><p>{escape(_dates(page.pair))}</p>")
    signed = ((page.pair.mentor, "mentor", words.mentor_signed), (page.pair.mentee, "mentee", words.mentee_signed))
    parts.append(f'<div class="sign">{"".join(_signature(*one) for one in signed)}</div>')
    return f'<article class="doc agreement">{"".join(parts)}</article>'


def _part_html(words: Agreement, field: str) -> str:
    value = getattr(words, field)
    if isinstance(value, RoleName):
        return f"<p>{escape(SCHEDULES[value])}</p>"
    if isinstance(value, tuple):
        return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in value)}</ul>" if value else ""
    return f"<p>{escape(value)}</p>" if value else ""


def _dates(pair: Pair) -> str:
    said = [f"We start on {in_words(pair.starts)}"]
    if pair.review:
        said.append(f"look back half-way on {in_words(pair.review)}")
    if pair.ends:
        said.append(f"end on {in_words(pair.ends)}")
    return f"{', '.join(said[:-1])} and {said[-1]}." if len(said) > 1 else f"{said[0]}."


def _signature(person: Person, role: str, on: date | None) -> str:
    said = f"Signed on {in_words(on)}" if on else "Not signed yet"
    return f"<div><strong>{escape(person.name)}</strong>, {role}<br><span class=soft>{said}</span></div>"
