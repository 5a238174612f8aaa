"""The file that names the identity provider; its values are never shown."""

import tomllib
from pathlib import Path
from typing import Any

from coach.errors import InputRefused

NAME = "secrets.toml"
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
LEAST_SECRET = 32  # characters of the secret that signs cookies
CALLBACK = "/oauth2callback"
WHERE = "the README shows under Sign-in what stands in it"


def provider_file(home: Path) -> Path:
    """Return the file in the data folder that names the identity provider; InputRefused where it is missing or incomplete."""
    path = home / NAME
    try:
        known = tomllib.loads(path.read_text(encoding="utf-8")).get("auth")
    except FileNotFoundError:
        raise InputRefused(f"COACH_SIGN_IN=oidc needs the file {path}; {WHERE}.") from None
    except (OSError, ValueError):
        raise InputRefused(f"The file {path} cannot be read as TOML; {WHERE}.") from None
    if problem := _problem(known if isinstance(known, dict) else {}):
        raise InputRefused(f"In the file {path}, {problem}; {WHERE}.")
    return path


def _problem(auth: dict[str, Any]) -> str | None:
    """Return what is wrong with the section [auth], or None."""
    missing = next((key for key in NEEDED if not isinstance(auth.get(key), str) or not auth[key]), None)
    if missing is not None:
        return f"“{missing}” is missing under [auth]"
    if len(auth["cookie_secret"]) < LEAST_SECRET:
        return f"“cookie_secret” is shorter than {LEAST_SECRET} characters"
    return None if auth["redirect_uri"].endswith(CALLBACK) else f"“redirect_uri” does not end in {CALLBACK}"
