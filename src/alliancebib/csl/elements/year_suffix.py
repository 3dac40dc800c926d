"""The letter behind a year that tells two cites apart (CSL 1.0.2, "Disambiguation", ``disambiguate-add-year-suffix``).

A style may print the variable ``year-suffix`` itself; where it does not, the letter follows the first year.
"""

from __future__ import annotations

from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.output.tree import Branch, Leaf, Node

__all__ = ["implicit_suffix"]


def implicit_suffix(rendering: Rendering, variable: str) -> Node | None:
    """Give the letter for a date, once, where the style does not print it itself.

    A day of access has it only where the work has no date of its own.
    """
    letters = rendering.hints.year_suffix
    if not letters or rendering.suffix_printed or rendering.options.explicit_suffix:
        return None
    if variable == "accessed" and rendering.item.has("issued"):
        return None
    rendering.suffix_printed = True
    return Branch((Leaf(letters, "year-suffix"),), tag="year-suffix")
