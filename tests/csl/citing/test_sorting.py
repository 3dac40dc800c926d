"""Sort keys (CSL 1.0.2, "Sorting")."""

from __future__ import annotations

import pytest

from alliancebib.csl import Processor
from small_styles import book, entries, name, style_of

TITLE = '<text variable="title"/>'


def order(key: str, *items: dict[str, object], before: str = "", locale: str = "en-US") -> str:
    rows = [{**item, "id": str(place)} for place, item in enumerate(items)]
    style = style_of("", TITLE, sort=key, before=before)
    processor = Processor(style, locale=locale)
    processor.register(rows)
    return " ".join(entry.id for entry in processor.bibliography(all_items=True).entries)


def titles(*texts: str) -> list[dict[str, object]]:
    return [{"type": "book", "title": text} for text in texts]


@pytest.mark.parametrize(
    ("texts", "right"),
    [
        (["b", "a", "C"], "1 0 2"),
        (["éb", "ea", "ec"], "1 0 2"),
        (["b", "<i>a</i>"], "1 0"),
        (["b", "“a”"], "1 0"),
    ],
)
def test_texts(texts: list[str], right: str) -> None:
    assert order('<key variable="title"/>', *titles(*texts)) == right


def test_descending_and_equal_ones_keep_their_order() -> None:
    assert order('<key variable="title" sort="descending"/>', *titles("a", "b", "a")) == "1 0 2"


@pytest.mark.parametrize("direction", ["ascending", "descending"])
def test_empty_values_stand_last(direction: str) -> None:
    key = f'<key variable="publisher" sort="{direction}"/>'
    assert order(key, {"title": "x"}, {"title": "y", "publisher": "p"}) == "1 0"


def test_numbers_are_numbers() -> None:
    assert order('<key variable="volume"/>', {"volume": "10"}, {"volume": 9}, {"volume": "100"}) == "1 0 2"


def test_dates() -> None:
    years = [[[2000, 5]], [[-100]], [[2000]], [[1999, 12, 31]], [[2000, 5, 1]], [[2000, 10]], [[79]]]
    items: list[dict[str, object]] = [{"issued": {"date-parts": parts}} for parts in years]
    assert order('<key variable="issued"/>', *items) == "1 6 3 2 0 4 5"


def test_names_sort_by_family_then_given() -> None:
    people = [("Doe", "Karl"), ("Abe", "Zoe"), ("Doe", "Ann")]
    items: list[dict[str, object]] = [{"author": [name(family, given)]} for family, given in people]
    assert order('<key variable="author"/>', *items) == "1 2 0"


def test_macros_and_second_keys() -> None:
    before = '<macro name="who"><names variable="author"/></macro>'
    items: list[dict[str, object]] = [
        {"author": [name("Roe", "A")], "issued": {"raw": "2001"}},
        {"author": [name("Doe", "B")], "issued": {"raw": "2002"}},
        {"author": [name("Doe", "B")], "issued": {"raw": "2000"}},
    ]
    assert order('<key macro="who"/><key variable="issued"/>', *items, before=before) == "2 1 0"
    assert order('<key macro="who"/><key variable="issued" sort="descending"/>', *items, before=before) == "1 2 0"


def test_particles_sort_as_the_style_says() -> None:
    items = [book("v", title="v", author=[name("Dam", "P.", **{"non-dropping-particle": "van"})])]
    items += [book("m", title="m", author=[name("Moe", "A.")])]
    for demote, right in (("never", ["m", "v"]), ("sort-only", ["v", "m"]), ("display-and-sort", ["v", "m"])):
        attributes = f'demote-non-dropping-particle="{demote}"'
        assert entries(TITLE, items, sort='<key variable="author"/>', style_attributes=attributes) == right


def test_cites_sort_by_the_keys_of_the_citation() -> None:
    processor = Processor(style_of(citation_sort='<key variable="title"/>', layout_attributes='delimiter=", "'))
    processor.register([book("1", title="b"), book("2", title="a")])
    assert processor.cite(["1", "2"]) == "a, b"


WORK: list[dict[str, object]] = [
    {"title": "B", "issued": {"date-parts": [[2001]]}, "author": [name("Abe")]},
    {"title": "A", "issued": {"date-parts": [[2002]]}, "author": [name("Zoe")]},
    {"title": "C", "issued": {"date-parts": [[2000]]}},
]
YEAR = '<date variable="issued"><date-part name="year"/></date>'


@pytest.mark.parametrize(
    ("macro", "right"),
    [
        (TITLE, "1 0 2"),
        (f"{TITLE}{YEAR}", "2 0 1"),
        (f'<choose><if type="map">{YEAR}</if></choose>{TITLE}', "0 1 2"),
        (f'<text macro="inner"/>{YEAR}', "2 0 1"),
        ('<text macro="inner"/>', "1 0 2"),
        (f'<names variable="author"><substitute>{TITLE}</substitute></names>', "0 2 1"),
        ('<names variable="author"><substitute><text term="anonymous"/></substitute></names>', "0 1 2"),
    ],
)
def test_a_macro_with_a_date_sorts_by_its_dates_alone(macro: str, right: str) -> None:
    macros = f'<macro name="key">{macro}</macro><macro name="inner">{TITLE}</macro>'
    assert order('<key macro="key"/>', *WORK, before=macros) == right


def test_a_macro_that_a_key_calls_prints_whole_elsewhere() -> None:
    macros = f'<macro name="key">{TITLE}{YEAR}</macro>'
    layout = '<text macro="key"/>'
    items = [book("x", title="B", issued=2001), book("y", title="A", issued=2002)]
    assert entries(layout, items, sort='<key macro="key"/>', before=macros) == ["B2001", "A2002"]
