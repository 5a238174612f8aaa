"""People and pairs: who takes part, who meets whom, and a list from a spreadsheet."""

import streamlit as st

from coach.domain.members import Member
from coach.domain.pairs import Standing
from coach.services.people import PeopleAndPairs, people_and_pairs
from coach.ui import here, import_people, pairs, person_form, sections
from coach.ui.table import table_html

TITLES = {"people": "People", "pairs": "Pairs", "import": "Import a list"}
MANY = 12  # from here on a list is searched rather than read
MOST_SHOWN = 200


def show() -> None:
    """Show one of the three sections."""
    st.title("People and pairs")
    seen = people_and_pairs(here.parts(), here.me().id)
    section = sections.choose("people", TITLES)
    here.show_done()
    here.show_refusal()
    if section == "pairs":
        pairs.show(seen)
    elif section == "import":
        import_people.show(seen)
    else:
        _people(seen)


def _people(seen: PeopleAndPairs) -> None:
    if person_form.is_open():
        person_form.show()
        return
    st.button("Add a person", icon=":material/person_add:", key="add_person", type="primary", on_click=person_form.begin)
    if len(seen.members) < 2:
        st.info(
            "Nobody but you is here yet. Add the people who take part, one by one or from a spreadsheet: mentors are the junior people, "
            "mentees the senior ones. Then make pairs.",
            icon=":material/group:",
        )
    found = _searched(seen.members) if len(seen.members) > MANY else seen.members
    _change(found)
    shown = f"{len(found)} of {len(seen.members)} people" if len(found) < len(seen.members) else f"{len(found)} people"
    caption = shown if len(found) <= MOST_SHOWN else f"{shown}; the first {MOST_SHOWN} are shown, search to narrow them down"
    st.html(_table(seen, found[:MOST_SHOWN], caption))


def _table(seen: PeopleAndPairs, found: tuple[Member, ...], caption: str) -> str:
    """Return the people as a table; a column that holds nothing is left out."""
    with_whom = _with_whom(seen)
    columns = {
        "Name": [m.person.name for m in found],
        "E-mail": [m.person.email for m in found],
        "Job title": [m.person.role for m in found],
        "Department, region": [", ".join(filter(None, (m.person.department, m.person.region))) for m in found],
        "Roles": [", ".join(sorted(m.roles)) for m in found],
        "Pairs": [with_whom.get(m.person.id, "") for m in found],
    }
    filled = {title: cells for title, cells in columns.items() if any(cells)}
    return table_html(tuple(filled), list(zip(*filled.values(), strict=True)), caption)


def _searched(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Return the people that match what is searched for, of one department where one is chosen."""
    search, filters = st.columns([2, 1])
    words = search.text_input("Search name or e-mail", key="search_people", icon=":material/search:").casefold().split()
    departments = sorted({m.person.department for m in members} - {""})
    chosen = filters.selectbox("Department", ["All", *departments], key="department") if len(departments) > 1 else "All"
    return tuple(
        m
        for m in members
        if all(word in f"{m.person.name} {m.person.email}".casefold() for word in words) and chosen in ("All", m.person.department)
    )


def _change(found: tuple[Member, ...]) -> None:
    """Offer to change one of the people shown."""
    if not found:
        st.text("Nobody matches this search.")
        return
    by_id = {m.person.id: m for m in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Change somebody", list(by_id), index=None, placeholder="Choose a person", key="change_whom",
            format_func=lambda i: f"{by_id[i].person.name}, {by_id[i].person.email}", width=420,
        )  # fmt: skip
        if chosen is not None:
            st.button("Change", key="change_person_details", on_click=person_form.begin, args=(by_id[chosen],))


def _with_whom(seen: PeopleAndPairs) -> dict[str, str]:
    """Return in words whom each person meets now."""
    found: dict[str, list[str]] = {}
    for pair in seen.pairs:
        if pair.standing(here.parts().today()) is not Standing.OVER:
            found.setdefault(pair.mentor.id, []).append(f"mentors {pair.mentee.name}")
            found.setdefault(pair.mentee.id, []).append(f"mentored by {pair.mentor.name}")
    return {person: "; ".join(words) for person, words in found.items()}
