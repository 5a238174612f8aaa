"""The editor in tests: what stands for the browser in AppTest."""

import json
import os
import time
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import streamlit as st
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from coach.ui import editor
from coach.ui.marked_notes import Mark, MarkKind, marked_notes

TAB = "tab-of-the-test"


def shown_in(app: AppTest, name: str) -> str:
    """Return what a browser that had nothing unsent would show in the editor of this name."""
    return str(data_of(app, name)["text"])


def data_of(app: AppTest, name: str) -> dict[str, Any]:
    """Return all that the server tells the browser about the editor of this name."""
    data: dict[str, Any] = json.loads(_node(app, f"editor_{name}").proto.json)
    return data


def type_into(app: AppTest, name: str, text: str, *, tab: str = TAB, base: int | None = None, over: int = 0) -> AppTest:
    """Replace the text of an editor as its browser would, and run the page."""
    data = data_of(app, name)
    number = app.session_state["typed_in_tests"] + 1 if "typed_in_tests" in app.session_state else 1
    app.session_state["typed_in_tests"] = number
    version = data["kept"][2] if base is None and data["kept"] and data["kept"][0] == tab else data["version"]
    sent = [f"{len(text.encode())}:{zlib.crc32(text.encode())}"]
    typed = {
        "who": data["who"],
        "instance": tab,
        "number": number,
        "base": version if base is None else base,
        "text": text,
        "over": over,
        "sent": sent,
    }
    return arrive(app, name, typed)


def arrive(app: AppTest, name: str, typed: object) -> AppTest:
    """Send this as what the browser says of an editor, and run the page."""
    return _run_with(app, WidgetState(id=_node(app, f"editor_{name}").proto.id, json_value=json.dumps({"typed": typed})))


def marks_in(app: AppTest, name: str = "notes") -> dict[str, Any]:
    """Return all that the server tells the browser about marked notes."""
    data: dict[str, Any] = json.loads(_node(app, f"marked_{name}").proto.json)
    return data


def pick_in(app: AppTest, start: Any, end: Any, name: str = "notes") -> AppTest:
    """Pick a stretch of marked notes as evidence, as their browser would, and run the page."""
    events = _make_trigger_id(_node(app, f"marked_{name}").proto.id, "events")
    return _run_with(app, WidgetState(id=events, json_trigger_value=json.dumps([{"event": "picked", "value": [start, end]}])))


def _run_with(app: AppTest, state: WidgetState) -> AppTest:
    states = app._tree.get_widget_states()
    states.widgets.append(state)

    def get_widget_states() -> WidgetStates:
        return states

    app._tree.get_widget_states = get_widget_states  # type: ignore[method-assign]
    return app.run()


def _node(app: AppTest, key: str) -> Any:
    found = [node for node in app._tree if getattr(node, "key", None) == key]
    assert found, f"nothing with the key {key} is on the page"
    return found[0]


class Store:
    """Texts with their versions in a folder, which outlive the server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> tuple[str, int]:
        path = self.folder / f"{name}.json"
        if not path.exists():
            return "", 0
        kept = json.loads(path.read_text(encoding="utf-8"))
        return kept["text"], kept["version"]

    def write(self, name: str, text: str, base: int) -> int | None:
        if base != self.read(name)[1]:
            return None
        draft = self.folder / f"{name}.{base}.draft"
        draft.write_text(json.dumps({"text": text, "version": base + 1}), encoding="utf-8")
        draft.replace(self.folder / f"{name}.json")
        return base + 1


def page(folder: Path) -> None:
    """Show an editor with a button that acts on its text, and what else may happen on a page meanwhile."""
    st.set_page_config(page_title="The editor alone", layout="wide")
    here = st.query_params.get("who")
    if here is not None and "person" not in st.session_state and "left" not in st.session_state:
        st.session_state["person"] = SimpleNamespace(id=here)
    editor.only_mine()
    if "marked" in st.query_params:
        _marked(folder)
        return
    if "person" not in st.session_state:
        for who in ("anna", "bert"):
            st.button(f"Continue as {who}", on_click=_sign_in, args=(who,))
        return
    _signed_in(Store(folder), st.session_state["person"].id)


def _signed_in(store: Store, who: str) -> None:
    name = f"note-{who}"
    runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    st.text(f"Run {runs} for {who}")
    if "above" in st.session_state:
        st.warning("Something new stands above.")
    text, version = store.read(name)
    edited = editor.editor(
        name,
        text,
        label="Notes",
        version=version,
        limit=250_000,
        hint="Only you see this.",
        placeholder="What was said?",
        keep=lambda edited: store.write(name, edited.text, edited.base),
    )
    if edited is not None and edited.conflict:
        editor.choose(name, *store.read(name))
    st.button("Save", on_click=_save, args=(store, name))
    st.button("Run the page", on_click=st.session_state.update, kwargs={"above": True})
    st.button("Change person", key="change_person", on_click=_sign_out, args=(name,))
    st.text_input("Something else")
    if st.toggle("Slow"):
        time.sleep(1.5)
    st.text(f"Saved by the button: {st.session_state.get('clicked')}")
    st.text(f"Stored: {text[:200]}|{version}")


def _marked(folder: Path) -> None:
    given = json.loads((folder / f"{st.query_params['marked']}.json").read_text(encoding="utf-8"))
    marks = [Mark(start, end, MarkKind(kind), key) for start, end, kind, key in given["marks"]]
    focus = st.segmented_control("Goal", given["keys"], default=given["keys"][0])
    found = marked_notes(given["text"], marks, label="Notes of 3 March", focus=focus, height=300)
    if found is not None:
        st.session_state["picked"] = (found.start, found.end)
    st.text(f"Picked: {st.session_state.get('picked')}")


def _save(store: Store, name: str) -> None:
    st.session_state["clicked"] = store.read(name)[0] if editor.flush(name) else "refused"


def _sign_in(who: str) -> None:
    st.session_state.clear()
    st.session_state["person"] = SimpleNamespace(id=who)


def _sign_out(name: str) -> None:
    editor.flush(name)
    for key in list(st.session_state):
        del st.session_state[key]
    st.session_state["left"] = True
    st.query_params.clear()


if __name__ == "__main__":
    page(Path(os.environ["EDITOR_STORE"]))
