"""CSL-JSON 1.0.2; what CSL has no place for stands under ``custom.alliancebib``, so nothing of a reference is lost."""

from __future__ import annotations

import json

from alliancebib.csl.items import to_csl
from alliancebib.library import Library
from alliancebib.writers import Options

__all__ = ["NOT_HELD", "SUFFIX", "write"]

SUFFIX = ".json"
#: CSL-JSON with our block holds every reference whole.
NOT_HELD: dict[str, str] = {}


def write(library: Library, options: Options = Options()) -> str:  # noqa: ARG001 - the shelf's contract
    """Give the library as a list of items, in its order."""
    return json.dumps([to_csl(reference) for reference in library], ensure_ascii=False, indent=2) + "\n"
