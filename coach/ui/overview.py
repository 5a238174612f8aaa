"""Overview: what waits for a decision, the programme's objectives and dates, and how it does."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coach.domain.days import in_words
from coach.domain.pairs import PairSeen
from coach.domain.people import Programme
from coach.services.health import Overview, overview
from coach.ui import charts, here, look
from coach.ui.table import table_html

FEW = 4  # names that fit into one line


def show() -> None:
    """Show what this coordinator needs to see first."""
    found = overview(here.parts(), here.me().id)
    st.title("Overview")
    here.show_done()
    here.show_refusal()
    st.markdown(f"**{look.plain(found.programme.name)}**, {_span(found.programme, found.today)}")
    if found.nobody_yet:
        _begin()
        return
    _decisions(found)
    _objectives(found)
    _health(found)


def _begin() -> None:
    st.info(
        "Nobody but you is here yet. Bring in the people who take part, make pairs, and this page shows what waits for you and how the programme does.",
        icon=":material/group:",
    )
    st.button("Add people", type="primary", key="add_people", on_click=here.lead, args=("people",), kwargs={"part": "people"})


def _decisions(found: Overview) -> None:
    st.subheader("Waiting for your decision")
    if not found.decisions:
        st.success("Nothing waits for you today.", icon=":material/check_circle:")
        return
    with st.container(border=True):
        if found.calls_for_help:
            _line(
                "calls", _count(found.calls_for_help, "call for help is open", "calls for help are open"), [], "Read", "programme", "calls"
            )
        if found.questions:
            said = _count(
                found.questions, "question that the guidance does not answer waits", "questions that the guidance does not answer wait"
            )
            _line("questions", said, [], "Read", "library", "questions")
        lone = [m.person.name for m in found.without_pair]
        if lone:
            _line("lone", _count(len(lone), "person has no pair", "people have no pair"), lone, "Make pairs", "people", "pairs")
        if found.unsigned:
            said = _count(len(found.unsigned), "pair has not signed its agreement", "pairs have not signed their agreement")
            _line("unsigned", said, _names(found.unsigned), "See the pairs", "people", "pairs")
        if found.review_due:
            said = _count(len(found.review_due), "pair is past its review date", "pairs are past their review date")
            _line("review", said, _names(found.review_due), "Set the next date", "people", "pairs")


def _line(key: str, said: str, names: Sequence[str], label: str, page: str, part: str) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    who = f"  \n:small[{look.plain('; '.join(names[:FEW]))}{more}]" if names else ""
    left.markdown(f"**{said}**{who}")
    right.button(label, key=f"decide_{key}", on_click=here.lead, args=(page,), kwargs={"part": part}, width="stretch")


def _objectives(found: Overview) -> None:
    st.subheader("Objectives and dates")
    if found.programme.objectives:
        st.markdown("\n".join(f"{n}. {look.plain(text)}" for n, text in enumerate(found.programme.objectives, 1)))
    else:
        st.text("No objectives are set yet. Say what should be different, and by when.")
        st.button("Set objectives", key="set_objectives", on_click=here.lead, args=("programme",), kwargs={"part": "settings"})
    st.altair_chart(
        charts.timeline(found.programme, found.current, found.today),
        alt="The programme from start to end with today marked, and when its pairs start, look back and end.",
    )
    with st.expander("The dates as a table"):
        rows = [
            (f"{p.mentor.name} and {p.mentee.name}", *(in_words(d) if d else "" for d in (p.starts, p.review, p.ends)))
            for p in found.current
        ]
        st.html(table_html(("Pair", "Starts", "Looks back", "Ends"), rows))


def _health(found: Overview) -> None:
    least = found.programme.minimum_group
    st.subheader("How the programme does")
    if found.figures is None:
        st.info(
            f"No figures are shown: they need {2 * least} pairs that share nobody and have run for three weeks, so that a figure never points at one pair. "
            "With fewer, ask each person yourself once a month how it goes, and let them tell you what they like.",
            icon=":material/visibility_off:",
        )
        return
    figures, day = found.figures.shown, in_words(found.figures.taken_on)
    if any(figure.band for figure in figures):
        st.altair_chart(charts.bands(figures), alt="For each figure the band of pairs that it stands for.")
    else:
        st.text("Every figure stands for too few pairs, or for nearly all of them, to be shown.")
    with st.expander("The figures as a table", expanded=not any(figure.band for figure in figures)):
        st.html(table_html(("Pairs that", "How many"), [(f.says, str(f.band) if f.band else "cannot be shown") for f in figures]))
    st.caption(
        f"These figures are of {day}. They change at most every four weeks, so that no two of them tell of a single pair. "
        f"A figure counts pairs that share no person and have run for three weeks, and is shown only where at least {least} such pairs do and at least {least} do not. "
        "“Cannot be shown” may mean few, none or nearly all."
    )


def _names(pairs: Sequence[PairSeen]) -> list[str]:
    return [f"{pair.mentor.name} and {pair.mentee.name}" for pair in pairs]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _span(programme: Programme, today: date) -> str:
    if programme.starts is None or programme.ends is None:
        return "without dates"
    days = (today - programme.starts).days
    where = f"starts in {-days} days" if days < 0 else f"day {days + 1} of {(programme.ends - programme.starts).days + 1}"
    return f"{in_words(programme.starts)} to {in_words(programme.ends)}: {where if today <= programme.ends else 'it has ended'}"
