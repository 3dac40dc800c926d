"""What every format must keep: reading what was written gives the same references."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alliancebib.csl.items import from_csl, to_csl
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import ExtraValue, Reference
from alliancebib.readers import bibtex as bibtex_reader
from alliancebib.readers import hayagriva as hayagriva_reader
from alliancebib.readers import ris as ris_reader
from alliancebib.writers import Options, Writer, biblatex, bibtex, hayagriva, ris
from growth import in_proportion
from strategies import any_text, csl_extras, references, sensible_references

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


Extra = dict[str, ExtraValue]
HELD = tuple(
    field
    for field in Reference.__struct_fields__
    if field not in ("id", "key", "origins", "spans", "leftover", "provenance")
)


@pytest.mark.parametrize("writer", [bibtex, biblatex])
@settings(max_examples=100, deadline=None)
@given(reference=sensible_references(), extra=csl_extras())
def test_bibtex_holds_what_it_can_hold(writer: Writer, reference: Reference, extra: Extra) -> None:
    reference = replace(reference, extra=reference.extra | extra)
    text = writer.write(Library([reference]))
    library = bibtex_reader.read(source_of(text, name="x.bib"))
    assert library.findings == ()
    [back] = library
    assert {field: getattr(back, field) for field in HELD} == {field: getattr(reference, field) for field in HELD}
    assert writer.write(library) == text


#: Titles of which parts keep their case, though no rule would protect them.
CASED = st.lists(
    st.sampled_from(["of the", "a-b", "NATO", "Blue", "$x^2$", "100 %", "<i>so</i>", "it's", ":"])
    | st.sampled_from(["blue moon", "of <i>Blue</i> moon", "a", "$x_1$ of it", "b {c}"]).map(
        '<span class="nocase">{}</span>'.format
    ),
    min_size=2,
    max_size=8,
).map(" ".join)


@pytest.mark.parametrize("writer", [bibtex, biblatex])
@settings(max_examples=100, deadline=None)
@given(title=CASED, language=st.sampled_from(["", "en", "de"]))
def test_bibtex_holds_what_keeps_its_case(writer: Writer, title: str, language: str) -> None:
    whole = Reference(
        kind="paper-conference",
        key="k",
        title=f"on {title}",
        container_title=f"on {title}",
        language=language,
        extra={"title-short": f"on {title}"},
    )
    [back] = bibtex_reader.read(source_of(writer.write(Library([whole])), name="x.bib"))
    assert {field: getattr(back, field) for field in HELD} == {field: getattr(whole, field) for field in HELD}


@pytest.mark.parametrize("writer", [bibtex, biblatex])
@settings(max_examples=150, deadline=None)
@given(st.text("{}\\$'-: abAB\"~&<i>/", max_size=40))
def test_any_title_is_the_same_when_it_is_written_anew(writer: Writer, title: str) -> None:
    source = source_of(f"@inproceedings{{k, title = {{{title}}}, booktitle = {{a{title}}}}}", name="x.bib")
    library = bibtex_reader.read(source)
    again = bibtex_reader.read(source_of(writer.write(library, Options(anew=True)), name="x.bib"))
    assert [" ".join(one.title.split()) for one in again] == [" ".join(one.title.split()) for one in library]


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
    source = source_of(text, name="x.bib")
    library = bibtex_reader.read(source)
    assert bibtex.compose(library).data == source.data  # what nobody changed
    first = bibtex.write(library)
    second = bibtex.write(bibtex_reader.read(source_of(first, name="x.bib")))
    assert len(bibtex_reader.read(source_of(first, name="x.bib"))) == len(library)
    assert second == bibtex.write(bibtex_reader.read(source_of(second, name="x.bib")))


def read(writer: Writer, text: str) -> Library:
    """Read what a writer of RIS or Hayagriva wrote, or any text."""
    source = source_of(text, name=f"x{writer.SUFFIX}")
    return ris_reader.read(source) if writer is ris else hayagriva_reader.read(source)


@pytest.mark.parametrize("writer", [ris, hayagriva])
@settings(max_examples=150, deadline=None)
@given(reference=sensible_references(), extra=csl_extras())
def test_ris_and_hayagriva_hold_what_they_can_hold(writer: Writer, reference: Reference, extra: Extra) -> None:
    whole = replace(reference, key="k", extra=extra)
    text = writer.write(Library([whole]))
    library = read(writer, text)
    assert library.findings == ()
    [back] = library
    assert {field: getattr(back, field) for field in HELD} == {field: getattr(whole, field) for field in HELD}
    assert back.key == "k"
    assert writer.write(library) == text


@pytest.mark.parametrize("writer", [ris, hayagriva])
@settings(max_examples=60, deadline=None)
@given(found=st.lists(references(), max_size=3))
def test_every_reference_can_be_written_as_ris_and_hayagriva(writer: Writer, found: list[Reference]) -> None:
    text = writer.write(Library(found))
    library = read(writer, text)
    assert len(library) == len(found)
    assert writer.write(Library(found)) == text
    second = writer.write(library)
    assert len(read(writer, second)) == len(found)
    assert writer.write(read(writer, second)) == second


TAGS = st.sampled_from(["TY", "ER", "TI", "AU", "A2", "A3", "T2", "JO", "PY", "DA", "Y2", "SP", "EP", "SN", "DO", "UR"])
RIS_LINES = st.lists(
    st.builds(
        "{}{}{}".format,
        TAGS | st.sampled_from(["M2", "N1", "KW", "C3", "XX", "ty", "id", "T1"]),
        st.sampled_from(["  - ", "  -", " - ", "  – ", "\t- "]),
        any_text(12)
        | st.sampled_from(["JOUR", "BOOK", "CONF", "2004/05/06/x", "2004///", "10.1234/x", "DOI: 10.1234/y"]),
    )
    | any_text(20),
    max_size=12,
).map("\n".join)
YAML_LINES = st.lists(
    st.builds(
        "{}{}: {}".format,
        st.sampled_from(["", "  ", "    ", "  - "]),
        st.sampled_from(["k", "type", "title", "author", "date", "parent", "url", "csl", "serial-number", "affiliated"])
        | st.sampled_from(["publisher", "role", "names", "value", "name", "volume"]),
        st.sampled_from(["", "article", "2020", "[a, b]", "{type: book}", "&x", "*x", "'", "Doe, Jane", "|", ">-"])
        | any_text(8),
    ),
    max_size=12,
).map("\n".join)
YAML_VALUES = st.dictionaries(
    st.sampled_from(["k", "type", "title", "parent", "author", "date", "url", "csl", "serial-number", "affiliated"]),
    st.recursive(
        st.none()
        | st.text("ab,{}$:/ 1", max_size=6)
        | st.sampled_from(["article", "2020", "https://x.org/", "original"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["type", "title", "value", "date", "name", "names", "role", "parent"]), inner
            )
        ),
        max_leaves=8,
    ),
    max_size=5,
).map(lambda value: json.dumps({"k": value}))


@pytest.mark.parametrize("writer", [ris, hayagriva])
@settings(max_examples=250, deadline=None)
@given(text=any_text(80) | RIS_LINES | YAML_LINES | YAML_VALUES)
def test_any_text_reads_and_comes_to_rest(writer: Writer, text: str) -> None:
    library = read(writer, text)
    first = writer.write(library)
    again = read(writer, first)
    assert len(again) == len(library)
    second = writer.write(again)
    assert writer.write(read(writer, second)) == second


LONG: tuple[Callable[[int], str], ...] = (
    lambda size: "TY  - JOUR\n" * size,
    lambda size: "TY  - JOUR\nID  - k\nER  - \n" * size,
    lambda size: "TY  - JOUR\nKW  - " + "a\n" * size * 10,
    lambda size: f"TY  - JOUR\nAU  - {',; ' * size * 10}\nUR  - {';' * size * 10}\nSN  - {'1-' * size * 10}",
    lambda size: f"TY  - JOUR\nSP  - {'1-' * size * 10}\nDA  - {'1 ' * size * 10}\nM2  - {'a ' * size * 10}",
    lambda size: f"TY  - JOUR\nDO  - {'10.' * size * 10}",
    lambda size: " " * size * 100,
    lambda size: "-" * size * 100,
    lambda size: "[" * size * 100,
    lambda size: "- " * size * 50,
    lambda size: "? " * size * 50,
    lambda size: "&" * size * 100,
    lambda size: "k:\n" + "  x: 1\n" * size * 5,
    lambda size: f"k: &a {'[' * 9}{']' * 9}\nb: [{'*a,' * size}]",
    lambda size: f"k: &a {'[' * 9}{']' * 9}\nb: [{'*a,' * size * 50}]",  # refused: aliases repeat too much
    lambda size: f"k: '{'{$' * size * 50}'",
    lambda size: f"k: {{title: '{'{$' * size * 10}', author: '{'a,' * size * 10}', date: '{'1-' * size * 10}'}}",
)


@pytest.mark.parametrize("writer", [ris, hayagriva])
@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_long_texts_are_read_and_written_in_time_by_their_length(writer: Writer, text: Callable[[int], str]) -> None:
    in_proportion(text, lambda made: writer.write(read(writer, made)), 100)


@settings(max_examples=30, deadline=None)
@given(st.lists(sensible_references(), max_size=8, unique_by=lambda reference: reference.id), st.randoms())
def test_keys_are_unique_plain_and_the_same_in_every_order(found: list[Reference], chance: random.Random) -> None:
    keys = {reference.id: reference.key for reference in Library(found).keyed()}
    assert len(set(keys.values())) == len(found)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys.values())
    chance.shuffle(found)
    assert {reference.id: reference.key for reference in Library(found).keyed()} == keys
