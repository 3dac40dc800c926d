"""Labels: when they are printed, in one or several, and what a locator names by itself (CSL 1.0.2, "Label")."""

from __future__ import annotations

import pytest

from alliancebib.csl.numbers import is_plural, locator_of
from small_styles import cited

TITLE = '<text variable="title"/>'
LOCATED = '<label variable="locator" form="short"/><text value=" "/><text variable="locator"/>'


def located(**cite: str) -> str:
    return cited(LOCATED, {"title": "T"}, cite=cite)


@pytest.mark.parametrize("variable", ["page", "locator", "edition", "number-of-pages", "first-reference-note-number"])
def test_a_group_of_labels_without_values_is_not_printed(variable: str) -> None:
    label = f'<label variable="{variable}"/>'
    assert cited(f'{TITLE}<group prefix=" [">{label}</group>', {"title": "T"}) == "T"
    assert cited(f'{TITLE}<group prefix=" [">{label}<text value="!"/></group>', {"title": "T"}) == "T"
    assert cited(f'{TITLE}<text macro="m"/>', {"title": "T"}, before=f'<macro name="m">{label}</macro>') == "T"


def test_a_label_may_belong_to_the_value_of_another_variable() -> None:
    layout = '<group delimiter=" "><label variable="issue" form="short"/><text variable="number"/></group>'
    assert cited(layout, {"number": "RM-3420"}) == "no. RM-3420"


def test_a_label_of_something_is_printed_though_the_value_is_not() -> None:
    for variable, item, right in (("page", {"page": "12-14"}, "pages"), ("citation-number", {}, "citation")):
        layout = f'{TITLE}<group prefix=" "><label variable="{variable}"/></group>'
        assert cited(layout, {"title": "T", **item}) == f"T {right}"


@pytest.mark.parametrize("cite", [{"locator": "art. 5"}, {"locator": "5", "label": "article"}])
def test_an_article_of_a_law_is_no_preprint(cite: dict[str, str]) -> None:
    assert located(**cite) == "art. 5"
    layout = '<choose><if locator="article-locator"><text value="yes"/></if></choose>'
    assert cited(layout, {"title": "T"}, cite=cite) == "yes"


@pytest.mark.parametrize("typed", ["n.d.", "l.c.", "n.a.", "vol.x"])
def test_half_of_an_abbreviation_is_no_label(typed: str) -> None:
    assert locator_of(typed, "") == ("page", typed)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("vol. II", ("volume", "II")),
        ("n. d", ("note", "d")),
        ("n.5", ("note", "5")),
        ("§12", ("section", "12")),
        ("¶b", ("paragraph", "b")),
    ],
)
def test_a_label_has_a_blank_or_a_number_behind_it(typed: str, right: tuple[str, str]) -> None:
    assert locator_of(typed, "") == right


@pytest.mark.parametrize("text", ["XII-XIV", "12a-14b", "123r-125v", "xii, 300", "E12-E15", "416b-417a"])
def test_numbers_with_letters_and_roman_ones_are_several(text: str) -> None:
    assert is_plural(text)


@pytest.mark.parametrize("text", ["XII", "12a", "RM-3420", "A-B", "Mid-Life", "101a-e", "1,000"])
def test_one_number_is_not_several(text: str) -> None:
    assert not is_plural(text)


def test_pages_before_the_text_count_as_several() -> None:
    layout = '<label variable="number-of-pages" form="short" suffix=" "/><text variable="number-of-pages"/>'
    assert cited(layout, {"number-of-pages": "xii, 300"}) == "pp. xii, 300"
    assert cited(layout, {"number-of-pages": "1"}) == "p. 1"
