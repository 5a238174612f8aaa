"""Have a model read notes part by part; a part that it does not answer for is read by the built-in rules, and the author is told."""

from dataclasses import dataclass, field

from coach.domain.drafts import EngineRecord, Quotes
from coach.domain.outcomes import RETRYABLE, SAID, Outcome
from coach.domain.summary import SummaryContent
from coach.drafting.engines import Drafted, Order
from coach.drafting.provider import CallFailed, Provider
from coach.drafting.structured import Mode, Tally, ask_structured
from coach.drafting.summary.adopt import PartRead, adopt_part
from coach.drafting.summary.compose import compose_summary
from coach.drafting.summary.material import Material, material
from coach.drafting.summary.merge_parts import merge_parts, moved
from coach.drafting.summary.parts import Part
from coach.drafting.summary.wire import WireSummary
from coach.drafting.watch import Step
from coach.prompts.loader import Prompt

# What ends one part's call and says nothing about the next one's.
OF_ONE_PART = RETRYABLE | {Outcome.FILTERED, Outcome.TOO_LONG}


@dataclass
class _Reading:
    """The parts read so far, with what the requests for them added up to."""

    parts: list[PartRead] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    failed: CallFailed | None = None
    answered: int = 0


def summary_by_model(order: Order, prompt: Prompt, provider: Provider, mode: Mode, name: str) -> Drafted:
    """Return the summary of an order's notes; EngineFailed with how the last call ended where the model answered for no part."""
    shown = material(order.brief)
    reading = _Reading()
    for part in shown.parts:
        order.watch.enter(Step.DRAFTING, f"part {part.number} of {part.of}" if part.of > 1 else "")
        _read(reading, shown, part, order, prompt, provider, mode)
    if reading.failed is not None and not reading.answered:
        raise reading.failed
    merged = merge_parts([p.content for p in reading.parts], shown.read, order.brief)
    told = [line for p in reading.parts for line in p.said]
    record = EngineRecord(
        name=name,
        model=reading.tally.model or provider.endpoint.model,
        prompt=prompt.label,
        tokens=reading.tally.tokens(),
        quotes=Quotes(supported=0, removed=sum(p.removed for p in reading.parts)),
        said=tuple(dict.fromkeys([*reading.said, *told, *merged.said, *shown.said])),
    )
    return Drafted(merged.content, (), record)


def _read(reading: _Reading, shown: Material, part: Part, order: Order, prompt: Prompt, provider: Provider, mode: Mode) -> None:
    try:
        answered = ask_structured(provider, prompt.messages(shown.values(part)), WireSummary, mode, order.watch)
    except CallFailed as error:
        order.watch.check()
        if error.outcome not in OF_ONE_PART or error.outcome is Outcome.CANCELLED:
            raise
        reading.failed = error
        which = "these notes" if part.of == 1 else f"part {part.number} of {part.of} of the notes"
        reading.said.append(
            f"The model did not answer for {which} ({_lower(SAID[Outcome(error.outcome)])}); the built-in rules read that part."
        )
        reading.parts.append(_by_rules(shown, part))
        return
    reading.answered += 1
    reading.tally.join(answered.tally)
    reading.parts.append(adopt_part(answered.value, shown, part))


def _by_rules(shown: Material, part: Part) -> PartRead:
    """Return what the built-in rules read in one part alone."""
    brief = shown.brief.model_copy(update={"notes": shown.brief.notes[part.start : part.end]})
    made = compose_summary(brief, "builtin", brief.author)
    assert isinstance(made.content, SummaryContent)
    return PartRead(moved(made.content, part.start))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
