"""The agenda as a model returns it: every key required, no limits, no defaults, so that strict providers accept its schema."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class WirePart(BaseModel):
    """A part of a model's answer."""

    model_config = ConfigDict(extra="forbid")


class WireItem(WirePart):
    """One time box; `goal` is an id such as g1, `guidance` holds keys such as G1."""

    minutes: int
    title: str
    goal: str | None
    lead: Literal["mentor", "mentee", "both"]
    questions: list[str]
    guidance: list[str]


class WireLater(WirePart):
    """A goal that no item is about, and how it is looked after instead."""

    goal: str
    how: str


class WireAgenda(WirePart):
    """The whole answer; what was promised and what is missing are computed by code and not asked for."""

    purpose: str
    items: list[WireItem]
    left_for_later: list[WireLater]
    preparation: list[str]
    close: list[str]
