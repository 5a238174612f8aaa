"""Run a reader as a process of its own, and come back whatever it does."""

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from coach.reading.refusals import NotReadable, Reason

READER = (sys.executable, "-I", "-m", "coach.reading.child")
MOST_SECONDS = 20.0  # from start to end, by the clock
MOST_ANSWER = 16_000_000  # bytes; two million characters of text, escaped, and what stands around them
AT_ONCE = threading.BoundedSemaphore(2)  # each may take half a gigabyte
_PIECE = 65_536


def answer_of(data: bytes, *hints: str, command: Sequence[str] = READER, seconds: float = MOST_SECONDS) -> bytes:
    """Return what the reader writes about this document; raise NotReadable where it is too slow, writes too much or breaks off.

    The process has a clean environment, no terminal and a session of its own, whose every process is killed at the end.
    """
    with AT_ONCE:
        try:
            process = subprocess.Popen(
                [*command, *hints],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LC_ALL": "C.UTF-8"},
                cwd="/",
                start_new_session=True,
            )
        except OSError:
            raise NotReadable(Reason.NOT_STARTED) from None
        with process:
            try:
                deadline = time.monotonic() + seconds
                answer = _exchanged(process, data, deadline)
                ended = process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                raise NotReadable(Reason.TOO_SLOW) from None
            finally:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)
    if ended == -signal.SIGXCPU:
        raise NotReadable(Reason.TOO_SLOW)
    if ended != 0:
        raise NotReadable(Reason.BROKE_OFF)
    return answer


def _exchanged(process: subprocess.Popen[bytes], data: bytes, deadline: float) -> bytes:
    """Write the document and read the answer as each side is ready, until the process closes its output."""
    assert process.stdin and process.stdout
    rest, answer = memoryview(data), bytearray()
    os.set_blocking(process.stdin.fileno(), False)
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdin, selectors.EVENT_WRITE)
        waiting.register(process.stdout, selectors.EVENT_READ)
        while process.stdout.fileno() in {key.fd for key in waiting.get_map().values()}:
            ready = waiting.select(max(0.0, deadline - time.monotonic()))
            if time.monotonic() >= deadline:
                raise NotReadable(Reason.TOO_SLOW)
            for key, _ in ready:
                if key.fileobj is process.stdin:
                    rest = _fed(process.stdin.fileno(), rest)
                    if not rest:
                        waiting.unregister(process.stdin)
                        process.stdin.close()
                elif piece := os.read(key.fd, _PIECE):
                    answer += piece
                else:
                    waiting.unregister(process.stdout)
            if len(answer) > MOST_ANSWER:
                raise NotReadable(Reason.BROKE_OFF)
    return bytes(answer)


def _fed(pipe: int, rest: memoryview) -> memoryview:
    """Return what is left to write; nothing, where the process reads no more."""
    try:
        return rest[os.write(pipe, rest[:_PIECE]) :]
    except BrokenPipeError:
        return rest[:0]
