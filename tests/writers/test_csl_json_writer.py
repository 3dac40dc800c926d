"""Writing CSL-JSON."""

from __future__ import annotations

import json

from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.readers import csl_json as reader
from alliancebib.writers import csl_json

LIBRARY = Library([Reference(id="0a", kind="book", title="Сайт"), Reference(id="0b", key="k", kind="webpage")])


def test_the_file_is_readable_and_stable() -> None:
    text = csl_json.write(LIBRARY)
    assert text == csl_json.write(LIBRARY)
    assert text.startswith('[\n  {\n    "id": "0a",\n    "type": "book",\n    "title": "Сайт",\n')
    assert text.endswith("]\n")


def test_the_id_is_the_key_where_there_is_one() -> None:
    assert [item["id"] for item in json.loads(csl_json.write(LIBRARY))] == ["0a", "k"]


def test_everything_comes_back() -> None:
    again = reader.read(source_of(csl_json.write(LIBRARY), name="x.json"))
    assert (again.references, again.findings) == (LIBRARY.references, LIBRARY.findings)


def test_an_empty_library_is_an_empty_list() -> None:
    assert csl_json.write(Library()) == "[]\n"
