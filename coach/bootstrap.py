"""The one place where parts are chosen and joined."""

import os
import sys
from datetime import UTC, datetime
from functools import cache, lru_cache, partial

from sqlalchemy.exc import DBAPIError

from coach.drafting.builtin import BuiltinEngine
from coach.drafting.engines import Engine
from coach.drafting.provider import Endpoint, Provider
from coach.errors import DatabaseUnreachable, InputRefused
from coach.retrieval.embed import Embedder, StaticEmbedder
from coach.retrieval.minilm import MiniLm
from coach.retrieval.standby import WithStandby
from coach.retrieval.wording import read_wording
from coach.services.library import Library
from coach.services.parts import Parts
from coach.settings import Settings, load_settings
from coach.store.database import Database, open_database

# Libraries that would report or look things up elsewhere unless told not to.
CLOSED_DOORS = {
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "OPENAI_LOG": "",  # its debug log holds whole prompts
}

# Why the database of COACH_DATABASE_URL cannot be opened; never its address, which may hold a password.
NOT_THERE = (
    "The database that COACH_DATABASE_URL names cannot be opened, and nothing was changed:"
    " check that its server runs, that the database is there, and that user and password are right."
)
UNFIT = "The database that COACH_DATABASE_URL names cannot be set up, and nothing was changed: make its user the owner of the database."


def close_doors() -> None:
    """Keep libraries from sending anything anywhere, whatever the environment says."""
    os.environ.update(CLOSED_DOORS)


def join_parts(settings: Settings | None = None) -> Parts:
    """Return the parts joined for these settings; the database is made or migrated, the shipped guidance kept in it."""
    close_doors()
    settings = settings or load_settings()
    database = _open(settings)
    library = Library(database, settings.home / "index", embedder(settings), cache(partial(read_wording, settings.knowledge)))
    library.ship(settings.knowledge)
    return Parts(database, library, engines(settings), lambda: datetime.now(UTC), settings.draft_seconds)


def engines(settings: Settings) -> dict[str, Engine]:
    """Return the engines that these settings allow; the builtin one is always there."""
    found: list[Engine] = [BuiltinEngine()]
    if settings.llm_model:
        # Imported here: what only a model needs (templates, telephone formats) takes time to import.
        from coach.drafting.openai_engine import OpenAIEngine

        found.append(OpenAIEngine(Provider(endpoint(settings)), settings.llm_schema))
    return {engine.name: engine for engine in found}


def embedder(settings: Settings) -> Embedder:
    """Return what turns text into vectors here; the model of `minilm` is fetched at the first use, with the builtin one standing by."""
    if settings.embedder == "minilm":
        return WithStandby(_fetched, _say)
    if settings.embedder == "openai":
        from coach.retrieval.openai_embedder import EmbeddingModel, OpenAIEmbedder
        from coach.services.masking import mask_words

        key = settings.llm_api_key.get_secret_value()
        model = EmbeddingModel(settings.llm_base_url, settings.embedding_model, key, settings.llm_seconds, settings.llm_calls)
        return OpenAIEmbedder(model, mask_words)
    return StaticEmbedder()


def _fetched() -> Embedder:
    model = MiniLm()
    model.fetch(_say)
    return model


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def endpoint(settings: Settings) -> Endpoint:
    """Return where the model is, as the settings say."""
    key = settings.llm_api_key.get_secret_value()
    return Endpoint(settings.llm_base_url, settings.llm_model, key, settings.llm_seconds, settings.llm_calls)


def _open(settings: Settings) -> Database:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        return open_database(settings.url, settings.home / "migrate.lock")
    except DatabaseUnreachable:
        raise InputRefused(NOT_THERE) from None
    except (OSError, DBAPIError) as error:
        unfit = settings.database_url and isinstance(error, DBAPIError)
        folder = f"The data folder {settings.home} cannot be used; set COACH_HOME to a folder that can be written."
        raise InputRefused(UNFIT if unfit else folder) from None


def shared_parts() -> Parts:
    """Return the parts of this process for the present settings, joined once; they hold nobody's data."""
    return _joined(load_settings())


@lru_cache(maxsize=2)
def _joined(settings: Settings) -> Parts:
    return join_parts(settings)
