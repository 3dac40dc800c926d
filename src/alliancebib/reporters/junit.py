"""Reporter: JUnit XML, which nearly every CI shows as tests: a case for each address, and one for each other finding.

JUnit has no levels. A dead address that counts, and an error, is a failure; what is uncertain, does not count (grace,
an archived copy, accepted by a person), or is a warning, is skipped with its reason; notes are left out. The addresses
are the suite "links", other findings a suite for each file. Names hold no lines, so that a case outlives edits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import msgspec

from alliancebib.finding import Finding, LinkState, Report, Severity, Standing, Verdict, explain
from alliancebib.identifiers import is_doi, without_resolver
from alliancebib.reporters._foreign import one_line

__all__ = ["report"]

NAME = "alliancebib"
LINKS = "links"
#: Longest part of a case's name and of a sentence; addresses may be long.
LONGEST = 2000

#: Standing of a dead address that does not count -> what is put before its sentence.
_NOT_COUNTED = {
    Standing.GRACE: "In grace: ",
    Standing.ARCHIVED: "There is an archived copy: ",
    Standing.ACCEPTED: "Accepted: ",
}


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    """One test: ``failure`` or ``skipped`` is why it did not pass, ``places`` where the lines below say so."""

    suite: str
    name: str
    seconds: float = 0.0
    kind: str = ""
    failure: str = ""
    skipped: str = ""
    places: tuple[str, ...] = ()


def report(report: Report) -> str:
    """Give the report as XML that Jenkins' ``junit-10.xsd`` allows."""
    suites: dict[str, list[_Case]] = defaultdict(list)
    for case in _cases(report):
        suites[case.suite].append(case)
    whole = Element("testsuites", {"name": NAME})
    for name, cases in suites.items():
        _add_suite(whole, name, cases)
    if not suites:  # some CIs call a report without any suite broken
        _add_suite(whole, NAME, [])
    for total in ("tests", "failures", "errors"):
        whole.set(total, str(sum(int(suite.get(total, "0")) for suite in whole)))
    indent(whole)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(whole, encoding="unicode")}\n'


def _cases(report: Report) -> Iterator[_Case]:
    told: dict[str, list[Finding]] = defaultdict(list)
    for finding in (*report.findings, *report.accepted):
        if _is_about_address(finding):
            told[finding.subject].append(finding)
    subjects: set[str] = set()
    for link in report.links:
        doi = without_resolver(link.url)
        names = (link.url, doi) if is_doi(doi) else (link.url,)
        subjects.update(names)
        yield _of_link(link, [finding for name in names for finding in told.get(name, ())])
    for findings, accepted in ((report.findings, False), (report.accepted, True)):
        for finding in findings:
            elsewhere = _is_about_address(finding) and finding.subject in subjects
            if not elsewhere and finding.severity is not Severity.NOTE:
                yield _of_finding(finding, accepted=accepted)
    yield from _not_checked(report)


def _not_checked(report: Report) -> Iterator[_Case]:
    for sentence in (
        *report.unavailable,
        *(["The check was stopped before all was checked."] if report.stopped else ()),
    ):
        shown = _text(sentence) or "Something could not be checked."
        yield _Case(suite=NAME, name=shown, skipped=shown)


def _is_about_address(finding: Finding) -> bool:
    """Say whether a finding is what the case of an address tells: that it, or its DOI, leads nowhere, or elsewhere."""
    return bool(finding.subject) and (finding.code.startswith("AB3") or finding.code == "AB401")


def _of_link(link: LinkState, findings: list[Finding]) -> _Case:
    why = _text(link.detail or link.outcome) or link.verdict.value
    counts = link.verdict is Verdict.DEAD and link.standing in {None, Standing.COUNTS}
    passes = link.verdict is Verdict.OK
    why = _NOT_COUNTED.get(link.standing or Standing.COUNTS, "") + why
    code = next((finding.code for finding in findings), "")
    return _Case(
        suite=LINKS,
        name=_text(link.url) or "(empty)",
        seconds=link.seconds,
        kind=_text(f"{code} {link.outcome}".strip()),
        failure=why if counts else "",
        skipped="" if counts or passes else why,
        places=() if passes else tuple(_place(finding) for finding in findings),
    )


def _of_finding(finding: Finding, *, accepted: bool) -> _Case:
    message = _text(finding.message) or explain(finding.code).means
    failed = finding.severity is Severity.ERROR and not accepted
    why = f"Accepted: {message} {_text(finding.help)}".strip() if accepted else message
    return _Case(
        suite=_text(finding.origin.page) or NAME,
        name=f"{finding.code} {message}",
        kind=f"{finding.code} {explain(finding.code).name}",
        failure=why if failed else "",
        skipped="" if failed else why,
        places=(_place(finding),),
    )


def _place(finding: Finding) -> str:
    origin = finding.origin
    spot = f":{origin.line}" if origin.line else ""
    place = f"{_text(origin.page)}{spot}: " if origin.page else ""
    return f"{place}{finding.code} {_text(finding.message)}"


def _add_suite(whole: Element, name: str, cases: Iterable[_Case]) -> None:
    cases = list(cases)
    suite = SubElement(whole, "testsuite", {"name": name, "tests": str(len(cases))})
    suite.set("failures", str(sum(bool(case.failure) for case in cases)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(bool(case.skipped) for case in cases)))
    suite.set("time", f"{sum(case.seconds for case in cases):.3f}")
    taken: dict[str, int] = {}
    for case in cases:
        stated = {"classname": name, "name": _own_name(case.name, taken), "time": f"{case.seconds:.3f}"}
        _add_end(SubElement(suite, "testcase", stated), case)


def _own_name(name: str, taken: dict[str, int]) -> str:
    """Number a name that is taken already: of two cases with one name CIs keep the first alone."""
    shown = name
    while shown in taken:
        taken[name] = taken.get(name, 1) + 1
        shown = f"{name} ({taken[name]})"
    taken[shown] = 1
    return shown


def _add_end(element: Element, case: _Case) -> None:
    if why := case.failure or case.skipped:
        end = SubElement(element, "failure" if case.failure else "skipped", {"message": why})
        if case.kind:
            end.set("type", case.kind)
        end.text = "\n".join([why, *dict.fromkeys(case.places)])  # GitLab shows the text, Jenkins the message


def _text(text: str) -> str:
    r"""Give one harmless line of the characters that XML 1.0 allows (https://www.w3.org/TR/xml/#charsets).

    >>> _text("a\x00b\ufffe")
    'a\\x00b\\ufffe'
    """
    return one_line(text, LONGEST).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
