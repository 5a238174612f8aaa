"""Look whether everything that the coach stands on is well: data folder, database, audit trail, guidance, sign-in, model."""

from dataclasses import dataclass

from coach.drafting.diagnosis import Finding, diagnose
from coach.drafting.openai_engine import OpenAIEngine
from coach.drafting.watch import Watch
from coach.errors import InputRefused
from coach.services.accounting import verify_audit
from coach.services.drafting import OPENAI
from coach.services.parts import Parts
from coach.services.provider_file import provider_file
from coach.settings import Settings
from coach.store import guidance
from coach.store.database import newest_version

MODEL_SECONDS = 60.0


@dataclass(frozen=True)
class Report:
    """Everything that was looked at."""

    findings: tuple[Finding, ...]

    @property
    def fine(self) -> bool:
        """Tell whether nothing is wrong."""
        return all(finding.fine for finding in self.findings)


def examine(parts: Parts, settings: Settings) -> Report:
    """Return what was found; the model is asked two small questions that hold nobody's text."""
    return Report((_database(parts, settings), _audit(parts), _guidance(parts), _sign_in(settings), *_model(parts)))


def _database(parts: Parts, settings: Settings) -> Finding:
    where = "PostgreSQL at COACH_DATABASE_URL" if settings.database_url else f"SQLite in {settings.home}"
    return Finding("database", True, f"{where}, schema {newest_version()}.")


def _audit(parts: Parts) -> Finding:
    found = verify_audit(parts)
    if found.first_wrong is None:
        return Finding("audit", True, f"The audit trail has {found.rows} rows, all intact.")
    return Finding("audit", False, f"Row {found.first_wrong} of the audit trail does not fit; compare with a backup.")


def _guidance(parts: Parts) -> Finding:
    passages = parts.library.warm()
    with parts.database.read() as connection:
        documents = guidance.count(connection)
    return Finding("guidance", passages > 0, f"{documents} documents, {passages} passages to search.")


def _sign_in(settings: Settings) -> Finding:
    if settings.sign_in == "oidc":
        try:
            provider_file(settings.home)
        except InputRefused as error:
            return Finding("sign-in", False, str(error))
        return Finding("sign-in", True, "Your identity provider says who is who.")
    open_to_others = settings.host not in ("127.0.0.1", "localhost", "::1")
    said = "Whoever sits at this machine chooses a person"
    if open_to_others:
        return Finding("sign-in", False, f"{said}, and COACH_HOST={settings.host} lets others reach it; set COACH_SIGN_IN=oidc.")
    return Finding("sign-in", True, f"{said}; right for trying out, before real people use it set COACH_SIGN_IN=oidc.")


def _model(parts: Parts) -> tuple[Finding, ...]:
    engine = parts.engines.get(OPENAI)
    if not isinstance(engine, OpenAIEngine):
        return (Finding("model", True, "None is set up; the builtin engine drafts. COACH_LLM_MODEL sets one up."),)
    return diagnose(engine.provider, Watch(MODEL_SECONDS))
