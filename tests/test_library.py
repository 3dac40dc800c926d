"""A library's look-up and its citation keys."""

from __future__ import annotations

import random

import pytest

from alliancebib.citation_key import folded, safe_key
from alliancebib.errors import UnknownName
from alliancebib.library import Library, distinguish
from alliancebib.model import Name, Origin, PartialDate, Reference


def keyed(**fields: object) -> str:
    return Library([Reference(id="0a", **fields)]).keyed()[0].key  # type: ignore[arg-type]


YEAR = PartialDate(year=2022)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"author": (Name(family="Sakhariyev", given="S."),), "title": "Collective Law"}, "sakhariyev2022collective"),
        ({"author": (Name(family="Иванов"),), "title": "О безопасности в Азии"}, "ivanov2022bezopasnosti"),
        ({"author": (Name(family="Haas", non_dropping_particle="de"),), "title": "The Games"}, "dehaas2022games"),
        ({"author": (Name(family="Müller-Øre"),), "title": "Der Weg"}, "mullerore2022weg"),
        ({"author": (Name(literal="World Health Organization"),), "title": "A Plan"}, "worldhealth2022plan"),
        ({"editor": (Name(family="Aris"),), "title": "Handbook of Security"}, "aris2022handbook"),
        ({"title": "Putin says CSTO is ready", "container_title": "The Daily News"}, "dailynews2022putin"),
        ({"title": "Putin says CSTO is ready"}, "putin2022csto"),
        ({"title": "The CSTO"}, "csto2022"),
        ({"title": "Հայաստան և աշխարհ"}, "hayastan2022ashkharh"),
        ({"title": "中文"}, "ref0a"),
    ],
)  # fmt: skip
def test_keys_are_readable(fields: dict[str, object], key: str) -> None:
    assert keyed(issued=YEAR, **fields) == key


def test_without_a_year_hyphens_keep_the_words_apart() -> None:
    assert keyed(title="Armenia leaves") == "armenia-nd-leaves"


def test_nothing_to_make_a_key_of_gives_the_id() -> None:
    assert keyed() == "ref0a"


def test_collisions_are_resolved_by_id_whatever_the_order() -> None:
    twins = [Reference(id=f"{number:02}", title="Same title", issued=YEAR) for number in range(30)]
    others = [Reference(id=f"x{number}", title=f"Other{number} thing") for number in range(5)]
    keys = {reference.id: reference.key for reference in Library(twins).keyed()}
    assert [keys["00"], keys["01"], keys["25"], keys["26"]] == [
        "same2022title",
        "same2022titleb",
        "same2022titlez",
        "same2022titleaa",
    ]
    mixed = [*twins, *others]
    random.Random(7).shuffle(mixed)
    again = {reference.id: reference.key for reference in Library(mixed).keyed()}
    assert keys.items() <= again.items()
    assert len(set(again.values())) == len(mixed)


def test_keys_that_are_there_stay_and_are_avoided() -> None:
    library = Library(
        [Reference(id="1", key="Same2022title"), Reference(id="2", title="Same title", issued=YEAR)]
    ).keyed()
    assert [reference.key for reference in library] == ["Same2022title", "same2022titleb"]
    assert library.keyed() is library
    assert library[1].provenance[-1].actor == "citation-key"


def test_patterns() -> None:
    reference = Reference(id="ab12", author=(Name(family="Aris"),), title="The Collective Security Treaty", issued=YEAR)
    assert Library([reference]).keyed("year+auth")[0].key == "2022aris"
    assert Library([reference]).keyed("auth+title")[0].key == "ariscollective-security-treaty"
    with pytest.raises(UnknownName) as caught:
        Library([reference]).keyed("auth+yeer")
    assert caught.value.near == ("year",)


def test_repeated_keys_of_a_file_are_told_apart() -> None:
    origin = Origin(page="x.bib", line=4, raw="raw")
    first, second = Reference(id="1", key="a"), Reference(id="1", key="A", origins=(origin,))
    references, findings = distinguish([first, second, Reference(id="3", key="Ab")])
    assert [reference.key for reference in references] == ["a", "Ac", "Ab"]
    assert len({reference.id for reference in references}) == 3
    assert [(finding.code, finding.fix, finding.origin.line) for finding in findings] == [("AB107", "Ac", 4)]


def test_look_up_by_place_key_and_id() -> None:
    library = Library([Reference(id="1", key="a")], aliases={"old": "1"})
    assert library[0] is library["a"] is library["1"] is library["old"]
    assert "b" not in library


def test_folding_and_safe_keys() -> None:
    assert folded("Łódź ß Æ Ёж Ғ ქართული") == "lodzssaeezhgkartuli"
    assert safe_key("a b{c},d") == "a-b-c-d"
    assert safe_key("Müller2020:x.y/z+1") == "Müller2020:x.y/z+1"
