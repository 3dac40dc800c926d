"""References as CSL-JSON: what goes out is what the schema allows, what comes in is kept."""

from __future__ import annotations

import json

import pytest

from alliancebib.csl.items import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES, from_csl, to_csl, to_plain_csl
from alliancebib.model import KINDS, Name, Origin, PartialDate, Reference

NEWS = Reference(
    id="0123456789",
    kind="article-newspaper",
    title="Summit opens",
    author=(Name(family="Berg", given="Ana", non_dropping_particle="van der", suffix="Jr."), Name(others=True)),
    issued=PartialDate(year=2021, month=8, day=2),
    container_title="The Daily",
    url="https://example.org/a",
    doi="10.1234/abc",
    archive_url="https://archive.example/a",
    extra={"medium": "print", "bibtex:file": "a.pdf", "composer": (Name(literal="Someone"),)},
    origins=(Origin(page="list.txt", line=3, raw="Summit opens"),),
    leftover=("[3 refs]",),
)


def codes(item: object) -> list[str]:
    return [finding.code for finding in from_csl(item)[1]]


def test_the_item_has_the_names_and_shapes_of_the_schema() -> None:
    assert to_plain_csl(NEWS) == {
        "id": "0123456789",
        "type": "article-newspaper",
        "title": "Summit opens",
        "author": [{"family": "Berg", "given": "Ana", "non-dropping-particle": "van der", "suffix": "Jr."}],
        "issued": {"date-parts": [[2021, 8, 2]]},
        "container-title": "The Daily",
        "DOI": "10.1234/abc",
        "URL": "https://example.org/a",
        "composer": [{"literal": "Someone"}],
        "medium": "print",
    }


def test_what_csl_has_no_place_for_stands_under_custom() -> None:
    own = json.loads(json.dumps(to_csl(NEWS)))["custom"]["alliancebib"]
    assert own["archive_url"] == "https://archive.example/a"
    assert own["others"] == ["author"]
    assert own["leftover"] == ["[3 refs]"]
    assert own["origins"] == [{"page": "list.txt", "line": 3, "raw": "Summit opens"}]
    assert own["extra"] == {"bibtex:file": "a.pdf"}
    assert "id" not in own


def test_a_key_becomes_the_item_id_and_the_id_is_kept() -> None:
    keyed = Reference(id="0123456789", key="berg2021summit")
    item = to_csl(keyed)
    assert (item["id"], from_csl(item)[0]) == ("berg2021summit", keyed)


def test_an_edited_value_wins_over_what_was_kept_beside_it() -> None:
    item = to_csl(Reference(id="1", title="T", issued=PartialDate(year=2020, end=PartialDate())))
    assert from_csl(item)[0].issued == PartialDate(year=2020, end=PartialDate())
    item["issued"] = {"date-parts": [[2021]]}
    assert from_csl(item)[0].issued == PartialDate(year=2021)


def test_names_added_by_hand_stand_before_the_others() -> None:
    item = to_csl(NEWS)
    item["author"] = [{"family": "A"}, {"family": "B"}]
    assert from_csl(item)[0].author == (Name(family="A"), Name(family="B"), Name(others=True))


def test_a_foreign_id_is_the_citation_key_and_names_the_item_for_ever() -> None:
    one, two = (
        from_csl({"id": 7, "title": "A"}, page="x.json")[0],
        from_csl({"id": "7", "title": "B"}, page="x.json")[0],
    )
    assert (one.key, one.id) == ("7", two.id)
    assert one.origin == Origin(page="x.json")
    assert one.provenance[0].actor == "csl-json"
    assert one.provenance[0].fields == ("title",)


