"""Every setting of the coach, read once from COACH_* environment variables."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from coach.errors import InputRefused

REPOSITORY = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Hold the settings; each one is documented in README.md, and a test proves that none is missing there."""

    model_config = SettingsConfigDict(env_prefix="COACH_", extra="ignore", frozen=True)

    home: Path = Field(default=Path(".coach"), description="Data folder: database, index, lock files.")
    as_: str = Field(
        default="", validation_alias="COACH_AS", description="E-mail address that stored commands act as when `--as` is not given."
    )
    database_url: str = Field(
        default="",
        description="PostgreSQL to keep everything in, such as `postgresql://coach@db.example/coach`; empty for SQLite in the data folder.",
    )
    sign_in: Literal["local", "oidc"] = Field(
        default="local", description="`local`: whoever sits at this machine chooses a person; `oidc`: your identity provider."
    )
    oidc_trust_email: bool = Field(
        default=False, description="Count an address as verified where the identity provider does not say whether it is."
    )
    llm_base_url: str = Field(default="https://api.openai.com/v1", description="Address of the OpenAI-compatible endpoint.")
    llm_model: str = Field(default="", description="Model that drafts; empty for the builtin engine alone.")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="Key of the endpoint; empty where it wants none.")
    llm_schema: Literal["auto", "strict", "json"] = Field(
        default="auto",
        description="How the endpoint is held to a shape: `strict` schema, `json` in the prompt, or `auto`: strict first, then json; each with one repair.",
    )
    llm_seconds: float = Field(default=60, ge=1, le=600, description="Most seconds for one request to the endpoint.")
    llm_calls: Literal["anywhere", "loopback", "never"] = Field(
        default="anywhere", description="Where model calls may go: `anywhere`, only to this machine (`loopback`), or `never`."
    )
    embedder: Literal["builtin", "minilm", "openai"] = Field(
        default="builtin",
        description="What turns guidance and questions into vectors: `builtin`; `minilm`, fetched once (about 80 MB); or `openai`, the endpoint's embeddings.",
    )
    embedding_model: str = Field(
        default="", validate_default=True, description="The endpoint's model that makes embeddings, where COACH_EMBEDDER is `openai`."
    )
    draft_seconds: float = Field(default=300, ge=1, le=3600, description="Most seconds for one draft, all requests together.")
    host: str = Field(default="127.0.0.1", description="Address that the app listens on.")
    port: int = Field(default=8501, ge=1, le=65535, description="Port that the app listens on.")
    knowledge: Path = Field(default=REPOSITORY / "knowledge", description="Folder of the guidance that ships.")

    @field_validator("home", "knowledge")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("database_url")
    @classmethod
    def _a_postgresql(cls, value: str) -> str:
        try:
            known = not value or make_url(value).drivername.split("+")[0] in ("postgresql", "postgres")
        except (ArgumentError, ValueError):  # a port that is no number, which may be a piece of a password: never quoted
            known = False
        if not known:
            raise ValueError("it should be an address such as postgresql://user@host/database, or empty for SQLite")
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value.strip())
            known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            known = False
        if not known:
            raise ValueError("it should be an address that starts with http:// or https:// and names a host")
        if parts.username or parts.password or parts.query:
            raise ValueError("it should hold no name, password or key; COACH_LLM_API_KEY is for that")
        return value.strip().rstrip("/")

    @field_validator("embedding_model")
    @classmethod
    def _named_where_needed(cls, value: str, info: ValidationInfo) -> str:
        if not value.strip() and info.data.get("embedder") == "openai":
            raise ValueError(
                "it should name a model that makes embeddings, such as text-embedding-3-small, because COACH_EMBEDDER is openai"
            )
        return value.strip()

    @field_validator("llm_api_key")
    @classmethod
    def _a_key(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value().strip()
        if not (key.isascii() and (key.isprintable() or not key)):
            raise ValueError("it holds a character that no key has; copy it again")
        return SecretStr(key)

    @property
    def url(self) -> str:
        """Return the database's SQLAlchemy URL; the driver is ours to choose."""
        if self.database_url:
            return make_url(self.database_url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        return URL.create("sqlite", database=str(self.home / "coach.db")).render_as_string()


def load_settings() -> Settings:
    """Read the settings from the environment; raise InputRefused naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        name = name if name.startswith("COACH_") else f"COACH_{name}"
        said = first["msg"].removeprefix("Value error, ")
        raise InputRefused(f"The setting {name} cannot be used: {said[:1].lower()}{said[1:].rstrip('.')}.") from None
