"""A work that stands twice, or may do so, is told."""

from __future__ import annotations

from alliancebib.checkers import duplicates
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.matching import dedupe
from alliancebib.model import Reference
from no_web import NoWeb

HEADLINE = "Leaders say the bloc has developed contacts with natural partners"


def checked(library: Library) -> tuple[Finding, ...]:
    return duplicates.check(library, web=NoWeb(), settings=CheckSettings()).findings


def item(number: int, outlet: str = "") -> Reference:
    return Reference(id=f"r{number}", kind="article-newspaper", title=HEADLINE, container_title=outlet)


def test_a_work_that_stands_twice_is_told() -> None:
    (finding,) = checked(Library([item(1), item(2)]))
    assert (finding.code, finding.reference, finding.related) == ("AB501", "r1", ("r2",))
    assert "One work stands twice" in finding.message


def test_a_doubtful_pair_is_told_once() -> None:
    library = Library([item(1, "TASS"), item(2, "Reuters")])
    (finding,) = checked(library)
    assert "Perhaps one work" in finding.message
    assert checked(dedupe(library)) == ()


def test_different_works_are_no_findings_and_progress_is_made() -> None:
    seen: list[tuple[str, int, int]] = []
    library = Library([item(1), Reference(id="r2", kind="book", title="Alliance politics")])
    report = duplicates.check(library, web=NoWeb(), settings=CheckSettings(), progress=lambda *step: seen.append(step))
    assert report.findings == ()
    assert (seen[0], seen[-1]) == (("duplicates", 0, 4), ("duplicates", 4, 4))
