"""Measure summaries by the built-in rules beside counting shared words, on the project's labelled notes and on folders given as arguments."""

import sys
from pathlib import Path

from coach.domain.brief import Brief
from coach.domain.summary import SummaryContent
from coach.drafting.summary.compose import compose_summary
from coach.drafting.summary.evidence import hold_to_notes, noted
from coach.evaluation.notes import in_words, measure
from coach.evaluation.notes_baseline import by_word_overlap
from coach.evaluation.notes_cases import read_notes_cases

OURS = Path(__file__).parent.parent / "tests" / "notes"


def by_rules(brief: Brief) -> SummaryContent:
    """Return the summary by rules, held to its notes as every draft is."""
    content = compose_summary(brief, "builtin", brief.author).content
    assert isinstance(content, SummaryContent)
    return hold_to_notes(content, noted(brief.notes, content.sensitive)).content


def main() -> None:
    """Print the figures, and how many times as good as counting words."""
    for folder in [OURS, *map(Path, sys.argv[1:])]:
        result = measure(read_notes_cases(folder), {"builtin": by_rules, "word overlap": by_word_overlap}, "builtin")
        ours, theirs = result.legs
        print(f"{folder.name}: {in_words(result, tell=False)}")
        print(f"ratio of macro-F1, built-in to word overlap: {ours.macro_f1 / theirs.macro_f1:.2f}\n")


if __name__ == "__main__":
    main()
