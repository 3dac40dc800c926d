"""The documentation is whole and fresh: every command, code and setting is there, as the code has it."""

from __future__ import annotations

import importlib
import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace
from urllib.parse import urlsplit

import msgspec
import pytest

from alliancebib import __version__
from alliancebib.cli import COMMANDS
from alliancebib.config import Settings
from alliancebib.finding import register
from alliancebib.plugins import BUILT_IN, checker
from shared_data import ROOT


def loaded(path: Path) -> ModuleType:
    """Load a module that is in no package."""
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "settings.md", "findings.md", "shelves.md", "report.schema.json"])
def test_reference_pages_are_what_the_code_makes(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text("utf-8")
    assert written == loaded(ROOT / "docs" / "generate.py").PAGES[name](), "run `python docs/generate.py`"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_called_the_same_in_both_helps(name: str) -> None:
    assert importlib.import_module(f"alliancebib.cli.{name}").command.help == COMMANDS[name]


def test_every_command_has_its_own_help() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"## alliancebib {name}\n" not in page] == []


def test_every_code_that_is_used_is_in_the_register() -> None:
    used = {
        code for path in (ROOT / "src").rglob("*.py") for code in re.findall(r'"(AB\d{3})"', path.read_text("utf-8"))
    }
    assert used <= set(register())


def test_every_decision_is_numbered_once() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("0*.md")]
    assert len(numbers) == len(set(numbers))


def test_the_version_is_the_same_everywhere() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert settings["project"]["version"] == __version__
    assert f"version: {__version__}\n" in citation


@pytest.mark.parametrize(
    ("block", "passes"),
    [
        ("$ alliancebib explain AB303\nAB303 link-refused (note)\n...", True),
        ("$ alliancebib explain AB303\nAB303 link-gone (note)\n...", False),
        ("$ alliancebib explain AB303", False),
        ("$ alliancebib explain AB999\n...", False),  # an error must be shown to be expected
        ("$ alliancebib explain AB999\nalliancebib: There is no code `AB999`...", True),
    ],
)
def test_console_blocks_can_fail(block: str, passes: bool) -> None:
    evaluate = loaded(ROOT / "conftest.py").evaluate_console
    assert (evaluate(SimpleNamespace(parsed=block)) is None) is passes


def test_blocks_of_the_documentation_are_run() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")]
    text = "".join(path.read_text("utf-8") for path in documents)
    commands = re.findall(r"^\$ (\S+)", text, re.MULTILINE)
    assert commands
    assert set(commands) <= set(loaded(ROOT / "conftest.py").RUN)  # no other command is run


def test_every_host_that_is_asked_by_default_is_named() -> None:
    page = (ROOT / "docs" / "how-to" / "offline.md").read_text("utf-8").partition("## What leaves the machine")[2]
    settings = Settings()
    addresses = [settings.enrich.base_url, settings.enrich.datacite_base_url, settings.check.doi_base_url]
    addresses.append(settings.check.archive_base_url)
    assert [address for address in addresses if f"`{urlsplit(address).hostname}`" not in page] == []
    told = [name for name in BUILT_IN["resolvers"] if f"resolver `{name}`" not in page]
    told += [name for name in BUILT_IN["checkers"] if checker(name).NEEDS_WEB and f"`{name}`" not in page]
    assert told == []


def test_every_setting_that_the_documentation_shows_is_one() -> None:
    pages = [path.read_text("utf-8") for path in (ROOT / "docs" / "how-to").glob("*.md")]
    shown = [block for page in pages for block in re.findall(r"```toml\n# alliancebib.toml\n(.+?)```", page, re.DOTALL)]
    assert shown
    for block in shown:
        msgspec.convert(tomllib.loads(block), Settings)
