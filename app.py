"""ASGI entry of the app: warms the guidance index at start and answers /ready."""

import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from coach.bootstrap import shared_parts

# What the pages of coordinators need and nobody else, loaded while nobody waits for it: charts and matchings.
HEAVY = ("altair", "networkx")


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Make or migrate the database and build the index before the first page is asked for."""
    passages = shared_parts().library.warm()
    Thread(target=lambda: [import_module(name) for name in HEAVY], daemon=True).start()
    yield {"passages": passages}


async def ready(request: Request) -> JSONResponse:
    """Answer once the app can serve: start-up is over by the time that this route exists."""
    return JSONResponse({"ready": True})


# Streamlit prints unforeseen errors with their messages, which could hold what somebody wrote; on_error below notes them without.
logging.getLogger("streamlit.error_util").addFilter(lambda record: False)


def on_error(error: Exception) -> bool:
    """Note where an unforeseen error arose, but no message or value of it: they could hold what somebody wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    logging.getLogger("coach").error("%s at %s:%s", type(error).__name__, Path(frame.filename).name, frame.lineno)
    st.error("Something went wrong inside the coach. What you saved is safe; reload the page and try again.")
    return True


app = st.App(
    Path(__file__).parent / "coach" / "ui" / "main.py", lifespan=lifespan, routes=[Route("/ready", ready)], on_script_error=on_error
)
