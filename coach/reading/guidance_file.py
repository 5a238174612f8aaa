"""Read a guidance document that ships with the product: Markdown with front matter, trusted and so read at once."""

import hashlib
from pathlib import Path

import frontmatter
from yaml import YAMLError

from coach.domain.guidance import Document, Origin
from coach.domain.people import RoleName
from coach.errors import InputRefused
from coach.reading.front_matter import STAGES, questions_of, texts

_NEEDED = ("title", "audience", "stage", "sources")


def read_guidance_file(path: Path) -> Document:
    """Return the document in this file; raise InputRefused where its text or front matter cannot be used."""
    try:
        raw = path.read_bytes()
        meta, text = frontmatter.parse(raw.decode("utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError):
        raise InputRefused(f"{path.name} cannot be read as UTF-8 Markdown with front matter.") from None
    if missing := [key for key in _NEEDED if not meta.get(key)]:
        raise InputRefused(f"{path.name} lacks {', '.join(missing)} in its front matter.")
    title, (audience, stage, sources) = str(meta["title"]), (texts(meta[key]) for key in _NEEDED[1:])
    if strange := sorted(set(stage) - STAGES | set(audience) - set(RoleName)):
        raise InputRefused(f"{path.name} names an unknown stage or audience: {', '.join(strange)}.")
    questions = questions_of(meta.get("questions") or {})
    if questions is None:
        raise InputRefused(f"{path.name} has questions in its front matter that are not lists of questions by section heading.")
    return Document(
        id=path.stem,
        file=path.name,
        title=title,
        audience=audience,
        stage=stage,
        sources=sources,
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        origin=Origin.SHIPPED,
        questions=questions,
    )


def read_guidance_folder(folder: Path) -> tuple[Document, ...]:
    """Return every document of a folder, by file name; raise InputRefused where there is none."""
    documents = tuple(read_guidance_file(path) for path in sorted(folder.glob("*.md")))
    if not documents:
        raise InputRefused(f"There is no guidance in {folder}; set COACH_KNOWLEDGE to a folder of Markdown documents.")
    return documents
