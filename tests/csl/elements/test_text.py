"""Short forms and labels that a style asks for where an item has none of its own (CSL 1.0.2, "Text")."""

from __future__ import annotations

import pytest

from small_styles import cited, name


def test_the_short_form_of_an_address_is_its_site() -> None:
    layout = '<text variable="URL" form="short"/>'
    assert cited(layout, {"URL": "https://example.org/a?b"}) == "https://example.org"
    assert cited(layout, {"URL": "http://www.example.org/a"}) == "www.example.org"
    assert cited(layout, {"URL": "no address"}) == "no address"


@pytest.mark.parametrize(
    ("families", "year", "label"),
    [
        (["Smith"], 1999, "Smit99"),
        (["Smith", "Jones"], 1999, "SmJo99"),
        (["Smith", "Jones", "Brown"], 1999, "SmJB99"),
        (["Smith", "Jones", "Brown", "Doe", "Poe"], 1999, "SJBD99"),
        (["O'Neill", "St. John"], 345, "OnSt45"),
        (["Smith"], 0, "Smit00"),
        ([], 1999, "Thee99"),
    ],
)
def test_labels_of_authors_and_year(families: list[str], year: int, label: str) -> None:
    item: dict[str, object] = {"title": "The end of history", "author": [name(family, "A.") for family in families]}
    dated = {**item, "issued": {"date-parts": [[year]]}} if year else item
    assert cited('<text variable="citation-label"/>', dated) == label
