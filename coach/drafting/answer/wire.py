"""What a model returns when it is asked for an answer, for other wordings of a question, or for questions: every key required, no limits."""

from pydantic import BaseModel, ConfigDict


class WirePart(BaseModel):
    """A part of a model's answer."""

    model_config = ConfigDict(extra="forbid")


class WireSentence(WirePart):
    """One sentence of an answer; `citations` holds the keys of the passages that say so."""

    text: str
    citations: list[str]


class WireAnswer(WirePart):
    """Whether the passages answer the question, their keys from the most to the least useful, and the answer."""

    covered: bool
    order: list[str]
    sentences: list[WireSentence]


class WireWordings(WirePart):
    """Other ways of asking the same."""

    wordings: list[str]


class WireSection(WirePart):
    """The questions that one section answers; `key` is the section's."""

    key: str
    questions: list[str]


class WireQuestions(WirePart):
    """The questions of several sections."""

    sections: list[WireSection]
