"""Checker: can every reference be cited? Citation keys that two references share, and keys that BibTeX refuses.

A library comes in, findings go out; nothing is asked and nothing changed.
"""

from __future__ import annotations

import re
from collections import defaultdict

from alliancebib.checkers import Progress
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding, Report
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.web import Web

__all__ = ["NEEDS_WEB", "check"]

NEEDS_WEB = False

#: What BibTeX, biber or \cite stumbles over: delimiters of the file, TeX's active characters, white space, controls.
_REFUSED = re.compile(r"[\s\"#%'(),={}\\~^$&\x00-\x1f\x7f]")


def check(
    library: Library,
    *,
    web: Web,  # noqa: ARG001 - the shelf's face
    settings: CheckSettings,  # noqa: ARG001
    progress: Progress | None = None,  # noqa: ARG001
) -> Report:
    """Look at the citation keys; a reference without one is no finding, it gets one when it is written."""
    sharing: dict[str, list[Reference]] = defaultdict(list)
    for reference in library:
        if reference.key:
            sharing[reference.key.casefold()].append(reference)
    findings = [finding for reference in library if reference.key for finding in _look(reference, sharing)]
    return Report(findings=tuple(findings))


def _look(reference: Reference, sharing: dict[str, list[Reference]]) -> list[Finding]:
    found = []
    if match := _REFUSED.search(reference.key):
        found.append(
            _finding(reference, f"The key `{reference.key}` has a character that BibTeX refuses: {match[0]!r}.")
        )
    group = sharing[reference.key.casefold()]
    if len(group) > 1 and reference is not group[0]:
        same = group[0].key == reference.key
        words = "is that of another reference" if same else f"differs only in case from `{group[0].key}`"
        found.append(_finding(reference, f"The key `{reference.key}` {words}.", group[0].id))
    return found


def _finding(reference: Reference, message: str, other: str = "") -> Finding:
    related = (other,) if other else ()
    return Finding.of("AB208", message, origin=reference.origin, reference=reference.id, related=related)
