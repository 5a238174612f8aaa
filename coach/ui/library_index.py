"""Show how far the search has taken in a change of the guidance; the work goes on whether or not somebody watches."""

from dataclasses import dataclass
from threading import Thread

import streamlit as st

from coach.errors import CoachError
from coach.services.parts import Parts
from coach.ui import here, look

CHANGED = "guidance_changed"
LOOK_SECONDS = 0.2


@dataclass
class _Watched:
    """How far the work is; written by its thread, read by the page."""

    done: int = 0
    total: int = 0
    problem: str = ""


def note_change() -> None:
    """Keep that the guidance was changed, so that the next page shows the search taking it in."""
    st.session_state[CHANGED] = True


def show() -> None:
    """Wait for the search to take in the last change, if it has not yet; what is in the database stays there whatever happens."""
    place = st.container()
    if CHANGED not in st.session_state:
        return
    watched = _Watched()
    # A thread, because a click elsewhere ends this run of the page, and must not end the work.
    thread = Thread(target=_work, args=(here.parts(), here.me().programme_id, watched), daemon=True, name="guidance")
    thread.start()
    bar = place.progress(0.0, "The search takes in the change")
    while thread.is_alive():
        thread.join(LOOK_SECONDS)
        if watched.total:
            bar.progress(watched.done / watched.total, f"The search takes in the change: {watched.done} of {watched.total} passages")
    bar.empty()
    if watched.problem:
        place.warning(
            look.plain(f"What you changed is kept, but the search does not show it yet. {watched.problem}"), icon=":material/info:"
        )
    del st.session_state[CHANGED]


def _work(parts: Parts, programme_id: str, watched: _Watched) -> None:
    def note(done: int, total: int) -> None:
        watched.done, watched.total = done, total

    try:
        parts.library.catch_up(programme_id, note)
    except CoachError as error:
        watched.problem = str(error)
    except Exception as error:  # no message of it, which could hold what stands in a document
        watched.problem = f"Something went wrong inside the coach ({type(error).__name__})."
