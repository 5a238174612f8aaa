"""Pairs as their coordinator sees them: make one, change its dates, end it without fault."""

from datetime import date
from typing import Any

import streamlit as st

from coach.domain.days import in_words
from coach.domain.members import Member
from coach.domain.pairs import PairDates, PairSeen, Standing, usual_dates
from coach.domain.people import RoleName
from coach.services.people import PeopleAndPairs, change_pair, end_pair, make_pair
from coach.ui import here, look, typed
from coach.ui.table import Cell, Chip, table_html
from coach.ui.typed import Form

NEW, DATES = "new_pair", "pair_dates"
DAY = "DD/MM/YYYY"
STANDS = {Standing.PLANNED: Chip("not started", "blue"), Standing.RUNNING: Chip("running", "green"), Standing.OVER: Chip("ended", "grey")}


def show(seen: PeopleAndPairs) -> None:
    """Show the pairs, or the fields of the one that is being made or changed."""
    if typed.find(NEW) is not None:
        _new(seen)
    elif typed.find(DATES) is not None:
        _dates()
    else:
        _list(seen)


def _list(seen: PeopleAndPairs) -> None:
    today = here.parts().today()
    current = [pair for pair in seen.pairs if pair.standing(today) is not Standing.OVER]
    if not all(any(role in m.roles for m in seen.members) for role in (RoleName.MENTOR, RoleName.MENTEE)):
        st.info(
            "A pair is one mentor and one mentee. Add people with these roles first; then you match them here.", icon=":material/handshake:"
        )
        st.button("Add people", type="primary", key="to_people", on_click=here.lead, args=("people",), kwargs={"part": "people"})
        return
    st.button("Make a pair", icon=":material/handshake:", key="make_pair", type="primary", on_click=_begin_new, args=(seen,))
    if not seen.pairs:
        st.info("There is no pair yet. Ask both people first whether they want this match; either may say no without a reason.")
        return
    _change(current)
    ended = len(seen.pairs) - len(current)
    everything = ended > 0 and st.toggle(f"Show pairs that have ended ({ended})", key="show_ended")
    rows = [_row(pair, today) for pair in (seen.pairs if everything else current)]
    st.html(table_html(("Mentor", "Mentee", "Starts", "Review", "Ends", "Agreement", "Now"), rows, f"{len(rows)} pairs"))
    st.caption("What the two agree, plan and say stays between them. You see the dates that you set, and whether both have signed.")


def _row(pair: PairSeen, today: date) -> tuple[Cell, ...]:
    standing = pair.standing(today)
    signed = Chip("signed by both", "green") if pair.signed else Chip("not signed yet", "amber")
    starts, review, ends = (in_words(day, today) if day else "" for day in (pair.starts, pair.review, pair.last_day))
    late = pair.review is not None and pair.review < today and standing is Standing.RUNNING
    return (pair.mentor.name, pair.mentee.name, starts, Chip(f"was {review}", "amber") if late else review, ends, signed, STANDS[standing])


def _change(current: list[PairSeen]) -> None:
    by_id = {pair.id: pair for pair in current}
    if not by_id:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Change or end a pair", list(by_id), index=None, placeholder="Choose a pair", key="change_which", width=420,
            format_func=lambda i: f"{by_id[i].mentor.name} and {by_id[i].mentee.name}",
        )  # fmt: skip
        if chosen is not None:
            st.button("Change", key="change_pair", on_click=_begin_dates, args=(by_id[chosen],))


def _begin_new(seen: PeopleAndPairs) -> None:
    usual = usual_dates(here.parts().today(), seen.programme)
    typed.begin(NEW, {"mentor": None, "mentee": None} | usual.model_dump())


def _begin_dates(pair: PairSeen) -> None:
    typed.begin(DATES, pair.dates.model_dump(), base=pair)


def _new(seen: PeopleAndPairs) -> None:
    form = typed.find(NEW)
    assert form is not None
    st.subheader("Make a pair")
    with st.container(border=True):
        mentor, mentee = st.columns(2)
        with mentor:
            _choose(form, seen, RoleName.MENTOR, "Mentor, the junior person")
        with mentee:
            _choose(form, seen, RoleName.MENTEE, "Mentee, the senior person")
        _days(form)
        with st.container(horizontal=True):
            st.button("Make the pair", type="primary", key="save_pair", on_click=_make)
            st.button("Cancel", key="cancel_pair", type="tertiary", on_click=typed.end, args=(NEW,))
    st.caption(
        "Not in the same reporting line, and both have said yes. The two then find their agreement, goals and sessions under “Our pair”."
    )


