"""Every setting of the coach, read once from COACH_* environment variables."""

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL

from coach.errors import InputRefused

REPOSITORY = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Hold the settings; each one is documented in README.md, and a test proves that none is missing there."""

    model_config = SettingsConfigDict(env_prefix="COACH_", extra="ignore", frozen=True)

    home: Path = Field(default=Path(".coach"), description="Data folder: database, index, lock files.")
    as_: str = Field(
        default="", validation_alias="COACH_AS", description="E-mail address that stored commands act as when `--as` is not given."
    )
    host: str = Field(default="127.0.0.1", description="Address that the app listens on.")
    port: int = Field(default=8501, ge=1, le=65535, description="Port that the app listens on.")
    knowledge: Path = Field(default=REPOSITORY / "knowledge", description="Folder of the guidance that ships.")

    @field_validator("home", "knowledge")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @property
    def url(self) -> str:
        """Return the database's SQLAlchemy URL."""
        return URL.create("sqlite", database=str(self.home / "coach.db")).render_as_string()


def load_settings() -> Settings:
    """Read the settings from the environment; raise InputRefused naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        name = name if name.startswith("COACH_") else f"COACH_{name}"
        raise InputRefused(f"The setting {name} cannot be used: {first['msg'].lower()}.") from None
