"""Documents that were kept before programmes could add their own are there afterwards, word for word."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from coach.domain.guidance import Origin
from coach.store import guidance
from coach.store.database import MIGRATIONS, Database, open_database
from tests import databases

OLD = (
    "INSERT INTO document (id, programme_id, file, title, audience, stage, sources, text, sha256, origin)"
    " VALUES (:id, :programme, :file, 'Ändern', '[\"mentor\"]', '[\"running\"]', '[\"General practice\"]', 'Für alle, 日本', :sha, :origin)"
)
PROGRAMME = "INSERT INTO programme (id, name, label, route, objectives, minimum_group, sample) VALUES ('q', 'Q', 'reverse mentoring', '', '[]', 5, false)"


def at_the_version_before(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003_real_people")


def test_documents_of_the_version_before_are_kept(store: str, tmp_path: Path) -> None:
    with databases.empty(store, tmp_path) as settings:
        database = Database(settings.url)
        at_the_version_before(database)
        with database.write() as connection:
            connection.execute(text(PROGRAMME))
            connection.execute(text(OLD), {"id": "page", "programme": None, "file": "page.md", "sha": "a" * 64, "origin": "shipped"})
            connection.execute(text(OLD), {"id": "own", "programme": "q", "file": "own.md", "sha": "b" * 64, "origin": "added"})
        database.close()
        database = open_database(settings.url, tmp_path / "migrate.lock")
        with database.read() as connection:
            own, page = guidance.documents(connection, "q")
            sizes = connection.execute(text("SELECT bytes FROM document")).scalars().all()
            assert guidance.shipped_fingerprints(connection) == {"page": "a" * 64}
        database.close()
        assert (page.file, page.title, page.text, page.origin, page.programme_id) == (
            "page.md",
            "Ändern",
            "Für alle, 日本",
            Origin.SHIPPED,
            None,
        )
        assert (own.file, own.origin, own.programme_id, own.version, own.questions) == ("own.md", Origin.ADDED, "q", 1, {})
        assert (own.audience, own.stage, own.sources) == (("mentor",), ("running",), ("General practice",))
        assert sizes == [len("Für alle, 日本".encode())] * 2
