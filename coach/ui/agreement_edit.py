"""Change a pair's agreement part by part; two people who change it at once never overwrite each other."""

import streamlit as st

from coach.domain.agreements import NEEDED
from coach.domain.people import Agreement, RoleName
from coach.services import agreeing
from coach.services.agreeing import AgreementPage
from coach.ui import here, typed
from coach.ui.typed import Form

LISTS = {"ground_rules": "Ground rules (one line each)", "off_limits": "Topics that are closed (one line each)"}
LABELS = {
    "roles": "Roles do not switch",
    "expectations_of_mentor": "What the mentee may expect of the mentor",
    "expectations_of_mentee": "What the mentor may expect of the mentee",
    "ground_rules": LISTS["ground_rules"],
    "confidentiality": "What stays between you",
    "limits": "Where confidentiality ends",
    "off_limits": LISTS["off_limits"],
    "rhythm": "How often and how long you meet",
    "channel": "Where you meet, and how you write in between",
    "problems": "How to raise a problem",
    "leaving": "How either of you can leave",
}
SCHEDULES = {None: "not settled", RoleName.MENTOR: "the mentor", RoleName.MENTEE: "the mentee"}


def is_open(page: AgreementPage) -> bool:
    """Tell whether somebody is changing the agreement."""
    return typed.find(_name(page)) is not None


def begin(page: AgreementPage) -> None:
    """Open the fields with the words as they are; parts that are needed and empty start from the template."""
    words = page.words
    values = {name: "\n".join(getattr(words, name)) if name in LISTS else getattr(words, name) for name in LABELS}
    typed.begin(_name(page), values | {"schedules": words.schedules}, base=page.pair.agreement.version if page.pair.agreement else 0)


def show(page: AgreementPage, present: str) -> None:
    """Show the fields; `present` is the agreement as it stands, in HTML."""
    form, agreement = typed.find(_name(page)), page.pair.agreement
    if form is None or agreement is None:
        return
    with st.container():  # a place of its own, so that the fields below stay where they are
        if agreement.version != form.base:
            _conflict(form, agreement.version, present)
    with st.container(key="agreement_fields"):
        for name, label in LABELS.items():
            st.text_area(label, **typed.field(form, name), height="content", help=_help(name))
            if name == "channel":
                options = list(SCHEDULES)
                at = options.index(form.values["schedules"])
                st.selectbox("Who sees to the dates", options, at, format_func=SCHEDULES.__getitem__, **typed.kept(form, "schedules"))
    _before_saving(agreement)
    here.show_refusal()
    with st.container(horizontal=True):
        st.button("Save as a new version", type="primary", key="save_agreement", on_click=_save, args=(page,))
        st.button("Give up the changes", key="leave_agreement", on_click=typed.end, args=(form.name,))
    st.caption("What you type is kept when you leave a field, until you save it or give it up. Reloading the page in the browser loses it.")


def _name(page: AgreementPage) -> str:
    return f"agreement_{page.pair.id}"


def _help(name: str) -> str | None:
    return "Word this part as you like; it cannot be left empty." if name in NEEDED else None


def _before_saving(agreement: Agreement) -> None:
    said = f"Saving makes version {agreement.version + 1}."
    if agreement.mentor_signed or agreement.mentee_signed:
        st.warning(
            f"{said} The signatures under version {agreement.version} no longer count then, and you both sign again.",
            icon=":material/signature:",
        )
    else:
        st.caption(f"{said} Nobody has signed yet.")


def _conflict(form: Form, version: int, present: str) -> None:
    st.error(f"Version {version} was saved since you began. Your words below are untouched and not saved yet.", icon=":material/merge:")
    with st.expander("The version saved meanwhile"):
        st.html(present)
    st.button("Keep my words, on top of that version", key="agreement_on_top", on_click=_on_top, args=(form.name, version))


def _on_top(name: str, version: int) -> None:
    form = typed.collect(name)
    if form is not None:
        form.base = version


def _save(page: AgreementPage) -> None:
    form = typed.collect(_name(page))
    if form is None:
        return
    values = {name: tuple(text.splitlines()) if name in LISTS else text for name, text in form.values.items()}
    words = Agreement(**values)
    if here.tried(lambda: agreeing.change_agreement(here.parts(), here.me().id, page.pair.id, form.base, words)):
        typed.end(form.name)
        st.session_state["done"] = "Saved. Read it once more and sign it; it waits for both of you."
