"""Fields from labels: names, volumes and pages in every form, and what becomes of the rest."""

from __future__ import annotations

import pytest

from alliancebib.model import Name, PartialDate, Reference
from alliancebib.page import Line, Section
from alliancebib.parsers import labelled, parse_reference
from alliancebib.parsers._people import read_people
from alliancebib.parsers._volumes import page_count, read_pages, read_volume

PHYSICS = "S. Alekhin, J. Blümlein and S. Moch, Parton distributions, Phys. Rev. D86(2012)054009."


def read(text: str) -> Reference:
    found = labelled.parse(Line(number=1, text=text), Section(title=""), page="list.txt")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Smith JA, Doe B, Court DW.", ["Smith|J. A.", "Doe|B.", "Court|D. W."]),
        ("S. Pietra, V. Pietra, and J. Lafferty.", ["Pietra|S.", "Pietra|V.", "Lafferty|J."]),
        ("Qing-Yi, Z. and Mei-Hua, S.:", ["Qing-Yi|Z.", "Mei-Hua|S."]),
        ("Doe, Jane; Roe, Max", ["Doe|Jane", "Roe|Max"]),
        ("In: Müller, H., Weiß, K. (Hrsg.):", ["Müller|H.", "Weiß|K."]),
        ("edited by Jane Doe and Max Roe,", ["Doe|Jane", "Roe|Max"]),
        ("a cura di M. Rossi e G. Bianchi", ["Rossi|M.", "Bianchi|G."]),
    ],
)
def test_names_in_every_order(text: str, names: list[str]) -> None:
    assert [f"{name.family}|{name.given}" for name in read_people(text)] == names


@pytest.mark.parametrize(
    "text", ["R. Dube et al.,", "Whitehead, C.C. et al", "Nielsen H, and others", "Rossi, M. u. a."]
)
def test_a_list_that_is_cut_says_so(text: str) -> None:
    assert read_people(text)[-1] == Name(others=True)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("33(2-3)", {"volume": "33", "issue": "2-3"}),
        ("vol. 3, no. 2,", {"volume": "3", "issue": "2"}),
        ("Bd. 5, H. 2", {"volume": "5", "issue": "2"}),
        ("19(4):380--393,", {"volume": "19", "issue": "4", "page": "380-393"}),
        ("A30(2015)1530022", {"volume": "A30", "issued": "2015", "page": "1530022"}),
        ("XII", {"volume": "XII"}),
        ("n. 4", {"issue": "4"}),
    ],
)
def test_volumes(text: str, fields: dict[str, str]) -> None:
    assert read_volume(text) == fields


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("pp. 283 – 304.", {"page": "283-304"}),
        ("S. 12–23", {"page": "12-23"}),
        ("e12345.", {"page": "e12345"}),
        ("D78,114014", {"volume": "D78", "page": "114014"}),
        ("ohne", {}),
    ],
)
def test_pages(text: str, fields: dict[str, str]) -> None:
    assert read_pages(text) == fields


def test_how_many_pages_a_book_has_is_no_page() -> None:
    assert (page_count("320 S."), page_count("pp. 320"), page_count("320-330 p.")) == ("320", "", "")


def test_a_knot_is_untied() -> None:
    found = read(PHYSICS)
    assert found.issued == PartialDate(year=2012)
    assert (found.volume, found.page) == ("D86", "054009")


def test_the_number_of_a_preprint_is_kept() -> None:
    found = read("J. Green, A study of nucleons, AIP Conf. Proc. 1701, 040007 (2016), arXiv:1412.4637 [hep-lat].")
    assert (found.extra["archive"], found.extra["archive_location"]) == ("arXiv", "1412.4637")


def test_each_field_has_a_confidence_of_its_own() -> None:
    found = read(
        "S. Alekhin and S. Moch, Higher order corrections to the scattering of leptons, Phys. Rev. D 86 (2012) 054009."
    )
    sure = found.confidence_of_fields()
    assert {"author", "title", "container_title"} <= sure.keys()
    assert found.confidence == pytest.approx(min(found.confidence, *sure.values()), abs=0.01)


def test_a_string_that_no_style_fits_is_read_by_its_labels() -> None:
    assert parse_reference(PHYSICS).provenance[0].actor == "labels"


def test_a_certain_style_needs_no_labels() -> None:
    text = 'Roe, Max. "Words of war." Post-Communist Economies 33.2-3 (2021): 283-304.'
    assert parse_reference(text).provenance[0].actor != "labels"


@pytest.mark.parametrize("text", ["", " ", "???", "2020", "Hello"])
def test_what_has_no_fields_is_left_to_others(text: str) -> None:
    assert labelled.parse(Line(number=1, text=text), Section(title=""), page="x") is None
