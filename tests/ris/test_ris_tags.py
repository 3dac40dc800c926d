"""RIS types and tags: the tables, and the list of what they cannot hold."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliancebib.library import Library
from alliancebib.model import KINDS, Name, Origin, PartialDate, Provenance, Reference, Span
from alliancebib.ris import read_library, write_library
from alliancebib.ris.tags import NOT_HELD, kind_of, tags_of, type_of

#: One reference for each thing that is not held.
EXAMPLES = {
    "id": Reference(id="0123456789"),
    "origins": Reference(origins=(Origin(page="x.txt", raw="y"),)),
    "spans": Reference(spans=(Span("title", 0, 1),)),
    "leftover": Reference(leftover=("x",)),
    "provenance": Reference(provenance=(Provenance(actor="human"),)),
    "case that is kept": Reference(abstract='The <span class="nocase">Blue</span> Bloc'),
    "extra of other formats": Reference(extra={"hayagriva:parent": "x"}),
    "sources in TeX": Reference(extra={"bibtex:tex:date": "2020?"}),
    "variables that CSL does not have": Reference(extra={"colour": "blue"}),
    "white space": Reference(abstract="one\n\ntwo"),
    "control characters": Reference(abstract="one\0two\x7f"),
    "invalid DOI or address": Reference(doi="unknown"),
    "particle in capitals": Reference(author=(Name(family="Haas", given="M.", non_dropping_particle="De"),)),
    "particle where family or given name is missing": Reference(
        author=(Name(given="A.", non_dropping_particle="van"),)
    ),
    "small words at the end of a given name": Reference(author=(Name(family="Cruz", given="Juana de la"),)),
    "comma in a part of a name": Reference(author=(Name(family="Haas", given="M., H."),)),
    "words beside a date": Reference(issued=PartialDate(year=2020, month=2, literal="winter term 2020")),
    "year of words": Reference(issued=PartialDate(literal="about 1900")),
    "day without month": Reference(issued=PartialDate(year=2020, day=3)),
    "season beside a month": Reference(issued=PartialDate(year=2020, month=3, season=1)),
}


def there_and_back(reference: Reference) -> Reference:
    [back] = read_library(write_library(Library([reference])))
    return back


@pytest.mark.parametrize("name", sorted(NOT_HELD))
def test_the_list_of_what_is_not_held_is_true(name: str) -> None:
    reference = EXAMPLES[name]
    back = there_and_back(replace(reference, key="k", title="T"))
    fields = [
        field for field in Reference.__struct_fields__ if getattr(reference, field) != getattr(Reference(), field)
    ]
    assert [field for field in fields if getattr(back, field) != getattr(reference, field)]


def test_every_example_is_listed() -> None:
    assert EXAMPLES.keys() == NOT_HELD.keys()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_all_kinds_come_back(kind: str) -> None:
    reference = Reference(
        key="k",
        kind=kind,
        title="T",
        author=(Name(family="Aris", given="S."),),
        editor=(Name(family="Nye", given="J."),),
        translator=(Name(literal="UN"),),
        container_title="C",
        collection_title="S",
        publisher="P",
        publisher_place="L",
        volume="3",
        issue="4",
        page="5",
        edition="2",
        genre="G",
        extra={
            "event-title": "E",
            "event-place": "V",
            "number": "7",
            "collection-number": "8",
            "number-of-pages": "99",
            "recipient": (Name(literal="R"),),
            "collection-editor": (Name(family="Ed", given="X."),),
            "container-author": (Name(family="Ca", given="Y."),),
        },
    )
    back = there_and_back(reference)
    held = [field for field in Reference.__struct_fields__ if field not in ("id", "origins", "provenance")]
    assert {field: getattr(back, field) for field in held} == {field: getattr(reference, field) for field in held}


def test_most_kinds_have_a_type_of_their_own() -> None:
    assert sum(kind_of(type_of(kind)) == kind for kind in KINDS) == 35


def test_a_variable_has_one_tag_in_each_type() -> None:
    for type_ in ("JOUR", "BOOK", "CONF", "SLIDE", "PCOMM"):
        variables = list(tags_of(type_).values())
        assert len(variables) == len(set(variables))
