"""Answers that hosts are known to give, as the settings name them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from alliancebib.baseline import accept_answers
from alliancebib.checkers._verdict import CODES, VERDICTS
from alliancebib.config import ACCEPTABLE, AcceptedAnswer, load_project
from alliancebib.errors import UsageError
from alliancebib.finding import Standing, Verdict
from baseline.made import TODAY, finding, link, report


def answer(host: str = "www.example.org", value: int | str = 403, until: date | None = None) -> AcceptedAnswer:
    return AcceptedAnswer(host=host, answer=value, reason="robot filter", until=until)


@pytest.mark.parametrize(
    ("code", "outcome", "status", "value", "accepted"),
    [
        ("AB303", "refused", 403, 403, True),
        ("AB303", "refused", 403, "refused", True),
        ("AB303", "refused", 403, 429, False),
        ("AB303", "refused", 403, "unreachable", False),
        ("AB304", "unreachable", None, "unreachable", True),
        ("AB304", "unreachable", 503, 503, True),
        ("AB308", "unknown", 200, 200, True),
        ("AB301", "gone", 200, 200, False),  # nobody said that its pages may be gone
        ("AB301", "gone", 404, 404, True),
        ("AB301", "gone", 410, 404, False),
        ("AB301", "gone", 200, "gone", True),
        ("AB302", "invalid", None, "invalid", True),
        ("AB302", "invalid", 301, 301, False),
        ("AB306", "ok", 200, 200, False),
        ("AB305", "moved", 200, 200, False),
    ],
)
def test_status_or_outcome_decides(
    code: str, outcome: str, status: int | None, value: int | str, accepted: bool
) -> None:
    state = link(outcome, status=status)
    whole = accept_answers(report(finding(code), links=(state,)), [answer(value=value)], today=TODAY)
    assert ([one.code for one in whole.accepted] == [code]) is accepted
    assert ([one.code for one in whole.findings] == [code]) is not accepted
    assert whole.links[0].verdict is state.verdict
    dead = state.verdict is Verdict.DEAD
    assert whole.links[0].standing is (Standing.ACCEPTED if accepted and dead else None)


@pytest.mark.parametrize(
    ("host", "url", "accepted"),
    [
        ("www.example.org", "https://www.example.org/a", True),
        ("WWW.Example.org", "https://www.example.org:8443/a", True),
        ("example.org", "https://www.example.org/a", False),
        ("*.example.org", "https://www.example.org/a", True),
        ("*.example.org", "https://example.org/a", True),
        ("*.example.org", "https://badexample.org/a", False),
        ("*.example.org", "https://example.org.evil.example/a", False),
        ("пример.рф", "https://xn--e1afmkfd.xn--p1ai/", True),
        ("[::1]", "http://[::1]:80/", True),
        ("www.example.org", "no address", False),
    ],
)
def test_the_host_is_the_whole_host(host: str, url: str, accepted: bool) -> None:
    state = link("refused", url=url, status=403)
    whole = accept_answers(report(finding("AB303", subject=url), links=(state,)), [answer(host)], today=TODAY)
    assert bool(whole.accepted) is accepted


def test_the_host_that_answered_counts_as_the_one_that_is_cited() -> None:
    state = msgspec.structs.replace(link("refused", status=403), final_url="https://wall.example.net/")
    whole = accept_answers(report(finding("AB303"), links=(state,)), [answer("wall.example.net")], today=TODAY)
    assert whole.accepted[0].help == "Accepted: robot filter"


def test_after_its_last_day_it_counts_and_a_note_says_so() -> None:
    whole = report(finding("AB303"), finding("AB303", reference="r2"), links=(link("refused", status=403),))
    over = answer(until=date(2026, 11, 27))
    again = accept_answers(whole, [over], today=TODAY, place="alliancebib.toml")
    assert [one.code for one in again.findings] == ["AB303", "AB303", "AB712"]
    assert again.findings[2].origin.page == "alliancebib.toml"
    assert "until 2026-11-27; 2 findings count again." in again.findings[2].message
    assert accept_answers(whole, [answer(until=TODAY)], today=TODAY).findings == ()
    assert accept_answers(whole, [over, answer("*.example.org")], today=TODAY).findings == ()


def test_nothing_to_accept_changes_nothing() -> None:
    whole = report(finding("AB303", subject="https://unknown.example/"), finding(), links=(link(),))
    assert accept_answers(whole, [answer()], today=TODAY) == whole
    assert accept_answers(whole, [], today=TODAY) == whole


def test_every_outcome_with_a_finding_can_be_accepted() -> None:
    assert set(ACCEPTABLE) == set(CODES)
    assert set(ACCEPTABLE) < set(VERDICTS)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('host = "e.org"\nanswer = "refusd"\nreason = "x"', "Did you mean `refused`?"),
        ('host = "e.org"\nanswer = "moved"\nreason = "x"', "There is no outcome `moved`"),
        ('host = "e.org"\nanswer = "403"\nreason = "x"', "without quotes"),
        ('host = "e.org"\nanswer = 1\nreason = "x"', "1 is no status"),
        ('host = "e.org"\nanswer = true\nreason = "x"', "check.accept[0].answer"),
        ('host = "https://e.org/"\nanswer = 403\nreason = "x"', "is no host"),
        ('host = "e.org/a"\nanswer = 403\nreason = "x"', "is no host"),
        ('host = "e.org:8080"\nanswer = 403\nreason = "x"', "is no host"),
        ('host = "*"\nanswer = 403\nreason = "x"', "is no host"),
        ('host = "a.*.org"\nanswer = 403\nreason = "x"', "is no host"),
        ('host = ""\nanswer = 403\nreason = "x"', "is no host"),
        ('host = "user@e.org"\nanswer = 403\nreason = "x"', "is no host"),
        ('host = "e.org"\nanswer = 403\nreason = " "', "`reason` is empty"),
        ('host = "e.org"\nanswer = 403', "`reason`"),
        ('host = "e.org"\nanswer = 403\nreason = "x"\nuntil = "soon"', "check.accept[0].until"),
        ('hots = "e.org"\nanswer = 403\nreason = "x"', "Did you mean `check.accept.host`"),
    ],
)
def test_nonsense_is_an_error_of_the_settings(tmp_path: Path, lines: str, words: str) -> None:
    file = tmp_path / "alliancebib.toml"
    file.write_text(f"[[check.accept]]\n{lines}\n", "utf-8")
    with pytest.raises(UsageError) as problem:
        load_project(tmp_path)
    assert words in problem.value.message
    assert (problem.value.place, problem.value.exit_code) == (str(file), 2)
    assert "check.accept" in problem.value.message
