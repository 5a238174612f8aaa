"""Bytes of a text file to text."""

import codecs
import re

from coach.reading.refusals import NotReadable, Reason

MOST_FOREIGN = 0.3  # share of characters beyond ASCII from which Windows-1252 is a guess and not a reading
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes) -> str:
    """Return the text of these bytes as UTF-8, as UTF-16 with its mark or as Windows-1252; raise NotReadable for anything else."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data, encoding)
    if _CONTROL.search(data.decode("latin-1")):
        raise NotReadable(Reason.UNKNOWN)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _checked(data, "cp1252")
    if sum(character > "\x7f" for character in text) > MOST_FOREIGN * len(text):
        raise NotReadable(Reason.ENCODING)
    return text


def _checked(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise NotReadable(Reason.ENCODING) from None
    if _CONTROL.search(text):
        raise NotReadable(Reason.UNKNOWN)
    return text
