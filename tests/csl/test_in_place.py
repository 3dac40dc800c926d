"""A file of CSL-JSON with what enrichment found: it says what was added, and every other character stays."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliancebib.csl.in_place import rewritten, with_members
from alliancebib.csl.items import to_csl
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.matching import fill
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.readers.csl_json import read
from alliancebib.writers.csl_json import written_back

RECORD = Reference(
    kind="article-journal",
    title="A title of the record",
    author=(Name(family="Łoś", given="Ann"), Name(others=True)),
    issued=PartialDate(year=2018, month=7),
    container_title="World Politics",
    volume="3",
    doi="10.5555/good",
    extra={"original-title": "Заглавие"},
)
#: What other programs' items hold: numbers for texts, types and members of their own, what cannot be read.
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
)
items = st.fixed_dictionaries(
    {"id": st.integers() | st.text(max_size=5)},
    optional={
        "type": st.sampled_from(["weird", "article-journal", "document", "journal-article"]) | values,
        "title": values,
        "volume": st.integers(0, 9),
        "DOI": st.sampled_from(["", "no doi", "10.5555/GOOD", None]),
        "author": st.just([{"family": "Doe", "ORCID": "0000"}]) | values,
        "issued": st.just({"date-parts": [["2018"]], "raw": "2018"}) | values,
        "mine": values,
        "custom": st.just({"z": 1}) | values,
        "shortTitle": st.just("A"),
    },
)


def enriched(library: Library, *places: int) -> Library:
    return library.with_references(
        fill(one, RECORD, by="crossref", confidence=1.0)[0] if place in places else one
        for place, one in enumerate(library)
    )


@given(
    st.lists(items, min_size=1, max_size=3),
    st.integers(0, 2),
    st.sampled_from([None, 1, "\t"]),
    st.booleans(),
)
def test_members_are_added_and_what_stands_there_stays(
    found: list[dict[str, object]], place: int, indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(found, indent=indent, ensure_ascii=ascii_only)
    library = read(source_of(text.encode("utf-8", "replace"), name="a.json"))
    text = library.originals[0].source.exact
    assert written_back(library).text == text
    before, after = json.loads(text), json.loads(written_back(enriched(library, place)).text)
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if number != place:
            assert new == old
            continue
        assert list(new)[: len(old)] == list(old)
        changed = {name for name in old if new[name] != old[name]} - {"custom"}
        assert all(name == "type" or not old[name] or not _says_anything(old[name]) for name in changed)
        assert new["id"] == old["id"]
        if isinstance(old.get("custom"), dict):
            assert old["custom"].items() <= new["custom"].items()
        assert all(name in old or name in to_csl(RECORD) for name in new)


def _says_anything(value: object) -> bool:
    """Say whether a value of an item says something: blanks and lists of nothing do not."""
    if isinstance(value, list):
        return any(map(_says_anything, value))
    return bool(value.strip()) if isinstance(value, str) else value is not None


def test_what_csl_cannot_say_stands_beside() -> None:
    library = read(source_of('[{"id": "a", "title": "A title of the record"}]', name="a.json"))
    text = written_back(enriched(library, 0)).text
    item = json.loads(text)[0]
    assert item["custom"] == {"alliancebib": {"others": ["author"]}}
    assert item["type"] == "article-journal"
    again = read(source_of(text, name="a.json"))[0]
    assert again.author == RECORD.author
    assert again.issued == RECORD.issued


def test_an_item_of_ours_keeps_its_account() -> None:
    first = Reference(id="x1", key="doe2018", title="A title of the record", leftover=("rest",), extra={"mine": "1"})
    text = json.dumps([to_csl(first)], indent=2)
    library = read(source_of(text, name="a.json"))
    after = enriched(library, 0)
    again = read(source_of(written_back(after).text, name="a.json"))
    assert again.references == after.references


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"id":"a"}', '{"id":"a","x":[1,{"b":2}]}'),
        ('{"id": "a"}', '{"id": "a", "x": [1, {"b": 2}]}'),
        (
            '{"id": "a", "author": [{"family":"D","given":"J"}]}',
            '{"id": "a", "author": [{"family":"D","given":"J"}], "x": [1,{"b":2}]}',
        ),
        (
            '{\r\n\t"id" : 1\r\n}',
            '{\r\n\t"id" : 1,\r\n\t"x" : [\r\n\t\t1,\r\n\t\t{\r\n\t\t\t"b" : 2\r\n\t\t}\r\n\t]\r\n}',
        ),
        ('{"id": "a", "x": null}', '{"id": "a", "x": [1, {"b": 2}]}'),
    ],
)
def test_what_is_new_looks_like_the_rest(text: str, wanted: str) -> None:
    assert with_members(text, {0: {("x",): [1, {"b": 2}]}}) == wanted


def test_a_member_is_taken_out_with_its_comma() -> None:
    text = '[{"a": 1, "b": [2], "c": 3}]'
    assert with_members(text, {0: {("b",): None, ("c",): None, ("d",): 4}}) == '[{"a": 1, "d": 4}]'
    assert with_members(text, {0: {("a",): None, ("z",): None}}) == '[{"a": null, "b": [2], "c": 3}]'


def test_letters_are_spelt_as_the_file_spells_them() -> None:
    assert with_members('[{"a": "\\u017b"}]', {0: {("b",): "ó"}}) == '[{"a": "\\u017b", "b": "\\u00f3"}]'
    assert with_members('[{"a": "Ż"}]', {0: {("b",): "ó"}}) == '[{"a": "Ż", "b": "ó"}]'
    source = source_of('[{"id": "a", "title": "é"}]'.encode("cp1252"), name="a.json")
    library = read(source)
    now = {library[0].id: replace(library[0], publisher="Łódź")}
    assert rewritten(library.originals[0], now) == '[{"id": "a", "title": "é", "publisher": "\\u0141\\u00f3d\\u017a"}]'
