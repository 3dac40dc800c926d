"""The JSON report and its schema: one is made of the other's types, so that both change together."""

from __future__ import annotations

import json

import pytest

from alliancebib.finding import Finding, LinkState, RecordState, Report, Standing, Verdict
from alliancebib.model import Origin
from alliancebib.reporters import json as json_reporter
from reporters.schemas import json_schema

FULL = Report(
    findings=(
        Finding.of(
            "AB301",
            "Gone.",
            origin=Origin(page="a.txt", line=2, column=3),
            reference="r1",
            related=("r2",),
            fix="https://new.test/",
            subject="https://old.test/",
        ),
        Finding.of("AB701", "No such id."),
    ),
    links=tuple(
        LinkState(
            url=f"https://{verdict}-{standing}.test/",
            verdict=verdict,
            outcome="gone",
            status=404,
            final_url="https://b.test/",
            attempts=2,
            seconds=0.5,
            detail="Gone.",
            checked="2026-11-02",
            references=("r1",),
            moved_to="https://c.test/",
            since="2026-10-02",
            last_ok="2026-09-02",
            standing=standing,
            archived="https://d.test/",
        )
        for verdict in Verdict
        for standing in (None, *Standing)
    ),
    records=(RecordState(reference="r1", key="k", verdict="differs", doi="10.1/x", by="Crossref", detail="The year."),),
    unavailable=("Crossref was not reached.",),
    stopped=True,
    accepted=(Finding.of("AB302", "A loop.", help="It opens in a browser."),),
)


@pytest.mark.parametrize("report", [Report(), FULL], ids=["nothing", "everything"])
def test_a_report_is_as_its_schema_says(report: Report) -> None:
    value = json.loads(json_reporter.report(report))
    assert [error.message for error in json_schema().iter_errors(value)] == []


def test_the_schema_knows_every_field_and_requires_it() -> None:
    value = json.loads(json_reporter.report(FULL))
    kinds = json_reporter.report_schema()["$defs"]
    for kind, row in (
        ("WholeReport", value),
        ("LinkState", value["links"][0]),
        ("FindingRow", value["findings"][0]),
        ("RecordState", value["records"][0]),
    ):
        assert list(kinds[kind]["properties"]) == list(row)
        assert set(kinds[kind]["required"]) == set(row) - {"records"}


@pytest.mark.parametrize(
    ("part", "name", "wrong"),
    [
        ("links", "verdict", "perhaps"),
        ("links", "standing", "odd"),
        ("findings", "severity", "bad"),
        ("findings", "line", -1),
    ],
)
def test_the_schema_refuses_what_is_no_report(part: str, name: str, wrong: object) -> None:
    value = json.loads(json_reporter.report(FULL))
    value[part][0][name] = wrong
    assert list(json_schema().iter_errors(value))
    del value[part][0][name]
    assert list(json_schema().iter_errors(value))
