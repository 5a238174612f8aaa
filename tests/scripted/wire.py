"""Steps in which the connection itself goes wrong: silence, slowness, a cut, a wrong length, too much, another address."""

from .agendas import good_agenda
from .answer import LONGEST, Answer, Step, json_answer
from .contents import Content, good
from .request import Request
from .shapes import Said, completion

HUGE = 30_000_000  # bytes; far more than any draft has
ELSEWHERE = "http://elsewhere.invalid/v1/chat/completions"  # .invalid belongs to nobody (RFC 6761)


def hang(seconds: float = LONGEST) -> Step:
    """Take the request and never answer; it ends after these seconds, when the client goes, or when the server closes."""
    return lambda _: Answer(200, b"", silent=seconds)


def dropped() -> Step:
    """Close the connection without a word."""
    return hang(0.0)


def trickle(content: Content = good_agenda, pace: float = 1.0) -> Step:
    """Send a good completion, one byte each `pace` seconds."""
    return lambda request: good(content)(request).but(pace=pace)


def cut(content: Content = good_agenda) -> Step:
    """Send half of a good completion, then close the connection."""

    def step(request: Request) -> Answer:
        whole = good(content)(request)
        return whole.but(cut_at=len(whole.body) // 2)

    return step


def wrong_length(by: int = 100, content: Content = good_agenda) -> Step:
    """State a Content-Length that is wrong by so many bytes: too many when positive, too few when negative."""

    def step(request: Request) -> Answer:
        whole = good(content)(request)
        return whole.but(claimed=max(0, len(whole.body) + by))

    return step


def huge(size: int = HUGE) -> Step:
    """Send a completion of so many bytes, all of it valid JSON."""
    return lambda request: json_answer(200, completion(request, Said("a" * size)))


def redirected(to: str = ELSEWHERE, status: int = 307) -> Step:
    """Send the client to another address; the server notes that it offered this and goes nowhere itself."""
    return lambda _: Answer(status, b"", (("Location", to),))
