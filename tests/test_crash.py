"""A process that is killed at any moment leaves a database in which every step is there as a whole or not at all."""

import os
import random
import signal
import subprocess
import sys
import time
from typing import Any

from sqlalchemy import text

from coach.bootstrap import join_parts
from coach.domain.drafts import DraftState
from coach.domain.review import ApprovedDraft
from coach.services import preparing, reviewing
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.settings import Settings
from coach.store import drafts, releases
from tests.databases import wait_until_unused

KILLS = 12
LONGEST = 0.4  # seconds of work before a kill

# Imports once and forks a worker for each line that it reads, so that the time goes into work and not into starting.
# Drafting wants no guidance here, so that a kill nearly always falls into work on the database.
WORKERS = """
import os, sys, uuid
from dataclasses import replace
from pathlib import Path
from coach.bootstrap import join_parts
from coach.domain.review import WorkingCopy
from coach.services import preparing, releasing, reviewing
from coach.settings import Settings


class NoGuidance:
    def passages_for(self, needs, programme_id):
        return {}


def work_until_killed(home, database_url, mentor, session):
    parts = replace(join_parts(Settings(home=Path(home), database_url=database_url)), library=NoGuidance())
    print(os.getpid(), flush=True)
    while True:
        draft = preparing.draft_agenda(parts, mentor, session, uuid.uuid4().hex)
        content = reviewing.open_draft(parts, mentor, draft).revision.content.model_dump(mode="json")
        for number in (1, 2):
            content["purpose"] = f"To listen, in version {number}."
            reviewing.keep_unsaved(parts, mentor, draft, WorkingCopy(base=number, content=content))
            reviewing.save_edit(parts, mentor, draft, number, content)
            read = reviewing.open_draft(parts, mentor, draft).revision
            reviewing.approve(parts, mentor, draft, read.number, read.sha256)
            releasing.release_to_readers(parts, mentor, draft)


for _ in sys.stdin:
    worker = os.fork()
    if not worker:
        work_until_killed(*sys.argv[1:])
    print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]), flush=True)
"""


class Workers:
    """Start workers on a data folder one after the other, and kill each."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-c", WORKERS, *arguments]
        self._starter = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        self._starter.communicate(timeout=30)

    def work(self, seconds: float) -> None:
        """Let a worker begin, and kill it after so many seconds."""
        assert self._starter.stdin is not None and self._starter.stdout is not None
        self._starter.stdin.write("work\n")
        worker = int(self._starter.stdout.readline())
        time.sleep(seconds)
        os.kill(worker, signal.SIGKILL)
        assert int(self._starter.stdout.readline()) == -signal.SIGKILL


def assert_whole(parts: Parts) -> None:
    """Hold every draft to its state, its revisions and its approval, and the trail to its chain."""
    trail = verify_audit(parts)
    assert trail.first_wrong is None
    with parts.database.read() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert not connection.execute(text("PRAGMA foreign_key_check")).all()
        every = connection.execute(text("SELECT id, state, current_revision FROM draft")).all()
        ticked = "SELECT count(*) FROM action WHERE done_on IS NOT NULL AND closed_by IS NULL"  # each by somebody, with a row of its own
        steps = int(connection.execute(text(ticked)).scalar_one())
        for row in every:
            numbers = [revision.number for revision in drafts.revisions(connection, row.id)]
            assert numbers == list(range(1, row.current_revision + 1))
            assert_legal(connection, row)
            steps += connection.execute(
                text(
                    "SELECT 1 + (SELECT count(*) FROM revision WHERE draft_id = :d) + (SELECT count(*) FROM approval WHERE draft_id = :d)"
                    " + (SELECT count(*) + count(withdrawn_at) FROM release WHERE draft_id = :d)"
                ),
                {"d": row.id},
            ).scalar_one()
        assert trail.rows == steps


def assert_legal(connection: Any, row: Any) -> None:
    state = DraftState(row.state)
    assert (row.current_revision == 0) == (state in (DraftState.DRAFTING, DraftState.FAILED))
    if state is DraftState.APPROVED:
        ready = releases.approved(connection, row.id, "Agenda")
        assert isinstance(ready, ApprovedDraft)
        assert ready.approval.revision == row.current_revision


def test_a_process_killed_at_any_moment_leaves_every_step_whole_or_undone(settings: Settings, parts: Parts, showcase: Any) -> None:
    parts.database.close()
    with Workers(str(settings.home), settings.database_url, showcase.mentor, showcase.session.id) as workers:
        for _ in range(KILLS):
            workers.work(random.uniform(0, LONGEST))
            wait_until_unused(settings)
            opened = join_parts(settings)
            assert_whole(opened)
            opened.database.close()
    after = join_parts(settings)
    assert len(reviewing.mine(after, showcase.mentor)) > 1
    draft_id = preparing.draft_agenda(after, showcase.mentor, showcase.session.id, "after all kills")
    revision = reviewing.open_draft(after, showcase.mentor, draft_id).revision
    reviewing.approve(after, showcase.mentor, draft_id, revision.number, revision.sha256)
    assert_whole(after)
    after.database.close()
