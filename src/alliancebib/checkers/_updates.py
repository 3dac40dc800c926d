"""What a reader must know of a work that its record tells: taken back, doubted, corrected, published elsewhere.

A reference and its record come in, findings go out. Notices are no news about themselves: whoever cites a retraction
notice cites what he means to cite.
"""

from __future__ import annotations

from collections.abc import Iterator

from alliancebib.finding import Finding, Severity
from alliancebib.model import Reference
from alliancebib.updates import Update, as_first_published, in_force, is_marked_retracted, later_forms, updates_of

__all__ = ["updates_told"]

#: Types of updates (https://www.crossref.org/documentation/register-maintain-records) -> code, verb.
_KINDS = {
    **dict.fromkeys(("retraction", "withdrawal", "removal", "partial_retraction"), ("AB409", "was retracted")),
    "expression_of_concern": ("AB410", "is under an expression of concern"),
    **dict.fromkeys(("correction", "corrigendum", "erratum", "addendum", "clarification"), ("AB411", "was corrected")),
    **dict.fromkeys(("new_version", "new_edition"), ("AB412", "has a later version")),
}
_LATER = {"is-preprint-of": "was published as", "is-replaced-by": "was replaced by"}


def updates_told(reference: Reference, record: Reference) -> Iterator[Finding]:
    """Tell what became of the work of a reference, as its record says."""
    told: dict[tuple[str, str], list[Update]] = {}
    for update in in_force(updates_of(record)):
        if update.kind in _KINDS:
            told.setdefault(_KINDS[update.kind], []).append(update)
    for (code, verb), updates in told.items():
        yield _finding(code, f"{record.doi} {verb}: {'; '.join(map(_said, updates))}.", reference)
    if as_first_published(record) is not record and not any(code == "AB409" for code, _ in told):
        yield _marked(reference, record)
    for later in later_forms(record):
        yield _finding("AB412", f"{record.doi} {_LATER.get(later.kind, later.kind)} {later.doi}.", reference, later.doi)


def _marked(reference: Reference, record: Reference) -> Finding:
    """Tell of a title that calls its work retracted, where no update says so.

    A list whose own title says it tells its readers; and some publishers give notices such titles.
    """
    message = f"{record.doi} was retracted, as the title of its record says: '{record.title}'."
    severity = Severity.WARNING if is_marked_retracted(reference.title) else None
    return Finding.of("AB409", message, origin=reference.origin, reference=reference.id, severity=severity)


def _said(update: Update) -> str:
    """Give an update as "Retraction notice 10.5555/r of 2024-02-01 (publisher)"."""
    label = update.label or update.kind.replace("_", " ")
    day = f" of {update.date}" if update.date else ""
    source = f" ({update.source})" if update.source else ""
    return f"{label} {update.doi}{day}{source}"


def _finding(code: str, message: str, reference: Reference, fix: str = "") -> Finding:
    return Finding.of(code, message, origin=reference.origin, reference=reference.id, fix=fix)
