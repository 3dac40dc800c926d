"""One reader of DOIs: every form in which people write them, and nothing that is none."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib import pipeline
from alliancebib.checkers._handles import doi_of_url
from alliancebib.files import source_of
from alliancebib.identifiers import doi_in, doi_of, doi_of_address, is_doi, without_resolver
from alliancebib.library import Library

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-#"
FORMS = [
    "{}",
    "doi:{}",
    "DOI {}",
    "doi: {}",
    "DOI: https://doi.org/{}",
    "https://doi.org/{}",
    "http://dx.doi.org/{}",
    "doi.org/{}",
    "https://doi-org.proxy.uni.edu/{}",
    "https://dx-doi-org.proxy.uni.edu/{}",
    "https://doi.org.ezproxy.uni.edu/{}",
    "http://doi.org.ezproxy.uni.edu:2048/{}",
    "https://login.ezproxy.uni.edu/login?url=https://doi.org/{}",
    "https://doi.wiley.com/{}",
    "info:doi/{}",
]
#: Everything that stands in real ones.
suffixes = st.text(st.sampled_from("abc019-._;()/:<>[]#+"), min_size=1, max_size=12).map(lambda text: f"{text}x1")
dois = st.builds("10.{}/{}".format, st.integers(1000, 99999), suffixes) | st.sampled_from([SICI, "10.5555/good"])


@given(doi=dois, form=st.sampled_from(FORMS), escaped=st.booleans(), shouted=st.booleans())
def test_every_form_is_the_doi(doi: str, form: str, *, escaped: bool, shouted: bool) -> None:
    is_address = "/{}" in form and "info" not in form
    written = quote(doi, safe="/") if escaped and is_address else doi
    if is_address and "#" in written and doi != SICI:
        written = written.replace("#", "%23")  # as whoever writes addresses must
    text = form.format(written.upper() if shouted else written)
    assert doi_of(text) == doi
    assert doi_in(text) == doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("http://dx.doi.org/10.5555%2Fgood", "10.5555/good"),
        ("10.5555%2Fgood", "10.5555/good"),
        ("https://doi.org/10.5555/good?utm_source=x", "10.5555/good"),
        ("https://doi.org/10.5555/good?locatt=mode:legacy#s2", "10.5555/good"),
        ("doi:10.5555/good?utm_source=x&utm_medium=y", "10.5555/good"),
        ("doi:10.5555/good.", "10.5555/good"),
        ("<https://doi.org/10.5555/good>", "10.5555/good"),
        ("https://login.ezproxy.uni.edu/login?qurl=https%3a%2f%2fdoi.org%2f10.5555%2fgood", "10.5555/good"),
        ("DOI10.5555/good", "10.5555/good"),
        ("https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-%23", SICI),
    ],
)
def test_what_is_around_a_doi_goes(text: str, doi: str) -> None:
    assert doi_of(text) == doi


@pytest.mark.parametrize(
    "text",
    ["", "in print", "n/a", "10.1093", "11.1093/x", "see 10.5555/good", "10.5555/a 10.5555/b", "https://example.org/1"],
)
def test_what_states_none_is_none(text: str) -> None:
    assert doi_of(text) == ""


@pytest.mark.parametrize("host", ["notdoi.org", "example.org/doi.org", "doi.wiley.com", "www.tandfonline.com/doi"])
def test_other_addresses_are_visited_as_such(host: str) -> None:
    assert doi_of_address(f"https://{host}/10.5555/good") == doi_of_url(f"https://{host}/10.5555/good") == ""


def test_an_address_through_a_proxy_is_asked_about_as_the_doi() -> None:
    assert doi_of_url("https://doi-org.proxy.uni.edu/10.5555/good?x=1") == "10.5555/good"
    assert doi_of_url("not an address") == ""


@given(st.text() | st.text(st.sampled_from("10.5/%2Fdoi:?#&amp;<>() h")).map("doi 10.5555/{}".format))
def test_any_text_is_read_and_what_comes_out_is_a_doi(text: str) -> None:
    for read in (doi_of, doi_in, doi_of_address):
        found = read(text)
        assert found == "" or (is_doi(found) and found == found.lower())
    assert without_resolver(text) == without_resolver(without_resolver(text)) or "doi" in text.lower()


def libraries(stated: str) -> list[Library]:
    texts = {
        "a.bib": f"@article{{a, doi = {{{stated}}}}}",
        "a.json": json.dumps([{"id": "a", "type": "book", "DOI": stated}]),
        "a.ris": f"TY  - JOUR\nDO  - {stated}\nER  - \n",
        "a.yml": json.dumps({"a": {"type": "article", "title": "T", "serial-number": {"doi": stated}}}),
    }
    found = [pipeline.read(source_of(text, name=name)) for name, text in texts.items()]
    return [one for one in found if isinstance(one, Library)]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "DOI: https://doi.org/{}"])
def test_every_format_reads_them_alike(form: str) -> None:
    for library in libraries(form.format("10.5555/GOOD")):
        assert library[0].doi == "10.5555/good"
        assert "AB201" not in [found.code for found in library.findings]


def test_every_format_says_what_is_none() -> None:
    for library in libraries("in print"):
        assert library[0].doi == ""
        assert "AB201" in [found.code for found in library.findings]
