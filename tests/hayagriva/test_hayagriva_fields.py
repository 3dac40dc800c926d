"""Entry types and fields of Hayagriva: the tables, and the list of what they cannot hold."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliancebib.hayagriva import read_library, write_library
from alliancebib.hayagriva.fields import NOT_HELD
from alliancebib.hayagriva.kinds import TYPES, container_of, kind_of, type_of
from alliancebib.library import Library
from alliancebib.model import KINDS, Name, Origin, PartialDate, Provenance, Reference, Span

#: One reference for each thing that is not held.
EXAMPLES = {
    "id": Reference(id="0123456789"),
    "missing citation key": Reference(title="Pact"),
    "origins": Reference(origins=(Origin(page="x.txt", raw="y"),)),
    "spans": Reference(spans=(Span("title", 0, 1),)),
    "leftover": Reference(leftover=("x",)),
    "provenance": Reference(provenance=(Provenance(actor="human"),)),
    "extra of other formats": Reference(extra={"ris:U1": "x"}),
    "sources in TeX": Reference(extra={"bibtex:tex:date": "2020?"}),
    "variables that CSL does not have": Reference(extra={"colour": "blue"}),
    "control characters": Reference(abstract="one\0two\x7f"),
    "invalid DOI or address": Reference(doi="unknown"),
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
    if name == "missing citation key":
        assert there_and_back(EXAMPLES[name]).key == "pact-nd"
        return
    reference = EXAMPLES[name]
    back = there_and_back(replace(reference, key="k", title="T"))
    fields = [
        field for field in Reference.__struct_fields__ if getattr(reference, field) != getattr(Reference(), field)
    ]
    assert [field for field in fields if getattr(back, field) != getattr(reference, field)]


def test_every_example_is_listed() -> None:
    assert EXAMPLES.keys() == NOT_HELD.keys()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("full", [False, True])
def test_all_kinds_come_back(kind: str, *, full: bool) -> None:
    reference = Reference(key="k", kind=kind, title="T", author=(Name(family="Aris", given="S."),))
    if full:
        reference = replace(
            reference,
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
            issued=PartialDate(year=2020, month=5),
            extra={
                "event-title": "E",
                "event-place": "V",
                "event-date": PartialDate(year=2019),
                "original-title": "O",
                "original-date": PartialDate(year=1919, season=2),
                "source": "D",
                "number": "7",
                "collection-number": "8",
                "authority": "A",
                "title-short": "t",
                "container-title-short": "c",
                "recipient": (Name(literal="R"),),
                "director": (Name(family="Di", given="D."),),
                "collection-editor": (Name(family="Ed", given="X."),),
                "container-author": (Name(family="Ca", given="Y."),),
            },
        )
    back = there_and_back(reference)
    held = [field for field in Reference.__struct_fields__ if field not in ("id", "origins", "provenance")]
    assert {field: getattr(back, field) for field in held} == {field: getattr(reference, field) for field in held}


def test_most_kinds_need_no_word_of_ours() -> None:
    assert sum(kind_of(type_of(kind), container_of(kind), published=True) == kind for kind in KINDS) == 27
    assert {type_of(kind) for kind in KINDS} <= TYPES.keys()
