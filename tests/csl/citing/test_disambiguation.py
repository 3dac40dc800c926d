"""Cites that would read alike are made to differ (CSL 1.0.2, "Disambiguation")."""

from __future__ import annotations

import pytest

from alliancebib.csl import Processor
from alliancebib.csl.citing.disambiguation import suffix_letters
from small_styles import book, name, style_of

YEAR = '<date variable="issued"><date-part name="year"/></date>'
Work = tuple[str, int]


def author(text: str) -> dict[str, object]:
    given, _, family = text.strip().rpartition(" ")
    return name(family, given)


def read(
    works: list[Work], attributes: str, *, names: str = 'form="short"', rest: str = "", more: str = ""
) -> list[str]:
    """Cite each work ("Jane Doe, Ann Roe", year) alone."""
    layout = f'<group delimiter=" "><names variable="author"><name {names}/></names>{YEAR}{rest}</group>'
    processor = Processor(style_of(layout, citation_attributes=attributes, style_attributes=more))
    items = [
        book(str(n), author=[author(one) for one in people.split(",")], issued=year, title=f"T{n}")
        for n, (people, year) in enumerate(works)
    ]
    processor.register(items)
    return [processor.cite([str(n)]) for n in range(len(works))]


ET_AL = 'form="short" et-al-min="3" et-al-use-first="1"'
ADD_NAMES = 'disambiguate-add-names="true"'
GIVEN = 'disambiguate-add-givenname="true" givenname-disambiguation-rule="{}"'
SUFFIX = 'disambiguate-add-year-suffix="true"'
THREE: list[Work] = [("A Doe, B Roe, C Poe", 2000), ("A Doe, D Moe, C Poe", 2000)]


def test_without_options_cites_stay_alike() -> None:
    assert read(THREE, "", names=ET_AL) == ["Doe et al. 2000"] * 2


def test_names_are_added_until_cites_differ() -> None:
    assert read(THREE, ADD_NAMES, names=ET_AL) == ["Doe, Roe, et al. 2000", "Doe, Moe, et al. 2000"]


def test_names_that_would_not_help_are_not_added() -> None:
    assert read([THREE[0], THREE[0]], ADD_NAMES, names=ET_AL) == ["Doe et al. 2000"] * 2


def test_given_names_by_cite() -> None:
    works = [("Jane Doe", 2000), ("Karl Doe", 2000), ("Lara Doe", 1999)]
    names = 'form="short" initialize-with=". "'
    assert read(works, GIVEN.format("by-cite"), names=names) == ["J. Doe 2000", "K. Doe 2000", "Doe 1999"]


def test_whole_given_names_where_initials_are_alike() -> None:
    works = [("Jane Doe", 2000), ("John Doe", 2000)]
    names = 'form="short" initialize-with=". "'
    assert read(works, GIVEN.format("by-cite"), names=names) == ["Jane Doe 2000", "John Doe 2000"]


@pytest.mark.parametrize(
    ("rule", "right"),
    [
        ("all-names", ["J. Doe 2000", "K. Doe 1999"]),
        ("all-names-with-initials", ["J. Doe 2000", "K. Doe 1999"]),
        ("primary-name", ["J. Doe 2000", "K. Doe 1999"]),
        ("primary-name-with-initials", ["J. Doe 2000", "K. Doe 1999"]),
        ("by-cite", ["Doe 2000", "Doe 1999"]),
    ],
)
def test_rules_that_are_about_people(rule: str, right: list[str]) -> None:
    works = [("Jane Doe", 2000), ("Karl Doe", 1999)]
    assert read(works, GIVEN.format(rule), names='form="short" initialize-with=". "') == right


def test_primary_name_leaves_second_names_alone() -> None:
    works = [("A Roe, Jane Doe", 2000), ("A Roe, Karl Doe", 1999)]
    names = 'form="short" initialize-with=". "'
    assert read(works, GIVEN.format("primary-name"), names=names) == ["Roe, Doe 2000", "Roe, Doe 1999"]
    assert read(works, GIVEN.format("all-names"), names=names) == ["Roe, J. Doe 2000", "Roe, K. Doe 1999"]


def test_initials_rule_never_writes_whole_names() -> None:
    works = [("Jane Doe", 2000), ("John Doe", 1999)]
    rule = GIVEN.format("all-names-with-initials")
    assert read(works, rule, names='form="short" initialize-with=". "') == ["Doe 2000", "Doe 1999"]


