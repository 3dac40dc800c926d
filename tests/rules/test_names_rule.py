from __future__ import annotations

import pytest

from alliancebib.model import Name, Reference
from alliancebib.rules.names import apply


@pytest.mark.parametrize(
    ("given", "tidy"),
    [
        (Name(literal="Aris, Stephen"), Name(family="Aris", given="Stephen")),
        (Name(literal="Sakhariyev, S.M."), Name(family="Sakhariyev", given="S. M.")),
        (Name(literal="van der Berg, Anna"), Name(family="van der Berg", given="Anna")),
        (Name(literal="King, Martin Luther, Jr."), Name(family="King", given="Martin Luther", suffix="Jr.")),
        (Name(literal="Голуб, Юрий"), Name(family="Голуб", given="Юрий")),
        (Name(family="Lee", given="Dr. Ann"), Name(family="Lee", given="Ann")),
        (Name(family="Lee", given="Prof. Dr. Ann"), Name(family="Lee", given="Ann")),
        (Name(family="Lee", given="Ann, PhD"), Name(family="Lee", given="Ann")),
        (Name(family="Smith", given="John, Jr."), Name(family="Smith", given="John", suffix="Jr.")),
        (Name(family="Smith III", given="John"), Name(family="Smith", given="John", suffix="III")),
        (Name(family="Ivanov", given="A.V."), Name(family="Ivanov", given="A. V.")),
        (Name(family="Ivanov", given="A.B.C."), Name(family="Ivanov", given="A. B. C.")),
        (Name(family="Никитина", given="Ю.А."), Name(family="Никитина", given="Ю. А.")),
        (Name(family="Nikitina", given="Yu.A."), Name(family="Nikitina", given="Yu. A.")),
        (Name(family="Roy", given="J.-P.A."), Name(family="Roy", given="J.-P. A.")),
        (Name(family="Roy", given="Dr. A.Jr."), Name(family="Roy", given="A.", suffix="Jr.")),
        (Name(family="BOKERIYA", given="Svetlana"), Name(family="Bokeriya", given="Svetlana")),
        (Name(family="BOKERIYA", given="SVETLANA"), Name(family="Bokeriya", given="Svetlana")),
        (Name(family="O'BRIEN-SMITH", given="A."), Name(family="O'Brien-Smith", given="A.")),
        (Name(family="VAN DER BERG", given="A."), Name(family="van der Berg", given="A.")),
        (Name(family="ИВАНОВ", given="А."), Name(family="Иванов", given="А.")),
        (Name(literal="et al."), Name(others=True)),
        (Name(family="others"), Name(others=True)),
        (Name(literal="и др."), Name(others=True)),
    ],
)
def test_names_get_their_parts(given: Name, tidy: Name) -> None:
    assert apply(Reference(author=(given,)))[0].author == (tidy,)


@pytest.mark.parametrize(
    "name",
    [
        Name(literal="United Nations, Secretariat"),
        Name(literal="Ministry of Defence, Belarus"),
        Name(literal="OSCE, Vienna"),
        Name(literal="Barnes and Noble, Inc."),
        Name(literal="Smith, Jones, Brown"),
        Name(literal="ТАСС, Москва"),
        Name(literal="WORLD BANK"),
        Name(family="NATO"),
        Name(family="LEE", given="A."),
        Name(family="R2D2X", given="A."),
        Name(family="YILDIZ-İNAN", given="A."),
        Name(family="Roy", given="J.-P."),
        Name(family="Smith", given="IV"),  # initials of one who has two
        Name(family="Sasaki", given="Gen"),
        Name(family="MacDonald", given="Drew"),
    ],
)
def test_what_is_not_clear_stays(name: Name) -> None:
    reference = Reference(editor=(name,), translator=(name,))
    assert apply(reference)[0] is reference


def test_empty_names_go_and_a_cut_list_is_cut_once() -> None:
    names = (Name(family="Aris"), Name(), Name(given=" "), Name(literal="et al"), Name(others=True))
    tidy, findings = apply(Reference(author=names))
    assert tidy.author == (Name(family="Aris"), Name(others=True))
    assert findings == ()
    assert tidy.provenance[-1].actor == "names"
