"""What every format must keep: reading what was written gives the same references."""

from __future__ import annotations

import json
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.csl.items import from_csl, to_csl
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.readers import bibtex as bibtex_reader
from alliancebib.writers import Writer, biblatex, bibtex
from strategies import any_text, references, sensible_references

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(references())
def test_csl_json_holds_every_reference_whole(reference: Reference) -> None:
    item = json.loads(json.dumps(to_csl(reference)))
    assert from_csl(item) == (reference, ())


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "type", "title", "author", "issued", "volume", "DOI", "URL", "custom", "unheard-of"]),
        JSON
        | st.fixed_dictionaries({"date-parts": JSON})
        | st.fixed_dictionaries({"alliancebib": JSON})
        | st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal"]), JSON), max_size=2),
        max_size=5,
    )
    | JSON
)
def test_no_json_value_raises_and_what_was_read_is_stable(item: object) -> None:
    reference, _ = from_csl(item)
    again, _ = from_csl(to_csl(reference))
    assert again == reference


HELD = tuple(
    field
    for field in Reference.__struct_fields__
    if field not in ("id", "key", "origins", "spans", "leftover", "provenance")
)


@pytest.mark.parametrize("writer", [bibtex, biblatex])
@settings(max_examples=100, deadline=None)
@given(reference=sensible_references())
def test_bibtex_holds_what_it_can_hold(writer: Writer, reference: Reference) -> None:
    text = writer.write(Library([reference]))
    library = bibtex_reader.read(source_of(text, name="x.bib"))
    assert library.findings == ()
    [back] = library
    assert {field: getattr(back, field) for field in HELD} == {field: getattr(reference, field) for field in HELD}
    assert writer.write(library) == text


@pytest.mark.parametrize("writer", [bibtex, biblatex])
@settings(max_examples=40, deadline=None)
@given(found=st.lists(references(), max_size=3))
def test_every_reference_can_be_written_as_bibtex(writer: Writer, found: list[Reference]) -> None:
    text = writer.write(Library(found))
    assert len(bibtex_reader.read(source_of(text, name="x.bib"))) == len(found)
    assert writer.write(Library(found)) == text


@settings(max_examples=150, deadline=None)
@given(
    st.text('@{}()",=#%\\ \n~$&_^abmisc{k,title=', max_size=80)
    | st.builds(
        "@misc{{k, {} = {{{}}}}}".format, st.sampled_from(["title", "author", "date", "url", "pages"]), any_text()
    )
)
def test_any_text_reads_as_bibtex_and_comes_to_rest(text: str) -> None:
    library = bibtex_reader.read(source_of(text, name="x.bib"))
    first = bibtex.write(library)
    second = bibtex.write(bibtex_reader.read(source_of(first, name="x.bib")))
    assert len(bibtex_reader.read(source_of(first, name="x.bib"))) == len(library)
    assert second == bibtex.write(bibtex_reader.read(source_of(second, name="x.bib")))


@settings(max_examples=30, deadline=None)
@given(st.lists(sensible_references(), max_size=8, unique_by=lambda reference: reference.id), st.randoms())
def test_keys_are_unique_plain_and_the_same_in_every_order(found: list[Reference], chance: random.Random) -> None:
    keys = {reference.id: reference.key for reference in Library(found).keyed()}
    assert len(set(keys.values())) == len(found)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys.values())
    chance.shuffle(found)
    assert {reference.id: reference.key for reference in Library(found).keyed()} == keys
