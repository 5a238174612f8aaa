"""Who is signed in, the parts behind the pages, and how one page leads to another."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from coach.bootstrap import shared_parts
from coach.domain.people import Person
from coach.errors import AccessDenied, CoachError
from coach.services.parts import Parts
from coach.services.signing_in import Visitor, local_visitor, provider_visitor, signs_in_by_provider, trusts_addresses
from coach.ui.look import plain


def parts() -> Parts:
    """Return the parts that the app's start already joined and warmed."""
    return shared_parts()


def visitor() -> Visitor:
    """Return who looks at this page, as far as that is known before a person is found."""
    if signs_in_by_provider():
        return provider_visitor(claims(), parts().now(), trusts_addresses())
    return local_visitor(headers(), st.context.ip_address)


def headers() -> Mapping[str, str]:
    """Return the headers of the request that opened this page."""
    return st.context.headers


def claims() -> Mapping[str, Any]:
    """Return what the identity provider says of whoever signed in."""
    return st.user.to_dict()


def me() -> Person:
    """Return the person who is signed in; AccessDenied once the identity provider's word for them has run out."""
    until = st.session_state.get("until")
    if until is not None and until <= parts().now():
        raise AccessDenied("Your sign-in has run out, so nothing was changed. Sign in again; what you saved is safe.")
    person: Person = st.session_state["person"]
    return person


def sign_in(person: Person) -> None:
    """Act as this person from now on."""
    sign_out()
    st.session_state["person"] = person


def sign_out() -> None:
    """Forget the person and everything that the session holds of them."""
    for key in list(st.session_state):
        del st.session_state[key]


def lead(page: str, **params: str) -> None:
    """Lead to another page of this person; a callback, because a click seen only later in a run can be lost to the next run."""
    st.session_state["lead_to"] = (page, params)


def follow() -> None:
    """Go where the last click leads, if it leads anywhere: to the first page where that one is no longer this person's."""
    if wanted := st.session_state.pop("lead_to", None):
        page, params = wanted
        pages = st.session_state["pages"]
        if page not in pages:
            st.session_state["moved"] = (
                "The page that you asked for is no longer yours, because your roles have changed. This is your first page; what you saved is safe."
            )
            page, params = next(iter(pages)), {}
        st.switch_page(pages[page], query_params=params)


def show_moved() -> None:
    """Say why this is another page than the last click asked for, once."""
    if said := st.session_state.pop("moved", None):
        st.warning(plain(said), icon=":material/move_down:")


def param(name: str) -> str | None:
    """Return a parameter of the page's address; kept for the page when the address is rewritten."""
    value = st.query_params.get(name)
    return str(value) if value else None


def tried(act: Callable[[], object]) -> bool:
    """Do something a person asked for; show its error in one sentence and return False where it was refused."""
    try:
        act()
    except CoachError as error:
        st.session_state["refused"] = str(error)
        return False
    st.session_state.pop("refused", None)
    return True


def show_refusal() -> None:
    """Show why the last step was refused, once."""
    # The place is kept where nothing is said, so that fields below stay where they are and lose no letter that is being typed.
    with st.container():
        if said := st.session_state.pop("refused", None):
            st.error(plain(said), icon=":material/block:")


def show_done() -> None:
    """Show what the last step did, once."""
    with st.container():
        if said := st.session_state.pop("done", None):
            st.success(plain(said), icon=":material/check_circle:")
