from __future__ import annotations

import pytest

from alliancebib.model import Reference
from alliancebib.rules.identifiers import apply

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-#"


@pytest.mark.parametrize(
    ("given", "doi"),
    [
        ("10.1080/14631377.2020.1800316", "10.1080/14631377.2020.1800316"),
        ("10.1093/CJIP/poy008", "10.1093/cjip/poy008"),
        ("doi:10.1093/cjip/poy008", "10.1093/cjip/poy008"),
        ("DOI: 10.1093/cjip/poy008.", "10.1093/cjip/poy008"),
        ("https://doi.org/10.1093/cjip/poy008", "10.1093/cjip/poy008"),
        ("http://dx.doi.org/10.1093%2Fcjip%2Fpoy008", "10.1093/cjip/poy008"),
        ("https://doi.org/10.1093/cjip/poy008?nosfx=y#s2", "10.1093/cjip/poy008"),
        ("https://academic.oup.com/doi/pdf/10.1093/cjip/poy008/full", "10.1093/cjip/poy008"),
        ("(10.1093/cjip/poy008)", "10.1093/cjip/poy008"),
        ("10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5"),
        ("10.1093/cjip/\u200bpoy008", "10.1093/cjip/poy008"),
        (SICI.upper(), SICI),
        (SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI),
        ("https://doi.org/" + SICI.replace("<", "%3C").replace(">", "%3E").replace("#", "%23"), SICI),
        ("https://doi.org/" + SICI, SICI),
        ("10.1000.10/123", "10.1000.10/123"),
        ("10.1093/cjip/poy008?utm_source=x&utm_medium=y", "10.1093/cjip/poy008"),
    ],
)
def test_a_doi_comes_out_bare_and_small(given: str, doi: str) -> None:
    tidy, findings = apply(Reference(doi=given))
    assert (tidy.doi, tidy.note, findings) == (doi, "", ())


@pytest.mark.parametrize("given", ["10.1093", "n/a", "11.1093/x", "https://example.org/1"])
def test_what_is_no_doi_goes_into_the_note(given: str) -> None:
    tidy, [finding] = apply(Reference(id="a", doi=given, note="Reprint"))
    assert (tidy.doi, tidy.note) == ("", f"Reprint; DOI as given: {given}")
    assert (finding.code, finding.reference) == ("AB201", "a")
    assert given in finding.message
    assert apply(tidy) == (tidy, ())


@pytest.mark.parametrize(
    "url",
    [
        "https://doi.org/10.1093/CJIP/poy008",
        "http://dx.doi.org/10.1093/cjip/poy008.",
        "doi.org/10.1093/cjip/poy008",
        "doi:10.1093/cjip/poy008",
        "<https://www.doi.org/10.1093%2Fcjip%2Fpoy008>",
        "https://doi-org.proxy.uni.edu/10.1093/cjip/poy008",
        "https://doi.org.ezproxy.uni.edu:2048/10.1093/CJIP/poy008?utm_source=x",
    ],
)
@pytest.mark.parametrize("doi", ["", "10.1093/CJIP/poy008"])
def test_an_address_of_the_doi_system_is_a_doi(url: str, doi: str) -> None:
    tidy, _ = apply(Reference(url=url, doi=doi))
    assert (tidy.doi, tidy.url) == ("10.1093/cjip/poy008", "")


@pytest.mark.parametrize(
    "reference",
    [
        Reference(url="https://doi.org/10.1093/cjip/poy008", doi="10.1080/other"),
        Reference(url="https://www.tandfonline.com/doi/full/10.1080/14631377.2020.1800316"),
        Reference(url="https://example.org/doi.org/10.1093/cjip/poy008"),
        Reference(url="https://notdoi.org/10.1093/cjip/poy008"),
    ],
)
def test_other_addresses_stay(reference: Reference) -> None:
    assert apply(reference) == (reference, ())


def test_an_archived_page_of_the_doi_system_gives_the_doi_and_stays() -> None:
    archived = "https://web.archive.org/web/2020/https://doi.org/10.1093/cjip/poy008"
    for reference in (Reference(url=archived), Reference(archive_url=archived, url="https://example.org/")):
        tidy, _ = apply(reference)
        assert (tidy.doi, tidy.url, tidy.archive_url) == ("10.1093/cjip/poy008", reference.url, reference.archive_url)


@pytest.mark.parametrize(
    "isbn",
    ["978-3-16-148410-0", "0-19-852663-6", "080442957X", "ISBN-13: 978-3-16-148410-0", "0-19-852663-6, 9783161484100"],
)
def test_right_isbns_are_not_named(isbn: str) -> None:
    reference = Reference(isbn=isbn)
    assert apply(reference) == (reference, ())


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        (Reference(isbn="978-3-16-148410-1"), "AB203"),
        (Reference(isbn="0-19-852663-7"), "AB203"),
        (Reference(isbn="12345"), "AB203"),
        (Reference(isbn="978-3-16-148410-0, 978-3-16-148410-1"), "AB203"),
        (Reference(issn="1463-1378"), "AB204"),
        (Reference(issn="none"), "AB204"),
    ],
)
def test_wrong_check_digits_are_named_and_kept(reference: Reference, code: str) -> None:
    tidy, [finding] = apply(reference)
    assert tidy is reference
    assert finding.code == code


@pytest.mark.parametrize("issn", ["1463-1377", "2434-561X", "2434561x", "0378-5955 (print), 2434-561X (online)"])
def test_right_issns_are_not_named(issn: str) -> None:
    assert apply(Reference(issn=issn))[1] == ()
