"""The documents cannot drift: every setting, command and target is in README.md, and every link leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from coach.cli import coach
from coach.contract import OUTPUTS
from coach.settings import Settings
from tests.processes import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "tests" / "README.md"]


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme_with_its_default(name: str) -> None:
    variable = f"COACH_{name.rstrip('_').upper()}"
    row = next((line for line in README.splitlines() if line.startswith(f"| `{variable}`")), None)
    assert row is not None, variable
    default = Settings.model_fields[name].default
    if isinstance(default, str | int) and default != "":
        assert f"`{str(default).lower() if isinstance(default, bool) else default}`" in row


@pytest.mark.parametrize("command", sorted(OUTPUTS))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"^\s*coach {command}\b", README, re.MULTILINE), command


def options(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield each command with each of its long options; --json belongs to all of them."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from options(command, (*path, name))
        else:
            named = (flag for option in command.params if isinstance(option, click.Option) for flag in option.opts)
            yield from ((" ".join((*path, name)), flag) for flag in named if flag.startswith("--") and flag not in ("--json", "--as"))


@pytest.mark.parametrize(("command", "option"), sorted(options(coach)))
def test_every_option_stands_with_its_command_in_the_readme(command: str, option: str) -> None:
    entries = re.findall(r"^    coach (.+\n(?:     .+\n)*)", README, re.MULTILINE)
    assert any(entry.startswith(command + " ") and option in entry for entry in entries), f"{command} {option}"


def test_every_make_target_is_in_the_readme() -> None:
    declared = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert declared is not None
    assert [t for t in declared[1].split() if f"`make {t}`" not in README] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_every_dependency_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    named = [line for line in lines if re.match(r'\s+"[A-Za-z][\w.-]+(>=[\d.]+)?",', line) and "RUF" not in line]
    assert len(named) > 20
    assert [line for line in named if "  # " not in line] == []
