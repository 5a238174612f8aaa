"""A server on loopback that answers as an OpenAI-compatible endpoint does, following a script; it never calls anybody."""

import select
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from .answer import LONGEST, Answer, Script, Step, json_answer
from .embedding import embeddings
from .failures import failing, openai_error
from .request import Request
from .shapes import CREATED

MODEL = "scripted-model"
MOST_READ = 50_000_000  # bytes of one request
IDLE = 30  # seconds that a connection may stand open without a request
PIECE = 65_536  # bytes that are written at a time
NOTICE = 0.02  # seconds within which the end of the server or of the client is noticed


def listed(*names: str) -> Step:
    """Answer with a list of models."""
    # https://github.com/deepseek-ai/DeepSeek-V3/issues/995 (as received) and openai.go (ListCompletion)
    models = [{"id": name, "object": "model", "created": CREATED, "owned_by": "scripted"} for name in names]
    return lambda _: json_answer(200, {"object": "list", "data": models})


def not_listed() -> Step:
    """Answer 404 where models would be listed, as servers without that address do."""
    return failing(404, openai_error("Invalid URL (GET /v1/models)", "invalid_request_error"))


class ScriptedServer:
    """One server on 127.0.0.1; `requests` holds what it was sent, `redirects` where it would have sent its clients."""

    def __init__(self, script: Script, models: Step | None = None, port: int = 0, embedding: Step | None = None) -> None:
        self.models = models or listed(MODEL)
        self.embedding = embedding or embeddings()  # one step for all; a test may set another one while the server runs
        self.requests: list[Request] = []
        self.redirects: list[str] = []
        self.broken: BaseException | None = None
        self.closing = Event()
        self._lock = Lock()
        self.script = script
        self._listener = _Listener(port, self)
        self._thread = Thread(target=self._listener.serve_forever, args=(NOTICE,), name="scripted-server")
        self._thread.start()

    @property
    def url(self) -> str:
        """Return the base address for a client."""
        return f"http://127.0.0.1:{self._listener.server_address[1]}/v1"

    @property
    def script(self) -> Script:
        """Return the script; a new one may be given while the server runs, and begins at its first step."""
        return self._script

    @script.setter
    def script(self, script: Script) -> None:
        if isinstance(script, Sequence) and not script:
            raise ValueError("a script needs at least one step")
        with self._lock:
            self._script, self._place = script, 0

    @property
    def asked(self) -> list[Request]:
        """Return the requests for a completion, in order."""
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    @property
    def embedded(self) -> list[Request]:
        """Return the requests for embeddings, in order."""
        return [request for request in self.requests if request.path.endswith("/embeddings")]

    def close(self) -> None:
        """Stop listening, end every answer that is under way, and wait until no thread is left."""
        self.closing.set()
        self._listener.shutdown()
        self._listener.end_connections()
        self._listener.server_close()
        self._thread.join()

    def answer(self, request: Request) -> Answer:
        """Return the answer to a request and note both."""
        with self._lock:
            self.requests.append(request)
        try:
            answer = self._step_for(request)(request)
        except Exception as error:
            self.broken = error  # a fault of the script is the test's to hear of, not the client's
            return json_answer(500, openai_error("the script failed", "server_error"))
        if to := answer.header("location"):
            with self._lock:
                self.redirects.append(to)
        return answer

    def _step_for(self, request: Request) -> Step:
        if (request.method, request.path) == ("GET", "/v1/models"):
            return self.models
        if (request.method, request.path) == ("POST", "/v1/embeddings"):
            return self.embedding
        if (request.method, request.path) != ("POST", "/v1/chat/completions"):
            return failing(404, openai_error(f"Invalid URL ({request.method} {request.path})", "invalid_request_error"))
        with self._lock:
            if not isinstance(self._script, Sequence):
                return self._script
            step = self._script[min(self._place, len(self._script) - 1)]
            self._place += 1
            return step


@contextmanager
def scripted(script: Script, models: Step | None = None, port: int = 0, embedding: Step | None = None) -> Iterator[ScriptedServer]:
    """Serve a script for as long as the block lasts; raise at its end what went wrong inside the script itself.

    A script is a step or a list of them: each completion request uses one up, the last one answers all that follow.
    A step is any function from a request to an answer; `embedding` answers each request for embeddings.
    """
    server = ScriptedServer(script, models, port, embedding)
    try:
        yield server
    finally:
        server.close()
    if server.broken is not None:
        raise server.broken


class _Listener(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for each of them
    request_queue_size = 64

    def __init__(self, port: int, server: ScriptedServer) -> None:
        self.scripted = server
        self._open: set[socket.socket] = set()
        self._open_lock = Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Note what went wrong here; that a client went away is no fault."""
        error = sys.exception()
        if not isinstance(error, OSError):
            self.scripted.broken = error

    def end_connections(self) -> None:
        """Wake every thread that waits for its client."""
        with self._open_lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # its client has gone already


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE
    server: _Listener

    def do_GET(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        self._respond()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a request holds what people wrote."""

    def _respond(self) -> None:
        try:
            answer = self.server.scripted.answer(self._received())
            if answer.silent is None:
                self._send(answer)
            else:
                self._wait(answer.silent)
                self.close_connection = True
        except OSError:
            self.close_connection = True  # the client went first, as some are meant to

    def _received(self) -> Request:
        length = min(int(self.headers.get("Content-Length") or 0), MOST_READ)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.command, self.path, headers, self.rfile.read(length))

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        self.send_header("Date", self.date_time_string())
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) if answer.claimed is None else answer.claimed))
        self.end_headers()
        self._write(answer)
        if answer.claimed is not None or answer.cut_at is not None:
            self.close_connection = True

    def _write(self, answer: Answer) -> None:
        body, size = answer.body[: answer.cut_at], 1 if answer.pace else PIECE
        until = monotonic() + LONGEST
        for start in range(0, len(body), size):
            if answer.pace and not self._wait(answer.pace):
                break
            if self.server.scripted.closing.is_set() or monotonic() > until:
                break
            self.wfile.write(body[start : start + size])
        else:
            return
        self.close_connection = True

    def _wait(self, seconds: float) -> bool:
        """Wait, but no longer than the server or the client stays; tell whether both are still there."""
        until = monotonic() + min(seconds, LONGEST)
        while (left := until - monotonic()) > 0:
            if self.server.scripted.closing.wait(min(left, NOTICE)) or self._client_gone():
                return False
        return True

    def _client_gone(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