def test_a_condition_comes_before_year_suffixes() -> None:
    rest = '<choose><if disambiguate="true"><text variable="title"/></if></choose>'
    works = [("A Doe", 2000), ("A Doe", 2000), ("A Doe", 1999)]
    assert read(works, SUFFIX, rest=rest) == ["Doe 2000 T0", "Doe 2000 T1", "Doe 1999"]


def test_year_suffixes_come_last() -> None:
    works = [("Jane Doe", 2000), ("Karl Doe", 2000), ("Karl Doe", 2000)]
    names = 'form="short" initialize-with=". "'
    right = ["J. Doe 2000", "K. Doe 2000a", "K. Doe 2000b"]
    assert read(works, f"{GIVEN.format('by-cite')} {SUFFIX}", names=names) == right


def test_an_explicit_suffix_stands_where_the_style_wants_it() -> None:
    layout_rest = '<text variable="year-suffix" prefix="-"/>'
    assert read([("A Doe", 2000)] * 2, SUFFIX, rest=layout_rest) == ["Doe 2000 -a", "Doe 2000 -b"]


def test_letters_go_on_after_z() -> None:
    assert [suffix_letters(place) for place in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]
    assert read([("A Doe", 2000)] * 28, SUFFIX)[25:] == ["Doe 2000z", "Doe 2000aa", "Doe 2000ab"]


def listed(people: list[str], citation: str, *, names: str = 'initialize-with=". "', editor: str = "") -> list[str]:
    """List works of these authors where cites show family names alone."""
    shown = f"<name {names}/>"
    parts = f'<names variable="author">{shown}</names><names variable="editor" prefix=" / ">{shown}</names>'
    style = style_of('<names variable="author"><name form="short"/></names>', parts, citation_attributes=citation)
    processor = Processor(style)
    works = [book(str(n), author=[author(one) for one in text.split(",")]) for n, text in enumerate(people)]
    if editor:
        works[0]["editor"] = [author(editor)]
    processor.register(works)
    return [entry.text for entry in processor.bibliography().entries]


def test_entries_tell_people_apart_whose_initials_are_alike() -> None:
    people = ["Anna Doe", "Ana Doe", "Jo Roe", "Zoe Roe"]
    wanted = ["Anna Doe", "Ana Doe", "J. Roe", "Z. Roe"]
    assert listed(people, GIVEN.format("all-names")) == wanted
    assert listed(people, "") == ["A. Doe", "A. Doe", "J. Roe", "Z. Roe"]


def test_people_that_no_cite_names_are_told_apart_in_entries() -> None:
    assert listed(["Jo Roe", "Anna Doe"], GIVEN.format("all-names"), editor="Ana Doe")[0] == "J. Roe / Ana Doe"


def test_primary_name_tells_apart_who_stands_first() -> None:
    rule = GIVEN.format("primary-name")
    assert listed(["Jo Roe, Anna Doe", "Ana Doe"], rule) == ["J. Roe, A. Doe", "A. Doe"]
    assert listed(["Anna Doe", "Ana Doe"], rule, names='form="short"') == ["Anna Doe", "Ana Doe"]


@pytest.mark.parametrize(("givens", "right"), [(False, "A. Doe et al."), (True, "A. Doe, B. Roe, et al.")])
def test_entries_show_names_that_were_added_where_given_names_are(givens: bool, right: str) -> None:
    cut = 'initialize-with=". " et-al-min="3" et-al-use-first="1"'
    options = ADD_NAMES + (' disambiguate-add-givenname="true"' if givens else "")
    layout = f'<names variable="author"><name {cut}/></names>'
    style = style_of(f'<names variable="author"><name {ET_AL}/></names>', layout, citation_attributes=options)
    processor = Processor(style)
    works = [book(str(n), author=[author(x) for x in people.split(",")]) for n, (people, _) in enumerate(THREE)]
    processor.register(works)
    assert processor.bibliography().entries[0].text == right


def test_by_cite_entries_tell_apart_who_stands_in_one_list() -> None:
    rule = GIVEN.format("by-cite")
    assert listed(["Jo Roe, Ana Doe, Al Doe", "Amy Doe"], rule) == ["J. Roe, Ana Doe, Al Doe", "A. Doe"]
    assert listed(["Jo Roe, Ana Doe, Bo Doe"], rule) == ["J. Roe, A. Doe, B. Doe"]
    assert listed(["Ana Doe, Al Doe"], rule, names='form="short"') == ["Doe, Doe"]
