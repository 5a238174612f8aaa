"""Which model drafts here, if any does, and where what it gets goes."""

from dataclasses import dataclass

from coach.domain.endpoints import is_loopback
from coach.services.drafting import OPENAI
from coach.services.parts import Parts
from coach.settings import load_settings


@dataclass(frozen=True)
class ModelEngine:
    """A model as the people who use it should know it."""

    model: str
    host: str
    on_this_machine: bool


def model_engine(parts: Parts) -> ModelEngine | None:
    """Return the model that drafts here, or None where the builtin engine is alone."""
    if OPENAI not in parts.engines:
        return None
    settings = load_settings()
    host = settings.llm_base_url.split("//", 1)[1].split("/", 1)[0].rsplit("@", 1)[-1]
    return ModelEngine(settings.llm_model, host, is_loopback(settings.llm_base_url))
