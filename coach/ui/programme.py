"""Programme: calls for help, what the programme is set to, and its prompts."""

import streamlit as st

from coach.domain.help import HelpRequest, HelpWords
from coach.domain.programmes import has_started
from coach.services import help as helping
from coach.services.coordinating import change_programme, my_programme
from coach.ui import here, programme_form, prompts, sections, typed
from coach.ui.help import call_html

NAME = "programme"
TITLES = {"settings": "Settings", "calls": "Calls for help", "prompts": "Prompts"}


def show() -> None:
    """Show one of the three sections."""
    st.title("Programme")
    section = sections.choose("programme", TITLES)
    here.show_done()
    here.show_refusal()
    {"settings": _settings, "calls": _calls, "prompts": prompts.show}[section]()


def _settings() -> None:
    present = my_programme(here.parts(), here.me().id)
    form = typed.find(NAME)
    if form is None or (form.base != present and form.values == programme_form.values_of(form.base)):
        typed.begin(NAME, programme_form.values_of(present), base=present)
        form = typed.find(NAME)
    assert form is not None
    with st.container(border=True):
        programme_form.first_fields(form)
        programme_form.further_fields(form, has_started(present, here.parts().today()))
        with st.container(horizontal=True):
            st.button("Save", type="primary", key="save_programme", on_click=_save)
            st.button("Put back what is saved", key="reset_programme", type="tertiary", on_click=typed.end, args=(NAME,))


def _save() -> None:
    form = typed.collect(NAME)
    if form is not None and here.tried(
        lambda: change_programme(here.parts(), here.me().id, programme_form.settings_of(form.values), form.base)
    ):
        typed.end(NAME)
        st.session_state["done"] = "The programme is changed."


def _calls() -> None:
    calls = helping.requests(here.parts(), here.me().id)
    open_calls = [call for call in calls if call.closed_on is None]
    closed = [call for call in calls if call.closed_on is not None]
    st.caption(
        "Mentors and mentees write here without being named. You see what they wrote and how to reach them, if they said so; nothing else is kept."
    )
    if not open_calls:
        st.info("No call for help is open. When somebody writes, it stands here and on your overview.", icon=":material/support_agent:")
    for call in open_calls:
        _call(call)
        st.button("It is dealt with", key=f"close_{call.id}", icon=":material/check:", on_click=_close, args=(call.id,))
    if closed:
        with st.expander(f"Dealt with ({len(closed)})"):
            for call in closed:
                _call(call)


def _call(call: HelpRequest) -> None:
    st.html(call_html(HelpWords(text=call.text, reach=call.reach), call.sent_on))


def _close(request_id: str) -> None:
    if here.tried(lambda: helping.close(here.parts(), here.me().id, request_id)):
        st.session_state["done"] = "Kept as dealt with."
