"""Reading CSL-JSON in the shapes in which it is found."""

from __future__ import annotations

import pytest

from alliancebib.errors import InputError
from alliancebib.files import Source, source_of
from alliancebib.readers import csl_json


def source(text: str, name: str = "x.json") -> Source:
    return source_of(text, name=name)


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "a", "type": "book"}, {"id": "b", "type": "book"}]',
        '{"items": [{"id": "a", "type": "book"}, {"id": "b", "type": "book"}]}',
        '{"status": "ok", "message": {"items": [{"id": "a", "type": "book"}, {"id": "b", "type": "book"}]}}',
        '{"id": "a", "type": "book"}\n{"id": "b", "type": "book"}\n',
        '\ufeff[{"id": "a", "type": "book"},\r\n{"id": "b", "type": "book"},]',
    ],
)
def test_shapes(text: str) -> None:
    library = csl_json.read(source(text))
    assert [reference.key for reference in library] == ["a", "b"]
    assert library.findings == ()


def test_one_item_and_none() -> None:
    assert [reference.key for reference in csl_json.read(source('{"id": "a", "type": "book"}'))] == ["a"]
    assert len(csl_json.read(source("[]"))) == len(csl_json.read(source(""))) == 0


def test_items_know_their_line_and_text() -> None:
    library = csl_json.read(source('[\n {"id": "a", "type": "book"},\n {"id": "b"}\n]'))
    assert [reference.origin.line for reference in library] == [2, 3]
    assert library[1].origin.raw == '{"id": "b"}'
    assert [(finding.code, finding.origin.line) for finding in library.findings] == [("AB109", 3)]


def test_repeated_ids_are_told_apart() -> None:
    library = csl_json.read(source('[{"id": 1, "type": "book"}, {"id": "1", "type": "book"}]'))
    assert [reference.key for reference in library] == ["1", "1b"]
    assert [finding.code for finding in library.findings] == ["AB107"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"id": "a"}\n {"id": "b"}]', 2),
        ('[{"id": "a",\n "type": }]', 2),
        ('[{"id": "a"}', 1),
        ('[{"id": "a"}]\nrest', 2),
        ('{"id": "a"}\n\nwords', 3),
        ("[" * 100_000, 1),
        ('[{"id": ' + "1" * 5000 + "}]", 1),
    ],
)
def test_broken_json_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        csl_json.read(source(text))
    assert caught.value.place == f"x.json:{line}"
    assert caught.value.help


@pytest.mark.parametrize("text", ['[1, "two", null, {"id": "a", "type": "book"}]', "5", '"text"'])
def test_what_is_no_item_becomes_a_finding(text: str) -> None:
    library = csl_json.read(source(text))
    assert {finding.code for finding in library.findings} == {"AB109"}
    assert len({reference.id for reference in library}) == len(library)


@pytest.mark.parametrize(
    ("text", "name", "sure"),
    [
        ('[{"id": 1}]', "x.json", True),
        ('{"id": 1}', "stdin", True),
        ("[1] Doe, J. (2020). A title.", "x.txt", False),
        ("plain", "x.txt", False),
    ],
)
def test_recognising(text: str, name: str, *, sure: bool) -> None:
    assert (csl_json.recognises(source(text, name)) > 0.5) is sure


def test_halves_of_characters_are_replaced_and_named() -> None:
    broken = r'{"id": "a", "type": "book", "title": "x \ud800 y", "author": [{"family": "\udfff"}]}'
    whole = r'{"id": "b", "type": "book", "title": "\ud83d\ude00"}'
    text = f"[{broken}, {whole}]"
    library = csl_json.read(source(text))
    assert [reference.title for reference in library] == ["x \ufffd y", "\U0001f600"]
    assert library[0].author[0].family == "\ufffd"
    assert [(finding.code, finding.reference) for finding in library.findings] == [("AB104", library[0].id)]
