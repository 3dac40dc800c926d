"""What the fields alone give away: gaps, dates, pages, check digits."""

from __future__ import annotations

from datetime import date

import pytest

from alliancebib.checkers import fields
from alliancebib.config import CheckSettings
from alliancebib.identifiers import is_isbn, is_issn
from alliancebib.library import Library
from alliancebib.model import KINDS, Name, Origin, PartialDate, Reference
from no_web import NoWeb

TODAY = date(2026, 11, 23)
WHOLE = {
    "title": "On pages",
    "author": (Name(family="Roe"),),
    "editor": (Name(family="Doe"),),
    "container_title": "Journal",
    "publisher": "Press",
    "issued": PartialDate(year=2020),
    "url": "https://example.org/x",
}


def codes(**values: object) -> list[str]:
    reference = Reference(**{"kind": "document", **values})  # type: ignore[arg-type]
    return [finding.code for finding in fields.check_fields(reference, today=TODAY)]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_whole_reference_of_any_kind_has_no_gap(kind: str) -> None:
    assert codes(kind=kind, **WHOLE) == []


@pytest.mark.parametrize("kind", sorted(fields.REQUIRED))
def test_each_required_field_is_missed(kind: str) -> None:
    for names in fields.REQUIRED[kind]:
        rest = {name: value for name, value in WHOLE.items() if name not in names.split("|")}
        assert codes(kind=kind, **rest) == ["AB205"]


def test_one_finding_names_all_gaps_and_the_place() -> None:
    reference = Reference(id="a", kind="article-journal", title="T", origins=(Origin(page="x.bib", line=7),))
    (finding,) = fields.check_fields(reference, today=TODAY)
    assert finding.message == "This journal article lacks an author, the title of what it appeared in and a date."
    assert (finding.origin.line, finding.reference, finding.severity) == (7, "a", "note")


DATES = {
    "2020": False,
    "2026-11-24": False,
    "2027": False,
    "2027-06-01": False,
    "2028": True,
    "2099-01-01": True,
    "1623": False,
    "1066": True,
    "0200": True,
}


@pytest.mark.parametrize("text", DATES)
def test_odd_dates(text: str) -> None:
    assert codes(kind="document", issued=PartialDate.from_iso(text)) == (["AB206"] if DATES[text] else [])


def test_news_cannot_be_of_next_week_and_nothing_was_seen_there() -> None:
    soon = PartialDate(year=2026, month=12, day=1)
    whole = {**WHOLE, "issued": soon}
    assert codes(kind="article-newspaper", **whole) == ["AB206"]
    assert codes(kind="article-journal", **whole) == []
    assert codes(accessed=soon) == ["AB206"]
    assert codes(accessed=PartialDate(year=2026, month=11, day=24)) == []


def test_old_works_and_ranges() -> None:
    assert codes(kind="classic", issued=PartialDate(year=-350)) == []
    assert codes(issued=PartialDate(year=2020, end=PartialDate(year=2019))) == ["AB206"]
    assert codes(issued=PartialDate(year=2020, month=3, end=PartialDate(year=2020))) == []
    assert codes(issued=PartialDate(year=2020, end=PartialDate())) == []
    assert codes(issued=PartialDate(literal="forthcoming")) == []


PAGES = {
    "20-10": True,
    "20--10": True,
    "10–20": False,
    "234-45": False,
    "234-33": True,
    "1234-8": False,
    "xii-ix": True,
    "ix-xii": False,
    "iv-12": False,
    "e12-e10": True,
    "S10-S20": False,
    "A12-B3": False,
    "12": False,
    "3-7, 16": False,
    "3-7, 22-20": True,
    "1234567": False,
    "n/a": False,
    "": False,
}


@pytest.mark.parametrize("text", PAGES)
def test_odd_pages(text: str) -> None:
    assert codes(page=text) == (["AB207"] if PAGES[text] else [])


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("978-3-16-148410-0", True),
        ("9783161484100", True),
        ("978 3 16 148410 0", True),
        ("978-3-16-148410-1", False),
        ("0-8044-2957-X", True),
        ("080442957x", True),
        ("0-8044-2957-1", False),
        ("978-3-16-148410-0 (print), 0-19-852663-6", True),
        ("9783161484100 0198526636", True),
        ("978-3-16-148410-0; 978-3-16-148410-1", False),
        ("9783161484100 (vol. 12)", True),
        ("12345", False),
        ("none", False),
    ],
)
def test_isbn(text: str, *, right: bool) -> None:
    assert is_isbn(text) is right
    assert codes(isbn=text) == ([] if right else ["AB203"])


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("0378-5955", True),
        ("2434-561X", True),
        ("2434561x", True),
        ("0378-5954", False),
        ("0378-595", False),
        ("x", False),
    ],
)
def test_issn(text: str, *, right: bool) -> None:
    assert is_issn(text) is right
    assert codes(issn=text) == ([] if right else ["AB204"])


def test_identifiers_and_addresses() -> None:
    assert codes(doi="10.1002/(sici)1096-8644(199601)99:1<1::aid-1>3.0.co;2-1") == []
    assert codes(doi="https://doi.org/10.1000/1") == ["AB201"]
    assert codes(url="www.example.org", archive_url="https://web.archive.org/web/2020/http://example.org") == ["AB202"]
    assert codes(url="https://example.org/статья") == []


def test_the_checker_keeps_the_order_of_the_library() -> None:
    library = Library([Reference(id=name, page="9-1") for name in "cab"])
    report = fields.check(library, web=NoWeb(), settings=CheckSettings())
    assert [finding.reference for finding in report.findings] == ["c", "a", "b"]
