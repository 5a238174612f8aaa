"""The editor in tests: what stands for the browser in AppTest."""

import json
import zlib
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

TAB = "tab-of-the-test"


def shown_in(app: AppTest, name: str) -> str:
    """Return what a browser that had nothing unsent would show in the editor of this name."""
    return str(data_of(app, name)["text"])


def data_of(app: AppTest, name: str) -> dict[str, Any]:
    """Return all that the server tells the browser about the editor of this name."""
    data: dict[str, Any] = json.loads(_node(app, name).proto.json)
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
    states = app._tree.get_widget_states()
    states.widgets.append(WidgetState(id=_node(app, name).proto.id, json_value=json.dumps({"typed": typed})))

    def get_widget_states() -> WidgetStates:
        return states

    app._tree.get_widget_states = get_widget_states  # type: ignore[method-assign]
    return app.run()


def _node(app: AppTest, name: str) -> Any:
    found = [node for node in app._tree if getattr(node, "key", None) == f"editor_{name}"]
    assert found, f"no editor named {name} is on the page"
    return found[0]
