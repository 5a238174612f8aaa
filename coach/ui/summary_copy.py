"""What a reviewer typed on a summary and did not save: kept at once, so that a reload loses nothing, and saved as one revision."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import streamlit as st

from coach.domain.review import WorkingCopy
from coach.domain.summary import LEFT_OUT
from coach.services import reviewing
from coach.services.reviewing import ReviewPage
from coach.ui import here

Path = tuple[str | int, ...]
LISTS = ("actions", "closed_actions", "decisions")
LINES: tuple[Path, ...] = (("open_questions",), ("headline", "highlights"), ("headline", "opportunities"))
SHARING = ("goals", *LISTS)


def content_of(page: ReviewPage) -> dict[str, Any]:
    """Return the summary as it is being edited; restores what was typed and not saved."""
    return _copy(page).content


def unsaved(page: ReviewPage) -> bool:
    """Tell whether anything is typed or chosen that no revision holds."""
    copy = _collect(page)
    return copy.content != _saved(page)


def conflicts(page: ReviewPage) -> bool:
    """Tell whether somebody saved a revision since this edit began."""
    return _copy(page).base != page.revision.number


def field(page: ReviewPage, *path: str | int) -> dict[str, Any]:
    """Return what makes a widget a field of this summary."""
    return {"key": _key(page, path), "on_change": keep, "args": (page,)}


def is_left_out(content: dict[str, Any], name: str, place: int) -> bool:
    """Tell whether an item is to go."""
    return place in content.get(LEFT_OUT, {}).get(name, ())


def keep(page: ReviewPage) -> None:
    """Keep the edit so far, in the session and in the store; one that changed nothing leaves no trace."""
    copy, parts, actor = _collect(page), here.parts(), here.me().id
    if copy.content == _saved(page):
        here.tried(lambda: reviewing.give_up_unsaved(parts, actor, page.draft.id))
    else:
        here.tried(lambda: reviewing.keep_unsaved(parts, actor, page.draft.id, copy))


def change(page: ReviewPage, act: Callable[[dict[str, Any]], object]) -> None:
    """Change the content otherwise than by a field, and show every field anew from it."""
    copy = _collect(page)
    act(copy.content)
    _turn(page)
    keep(page)


def put(page: ReviewPage, value: Any, *path: str | int) -> None:
    """Change one field from a callback; the others, and what is typed in them, stay as they are."""
    copy = _collect(page)
    st.session_state[_key(page, path)] = value
    _put(copy.content, path, value)
    keep(page)


def replace(page: ReviewPage, content: dict[str, Any]) -> None:
    """Go on with other content."""

    def put(present: dict[str, Any]) -> None:
        present.clear()
        present.update(content)

    change(page, put)


def save(page: ReviewPage) -> int | None:
    """Save the edit as a revision and return the number of the one that stands now; None where that was refused, and nothing is lost."""
    copy = _collect(page)
    if copy.content == _saved(page):
        return page.revision.number
    number: list[int] = []
    parts, actor = here.parts(), here.me().id
    if here.tried(lambda: number.append(reviewing.save_edit(parts, actor, page.draft.id, copy.base, copy.content))):
        give_up(page)
        return number[0]
    here_refused = st.session_state.get("refused")
    keep(page)
    if here_refused:
        st.session_state["refused"] = here_refused
    return None


def give_up(page: ReviewPage) -> None:
    """Forget what was typed; the fields show the saved revision again."""
    if here.tried(lambda: reviewing.give_up_unsaved(here.parts(), here.me().id, page.draft.id)):
        forget(page)


def forget(page: ReviewPage) -> None:
    """Show every field anew from what is stored."""
    st.session_state.pop(_name(page), None)
    _turn(page)


def on_top(page: ReviewPage) -> None:
    """Keep what was typed, on top of the revision that was saved meanwhile."""
    copy = _collect(page)
    st.session_state[_name(page)] = WorkingCopy(base=page.revision.number, content=copy.content)
    _turn(page)
    keep(page)


def _copy(page: ReviewPage) -> WorkingCopy:
    name = _name(page)
    known: WorkingCopy | None = st.session_state.get(name)
    if known is not None and known.base != page.revision.number and known.content == st.session_state.get(f"{name}_began"):
        forget(page)  # nothing was typed, so the newer revision is shown
        known = None
    if known is None:
        kept = reviewing.unsaved(here.parts(), here.me().id, page.draft.id)
        if kept is not None:
            st.toast("Brought back what you changed earlier and did not save.")
        known = st.session_state[name] = kept or WorkingCopy(base=page.revision.number, content=_saved(page))
        st.session_state[f"{name}_began"] = _saved(page)
    return known


def _saved(page: ReviewPage) -> dict[str, Any]:
    return page.revision.content.model_dump(mode="json")


def _collect(page: ReviewPage) -> WorkingCopy:
    """Read every field as it stands now: a field's change and a click may arrive in either order."""
    copy = _copy(page)
    for path in _paths(copy.content):
        if (key := _key(page, path)) in st.session_state:
            _put(copy.content, path, st.session_state[key])
    return copy


def _paths(content: dict[str, Any]) -> Iterator[Path]:
    """Yield the way to each field that can be edited."""
    yield from LINES
    for name in SHARING:
        for i, item in enumerate(content[name]):
            yield from ((name, i, "evidence", j, "shared") for j in range(len(item["evidence"])))
    for i in range(len(content["goals"])):
        yield from (("goals", i, "status"), ("goals", i, "reason"))
    for name in LISTS:
        for i in range(len(content[name])):
            yield from ((name, i, "text"), (name, i, "keep"))
    for i in range(len(content["actions"])):
        yield from (("actions", i, "owner"), ("actions", i, "due"))


def _put(content: dict[str, Any], path: Path, value: Any) -> None:
    if path[-1] == "keep":
        _leave_out(content, str(path[0]), int(path[1]), not value)
        return
    holder: Any = content
    for step in path[:-1]:
        holder = holder[step]
    last: Any = path[-1]
    if path in LINES:
        value = [line.strip() for line in str(value).splitlines() if line.strip()]
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, str):
        value = " ".join(value.split())
    if last == "status":
        value = str(value.value if hasattr(value, "value") else value)
    holder[last] = value


def _leave_out(content: dict[str, Any], name: str, place: int, out: bool) -> None:
    gone = {key: [i for i in places if (key, i) != (name, place)] for key, places in content.get(LEFT_OUT, {}).items()}
    if out:
        gone[name] = sorted([*gone.get(name, []), place])
    gone = {key: places for key, places in gone.items() if places}
    content.pop(LEFT_OUT, None)
    if gone:
        content[LEFT_OUT] = gone


def _name(page: ReviewPage) -> str:
    return f"copy_{page.draft.id}"


def _turn(page: ReviewPage) -> None:
    name = f"turn_{page.draft.id}"
    st.session_state[name] = st.session_state.get(name, 0) + 1


def _key(page: ReviewPage, path: Path) -> str:
    # The turn is part of the key, so that fields do not inherit the text of what stood in their place before.
    return f"sum_{page.draft.id}_{st.session_state.get(f'turn_{page.draft.id}', 0)}_{'_'.join(map(str, path))}"
