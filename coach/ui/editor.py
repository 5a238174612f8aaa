"""A field for long texts that loses no letter: it commits while somebody types, and keeps in the browser what is not confirmed.

The browser sends what was typed half a second after the last key, and right before a click. `keep` is what stores it: it gets an
`Edited`, and returns the version under which the text is stored now, or None where that was refused. Only then the browser forgets its
copy. `version` must change whenever the stored text does (`coach.domain.text.version_of` where none is counted). A button that acts on the text asks
`flush(name)` first: a click can arrive before what was typed. Without `keep`, act on the `Edited` that `editor` returns, call
`kept(name, version)`, then st.rerun(). Keep the place of whatever comes and goes above the field in a container, as `here.show_refusal` does:
Streamlit hides a field that moves down until its new place has arrived, unless somebody types in it.

In AppTest, where no browser types, `tests.editor_page.type_into(app, name, text)` does what the browser would, and runs the page;
`tests.editor_page.shown_in(app, name)` returns what the browser would show.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st
from pydantic import BaseModel, ConfigDict, ValidationError

HERE = Path(__file__).parent / "components"
FIELD = (
    '<div class="coach-editor"><label></label><textarea rows="3" spellcheck="true" autocomplete="off"></textarea>'
    '<div class="below"><span class="hint"></span><span class="state" role="status" aria-live="polite"></span></div></div>'
)
_field = st.components.v2.component(
    "coach_editor",
    html=FIELD,
    css=(HERE / "editor.css").read_text(encoding="utf-8"),
    js=(HERE / "editor.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_tab = st.components.v2.component(
    "coach_tab",
    html='<div class="coach-tab"></div>',
    css=".st-key-coach_tab {\n  display: none;\n}\n",
    js=(HERE / "forget.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Edited:
    """What somebody typed and is not stored yet; `base` is the version that they typed on, `conflict` says that another is stored by now."""

    text: str
    base: int
    conflict: bool = False


Keep = Callable[[Edited], int | None]


class _Arrival(BaseModel):
    """What the browser sends; `number` counts the changes of one field in one tab, which `instance` tells from all others."""

    model_config = ConfigDict(frozen=True, strict=True)

    who: str
    instance: str
    number: int
    base: int
    text: str
    over: int = 0
    sent: list[str] = []

    @property
    def token(self) -> tuple[str, int]:
        return self.instance, self.number


@dataclass
class _Desk:
    """What the server remembers of one field."""

    keep: Keep | None = None
    kept: tuple[str, int] | None = None
    kept_version: int = 0
    line: set[int] = field(default_factory=set)  # versions that `kept_version` came from, in the browser's tab that wrote them
    tried: tuple[str, int, int] | None = None
    dropped: tuple[str, int] | None = None

    def confirm(self, arrival: _Arrival, version: int) -> None:
        """Note under which version a text is stored now."""
        ours = {self.kept_version} | self.line if self.kept is not None and self.kept[0] == arrival.instance else set()
        self.line = ours | {arrival.base}
        self.kept, self.kept_version = arrival.token, version

    def base(self, arrival: _Arrival) -> int:
        """Return the version that a text was typed on, also where the browser had not heard yet that it was its own."""
        same = self.kept is not None and self.kept[0] == arrival.instance
        return self.kept_version if same and arrival.base in self.line else arrival.base


def editor(
    name: str,
    text: str,
    *,
    label: str,
    height: int = 320,
    placeholder: str = "",
    version: int = 0,
    limit: int | None = None,
    hint: str = "",
    keep: Keep | None = None,
) -> Edited | None:
    """Show the field, and return what was typed and is not stored yet; None where all of it is."""
    desk = _desk(name)
    desk.keep = keep
    text = _lines(text)
    arrival = _waiting(name)
    edited = None
    if arrival is not None and not arrival.over:
        edited = _judged(desk, arrival, text, version)
        if edited is None:
            desk.confirm(arrival, version)
        elif not edited.conflict and desk.tried != (*arrival.token, edited.base) and (now := _try(desk, arrival, edited)) is not None:
            text, version, edited = edited.text, now, None
    last = _arrival(name)
    _field(
        key=_key(name),
        data={
            "name": name,
            "who": _who(),
            "label": label,
            "hint": hint,
            "placeholder": placeholder,
            "height": height,
            "limit": limit,
            "text": text,
            "version": version,
            "kept": [*desk.kept, desk.kept_version] if desk.kept else None,
            "seen": list(last.token) if last else None,
            "dropped": list(desk.dropped) if desk.dropped else None,
            "conflict": edited is not None and edited.conflict,
        },
        default={"typed": None},
        on_typed_change=lambda: _arrived(name),
    )
    return edited


def flush(name: str) -> bool:
    """Store what has arrived and is not stored yet, before a button acts on it; False where that was refused."""
    arrival, desk = _waiting(name), _desk(name)
    if arrival is None:
        return True
    if arrival.over:
        st.session_state["refused"] = f"The text has {arrival.over:,} characters too many, so it is not saved yet. Shorten it first."
        return False
    if desk.keep is not None and _try(desk, arrival, Edited(arrival.text, desk.base(arrival))) is not None:
        return True
    st.session_state.setdefault("refused", "What you typed is not saved yet, so nothing was done. The line below the field says why.")
    return False


def flush_all() -> None:
    """Store what has arrived in any field, before the person leaves."""
    for key in [str(key) for key in st.session_state if str(key).startswith("desk_")]:
        flush(key.removeprefix("desk_"))


def kept(name: str, version: int) -> None:
    """Tell the browser, at the next run, that what was typed last is stored under this version."""
    if (arrival := _waiting(name)) is not None:
        _desk(name).confirm(arrival, version)


def give_up(name: str) -> None:
    """Forget what was typed and not stored; the browser shows the stored text again."""
    if (arrival := _waiting(name)) is not None:
        _desk(name).dropped = arrival.token


def choose(name: str, saved: str, version: int) -> None:
    """Show that another text is stored by now, and let the person choose which of the two stays."""
    with st.container(border=True, key=f"choice_{name}"):
        st.warning("This text was changed elsewhere since you began. Yours is not saved yet; nothing is lost.", icon=":material/merge:")
        with st.expander("The text that is saved"):
            st.text(saved)
        with st.container(horizontal=True):
            st.button("Keep my text instead", key=f"mine_{name}", on_click=_mine, args=(name, version))
            st.button("Use the saved text", key=f"theirs_{name}", on_click=give_up, args=(name,))


def only_mine() -> None:
    """Let the browser forget what other people left unsent in this tab; all of it after a sign-out."""
    _tab(key="coach_tab", data={"who": _who()})


def _mine(name: str, version: int) -> None:
    desk, arrival = _desk(name), _waiting(name)
    if desk.keep is not None and arrival is not None and not arrival.over:
        _try(desk, arrival, Edited(arrival.text, version))


def _arrived(name: str) -> None:
    """Store what has just arrived, before the page is built."""
    arrival, desk = _waiting(name), _desk(name)
    if arrival is not None and not arrival.over and desk.keep is not None:
        _try(desk, arrival, Edited(arrival.text, desk.base(arrival)))


def _try(desk: _Desk, arrival: _Arrival, edited: Edited) -> int | None:
    """Store a text once, and note under which version it is stored."""
    desk.tried = (*arrival.token, edited.base)
    now = desk.keep(edited) if desk.keep is not None else None
    if now is not None:
        desk.confirm(arrival, now)
    return now


def _judged(desk: _Desk, arrival: _Arrival, text: str, version: int) -> Edited | None:
    """Return what was typed, and whether it meets another text; None where the same text is stored already."""
    if arrival.text == text:
        return None
    ours = version in (arrival.base, desk.base(arrival)) or _digest(text) in arrival.sent
    return Edited(arrival.text, version if ours else desk.base(arrival), conflict=not ours)


def _desk(name: str) -> _Desk:
    desk: _Desk = st.session_state.setdefault(f"desk_{name}", _Desk())
    return desk


def _key(name: str) -> str:
    return f"editor_{name}"


def _who() -> str:
    person = st.session_state.get("person")
    return str(person.id) if person is not None else ""


def _arrival(name: str) -> _Arrival | None:
    """Return what the browser sent last, if it is of whoever is here now."""
    state = st.session_state.get(_key(name))
    sent = state.get("typed") if isinstance(state, dict) else None
    if sent is None:
        return None
    try:
        arrival = _Arrival.model_validate(sent)
    except ValidationError:
        return None
    return arrival.model_copy(update={"text": _lines(arrival.text)}) if arrival.who == _who() else None


def _waiting(name: str) -> _Arrival | None:
    """Return what the browser sent last and nobody has stored yet."""
    arrival, desk = _arrival(name), _desk(name)
    return arrival if arrival is not None and arrival.token not in (desk.kept, desk.dropped) else None


def _lines(text: str) -> str:
    """Return text as a browser's field holds it: one kind of line end, no half characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _digest(text: str) -> str:
    """Return length and checksum of a text as the browser counts them."""
    raw = text.encode("utf-8")
    return f"{len(raw)}:{zlib.crc32(raw)}"
