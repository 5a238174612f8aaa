"""ASGI entry of the app: warms the guidance index at start and answers /ready."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from coach.bootstrap import join_parts


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Make or migrate the database and build the index before the first page is asked for."""
    passages = join_parts().library.warm()
    yield {"passages": passages}


async def ready(request: Request) -> JSONResponse:
    """Answer once the app can serve: start-up is over by the time that this route exists."""
    return JSONResponse({"ready": True})


app = st.App("coach/ui/main.py", lifespan=lifespan, routes=[Route("/ready", ready)])
