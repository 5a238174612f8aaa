"""Find what leads to a person without being a name: e-mail addresses, telephone numbers, links and handles, identifiers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from phonenumbers import Leniency, PhoneNumberMatcher

from coach.language.positions import Folded, blanked, folded

DEFAULT_REGION = "GB"  # whose way of writing a number without a country code counts; other countries' ways are told by their shape
MOST_TRIES = 5_000  # of the library, per text: what is grouped like a telephone number is found before it is asked
LEAST_PHONE_DIGITS, MOST_PHONE_DIGITS = 7, 17


class ContactKind(StrEnum):
    """What was found."""

    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    IDENTIFIER = "identifier"


@dataclass(frozen=True)
class Contact:
    """A way to a person with its place in the text (code points); `key` is the same for the same address in another spelling."""

    start: int
    end: int
    kind: ContactKind
    key: str


_ZONES = (
    "example|test|invalid|localhost|local|internal|intranet|corp|lan|home|com|org|net|edu|gov|mil|int|info|biz|name|pro|app|dev|cloud|tech|online|site|"
    "shop|store|blog|page|link|live|news|media|social|chat|work|jobs|team|group|company|agency|studio|design|digital|academy|school|university|"
    "foundation|health|care|bank|finance|london|berlin|paris|amsterdam|wales|scot|cymru|xyz|space|website|zone|world|life|email|zip|mov|"
    "ac|ae|ai|am|ar|at|au|be|bg|bo|br|ca|cc|ch|ci|cl|cn|co|cr|cy|cz|de|dk|do|ec|ee|eg|es|eu|fi|fm|fr|ge|gg|gh|gr|hk|hr|hu|id|ie|il|im|in|io|iq|ir|is|it|"
    "je|jo|jp|ke|kr|kw|kz|lb|li|lk|lt|lu|lv|ly|ma|md|me|mk|mt|mx|my|ng|nl|no|np|nz|om|pe|ph|pk|pl|ps|pt|qa|ro|rs|ru|sa|se|sg|si|sk|sn|so|su|th|tn|to|tr|"
    "tt|tv|tw|tz|ua|ug|uk|us|uy|uz|ve|vn|za|zm|zw"
)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_TAIL = r"[^\s\0<>\"“”«»]*[^\s\0<>\"“”«».,;:!?'’)\]}…]"  # the rest of a link, without the stop of the sentence
_AT = r"(?:@|[ ]?[\[({<][ ]?(?:at|@|ät)[ ]?[\])}>][ ]?)"
_DOT = r"(?:\.|[ ]?[\[({<][ ]?(?:dot|punkt|\.)[ ]?[\])}>][ ]?)"
_EMAIL = re.compile(rf"[\w!#$%&'*+/=?^`{{|}}~-][\w.!#$%&'*+/=?^`{{|}}~-]{{0,63}}{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{0,8}}", re.IGNORECASE)
_SPOKEN_EMAIL = re.compile(rf"[^\W_][\w.+-]{{0,63}} at {_LABEL}(?: dot {_LABEL}){{1,5}}", re.IGNORECASE)
_AT_SIGN = re.compile(r"@|[\[({<] ?(?:at|ät)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"(?:(?<![a-z\d+.-])[a-z][a-z\d+.-]{{1,15}}://|(?<![\w@.-])(?:www\d?\.|mailto:|tel:|skype:|file:)){_TAIL}", re.IGNORECASE
)
_LINK = re.compile(
    rf"(?<![\w@.-])(?P<bare>(?:{_LABEL}\.){{1,6}}(?:{_ZONES}))(?![\w-]|\.\w)(?::\d{{2,5}})?(?:[/?#]{_TAIL})?"
    rf"|(?<![\w@.-])(?:{_LABEL}\.){{1,6}}[a-z]{{2,24}}(?::\d{{2,5}})?/{_TAIL}"
    rf"|(?<!\w)[a-z]:\\{_TAIL}|\\\\\w{_TAIL}|(?<![\w/])(?:~|/(?:home|users|mnt|srv))/{_TAIL}",
    re.IGNORECASE,
)
_SAME_CASE = re.compile(r"[^A-Z]+|[^a-z]+|[A-Z][^A-Z]+")  # "end.So" is two sentences without their space
_HANDLE = re.compile(
    r"(?<![\w@.])@[^\W\d_][\w.-]*[^\W_](?:['’]\w{2,})*(?:@[\w.-]*\w)?|<[@#!]{1,2}[\w|]{3,}>|(?<![\w/])/?[ur]/[\w-]{3,}|(?<!\w)\w{2,32}#\d{4}(?!\d)"
)
_INTERNATIONAL = re.compile(r"(?<![\w+])\+ ?\(?\d(?:[ ().\-/]{0,3}\d){6,17}(?!\d)")
_CUED_PHONE = re.compile(
    r"(?<!\w)(?:(?:extension|ext|tel|telephone|phone|mobile|mob|cell|fax|whatsapp)(?: no| number| nr)?[.:#]{0,2} ?|(?<!\d )x)(\+?\(?\d[\d ()./-]{1,20}\d)(?!\w)"
    r"|(?<!\w)(?:call|ring|dial|text|call me on|ring me on)[.:]? (\+?\(?\d[\d ()./-]{2,20}\d)(?!\w)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\d.,£$€])(?:00)?\(?\d(?:[ ().\-/]{0,3}\d){5,18}(?!\d)(?! ?(?:%|per cent))")
_DATES = re.compile(
    r"(?<![\d.\-/])(?:(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d|(?:19|20)\d\d ?[-/–] ?(?:19|20)?\d\d|\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{3})?)"
    r"(?![.\-/]?\d)"
)
_GROUPED = re.compile(r"\d{1,2}(?: \d{3})+|\d{1,3}(?:\.\d{3})+")  # 12 000 or 1.200.000 is a count
_IDENTIFIERS = (
    re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{4}){2,7}(?:[ -]?[A-Z\d]{1,4})?(?!\w)"),  # IBAN
    re.compile(r"(?<!\w)[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}(?!\w)", re.IGNORECASE),
    re.compile(r"(?<![\w:])(?:[\da-f]{2}[:-]){5}[\da-f]{2}(?![\w:])|(?<![\w:])(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}(?![\w:])", re.IGNORECASE),
    re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)"),
    re.compile(r"(?<!\w)[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)"),  # national insurance
    re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)"),  # postcode
    re.compile(r"(?<!\w)(?:\d{3}-\d{2}-\d{4}|\d{4}(?:[ -]\d{4}){2,3}(?:[ -]?\d{1,4})?)(?!\w)"),
    re.compile(
        r"(?<!\w)(?:(?:employee|staff|personnel|payroll|badge|ticket|ref|reference|account|acct|invoice|passport|licence|license|membership|incident|id|pin|dossier|vat|tax|"
        r"nhs|ni)(?: (?:id|no|nr|number|code|ref))?|(?:customer|client|order|policy|contract|request|case|user) (?:id|no|nr|number|code|ref|reference))"
        r"[.:#]{0,2} ?#?((?=[A-Z/-]*\d)(?!(?:19|20)\d\d(?!\w))[A-Z\d](?:[A-Z\d]|[-/](?=[A-Z\d])){2,30})(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w&])#[A-Z\d-]*\d{3,}(?!\w)", re.IGNORECASE),
    re.compile(r"(?<!\w)(?!(?:FY|CY|AY|Q|H)[-_/ ]?(?:19|20)\d\d(?!\d))[A-Z]{1,8}[-_/]?\d{3,}(?:[-_/][A-Z\d]+)*(?!\w)"),
    re.compile(r"(?<!\w)[A-Z][A-Z\d]{1,9}-\d{1,8}(?!\w)"),  # ticket
    re.compile(r"(?<!\w)(?=[A-Z]*\d)(?=\d*[A-Z])(?=(?:[A-Z]*\d){3})[A-Z\d]{7,}(?!\w)", re.IGNORECASE),
    re.compile(r"(?<![\d.,+£$€])[1-9]\d{6,}(?![\d,]|\.\d)"),
)
_NO_TICKET = re.compile(r"(?:COVID|GPT|ISO|UTF|SHA|MD|FY|CY|Q\d|H\d|G)-?(?:\d{1,3}|(?:19|20)\d\d)")


def contacts(text: str | Folded) -> list[Contact]:
    """Return every contact in a text, in order, none inside another; hidden characters, width and kinds of digit do not matter."""
    view = text if isinstance(text, Folded) else folded(text, "")
    dateless = _DATES.sub(lambda match: "\0" * len(match.group()), view.text)
    taken: list[Contact] = []
    for kind, find in _FINDERS:
        rest = blanked(dateless if kind in _OF_DIGITS else view.text, [(c.start, c.end) for c in taken])
        taken += [Contact(start, end, kind, _key(kind, view.text[start:end])) for start, end in find(rest)]
    return sorted((_placed(view, found) for found in taken), key=lambda c: c.start)


def _placed(view: Folded, found: Contact) -> Contact:
    return Contact(*view.place(found.start, found.end), found.kind, found.key)


def _key(kind: ContactKind, text: str) -> str:
    low = text.casefold()
    if kind is ContactKind.PHONE:
        return re.sub(r"[^\d+]", "", low)
    return low.rstrip("/") if kind is ContactKind.LINK else low


def _emails(text: str) -> Iterator[tuple[int, int]]:
    if _AT_SIGN.search(text):
        yield from (match.span() for match in _EMAIL.finditer(text))


def _spoken_emails(text: str) -> Iterator[tuple[int, int]]:
    if " dot " in text.lower():
        yield from (match.span() for match in _SPOKEN_EMAIL.finditer(text))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _ADDRESS.finditer(text))


def _links(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINK.finditer(text):
        if match["bare"] is None or _SAME_CASE.fullmatch(match["bare"]):
            yield match.span()


def _handles(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _HANDLE.finditer(text))


def _international(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _INTERNATIONAL.finditer(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    found = list(_first_of([*_cued(text), *_shaped(text)]))
    yield from found
    yield from _matched(blanked(text, found))


def _cued(text: str) -> Iterator[tuple[int, int]]:
    """Yield short numbers too, where a word announces them as somebody's."""
    for match in _CUED_PHONE.finditer(text):
        if sum(c.isdigit() for c in match.group()) >= 3:
            yield match.span(match.lastindex or 0)


