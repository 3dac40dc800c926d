from __future__ import annotations

import pytest

from alliancebib.model import Reference
from alliancebib.rules.urls import apply

ARCHIVED = "https://web.archive.org/web/20200101000000/http://odkb-csto.org/news/"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("www.odkb-csto.org/news", "https://www.odkb-csto.org/news"),
        ("WWW.odkb-csto.org", "https://WWW.odkb-csto.org"),
        ("//odkb-csto.org/a", "https://odkb-csto.org/a"),
        (" https://example.org/a. ", "https://example.org/a"),
        ("https://example.org/a),", "https://example.org/a"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("URL: <www.example.org/a>.", "https://www.example.org/a"),
        ("https://example.org/annual report.pdf", "https://example.org/annual%20report.pdf"),
    ],
)
def test_the_sentence_around_an_address_goes(given: str, url: str) -> None:
    tidy, findings = apply(Reference(url=given))
    assert (tidy.url, tidy.note, findings) == (url, "", ())
    assert tidy.provenance[-1].actor == "urls"


@pytest.mark.parametrize(
    "url",
    [
        "https://en.wikipedia.org/wiki/NATO_(disambiguation)",
        "http://Example.ORG:8080/A/?utm_source=x&b=%D0%BF#part",
        "https://пример.рф/статья",
        "https://example.org/cafe\u0301/",
    ],
)
def test_a_good_address_stays_as_its_user_gave_it(url: str) -> None:
    reference = Reference(url=url, archive_url=url)
    assert apply(reference) == (reference, ())


@pytest.mark.parametrize(
    "given", ["see the archive", "ftp://example.org/a", "/news/1", "https://", "http//example.org", "a@b.org"]
)
def test_what_is_no_address_goes_into_the_note(given: str) -> None:
    tidy, [finding] = apply(Reference(id="a", url=given, note="Reprint"))
    assert (tidy.url, tidy.note) == ("", f"Reprint; URL as given: {given}")
    assert (finding.code, finding.reference) == ("AB202", "a")
    assert given in finding.message
    assert apply(tidy) == (tidy, ())


def test_both_addresses_are_looked_at() -> None:
    tidy, findings = apply(Reference(url="x", archive_url="y"))
    assert tidy.note == "URL as given: x; Archive URL as given: y"
    assert [finding.code for finding in findings] == ["AB202", "AB202"]


@pytest.mark.parametrize(
    "reference",
    [Reference(url=ARCHIVED), Reference(archive_url=ARCHIVED), Reference(url=ARCHIVED, archive_url=ARCHIVED)],
)
def test_an_archived_page_stands_beside_the_address_it_shows(reference: Reference) -> None:
    tidy, findings = apply(reference)
    assert (tidy.url, tidy.archive_url, findings) == ("http://odkb-csto.org/news/", ARCHIVED, ())


@pytest.mark.parametrize(
    ("archived", "original"),
    [
        ("http://web.archive.org/web/2020id_/https://x.org/?a=b", "https://x.org/?a=b"),
        ("https://web.archive.org/web/2020/x.org/a", "http://x.org/a"),
        ("https://web.archive.org/web/2020/https:/x.org/a", "https://x.org/a"),
    ],
)
def test_forms_of_archived_addresses(archived: str, original: str) -> None:
    assert apply(Reference(url=archived))[0].url == original


@pytest.mark.parametrize(
    "reference",
    [
        Reference(url="https://x.org/", archive_url=ARCHIVED),
        Reference(url=ARCHIVED, archive_url="https://archive.ph/abc"),
        Reference(url="https://archive.org/details/csto"),
    ],
)
def test_two_addresses_that_differ_both_stay(reference: Reference) -> None:
    assert apply(reference) == (reference, ())


def test_the_address_of_a_known_doi_is_not_written_again() -> None:
    archived = "https://web.archive.org/web/2020/https://doi.org/10.1093/cjip/poy008"
    tidy, _ = apply(Reference(url=archived, doi="10.1093/cjip/poy008"))
    assert (tidy.url, tidy.archive_url) == ("", archived)
