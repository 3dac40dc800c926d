"""Addresses of preprints and other electronic prints, from ``eprint`` and its type (biblatex's manual, 2.2.2).

The fields themselves stay as they are: CSL has no variable for them, and the address says all that they say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["eprint_address"]

#: The addresses that biblatex's own formats print.
_ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "jstor": "https://www.jstor.org/stable/{}",
    "pubmed": "https://www.ncbi.nlm.nih.gov/pubmed/{}",
    "hdl": "https://hdl.handle.net/{}",
    "googlebooks": "https://books.google.com/books?id={}",
}
_NUMBER = re.compile(r"[\w./:-]+")


def eprint_address(fields: Mapping[str, str]) -> str:
    """Give the address that the sources of an entry's fields tell; the empty text where they tell none.

    >>> eprint_address({"eprint": "2101.00001v2", "archiveprefix": "arXiv"})
    'https://arxiv.org/abs/2101.00001v2'
    >>> eprint_address({"eprint": "9603067", "eprinttype": "arxiv", "eprintclass": "hep-th"})
    'https://arxiv.org/abs/hep-th/9603067'
    """
    kind = (fields.get("eprinttype") or fields.get("archiveprefix") or "").strip("{} ").lower()
    number = re.sub(r"\\(?=_)|[{}\s]", "", fields.get("eprint", ""))
    number = re.sub(rf"^{kind}:", "", number, flags=re.IGNORECASE) if kind in _ADDRESSES else ""
    if not _NUMBER.fullmatch(number):
        return ""
    if kind == "arxiv" and re.fullmatch(r"\d{7}(v\d+)?", number):  # before April 2007 numbers were those of an archive
        archive = (fields.get("eprintclass") or fields.get("primaryclass") or "").strip("{} ").partition(".")[0]
        if not archive:
            return ""
        number = f"{archive}/{number}"
    return _ADDRESSES[kind].format(number)
