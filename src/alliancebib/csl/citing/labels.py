"""The variable ``citation-label``: a trigraph of authors and year where an item brings no label of its own."""

from __future__ import annotations

from alliancebib.csl.item import Item

__all__ = ["citation_label"]

_SHARES = {1: (4,), 2: (2, 2), 3: (1, 1, 2)}
_NAMES = ("author", "editor", "translator", "container-author")


def citation_label(item: Item) -> str:
    """Give the label of an item, "Doe04" for one author, "DoRo04" for two, "DRNo" for three and "ABCD" for more."""
    own = item.text("citation-label")
    if own:
        return own
    names = next((found for name in _NAMES if (found := item.names(name))), ())
    shares = _SHARES.get(len(names), (1, 1, 1, 1))
    words = [(name.family or name.literal).replace(" ", "") for name in names]
    text = "".join(word[:share] for word, share in zip(words, shares, strict=False))
    date = item.date("issued")
    year = f"{date.start.year % 100:02}" if date is not None and date.start.year else ""
    return text + year
