"""What no field of a .bib file carries: values of references come in, a finding that names them goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from alliancebib.bibtex.fields import CASED, EXTRA_DATES, EXTRA_NAMES, EXTRA_TEXT, FIELD_NAME, OURS
from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["is_variable", "not_carried"]

#: Values that our own runs make anew.
_OF_RUNS = "alliancebib:"


def is_variable(name: str) -> bool:
    """Say whether a field can have the name of a variable, and whether reading gives its capitals back."""
    plain = ":" not in name and "+" not in name and FIELD_NAME.fullmatch(name)
    return bool(plain) and CASED.get(name.lower(), name.lower()) == name


def not_carried(references: Iterable[Reference]) -> tuple[Finding, ...]:
    """Name the values, the most frequent first, for which no .bib file has a field: those of other formats."""
    tables = {**EXTRA_TEXT, **EXTRA_NAMES, **EXTRA_DATES}
    counts = Counter(
        name
        for reference in references
        for name, value in sorted(reference.extra.items())
        if value and name not in tables and not name.startswith((OURS, _OF_RUNS)) and not is_variable(name)
    )
    left = ", ".join(f"{count} × `{name}`" for name, count in counts.most_common())
    return (Finding.of("AB111", f"No .bib file holds what stands beside the variables: {left}."),) if left else ()
