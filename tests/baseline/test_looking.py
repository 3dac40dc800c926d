"""Nothing is called healed that was not looked at."""

from __future__ import annotations

import re
from datetime import date

import pytest

from alliancebib.baseline import Fault, Looked, accept_faults
from alliancebib.baseline.looking import CHECKERS
from alliancebib.finding import Finding, RecordState, Report, register
from alliancebib.library import Library
from alliancebib.model import Reference
from baseline.made import TODAY, fault, link, looked, report
from baseline.made import baseline as made
from shared_data import ROOT


def is_healed(known: Fault, whole: Report, seen: Looked) -> bool:
    found = accept_faults(whole, made(known), looked=seen, today=TODAY).findings
    assert {one.code for one in found} <= {"AB711"}
    return bool(found)


@pytest.mark.parametrize(
    ("code", "outcome", "healed"),
    [
        ("AB301", "ok", True),
        ("AB301", "moved", True),
        ("AB301", "invalid", True),  # another fault now, which counts
        ("AB301", "gone", False),
        ("AB301", "refused", False),  # a robot filter says nothing of the page
        ("AB301", "unreachable", False),
        ("AB301", "skipped", False),
        ("AB303", "gone", True),
        ("AB303", "unreachable", False),
        ("AB304", "refused", False),
        ("AB304", "ok", True),
        ("AB306", "ok", True),
        ("AB307", "skipped", False),
    ],
)
def test_only_an_answer_that_settles_it_heals_an_address(code: str, outcome: str, healed: bool) -> None:
    assert is_healed(fault(code), report(links=(link(outcome),)), looked()) is healed


def test_what_was_seen_before_it_was_accepted_is_no_news() -> None:
    before = report(links=(link("ok", checked="2026-10-31"),))
    assert not is_healed(fault(), before, looked())
    assert not is_healed(fault(), report(links=(link("ok", checked=""),)), looked())
    assert is_healed(fault(since=None), before, looked())


@pytest.mark.parametrize("code", ["AB301", "AB204", "AB409", "AB213"])
def test_what_did_not_run_heals_nothing(code: str) -> None:
    known = fault(code, subject="" if code == "AB204" else "x", message="m" if code == "AB204" else "")
    assert not is_healed(known, report(), looked("keys"))


def test_an_address_that_is_cited_no_more_is_healed_if_nothing_was_left_out() -> None:
    assert is_healed(fault(), report(), looked())
    assert not is_healed(fault(), report(unavailable=("Not visited within the deadline: x.",)), looked())
    assert not is_healed(fault(reference="r9"), report(), looked(whole=False))
    other = fault(reference="r2")  # r1 alone cites it now
    assert is_healed(other, report(links=(link("gone"),)), looked())


def test_a_list_of_addresses_heals_only_what_it_has() -> None:
    listed = Looked(checkers=frozenset(["dois", "links"]))
    assert not is_healed(fault(), report(), listed)
    assert is_healed(fault(), report(links=(link("ok"),)), listed)


def test_a_reference_that_is_gone_is_told_only_of_the_whole_bibliography() -> None:
    for known in (fault("AB204", subject="", message="m", reference="r9"), fault(reference="r9"), fault("AB409")):
        missing = Fault(code=known.code, subject=known.subject, message=known.message, reference="r9")
        assert is_healed(missing, report(), looked("keys"))  # whatever ran
        assert not is_healed(missing, report(), looked(whole=False))


@pytest.mark.parametrize("code", ["AB212", "AB501", "AB503", "AB701"])
def test_what_compares_references_is_settled_by_the_whole_bibliography(code: str) -> None:
    known = fault(code, subject="", message="m")
    assert is_healed(known, report(), looked())
    assert not is_healed(known, report(), looked(whole=False))


def test_a_fault_of_no_reference_is_settled_by_the_whole_bibliography() -> None:
    known = fault("AB103", subject="", message="m", reference="")
    assert is_healed(known, report(), looked())
    assert not is_healed(known, report(), looked(whole=False))


@pytest.mark.parametrize(
    ("code", "verdict", "healed"),
    [
        ("AB409", "agrees", True),
        ("AB409", "not-found", False),  # no record, no news
        ("AB409", "not-asked", False),
        ("AB402", "agrees", True),
        ("AB405", "differs", True),
        ("AB402", "not-asked", False),
    ],
)
def test_what_a_record_tells_is_healed_by_a_record(code: str, verdict: str, healed: bool) -> None:
    whole = Report(records=(RecordState(reference="r1", key="k", verdict=verdict),))
    assert is_healed(fault(code, subject="", message="m"), whole, looked()) is healed


def test_a_check_that_was_stopped_heals_only_what_it_visited() -> None:
    stopped = Report(stopped=True, unavailable=("Stopped.",), links=(link("ok"),))
    assert is_healed(fault(), stopped, looked())
    assert not is_healed(fault("AB204", subject="", message="m"), stopped, looked())


def test_a_bibliography_of_which_a_part_was_not_read_is_not_whole() -> None:
    one = Reference(id="r1")
    assert Looked.at(Library([one]), ["keys"], whole=True).whole
    assert not Looked.at(Library(), ["keys"], whole=True).whole
    broken = Library([one], findings=[Finding.of("AB106", "A part could not be read.")])
    assert not Looked.at(broken, ["keys"], whole=True).whole
    assert Looked.at(Library([one], aliases={"r0": "r1"}), [], whole=True).references == {"r0": "r1", "r1": "r1"}


def test_the_checker_of_every_code_is_known() -> None:
    """A code that a new checker tells must be here; else it would count as looked for where that did not run."""
    folder = ROOT / "src" / "alliancebib" / "checkers"
    told = {code for path in folder.glob("*.py") for code in re.findall(r'"(AB\d{3})"', path.read_text("utf-8"))}
    assert told - {"AB501", "AB504"} <= set(CHECKERS)  # these are noticed when an input is joined, too
    assert set(CHECKERS) <= set(register())
    for name in {checker for checker in CHECKERS.values() if checker not in {"records", "links"}}:
        own = {code for code, checker in CHECKERS.items() if checker == name}
        assert any(code in (folder / f"{name}.py").read_text("utf-8") for code in own)


def test_a_day_to_come_is_no_visit_of_today() -> None:
    assert not is_healed(fault(since=date(2027, 1, 1)), report(links=(link("ok"),)), looked())
