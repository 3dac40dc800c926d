"""Text as languages sort it, where scripts have signs of their own."""

from __future__ import annotations

from alliancebib.csl.citing.collation import collation_key
from small_styles import book, entries


def test_vowel_signs_of_devanagari_are_sorted() -> None:
    words = ["की", "का", "कि", "क", "ख"]
    assert sorted(words, key=lambda word: collation_key(word, "hi-IN")) == ["क", "का", "कि", "की", "ख"]


def test_years_sort_however_far_off() -> None:
    years = [5, -60_000, 99_999, 60_000, -5, 1]
    items = [book(str(year), issued=year) for year in years]
    layout = '<date variable="issued"><date-part name="year"/></date>'
    order = entries(layout, items, sort='<key variable="issued"/>')
    assert order == ["60000 BC", "5 BC", "1 AD", "5 AD", "60000", "99999"]
