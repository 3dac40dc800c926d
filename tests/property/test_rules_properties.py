"""What every rule must keep: it never raises, comes to rest, leaves the sources alone, and signs what it does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib import plugins
from alliancebib.config import Settings
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.rules._addresses import tidy_address
from alliancebib.rules._text import clean_line
from strategies import any_text, calendar_dates, dois, name_lists, references, urls

RULES = Settings().rules
KEPT = ("id", "key", "origins", "spans", "leftover")


def tidied(reference: Reference) -> Reference:
    for name in RULES:
        reference = plugins.rule(name).apply(reference)[0]
    return reference


def marked(*pieces: str) -> st.SearchStrategy[str]:
    """Text of pieces that mean something to a rule, in any order."""
    return st.lists(st.sampled_from(pieces) | any_text(3), max_size=6).map("".join)


TITLES = marked(
    "“", "”", '"', "«", "»", "'", ".", "!", "…", "&amp;", "&#38;", "amp;", "&nbsp;", "\u200d", "A", " ", "U.S."
)
PAGES = marked("pp. ", "p.", "S. ", "12", "3", "–", "--", "-", " ", ",", "xi", "e", "A", ".")
PARTS = marked(
    "A.", "V", "-", "Dr. ", "Jr.", " ", ",", " III", "SMITH", "Yu.", "É", "e\u0301", "et al.", "others", "van "
)
DATES = marked("12", "May", " ", "-", "–", "/", "2021", "2021-08-02", "Spring", "c. ", ".", ",", "г.", "1", "0")
ADDRESSES = marked(
    *"https:// www. doi.org/ doi: 10.1093/ X (SICI) < > ) ( . ; # ? / %2F %25 &lt; example.org ] : /full .pdf".split(),
    *(
        "web.archive.org/web/2020/",
        "https://web.archive.org/web/2020/https://doi.org/10.1093/x",
        "URL: ",
        "\u200b",
        " ",
    ),
)


HARD_NAMES = st.lists(
    st.builds(Name, family=PARTS, given=PARTS, suffix=st.just("") | PARTS) | st.builds(Name, literal=PARTS), max_size=2
).map(tuple)

#: References whose fields are full of what rules look for.
HARD = st.builds(
    Reference,
    kind=st.sampled_from(["document", "book"]),
    title=TITLES,
    page=PAGES,
    author=HARD_NAMES,
    issued=st.builds(PartialDate, literal=DATES),
    doi=st.just("") | ADDRESSES | dois(),
    url=st.just("") | ADDRESSES | urls(),
    archive_url=st.just("") | ADDRESSES,
    note=st.just("") | any_text(6),
    container_title=st.sampled_from(["", "A&nbsp;B"]),
    volume=st.sampled_from(["", "3"]),
)


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=40, deadline=None)
@given(reference=references() | HARD)
def test_a_rule_comes_to_rest_and_signs(name: str, reference: Reference) -> None:
    rule = plugins.rule(name)
    once, _ = rule.apply(reference)
    assert rule.apply(once)[0] == once
    assert {field: getattr(once, field) for field in KEPT} == {field: getattr(reference, field) for field in KEPT}
    changed = {
        field
        for field in Reference.__struct_fields__
        if field != "provenance" and getattr(once, field) != getattr(reference, field)
    }
    added = once.provenance[len(reference.provenance) :]
    assert {record.actor for record in added} <= {name}
    assert {field for record in added for field in record.fields} == changed


@settings(max_examples=100, deadline=None)
@given(HARD)
def test_all_rules_together_come_to_rest(reference: Reference) -> None:
    once = tidied(reference)
    assert tidied(once) == once


@settings(max_examples=100, deadline=None)
@given(ADDRESSES | dois(), ADDRESSES | urls(), ADDRESSES)
def test_no_identifier_or_address_is_lost(doi: str, url: str, archive_url: str) -> None:
    given_ = Reference(doi=doi, url=url, archive_url=archive_url)
    first, findings = plugins.rule("identifiers").apply(given_)
    assert first.doi or not clean_line(doi) or f"DOI as given: {clean_line(doi)}" in first.note
    assert first.url == url or (not first.url and first.doi)
    assert bool(first.note) == any(finding.code == "AB201" for finding in findings)
    second, findings = plugins.rule("urls").apply(first)
    for value, words in ((first.url, "URL as given"), (archive_url, "Archive URL as given")):
        kept = {second.url, second.archive_url}
        assert not clean_line(value) or tidy_address(value) in kept or f"{words}: {clean_line(value)}" in second.note
    assert (second.note != first.note) == any(finding.code == "AB202" for finding in findings)


@settings(max_examples=60, deadline=None)
@given(name_lists())
def test_names_of_careful_people_stay(names: tuple[Name, ...]) -> None:
    reference = Reference(author=names, editor=names)
    assert plugins.rule("names").apply(reference) == (reference, ())


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y"]))
def test_every_day_is_read(day: date, form: str) -> None:
    tidy, findings = plugins.rule("dates").apply(Reference(issued=PartialDate(literal=day.strftime(form))))
    assert (str(tidy.issued), findings) == (day.isoformat(), ())


@settings(max_examples=60, deadline=None)
@given(calendar_dates(1400, 2100))
def test_dates_of_the_calendar_are_left_alone(value: PartialDate) -> None:
    reference = Reference(issued=value, accessed=value)
    assert plugins.rule("dates").apply(reference) == (reference, ())


@settings(max_examples=100, deadline=None)
@given(dois(), st.sampled_from(["https://doi.org/", "doi:", "http://dx.doi.org/", ""]))
def test_the_form_of_a_doi_makes_no_difference(doi: str, prefix: str) -> None:
    rule = plugins.rule("identifiers")
    bare = rule.apply(Reference(doi=doi))[0].doi
    assert rule.apply(Reference(doi=(prefix + doi).upper()))[0].doi == bare
