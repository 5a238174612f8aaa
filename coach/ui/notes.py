"""Notes: what was said in a session, in its author's own words, and the summary that is drafted from them."""

from datetime import datetime

import streamlit as st

from coach.domain.brief import LONG_TEXT
from coach.domain.days import in_words
from coach.domain.drafts import DraftKind
from coach.domain.notes import near_limit
from coach.errors import CoachError, EditConflict
from coach.services.drafting import BUILTIN, OPENAI
from coach.services.making import draft_now, start_draft
from coach.services.notes import NotesPage, SessionChoice, notes_page, remove_note, save_note
from coach.ui import editor, here, look, notes_import, notes_undo, session_drafts
from coach.ui.editor import Edited

LONG_NOTES = 30_000  # characters: more take the rules above a second, so the page shows how far they are
PLACEHOLDER = (
    "For example:\n- Monday meeting: spoke after minute ten in 3 of 4 weeks\n"
    "- Channel: still three posts, the drafts wait to be polished\n- I send two examples by Friday"
)
GOOD_NOTES = (
    "**Who said what.** “M: the screen is still behind my chair.” Initials will do.",
    "**Numbers, as they fell.** “Two of the last four weeks” proves more than “better”.",
    "**Who does what, by when.** “I send two examples by Friday.”",
    "**What did not move, too.** A goal that nobody wrote about counts as not discussed.",
    "**Never what was said in confidence.** Leave out health, and stories about people who are not in the room.",
)


def show() -> None:
    """Show somebody's notes about one session."""
    st.title("Notes")
    page = notes_page(here.parts(), here.me().id, _asked())
    if page is None:
        st.info(
            "No session is planned yet. Once one is, you write down here what was said, and a summary is drafted from it.",
            icon=":material/event:",
        )
        return
    _choose(page)
    _heading(page)
    here.show_refusal()
    notes_undo.show(page, name_of(page))
    if page.over_since is not None:
        _read_only(page)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        _write(page)
        in_sight = notes_import.show(page, name_of(page))
        if page.notes.text.strip() and not in_sight:  # one next step at a time
            _offer(page)
    with right:
        if page.drafts:
            st.markdown("**Summaries of this session**")
            session_drafts.listed(page.drafts)
        _good_notes(page)
        if page.notes.text and st.button("Remove my notes", key="remove_notes", type="tertiary", icon=":material/delete:"):
            _confirm_removal(page)


def name_of(page: NotesPage) -> str:
    """Return the name of the editor that holds these notes."""
    return f"notes_{page.session.id}"


def _asked() -> str | None:
    """Return the session that the address names, until the person chooses another."""
    asked = here.param("session")
    chosen: str | None = st.session_state.get("notes_session")
    if asked is not None and asked != st.session_state.get("notes_asked"):
        return asked
    return chosen or asked


def _choose(page: NotesPage) -> None:
    """Offer the other sessions, the latest first."""
    by_id = {choice.session.id: choice for choice in page.choices}
    one_pair = len({choice.session.pair_id for choice in page.choices}) == 1
    if len(by_id) > 1:
        st.session_state["notes_session"] = page.session.id
        st.selectbox("Session", list(by_id), format_func=lambda i: _label(by_id[i], one_pair), key="notes_session")
    st.query_params["session"] = st.session_state["notes_asked"] = page.session.id


def _label(choice: SessionChoice, one_pair: bool) -> str:
    """Return how a session stands in the list: short enough for a phone."""
    session = choice.session
    whom = "" if one_pair else f" with {choice.other}"
    return f"Session {session.number}{whom}, {in_words(session.on, here.parts().today())}{' · notes' if choice.written else ''}"


def _heading(page: NotesPage) -> None:
    session, today = page.session, here.parts().today()
    st.subheader(f"Session {session.number} with {look.plain(page.other)}")
    ahead = " It lies ahead; you can write down now what you want to remember." if session.on > today and not session.held else ""
    st.markdown(f"{session.on:%A} {in_words(session.on, today)}.{ahead} :material/lock: **Only you** can see these notes.")


