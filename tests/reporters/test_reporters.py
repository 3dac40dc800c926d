"""Reports as text: the shape each reporter promises, and foreign text that tries to break out of it."""

from __future__ import annotations

import json
import re

import pytest

from alliancebib import plugins
from alliancebib.finding import Finding, LinkState, RecordState, Report, Standing, Verdict
from alliancebib.model import Origin
from alliancebib.reporters import github, markdown, terminal
from alliancebib.reporters import json as json_reporter

EVIL = "a\x1b[31m|b\r\n::error::c\x9b\u202ed<script>`@x`\u2028 %0A,e:f \ud800"
PAGE = "refs/a b,c:d.txt"


def finding(code: str, message: str = "Something.", *, line: int = 1, page: str = PAGE, fix: str = "") -> Finding:
    origin = Origin(page=page, line=line, column=3)
    return Finding.of(code, message, origin=origin, reference="r1", related=("r2",), fix=fix)


LINKS = (
    LinkState(url="https://a.test/", verdict=Verdict.OK, outcome="ok", status=200, attempts=1, seconds=0.25),
    LinkState(
        url="https://b.test/",
        verdict=Verdict.DEAD,
        outcome="gone",
        status=404,
        attempts=1,
        detail="Gone.",
        checked="2026-11-02",
        references=("r1",),
        since="2026-10-02",
        last_ok="2026-09-02",
        standing=Standing.GRACE,
        archived="https://archive.test/b",
    ),
    LinkState(url="https://c.test/", verdict=Verdict.UNCERTAIN, outcome="skipped"),
)
REPORT = Report(
    findings=(
        finding("AB301", "https://b.test/: Gone.", line=9),
        finding("AB205", "This lacks a title.", line=2),
        finding("AB305", "Moved.", line=5, fix="https://new.test/"),
        finding("AB301", "https://z.test/: Gone.", page="other.bib"),
    ),
    links=LINKS,
    unavailable=("No network: nothing was checked.",),
)


@pytest.mark.parametrize("name", plugins.names("reporters"))
def test_every_reporter_ends_its_text_with_a_line_end(name: str) -> None:
    shelf = plugins.reporter(name)
    for report in (Report(), REPORT, Report(findings=(finding("AB301", EVIL, page=EVIL),), unavailable=(EVIL,))):
        text = shelf.report(report)
        assert text.endswith("\n")
        text.encode("utf-8")
        assert shelf.report(report) == text


def test_terminal_groups_by_file_and_helps_once() -> None:
    lines = terminal.report(REPORT).splitlines()
    assert lines[:5] == [
        f"{PAGE}:2:3: AB205 This lacks a title.",
        f"{PAGE}:5:3: AB305 Moved. Fix: https://new.test/",
        f"{PAGE}:9:3: AB301 https://b.test/: Gone.",
        "",
        "other.bib:1:3: AB301 https://z.test/: Gone.",
    ]
    assert sum("link-gone" in line for line in lines) == 1
    assert lines[-2] == "No network: nothing was checked."
    assert lines[-1] == "Found 2 errors, 2 notes. 3 addresses: 1 ok, 1 dead, 1 uncertain (1 not visited)."


def test_terminal_says_when_there_is_nothing() -> None:
    assert terminal.report(Report()) == "Nothing found.\n"


