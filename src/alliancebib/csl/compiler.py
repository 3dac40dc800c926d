"""A style's XML becomes a `Program`: every element once, macros in their places, inherited options resolved.

Bytes that `alliancebib.csl.style_file` has read come in; nothing is looked up in XML after this. Macros are compiled
for each area and each sort key that calls them, since the name options that hold inside them differ.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from alliancebib.csl.elements.conditions import Condition, condition_of
from alliancebib.csl.elements.date import DateElement
from alliancebib.csl.elements.groups import Choose, Element, Group
from alliancebib.csl.elements.label import Label
from alliancebib.csl.elements.look import PLAIN, look_of
from alliancebib.csl.elements.names import Names
from alliancebib.csl.elements.number import Number
from alliancebib.csl.elements.rendering import Options
from alliancebib.csl.elements.text import TermText, ValueText, VariableText
from alliancebib.csl.locale import read_words
from alliancebib.csl.name_options import Handed, handed_on, inherited, label_of, name_options
from alliancebib.csl.numbers import number_or
from alliancebib.csl.program import Area, Program, SortKey
from alliancebib.csl.style_file import NAMESPACE
from alliancebib.errors import StyleError

__all__ = ["compiled"]

_CS = f"{{{NAMESPACE}}}"
#: Deeper than any style of the official repository by far, and shallow enough for Python's stack.
_DEEPEST = 60
#: Elements that one area may print, its macros written out in their places: the largest official style has 1,089.
_MOST_ELEMENTS = 25_000
_HELP = "Choose another style (`alliancebib styles --search WORD`), or mend the file."
#: How names stand in a sentence where a style does not say otherwise.
_IN_SENTENCE = {"and": "text", "et-al-min": "3", "et-al-use-first": "1"}
_KEY_NAMES = {"names-min": "et-al-min", "names-use-first": "et-al-use-first", "names-use-last": "et-al-use-last"}


@lru_cache(maxsize=64)
def compiled(data: bytes) -> Program:
    """Compile the XML of a style that can render.

    Raises:
        StyleError: Its elements, with those of its macros, are nested too deeply or are too many.
    """
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    _unescape(root)
    citation, bibliography = root.find(f"{_CS}citation"), root.find(f"{_CS}bibliography")
    return Program(
        citation=_area(root, citation) if citation is not None else None,
        bibliography=_area(root, bibliography) if bibliography is not None else None,
        words=tuple(read_words(element) for element in root.iterfind(f"{_CS}locale")),
        default_locale=root.get("default-locale", ""),
        style_class=root.get("class", "in-text"),
    )


def _area(root: etree._Element, element: etree._Element) -> Area | None:
    layout = element.find(f"{_CS}layout")
    if layout is None:
        return None
    said = _attributes(element)
    macros = {macro.get("name", ""): macro for macro in root.iterfind(f"{_CS}macro")}
    options = _options(root)
    names = {**_attributes(root), **said}
    reached = _reached(layout, macros)
    sort = element.find(f"{_CS}sort")
    compiler, keys = _Compiler(macros, names, options), _KeyCompiler(macros, names, options)
    return Area(
        elements=compiler.all(layout),
        look=look_of(_attributes(layout)),
        delimiter=layout.get("delimiter", ""),
        sort=tuple(keys.key(key) for key in element.iterfind(f"{_CS}sort/{_CS}key")),
        options=options,
        in_text=root.get("class") != "note",
        author=compiler.author(),
        asks_disambiguate=any(part.get("disambiguate") == "true" for part in reached),
        prints_number="citation-number" in _variables(reached),
        sorts_by_number=sort is not None and "citation-number" in _variables(_reached(sort, macros)),
        name_variables=tuple(_variables(part for part in reached if _tag(part) == "names")),
        collapse=said.get("collapse", ""),
        cite_group_delimiter=said.get("cite-group-delimiter"),
        after_collapse_delimiter=said.get("after-collapse-delimiter"),
        year_suffix_delimiter=said.get("year-suffix-delimiter"),
        add_names=said.get("disambiguate-add-names") == "true",
        add_givenname=said.get("disambiguate-add-givenname") == "true",
        givenname_rule=said.get("givenname-disambiguation-rule", "by-cite"),
        add_year_suffix=said.get("disambiguate-add-year-suffix") == "true",
        near_note_distance=number_or(said.get("near-note-distance"), 5),
        hanging_indent=said.get("hanging-indent") == "true",
        second_field_align=said.get("second-field-align", ""),
        line_spacing=number_or(said.get("line-spacing"), 1),
        entry_spacing=number_or(said.get("entry-spacing"), 1),
        author_substitute=said.get("subsequent-author-substitute"),
        author_substitute_rule=said.get("subsequent-author-substitute-rule", "complete-all"),
    )


def _options(root: etree._Element) -> Options:
    printed = (part.get("variable") for part in root.iter(f"{_CS}text"))
    return Options(
        page_range_format=root.get("page-range-format", ""),
        demote_particle=root.get("demote-non-dropping-particle", "display-and-sort"),
        initialize_with_hyphen=root.get("initialize-with-hyphen") != "false",
        explicit_suffix=any(name in ("year-suffix", "citation-label") for name in printed),
    )


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _unescape(root: etree._Element) -> None:
    """Read attributes that were escaped twice, as some styles have them ("&amp;#160;"); they mean the character."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if "&" in value:
                element.set(name, html.unescape(str(value)))


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _reached(element: etree._Element, macros: Mapping[str, etree._Element]) -> Sequence[etree._Element]:
    """Give all elements below one, those of macros included."""
    found: list[etree._Element] = []
    seen: set[str] = set()
    open_ = [element]
    while open_:
        for part in open_.pop().iter():
            found.append(part)
            name = part.get("macro")
            if name is not None and name in macros and name not in seen:
                seen.add(name)
                open_.append(macros[name])
    return found


