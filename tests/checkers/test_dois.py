"""DOIs asked of a made-up handle service: exists, unknown, unclear, and a service that is away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from alliancebib.checkers import dois
from alliancebib.config import CheckSettings
from alliancebib.errors import OfflineError, UnreachableError
from alliancebib.finding import Report
from alliancebib.library import Library
from alliancebib.model import Origin, Reference
from alliancebib.web import Answer, Visit

SICI = "10.1002/(sici)1096-8644(199601)99:1<1::aid-1>3.0.co;2-#"
SETTINGS = CheckSettings(doi_base_url="https://handles.test/", per_host=2)


class Service:
    """A web with one service on it; nothing may be visited."""

    def __init__(self, answer: Callable[[str], Answer]) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, str]]] = []

    def ask(self, url: str, *, params: Any = None, accept: str = "") -> Answer:
        self.asked.append((url, dict(params or {})))
        return self.answer(url)

    def visit(self, url: str) -> Visit:
        raise AssertionError(url)


def said(status: int, body: str) -> Service:
    return Service(lambda url: Answer(url=url, status=status, body=body.encode()))


def reference(doi: str, line: int = 1, url: str = "") -> Reference:
    return Reference(id=f"r{line}", doi=doi, url=url, origins=(Origin(page="list.bib", line=line),))


def checked(service: Service, *references: Reference) -> Report:
    return dois.check(Library(references), web=service, settings=SETTINGS)


EXISTS = '{"responseCode":1,"values":[{"index":1,"type":"URL","data":{"format":"string","value":"https://p.test/1"}}]}'


@pytest.mark.parametrize(
    ("status", "body", "verdict", "outcome"),
    [
        (200, EXISTS, "ok", "ok"),
        (404, '{"responseCode":100}', "dead", "gone"),
        (200, '{"responseCode":100}', "dead", "gone"),
        (404, "", "uncertain", "unknown"),
        (200, '{"responseCode":2}', "uncertain", "unknown"),
        (200, '{"responseCode":200}', "uncertain", "unknown"),
        (404, "<html>Not here</html>", "uncertain", "unknown"),
        (500, '{"responseCode":1}', "uncertain", "unknown"),
        (200, "<html>Please log in to the WLAN</html>", "uncertain", "unknown"),
        (200, "[]", "uncertain", "unknown"),
        (403, "", "uncertain", "unknown"),
    ],
)
def test_each_answer_has_its_verdict(status: int, body: str, verdict: str, outcome: str) -> None:
    report = checked(said(status, body), reference("10.1000/1"))
    (state,) = report.links
    assert (state.url, state.verdict, state.outcome) == ("https://doi.org/10.1000/1", verdict, outcome)
    assert [finding.code for finding in report.findings] == (["AB401"] if verdict == "dead" else [])
    assert state.references == ("r1",)


def test_the_question_is_encoded_and_put_once_for_all_that_cite_it() -> None:
    service = said(404, '{"responseCode":100}')
    report = checked(service, reference(SICI, 1), reference("", 2, f"https://doi.org/{SICI[:-1]}%23"), reference("", 3))
    encoded = "10.1002/%28sici%291096-8644%28199601%2999%3A1%3C1%3A%3Aaid-1%3E3.0.co%3B2-%23"
    assert service.asked == [(f"https://handles.test/api/handles/{encoded}", {"type": "URL"})]
    assert [(finding.code, finding.origin.line) for finding in report.findings] == [("AB401", 1), ("AB401", 2)]
    assert len(report.links) == 1


def test_where_a_doi_leads_is_kept() -> None:
    assert checked(said(200, EXISTS), reference("10.1000/1")).links[0].final_url == "https://p.test/1"


def test_what_is_no_doi_is_not_asked_about() -> None:
    service = said(200, EXISTS)
    report = checked(service, reference("doi.org/10.1000", 4))
    assert [(finding.code, finding.origin.line) for finding in report.findings] == [("AB201", 4)]
    assert (service.asked, report.links) == ([], ())


def test_a_service_that_is_away_is_named_once_and_soon_left() -> None:
    def away(_: str) -> Answer:
        raise UnreachableError("no connection to handles.test")

    service = Service(away)
    report = checked(service, *(reference(f"10.1000/{number}", number) for number in range(20)))
    assert len(report.unavailable) == 1
    assert "20 of 20" in report.unavailable[0]
    assert "no connection to handles.test" in report.unavailable[0]
    assert len(service.asked) <= dois.MOST_FAILURES + SETTINGS.per_host
    assert {(state.verdict.value, state.outcome) for state in report.links} == {("uncertain", "skipped")}
    assert report.findings == ()


def test_offline_what_is_known_is_still_told() -> None:
    def offline(url: str) -> Answer:
        if url.endswith("/7"):
            return Answer(url=url, status=200, body=EXISTS.encode(), cached=True)
        raise OfflineError("offline, and nothing is kept")

    report = checked(Service(offline), *(reference(f"10.1000/{number}", number) for number in range(10)))
    assert [state.verdict.value for state in report.links].count("ok") == 1
    assert len(report.unavailable) == 1
