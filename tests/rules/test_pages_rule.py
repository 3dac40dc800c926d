from __future__ import annotations

import pytest

from alliancebib.model import Reference
from alliancebib.rules.pages import apply


@pytest.mark.parametrize(
    ("given", "tidy"),
    [
        ("pp. 554–70", "554-70"),
        ("p. 5", "5"),
        ("S. 12 – 19", "12-19"),
        ("с. 241—252.", "241-252"),
        ("pages 1--9, pp. 12---15", "1-9, 12-15"),
        ("pp241-252", "241-252"),
        ("Seiten 3 ‑ 5", "3-5"),
        ("e12–e15", "e12-e15"),
        ("xii–xiv", "xii-xiv"),
        ("pp. S12–S19", "S12-S19"),
        ("12 - 15; 20−22", "12-15; 20-22"),
    ],
)
def test_pages_are_numbers_and_hyphens(given: str, tidy: str) -> None:
    reference, findings = apply(Reference(page=given))
    assert (reference.page, findings) == (tidy, ())


@pytest.mark.parametrize(
    "pages", ["554-70", "e1002345", "S12", "p12", "105", "front—cover", "A3", "12ff.", "12-15, 3", "2020.05"]
)
def test_what_is_right_or_not_clear_stays(pages: str) -> None:
    reference = Reference(page=pages)
    assert apply(reference) == (reference, ())


@pytest.mark.parametrize("pages", ["570-554", "570-54", "1-3, 20-12", "S19-S12"])
def test_ranges_that_run_backwards_are_named_and_kept(pages: str) -> None:
    reference, [finding] = apply(Reference(id="a", page=pages))
    assert reference.page == pages
    assert finding.code == "AB207"
    assert pages.rsplit(", ", maxsplit=1)[-1] in finding.message


def test_other_parts_run_on() -> None:
    assert apply(Reference(page="A12-B3"))[1] == ()
