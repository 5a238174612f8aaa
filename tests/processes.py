"""Run the command line and the app as processes of their own, with the network closed."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
CLOSED = Path(__file__).parent / "no_network"
START_SECONDS = 60


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


def closed_environment(home: Path, log: Path) -> dict[str, str]:
    """Return an environment in which no socket may leave the machine; attempts are noted in the log."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COACH_")}
    switch = {"COACH_LLM_CALLS": "loopback"}  # the one switch: no test calls a real model
    return kept | switch | {"COACH_HOME": str(home), "PYTHONPATH": str(CLOSED), "COACH_TEST_NETWORK_LOG": str(log), "PYTHONUNBUFFERED": "1"}


def run_coach(home: Path, *args: str, text_in: bytes = b"", extra: dict[str, str] | None = None) -> Ran:
    """Run `coach` with these arguments on this data folder."""
    log = home.parent / "network.log"
    environment = closed_environment(home, log) | (extra or {})
    done = subprocess.run(
        [sys.executable, "-m", "coach.cli", *args],
        input=text_in,
        capture_output=True,
        env=environment,
        cwd=home.parent,
        timeout=120,
        check=False,
    )
    assert not log.exists(), log.read_text()
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def served(home: Path, extra: dict[str, str] | None = None) -> Iterator[str]:
    """Serve the app over this data folder and yield its address; fails if anything tried to leave the machine."""
    port = free_port()
    log = home.parent / "network.log"
    with (home.parent / "serve.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "coach.cli", "serve", "--port", str(port)],
            env=closed_environment(home, log) | (extra or {}),
            cwd=ROOT,
            stdout=output,
            stderr=output,
        )
        try:
            wait_until_ready(f"http://localhost:{port}/ready", process, home.parent / "serve.log")
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
    assert not log.exists(), log.read_text()
    said = (home.parent / "serve.log").read_text()
    assert "Traceback" not in said and "Error" not in said, said


@contextmanager
def killable(command: list[str], environment: dict[str, str], url: str, log: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """Run a server until it answers at this URL and yield its process; whoever kills it may run it anew at the same port."""
    with log.open("ab") as output:
        process = subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=ROOT, stdout=output, stderr=output)
        try:
            wait_until_ready(url, process, log)
            yield process
        finally:
            process.kill()
            process.wait()
    assert "Traceback" not in log.read_text(), log.read_text()


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"the app ended: {log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the app did not answer {url} within {START_SECONDS} s: {log.read_text()}")


def chromium() -> str | None:
    """Return where Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
