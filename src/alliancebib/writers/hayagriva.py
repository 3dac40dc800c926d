"""Hayagriva's YAML for Typst; what it has no field for stands under `csl` in the entry, which Typst passes over."""

from __future__ import annotations

from alliancebib.finding import Finding
from alliancebib.hayagriva.fields import NOT_HELD, OURS
from alliancebib.hayagriva.writing import write_library
from alliancebib.library import Library
from alliancebib.variables import named_fields
from alliancebib.writers import Options, Written

__all__ = ["NOT_HELD", "SUFFIX", "compose", "write"]

SUFFIX = ".yml"


def write(library: Library, options: Options = Options()) -> str:  # noqa: ARG001 - the shelf's contract
    """Give the library as a Hayagriva file, in its order; references without a citation key get one."""
    return write_library(library)


def compose(library: Library, options: Options = Options()) -> Written:
    """Give the text that `write` gives, and say what of the references it does not hold."""
    left = named_fields(library, own=OURS)
    findings = (
        (Finding.of("AB111", f"No Hayagriva file holds what stands beside the variables: {left}."),) if left else ()
    )
    return Written(write(library, options), findings)