def _variables(elements: Iterable[etree._Element]) -> dict[str, None]:
    return dict.fromkeys(name for element in elements for name in element.get("variable", "").split())


def _without_case(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if name != "text-case"}


class _Compiler:
    """Compiles elements of one area; ``names`` are the name options that hold there."""

    def __init__(
        self,
        macros: Mapping[str, etree._Element],
        names: Mapping[str, str],
        options: Options,
    ) -> None:
        #: Name options of a sort key, which win over those of the names themselves.
        self._forced: Mapping[str, str] = MappingProxyType({})
        self._macros = macros
        self._names = inherited(names)
        self._options = options
        self._made: dict[tuple[str, Handed], tuple[Element, ...]] = {}
        #: Elements that are printed at most, and those of each macro: two calls double what a macro holds.
        self.size = 0
        self._sizes: dict[tuple[str, Handed], int] = {}
        self._model: etree._Element | None = None
        self._handed = Handed()
        self._inside = 0
        self._depth = 0

    def all(self, parent: etree._Element) -> tuple[Element, ...]:
        if self._depth == _DEEPEST:
            line = f"line {parent.sourceline}"
            raise StyleError(f"the style nests elements more than {_DEEPEST} deep", place=line, help=_HELP)
        self._grow(len(parent))
        self._depth += 1
        made = [element for child in parent if (element := self._element(child)) is not None]
        self._depth -= 1
        return tuple(made)

    def macro(self, name: str) -> tuple[Element, ...]:
        """Compile a macro, once for each element that it stands in for."""
        place = (name, self._handed)
        if place in self._made:
            self._grow(self._sizes[place])
            return self._made[place]
        macro, model, before = self._macros.get(name), self._model, self.size
        self._model = None
        self._made[place] = self._within(macro) if macro is not None else ()
        self._model = model
        self._sizes[place] = self.size - before
        return self._made[place]

    def _grow(self, count: int) -> None:
        self.size += count
        if self.size > _MOST_ELEMENTS:
            most = f"{_MOST_ELEMENTS:,}"
            said = f"the style's macros call one another until more than {most} elements stand in one entry"
            raise StyleError(said, help=_HELP)

    def _element(self, element: etree._Element) -> Element | None:
        maker = _MAKERS.get(_tag(element))
        if maker is None:
            return None
        attributes = _attributes(element)
        if self._inside:  # blocks are parts of the layout itself; inside others citeproc-js makes none
            attributes.pop("display", None)
        return maker(self, element, attributes)

    def _within(self, element: etree._Element) -> tuple[Element, ...]:
        """Compile what stands inside an element that prints it as one part."""
        self._inside += 1
        made = self.all(element)
        self._inside -= 1
        return made

    def text(self, _element: etree._Element, attributes: Mapping[str, str]) -> Element | None:
        look = look_of(attributes)
        if "macro" in attributes:
            # Macros, names and dates keep the case of their parts, as in citeproc-js: styles rely on it.
            return Group(self.macro(attributes["macro"]), look=look_of(_without_case(attributes)))
        if "term" in attributes:
            form, plural = attributes.get("form", "long"), attributes.get("plural") == "true"
            return TermText(attributes["term"], look=look, form=form, plural=plural)
        if "value" in attributes:
            return ValueText(attributes["value"], look=look)
        return VariableText(attributes.get("variable", ""), look=look, form=attributes.get("form", ""))

    def number(self, _element: etree._Element, attributes: Mapping[str, str]) -> Element:
        form = attributes.get("form", "")
        known = form if form in ("ordinal", "long-ordinal", "roman") else "numeric"
        return Number(attributes.get("variable", ""), look=look_of(attributes), form=known)

    def label(self, _element: etree._Element, attributes: Mapping[str, str]) -> Element:
        form, plural = attributes.get("form", "long"), attributes.get("plural", "contextual")
        return Label(attributes.get("variable", ""), look=look_of(attributes), form=form, plural=plural)

    def date(self, element: etree._Element, attributes: Mapping[str, str]) -> Element:
        return DateElement(
            attributes.get("variable", ""),
            look=look_of(_without_case(attributes)),
            form=attributes.get("form", ""),
            shown=attributes.get("date-parts", "year-month-day"),
            delimiter=attributes.get("delimiter", ""),
            parts=[_attributes(part) for part in element.iterfind(f"{_CS}date-part")],
        )

    def group(self, element: etree._Element, attributes: Mapping[str, str]) -> Element:
        delimiter = attributes.get("delimiter", "")
        return Group(self._within(element), look=look_of(_without_case(attributes)), delimiter=delimiter)

    def choose(self, element: etree._Element, _: Mapping[str, str]) -> Element:
        """Compile ``cs:choose``; its size is that of its largest branch, since one branch prints."""
        branches: list[tuple[Condition | None, Sequence[Element]]] = []
        before = largest = self.size
        for part in element:
            condition = None if _tag(part) == "else" else condition_of(_attributes(part))
            self.size = before
            branches.append((condition, self.all(part)))
            largest = max(largest, self.size)
        self.size = largest
        return Choose(branches)

    def names(self, element: etree._Element, attributes: Mapping[str, str]) -> Element:
        """Compile ``cs:names``; without children of its own it takes those of the element that it stands in for."""
        model = self._model if self._model is not None else element
        own = any(_tag(part) != "substitute" for part in element)
        source = element if own else model
        if not own and element is not model:
            attributes = {**_attributes(model), "variable": attributes.get("variable", "")}
        inherited_delimiter = self._names.get("names-delimiter", "")
        options = name_options(source, self._names, self._options, forced=self._forced, handed=self._handed)
        return Names(
            attributes.get("variable", "").split(),
            options=options,
            look=look_of(_without_case(attributes)),
            label=label_of(source),
            delimiter=attributes.get("delimiter", model.get("delimiter", inherited_delimiter)),
            substitute=self._substitute(element, source),
        )

    def author(self) -> Names:
        """Make the short names that stand for an item whose layout prints none, as those of numeric styles."""
        names = {**_IN_SENTENCE, **self._names}
        options = name_options(
            etree.Element(f"{_CS}names"), names, self._options, forced={"form": "short"}, handed=Handed()
        )
        editors = Names(["editor"], options=options, look=PLAIN, label=None, delimiter=", ")
        return Names(["author"], options=options, look=PLAIN, label=None, delimiter=", ", substitute=[editors])

    def _substitute(self, element: etree._Element, source: etree._Element) -> tuple[Element, ...]:
        substitute = element.find(f"{_CS}substitute")
        if substitute is None:
            return ()
        outer = self._model, self._handed
        self._model, self._handed = source, handed_on(source, self._handed)
        made = self._within(substitute)
        self._model, self._handed = outer
        return made


