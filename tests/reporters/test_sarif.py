"""SARIF: what GitHub needs to take a file and to keep alerts apart, and places as addresses."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from msgspec.structs import replace

from alliancebib.finding import Finding, Report, Severity, register
from alliancebib.model import Origin
from alliancebib.reporters import sarif
from reporters.schemas import sarif_schema

PAGE = "refs/a b,c:d.txt"


def finding(code: str = "AB301", message: str = "Gone.", **fields: Any) -> Finding:
    fields.setdefault("origin", Origin(page=PAGE, line=9, column=3))
    return Finding.of(code, message, **({"reference": "r1", "subject": "https://b.test/"} | fields))


def run_of(*findings: Finding, **parts: Any) -> dict[str, Any]:
    """Give the one run of a log, after holding the log against the schema."""
    log = json.loads(sarif.report(Report(findings=findings, **parts)))
    assert [error.message for error in sarif_schema().iter_errors(log)] == []
    (run,) = log["runs"]
    return dict(run)


def test_a_result_has_all_that_github_requires() -> None:
    run = run_of(finding())
    (result,) = run["results"]
    mark = result["partialFingerprints"].pop("alliancebibFinding/v1")
    assert re.fullmatch("[0-9a-f]{32}", mark)
    assert result == {
        "ruleId": "AB301",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "Gone."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "refs/a%20b%2Cc%3Ad.txt", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 9, "startColumn": 3},
                }
            }
        ],
        "partialFingerprints": {},
        "properties": {"reference": "r1", "subject": "https://b.test/"},
    }


def test_there_is_a_rule_for_each_code_that_came_up_and_no_other() -> None:
    run = run_of(finding("AB305"), finding("AB301"), finding("AB305"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["AB301", "AB305"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["AB301", "AB305", "AB305"]
    assert rules[0]["name"] == "link-gone"
    assert rules[0]["defaultConfiguration"] == {"level": "error"}
    assert rules[0]["properties"]["tags"] == ["bibliography", "links"]


def test_every_code_of_the_register_makes_a_rule_that_github_takes() -> None:
    rules = run_of(*(finding(code) for code in register()))["tool"]["driver"]["rules"]
    assert len(rules) == len(register())
    for rule in rules:
        texts = (rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"])
        assert all(texts)
        assert all(len(text) <= 1024 for text in texts[:2])
        assert len(rule["properties"]["tags"]) == 2  # a code of a new hundred needs its tag


@pytest.mark.parametrize("page", ["", "stdin", "https://example.org/a list"])
def test_what_stands_in_no_file_is_shown_at_one_place_as_github_refuses_files_without(page: str) -> None:
    (result,) = run_of(finding(origin=Origin(page=page, line=4)))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "alliancebib.toml", "uriBaseId": "%SRCROOT%"},
    }
    assert page in location["message"]["text"] or page == "stdin"
    # GitHub's upload makes this of the text of a line, and has none here.
    assert "primaryLocationLineHash" in result["partialFingerprints"]


@pytest.mark.parametrize(
    ("page", "uri"),
    [
        ("a:b.bib", "a%3Ab.bib"),
        ("./refs/../x.bib", "refs/../x.bib"),
        ("Список.txt", "%D0%A1%D0%BF%D0%B8%D1%81%D0%BE%D0%BA.txt"),
        ("100%#1?.txt", "100%25%231%3F.txt"),
        ("bad\udcff.txt", "bad%FF.txt"),
        ("odd\ud800.txt", "odd%ED%A0%80.txt"),
        ("/home/a b/x.bib", "file:///home/a%20b/x.bib"),
    ],
)
def test_a_path_becomes_an_address(page: str, uri: str) -> None:
    (result,) = run_of(finding(origin=Origin(page=page)))["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri
    assert "region" not in place
    assert ("uriBaseId" in place["artifactLocation"]) is not uri.startswith("file:")


def test_an_alert_stays_the_same_when_lines_move_and_words_change() -> None:
    first = finding(message="Gone.")
    moved = finding(message="Gone since May.", origin=Origin(page=PAGE, line=70, column=1))
    assert sarif.fingerprint(first) == sarif.fingerprint(moved)
    others = (finding("AB302"), finding(reference="r2"), finding(subject="https://c.test/"))
    assert len({sarif.fingerprint(one) for one in (first, *others)}) == 4
    plain = finding(subject="")
    assert sarif.fingerprint(plain) != sarif.fingerprint(replace(plain, message="Another."))


def test_the_worst_come_first_and_what_does_not_fit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    run = run_of(*(finding(code, subject=str(n)) for n in range(2) for code in ("AB305", "AB304", "AB301")))
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["AB301", "AB304"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    (note,) = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == "3 findings less severe than these did not fit into this report."


def test_a_run_that_could_not_check_everything_says_so() -> None:
    (invocation,) = run_of(unavailable=("No network: nothing was checked.",))["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert note == {"level": "error", "message": {"text": "No network: nothing was checked."}}


def test_a_run_that_was_stopped_says_so() -> None:
    (invocation,) = run_of(stopped=True)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "stopped" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_what_was_accepted_is_no_alert() -> None:
    assert run_of(accepted=(finding(),))["results"] == []


def test_foreign_text_becomes_no_link_and_steers_nothing() -> None:
    evil = "a\x1b[31m \u202e [click](https://evil.test) \ud800"
    text = sarif.report(Report(findings=(finding(message=evil, fix=evil, related=(evil,), reference=evil),)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", text)
    assert "[click] (https" in json.loads(text)["runs"][0]["results"][0]["message"]["text"]
    run_of(finding(message=evil, fix=evil, related=(evil,), reference=evil))


def test_an_empty_sentence_is_none_for_github() -> None:
    (result,) = run_of(replace(finding(), message="", severity=Severity.WARNING))["results"]
    assert result["message"]["text"] == register()["AB301"].means
    assert result["level"] == "warning"
