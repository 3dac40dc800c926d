"""Numbers of fields: when their label is plural, and how ranges of pages are written (CSL 1.0.2, "Label", "Range")."""

from __future__ import annotations

import pytest

from alliancebib.csl.numbers import is_plural
from small_styles import cited

PAGES = '<label variable="page" form="short" suffix=" "/><text variable="page"/>'


@pytest.mark.parametrize("text", ["E12-16", "A1-B2", "416b-417", "12a-12c", "15-25,30-35", "iv-", "12; quiz 14"])
def test_several(text: str) -> None:
    assert is_plural(text)


@pytest.mark.parametrize("text", ["12", "101a-e", "1a,2a", "RM-3420", "7,123,456", "2:1-2:17", "A-B"])
def test_one(text: str) -> None:
    assert not is_plural(text)


@pytest.mark.parametrize(
    ("typed", "shape", "right"),
    [
        ("118-118", "minimal", "pp. 118–118"),
        ("118-118", "chicago", "pp. 118–118"),
        ("A15-A25", "minimal", "pp. A15–25"),
        ("S12-S19", "chicago", "pp. S12–19"),
        ("S12-S19", "expanded", "pp. S12–S19"),
        ("W5-W8; quiz W9", "minimal", "pp. W5–8; quiz W9"),
        ("xi-12", "minimal", "pp. xi–12"),
    ],
)
def test_ranges_of_pages(typed: str, shape: str, right: str) -> None:
    assert cited(PAGES, {"page": typed}, style_attributes=f'page-range-format="{shape}"') == right
