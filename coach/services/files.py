"""The files and the port that a command names."""

import secrets
import socket
import sys
from pathlib import Path

from coach.domain.review import Channel
from coach.errors import InputRefused
from coach.release.files import ENDINGS
from coach.services.briefs import MOST_BYTES


def read_bytes(name: str, most: int = MOST_BYTES, what: str = "a brief", ending: str = "JSON") -> bytes:
    """Return a file's bytes, - for standard input; never more than one byte over the most that it may have."""
    if name == "-":
        return sys.stdin.buffer.read(most + 1)
    path = Path(name)
    if path.is_dir():
        raise InputRefused(f"{path} is a folder; name a {ending} file.")
    try:
        size = path.stat().st_size
        if size > most:
            raise InputRefused(f"{path.name} has {size / 1e6:.1f} MB; {what} may have {most / 1e6:.0f} MB at most, so shorten it.")
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        raise InputRefused(f"There is no file {path}.") from None
    except OSError:
        raise InputRefused(f"{path} cannot be read.") from None


def file_channel(path: Path) -> Channel:
    """Return the channel that a file's ending names."""
    channel = ENDINGS.get(path.suffix.lower())
    if channel is None:
        raise InputRefused(f"{path.name} should end in {' or '.join(ENDINGS)}; nothing was released.")
    return channel


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the permissions of any new file."""
    if path.is_dir():
        raise InputRefused(f"{path} is a folder; nothing was released.")
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError:
        raise InputRefused(f"{path} cannot be written; nothing was released.") from None
    finally:
        partial.unlink(missing_ok=True)


def refuse_busy_port(host: str, port: int) -> None:
    """Raise InputRefused where something else listens at this address already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise InputRefused(f"Port {port} at {host} is in use or not allowed; choose another with --port.") from None
