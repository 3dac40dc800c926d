"""The cases of ``tests/cases/*.md``: a line, the section it stands in, and exactly the fields it becomes.

A case is a heading with its name, the line after ``>``, and ``field: value`` lines. ``section`` names what the section
expects; a field that is not named must be empty. Several persons are separated by semicolons, family name first.
Variables without a field of their own stand under their names in CSL (``number``, ``number-of-pages``); ``leftover`` is
what no field explains, its pieces between strokes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alliancebib.model import Name, PartialDate, Reference
from alliancebib.outline.outlets import load_outlets
from alliancebib.page import Line, Page, Role, Section
from alliancebib.parsers import parse_lines

FOLDER = Path(__file__).parents[1] / "cases"
FIELDS = """
    kind title author editor translator issued container_title collection_title volume issue page edition
    publisher publisher_place genre accessed doi isbn issn url abstract note
""".split()


def cases() -> list[tuple[str, str, dict[str, str]]]:
    """Read all cases: name, line, fields."""
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        for block in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, _, body = block.partition("\n")
            line = next(row[2:] for row in body.split("\n") if row.startswith("> "))
            pairs = (row.partition(": ") for row in body.split("\n") if re.match(r"[a-z][a-z_-]*: ", row))
            found.append((f"{path.stem}: {name.strip()}", line, {field: value for field, _, value in pairs}))
    return found


CASES = cases()


def written(value: object) -> str:
    """Give a field's value as the cases write it."""
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, tuple):
        return "; ".join(name_as_written(name) for name in value)
    return str(value)


def name_as_written(name: Name) -> str:
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    parts = [part for part in (family, name.given, name.suffix) if part]
    return ", ".join(parts) if parts else str(name)


def fields_of(reference: Reference) -> dict[str, str]:
    """Give the fields that are set, the variables of ``extra`` and the leftover."""
    found = {field: written(getattr(reference, field)) for field in FIELDS if getattr(reference, field)}
    found |= {name: str(value) for name, value in reference.extra.items()}
    found |= {"link_title": reference.origin.link_title} if reference.origin.link_title else {}
    found |= {"inferred": " ".join(sorted(reference.inferred))} if reference.inferred else {}
    return found | ({"leftover": " | ".join(reference.leftover)} if reference.leftover else {})


@pytest.mark.parametrize(("line", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_case(line: str, expected: dict[str, str]) -> None:
    wanted = {field: value for field, value in expected.items() if field != "section"}
    sections = (Section(title="A section", expects=expected.get("section", "")),)
    page = Page(name="x", lines=(Line(number=1, text=line, role=Role.ENTRY, section=0),), sections=sections)
    (reference,) = parse_lines(page)
    assert fields_of(reference) == wanted


def test_there_are_many_cases_with_names_of_their_own() -> None:
    assert len(CASES) >= 80
    assert len({case[0] for case in CASES}) == len(CASES)
    assert load_outlets().knows("Reuters")
