"""Read files of one JSON object a line; what is wrong is said in one sentence with the number of its line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coach.errors import InputRefused


def text_of(path: Path) -> str:
    """Return a file's text; raise InputRefused where it is not there or not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputRefused(f"{path.name} is not in {path.parent}; it is needed there.") from None
    except OSError:
        raise InputRefused(f"{path.name} in {path.parent} cannot be read.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputRefused(f"{path.name}, line {line}, is not UTF-8; save the file as UTF-8.") from None


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold anything, with their numbers from 1; only a line feed ends a line, as JSON may hold other line ends."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number of the line, its JSON object); raise InputRefused where a line holds none."""
    for number, line in numbered(text_of(path)):
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            raise refused(path, number, "holds no JSON object; each line should be one")
        yield number, data


def string(path: Path, number: int, data: dict[str, Any], key: str) -> str:
    """Return the text under a key; a number counts as the text it is written as; raise InputRefused where there is none."""
    value = data.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise refused(path, number, f'has no text under "{key}"')
    return value


def refused(path: Path, number: int, what: str) -> InputRefused:
    """Return the error that names the file and the line, to be raised."""
    return InputRefused(f"{path.name}, line {number}, {what}.")
