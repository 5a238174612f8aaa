"""Find out who is here: by choice at this machine, or by an identity provider."""

from html import escape

import streamlit as st
from streamlit.errors import StreamlitAuthError

from coach.domain.members import Member
from coach.domain.people import Person
from coach.errors import InputRefused
from coach.services.sample import load_demonstration
from coach.services.signing_in import Choice, Demonstration, Visitor, act_as, choice
from coach.ui import editor, here, look, setup

ELSEWHERE = (
    "This page was not opened at the machine on which the coach runs, so nobody real can be chosen and no programme set up here: start it with "
    "COACH_SIGN_IN=oidc and let people sign in with your identity provider."
)


def show() -> None:
    """Show what this is, and the way in."""
    visitor = here.visitor()
    found = choice(here.parts(), visitor)
    st.title("Reverse mentoring coach")
    st.write(
        "Prepare a session with someone senior. Drafts are grounded in your programme's guidance, and nothing leaves before you have approved it."
    )
    if visitor.by_provider:
        _by_provider(visitor, found)
        return
    if not visitor.at_this_machine and (found.real_programme or found.sample is None):
        st.warning(ELSEWHERE, icon=":material/lock:")
    if found.members:
        _choose_member(found.members)
    if found.sample is not None:
        _demonstration(found.sample)
    if found.can_set_up:
        _set_up(visitor, found)
    else:
        setup.show_kept()


def leave() -> None:
    """Forget who is here; in the browser and at the identity provider too, where one is used."""
    by_provider = here.visitor().by_provider
    editor.flush_all()
    here.sign_out()
    st.query_params.clear()
    if by_provider:
        st.logout()


def _by_provider(visitor: Visitor, found: Choice) -> None:
    if visitor.unverified:
        st.warning(
            "Your identity provider has not verified your e-mail address, so it cannot say who you are here.", icon=":material/lock:"
        )
    elif visitor.email is None:
        if visitor.until is not None:
            st.info("Your sign-in has run out. What you saved is safe.", icon=":material/schedule:")
        here.show_refusal()
        st.button("Sign in with your organisation's account", type="primary", icon=":material/login:", key="login", on_click=_log_in)
        return
    elif found.can_set_up:
        setup.show(visitor)
    else:
        here.show_refusal()
        st.warning(
            f"Nobody here has the e-mail address {look.plain(visitor.email)}. Ask your programme's coordinator to add it.",
            icon=":material/person_off:",
        )
        setup.show_kept()
    st.button("Sign out", icon=":material/logout:", key="leave", type="tertiary", on_click=leave)


def _log_in() -> None:
    def go() -> None:
        try:
            st.login()
        except StreamlitAuthError:
            raise InputRefused(
                "The identity provider is not set up; whoever runs the coach finds how in its README, under Sign-in."
            ) from None

    here.tried(go)


def _choose_member(members: tuple[Member, ...]) -> None:
    st.html(
        '<div class="demo" role="note"><strong>Anybody at this computer can act as anybody.</strong> '
        "That is meant for one person trying the coach on their own machine; for a team, let an identity provider decide who is here.</div>"
    )
    here.show_refusal()
    st.subheader("Who are you?")
    ids = {m.person.id: m for m in members}
    chosen = st.selectbox("Person", list(ids), format_func=lambda i: _named(ids[i]), key="choose_member")
    st.button("Continue", type="primary", key="sign_in_member", on_click=_act_as, args=(chosen,))


def _named(member: Member) -> str:
    return f"{member.person.name} ({', '.join(sorted(member.roles)) or 'no role yet'})"


def _act_as(person_id: str) -> None:
    here.tried(lambda: here.sign_in(act_as(here.parts(), here.visitor(), person_id)))


def _demonstration(found: Demonstration) -> None:
    st.html(
        '<div class="demo" role="note"><strong>This is a demonstration.</strong> '
        f"{escape(found.programme.name)}, its company and its people are invented, and anybody who opens this page can act as anybody. Type nothing real.</div>"
    )
    mentor, mentee, coordinator = st.columns(3, gap="large")
    with mentor:
        _choose("Act as a mentor", "The junior person, who prepares and leads the sessions.", found.mentors, "mentor")
    with mentee:
        _choose("Act as a mentee", "The senior person, who listens, tries things out and reads released agendas.", found.mentees, "mentee")
    with coordinator:
        _choose("Act as a coordinator", "Who looks after the programme, its people and its pairs.", found.coordinators, "coordinator")
    st.caption("Mentors see their own drafts. Mentees see an agenda only once its mentor has released it. Coordinators see neither.")


def _choose(title: str, said: str, people: tuple[Person, ...], key: str) -> None:
    st.subheader(title)
    st.write(said)
    person = st.selectbox("Person", people, format_func=lambda p: f"{p.name}, {p.role}", key=f"choose_{key}")
    if person is not None:
        st.button(f"Continue as this {key}", type="primary", key=f"sign_in_{key}", on_click=_continue, args=(f"choose_{key}",))


def _continue(field: str) -> None:
    """Act as who is chosen now: a quick click can come before the page has shown the choice."""
    here.sign_in(st.session_state[field])


def _set_up(visitor: Visitor, found: Choice) -> None:
    if found.sample is not None and "setting_up" not in st.session_state:
        st.button("Set up your own programme", key="begin_setup", icon=":material/add:", on_click=_begin_setup)
        return
    setup.show(visitor)
    if found.sample is None:
        st.subheader("Or look around first")
        st.write(
            "A fictional programme with invented people, in which you can act as anybody. Your own can be set up afterwards all the same."
        )
        st.button("Look around in a fictional programme", key="look_around", icon=":material/explore:", on_click=_look_around)


def _begin_setup() -> None:
    st.session_state["setting_up"] = True


def _look_around() -> None:
    with st.spinner("Loading the fictional programme, once"):
        here.tried(lambda: load_demonstration(here.parts()))
