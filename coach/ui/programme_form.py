"""The fields that a programme is set with: few first, the rest with sensible defaults behind one click."""

from datetime import date
from typing import Any

import streamlit as st

from coach.domain.people import Programme
from coach.domain.programmes import LEAST_GROUP, MOST_GROUP, MOST_OBJECTIVES, ProgrammeSettings, usual_end
from coach.ui import typed
from coach.ui.typed import Form

DAY = "DD/MM/YYYY"


def usual_values(today: date) -> dict[str, Any]:
    """Return what the fields of a new programme hold."""
    settings = ProgrammeSettings(name="", route="", starts=today, ends=usual_end(today))
    return values_of(Programme(id="", **settings.model_dump()))


def values_of(programme: Programme) -> dict[str, Any]:
    """Return what the fields hold for a programme."""
    kept = programme.model_dump(include={"name", "label", "route", "starts", "ends", "minimum_group"})
    return kept | {"objectives": "\n".join(programme.objectives)}


def settings_of(values: dict[str, Any]) -> ProgrammeSettings:
    """Return the settings that the fields hold."""
    objectives = tuple(line.strip() for line in values["objectives"].splitlines() if line.strip())
    return ProgrammeSettings(**{name: values[name] for name in ProgrammeSettings.model_fields} | {"objectives": objectives})


def first_fields(form: Form) -> None:
    """Show what every programme needs."""
    st.text_input("Name of the programme", **typed.field(form, "name"), placeholder="For example: Brackwater Listens")
    starts, ends = st.columns(2)
    starts.date_input("Starts", **typed.field(form, "starts"), format=DAY)
    ends.date_input("Ends", **typed.field(form, "ends"), format=DAY)
    st.text_area(
        "The human route for disclosures",
        **typed.field(form, "route"),
        height=80,
        placeholder="For example: Ines Faro, people partner, ines.faro@company.example, 5501",
        help="Name and how to reach them. Best is somebody who manages nobody in the programme.",
    )
    st.caption(
        "Sooner or later somebody tells of harassment, discrimination or fear of harm. That needs a person, not a draft: "
        "the app then shows this route and uses nothing of what was written."
    )


def further_fields(form: Form, group_fixed: bool) -> None:
    """Show what has a sensible default."""
    st.text_input(
        "What you call it",
        **typed.field(form, "label"),
        help="The term “reverse mentoring” is contested: to some, “reverse” sounds as if there were a right way round. "
        "Use what your people accept, such as reciprocal or upward mentoring.",
    )
    st.text_area(
        f"Objectives, one line each, {MOST_OBJECTIVES} at most",
        **typed.field(form, "objectives"),
        height=110,
        placeholder="For example: By the end of month three, twelve pairs have signed and met.",
        help="What should be different, and by when, so that everybody can see whether it is.",
    )
    st.number_input(
        "Minimum reporting group",
        LEAST_GROUP,
        MOST_GROUP,
        **typed.field(form, "minimum_group"),
        disabled=group_fixed,
        help="How many pairs a figure has to stand for before anybody sees it. It can be changed until the programme starts, and is never below 5.",
    )
    st.caption(
        "Figures are shown only where at least this many pairs share an answer and as many do not. With fewer than twice as many pairs that have run for three weeks "
        "there are none at all: with so few people, talk to them instead."
    )