def test_a_citation_key_beside_the_id_is_the_key() -> None:
    reference, _ = from_csl({"id": "http://zotero.org/items/1", "citation-key": "doe2020"})
    assert (reference.key, reference.extra) == ("doe2020", {"csl-json:id": "http://zotero.org/items/1"})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": [["2004", None]]}, PartialDate(year=2004)),
        ({"date-parts": [["2004", "05", "06"]]}, PartialDate(year=2004, month=5, day=6)),
        ({"date-parts": [[2004, 0, 0]]}, PartialDate(year=2004)),
        ({"date-parts": [[2004, 5], [2004, 7]]}, PartialDate(year=2004, month=5, end=PartialDate(year=2004, month=7))),
        ({"date-parts": [[2004], [0]]}, PartialDate(year=2004, end=PartialDate())),
        ({"date-parts": [[-45]]}, PartialDate(year=-44)),
        ({"date-parts": [[2004, 13]]}, PartialDate(year=2004, season=1)),
        ({"date-parts": [[2004]], "season": "Winter", "circa": 1}, PartialDate(year=2004, season=4, circa=True)),
        ({"date-parts": [[2004]], "season": "Michaelmas"}, PartialDate(year=2004, literal="Michaelmas 2004")),
        (
            {"date-parts": [[2020, 1, 2]], "date-time": "2020-01-02T00:00:00Z", "timestamp": 1},
            PartialDate.of(2020, 1, 2),
        ),
        ({"raw": "2004-05-06"}, PartialDate(year=2004, month=5, day=6)),
        ({"raw": "2004-05/2004-06"}, PartialDate(year=2004, month=5, end=PartialDate(year=2004, month=6))),
        ({"raw": "May 6, 2004"}, PartialDate(year=2004, month=5, day=6)),
        ({"raw": "6 May 2004"}, PartialDate(year=2004, month=5, day=6)),
        ({"raw": "forthcoming"}, PartialDate(literal="forthcoming")),
        ({"literal": "2004"}, PartialDate(literal="2004")),
        ("2004-05", PartialDate(year=2004, month=5)),
        (2004, PartialDate(year=2004)),
        ([[2004, 5]], PartialDate(year=2004, month=5)),
    ],
)
def test_dates_of_every_shape_are_read(written: object, read: PartialDate | None) -> None:
    reference, findings = from_csl({"id": "1", "type": "book", "issued": written})
    assert (reference.issued, findings, reference.extra) == (read, (), {})


@pytest.mark.parametrize("written", [{"date-parts": [[2004, 2, 31]]}, {"date-parts": "x"}, True, {"surprise": 1}])
def test_an_impossible_date_is_named_and_kept(written: object) -> None:
    item = {"id": "1", "type": "book", "issued": written}
    assert codes(item) == ["AB109"]
    assert json.loads(str(from_csl(item)[0].extra["csl-json:issued"])) == written


def test_lists_as_crossref_has_them_are_read() -> None:
    item = {
        "type": "journal-article",
        "title": ["One"],
        "container-title": ["Long", "Short"],
        "ISSN": ["1463-1377", "1465-3958"],
        "author": [{"given": "A", "family": "B", "sequence": "first", "affiliation": []}, {"name": "WHO"}],
        "DOI": "https://doi.org/10.1234/ABC",
        "is-referenced-by-count": 3,
        "volume": 12,
    }
    reference, findings = from_csl(item)
    assert findings == ()
    assert reference.kind == "article-journal"
    assert (reference.title, reference.container_title, reference.volume) == ("One", "Long", "12")
    assert reference.issn == "1463-1377, 1465-3958"
    assert reference.author == (Name(family="B", given="A"), Name(literal="WHO"))
    assert reference.doi == "10.1234/abc"
    assert reference.extra == {"csl-json:container-title": '["Long", "Short"]', "csl-json:is-referenced-by-count": "3"}


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"id": "1", "type": "book", "volume": {"a": 1}}, "AB109"),
        ({"id": "1", "type": "book", "title": True}, "AB109"),
        ({"id": "1", "type": "book", "author": [{}]}, "AB109"),
        ({"id": "1", "type": "book", "author": 5}, "AB109"),
        ({"id": "1", "type": "spaceship"}, "AB109"),
        ({"id": "1", "title": "No type"}, "AB109"),
        ({"id": "1", "type": "book", "DOI": "no doi"}, "AB201"),
        ({"id": "1", "type": "book", "URL": "www.example.org"}, "AB202"),
        ({"id": "1", "type": "book", "custom": {"alliancebib": {"origins": 5}}}, "AB109"),
        ("just text", "AB109"),
        (None, "AB109"),
    ],
)
def test_what_cannot_be_understood_is_named(item: object, code: str) -> None:
    assert codes(item) == [code]


def test_an_unknown_type_is_kept_beside_document() -> None:
    reference, _ = from_csl({"id": "1", "type": "spaceship"})
    assert (reference.kind, reference.extra) == ("document", {"csl-json:type": "spaceship"})


def test_what_other_programs_keep_under_custom_comes_back() -> None:
    item = {"id": "1", "type": "book", "custom": {"zotero": {"x": [1]}}}
    written = to_csl(from_csl(item)[0])
    assert written["custom"]["zotero"] == {"x": [1]}  # type: ignore[index]
    assert from_csl(written)[0] == from_csl(item)[0]


@pytest.mark.parametrize("word", ["others", "et al.", "и др."])
def test_a_last_name_that_says_others_is_the_flag(word: str) -> None:
    reference, _ = from_csl({"id": "1", "type": "book", "author": [{"family": "A"}, {"literal": word}]})
    assert reference.author == (Name(family="A"), Name(others=True))


def test_the_tables_name_each_variable_once() -> None:
    assert not NAME_VARIABLES & DATE_VARIABLES
    assert not (NAME_VARIABLES | DATE_VARIABLES) & TEXT_VARIABLES
    assert len(KINDS) == 45
