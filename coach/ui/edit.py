"""Edit an agenda field by field; what is typed is kept at once, and saved as a revision on demand."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from coach.domain.review import WorkingCopy
from coach.services import reviewing
from coach.services.reviewing import ReviewPage
from coach.ui import here

LEADS = {"mentor": "the mentor", "mentee": "the mentee", "both": "both"}
NEW_ITEM = {"minutes": 5, "title": "", "goal_id": None, "lead": "mentor", "questions": [], "citations": []}
Path = tuple[str | int, ...]


def show(page: ReviewPage) -> None:
    """Show the agenda as fields; restores what was typed and not saved."""
    copy = _working_copy(page)
    if copy.base != page.revision.number:
        _conflict(page)
    content = copy.content
    _total(content)
    _lines(page, content, ("purpose",), "Purpose")
    for i in range(len(content["items"])):
        with st.container(border=True):
            _item(page, content, i)
    st.button("Add an item", icon=":material/add:", key="add_item", on_click=_add, args=(page,))
    _lines(page, content, ("preparation",), "Before we meet (one line each)")
    _lines(page, content, ("close",), "Before we part (one line each)")
    save, give_up, _ = st.columns([2, 2, 5])
    save.button("Save changes", type="primary", key="save_edit", on_click=_save, args=(page,), width="stretch")
    give_up.button("Give up the changes", key="give_up", on_click=_give_up, args=(page.draft.id,), width="stretch")
    st.caption(
        "What you type is kept when you leave a field, also over a reload. Saving makes a new revision, which has to be approved again."
    )


def _working_copy(page: ReviewPage) -> WorkingCopy:
    name = f"copy_{page.draft.id}"
    if name not in st.session_state:
        kept = reviewing.unsaved(here.parts(), here.me().id, page.draft.id)
        if kept is not None:
            st.toast("Brought back what you typed earlier and did not save.")
        st.session_state[name] = kept or WorkingCopy(base=page.revision.number, content=page.revision.content.model_dump(mode="json"))
    copy: WorkingCopy = st.session_state[name]
    return copy


def _paths(content: dict[str, Any]) -> Iterator[Path]:
    """Yield the way to each field that can be edited."""
    yield from (("purpose",), ("preparation",), ("close",))
    for i in range(len(content["items"])):
        yield from (("items", i, name) for name in ("minutes", "title", "lead", "questions"))


def _key(page: ReviewPage, content: dict[str, Any], path: Path) -> str:
    # The number of items is part of the key, so that fields do not inherit the text of an item that was removed.
    return f"edit_{page.draft.id}_{len(content['items'])}_{'_'.join(map(str, path))}"


def _collect(page: ReviewPage) -> WorkingCopy | None:
    """Read every field as it stands now: a field's change and a click may arrive in either order."""
    copy: WorkingCopy | None = st.session_state.get(f"copy_{page.draft.id}")
    if copy is None:
        return None
    for path in _paths(copy.content):
        key = _key(page, copy.content, path)
        if key in st.session_state:
            holder, name = _holder(copy.content, path)
            typed = st.session_state[key]
            holder[name] = (
                [line.strip() for line in typed.splitlines() if line.strip()] if isinstance(holder[name], list | tuple) else typed
            )
    return copy


def _holder(content: dict[str, Any], path: Path) -> tuple[Any, str | int]:
    holder: Any = content
    for step in path[:-1]:
        holder = holder[step]
    return holder, path[-1]


def _keep(page: ReviewPage) -> None:
    """Keep the edit so far, in the session and in the store."""
    copy = _collect(page)
    if copy is not None:
        here.tried(lambda: reviewing.keep_unsaved(here.parts(), here.me().id, page.draft.id, copy))


def _lines(page: ReviewPage, content: dict[str, Any], path: Path, label: str) -> None:
    """Show one text of the content; a list is shown as lines."""
    holder, name = _holder(content, path)
    value = holder[name]
    shown = "\n".join(value) if isinstance(value, list | tuple) else value
    st.text_area(label, shown, key=_key(page, content, path), on_change=_keep, args=(page,), height="content")


def _item(page: ReviewPage, content: dict[str, Any], i: int) -> None:
    item = content["items"][i]
    minutes, title, lead, remove = st.columns([2, 8, 3, 2.4], vertical_alignment="bottom")
    keys = {name: _key(page, content, ("items", i, name)) for name in ("minutes", "title", "lead")}
    minutes.number_input("Minutes", 1, 480, item["minutes"], key=keys["minutes"], on_change=_keep, args=(page,))
    title.text_input("Title", item["title"], key=keys["title"], on_change=_keep, args=(page,))
    options = list(LEADS)
    at = options.index(item["lead"])
    lead.selectbox("Leads", options, at, format_func=LEADS.__getitem__, key=keys["lead"], on_change=_keep, args=(page,))
    remove.button("Remove", key=f"remove_{i}_{len(content['items'])}", icon=":material/delete:", on_click=_remove, args=(page, i))
    _lines(page, content, ("items", i, "questions"), "Questions (one line each)")


def _add(page: ReviewPage) -> None:
    """Add an empty item before the last one, which closes the session."""
    copy = _collect(page)
    if copy is not None:
        copy.content["items"].insert(max(0, len(copy.content["items"]) - 1), dict(NEW_ITEM))
        here.tried(lambda: reviewing.keep_unsaved(here.parts(), here.me().id, page.draft.id, copy))


def _remove(page: ReviewPage, i: int) -> None:
    copy = _collect(page)
    if copy is not None:
        copy.content["items"].pop(i)
        here.tried(lambda: reviewing.keep_unsaved(here.parts(), here.me().id, page.draft.id, copy))


def _total(content: dict[str, Any]) -> None:
    planned = sum(item["minutes"] for item in content["items"])
    free = content["minutes"] - planned
    if free < 0:
        st.warning(f"The items take {planned} minutes, {-free} more than the session has.", icon=":material/timer_off:")
    else:
        st.caption(f"{planned} of {content['minutes']} minutes are planned, {free} stay free.")


def _save(page: ReviewPage) -> None:
    copy = _collect(page)
    if copy is None:
        return
    if here.tried(lambda: reviewing.save_edit(here.parts(), here.me().id, page.draft.id, copy.base, copy.content)):
        _leave(page.draft.id)
        st.session_state["done"] = "Saved as a new revision. It needs your approval before it can be released."
    else:
        reviewing.keep_unsaved(here.parts(), here.me().id, page.draft.id, copy)


def _give_up(draft_id: str) -> None:
    if here.tried(lambda: reviewing.give_up_unsaved(here.parts(), here.me().id, draft_id)):
        _leave(draft_id)


def _leave(draft_id: str) -> None:
    st.session_state.pop(f"copy_{draft_id}", None)
    st.session_state.pop("editing", None)


def _conflict(page: ReviewPage) -> None:
    """Say that a newer revision exists, and let the editor keep their own text on top of it."""
    st.error(
        f"Revision {page.revision.number} was saved since you began. Your text below is untouched and not saved yet.",
        icon=":material/merge:",
    )
    with st.expander("The revision saved meanwhile"):
        st.text(page.revision.markdown)
    st.button("Keep my text, on top of that revision", key="mine_on_top", on_click=_mine_on_top, args=(page,))


def _mine_on_top(page: ReviewPage) -> None:
    copy = _collect(page)
    if copy is not None:
        st.session_state[f"copy_{page.draft.id}"] = WorkingCopy(base=page.revision.number, content=copy.content)
