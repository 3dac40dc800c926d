"""The variable ``citation-label``: a trigraph of authors and year where an item brings no label of its own."""

from __future__ import annotations

from alliancebib.csl.item import Item

__all__ = ["citation_label"]

#: How many letters of each name, by the number of names, as citeproc-js makes labels.
_SHARES = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_NAMES = ("author", "editor", "translator", "container-author")


def citation_label(item: Item) -> str:
    """Give the label of an item, "Doe04" for one author, "DoRo04" for two, "DoRN04" for three and "DRNP04" for more.

    A title stands in for authors, "00" for a year that is not known.
    """
    own = item.text("citation-label")
    if own:
        return own
    names = next((found for name in _NAMES if (found := item.names(name))), ())
    shares = _SHARES.get(len(names), (1, 1, 1, 1))
    words = [_letters(name.family or name.literal) for name in names]
    text = "".join(word[:share] for word, share in zip(words, shares, strict=False)) or _letters(item.text("title"))[:4]
    date = item.date("issued")
    return f"{text}{abs(date.start.year) % 100 if date is not None else 0:02}" if text else ""


def _letters(text: str) -> str:
    """Give the letters of a name, only the first of them a capital."""
    return "".join(character for character in text if character.isalnum()).capitalize()
