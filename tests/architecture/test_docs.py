"""The documentation is whole and fresh: every command, code and setting is there, as the code has it."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from types import ModuleType

import pytest

from alliancebib import __version__
from alliancebib.cli import COMMANDS
from alliancebib.finding import register
from shared_data import ROOT


def generator() -> ModuleType:
    """Load ``docs/generate.py``."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "settings.md", "findings.md", "shelves.md"])
def test_reference_pages_are_what_the_code_makes(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text("utf-8")
    assert written == generator().PAGES[name](), "run `python docs/generate.py`"


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
