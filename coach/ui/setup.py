"""Set up a programme: the first page of an empty data folder."""

import streamlit as st

from coach.domain.members import PersonDetails
from coach.services.coordinating import set_up
from coach.services.signing_in import Visitor
from coach.ui import here, programme_form, typed

NAME = "setup"
YOU = ("your_name", "your_role", "your_email")


def show(visitor: Visitor) -> None:
    """Show the fields of a new programme, whose coordinator is whoever fills them in."""
    st.subheader("Set up your programme")
    st.write("You become its coordinator. Everything here can be changed later, and nobody is told anything yet.")
    here.show_refusal()
    if typed.find(NAME) is None:
        typed.begin(NAME, {name: "" for name in YOU} | programme_form.usual_values(here.parts().today()))
    form = typed.find(NAME)
    assert form is not None
    with st.container(border=True):
        name, role = st.columns(2)
        name.text_input("Your name", **typed.field(form, "your_name"), autocomplete="name")
        role.text_input("Your job title", **typed.field(form, "your_role"), autocomplete="organization-title")
        if visitor.email is None:
            st.text_input("Your e-mail address", **typed.field(form, "your_email"), autocomplete="email")
        else:
            st.text(f"You signed in as {visitor.email}.")
        programme_form.first_fields(form)
        with st.expander("More: what you call it, objectives, minimum reporting group"):
            programme_form.further_fields(form, group_fixed=False)
        st.button("Set up the programme", type="primary", key="set_up", on_click=_set_up)


def _set_up() -> None:
    form = typed.collect(NAME)
    visitor = here.visitor()
    if form is None:
        return
    values = form.values
    founder = PersonDetails(name=values["your_name"], role=values["your_role"], email=visitor.email or values["your_email"])
    if here.tried(lambda: here.sign_in(set_up(here.parts(), visitor, programme_form.settings_of(values), founder))):
        st.session_state["until"] = visitor.until
        st.session_state["done"] = "The programme is set up. Next, add the people who take part."


def show_kept() -> None:
    """Show what somebody typed here while somebody else set the programme up."""
    form = typed.find(NAME)
    typed_words = [str(value) for value in form.values.values() if isinstance(value, str) and value] if form else []
    if not typed_words:
        return
    with st.expander("What you typed, to copy", expanded=True):
        for words in typed_words:
            st.text(words)
