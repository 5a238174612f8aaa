"""Edit an agenda field by field; what is typed is kept at once, and saved as a revision on demand."""

from typing import Any

import streamlit as st

from coach.domain.agenda import AgendaContent
from coach.domain.review import WorkingCopy
from coach.errors import EditConflict
from coach.services import reviewing
from coach.services.reviewing import ReviewPage
from coach.ui import here

LEADS = {"mentor": "the mentor", "mentee": "the mentee", "both": "both"}


def show(page: ReviewPage) -> None:
    """Show the agenda as fields; restores what was typed and not saved."""
    draft_id = page.draft.id
    copy = _working_copy(page)
    if copy.base != page.revision.number:
        _conflict(page)
    content = copy.content
    _total(content)
    _field(page, content, "Purpose", ("purpose",))
    for i, item in enumerate(content["items"]):
        with st.container(border=True):
            _item(page, content, i, item)
    if st.button("Add an item", icon=":material/add:", key="add_item"):
        content["items"].insert(
            max(0, len(content["items"]) - 1),
            {"minutes": 5, "title": "", "goal_id": None, "lead": "mentor", "questions": [], "citations": []},
        )
        _keep(page, content)
        st.rerun()
    _field(page, content, "Before we meet (one line each)", ("preparation",))
    _field(page, content, "Before we part (one line each)", ("close",))
    save, give_up, _ = st.columns([2, 2, 5])
    save.button("Save changes", type="primary", key="save_edit", on_click=_save, args=(page,), width="stretch")
    give_up.button("Give up the changes", key="give_up", on_click=_give_up, args=(draft_id,), width="stretch")
    st.caption("What you type is kept as you go, also over a reload. Saving makes a new revision, which has to be approved again.")


def _working_copy(page: ReviewPage) -> WorkingCopy:
    key = f"copy_{page.draft.id}"
    if key not in st.session_state:
        kept = reviewing.unsaved(here.parts(), here.me().id, page.draft.id)
        if kept is not None:
            st.toast("Brought back what you typed earlier and did not save.")
        st.session_state[key] = kept or WorkingCopy(base=page.revision.number, content=page.revision.content.model_dump(mode="json"))
    copy: WorkingCopy = st.session_state[key]
    return copy


def _keep(page: ReviewPage, content: dict[str, Any]) -> None:
    """Keep the edit so far in the session and in the store."""
    key = f"copy_{page.draft.id}"
    st.session_state[key] = WorkingCopy(base=st.session_state[key].base, content=content)
    here.tried(lambda: reviewing.keep_unsaved(here.parts(), here.me().id, page.draft.id, st.session_state[key]))


def _field(page: ReviewPage, content: dict[str, Any], label: str, path: tuple[str | int, ...]) -> None:
    """Show one text of the content; a list is shown as lines."""
    holder: Any = content
    for step in path[:-1]:
        holder = holder[step]
    value = holder[path[-1]]
    key = f"edit_{page.draft.id}_{'_'.join(map(str, path))}_{len(content['items'])}"

    def changed() -> None:
        typed = st.session_state[key]
        holder[path[-1]] = [line.strip() for line in typed.splitlines() if line.strip()] if isinstance(value, list | tuple) else typed
        _keep(page, content)

    shown = "\n".join(value) if isinstance(value, list | tuple) else value
    st.text_area(label, shown, key=key, on_change=changed, height="content")


def _item(page: ReviewPage, content: dict[str, Any], i: int, item: dict[str, Any]) -> None:
    count = len(content["items"])
    minutes, title, lead, remove = st.columns([2, 8, 3, 2.4], vertical_alignment="bottom")

    def set_to(name: str, key: str) -> None:
        item[name] = st.session_state[key]
        _keep(page, content)

    keys = {name: f"edit_{page.draft.id}_{i}_{name}_{count}" for name in ("minutes", "title", "lead")}
    minutes.number_input("Minutes", 1, 480, item["minutes"], key=keys["minutes"], on_change=set_to, args=("minutes", keys["minutes"]))
    title.text_input("Title", item["title"], key=keys["title"], on_change=set_to, args=("title", keys["title"]))
    options = list(LEADS)
    lead.selectbox(
        "Leads",
        options,
        options.index(item["lead"]),
        format_func=LEADS.__getitem__,
        key=keys["lead"],
        on_change=set_to,
        args=("lead", keys["lead"]),
    )
    if remove.button("Remove", key=f"remove_{i}_{count}", icon=":material/delete:"):
        content["items"].pop(i)
        _keep(page, content)
        st.rerun()
    _field(page, content, "Questions (one line each)", ("items", i, "questions"))


def _total(content: dict[str, Any]) -> None:
    planned = sum(item["minutes"] for item in content["items"])
    free = content["minutes"] - planned
    if free < 0:
        st.warning(f"The items take {planned} minutes, {-free} more than the session has.", icon=":material/timer_off:")
    else:
        st.caption(f"{planned} of {content['minutes']} minutes are planned, {free} stay free.")


def _save(page: ReviewPage) -> None:
    copy: WorkingCopy = st.session_state[f"copy_{page.draft.id}"]

    def save() -> None:
        reviewing.save_edit(here.parts(), here.me().id, page.draft.id, copy.base, copy.content)

    if here.tried(save):
        _leave(page.draft.id)
        st.session_state["done"] = "Saved as a new revision. It needs your approval before it can be released."


def _give_up(draft_id: str) -> None:
    if here.tried(lambda: reviewing.give_up_unsaved(here.parts(), here.me().id, draft_id)):
        _leave(draft_id)


def _leave(draft_id: str) -> None:
    st.session_state.pop(f"copy_{draft_id}", None)
    st.session_state.pop("editing", None)


def _conflict(page: ReviewPage) -> None:
    """Say that a newer revision exists, and let the editor keep their own text on top of it."""
    st.error(
        str(EditConflict(f"Revision {page.revision.number} was saved since you began. Your text below is untouched and not saved yet.")),
        icon=":material/merge:",
    )
    with st.expander("The revision saved meanwhile"):
        st.text(page.revision.markdown)

    def mine_on_top() -> None:
        key = f"copy_{page.draft.id}"
        st.session_state[key] = WorkingCopy(
            base=page.revision.number, content=AgendaContent.model_validate(st.session_state[key].content).model_dump(mode="json")
        )

    st.button("Keep my text, on top of that revision", key="mine_on_top", on_click=mine_on_top)
