"""The text of number variables stays as it was typed, but for ranges; numbers may be of any length."""

from __future__ import annotations

import pytest

from alliancebib.csl.numbers import whole_number
from small_styles import book, cited, entries

LONG = "1" * 5_000


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("issue", "Aug.–Sept."),
        ("edition", "Revised – enlarged"),
        ("volume", "12 – rev. ed. – 3"),
        ("page", "12 – rev. ed. – 3"),
        ("page", "12–"),
        ("page", "RM—3420"),
        ("number", "A--B"),
    ],
)
@pytest.mark.parametrize("element", ["text", "number"])
def test_a_dash_of_no_range_stays_as_it_was_typed(element: str, variable: str, text: str) -> None:
    assert cited(f'<{element} variable="{variable}"/>', {variable: text}) == text


@pytest.mark.parametrize("typed", ["12-15", "12 - 15", "12–15", "12 -- 15"])
def test_a_range_has_the_dash_of_the_language(typed: str) -> None:
    assert cited('<text variable="page"/>', {"page": typed}) == "12–15"


def test_page_numbers_that_are_no_range_stand_close_together() -> None:
    assert cited('<text variable="page"/>', {"page": "N110 - 5"}) == "N110-5"


def test_longer_numbers_than_can_be_read_stay_text() -> None:
    assert whole_number("9" * 300) == int("9" * 300)
    assert whole_number(LONG) is None
    for form in ("ordinal", "long-ordinal", "roman", "numeric"):
        assert cited(f'<number variable="edition" form="{form}"/>', {"edition": LONG}) == LONG


@pytest.mark.parametrize("shape", ["expanded", "minimal", "minimal-two", "chicago", "chicago-15", "chicago-16"])
def test_ranges_of_numbers_too_long_to_be_read_lose_nothing(shape: str) -> None:
    text = cited(
        '<text variable="page"/>', {"page": f"{LONG}-{LONG}2"}, style_attributes=f'page-range-format="{shape}"'
    )
    assert text.startswith(LONG)
    assert text.endswith(f"{LONG}2")


@pytest.mark.parametrize("key", ["title", "volume"])
def test_numbers_too_long_to_be_read_can_be_sorted(key: str) -> None:
    items = [book("a", **{key: LONG}), book("b", **{key: "2"}), book("c", **{key: f"Part {LONG}"})]
    printed = entries(f'<text variable="{key}"/>', items, sort=f'<key variable="{key}"/>')
    assert printed[0] == "2"
    assert sorted(printed) == sorted(["2", LONG, f"Part {LONG}"])


def test_options_of_names_may_be_numbers_of_any_length() -> None:
    layout = f'<names variable="author"><name et-al-min="{"9" * 5_000}" et-al-use-first="1"/></names>'
    assert cited(layout, {"author": [{"family": "A"}, {"family": "B"}]}) == "A, B"
