"""The entry of the app: what it logs of an unforeseen error, and that /ready answers."""

import asyncio
import logging
from pathlib import Path

import pytest
from starlette.requests import Request

import app
from coach.settings import load_settings
from tests.processes import ROOT

SECRET = "what somebody wrote about an executive"


def test_an_unforeseen_error_is_noted_by_type_and_place_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        assert app.on_error(error) is True
    assert "ValueError at test_app.py:" in caplog.text
    assert SECRET not in caplog.text


def test_streamlit_itself_prints_no_message_of_an_error(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("streamlit.error_util").warning("Uncaught app exception", exc_info=ValueError(SECRET))
    said = capsys.readouterr()
    assert SECRET not in said.out + said.err + caplog.text
    assert "enableRich = false" in (ROOT / ".streamlit" / "config.toml").read_text()


def test_the_ready_route_answers() -> None:
    answer = asyncio.run(app.ready(Request({"type": "http", "method": "GET", "path": "/ready", "headers": []})))
    assert answer.status_code == 200


def test_the_data_folder_is_in_the_working_folder_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COACH_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert load_settings().home == tmp_path / ".coach"
