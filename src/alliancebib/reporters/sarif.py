"""Reporter: SARIF 2.1.0 for code scanning: a rule for each code that came up, a result for each finding, worst first.

GitHub refuses the whole file if one result has no location, or one in another scheme than the checkout's, and takes
25,000 results (https://docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning).
Of the fingerprints it reads ``primaryLocationLineHash`` alone, which its own upload makes from the text of the line
and warns of where it is there already: so that one is given only where there is no line to make it from. It shows
results with ``suppressions`` as open alerts, so what people accepted is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alliancebib.finding import CodeEntry, Finding, Report, Severity, explain
from alliancebib.reporters._foreign import escaped_json, is_file, one_line
from alliancebib.reporters._tally import by_severity, counted

__all__ = ["report"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
#: More results than this make GitHub refuse the file.
MOST_RESULTS = 25_000
#: Where a finding is shown that belongs to no file: always the same one, as GitHub tells alerts apart by their file.
NO_PLACE = "alliancebib.toml"

_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}

#: First digit of a code -> what it is about, for filters.
_TAGS = {
    "1": "reading",
    "2": "fields",
    "3": "links",
    "4": "records",
    "5": "duplicates",
    "6": "formatting",
    "7": "decisions",
}

_Json = dict[str, Any]


def report(report: Report) -> str:
    """Give the report as one SARIF log with one run."""
    findings = [finding for found in by_severity(report).values() for finding in found]
    shown, hidden = findings[:MOST_RESULTS], len(findings[MOST_RESULTS:])
    codes = sorted({finding.code for finding in shown})
    run = {
        "tool": {"driver": _driver() | {"rules": [_rule(explain(code)) for code in codes]}},
        "invocations": [_invocation(report, hidden=hidden)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in shown],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped_json(json.dumps(log, ensure_ascii=False, indent=1))


def _driver() -> _Json:
    """Give name and version of this program, and its home page where its package states one."""
    stated = metadata("alliancebib")
    pages = dict(page.split(", ", 1) for page in stated.get_all("Project-URL") or ())
    home = {"informationUri": pages["Homepage"]} if "Homepage" in pages else {}
    return {"name": "alliancebib", "version": stated["Version"], "semanticVersion": stated["Version"]} | home


def _rule(entry: CodeEntry) -> _Json:
    return {
        "id": entry.code,
        "name": entry.name,
        "shortDescription": {"text": entry.means},
        "fullDescription": {"text": f"{entry.means} {entry.why}"},
        "help": {
            "text": f"{entry.why} What to do: {entry.help}",
            "markdown": f"{entry.means}\n\n{entry.why}\n\n**What to do:** {entry.help}",
        },
        "defaultConfiguration": {"level": entry.severity.value},
        "properties": {
            "tags": ["bibliography", *([_TAGS[entry.code[2]]] if entry.code[2] in _TAGS else [])],
            "problem.severity": _PROBLEM[entry.severity],
        },
    }


def _invocation(report: Report, *, hidden: int) -> _Json:
    """Say whether everything could be checked: a run that could not must not make old alerts look mended."""
    told = [_notification("error", one_line(sentence)) for sentence in report.unavailable]
    if report.stopped:
        told.append(_notification("error", "The check was stopped before all was checked."))
    if hidden:
        rest = counted(hidden, "finding")
        told.append(_notification("warning", f"{rest} less severe than these did not fit into this report."))
    return {"executionSuccessful": not (report.unavailable or report.stopped), "toolExecutionNotifications": told}


def _notification(level: str, text: str) -> _Json:
    return {"level": level, "message": {"text": _plain(text)}}


def _result(finding: Finding, rule: int) -> _Json:
    location, mark = _location(finding), fingerprint(finding)
    prints = {"alliancebibFinding/v1": mark}
    if "region" not in location["physicalLocation"]:
        prints["primaryLocationLineHash"] = mark
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": _plain(one_line(finding.message)) or explain(finding.code).means},
        "locations": [location],
        "partialFingerprints": prints,
        "properties": _properties(finding),
    }


def fingerprint(finding: Finding) -> str:
    """Name a finding by its code, reference and subject (or sentence): never by a line, which moves.

    >>> from alliancebib.finding import Finding
    >>> a = Finding.of("AB301", "https://a.test/: Gone since May.", reference="r1", subject="https://a.test/")
    >>> b = Finding.of("AB301", "https://a.test/: Gone.", reference="r1", subject="https://a.test/")
    >>> fingerprint(a) == fingerprint(b)
    True
    """
    about = "\0".join((finding.code, finding.reference, finding.subject or finding.message))
    return hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _location(finding: Finding) -> _Json:
    """Give the place in the list; what stands in no file gets one that GitHub is sure to take."""
    page, line = finding.origin.page, finding.origin.line
    if not is_file(page):
        told = f"It belongs to no file of this repository: {one_line(page)}" if page else "It belongs to no file."
        spot = {"artifactLocation": {"uri": NO_PLACE, "uriBaseId": ROOT}}
        return {"physicalLocation": spot, "message": {"text": _plain(told)}}
    region = {"region": {"startLine": line, "startColumn": max(finding.origin.column, 1)}} if line > 0 else {}
    return {"physicalLocation": {"artifactLocation": _artifact(page), **region}}


def _artifact(page: str) -> _Json:
    path = Path(page)
    uri = quote(path.as_posix().encode("utf-8", _handler(page)))  # a colon too, which would make a scheme of a name
    if path.is_absolute():
        return {"uri": f"file://{uri if uri.startswith('/') else f'/{uri}'}"}
    return {"uri": uri, "uriBaseId": ROOT}


def _handler(name: str) -> str:
    """Name the way to the bytes of a file's name: those that are no UTF-8 came in as surrogates."""
    stray = [ord(char) for char in name if "\ud800" <= char <= "\udfff"]
    return "surrogateescape" if all(0xDC80 <= number <= 0xDCFF for number in stray) else "surrogatepass"


def _properties(finding: Finding) -> _Json:
    """Give what SARIF has no place for. A `fix` of SARIF would need the region to replace, which nobody knows here."""
    known: Iterable[tuple[str, str | list[str]]] = (
        ("reference", one_line(finding.reference)),
        ("related", [one_line(other) for other in finding.related]),
        ("subject", one_line(finding.subject, limit=2000)),
        ("fix", one_line(finding.fix, limit=2000)),
        ("help", one_line(finding.help) if finding.help != explain(finding.code).help else ""),
    )
    return {name: value for name, value in known if value}


def _plain(text: str) -> str:
    """Keep foreign text from becoming a link: SARIF reads ``[words](target)`` in plain messages."""
    return text.replace("](", "] (")
