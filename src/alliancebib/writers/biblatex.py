"""biblatex's own dialect: ``date``, ``journaltitle``, ``location``, ``@report``, ``@thesis``."""

from __future__ import annotations

from alliancebib.bibtex.carrying import not_carried
from alliancebib.bibtex.fields import NOT_HELD
from alliancebib.bibtex.writing import write_library
from alliancebib.library import Library
from alliancebib.writers import Options, Written

__all__ = ["NOT_HELD", "SUFFIX", "compose", "write"]

SUFFIX = ".bib"


def write(library: Library, options: Options = Options()) -> str:  # noqa: ARG001 - the shelf's contract
    """Give the library as a .bib file for biblatex, in its order; references without a citation key get one."""
    return write_library(library, classic=False)


def compose(library: Library, options: Options = Options()) -> Written:
    """Give the text that `write` gives, and say what of the references it does not hold."""
    return Written(write(library, options), not_carried(library))
