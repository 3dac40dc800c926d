"""JUnit: what fails, what is skipped, and why; cases that a CI can tell apart."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from lxml import etree

from alliancebib.finding import Finding, LinkState, Report, Standing, Verdict
from alliancebib.model import Origin
from alliancebib.reporters import junit
from reporters.schemas import junit_schema


def link(url: str, verdict: Verdict, outcome: str, **fields: Any) -> LinkState:
    return LinkState(url=url, verdict=verdict, outcome=outcome, **fields)


def finding(code: str, message: str, *, page: str = "list.txt", line: int = 9, **fields: Any) -> Finding:
    return Finding.of(code, message, origin=Origin(page=page, line=line), **fields)


def read(*findings: Finding, **parts: Any) -> etree._Element:
    """Give the report as XML, after holding it against the schema."""
    text = junit.report(Report(findings=findings, **parts))
    whole = etree.fromstring(text.encode("utf-8"))
    junit_schema().assertValid(whole)
    return whole


def ends(whole: etree._Element) -> dict[str, tuple[str, str]]:
    """Give for each case how it ended, and its text."""
    return {
        str(case.get("name")): (str(case[0].tag), str(case[0].text)) if len(case) else ("passed", "")
        for case in whole.iter("testcase")
    }


def test_an_address_passes_fails_or_is_skipped() -> None:
    dead = partial(link, verdict=Verdict.DEAD, outcome="gone", detail="It answers 404.")
    whole = read(
        links=(
            link("https://ok.test/", Verdict.OK, "ok", seconds=1.23456),
            dead("https://dead.test/"),
            dead("https://counts.test/", standing=Standing.COUNTS),
            dead("https://grace.test/", standing=Standing.GRACE),
            dead("https://archived.test/", standing=Standing.ARCHIVED),
            dead("https://accepted.test/", standing=Standing.ACCEPTED),
            link("https://wall.test/", Verdict.UNCERTAIN, "refused", detail="It answers 403."),
        )
    )
    assert ends(whole) == {
        "https://ok.test/": ("passed", ""),
        "https://dead.test/": ("failure", "It answers 404."),
        "https://counts.test/": ("failure", "It answers 404."),
        "https://grace.test/": ("skipped", "In grace: It answers 404."),
        "https://archived.test/": ("skipped", "There is an archived copy: It answers 404."),
        "https://accepted.test/": ("skipped", "Accepted: It answers 404."),
        "https://wall.test/": ("skipped", "It answers 403."),
    }
    (suite,) = whole
    assert {str(name): str(value) for name, value in suite.attrib.items()} == {
        "name": "links",
        "tests": "7",
        "failures": "2",
        "errors": "0",
        "skipped": "4",
        "time": "1.235",
    }
    assert whole.get("failures") == "2"


def test_a_dead_address_names_every_line_that_cites_it_and_its_code() -> None:
    url = "https://dead.test/"
    told = [finding("AB301", f"{url}: Gone.", line=line, subject=url) for line in (9, 40)]
    whole = read(*told, links=(link(url, Verdict.DEAD, "gone", detail="Gone."),))
    (case,) = whole.iter("testcase")
    assert case[0].get("type") == "AB301 gone"
    assert str(case[0].text).splitlines() == [
        "Gone.",
        "list.txt:9: AB301 https://dead.test/: Gone.",
        "list.txt:40: AB301 https://dead.test/: Gone.",
    ]


def test_a_doi_that_is_a_case_of_its_own_is_not_told_twice() -> None:
    gone = link("https://doi.org/10.1234/ABC", Verdict.DEAD, "gone", detail="There is no such DOI.")
    told = finding("AB401", "There is no such DOI.", subject="10.1234/abc")
    other = finding("AB402", "It belongs to another work.", subject="10.1234/abc")
    assert list(ends(read(told, other, links=(gone,)))) == [
        "https://doi.org/10.1234/ABC",
        "AB402 It belongs to another work.",
    ]


def test_other_findings_are_grouped_by_file_and_warnings_are_no_failures() -> None:
    whole = read(
        finding("AB401", "No such DOI.", page="a.bib"),
        finding("AB206", "A date in the future.", page="b.bib"),
        finding("AB205", "A title is missing.", page="a.bib"),
        unavailable=("Crossref was not reached.",),
    )
    assert [suite.get("name") for suite in whole] == ["a.bib", "b.bib", "alliancebib"]
    assert ends(whole) == {
        "AB401 No such DOI.": ("failure", "No such DOI.\na.bib:9: AB401 No such DOI."),
        "AB206 A date in the future.": ("skipped", "A date in the future.\nb.bib:9: AB206 A date in the future."),
        "Crossref was not reached.": ("skipped", "Crossref was not reached."),
    }


def test_what_was_accepted_is_skipped_with_the_reason() -> None:
    url = "https://dead.test/"
    accepted = (
        finding("AB402", "It belongs to another work.", help="The record is wrong."),
        finding("AB301", f"{url}: Gone.", subject=url),
        finding("AB205", "A title is missing."),
    )
    dead = link(url, Verdict.DEAD, "gone", detail="Gone.", standing=Standing.ACCEPTED)
    assert {name: end[0] for name, end in ends(read(accepted=accepted, links=(dead,))).items()} == {
        url: "skipped",
        "AB402 It belongs to another work.": "skipped",
    }
    (_, case) = read(accepted=accepted, links=(dead,)).iter("testcase")
    assert case[0].get("message") == "Accepted: It belongs to another work. The record is wrong."


def test_a_check_that_was_stopped_says_so() -> None:
    assert ends(read(stopped=True)) == {
        "The check was stopped before all was checked.": ("skipped", "The check was stopped before all was checked.")
    }


def test_cases_of_one_name_are_numbered() -> None:
    findings = [finding("AB206", text, line=line) for line, text in enumerate(("x", "x (2)", "x", "x"), start=1)]
    assert list(ends(read(*findings))) == ["AB206 x", "AB206 x (2)", "AB206 x (3)", "AB206 x (4)"]


@pytest.mark.parametrize(
    "char", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff", "]]>", "<b>&\"'", "\u2028", "😀"]
)
def test_no_character_breaks_the_file(char: str) -> None:
    url = f"https://a.test/{char}"
    whole = read(
        finding("AB301", char, page=char, subject=url),
        finding("AB206", char, page=char),
        links=(link(url, Verdict.DEAD, char, detail=char), link("", Verdict.UNCERTAIN, "")),
        unavailable=(char, ""),
    )
    assert len(list(whole.iter("testcase"))) == 5


def test_a_report_of_nothing_has_a_suite_as_some_readers_need_one() -> None:
    (suite,) = read()
    assert (suite.get("name"), suite.get("tests")) == ("alliancebib", "0")
