"""RIS for EndNote, Zotero, Mendeley and their like; what RIS has no tag for stands in lines `M2  - variable: text`."""

from __future__ import annotations

from alliancebib.library import Library
from alliancebib.ris.tags import NOT_HELD
from alliancebib.ris.writing import write_library
from alliancebib.writers import Options

__all__ = ["NOT_HELD", "SUFFIX", "write"]

SUFFIX = ".ris"


def write(library: Library, options: Options = Options()) -> str:  # noqa: ARG001 - the shelf's contract
    """Give the library as RIS, in its order."""
    return write_library(library)
