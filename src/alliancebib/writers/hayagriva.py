"""Hayagriva's YAML for Typst; what it has no field for stands under `csl` in the entry, which Typst passes over."""

from __future__ import annotations

from alliancebib.hayagriva.fields import NOT_HELD
from alliancebib.hayagriva.writing import write_library
from alliancebib.library import Library
from alliancebib.writers import Options

__all__ = ["NOT_HELD", "SUFFIX", "write"]

SUFFIX = ".yml"


def write(library: Library, options: Options = Options()) -> str:  # noqa: ARG001 - the shelf's contract
    """Give the library as a Hayagriva file, in its order; references without a citation key get one."""
    return write_library(library)
