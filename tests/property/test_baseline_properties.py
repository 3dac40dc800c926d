"""Invariants of what people accepted: any baseline survives its file; what was accepted is not new."""

from __future__ import annotations

import contextlib
import random
from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from alliancebib.baseline import Baseline, Fault, Looked, accept_faults, baseline_text, read_baseline, updated
from alliancebib.errors import UsageError
from alliancebib.finding import Finding, LinkState, Report, Severity, Verdict

QUICK = settings(max_examples=60, deadline=None)
TODAY = date(2026, 11, 28)
#: Any text, halves of surrogate pairs included.
TEXT = st.text(st.characters(codec=None), max_size=12)
WHOLE_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CODES = st.sampled_from(["AB204", "AB301", "AB303", "AB401", "AB409", "AB103"])
DAYS = st.none() | st.dates(date(1000, 1, 1))
SUBJECTS = st.sampled_from(["https://a.example/", "https://b.example/", "10.5555/a", ""])
IDS = st.sampled_from(["", "r1", "r2"])


def faults(text: SearchStrategy[str]) -> SearchStrategy[Fault]:
    return st.builds(
        Fault,
        code=CODES,
        reference=text | IDS,
        subject=text.filter(bool),
        message=text,
        outcome=text,
        since=DAYS,
        until=DAYS,
        reason=text,
    )


def findings() -> SearchStrategy[Finding]:
    made = st.builds(Finding.of, CODES, TEXT.filter(bool), reference=IDS, subject=SUBJECTS)
    return made.map(lambda one: msgspec.structs.replace(one, severity=Severity.ERROR))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    outcomes = {"ok": Verdict.OK, "gone": Verdict.DEAD, "refused": Verdict.UNCERTAIN, "skipped": Verdict.UNCERTAIN}
    links = []
    for url in ("https://a.example/", "https://b.example/", "https://doi.org/10.5555/a"):
        outcome = draw(st.sampled_from(sorted(outcomes)))
        links.append(LinkState(url=url, verdict=outcomes[outcome], outcome=outcome, checked="2026-11-28"))
    noticed = draw(st.lists(findings(), max_size=6))
    return Report(findings=tuple(dict.fromkeys(noticed)), links=tuple(links), stopped=draw(st.booleans()))


@st.composite
def looks(draw: st.DrawFn) -> Looked:
    ran = draw(st.frozensets(st.sampled_from(["fields", "links", "dois", "records"])))
    return Looked(checkers=ran, references={"r1": "r1"}, whole=draw(st.booleans()))


def brought(report: Report, baseline: Baseline, looked: Looked) -> Baseline:
    return updated(report, baseline, looked=looked, today=TODAY, fails=lambda _: True).baseline


@QUICK
@given(st.lists(faults(WHOLE_TEXT), max_size=5))
def test_any_baseline_survives_its_file(some: list[Fault]) -> None:
    text = baseline_text(Baseline(faults=tuple(some)))
    again = read_baseline(text.encode())
    assert sorted(map(repr, again.faults)) == sorted(set(map(repr, some)))
    assert baseline_text(again) == text
    assert again.lines == tuple(range(4, 4 + len(again.faults)))
    assert len(text.splitlines()) == 4 + len(again.faults)


@QUICK
@given(st.lists(faults(TEXT), max_size=5), st.randoms(use_true_random=False))
def test_order_changes_no_byte_and_every_text_is_text(some: list[Fault], chance: random.Random) -> None:
    text = baseline_text(Baseline(faults=tuple(some)))
    chance.shuffle(some)
    assert baseline_text(Baseline(faults=tuple(some))) == text
    assert baseline_text(read_baseline(text.encode())) == text


@QUICK
@given(reports(), st.lists(faults(WHOLE_TEXT), max_size=3), looks())
def test_what_was_accepted_is_not_new_and_accepting_again_changes_nothing(
    report: Report, known: list[Fault], looked: Looked
) -> None:
    first = brought(report, Baseline(faults=tuple(known)), looked)
    written = read_baseline(baseline_text(first).encode())
    assert accept_faults(report, written, looked=looked, today=TODAY).findings == ()
    second = brought(report, written, looked)
    assert baseline_text(second) == baseline_text(first)


@QUICK
@given(reports(), looks(), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(report: Report, looked: Looked, chance: random.Random) -> None:
    shuffled = list(report.findings)
    chance.shuffle(shuffled)
    other = msgspec.structs.replace(report, findings=tuple(shuffled))
    assert brought(report, Baseline(), looked) == brought(other, Baseline(), looked)


@QUICK
@given(reports(), st.lists(faults(WHOLE_TEXT) | findings().map(lambda one: Fault.of(one, outcome="", today=TODAY))))
def test_no_finding_is_lost_and_none_is_invented(report: Report, known: list[Fault]) -> None:
    looked = Looked(checkers=frozenset(["fields", "links"]), references={"r1": "r1"}, whole=True)
    whole = accept_faults(report, Baseline(faults=tuple(known)), looked=looked, today=TODAY)
    told = [one for one in whole.findings if one.code not in {"AB711", "AB713"}]
    assert len(told) + len(whole.accepted) == len(report.findings)
    assert {(one.code, one.subject, one.reference) for one in (*told, *whole.accepted)} == {
        (one.code, one.subject, one.reference) for one in report.findings
    }
    assert [link.verdict for link in whole.links] == [link.verdict for link in report.links]


@QUICK
@given(st.binary(max_size=60), st.binary(max_size=60))
def test_any_bytes_are_a_baseline_or_an_error_of_the_call(front: bytes, back: bytes) -> None:
    for data in (front, front + b"\naccepted = [ { " + back + b" } ]", b"accepted = [\n { code = 'AB301', " + back):
        with contextlib.suppress(UsageError):
            read_baseline(data, place="x.toml")
