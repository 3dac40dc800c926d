"""Reports of any findings and links, with any text in them: valid in their formats, and nothing breaks out of them."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from alliancebib import plugins
from alliancebib.finding import Finding, LinkState, RecordState, Report, Severity, Standing, Verdict, register
from alliancebib.model import Origin
from reporters.schemas import json_schema, junit_schema, sarif_schema

#: Any text at all, halves of surrogate pairs included, and text that means something to a format.
TEXT = st.text(st.characters(exclude_categories=[]), max_size=12) | st.sampled_from(
    ["\r\n::error::x", "::set-output name=x::y", "]]><x/>", "&amp;", "%0A::", "[a](https://b.test)", "\x1b[31m", "{0}"]
)
PAGES = TEXT | st.sampled_from(["", "stdin", "a b.txt", "/x/a:b.bib", "../up.bib", "https://a.test/list"])
NUMBERS = st.integers(0, 10**6)

ORIGINS = st.builds(Origin, page=PAGES, line=NUMBERS, column=NUMBERS)
FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(sorted(register())),
    message=TEXT,
    severity=st.sampled_from(Severity),
    origin=ORIGINS,
    reference=TEXT,
    related=st.lists(TEXT, max_size=2).map(tuple),
    help=TEXT,
    fix=TEXT,
    subject=TEXT,
)
LINKS = st.builds(
    LinkState,
    url=TEXT,
    verdict=st.sampled_from(Verdict),
    outcome=TEXT,
    status=st.none() | NUMBERS,
    final_url=TEXT,
    attempts=NUMBERS,
    seconds=st.floats(0, 10**6),
    detail=TEXT,
    checked=TEXT,
    references=st.lists(TEXT, max_size=2).map(tuple),
    moved_to=TEXT,
    since=TEXT,
    last_ok=TEXT,
    standing=st.none() | st.sampled_from(Standing),
    archived=TEXT,
)
RECORDS = st.builds(RecordState, reference=TEXT, key=TEXT, verdict=TEXT, doi=TEXT, by=TEXT, detail=TEXT)
REPORTS = st.builds(
    Report,
    findings=st.lists(FINDINGS, max_size=4).map(tuple),
    links=st.lists(LINKS, max_size=3).map(tuple),
    records=st.lists(RECORDS, max_size=2).map(tuple),
    unavailable=st.lists(TEXT, max_size=2).map(tuple),
    stopped=st.booleans(),
    accepted=st.lists(FINDINGS, max_size=2).map(tuple),
)
STEERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

several = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", plugins.BUILT_IN["reporters"])
@given(report=REPORTS)
@several
def test_a_report_is_text_that_steers_no_terminal(name: str, report: Report) -> None:
    text = plugins.reporter(name).report(report)
    assert text.endswith("\n")
    assert not STEERS.search(text)


@given(report=REPORTS)
@several
def test_sarif_is_valid_and_every_place_is_an_address(report: Report) -> None:
    log = json.loads(plugins.reporter("sarif").report(report))
    assert [error.message for error in sarif_schema().iter_errors(log)] == []
    (run,) = log["runs"]
    assert len(run["results"]) == len(report.findings)
    for result in run["results"]:
        assert result["message"]["text"]
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=:@/%-]+", artifact["uri"])
        assert urlsplit(artifact["uri"]).scheme == ("" if "uriBaseId" in artifact else "file")


@given(report=REPORTS)
@several
def test_junit_is_valid_and_counts_its_cases(report: Report) -> None:
    whole = etree.fromstring(plugins.reporter("junit").report(report).encode("utf-8"))
    junit_schema().assertValid(whole)
    assert int(str(whole.get("tests"))) == len(list(whole.iter("testcase"))) >= len(report.links)
    assert int(str(whole.get("failures"))) == len(list(whole.iter("failure")))
    assert sum(int(str(suite.get("skipped"))) for suite in whole) == len(list(whole.iter("skipped")))


@given(report=REPORTS)
@several
def test_json_is_valid_and_keeps_every_character(report: Report) -> None:
    value = json.loads(plugins.reporter("json").report(report))
    assert [error.message for error in json_schema().iter_errors(value)] == []
    assert [link["url"] for link in value["links"]] == [link.url for link in report.links]
    assert [row["message"] for row in value["findings"]] == [one.message for one in report.findings]


@given(report=REPORTS)
@several
def test_github_has_a_line_for_each_command_and_no_command_of_others(report: Report) -> None:
    lines = plugins.reporter("github").report(report).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == min(len(report.findings) + len(report.unavailable), 10)
    assert all(re.match(r"::(error|warning|notice) [^:]*::", line) for line in commands)
    assert not any(re.match(r"\s*::", line) for line in lines if line not in commands)
