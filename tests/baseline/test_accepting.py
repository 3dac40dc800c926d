"""Known faults stand apart, new ones count; what is healed, over or doubled is told with its line."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from alliancebib.baseline import Baseline, Fault, Looked, accept_faults
from alliancebib.finding import Finding, Report, Standing
from baseline.made import TODAY, URL, fault, finding, link, looked, report
from baseline.made import baseline as made


def passed(whole: Report, *faults: Fault, seen: Looked | None = None, today: date = TODAY) -> Report:
    return accept_faults(whole, made(*faults), looked=seen or looked(), today=today)


def test_a_known_fault_stands_apart_and_a_new_one_counts() -> None:
    known, new = finding(), finding("AB204", subject="", message="`pages` is odd.")
    whole = passed(report(known, new, links=(link(),)), fault())
    assert whole.findings == (new,)
    assert [one.code for one in whole.accepted] == ["AB301"]
    assert whole.accepted[0].help == "Accepted since 2026-11-01: known"
    assert whole.links[0].standing is Standing.ACCEPTED


def test_what_was_refused_and_is_gone_is_new() -> None:
    whole = passed(report(finding("AB301"), links=(link("gone"),)), fault("AB303"))
    assert [one.code for one in whole.findings] == ["AB301", "AB711"]
    assert "the address is gone" in whole.findings[1].message


def test_an_outcome_that_is_not_stated_stands_for_any() -> None:
    whole = passed(report(finding(), links=(link(),)), fault(outcome=""))
    assert (whole.findings, len(whole.accepted)) == ((), 1)
    other = passed(report(finding(), links=(link(),)), fault(outcome="invalid"))
    assert "AB301" in {one.code for one in other.findings}


def test_a_fault_without_a_subject_is_known_by_its_sentence() -> None:
    known = fault("AB204", subject="", message="`pages` is odd.")
    same = finding("AB204", subject="", message="`pages` is odd.")
    other = finding("AB204", subject="", message="`pages` is odder.")
    assert passed(report(same), known).findings == ()
    assert [one.code for one in passed(report(other), known).findings] == ["AB204", "AB711"]
    elsewhere = msgspec.structs.replace(same, reference="r2")
    assert elsewhere in passed(report(elsewhere), known).findings


def test_a_fault_of_one_entry_is_not_that_of_another() -> None:
    whole = passed(report(finding(), finding(reference="r2"), links=(link(),)), fault())
    assert [one.reference for one in whole.findings] == ["r2"]
    assert whole.links[0].standing is None  # somebody else still cites it


def test_an_address_in_no_library_is_known_by_code_and_address() -> None:
    listed = Looked(checkers=frozenset(["links", "dois"]))
    for known in (fault(reference=""), fault(reference="r1")):
        assert passed(report(finding(reference=""), links=(link(),)), known, seen=listed).findings == ()
    assert passed(report(finding(), links=(link(),)), fault(reference="")).findings == ()


def test_a_reference_that_was_joined_with_another_keeps_what_was_accepted() -> None:
    seen = Looked(checkers=frozenset(["links"]), references={"r1": "r1", "old": "r1"})
    assert passed(report(finding(), links=(link(),)), fault(reference="old"), seen=seen).findings == ()


def test_a_doi_is_found_under_its_address() -> None:
    doi = "10.1002/(SICI)1096<1::AID-1>3.0.CO;2-1".lower()
    state = link("gone", url="https://doi.org/10.1002/(sici)1096%3C1::aid-1%3E3.0.co;2-1")
    whole = passed(report(finding("AB401", subject=doi), links=(state,)), fault("AB401", subject=doi, outcome="gone"))
    assert whole.findings == ()
    assert whole.links[0].standing is Standing.ACCEPTED


def test_the_last_day_is_included_and_then_it_counts_again() -> None:
    limited = fault(until=date(2026, 11, 28))
    whole = report(finding(), links=(link(),))
    assert passed(whole, limited).findings == ()
    over = passed(whole, limited, today=date(2026, 11, 29))
    assert [one.code for one in over.findings] == ["AB301"]
    assert over.findings[0].message.endswith("It was accepted until 2026-11-28.")
    assert (over.accepted, over.links[0].standing) == ((), None)
    renewed = fault(until=None, outcome="", reason="again")
    assert passed(whole, limited, renewed, today=date(2026, 11, 29)).findings == ()


def test_a_fault_that_stands_twice_passes_and_is_told() -> None:
    whole = passed(report(finding(), links=(link(),)), fault(), fault(reason="other"))
    (told,) = whole.findings
    assert (told.code, told.origin.page, told.origin.line) == ("AB713", "accepted.toml", 5)
    assert told.message.endswith("is accepted twice, first in line 4.")


def test_a_healed_fault_is_told_at_its_line() -> None:
    whole = passed(report(links=(link("ok", status=200),)), fault("AB303"), fault())
    assert [(one.code, one.origin.line, one.severity) for one in whole.findings] == [
        ("AB711", 4, "note"),
        ("AB711", 5, "note"),
    ]
    assert whole.findings[1].message == (
        f"Accepted fault healed: AB301 link-gone of {URL} (r1), accepted since 2026-11-01, "
        "is not true any more: the address is ok."
    )


def test_what_the_settings_accept_too_is_not_healed() -> None:
    whole = Report(accepted=(finding("AB303"),), links=(link("refused", status=403),))
    assert passed(whole, fault("AB303")).findings == ()


def test_half_a_surrogate_pair_hinders_nothing() -> None:
    odd = finding("AB204", subject="", message="`\udc80` is odd.")
    known = Fault.of(odd, outcome="", today=TODAY)
    assert passed(report(odd), known).findings == ()


@pytest.mark.parametrize("place", ["", "accepted.toml"])
def test_without_a_baseline_nothing_changes(place: str) -> None:
    whole = report(finding(), links=(link(),))
    assert accept_faults(whole, Baseline(place=place), looked=looked(), today=TODAY) == whole


def test_a_report_that_is_joined_has_what_both_accepted_once() -> None:
    one = Report(accepted=(finding(),))
    assert one.joined(one).accepted == (finding(),)
    assert one.joined(Report(findings=(Finding.of("AB105", "x"),))).accepted == (finding(),)
