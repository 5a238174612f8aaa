"""Import people and pairs from a spreadsheet: look first, then add what is right and mend the rest."""

import streamlit as st

from coach.errors import CoachError
from coach.services.import_report import new_coordinators, outcome
from coach.services.importing import Preview, import_people, preview, template
from coach.services.people import PeopleAndPairs
from coach.ui import here, look
from coach.ui.table import table_html

PASTED, UPLOADED, READ = "import_pasted", "import_file", "import_data"
MOST_SHOWN = 100


def show(seen: PeopleAndPairs) -> None:
    """Show where a list comes in and what it would add."""
    st.write(
        "Save your list as CSV, or copy it from the spreadsheet and paste it. The first row names the columns; name, e-mail and roles are enough to begin with. "
        "You see what would be added before anything is."
    )
    with st.form("import", border=True):
        st.file_uploader("CSV file", type=["csv", "txt", "tsv"], key=UPLOADED, max_upload_size=1)
        st.text_area("Or paste the list here, with its first row", key=PASTED, height=110)
        st.form_submit_button("Look at it", type="primary", key="look_at_list", on_click=_read)
    with st.expander("What the columns mean"):
        st.markdown(
            "- **name**, **email**: who somebody is. An address belongs to one person.\n"
            "- **role**: the job title. **department**, **region**: may stay empty.\n"
            "- **roles**: mentor, mentee, coordinator; with ; between several.\n"
            "- **mentors**: the e-mail addresses of the mentees whom this person mentors; each makes a pair.\n"
            "- **starts**, **review**, **ends**: dates of that pair, such as 2026-03-31; left empty, it runs from today for six months."
        )
        st.download_button(
            "Download a template", template().encode("utf-8-sig"), "people.csv", "text/csv", key="template", on_click="ignore"
        )
    data = st.session_state.get(READ)
    if data is not None:
        _preview(data, seen.programme.name)


def _read() -> None:
    """Keep what was uploaded or pasted; an upload goes first."""
    uploaded = st.session_state.get(UPLOADED)
    pasted = st.session_state.get(PASTED) or ""
    data = uploaded.getvalue() if uploaded is not None else pasted.encode()
    if not data:
        st.session_state["refused"] = "There is no list yet; choose a file or paste one."
        st.session_state.pop(READ, None)
    else:
        st.session_state[READ] = data


def _preview(data: bytes, programme: str) -> None:
    try:
        found = preview(here.parts(), here.me().id, data)
    except CoachError as error:
        st.error(look.plain(str(error)), icon=":material/block:")
        return
    plan = found.plan
    st.subheader("What it says")
    for note in found.notes:
        st.warning(look.plain(note), icon=":material/info:")
    with st.container(border=True):
        st.markdown(f"**{look.plain(outcome(found, imported=False))}**")
        for sentence in new_coordinators(found, imported=False):
            st.warning(look.plain(sentence), icon=":material/admin_panel_settings:")
        if plan.changes:
            st.button(
                f"Add them to {look.plain(programme)}", type="primary", key="import", icon=":material/add:", on_click=_import, args=(data,)
            )
    _to_mend(found)
    if plan.people:
        people = [
            (
                f"Row {p.row}",
                p.details.name,
                p.details.email,
                p.details.role,
                ", ".join(sorted(p.details.roles)) + (" (here already)" if p.here_already else ""),
            )
            for p in plan.people[:MOST_SHOWN]
        ]
        st.html(table_html(("In the list", "Name", "E-mail", "Job title", "Roles"), people, _caption(len(plan.people), "person", "people")))
    if plan.pairs:
        pairs = [
            (
                f"Row {p.row}",
                plan.names[p.mentor],
                plan.names[p.mentee],
                *(str(d or "") for d in (p.dates.starts, p.dates.review, p.dates.ends)),
            )
            for p in plan.pairs[:MOST_SHOWN]
        ]
        st.html(
            table_html(("In the list", "Mentor", "Mentee", "Starts", "Review", "Ends"), pairs, _caption(len(plan.pairs), "pair", "pairs"))
        )


def _to_mend(found: Preview) -> None:
    problems = found.plan.problems
    if not problems:
        return
    st.markdown(f"**To mend: {len(problems)}**")
    rows = [(f"Row {p.row}", p.problem) for p in problems[:MOST_SHOWN]]
    st.html(
        table_html(
            ("In the list", "What is wrong"), rows, "Mend them in your list and bring it in again; what is here already is not added twice."
        )
    )
    st.download_button(
        "Download the rows to mend", found.to_mend.encode("utf-8-sig"), "people-to-mend.csv", "text/csv", key="to_mend", on_click="ignore"
    )


def _caption(count: int, one: str, many: str) -> str:
    counted = f"{count} {one if count == 1 else many}"
    return counted if count <= MOST_SHOWN else f"{counted}; the first {MOST_SHOWN} are shown"


def _import(data: bytes) -> None:
    done: list[Preview] = []
    if here.tried(lambda: done.append(import_people(here.parts(), here.me().id, data))):
        st.session_state["done"] = outcome(done[0], imported=True)
