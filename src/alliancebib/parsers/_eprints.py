"""Numbers of preprints at arXiv: a draft comes in, archive and number are set on it."""

from __future__ import annotations

import re

from alliancebib.parsers._draft import Draft

__all__ = ["ARXIV", "settle_eprint"]

#: Numbers of preprints at arXiv, old and new (https://info.arxiv.org/help/arxiv_identifier.html), named or bare.
ARXIV = re.compile(
    r"\barxiv\s?(?:preprint\s?(?:arxiv\s?)?)?:?\s?"
    r"(?P<number>\d{4}\s?\.\s?\d{4,5}(?:v\d+)?|[a-z-]{2,10}(?:\.[A-Z]{2})?\s?/\s?\d{7})",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w./-])(?P<number>(?:0[7-9]|[12]\d)(?:0[1-9]|1[0-2])\s?\.\d{4,5}(?:v\d)?|"
    r"(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math(?:-ph)?|nlin|nucl-(?:ex|th)|physics|quant-ph)"
    r"(?:\.[A-Z]{2})?/\d{7}(?:v\d)?)(?![\w./-]*\d)"
)


def settle_eprint(draft: Draft) -> None:
    """Take the number of a preprint at arXiv; a bare one the model takes for pages."""
    named = ARXIV.search(draft.view) if "arxiv" in draft.view.lower() else None
    match = named or _BARE.search(draft.view)
    if match is None:
        return
    draft.add_extra("archive", "arXiv")
    draft.add_extra("archive_location", re.sub(r"\s", "", match["number"]))
    if not named:
        draft.settle("archive_location", *match.span())