class _KeyCompiler(_Compiler):
    """Compiles what a sort key calls: a macro with a date of its own sorts by its dates alone.

    The specification has whole macros sorted; citeproc-js does this, and styles are written for the order it gives.
    """

    _DATES = frozenset({"date", "group", "choose"})

    def __init__(  # noqa: PLR0913 - as many as the compiling depends on
        self,
        macros: Mapping[str, etree._Element],
        names: Mapping[str, str],
        options: Options,
        *,
        forced: Mapping[str, str] = MappingProxyType({}),
        dates_only: bool = False,
        depth: int = 0,
    ) -> None:
        """``forced`` are name options of a sort key, which win over those of the names themselves."""
        super().__init__(macros, names, options)
        self._as_given = names
        self._forced = forced
        self._dates_only = dates_only
        self._depth = depth

    def key(self, element: etree._Element) -> SortKey:
        attributes = _attributes(element)
        descending = attributes.get("sort") == "descending"
        name = attributes.get("macro")
        if name is None:
            return SortKey(variable=attributes.get("variable", ""), descending=descending)
        changes = {_KEY_NAMES[key]: value for key, value in attributes.items() if key in _KEY_NAMES}
        if "et-al-min" in changes or "et-al-use-first" in changes:
            changes |= {"et-al-subsequent-min": "", "et-al-subsequent-use-first": ""}
        compiler = self._anew(forced=changes) if changes else self
        return SortKey(macro=Group(compiler.macro(name), look=PLAIN), descending=descending)

    def macro(self, name: str) -> tuple[Element, ...]:
        macro = self._macros.get(name)
        if not self._dates_only and macro is not None and next(macro.iter(f"{_CS}date"), None) is not None:
            compiler = self._anew(forced=self._forced, dates_only=True)
            made = compiler.macro(name)
            self._grow(compiler.size)
            return made
        return super().macro(name)

    def _anew(self, *, forced: Mapping[str, str], dates_only: bool = False) -> _KeyCompiler:
        return _KeyCompiler(
            self._macros, self._as_given, self._options, forced=forced, dates_only=dates_only, depth=self._depth
        )

    def _element(self, element: etree._Element) -> Element | None:
        if self._dates_only and _tag(element) not in self._DATES and "macro" not in element.attrib:
            return None
        return super()._element(element)


_MAKERS = {
    "text": _Compiler.text,
    "number": _Compiler.number,
    "label": _Compiler.label,
    "date": _Compiler.date,
    "group": _Compiler.group,
    "choose": _Compiler.choose,
    "names": _Compiler.names,
}
