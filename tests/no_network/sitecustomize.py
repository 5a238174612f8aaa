"""Loaded at start by every Python process with this folder on PYTHONPATH: refuses and notes each socket that leaves the machine."""

import os
import sys
from pathlib import Path
from typing import Any

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


def _outside(host: Any) -> bool:
    text = host.decode() if isinstance(host, bytes) else host
    return isinstance(text, str) and text != "" and not text.startswith(LOOPBACK)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if _outside(host):
        if log := os.environ.get("COACH_TEST_NETWORK_LOG"):
            with Path(log).open("a") as file:
                file.write(f"{event} {host}\n")
        raise PermissionError(f"the network is closed: {event} {host}")


sys.addaudithook(_refuse)