def _shaped(text: str) -> Iterator[tuple[int, int]]:
    """Yield runs of digits that are long enough for a telephone number, and begin or are grouped like one."""
    for match in _DIGITS.finditer(text):
        if _is_phone(match.group()):
            yield match.span()


def _matched(text: str) -> Iterator[tuple[int, int]]:
    for match in islice(PhoneNumberMatcher(text, DEFAULT_REGION, leniency=Leniency.POSSIBLE, max_tries=MOST_TRIES), MOST_TRIES):
        if _is_phone(match.raw_string):
            yield match.start, match.end


def _is_phone(run: str) -> bool:
    digits = sum(c.isdigit() for c in run)
    if not LEAST_PHONE_DIGITS <= digits <= MOST_PHONE_DIGITS or run.count("/") > 1:
        return False
    return run[0] in "+(0" or (re.search(r"[ ().\-/]", run) is not None and not _GROUPED.fullmatch(run))


def _identifiers(text: str) -> Iterator[tuple[int, int]]:
    found = (match for pattern in _IDENTIFIERS for match in pattern.finditer(text))
    yield from _first_of([match.span(match.lastindex or 0) for match in found if not _NO_TICKET.fullmatch(match.group())])


def _first_of(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans that overlap none before them, the longer of two that begin together."""
    end = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop
            end = stop


_OF_DIGITS = frozenset([ContactKind.PHONE, ContactKind.IDENTIFIER])
_FINDERS = (
    (ContactKind.LINK, _addresses),
    (ContactKind.EMAIL, _emails),
    (ContactKind.EMAIL, _spoken_emails),
    (ContactKind.LINK, _links),
    (ContactKind.LINK, _handles),
    (ContactKind.PHONE, _international),
    (ContactKind.IDENTIFIER, _identifiers),
    (ContactKind.PHONE, _phones),
)
