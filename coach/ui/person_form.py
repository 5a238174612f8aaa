"""The fields of one person: to add them or to change what is known of them."""

import streamlit as st

from coach.domain.members import Member, PersonDetails
from coach.domain.people import RoleName
from coach.services.people import add_person, change_person
from coach.ui import here, look, typed

NAME = "person"
SAYS = {RoleName.MENTOR: "Mentor (the junior person)", RoleName.MENTEE: "Mentee (the senior person)", RoleName.COORDINATOR: "Coordinator"}


def begin(member: Member | None = None) -> None:
    """Open the fields, for somebody new or for a member."""
    details = member.details if member else PersonDetails(name="", email="")
    values = details.model_dump() | {"roles": [role for role in RoleName if role in details.roles]}
    typed.begin(NAME, values, base=member)


def is_open() -> bool:
    """Tell whether somebody is being added or changed."""
    return typed.find(NAME) is not None


def show() -> None:
    """Show the fields of the person who is being added or changed."""
    form = typed.find(NAME)
    assert form is not None
    st.subheader(f"Change {look.plain(form.base.person.name)}" if form.base else "Add a person")
    with st.container(border=True):
        name, email = st.columns(2)
        name.text_input("Name", **typed.field(form, "name"), autocomplete="off")
        email.text_input("E-mail address", **typed.field(form, "email"), autocomplete="off")
        st.pills(
            "In the programme", list(RoleName), selection_mode="multi", default=form.values["roles"], format_func=SAYS.__getitem__,
            **typed.kept(form, "roles"),
        )  # fmt: skip
        role, department, region = st.columns(3)
        role.text_input("Job title", **typed.field(form, "role"), autocomplete="off")
        department.text_input("Department", **typed.field(form, "department"), autocomplete="off", help="May stay empty.")
        region.text_input("Region", **typed.field(form, "region"), autocomplete="off", help="May stay empty.")
        with st.container(horizontal=True):
            st.button("Save", type="primary", key="save_person", on_click=_save)
            if form.base is None:
                st.button("Save and add another", key="save_person_again", on_click=_save, args=(True,))
            st.button("Cancel", key="cancel_person", type="tertiary", on_click=typed.end, args=(NAME,))
    st.caption("Nobody is told by the app. Write to the person yourself, and ask whether they want to take part.")


def _save(another: bool = False) -> None:
    form = typed.collect(NAME)
    if form is None:
        return
    details = PersonDetails(**form.values | {"roles": frozenset(form.values["roles"] or ())})
    member: Member | None = form.base
    if member is None:
        saved = here.tried(lambda: add_person(here.parts(), here.me().id, details))
    else:
        saved = here.tried(lambda: change_person(here.parts(), here.me().id, member.person.id, details, member.details))
    if saved:
        st.session_state["done"] = f"{details.name} is {'changed' if form.base else 'added'}."
        typed.end(NAME)
        if another:
            begin()
