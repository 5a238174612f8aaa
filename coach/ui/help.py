"""Ask for help: what will be seen and kept is shown before it goes, and it is all that is kept."""

from datetime import date
from html import escape

import streamlit as st

from coach.domain.days import in_words
from coach.domain.help import HelpWords
from coach.domain.people import Programme
from coach.services import help as helping
from coach.ui import here, typed
from coach.ui.typed import Form

NAME = "help"


def show() -> None:
    """Show the way to a person, and a way to write to the coordinators."""
    programme = helping.programme_to_ask(here.parts(), here.me().id)
    st.title("Ask for help")
    here.show_done()
    _route(programme)
    if typed.find(NAME) is None:
        typed.begin(NAME, {"text": "", "reach": ""}, base=False)
    form = typed.find(NAME)
    if form is not None:
        (_before_it_goes if form.base else _write)(form)


def call_html(words: HelpWords, on: date) -> str:
    """Return a call for help as coordinators see it."""
    reach = escape(words.reach) or "Not given: nobody can answer this person directly."
    return (
        f'<article class="doc"><p style="white-space:pre-line">{escape(words.text)}</p><p class="soft"><strong>How to reach them.</strong> {reach}<br>'
        f"<strong>Sent on</strong> {in_words(on)}</p></article>"
    )


def _route(programme: Programme) -> None:
    route = programme.route or "Your programme has named nobody yet; a person outside your line of work whom you trust is a good start."
    st.html(
        '<div class="doc"><strong>If it is harassment, discrimination, retaliation or fear of harm, go to a person straight away.</strong>'
        f'<p style="margin:.4rem 0 0">{escape(route)}</p></div>'
    )


def _write(form: Form) -> None:
    st.markdown(
        "**Or write to the coordinators of your programme.** About your pair, the way you meet, a new match, or anything that is in your way."
    )
    st.text_area("What do you need?", **typed.field(form, "text"), height=160)
    st.text_input("How to reach you (leave empty to stay unnamed)", **typed.field(form, "reach"), autocomplete="off")
    here.show_refusal()
    st.button("Look at it before it goes", type="primary", key="look_at_help", on_click=_look)
    st.caption("Nothing is sent yet. You see first what the coordinators will see.")


def _look() -> None:
    form = typed.collect(NAME)
    if form is None:
        return
    if problem := HelpWords(**form.values).tidied().problem():
        st.session_state["refused"] = problem
    else:
        form.base = True


def _before_it_goes(form: Form) -> None:
    words = HelpWords(**form.values).tidied()
    st.markdown("**This is all that the coordinators see, and all that is kept:**")
    st.html(call_html(words, here.parts().today()))
    unnamed = "Your name is not kept with it" if words.reach else "You stay unnamed: your name is not kept with it"
    st.markdown(
        f"{unnamed}, nor the time of day, and the audit trail says nothing of it. In a small programme the day, the way somebody writes, "
        "or what they write about, may still show who it is. "
        "Leave out what only you could know, or say openly who you are."
    )
    here.show_refusal()
    with st.container(horizontal=True):
        st.button("Change it", key="change_help", on_click=_change)
        st.button("Send it to the coordinators", type="primary", key="send_help", icon=":material/send:", on_click=_send)


def _change() -> None:
    form = typed.find(NAME)
    if form is not None:
        form.base = False


def _send() -> None:
    form = typed.find(NAME)
    if form is None or not form.base:
        return
    if here.tried(lambda: helping.ask(here.parts(), here.me().id, form.values["text"], form.values["reach"])):
        typed.end(NAME)
        answer = (
            "They will use the way that you gave."
            if form.values["reach"].strip()
            else "Nobody can answer you directly, as you gave no way to reach you."
        )
        st.session_state["done"] = f"Sent. {answer}"
