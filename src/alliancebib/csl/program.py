"""A style, compiled: what `alliancebib.csl.compiler` makes of the XML, and all that processing needs of it.

Everything here is frozen and holds no state of any rendering; one program serves any number of processors at once.
"""

from __future__ import annotations

import msgspec

from alliancebib.csl.elements.groups import Element
from alliancebib.csl.elements.look import PLAIN, Look
from alliancebib.csl.elements.rendering import Options
from alliancebib.csl.locale import Words

__all__ = ["Area", "Program", "SortKey"]


class SortKey(msgspec.Struct, frozen=True):
    """``cs:key``: a variable, or what a macro prints."""

    variable: str = ""
    macro: Element | None = None
    descending: bool = False


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """``cs:citation`` or ``cs:bibliography``: its layout, how it sorts, and its attributes."""

    elements: tuple[Element, ...]
    look: Look = PLAIN
    delimiter: str = ""
    sort: tuple[SortKey, ...] = ()
    in_text: bool = True
    options: Options = Options()
    # citation
    author: Element
    collapse: str = ""
    cite_group_delimiter: str | None = None
    after_collapse_delimiter: str | None = None
    year_suffix_delimiter: str | None = None
    add_names: bool = False
    add_givenname: bool = False
    givenname_rule: str = "by-cite"
    add_year_suffix: bool = False
    near_note_distance: int = 5
    # bibliography
    hanging_indent: bool = False
    second_field_align: str = ""
    line_spacing: int = 1
    entry_spacing: int = 1
    author_substitute: str | None = None
    author_substitute_rule: str = "complete-all"
    # what its elements and sort keys ask for
    asks_disambiguate: bool = False
    prints_number: bool = False
    sorts_by_number: bool = False
    name_variables: tuple[str, ...] = ()


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A compiled style; ``bibliography`` is None where the style has none."""

    citation: Area | None
    bibliography: Area | None
    words: tuple[Words, ...]
    default_locale: str
    style_class: str
