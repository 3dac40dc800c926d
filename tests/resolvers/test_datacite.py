"""DataCite: its answers, in the shapes of its documentation, become references; odd ones are no proof of absence.

The two records are DataCite's own examples (https://support.datacite.org/docs/api-get-doi), cut to what is read.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from alliancebib.errors import UnreachableError, UsageError
from alliancebib.model import KINDS, Name, PartialDate, Reference
from alliancebib.resolvers._datacite_records import KIND_OF, attributes_to_reference
from alliancebib.resolvers._service import BATCH
from alliancebib.resolvers.datacite import make
from alliancebib.updates import Update, later_forms
from alliancebib.web.client import HttpWeb
from services import Jumps, Said, Scripted

BLOG: dict[str, object] = {
    "doi": "10.5438/4k3m-nyvg",
    "creators": [
        {"name": "Fenner, Martin", "nameType": "Personal", "givenName": "Martin", "familyName": "Fenner"},
    ],
    "titles": [{"title": "Eating your own Dog Food"}],
    "publisher": "DataCite",
    "container": {"type": "Series", "identifier": "10.5438/0000-00SS", "identifierType": "DOI"},
    "publicationYear": 2016,
    "dates": [
        {"date": "2016-12-20", "dateType": "Created"},
        {"date": "2016-12-20", "dateType": "Issued"},
        {"date": "2016-12-20", "dateType": "Updated"},
    ],
    "language": None,
    "types": {
        "ris": "RPRT",
        "citeproc": "article-journal",
        "resourceType": "BlogPosting",
        "resourceTypeGeneral": "Text",
    },
    "version": "1.0",
    "url": "https://blog.datacite.org/eating-your-own-dog-food",
    "relatedIdentifiers": [{"relationType": "IsPartOf", "relatedIdentifier": "10.5438/0000-00SS"}],
}
SCHEMA: dict[str, object] = {
    "doi": "10.5438/0012",
    "creators": [{"name": "DataCite Metadata Working Group", "nameType": "Organizational", "affiliation": []}],
    "titles": [
        {
            "title": "DataCite Metadata Schema Documentation for the Publication and Citation of Research Data v4.0",
            "lang": "en",
        },
        {"title": "A translation", "titleType": "TranslatedTitle"},
    ],
    "publisher": {"name": "DataCite e.V."},
    "publicationYear": "2016",
    "types": {"resourceTypeGeneral": "Text", "resourceType": "Documentation"},
    "url": "ftp://schema.datacite.org",
}


def said(data: object, status: int = 200) -> Said:
    return Said(status, json.dumps({"data": data}).encode(), {"Content-Type": "application/json; charset=utf-8"})


def item(attributes: dict[str, object]) -> dict[str, object]:
    return {"id": attributes["doi"], "type": "dois", "attributes": attributes}


def service(path: str, _: int) -> Said:
    """Answer as api.datacite.org does, over the two records."""
    known = {str(record["doi"]): record for record in (BLOG, SCHEMA)}
    parts = urlsplit(path)
    if parts.path == "/dois":
        query = parse_qs(parts.query)["query"][0]
        found = [record for doi, record in known.items() if doi in query] if query.startswith("doi:") else [BLOG]
        return said([item(record) for record in found])
    doi = unquote(parts.path.removeprefix("/dois/"))
    if doi in known:
        return said(item(known[doi]))
    error = {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}
    return Said(404, json.dumps(error).encode())


def test_a_record_becomes_a_reference() -> None:
    reference = attributes_to_reference(BLOG)
    assert (reference.kind, reference.title, reference.doi) == (
        "article-journal",
        "Eating your own Dog Food",
        "10.5438/4k3m-nyvg",
    )
    assert reference.author == (Name(family="Fenner", given="Martin"),)
    assert reference.issued == PartialDate(year=2016, month=12, day=20)
    assert (reference.publisher, reference.container_title, reference.issn) == ("DataCite", "", "")
    assert reference.url == "https://blog.datacite.org/eating-your-own-dog-food"
    assert reference.provenance[0].actor == "datacite"
    assert "version" not in reference.extra  # that of a text says nothing to a reader


def test_a_body_a_year_as_text_and_a_publisher_with_identifiers() -> None:
    reference = attributes_to_reference(SCHEMA)
    assert reference.author == (Name(literal="DataCite Metadata Working Group"),)
    assert (reference.kind, reference.publisher, reference.issued) == (
        "document",
        "DataCite e.V.",
        PartialDate(year=2016),
    )
    assert reference.title.endswith("v4.0")
    assert reference.url == ""


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"name": "Fenner, Martin"}, Name(family="Fenner", given="Martin")),
        ({"name": "FENNER, MARTIN", "nameType": "Personal"}, Name(family="Fenner", given="Martin")),
        ({"name": "CERN, Geneva", "nameType": "Organizational"}, Name(literal="CERN, Geneva")),
        ({"name": "CERN"}, Name(literal="CERN")),
        ({"name": "(:unav)"}, None),
        ({"name": None}, None),
        ({}, None),
        ("CERN", None),
    ],
)
def test_creators(person: object, name: Name | None) -> None:
    assert attributes_to_reference({"creators": [person]}).author == ((name,) if name else ())


def test_editors_are_contributors_of_that_type() -> None:
    contributors = [
        {"name": "Fenner, Martin", "contributorType": "Editor"},
        {"name": "CERN", "nameType": "Organizational", "contributorType": "HostingInstitution"},
    ]
    assert attributes_to_reference({"contributors": contributors}).editor == (Name(family="Fenner", given="Martin"),)


def test_an_article_with_its_place() -> None:
    container = {"title": "Journal &amp; Data", "volume": "12", "issue": "3", "firstPage": "1", "lastPage": "9"}
    container |= {"type": "Journal", "identifier": "1234-5679", "identifierType": "ISSN"}
    reference = attributes_to_reference(
        {"types": {"resourceTypeGeneral": "JournalArticle"}, "container": container, "language": "en"}
    )
    assert (reference.kind, reference.container_title) == ("article-journal", "Journal & Data")
    assert (reference.volume, reference.issue, reference.page) == ("12", "3", "1-9")
    assert (reference.issn, reference.language) == ("1234-5679", "en")


def test_subtitles_and_other_titles() -> None:
    titles = [
        {"title": "Other", "titleType": "AlternativeTitle"},
        {"title": "Soil <i>N</i> data"},
        {"title": "A sample", "titleType": "Subtitle"},
    ]
    assert attributes_to_reference({"titles": titles}).title == "Soil N data: A sample"


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ({"publicationYear": 2016, "dates": [{"date": "2015-01-01", "dateType": "Issued"}]}, PartialDate(year=2016)),
        ({"dates": [{"date": "2015-01-01T10:00:00Z", "dateType": "Issued"}]}, PartialDate(year=2015, month=1, day=1)),
        ({"publicationYear": 2016, "dates": [{"date": "2016/2017", "dateType": "Issued"}]}, PartialDate(year=2016)),
        ({"publicationYear": ":unav"}, None),
        ({"publicationYear": True, "dates": "2016"}, None),
    ],
)
def test_dates(fields: dict[str, object], issued: PartialDate | None) -> None:
    assert attributes_to_reference(fields).issued == issued


def test_data_and_software_have_versions() -> None:
    for general in ("Dataset", "Software"):
        made = attributes_to_reference({"types": {"resourceTypeGeneral": general}, "version": "2.1"})
        assert (made.kind, made.extra["version"]) == (general.lower(), "2.1")


def test_the_article_of_a_preprint_is_told_and_the_sum_of_all_versions_is_not() -> None:
    def related(relation: str, doi: str) -> dict[str, str]:
        return {"relationType": relation, "relatedIdentifier": doi, "relatedIdentifierType": "DOI"}

    rows = [related("IsVersionOf", "10.5555/Article"), related("IsVersionOf", "10.48550/all")]
    preprint = {"doi": "10.48550/arxiv.1", "types": {"resourceTypeGeneral": "Preprint"}, "relatedIdentifiers": rows}
    assert later_forms(attributes_to_reference(preprint)) == (Update(kind="is-preprint-of", doi="10.5555/article"),)
    data = {"doi": "10.5281/1", "types": {"resourceTypeGeneral": "Dataset"}, "relatedIdentifiers": rows}
    assert later_forms(attributes_to_reference(data)) == ()
    newer = data | {"relatedIdentifiers": [related("IsPreviousVersionOf", "10.5281/2"), None]}
    assert later_forms(attributes_to_reference(newer)) == (Update(kind="is-replaced-by", doi="10.5281/2"),)


def test_every_kind_is_one_of_csl() -> None:
    assert set(KIND_OF.values()) <= KINDS
    assert attributes_to_reference({}).kind == attributes_to_reference({"types": []}).kind == "document"


def test_looking_up_and_searching(tmp_path: Path) -> None:
    clock = Jumps()
    with Scripted(service) as server, HttpWeb(cache=tmp_path / "c", clock=clock, sleep=clock.sleep) as web:
        datacite = make(web, base_url=f"{server.url}/dois/")
        found = datacite.lookup("10.5438/0012")
        assert found is not None
        assert found.doi == "10.5438/0012"
        assert datacite.lookup("10.5438/none") is None
        assert datacite.lookup("no doi") is None
        many = [f"10.5438/{number}" for number in range(60)]
        assert list(datacite.lookup_many([*many, "10.5438/0012", "10.5438/4K3M-NYVG", "x"])) == [
            "10.5438/0012",
            "10.5438/4k3m-nyvg",
        ]
        asked = Reference(title="Eating your own {Dog} Food: OR NOT?", author=(Name(family="Fenner"),))
        assert [work.doi for work in datacite.search(asked, limit=3)] == ["10.5438/4k3m-nyvg"]
        assert datacite.search(Reference(title="?!")) == ()
        paths = [path for path, _ in server.asked]
    assert paths[0] == "/dois/10.5438%2F0012"
    assert sum("query=doi" in path for path in paths) == 62 // BATCH + 1
    searched = parse_qs(urlsplit(paths[-1]).query)
    assert searched == {
        "query": ["titles.title:(eating your own dog food or not) AND creators.name:(fenner)"],
        "page[size]": ["3"],
    }


@pytest.mark.parametrize(
    "answer",
    [
        Said(404, b"<html>not here</html>", {"Content-Type": "text/html"}),
        Said(403, b"{}"),
        Said(200, b"{}"),
        Said(200, b"[]"),
    ],
)
def test_odd_answers_are_no_crash_and_no_proof_of_absence(answer: Said, tmp_path: Path) -> None:
    clock = Jumps()
    with (
        Scripted(lambda _path, _number: answer) as server,
        HttpWeb(cache=tmp_path / "c", clock=clock, sleep=clock.sleep) as web,
    ):
        datacite = make(web, base_url=server.url)
        with pytest.raises(UnreachableError, match=r"127\.0\.0\.1"):
            datacite.lookup("10.5438/x")
        with pytest.raises(UnreachableError):
            datacite.search(Reference(title="A title"))


def test_items_of_the_wrong_shape_are_passed_over(tmp_path: Path) -> None:
    items: list[object] = [
        None,
        7,
        {},
        {"attributes": []},
        {"attributes": {"titles": [{"title": "no DOI"}]}},
        item(BLOG),
    ]
    with Scripted(lambda _path, _number: said(items)) as server, HttpWeb(cache=tmp_path / "c") as web:
        assert len(make(web, base_url=server.url).search(Reference(title="A title"))) == 1


@pytest.mark.parametrize("base_url", ["", "api.datacite.org", "ftp://x.example"])
def test_a_wrong_base_url_is_told_at_once(base_url: str, tmp_path: Path) -> None:
    with HttpWeb(cache=tmp_path / "c") as web, pytest.raises(UsageError):
        make(web, base_url=base_url)
