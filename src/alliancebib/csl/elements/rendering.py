"""The state of one rendering: the item, the cite it stands in, and what has been called and printed so far.

Elements of a style never change; whatever one rendering has to remember is here and is thrown away with it, so that
nothing leaks from one cite to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from alliancebib.csl.item import Item, PersonName
from alliancebib.csl.locale import Locale

__all__ = ["NO_CITE", "NO_HINTS", "CiteFacts", "Hints", "NamesShown", "Options", "Rendering"]


class CiteFacts(NamedTuple):
    """What a cite says beside naming the item.

    ``position`` counts first 0, subsequent 1, ibid 2, ibid-with-locator 3.
    """

    locator: str = ""
    label: str = ""
    position: int = 0
    near_note: bool = False
    first_note: int = 0
    number: int = 0
    citation_label: str = ""


class NamesShown(NamedTuple):
    """A list of names that was printed: all of it, how many are shown, and what tells its given names apart.

    ``mark`` is what stands behind initials, None where given names stand whole; ``with_particle`` says that a particle
    sorts with the family name, ``long`` that given names are shown at all.
    """

    names: tuple[PersonName, ...]
    shown: int
    mark: str | None
    with_particle: bool
    long: bool = True


class Bearers(Protocol):
    """Who bears which family name."""

    def level(self, name: PersonName, shown: NamesShown) -> int:
        """Give how much of a given name tells it apart where it is shown."""


class Families(Protocol):
    """Who bears which family name, as far as it matters for a list of names."""

    def among(self, shown: NamesShown) -> Bearers:
        """Give those from whom the names of a list are to be told apart."""


class Hints(NamedTuple):
    """What disambiguation found: for each ``cs:names`` in order, how many names to show, and how much of each.

    ``names`` has a number of shown names for each names element (0: as the style says), ``givens`` for each of them
    the level of each name (0 as the style says, 1 with initials, 2 with the full given name); ``people`` the levels
    that hold for names everywhere, by name, or with ``primary_only`` where they stand first. ``conditions`` is the
    number of tests for ``disambiguate`` that succeed, the first ones met. ``families`` says the same of the names in a
    bibliography, whose style may show them otherwise than cites do.
    """

    names: tuple[int, ...] = ()
    givens: tuple[tuple[int, ...], ...] = ()
    conditions: int = 0
    year_suffix: str = ""
    people: Mapping[PersonName, int] = {}
    families: Families | None = None
    primary_only: bool = False


class Options(NamedTuple):
    """What a style says once for all its elements; ``explicit_suffix``: it prints the year suffix itself."""

    page_range_format: str = ""
    demote_particle: str = "display-and-sort"
    initialize_with_hyphen: bool = True
    explicit_suffix: bool = False


NO_CITE = CiteFacts()
NO_HINTS = Hints()


class Rendering:
    """What elements read (``item``, ``cite``, ``locale``, ``hints``) and what they note down for those after them.

    ``tried``, ``filled`` and ``worded`` are the flags of the innermost group: a variable was called, one had a value,
    a word of the style was set. ``sorting`` says that a sort key is made, ``comparing`` that a cite is only compared
    with others.
    """

    __slots__ = (
        "area",
        "cite",
        "comparing",
        "conditions_met",
        "filled",
        "hints",
        "in_substitute",
        "item",
        "keeps_titles",
        "locale",
        "name_lists",
        "options",
        "sorting",
        "suffix_printed",
        "suppressed",
        "tried",
        "used",
        "worded",
        "words_language",
    )

    def __init__(  # noqa: PLR0913 - as many as a rendering depends on
        self,
        item: Item,
        *,
        locale: Locale,
        cite: CiteFacts = NO_CITE,
        hints: Hints = NO_HINTS,
        options: Options = Options(),  # noqa: B008 - a value that never changes
        area: str = "citation",
        sorting: bool = False,
        comparing: bool = False,
    ) -> None:
        self.item = item
        self.locale = locale
        self.cite = cite
        self.hints = hints
        self.options = options
        self.area = area
        self.sorting = sorting
        self.comparing = comparing
        self.tried = False
        self.filled = False
        self.worded = False
        self.suppressed: set[str] = set()
        self.used: list[str] = []
        self.in_substitute = 0
        #: The lists of names printed so far, in order; disambiguation reads it.
        self.name_lists: list[NamesShown] = []
        self.suffix_printed = False
        self.conditions_met = 0
        self.words_language = item.language or locale.language
        #: Title case is for English; and laws, which have a jurisdiction, keep their names as they were enacted.
        self.keeps_titles = not self.words_language.lower().startswith("en") or item.has("jurisdiction")

    def called(self, variable: str, *, has_value: bool) -> None:
        """Note that a variable was called."""
        self.tried = True
        if has_value:
            self.filled = True
            self.used.append(variable)
