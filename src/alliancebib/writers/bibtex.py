"""BibTeX that users of classic BibTeX and of biblatex can both take as it is; see docs/decisions/0004.

What was read from a .bib file and not changed since is written as it stands there.
"""

from __future__ import annotations

from alliancebib.bibtex import FORMAT
from alliancebib.bibtex.carrying import not_carried
from alliancebib.bibtex.fields import NOT_HELD
from alliancebib.bibtex.saving import saved
from alliancebib.bibtex.writing import write_library
from alliancebib.library import Library
from alliancebib.writers import Options, Written

__all__ = ["NOT_HELD", "SUFFIX", "compose", "write"]

SUFFIX = ".bib"


def write(library: Library, options: Options = Options()) -> str:
    """Give the library as a .bib file, in its order; new references without a citation key get one."""
    return compose(library, options).text


def compose(library: Library, options: Options = Options()) -> Written:
    """Give the text that `write` gives, its bytes, and what was noticed."""
    if options.anew or not any(original.format == FORMAT for original in library.originals):
        return Written(write_library(library, classic=True), not_carried(library))
    file = saved(library, classic=True)
    return Written(file.text, (*file.findings, *not_carried(library)), file.data)
