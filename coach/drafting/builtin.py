"""The builtin engine: no model, no network, no download; it composes from structure, extraction and rules."""

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.drafting.agenda.compose import agenda_needs, compose_agenda
from coach.drafting.engines import Drafted, Need, Order, refuse_unknown


class BuiltinEngine:
    """Draft by rules; the same brief and passages always give the same draft."""

    name = "builtin"

    def kinds(self) -> frozenset[DraftKind]:
        """Return the kinds that this engine can draft."""
        return frozenset({DraftKind.AGENDA, DraftKind.SUMMARY})

    def needs(self, kind: DraftKind, brief: Brief) -> tuple[Need, ...]:
        """Return the guidance that a draft of this brief wants, most wanted first."""
        refuse_unknown(self, kind)
        return agenda_needs(brief) if kind is DraftKind.AGENDA else ()

    def draft(self, order: Order) -> Drafted:
        """Return content made from this brief and these passages."""
        refuse_unknown(self, order.kind)
        if order.kind is DraftKind.AGENDA:
            return compose_agenda(order.brief, order.supplied, self.name)
        from coach.drafting.summary.compose import compose_summary  # here: an agenda has no use for it

        return compose_summary(order.brief, self.name, order.brief.author)
