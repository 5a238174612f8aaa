"""What each person sees of a summary once it is released: the preview and the reading view are made here, so that they cannot differ."""

from dataclasses import dataclass

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.domain.summary import SummaryContent, for_readers
from coach.drafting.headers import header_of
from coach.drafting.summary.markdown import action_line
from coach.drafting.voice import voice_of


@dataclass(frozen=True)
class SummarySeen:
    """A summary as its readers see it: nothing private, and of the notes only the quotes that their author ticked."""

    title: str
    line: str
    content: SummaryContent
    goal_titles: dict[str, str]
    actions: tuple[str, ...]  # in words


@dataclass(frozen=True)
class EachSees:
    """What mentor, mentee and coordinator see of a released summary; the coordinator nothing that a summary says."""

    mentor: SummarySeen
    mentee: SummarySeen
    coordinator: tuple[str, ...]


# What a release changes for a coordinator: the session counts as held, in a figure about all pairs together.
COORDINATOR_SEES = (
    "Nothing that stands in this summary, in your notes, or in the goals and actions of your pair.",
    "That this session took place counts in one figure: how many pairs met lately. It is shown only where many pairs stand behind it, and never says which.",
)


def seen_by_readers(content: SummaryContent, brief: Brief) -> SummarySeen:
    """Return a summary as either person of its pair reads it."""
    header, seen = header_of(brief, DraftKind.SUMMARY), for_readers(content)
    voice = voice_of(brief.pair, brief.session.date)
    return SummarySeen(
        title=header.title,
        line=header.line,
        content=seen,
        goal_titles={goal.id: goal.title for goal in brief.goals},
        actions=tuple(action_line(action, voice) for action in seen.actions),
    )


def each_sees(content: SummaryContent, brief: Brief) -> EachSees:
    """Return exactly what each will see of this summary once it is released."""
    seen = seen_by_readers(content, brief)
    return EachSees(mentor=seen, mentee=seen, coordinator=COORDINATOR_SEES)
