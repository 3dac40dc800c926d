"""RIS for EndNote, Zotero, Mendeley and their like; what RIS has no tag for stands in lines `M2  - variable: text`."""

from __future__ import annotations

from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.ris.tags import NOT_HELD, OURS
from alliancebib.ris.writing import write_library
from alliancebib.variables import named_fields
from alliancebib.writers import Options, Written

__all__ = ["NOT_HELD", "SUFFIX", "compose", "write"]

SUFFIX = ".ris"


def write(library: Library, options: Options = Options()) -> str:  # noqa: ARG001 - the shelf's contract
    """Give the library as RIS, in its order."""
    return write_library(library)


def compose(library: Library, options: Options = Options()) -> Written:
    """Give the text that `write` gives, and say what of the references it does not hold."""
    left = named_fields(library, own=OURS)
    findings = (Finding.of("AB111", f"No RIS file holds what stands beside the variables: {left}."),) if left else ()
    return Written(write(library, options), findings)