def test_terminal_takes_no_orders_from_foreign_text() -> None:
    text = terminal.report(Report(findings=(finding("AB301", EVIL, page=EVIL),), unavailable=(EVIL,)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", text)
    assert "\\x1b[31m" in text
    assert not any(line.startswith("::") for line in text.splitlines())


def test_works_are_counted_and_what_nobody_can_check_is_not_called_good() -> None:
    verdicts = ("agrees", "agrees", "differs", "other-work", "unknown", "not-found", "not-checkable", "not-asked")
    states = [RecordState(reference=f"r{number}", key="k", verdict=one) for number, one in enumerate(verdicts)]
    looked_up = Report(records=tuple(states))
    assert terminal.report(looked_up) == (
        "Nothing found. 8 works: 2 confirmed, 1 with other values in the record, 1 with the DOI of another work, "
        "1 with an unknown DOI, 1 not found, 1 not checkable, 1 not asked about.\n"
    )
    assert json.loads(json_reporter.report(looked_up))["records"][3] == {
        "reference": "r3",
        "key": "k",
        "verdict": "other-work",
        "doi": "",
        "by": "",
        "detail": "",
    }


def test_json_has_the_shape_of_version_1() -> None:
    value = json.loads(json_reporter.report(REPORT))
    assert list(value) == ["version", "links", "findings", "accepted", "unavailable", "stopped"]
    assert value["version"] == 1
    assert value["unavailable"] == ["No network: nothing was checked."]
    assert value["links"][1] == {
        "url": "https://b.test/",
        "verdict": "dead",
        "outcome": "gone",
        "status": 404,
        "final_url": "",
        "attempts": 1,
        "seconds": 0.0,
        "detail": "Gone.",
        "checked": "2026-11-02",
        "references": ["r1"],
        "moved_to": "",
        "since": "2026-10-02",
        "last_ok": "2026-09-02",
        "standing": "grace",
        "archived": "https://archive.test/b",
    }
    first = value["findings"][0]
    assert first.pop("help")
    assert first == {
        "code": "AB301",
        "severity": "error",
        "message": "https://b.test/: Gone.",
        "file": PAGE,
        "line": 9,
        "column": 3,
        "reference": "r1",
        "related": ["r2"],
        "subject": "",
        "fix": "",
    }


def test_json_keeps_foreign_text() -> None:
    value = json.loads(json_reporter.report(Report(findings=(finding("AB301", EVIL),))))
    assert value["findings"][0]["message"] == EVIL
    assert "статья" in json_reporter.report(Report(findings=(finding("AB301", "статья"),)))


def test_github_writes_commands_that_cannot_be_broken_out_of() -> None:
    lines = github.report(Report(findings=(finding("AB301", EVIL),))).splitlines()
    start = "::error file=refs/a b%2Cc%3Ad.txt,line=1,col=3,title=AB301 link-gone::a\\x1b[31m|b ::error::c"
    assert lines[0].startswith(start)
    assert "%250A,e:f" in lines[0]
    assert [line for line in lines if line.startswith("::")] == lines[:1]


def test_github_shows_the_ten_worst_and_counts_the_rest() -> None:
    many = tuple(finding(code, line=line) for line in range(1, 5) for code in ("AB205", "AB304", "AB301"))
    lines = github.report(Report(findings=many, unavailable=("No network.",))).splitlines()
    levels = [line[2:].split(" ")[0] for line in lines if line.startswith("::")]
    assert levels == ["error"] * 4 + ["warning"] * 5 + ["notice"]
    assert lines[4] == "::warning title=could not check::No network."
    assert lines[-2] == "3 more annotations would not be shown: the summary of the job has them all."
    assert lines[-1] == "Found 4 errors, 4 warnings, 4 notes."


@pytest.mark.parametrize("page", ["", "stdin", "https://a.test/list"])
def test_github_names_no_place_where_there_is_no_file(page: str) -> None:
    lone = Finding.of("AB301", "https://a.test/: Gone.", origin=Origin(page=page, line=3))
    assert github.report(Report(findings=(lone,))).startswith("::error title=AB301 link-gone::https://a.test/: Gone.")


def test_markdown_is_a_table_with_the_worst_first() -> None:
    lines = markdown.report(REPORT).splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| ---")]
    assert [row.split(" | ")[0] for row in rows[1:]] == ["| error", "| error", "| note", "| note"]
    assert "- No network\\: nothing was checked." in lines


def test_markdown_cannot_be_broken_by_foreign_text() -> None:
    text = markdown.report(Report(findings=(finding("AB301", EVIL, page=EVIL),)))
    (row,) = [line for line in text.splitlines() if line.startswith("| error")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 6
    assert "<script>" not in text
    assert not re.search(r"(?<!\\)`", row)
    assert "@" not in row


def test_markdown_fits_into_a_summary() -> None:
    many = tuple(finding("AB301", "x" * 500, line=line) for line in range(1, 3000))
    text = markdown.report(Report(findings=many))
    assert len(text.encode()) < 1 << 20
    assert re.search(r"\d+ more findings did not fit\.", text)


def test_json_keeps_every_character_and_steers_no_terminal() -> None:
    text = json_reporter.report(Report(findings=(finding("AB301", EVIL),)))
    assert json.loads(text)["findings"][0]["message"] == EVIL
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", text)
