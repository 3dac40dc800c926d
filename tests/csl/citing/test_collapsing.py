"""Cites drawn together (CSL 1.0.2, "Cite Grouping", "Cite Collapsing")."""

from __future__ import annotations

import pytest

from alliancebib.csl import Processor
from small_styles import book, name, style_of

LAYOUT = 'prefix="(" suffix=")" delimiter="; "'
AUTHOR_YEAR = (
    '<group delimiter=" "><names variable="author"><name form="short"/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
)
WORKS = {"a": ("Doe", 1999), "b": ("Smith", 2002), "c": ("Doe", 2006), "d": ("Roe", 2000)}
SAME = dict.fromkeys("abcde", ("Doe", 2000))


def cite(ids: str, attributes: str, works: dict[str, tuple[str, int]] | None = None) -> str:
    style = style_of(AUTHOR_YEAR, citation_attributes=attributes, layout_attributes=LAYOUT)
    processor = Processor(style)
    rows = (works or WORKS).items()
    processor.register([book(id_, author=[name(family)], issued=year) for id_, (family, year) in rows])
    return processor.cite(ids.split())


def numbers(ids: str, attributes: str = 'collapse="citation-number"') -> str:
    layout = 'prefix="[" suffix="]" delimiter=", "'
    style = style_of(
        '<text variable="citation-number"/>',
        citation_attributes=attributes,
        layout_attributes=layout,
        citation_sort='<key variable="citation-number"/>',
    )
    processor = Processor(style)
    processor.register([book(str(number), title="T") for number in range(1, 12)])
    return processor.cite(ids.split())


@pytest.mark.parametrize(
    ("ids", "right"),
    [
        ("1", "[1]"),
        ("1 2", "[1, 2]"),
        ("1 2 3", "[1–3]"),
        ("3 1 2 5", "[1–3, 5]"),
        ("1 3 5", "[1, 3, 5]"),
        ("1 2 3 5 6 7 9", "[1–3, 5–7, 9]"),
        ("9 10 11", "[9–11]"),
    ],
)
def test_numbers(ids: str, right: str) -> None:
    assert numbers(ids) == right


def test_numbers_stay_without_collapse() -> None:
    assert numbers("3 1 2", "") == "[1, 2, 3]"


def test_a_range_can_have_a_delimiter_of_its_own() -> None:
    assert numbers("1 2 3 5 7", 'collapse="citation-number" after-collapse-delimiter="; "') == "[1–3; 5, 7]"


def test_no_grouping_without_options() -> None:
    assert cite("a b c", "") == "(Doe 1999; Smith 2002; Doe 2006)"


def test_a_group_delimiter_gathers_cites() -> None:
    assert cite("a b c", 'cite-group-delimiter=", "') == "(Doe 1999, Doe 2006; Smith 2002)"


@pytest.mark.parametrize(
    ("attributes", "right"),
    [
        ('collapse="year"', "(Doe 1999, 2006; Smith 2002; Roe 2000)"),
        ('collapse="year" cite-group-delimiter=" and "', "(Doe 1999 and 2006; Smith 2002; Roe 2000)"),
        ('collapse="year-suffix"', "(Doe 1999, 2006; Smith 2002; Roe 2000)"),
    ],
)
def test_years(attributes: str, right: str) -> None:
    assert cite("a b c d", attributes) == right


def test_after_a_group() -> None:
    attributes = 'collapse="year" after-collapse-delimiter=" | "'
    assert cite("a c b", attributes).startswith("(Doe 1999")
    assert " | Smith 2002)" in cite("a c b", attributes)


SUFFIX = 'disambiguate-add-year-suffix="true" '


@pytest.mark.parametrize(
    ("ids", "attributes", "right"),
    [
        ("a b", 'collapse="year"', "(Doe 2000a, 2000b)"),
        ("a b", 'collapse="year-suffix" year-suffix-delimiter=","', "(Doe 2000a,b)"),
        ("a b c", 'collapse="year-suffix" year-suffix-delimiter=", "', "(Doe 2000a, b, c)"),
        ("a b c e", 'collapse="year-suffix-ranged" year-suffix-delimiter=", "', "(Doe 2000a–c, e)"),
        ("a b", 'collapse="year-suffix-ranged" year-suffix-delimiter=", "', "(Doe 2000a, b)"),
    ],
)
def test_suffixes(ids: str, attributes: str, right: str) -> None:
    assert cite(ids, SUFFIX + attributes, SAME) == right


NAMES_ONLY = '<names variable="author"><name form="short"/></names>'


def collapsed_names(*cites: dict[str, object], layout: str = NAMES_ONLY, attributes: str = 'collapse="year"') -> str:
    processor = Processor(style_of(layout, citation_attributes=attributes, layout_attributes=LAYOUT))
    processor.register([book(id_, author=[name("Doe")], issued=2000) for id_ in "ab"])
    return processor.cite(cites)


def test_a_cite_of_names_alone_is_not_said_twice() -> None:
    """The official test collapse_AuthorCollapseNoDateSorted has it so."""
    assert collapsed_names({"id": "a"}, {"id": "b"}) == "(Doe)"


def test_what_a_person_wrote_round_a_cite_of_names_alone_keeps_its_names() -> None:
    assert collapsed_names({"id": "a"}, {"id": "b", "suffix": ", chap. 3"}) == "(Doe, Doe, chap. 3)"


def test_an_author_alone_is_not_drawn_together_with_others() -> None:
    cites: list[dict[str, object]] = [{"id": "a"}, {"id": "b", "author-only": True}]
    attributes = SUFFIX + 'collapse="year-suffix"'
    assert collapsed_names(*cites, layout=AUTHOR_YEAR, attributes=attributes) == "(Doe 2000a; Doe)"
    assert collapsed_names(*reversed(cites), layout=AUTHOR_YEAR, attributes=attributes) == "(Doe; Doe 2000a)"
