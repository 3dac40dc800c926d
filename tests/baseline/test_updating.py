"""A baseline brought up to date: what fails is accepted, what is healed dropped, and the rest left alone."""

from __future__ import annotations

from datetime import date

from alliancebib.baseline import Fault, Looked, Updated, updated
from alliancebib.finding import Finding, Report, Severity
from baseline.made import BEFORE, TODAY, URL, fault, finding, link, looked, report
from baseline.made import baseline as made


def brought(whole: Report, *faults: Fault, seen: Looked | None = None) -> Updated:
    def fails(found: Finding) -> bool:
        return found.severity is Severity.ERROR

    return updated(whole, made(*faults), looked=seen or looked(), today=TODAY, fails=fails)


def test_what_fails_is_accepted_from_today_without_a_reason() -> None:
    new = brought(report(finding(), finding("AB303"), links=(link(),)))
    expected = Fault(code="AB301", reference="r1", subject=URL, outcome="gone", since=TODAY)
    assert new.baseline.faults == new.added == (expected,)


def test_what_holds_keeps_its_days_and_reason() -> None:
    known = fault(until=date(2027, 3, 1))
    new = brought(report(finding(), links=(link(),)), known)
    assert (new.baseline.faults, new.added, new.removed) == ((known,), (), ())


def test_what_would_not_fail_any_more_stays_as_it_is() -> None:
    known = fault("AB303")
    assert brought(report(finding("AB303"), links=(link("refused"),)), known).baseline.faults == (known,)


def test_what_is_healed_is_dropped_and_what_was_not_looked_at_stays() -> None:
    known, other = fault(), fault(subject="https://www.example.org/b")
    whole = report(links=(link("ok"), link("skipped", url=other.subject)))
    new = brought(whole, known, other)
    assert (new.baseline.faults, new.removed) == ((other,), (known,))
    assert brought(report(), known, seen=looked("keys")).baseline.faults == (known,)


def test_what_is_over_is_accepted_anew_for_the_same_reason() -> None:
    over = fault(until=BEFORE)
    new = brought(report(finding(), links=(link(),)), over)
    assert new.baseline.faults == new.renewed == (fault(since=TODAY),)
    assert (new.added, new.removed) == ((), ())


def test_of_two_lines_the_one_in_force_with_a_reason_stays() -> None:
    over, bare, good = fault(until=BEFORE), fault(reason=""), fault(reason="why")
    for faults in ((over, bare, good), (good, over, bare)):
        assert brought(report(finding(), links=(link(),)), *faults).baseline.faults == (good,)


def test_what_the_settings_accept_is_not_written_down() -> None:
    assert brought(Report(accepted=(finding(),), links=(link(),))).baseline.faults == ()
