"""What was noticed: `Finding` values with stable codes, states of addresses and records, the `Report` that joins them.

A finding is data: a code, one sentence, a next step, the place. Nothing here prints. The register of codes is the one
list of everything the library can notice; ``alliancebib explain CODE`` and the documentation are made from it.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from alliancebib.errors import UnknownName
from alliancebib.model import Origin

__all__ = [
    "CodeEntry",
    "Finding",
    "LinkState",
    "RecordState",
    "Report",
    "Severity",
    "Standing",
    "Verdict",
    "explain",
    "register",
]


class Severity(StrEnum):
    """How bad it is; the order is that of the list."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return list(Severity).index(self)


class Verdict(StrEnum):
    """What is said of an address."""

    OK = "ok"
    DEAD = "dead"
    UNCERTAIN = "uncertain"


class CodeEntry(msgspec.Struct, frozen=True):
    """One row of the register: the code's name, how bad it is, what it means, why it matters, what to do."""

    code: str
    name: str
    severity: Severity
    means: str
    why: str
    help: str


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a person should know.

    ``code`` is in the register, ``message`` one sentence with the values in question, ``reference`` the id of the
    reference, ``related`` ids of others, ``fix`` the text that would mend it where there is one. ``subject`` is the
    address or DOI that it is about: with code and reference it names the finding for ever, whatever the sentence says.
    """

    code: str
    message: str
    severity: Severity
    origin: Origin = Origin()
    reference: str = ""
    related: tuple[str, ...] = ()
    help: str = ""
    fix: str = ""
    subject: str = ""

    @classmethod
    def of(  # noqa: PLR0913 - the fields of the record, all by name
        cls,
        code: str,
        message: str,
        *,
        origin: Origin | None = None,
        reference: str = "",
        related: tuple[str, ...] = (),
        fix: str = "",
        subject: str = "",
        help: str = "",  # noqa: A002
        severity: Severity | None = None,
    ) -> Finding:
        """Make a finding with the severity and the next step that the register has for its code."""
        entry = explain(code)
        return cls(
            code=code,
            message=message,
            severity=severity or entry.severity,
            origin=origin or Origin(),
            reference=reference,
            related=related,
            help=help or entry.help,
            fix=fix,
            subject=subject,
        )


class Standing(StrEnum):
    """What becomes of a dead address: it counts or not.

    It does not where it has days of grace left, where all that cite it have an archived copy that is well, or where a
    person accepted it.
    """

    COUNTS = "counts"
    GRACE = "grace"
    ARCHIVED = "archived"
    ACCEPTED = "accepted"


class LinkState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False, gc=False):
    """What one address answered: verdict, the precise outcome behind it, and the evidence.

    ``outcome`` is one of ok, moved, gone, invalid, refused, unreachable, unknown, skipped. ``seconds`` is the time from
    the first request to the verdict, waiting included. ``detail`` is one sentence, ``references`` the ids citing it,
    ``checked`` the day of the visit (ISO). ``moved_to`` is where permanent redirects alone lead. ``since`` is the day
    from which on every run found it dead, ``last_ok`` the last day on which it was not; ``standing`` is said of the
    dead alone. ``archived`` is the address of an archived copy.
    """

    url: str
    verdict: Verdict
    outcome: str
    status: int | None = None
    final_url: str = ""
    attempts: int = 0
    seconds: float = 0.0
    detail: str = ""
    checked: str = ""
    references: tuple[str, ...] = ()
    moved_to: str = ""
    since: str = ""
    last_ok: str = ""
    standing: Standing | None = None
    archived: str = ""


class RecordState(msgspec.Struct, frozen=True, kw_only=True):
    """What services know of one reference, by its id and citation key: a verdict, and who said it.

    ``verdict`` is one of agrees, differs (in a field), other-work (the DOI belongs to one), unknown (the DOI),
    not-found (which proves nothing), not-checkable (news, a web page, a DOI of another agency), not-asked (no network).
    ``by`` is the service or agency, ``detail`` one sentence or more.
    """

    reference: str
    key: str
    verdict: str
    doi: str = ""
    by: str = ""
    detail: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks say.

    Findings in the order of the list, the state of each address and of each reference, what could not be checked;
    ``stopped``: somebody pressed Ctrl-C before all was checked.
    ``accepted`` are the findings that a person accepted: they do not count, and their ``help`` says why.
    """

    findings: tuple[Finding, ...] = ()
    links: tuple[LinkState, ...] = ()
    records: tuple[RecordState, ...] = ()
    unavailable: tuple[str, ...] = ()
    stopped: bool = False
    accepted: tuple[Finding, ...] = ()

    def joined(self, other: Report) -> Report:
        """Give both reports as one; a finding that both have stands once."""
        return Report(
            findings=tuple(dict.fromkeys(self.findings + other.findings)),
            links=self.links + other.links,
            records=self.records + other.records,
            unavailable=self.unavailable + other.unavailable,
            stopped=self.stopped or other.stopped,
            accepted=tuple(dict.fromkeys(self.accepted + other.accepted)),
        )


@cache
def register() -> dict[str, CodeEntry]:
    """Give every code the library can report, from ``findings.toml`` beside this module."""
    table = tomllib.loads(files("alliancebib").joinpath("findings.toml").read_text("utf-8"))
    return {code: msgspec.convert({"code": code, **row}, CodeEntry) for code, row in table.items()}


def explain(code: str) -> CodeEntry:
    """Give the register's row for a code.

    Raises:
        UnknownName: There is no such code.
    """
    try:
        return register()[code.upper()]
    except KeyError:
        raise UnknownName("code", code.upper(), register(), help="`alliancebib explain` lists all codes.") from None
