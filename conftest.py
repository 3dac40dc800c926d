"""README and documentation run as tests: ``python`` blocks, and ``console`` blocks with their output.

A document runs from top to bottom in one fresh folder that holds a copy of ``references/`` and of the settings. In a
console block a line that begins with ``$`` is a command; what follows is everything it prints; ``...`` stands for
anything but an error. ``alliancebib`` and ``python`` are run for real, offline; other commands are not run.
"""

from __future__ import annotations

import doctest
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sybil import Document, Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

# One commit, one verdict: the tests try the same examples each time, and `make search` looks for new ones. How long an
# example takes, or takes to draw, is for a busy machine to say: it fails no test.
hypothesis.settings.register_profile(
    "same", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("same")

ROOT = Path(__file__).parent
RUN = {"alliancebib": [sys.executable, "-m", "alliancebib"], "python": [sys.executable]}


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what services answered, and what runs saw, out of the cache of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def evaluate_console(example: Example) -> str | None:
    """Run the commands of a block; give what differs, or None."""
    for command, expected in _commands(str(example.parsed)):
        words = shlex.split(command)
        if words[0] not in RUN:
            continue
        output = _run(words)
        if not _agrees(expected, output) or _fails_unsaid(expected, output):
            return f"$ {command}\nexpected:\n{expected}\ngot:\n{output}"
    return None


def _run(words: list[str]) -> str:
    done = subprocess.run(
        [*RUN[words[0]], *words[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "100"},
    )
    return done.stdout


def _commands(block: str) -> Iterator[tuple[str, str]]:
    command, expected = "", []
    for line in [*block.splitlines(), "$ "]:
        if not line.startswith("$ "):
            expected.append(line)
            continue
        if command:
            yield command, "\n".join(expected).strip("\n")
        command, expected = line[2:], []


def _fails_unsaid(expected: str, output: str) -> bool:
    """Say whether a command failed where the document does not show that it does: ``...`` must not hide an error."""
    return any(sign in output and sign not in expected for sign in ("Traceback (most recent", "alliancebib: "))


def _agrees(expected: str, output: str) -> bool:
    checker = doctest.OutputChecker()
    return checker.check_output(f"{expected}\n", f"{output.strip()}\n", doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)


@pytest.fixture(scope="module")
def project_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Stand in a fresh folder with the lists and settings of this repository."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "references", folder / "references")
    shutil.copy(ROOT / "alliancebib.toml", folder)
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


def _name_the_document(namespace: dict[str, Any]) -> None:
    namespace["__name__"] = "__main__"


pytest_collect_file = Sybil(
    parsers=[
        SkipParser(),
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
        CodeBlockParser("console", evaluate_console),
    ],
    patterns=["README.md", "docs/*.md", "docs/how-to/*.md"],
    fixtures=["project_folder"],
    setup=_name_the_document,
    document_types={".md": Document},
).pytest()
