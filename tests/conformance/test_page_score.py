"""The measuring program of pages: what counts as right, wrong, missing and invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliancebib import parse, read
from conformance.page_score import compare, fields_of, main, score

PAGE = """Papers

Keller, A., & Frost, P. (2020). Pacts of the north. Survival, 12(3), 4-15.

Stone, M. (2011). Ports and pacts. Peace Review, 2(1), 7-9.
"""
FIRST = {
    "kind": "article-journal",
    "title": "Pacts of the north",
    "author": "Keller, A; Frost, P",
    "issued": "2020",
    "container_title": "Survival",
    "volume": "12",
    "issue": "3",
    "page": "4–15",
}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "pages" / "list.txt"
    path.parent.mkdir()
    path.write_text(PAGE, "utf-8")
    return path


def _entry(**changes: str) -> dict[str, object]:
    expected = {field: value for field, value in (FIRST | changes).items() if value}
    return {"raw": PAGE.splitlines()[2], "expected": expected, "optional": {}, "inferred": []}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"volume": "11|12", "issue": "*", "publisher": "none"}, []),
        ({"title": "Pacts of the North"}, ["wrong title"]),
        ({"publisher": "IISS"}, ["missing publisher"]),
        ({"publisher": "IISS|none"}, []),
        ({"issue": ""}, ["invented issue"]),
        ({"author": "Keller, A"}, ["wrong author"]),
    ],
)
def test_fields_are_right_wrong_missing_or_invented(page: Path, changes: dict[str, str], said: list[str]) -> None:
    reference = next(iter(parse(read(page))))
    found = compare(reference, _entry(**changes))
    assert [f"{one.sort} {one.field}" for one in found] == said
    assert fields_of(reference)["author"] == "Keller, A.; Frost, P."


def test_what_is_optional_is_not_invented(page: Path) -> None:
    reference = next(iter(parse(read(page))))
    entry = _entry(issue="") | {"optional": {"issue": "*"}}
    assert compare(reference, entry) == []


def test_an_entry_that_is_not_found_misses_all_and_one_too_many_is_counted(page: Path) -> None:
    absent = {
        "raw": "Another work altogether, of which the page has nothing",
        "expected": {"kind": "book", "title": "X"},
    }
    counts, lines = score(page, [_entry(), absent])
    assert counts == {"entries": 2, "found": 1, "others": 1, "fields": 10, "right": 8, "missing": 2}
    assert lines[0].startswith("  not found: Another work")
    assert lines[1].startswith("  no entry: Stone, M.")


def test_the_figures_are_printed_page_by_page(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = page.parents[1] / "gold"
    gold.mkdir()
    (gold / "list.txt.json").write_text(json.dumps({"page": "list.txt", "entries": [_entry(issue="4")]}), "utf-8")
    main([str(page.parents[1]), "-v"])
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("list.txt: 1 of 1 entries found, 1 others; 7 of 8 fields right (87.5 %), 1 wrong")
    assert "      wrong issue: '3', not '4'" in shown
    assert shown[-1].startswith("all: 1 of 1 entries found")