def _choose(form: Form, seen: PeopleAndPairs, role: RoleName, label: str) -> None:
    """Offer the people with a role, those without a pair first."""
    members = {m.person.id: m for m in sorted(seen.members, key=lambda m: _meets(seen, m.person.id, role)) if role in m.roles}

    def words(person_id: str) -> str:
        member: Member = members[person_id]
        pairs = _meets(seen, person_id, role)
        job = f", {member.person.role}" if member.person.role else ""
        return f"{member.person.name}{job}{f' (in {pairs} already)' if pairs else ''}"

    ids = list(members)
    chosen: Any = form.values[role.value]
    st.selectbox(
        label, ids, index=ids.index(chosen) if chosen in ids else None, placeholder="Choose a person", format_func=words,
        **typed.kept(form, role.value),
    )  # fmt: skip


def _meets(seen: PeopleAndPairs, person_id: str, role: RoleName) -> int:
    """Return in how many pairs somebody has this role now."""
    today = here.parts().today()
    return sum(
        (p.mentor if role is RoleName.MENTOR else p.mentee).id == person_id for p in seen.pairs if p.standing(today) is not Standing.OVER
    )


def _days(form: Form) -> None:
    for place, name, label in zip(st.columns(3), ("starts", "review", "ends"), ("Starts", "Look back half-way", "Ends"), strict=True):
        place.date_input(label, **typed.field(form, name), format=DAY)


def _make() -> None:
    form = typed.collect(NEW)
    if form is None:
        return
    values = form.values
    if values["mentor"] is None or values["mentee"] is None:
        st.session_state["refused"] = "A pair needs a mentor and a mentee; choose both. Nothing was saved."
    elif here.tried(lambda: make_pair(here.parts(), here.me().id, values["mentor"], values["mentee"], _picked(values))):
        typed.end(NEW)
        st.session_state["done"] = "The pair is made. Tell both yourself; their agreement is the next step, and it is theirs."


def _dates() -> None:
    form = typed.find(DATES)
    assert form is not None
    pair: PairSeen = form.base
    names = f"{pair.mentor.name} and {pair.mentee.name}"
    st.subheader(look.plain(names))
    with st.container(border=True):
        _days(form)
        _before_saving(pair)
        with st.container(horizontal=True):
            st.button("Save the dates", type="primary", key="save_dates", on_click=_save)
            with st.popover("End this pair", key="end_pair_question"):
                st.markdown(
                    "The pair ends at once, without fault and without a reason. Both can still read what they wrote and agreed, nothing in it "
                    "changes any more, and either can join another pair. "
                    "Thank both of them yourself."
                )
                st.button("End it today", key="end_pair", type="primary", on_click=_end)
            st.button("Cancel", key="cancel_dates", type="tertiary", on_click=typed.end, args=(DATES,))
    st.caption("Once the two have looked back, set the next review or leave it empty.")


def _before_saving(pair: PairSeen) -> None:
    if pair.signed:
        said = "Both have signed an agreement with these dates in it. If you change a date, their signatures no longer count and both sign again."
        st.warning(said, icon=":material/signature:")
    else:
        st.caption("The dates are part of the agreement. If you change one, whoever has signed already signs again.")


def _picked(values: dict[str, Any]) -> PairDates:
    return PairDates(starts=values["starts"], review=values["review"], ends=values["ends"])


def _save() -> None:
    form = typed.collect(DATES)
    if form is None:
        return
    pair: PairSeen = form.base
    if here.tried(lambda: change_pair(here.parts(), here.me().id, pair.id, _picked(form.values), pair.dates)):
        typed.end(DATES)
        st.session_state["done"] = "The dates are saved."


def _end() -> None:
    form = typed.find(DATES)
    if form is not None and here.tried(lambda: end_pair(here.parts(), here.me().id, form.base.id)):
        typed.end(DATES)
        st.session_state["done"] = "The pair has ended."
