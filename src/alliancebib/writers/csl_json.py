"""CSL-JSON 1.0.2; what CSL has no place for stands under ``custom.alliancebib``, so nothing of a reference is lost.

`written_back` gives a file that somebody else may have made with what changed of its references, and no more.
"""

from __future__ import annotations

import json

from alliancebib.csl.in_place import FORMAT, rewritten
from alliancebib.csl.items import to_csl
from alliancebib.library import Library
from alliancebib.writers import Options, Written

__all__ = ["NOT_HELD", "SUFFIX", "write", "written_back"]

SUFFIX = ".json"
#: CSL-JSON with our block holds every reference whole.
NOT_HELD: dict[str, str] = {}


def write(library: Library, options: Options = Options()) -> str:  # noqa: ARG001 - the shelf's contract
    """Give the library as a list of items, in its order."""
    return json.dumps([to_csl(reference) for reference in library], ensure_ascii=False, indent=2) + "\n"


def written_back(library: Library) -> Written:
    """Give the one file that a library was read from with what changed since; every other character stays.

    Raises:
        ValueError: It was not read from one file of this format, or its items are not those that were read.
    """
    originals = [original for original in library.originals if original.format == FORMAT]
    if len(originals) != 1:
        raise ValueError("it was not read from one file of CSL-JSON")
    text = rewritten(originals[0], {reference.id: reference for reference in library})
    return Written(text, data=text.encode(originals[0].source.encoding, "surrogateescape"))
