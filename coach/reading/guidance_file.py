"""Read a guidance document: Markdown with front matter."""

import hashlib
from pathlib import Path

import frontmatter
from yaml import YAMLError

from coach.domain.guidance import Document, Origin
from coach.domain.people import RoleName
from coach.errors import InputRefused

STAGES = frozenset({"starting", "matching", "agreement", "first_session", "running", "ending", "reporting"})
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
    title, (audience, stage, sources) = str(meta["title"]), (_strings(meta[key]) for key in _NEEDED[1:])
    if strange := sorted(set(stage) - STAGES | set(audience) - set(RoleName)):
        raise InputRefused(f"{path.name} names an unknown stage or audience: {', '.join(strange)}.")
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
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def read_guidance_folder(folder: Path) -> tuple[Document, ...]:
    """Return every document of a folder, by file name; raise InputRefused where there is none."""
    documents = tuple(read_guidance_file(path) for path in sorted(folder.glob("*.md")))
    if not documents:
        raise InputRefused(f"There is no guidance in {folder}; set COACH_KNOWLEDGE to a folder of Markdown documents.")
    return documents
