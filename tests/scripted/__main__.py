"""Serve a script by hand: python -m tests.scripted --port 8081 --script good."""

import errno
import signal
from threading import Event
from types import FrameType

import click

from .scripts import SCRIPTS
from .server import MODEL, ScriptedServer, scripted


@click.command()
@click.option("--port", default=8081, show_default=True, type=click.IntRange(0, 65535), help="Port on 127.0.0.1; 0 for a free one.")
@click.option(
    "--script",
    "name",
    default="good",
    show_default=True,
    type=click.Choice(list(SCRIPTS)),
    metavar="NAME",
    help="How to answer; --list shows all.",
)
@click.option("--seconds", default=3600.0, show_default=True, type=click.FloatRange(min=0, max=86_400), help="When to stop.")
@click.option("--list", "listing", is_flag=True, help="Show the names of all scripts.")
def serve(port: int, name: str, seconds: float, listing: bool) -> None:
    """Answer as an OpenAI-compatible endpoint on this machine does, until stopped or until the time is over."""
    if listing:
        click.echo("\n".join(SCRIPTS))
        return
    ended = Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    try:
        with scripted(SCRIPTS[name], port=port) as server:
            click.echo(settings_for(server))
            ended.wait(seconds)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise click.ClickException(f"Port {port} on 127.0.0.1 is taken; choose another with --port.") from None


def settings_for(server: ScriptedServer) -> str:
    """Return the settings that let the coach draft with this server."""
    return f"COACH_LLM_BASE_URL={server.url}\nCOACH_LLM_MODEL={MODEL}\nCOACH_LLM_API_KEY=none-needed"


if __name__ == "__main__":
    serve()