def _write(page: NotesPage) -> None:
    """Show the field; whatever is typed is kept as it is typed."""
    name, last = name_of(page), page.notes

    def keep(edited: Edited) -> int | None:
        try:
            return save_note(here.parts(), here.me().id, page.session.id, edited.text, edited.base).version
        except EditConflict:
            return None  # both texts are there, and the person is asked below which one stays
        except CoachError as error:
            st.session_state["refused"] = str(error)
            return None

    saved = f"Last saved {_moment(last.changed_at)}{_room(len(last.text))}" if last.text and last.changed_at else ""
    edited = editor.editor(
        name,
        last.text,
        label="What was said",
        height=520,
        placeholder=PLACEHOLDER,
        version=last.version,
        limit=LONG_TEXT,
        hint=saved,
        keep=keep,
    )
    if edited is not None and edited.conflict:
        editor.choose(name, last.text, last.version)


def _moment(at: datetime) -> str:
    local, today = at.astimezone(), here.parts().today()
    return f"{local:%H:%M}" if local.date() == today else f"{in_words(local.date(), today)}, {local:%H:%M}"


def _room(characters: int) -> str:
    return f" · {characters:,} of the {LONG_TEXT:,} characters that a draft reads" if near_limit(characters) else ""


def _good_notes(page: NotesPage) -> None:
    """Teach what a summary can be made from: in full view while there are no notes."""
    lines = "\n".join(f"- {line}" for line in GOOD_NOTES)
    with st.expander("What good notes hold", icon=":material/lightbulb:", expanded=not page.notes.text):
        st.markdown(lines)
        st.caption(
            f"{look.plain(page.other)} and your coordinator never see your notes, nor whether there are any. "
            "A summary shows its readers how goals stand and why; a quotation only where you tick it."
        )


def _read_only(page: NotesPage) -> None:
    if page.over_since is not None:
        st.info(look.ended(page.over_since, here.parts().today()), icon=":material/event_available:")
    if page.notes.text:
        with st.container(border=True):
            st.text(page.notes.text)
    else:
        st.caption("You wrote nothing about this session.")
    if page.drafts:
        st.markdown("**Summaries of this session**")
        session_drafts.listed(page.drafts)


@st.dialog("Remove my notes?")
def _confirm_removal(page: NotesPage) -> None:
    st.write(
        f"Your notes about session {page.session.number} are deleted. Summaries that were drafted from them stay, with the notes that they were "
        "made from, until you discard them."
    )
    st.button("Remove them", type="primary", key="remove_notes_really", on_click=_remove, args=(page,))


def _remove(page: NotesPage) -> None:
    name = name_of(page)
    if not editor.flush(name):
        return
    before = notes_page(here.parts(), here.me().id, page.session.id)
    if here.tried(lambda: remove_note(here.parts(), here.me().id, page.session.id)) and before is not None:
        notes_undo.remember(page.session.id, "Your notes are removed.", before.notes.text)


def _offer(page: NotesPage) -> None:
    session_drafts.offer(
        DraftKind.SUMMARY,
        page.session.id,
        ("Draft the summary", "Draft another summary"),
        page.drafts,
        "your notes, the goals and what was promised",
        lambda key, by_model: _draft(page, key, by_model),
    )


def _draft(page: NotesPage, request_key: str, by_model: bool) -> None:
    """Draft at the click, or begin to; the same request key makes a double click one draft."""
    if not editor.flush(name_of(page)):
        return
    made: list[str] = []
    parts, actor, session_id = here.parts(), here.me().id, page.session.id
    if by_model or len(page.notes.text) > LONG_NOTES:
        engine = OPENAI if by_model else BUILTIN
        if here.tried(lambda: made.append(start_draft(parts, actor, session_id, DraftKind.SUMMARY, request_key, engine))):
            session_drafts.begun(DraftKind.SUMMARY, session_id)
    elif here.tried(lambda: made.append(draft_now(parts, actor, session_id, DraftKind.SUMMARY, request_key))):
        session_drafts.begun(DraftKind.SUMMARY, session_id)
        here.lead("review", draft=made[0])
