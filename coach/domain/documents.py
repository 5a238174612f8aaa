"""What is said about a document that a programme adds: title, readers, stage, sources, and the questions that people ask."""

import hashlib
import json
from collections.abc import Collection
from pathlib import PurePath

from pydantic import BaseModel, ConfigDict, Field

from coach.domain.guidance import Document
from coach.domain.people import RoleName
from coach.domain.text import for_terminal, one_line

MOST_DOCUMENTS = 500  # added in one scope
MOST_TEXT_BYTES = 40_000_000  # of all texts added in one scope
LONGEST_FILE_NAME = 255
LONGEST_TITLE = 200
LONGEST_SOURCE = 500
LONGEST_QUESTION = 300
MOST_QUESTIONS = 20  # a section
STAGES = ("starting", "matching", "agreement", "first_session", "running", "ending", "reporting")
EVERYBODY = tuple(RoleName)
ENDINGS = (".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pptx", ".pdf")
KINDS = "Markdown, plain text, HTML, DOCX, PPTX or PDF"

Questions = dict[str, tuple[str, ...]]  # by section


class DocumentDetails(BaseModel):
    """What a coordinator says about a document; without a stage it fits every one."""

    model_config = ConfigDict(frozen=True)

    title: str
    audience: tuple[RoleName, ...] = EVERYBODY
    stage: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    questions: Questions = Field(default_factory=dict)

    def tidied(self) -> "DocumentDetails":
        """Return the same as it is kept: each on one line, nothing empty, nothing twice."""
        return DocumentDetails(
            title=one_line(self.title),
            audience=tuple(role for role in RoleName if role in self.audience),
            stage=tuple(stage for stage in STAGES if stage in self.stage) + tuple(s for s in self.stage if s not in STAGES),
            sources=_lines(self.sources),
            questions={section: lines for section, asked in self.questions.items() if (lines := _lines(asked))},
        )

    def problem(self, sections: Collection[str]) -> str | None:
        """Return in one sentence why a document with these sections cannot be kept like this, or None."""
        if not self.title:
            return "The document has no title; give it one."
        if len(self.title) > LONGEST_TITLE:
            return f"The title has {len(self.title)} characters; {LONGEST_TITLE} are the most. Shorten it."
        if not self.audience:
            return "The document is for nobody yet; choose who it is for."
        if strange := [stage for stage in self.stage if stage not in STAGES]:
            return f"“{strange[0]}” is no stage of a programme; the stages are {', '.join(STAGES)}."
        if any(len(source) > LONGEST_SOURCE for source in self.sources):
            return f"A source may have {LONGEST_SOURCE} characters at most; shorten it."
        return self._problem_of_questions(sections)

    def _problem_of_questions(self, sections: Collection[str]) -> str | None:
        for section, asked in self.questions.items():
            if section not in sections:
                return f"The document has no section “{section}”, so no question can belong to it."
            if len(asked) > MOST_QUESTIONS:
                return f"The section “{section}” has {len(asked)} questions; {MOST_QUESTIONS} are the most."
            if any(len(question) > LONGEST_QUESTION for question in asked):
                return f"A question of the section “{section}” is longer than {LONGEST_QUESTION} characters; shorten it."
        return None

    def without_strange_sections(self, sections: Collection[str]) -> "DocumentDetails":
        """Return the details with the questions of these sections only."""
        return self.model_copy(update={"questions": {s: asked for s, asked in self.questions.items() if s in sections}})


def details_of(document: Document) -> DocumentDetails:
    """Return what is said about a document that is kept."""
    return DocumentDetails(
        title=document.title,
        audience=tuple(RoleName(name) for name in document.audience),
        stage=document.stage,
        sources=document.sources,
        questions=document.questions,
    )


def with_details(document: Document, details: DocumentDetails) -> Document:
    """Return a document with other details, and the fingerprint that goes with them."""
    changed = document.model_copy(update=details.model_dump())
    return changed.model_copy(update={"sha256": fingerprint(changed)})


def fingerprint(document: Document) -> str:
    """Return the SHA-256 (hex) of everything of a document that is searched or shown, its questions too."""
    said = document.model_dump(mode="json", include={"file", "title", "audience", "stage", "sources", "text", "questions"})
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def file_problem(name: str) -> str | None:
    """Return in one sentence why no file of this name can be added, whatever is in it; None where one can."""
    if not name.strip() or name != PurePath(name).name or for_terminal(name) != name or "\n" in name or "\t" in name:
        return "The file's name holds characters that no name should have; rename it and add it again."
    if len(name) > LONGEST_FILE_NAME:
        return f"The file's name has {len(name)} characters; {LONGEST_FILE_NAME} are the most. Shorten it."
    if PurePath(name).suffix.lower() not in ENDINGS:
        return f"{name} is not a kind of file that can be added; save it as {KINDS}."
    return None


def room_problem(name: str, documents: int, size: int) -> str | None:
    """Return in one sentence why so many documents, of so many bytes of text together, are too many; None where there is room."""
    if documents > MOST_DOCUMENTS:
        return f"{name} would be document {documents}; {MOST_DOCUMENTS} can be added. Remove one that nobody needs any more."
    if size > MOST_TEXT_BYTES:
        most = MOST_TEXT_BYTES / 1e6
        return f"With {name} all added documents together would have {size / 1e6:.1f} MB of text; {most:.0f} MB are the most. Remove one first."
    return None


def _lines(texts: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for text in texts if (line := one_line(text))))
