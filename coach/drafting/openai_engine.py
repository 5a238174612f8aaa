"""The openai engine: structured calls to an OpenAI-compatible endpoint, pseudonyms on the way out, checks by code on the way back."""

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind, EngineRecord
from coach.drafting.agenda.account import account_of_model
from coach.drafting.agenda.adopt import adopt, problems_of
from coach.drafting.agenda.compose import agenda_needs
from coach.drafting.agenda.material import material
from coach.drafting.agenda.wire import WireAgenda
from coach.drafting.engines import Drafted, Need, Order, refuse_unknown
from coach.drafting.provider import Provider
from coach.drafting.structured import Mode, Tally, ask_structured
from coach.drafting.watch import Step
from coach.prompts.loader import Prompt, shipped


class OpenAIEngine:
    """Draft with a model; it gets one brief under pseudonyms, has no tools, and its answer is data to be checked."""

    name = "openai"

    def __init__(self, provider: Provider, mode: Mode = "auto") -> None:
        self.provider = provider
        self.mode: Mode = mode

    def kinds(self) -> frozenset[DraftKind]:
        """Return the kinds that this engine can draft."""
        return frozenset({DraftKind.AGENDA, DraftKind.SUMMARY})

    def needs(self, kind: DraftKind, brief: Brief) -> tuple[Need, ...]:
        """Return the guidance that a draft of this brief wants, most wanted first."""
        refuse_unknown(self, kind)
        return agenda_needs(brief) if kind is DraftKind.AGENDA else ()

    def draft(self, order: Order) -> Drafted:
        """Return content in the model's words; raise EngineFailed with how the call ended where it ended without."""
        refuse_unknown(self, order.kind)
        prompt = order.prompt or shipped(order.kind)
        if order.kind is DraftKind.SUMMARY:
            from coach.drafting.summary.by_model import summary_by_model  # here: an agenda has no use for it

            return summary_by_model(order, prompt, self.provider, self.mode, self.name)
        shown = material(order.brief, order.supplied)
        order.watch.enter(Step.DRAFTING)
        answered = ask_structured(self.provider, prompt.messages(shown.values), WireAgenda, self.mode, order.watch, problems_of)
        adopted = adopt(answered.value, shown)
        told = account_of_model(shown.plan, adopted.content.items, bool(adopted.citations))
        record = self._record(prompt, answered.tally, (*adopted.changed, *told))
        return Drafted(adopted.content, adopted.citations, record)

    def _record(self, prompt: Prompt, tally: Tally, said: tuple[str, ...]) -> EngineRecord:
        model = tally.model or self.provider.endpoint.model
        return EngineRecord(name=self.name, model=model, prompt=prompt.label, tokens=tally.tokens(), said=said)
