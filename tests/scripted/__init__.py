"""A scripted OpenAI-compatible server on loopback: for tests, for cassettes, and for trying the app by hand."""

from .answer import Answer, Script, Step
from .request import Request
from .server import MODEL, ScriptedServer, listed, not_listed, scripted

__all__ = ["MODEL", "Answer", "Request", "Script", "ScriptedServer", "Step", "listed", "not_listed", "scripted"]
