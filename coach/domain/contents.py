"""What a draft of any kind can say."""

from coach.domain.agenda import AgendaContent
from coach.domain.summary import SummaryContent

# The required keys of the two differ, so that a stored content is always read back as what it was.
Content = AgendaContent | SummaryContent
