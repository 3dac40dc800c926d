"""Records with any JSON value in any member: no reading of them raises, and no answer of broken ones is an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancebib.errors import UnreachableError
from alliancebib.model import Reference
from alliancebib.resolvers import crossref, datacite
from alliancebib.resolvers._datacite_records import attributes_to_reference
from alliancebib.resolvers._records import is_work, record_to_reference
from alliancebib.resolvers.local import Local, make_index
from alliancebib.web import Answer, Visit

RECORD: dict[str, Any] = {
    "DOI": "10.5555/1",
    "type": "journal-article",
    "subtype": "preprint",
    "title": ["A title", "Ein Titel"],
    "subtitle": ["Below"],
    "original-title": ["Titre"],
    "author": [{"family": "Doe", "given": "Jane", "suffix": "Jr"}, {"name": "A body"}],
    "editor": [{"family": "Roe"}],
    "translator": [{"family": "Poe"}],
    "issued": {"date-parts": [[2018, 7, 2]]},
    "published-online": {"date-parts": [[2017]]},
    "posted": {"date-parts": [[2016]]},
    "container-title": ["A journal", "A series"],
    "short-container-title": ["J."],
    "volume": "1",
    "issue": "2",
    "journal-issue": {"issue": "2"},
    "page": "1-2",
    "article-number": "e1",
    "publisher": "P",
    "publisher-location": "L",
    "institution": [{"name": "I"}],
    "ISSN": ["1463-1377"],
    "issn-type": [{"type": "print", "value": "1463-1377"}],
    "ISBN": ["9783161484100"],
    "event": {"name": "E", "location": "L"},
    "degree": ["PhD"],
    "edition-number": "2",
    "language": "en",
    "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/2"}]},
    "update-to": [{"type": "retraction", "DOI": "10.5555/1", "updated": {"date-parts": [[2020]]}, "source": "x"}],
    "updated-by": [{"type": "retraction", "DOI": "10.5555/3", "label": "Retraction"}],
}
ATTRIBUTES: dict[str, Any] = {
    "doi": "10.5555/1",
    "types": {"citeproc": "article", "resourceTypeGeneral": "Preprint"},
    "titles": [{"title": "A title"}, {"title": "Below", "titleType": "Subtitle"}],
    "creators": [{"name": "Doe, Jane", "nameType": "Personal", "familyName": "Doe", "givenName": "Jane"}],
    "contributors": [{"name": "Roe", "contributorType": "Editor"}],
    "publicationYear": 2018,
    "dates": [{"date": "2018-07-02", "dateType": "Issued"}],
    "container": {"title": "A journal", "identifier": "1463-1377", "identifierType": "ISSN", "firstPage": "1"},
    "publisher": {"name": "P"},
    "language": "en",
    "url": "https://example.org",
    "version": "1",
    "relatedIdentifiers": [
        {"relatedIdentifierType": "DOI", "relationType": "IsVersionOf", "relatedIdentifier": "10.5555/2"}
    ],
}
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([10**30, "x", "", "10.5555/9", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("DOI title x date-parts".split()), inner)
    ),
    max_leaves=5,
)


def _places(value: object) -> list[tuple[object, ...]]:
    """Give the paths to all that a value holds."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for name, part in inner for path in ((name,), *((name, *rest) for rest in _places(part)))]


@st.composite
def odd(draw: st.DrawFn, whole: Mapping[str, Any]) -> dict[str, Any]:
    """A record in which some values, however deep, are others."""
    made: Any = json.loads(json.dumps(whole))
    for path in draw(st.lists(st.sampled_from(_places(whole)), min_size=1, max_size=3)):
        here = made
        try:
            for name in path[:-1]:
                here = here[name]
            here[path[-1]] = draw(ANY)
        except (TypeError, KeyError, IndexError):
            continue  # an earlier value stands there
    return dict(made)


class OneAnswer:
    """A service that always says the same."""

    def __init__(self, said: object) -> None:
        self.answer = Answer(url="u", status=200, headers={}, body=json.dumps(said).encode("utf-8", "replace"))

    def ask(self, url: str, *, params: Mapping[str, str] | None = None, accept: str = "application/json") -> Answer:
        return self.answer

    def visit(self, url: str) -> Visit:
        raise AssertionError


@given(odd(RECORD))
def test_any_record_of_crossref_is_a_reference(record: dict[str, Any]) -> None:
    reference = record_to_reference(record)
    assert isinstance(reference.title, str)
    is_work(record)
    resolver = crossref.make(OneAnswer({"message": {"items": [record, RECORD]}}))
    assert all(isinstance(work, Reference) for work in resolver.search(Reference(title="A title")))
    resolver.lookup_many(["10.5555/1"])


@given(odd(ATTRIBUTES))
def test_any_record_of_datacite_is_a_reference(attributes: dict[str, Any]) -> None:
    assert isinstance(attributes_to_reference(attributes).title, str)
    resolver = datacite.make(OneAnswer({"data": [{"attributes": attributes}, {"attributes": ATTRIBUTES}]}))
    assert resolver.search(Reference(title="A title"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(odd(RECORD), min_size=1, max_size=4))
def test_any_record_goes_through_an_index(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    path = tmp_path / "records.jsonl"
    lines = [json.dumps(record | {"DOI": f"10.5555/{number}"}) for number, record in enumerate(records)]
    path.write_text("\n".join([*lines, json.dumps(RECORD | {"DOI": "10.5555/whole"})]), "utf-8")
    make_index([path], tmp_path / "records.index")
    local = Local(tmp_path / "records.index")
    assert "10.5555/whole" in [work.doi for work in local.search(Reference(title="A title Below"))]
    assert local.lookup("10.5555/whole")


#: A DOI, and nothing else that is of its type.
BROKEN: list[object] = [None, {"DOI": "10.5555/q", "title": [["x"]], "author": [None, 3], "type": {"a": 1}}]


@pytest.mark.parametrize(
    "items", [[None], [1, "x"], [{}], [{"DOI": None}], [{"DOI": ["10.5555/1"], "title": ["A"]}], BROKEN]
)
def test_nothing_but_broken_items_is_no_answer(items: list[object]) -> None:
    web = OneAnswer({"message": {"items": items}})
    with pytest.raises(UnreachableError, match="not as Crossref's API does"):
        crossref.make(web).search(Reference(title="A"))
    with pytest.raises(UnreachableError, match="not as DataCite's API does"):
        datacite.make(OneAnswer({"data": [{"id": "x", "attributes": item} for item in items]})).search(
            Reference(title="A")
        )


def test_no_items_are_an_answer() -> None:
    assert crossref.make(OneAnswer({"message": {"items": []}})).search(Reference(title="A")) == ()
    assert datacite.make(OneAnswer({"data": []})).search(Reference(title="A")) == ()
    grant = {"DOI": "10.5555/grant", "type": "grant", "title": ["A"]}
    assert crossref.make(OneAnswer({"message": {"items": [grant]}})).search(Reference(title="A")) == ()
