"""Where calls to a model may go."""

from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

Calls = Literal["anywhere", "loopback", "never"]


def may_call(address: str, calls: Calls) -> bool:
    """Tell whether the setting COACH_LLM_CALLS lets a call go to this address."""
    return calls == "anywhere" or (calls == "loopback" and is_loopback(address))


def is_loopback(address: str) -> bool:
    """Tell whether an address is on this machine."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
