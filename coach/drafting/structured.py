"""One structured answer from a model: a strict schema, else JSON in the prompt, then one repair; three requests at most."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from coach.domain.drafts import Tokens
from coach.domain.outcomes import Outcome
from coach.domain.text import printable
from coach.drafting.provider import CallFailed, Message, Provider, Reply
from coach.drafting.watch import Step, Watch

Wire = TypeVar("Wire", bound=BaseModel)
Mode = Literal["auto", "strict", "json"]

MOST_REQUESTS = 3
LONGEST_WAIT = 45.0  # seconds that a provider may ask to wait before it counts as busy
MOST_TOLD = 5  # problems that a repair names
LONGEST_ECHO = 20_000  # characters of the unusable answer that a repair shows again

IN_WORDS = (
    "Answer with one JSON object and nothing else: no fence, no words before or after it. It must fit this JSON schema, "
    "with every key present:\n{schema}"
)
REPAIR = "That answer could not be used: {problems}. Answer again with the whole JSON object, mended, and nothing else.\n" + IN_WORDS


@dataclass
class Tally:
    """What the requests for one draft added up to."""

    requests: int = 0
    read: int = 0
    written: int = 0
    model: str = ""

    def add(self, reply: Reply) -> None:
        """Count a reply's tokens."""
        self.read += reply.read
        self.written += reply.written
        self.model = reply.model or self.model

    def join(self, other: "Tally") -> None:
        """Count what the requests for another part of the draft added up to."""
        self.requests += other.requests
        self.read += other.read
        self.written += other.written
        self.model = other.model or self.model

    def tokens(self) -> Tokens:
        """Return the counts as a draft keeps them."""
        return Tokens(requests=self.requests, read=self.read, written=self.written)


@dataclass(frozen=True)
class Answered(Generic[Wire]):
    """A usable answer, and what it took to get it."""

    value: Wire
    tally: Tally


@dataclass
class _Conversation:
    """The requests of one draft: what was said so far and in which shape the next answer is wanted."""

    messages: list[Message]
    schema: dict[str, Any]
    modes: list[Literal["strict", "json"]]
    most: int
    tally: Tally = field(default_factory=Tally)
    repaired: bool = False

    @property
    def shape(self) -> dict[str, Any] | None:
        if self.modes[0] == "json":
            return None
        return {"type": "json_schema", "json_schema": {"name": "draft", "strict": True, "schema": self.schema}}

    def written(self) -> list[Message]:
        """Return the messages to send; without a strict schema its text stands at the end of the prompt."""
        if self.modes[0] == "strict" or self.repaired:
            return self.messages
        *before, last = self.messages
        return [*before, last | {"content": f"{last['content']}\n\n{IN_WORDS.format(schema=json.dumps(self.schema))}"}]

    def next_shape(self) -> bool:
        """Go one step down the ladder; tell whether there was one."""
        if len(self.modes) == 1:
            return False
        self.modes.pop(0)
        return True

    def repair(self, reply: str, problems: Sequence[str]) -> bool:
        """Ask for the answer again with what was wrong; tell whether that was still possible."""
        if self.repaired:
            return False
        self.next_shape()
        said = "; ".join(problems[:MOST_TOLD])
        ask = REPAIR.format(problems=said, schema=json.dumps(self.schema))
        self.messages = [
            *self.messages,
            {"role": "assistant", "content": str(printable(reply[:LONGEST_ECHO]))},
            {"role": "user", "content": ask},
        ]
        self.repaired = True
        return True


def ask_structured(
    provider: Provider,
    messages: Sequence[Message],
    wire: type[Wire],
    mode: Mode,
    watch: Watch,
    problems_of: Callable[[Wire], Sequence[str]] = lambda _: (),
    most: int = MOST_REQUESTS,
) -> Answered[Wire]:
    """Return the model's answer as `wire`; `problems_of` says what else makes one unusable.

    Raises EngineFailed with how it ended: at most `most` requests are made, whatever they are for.
    """
    modes: list[Literal["strict", "json"]] = ["strict", "json"] if mode == "auto" else [mode]
    talk = _Conversation(list(messages), wire.model_json_schema(), modes, most)
    last = CallFailed(Outcome.WRONG_SHAPE)
    while talk.tally.requests < most:
        watch.check()
        talk.tally.requests += 1
        try:
            reply = provider.ask(talk.written(), talk.shape, watch)
        except CallFailed as error:
            last = error
            _go_on_after(error, talk, watch)
            continue
        talk.tally.add(reply)
        value, problems = read_answer(reply.text, wire, problems_of)
        if value is not None:
            return Answered(value, talk.tally)
        last = CallFailed(Outcome.WRONG_SHAPE)
        if not talk.repair(reply.text, problems):
            break
    raise last


def _go_on_after(error: CallFailed, talk: _Conversation, watch: Watch) -> None:
    """Make ready for another request where one can help; raise the error again where none can."""
    may_ask_again = talk.tally.requests < talk.most
    if (error.shape_refused or error.outcome == Outcome.EMPTY) and may_ask_again and talk.next_shape():
        return
    if error.wait is None or not may_ask_again or error.wait > min(LONGEST_WAIT, watch.left()):
        raise error
    watch.enter(Step.DRAFTING, f"The provider asked to wait {error.wait:.0f} seconds." if error.wait > 1 else "")
    watch.stopped.wait(error.wait)


def read_answer(text: str, wire: type[Wire], problems_of: Callable[[Wire], Sequence[str]]) -> tuple[Wire | None, list[str]]:
    """Return the answer in a reply, or None and what is wrong with it; chatter and fences around the object are seen through."""
    found = json_object(text)
    if found is None:
        return None, ["there was no JSON object in it"]
    try:
        value = wire.model_validate(printable_in(found), extra="ignore")
    except (ValidationError, RecursionError) as error:
        return None, _problems(error)
    problems = list(problems_of(value))
    return (None, problems) if problems else (value, [])


def json_object(text: str) -> dict[str, Any] | None:
    """Return the JSON object in a text, or None: as it stands, after a model's thinking, or between the outermost braces."""
    after = text.rsplit("</think>", 1)[-1].strip()
    braces = after[after.find("{") : after.rfind("}") + 1]  # what stands in a fence stands between its outermost braces too
    for candidate in (after, braces):
        try:
            data = json.loads(candidate, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            return data
    return None


def printable_in(data: Any) -> Any:
    """Return nested data whose texts hold no character that a document cannot hold."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: printable_in(value) for key, value in data.items()}
    return [printable_in(value) for value in data] if isinstance(data, list) else data


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON number")


def _problems(error: ValidationError | RecursionError) -> list[str]:
    if isinstance(error, RecursionError):
        return ["it was nested too deeply"]
    return [
        f"{'.'.join(map(str, e['loc'])) or 'the object'}: {e['msg'].lower()}" for e in error.errors(include_url=False, include_input=False)
    ]
