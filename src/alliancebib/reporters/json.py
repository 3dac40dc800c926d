"""Reporter: JSON for programs, version 1: every address and work with its verdict, every finding with its place.

The shape is made of the types below, and so is its JSON Schema (``alliancebib explain --report-schema``). Fields may be
added within a version; none is taken away or changes its meaning. A program gets every character that was there; what
would steer a terminal stands as JSON's own escape.
"""

from __future__ import annotations

import json
from inspect import cleandoc
from typing import Annotated, Any, Literal

import msgspec

from alliancebib.finding import Finding, LinkState, RecordState, Report, Severity
from alliancebib.reporters._foreign import escaped_json

__all__ = ["report", "report_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION: Literal[1] = 1


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a person should know, with its place: file, line and column from 1, line 0 where there is none.

    ``reference`` is the id of the reference, ``related`` ids of others, ``subject`` the address or DOI in question,
    ``help`` the next step, ``fix`` the text that would mend it where there is one.
    """

    code: str
    severity: Severity
    message: str
    file: str
    line: Annotated[int, msgspec.Meta(ge=0)]
    column: Annotated[int, msgspec.Meta(ge=0)]
    reference: str
    related: tuple[str, ...]
    subject: str
    help: str
    fix: str


class WholeReport(msgspec.Struct, frozen=True, kw_only=True):
    """What `alliancebib check --report json` writes.

    ``links`` are the states of all addresses, ``unavailable`` sentences on what could not be checked; ``stopped``: by
    Ctrl-C, before all was checked. ``accepted`` are findings that do not count, as their ``help`` says. ``records`` are
    there where works were looked up.
    """

    version: Literal[1]
    links: tuple[LinkState, ...]
    findings: tuple[FindingRow, ...]
    accepted: tuple[FindingRow, ...]
    unavailable: tuple[str, ...]
    stopped: bool
    records: tuple[RecordState, ...] | msgspec.UnsetType = msgspec.UNSET


def report(report: Report) -> str:
    """Give the report as one JSON object."""
    whole = WholeReport(
        version=VERSION,
        links=report.links,
        findings=tuple(_row(finding) for finding in report.findings),
        accepted=tuple(_row(finding) for finding in report.accepted),
        unavailable=report.unavailable,
        stopped=report.stopped,
        records=report.records or msgspec.UNSET,
    )
    try:
        return escaped_json(msgspec.json.format(msgspec.json.encode(whole), indent=2).decode())
    except UnicodeEncodeError:  # half a surrogate pair, which only the standard library writes
        return escaped_json(json.dumps(msgspec.to_builtins(whole), ensure_ascii=False, indent=2))


def report_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a report, for programs that read it."""
    schema = msgspec.json.schema(WholeReport)
    for definition in schema["$defs"].values():
        definition["description"] = cleandoc(definition.get("description", ""))
        if "properties" in definition:  # a default is written like any other value, so that every field is there
            definition["required"] = [name for name in definition["properties"] if name != "records"]
            for field in definition["properties"].values():
                field.pop("default", None)
    return {"$schema": DIALECT, "title": "A report of alliancebib check", **schema}


def _row(finding: Finding) -> FindingRow:
    origin = finding.origin
    return FindingRow(
        code=finding.code,
        severity=finding.severity,
        message=finding.message,
        file=origin.page,
        line=origin.line,
        column=origin.column,
        reference=finding.reference,
        related=finding.related,
        subject=finding.subject,
        help=finding.help,
        fix=finding.fix,
    )
