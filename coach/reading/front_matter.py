"""The front matter that a guidance document may have, and which values of it can be used."""

from collections.abc import Mapping
from typing import Any

from coach.domain.people import RoleName

STAGES = frozenset({"starting", "matching", "agreement", "first_session", "running", "ending", "reporting"})
KEYS = ("title", "audience", "stage", "sources", "questions")
LONGEST_TITLE = 200
LONGEST_TEXT = 500
MOST_TEXTS = 200  # in one list, and sections with questions


def texts(value: object) -> tuple[str, ...]:
    """Return a list of texts, or one text, as a tuple."""
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def questions_of(value: object) -> dict[str, tuple[str, ...]] | None:
    """Return questions by path of headings; None where the value is no mapping of such paths to lists of texts."""
    if not isinstance(value, Mapping):
        return None
    usable = len(value) <= MOST_TEXTS and all(isinstance(path, str) and path and _is_list_of_texts(asked) for path, asked in value.items())
    return {path: tuple(asked) for path, asked in value.items()} if usable else None


def _is_list_of_texts(value: object) -> bool:
    if not isinstance(value, list) or len(value) > MOST_TEXTS:
        return False
    return all(isinstance(item, str) and item.strip() and len(item) <= LONGEST_TEXT for item in value)


def usable(front: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """Return the front matter of an added document that can be used, and how many of its keys cannot.

    `title` is a text, `questions` a mapping of path to texts, the others are tuples of texts.
    """
    checked = {key: _checked(key, value) for key, value in front.items()}
    meta = {key: value for key, value in checked.items() if value}
    return meta, len(checked) - len(meta)


def _checked(key: str, value: object) -> Any:
    if key == "title":
        return value if isinstance(value, str) and len(value) <= LONGEST_TITLE else None
    if key == "questions":
        return questions_of(value)
    if key not in KEYS or not (_is_list_of_texts(value) or (isinstance(value, str) and value)):
        return None
    found = texts(value)
    known = {"audience": set(map(str, RoleName)), "stage": STAGES}.get(key)
    return found if known is None or set(found) <= known else None
