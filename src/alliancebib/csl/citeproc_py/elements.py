"""What citeproc-py does wrong, mended in subclasses of its elements that are registered for our own parser alone.

Each class says what it mends; nothing of the package itself is changed, so other users of it in the same process see
no difference. The faults are those of citeproc-py 0.11.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Any

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS, model
from citeproc.source import VariableError
from citeproc.string import MixedString, String, join
from lxml import etree

from alliancebib.csl.style_file import NAMESPACE

__all__ = ["Others", "parser"]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Others(dict[str, str]):
    """The name at the end of a list that stands for people who are not named; prints as the style's "et al."."""

    def parts(self) -> tuple[None, str, None, None, None]:
        """Give the parts in the package's order."""
        return None, "", None, None, None


def _string(text: Any) -> Any:
    """Give the package's own type, whose methods its elements call."""
    return text if isinstance(text, (String, MixedString)) or text is None else String(str(text))


class _Cased:
    """Text cases of plain strings and of the empty one: the package calls methods that these do not have."""

    def case(self, text: Any, language: str | None = None) -> Any:
        text = _string(text)
        return super().case(text, language) if str(text).strip() else text  # type: ignore[misc]


class _Joined:
    """A join that loses nothing: the package gives "" when a part has a type it did not expect."""

    def join(self, strings: Iterable[Any], default_delimiter: str = "") -> Any:
        parts = [_string(part) for part in strings if part is not None]
        return join(parts, self.get("delimiter", default_delimiter))  # type: ignore[attr-defined]


class _Counted:
    """Ordinals of the language of the output: the package takes the English ones where a style has a locale."""

    def get_term(self, name: str, form: str | None = None, fallback_locale: bool = True, **options: Any) -> Any:  # noqa: FBT001, FBT002
        root = self.get_root()  # type: ignore[attr-defined]
        if fallback_locale or not isinstance(root, Style):
            return super().get_term(name, form, fallback_locale, **options)  # type: ignore[misc]
        for locale in root.locales:
            if locale.get(_LANG, root.language).partition("-")[0] == root.language:
                with suppress(IndexError):
                    return locale.get_term(name, form, **options)
        return None


class _Called:
    """Macros looked up once per run."""

    def get_macro(self, name: str) -> Any:
        root = self.get_root()  # type: ignore[attr-defined]
        return root.macros[name] if isinstance(root, Style) else super().get_macro(name)  # type: ignore[misc]


def _suppressed(layout: Any) -> set[str]:
    """The variables that stood in for a missing name and are not printed again in this entry."""
    found: set[str] = layout.repressed.setdefault("variables", set())
    return found


def _printed(layout: Any, names: Iterable[str]) -> None:
    for record in layout.repressed.get("records", ()):
        record.update(names)


def _one(element: Any, *of: Any) -> Any:
    """Render one part; None where it has nothing to say."""
    try:
        return _string(element.render(*of))
    except VariableError:
        return None


class Style(model.Style):  # type: ignore[misc]
    """Locales read with our parser; several ``cs:locale`` of one language are no error."""

    def prepare(self) -> None:
        self.macros = {macro.get("name"): macro for macro in self.xpath_search("./cs:macro")}
        self.called: dict[str, bool] = {}
        for names in self.xpath_search(".//cs:names[not(cs:name) and not(parent::cs:substitute)]"):
            names.insert(0, names.makeelement(f"{{{NAMESPACE}}}name"))

    def set_locale_list(self, output_locale: str, validate: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
        self.language = language = output_locale.partition("-")[0]
        wanted = (output_locale, language, None)
        own = self.xpath_search("./cs:locale")
        self.locales = [one for lang in dict.fromkeys(wanted) for one in own if one.get(_LANG) == lang]
        dialects = (output_locale, PRIMARY_DIALECTS.get(language), "en-US")
        for name in dict.fromkeys(name for name in dialects if name in LANGUAGE_NAMES):
            file = Path(LOCALES_PATH) / f"locales-{name}.xml"
            if file.is_file():
                self.locales.append(etree.fromstring(file.read_bytes(), parser()))
        for locale in self.locales:
            locale.style = self


class Locale(model.Locale):  # type: ignore[misc]
    """Terms looked up in a table, made when the first is asked for."""

    def get_term(self, name: str, form: str | None = None, zero_padded: bool = False) -> Any:  # noqa: FBT001, FBT002
        table = getattr(self, "table", None)
        if table is None:
            table = self.table = self._tabled()
        for match, term in table.get((name, form), ()):
            if not (zero_padded and match in ("whole-number", "last-two-digits")):
                return term
        raise IndexError(name)

    def _tabled(self) -> dict[tuple[str, str | None], list[tuple[str | None, Any]]]:
        table: dict[tuple[str, str | None], list[tuple[str | None, Any]]] = {}
        for term in self.xpath_search("./cs:terms/cs:term"):
            table.setdefault((term.get("name"), term.get("form")), []).append((term.get("match"), term))
        return table


class Text(_Cased, _Called, model.Text):  # type: ignore[misc]
    """A variable that stood in for a missing name is not printed again; numbers are text."""

    def calls_variable(self) -> bool:
        name = self.get("macro")
        if name is None:
            return bool(super().calls_variable())
        known = self.get_root().called
        if name not in known:
            known[name] = bool(super().calls_variable())
        return bool(known[name])

    def _variable(self, item: Any, context: Any) -> Any:
        layout, name = context.get_layout(), self.get("variable")
        if name in _suppressed(layout):
            return None
        text = super()._variable(item, context)
        if text is not None:
            _printed(layout, [name])
        return _string(text)


class Key(_Called, model.Key):  # type: ignore[misc]
    """A sort key."""


class Layout(_Joined, model.Layout):  # type: ignore[misc]
    """A first field that is to be aligned (a number) is set apart by a space."""

    def render_children(self, item: Any, delimiter: str = "", **options: Any) -> Any:
        if self.getparent().get("second-field-align") is None:
            return super().render_children(item, delimiter=delimiter, **options)
        first, *rest = [_one(child, item) for child in self.iterchildren()] or [None]
        whole = join([text for text in rest if text], delimiter)
        if not first or not str(whole):
            return first or whole or None
        return first + ("" if str(first)[-1:].isspace() or str(whole)[:1].isspace() else " ") + whole


class Group(_Joined, model.Group):  # type: ignore[misc]
    """A group of elements."""


class Date(_Joined, model.Date):  # type: ignore[misc]
    """A range prints what both ends share once, and no part that an end has not."""

    def render_date_range(self, date_range: Any, show_parts: Any = None, context: Any = None) -> Any:
        by = context if isinstance(context, model.Date) else self
        begin = self._listed(date_range.begin, show_parts, by)
        end = self._listed(date_range.end, show_parts, by)
        head = _shared(begin, end)
        begin, end = begin[len(head) :], end[len(head) :]
        tail = _shared(begin[::-1], end[::-1])
        first, last = (by.join(parts[: len(parts) - len(tail)]) for parts in (begin, end))
        dash = self.unicode_character("EN DASH") if str(first) and str(last) else ""
        middle = String(str(first).rstrip(" ,") + dash) + last if dash else first + last
        return by.join([part for part in (*head, middle, *tail[::-1]) if str(part)])

    def _listed(self, date: Any, show_parts: Any, by: Any) -> list[Any]:
        wanted = [part for part in self.iterchildren() if part.get("name") in show_parts]
        return [_string(text) for part in wanted if (text := _one(part, date, by)) is not None]


def _shared(begin: list[Any], end: list[Any]) -> list[Any]:
    """Give the parts with which both lists begin."""
    same = takewhile(lambda pair: str(pair[0]) == str(pair[1]), zip(begin, end, strict=False))
    return [one for one, _ in same]


class Date_Part(_Cased, _Counted, model.Date_Part):  # type: ignore[misc]  # noqa: N801 - the package makes tags of these names
    """Attributes that a style lends to a localised date are given back; a season has no number to print."""

    def render(self, date: Any, context: Any = None) -> Any:
        before = dict(self.attrib)
        try:
            return super().render(date, context)
        except AssertionError:
            raise VariableError from None
        finally:
            self.attrib.clear()
            self.attrib.update(before)

    def markup(self, text: Any) -> Any:
        return super().markup(_string(text))


class Number(_Cased, _Counted, model.Number):  # type: ignore[misc]
    """Roman numerals only where they can be printed."""

    def format_number(self, number: Any) -> Any:
        text = str(number)
        if self.get("form") == "roman" and not (text.isascii() and text.isdecimal() and len(text) < 5):
            return text
        return super().format_number(number)


class Names(_Joined, model.Names):  # type: ignore[misc]
    """Names that stood in for missing ones are not printed again."""

    def process(self, item: Any, names_context: Any = None, context: Any = None, **options: Any) -> Any:
        layout = (self if context is None else context).get_layout()
        roles = [role for role in self.get("variable", "").split() if role in item.reference]
        if roles and _suppressed(layout).issuperset(roles):
            raise VariableError
        _printed(layout, roles)
        return super().process(item, names_context=names_context, context=context, **options)


class Name(_Joined, model.Name):  # type: ignore[misc]
    """A list that was cut ("et al.") prints so, whatever its length."""

    def process(
        self, item: Any, variable: str, context: Any = None, sort_options: dict[str, str] | None = None, **options: Any
    ) -> Any:
        names = item.reference.get(variable) or []
        if names and isinstance(names[-1], Others):
            known = len(names) - 1
            least = self.get_option("et-al-min", context, sort_options)
            first = self.get_option("et-al-use-first", context, sort_options) if 0 < least <= known else known
            cut = {"et-al-min": str(known + 1), "et-al-use-first": str(min(first, known)), "et-al-use-last": "false"}
            sort_options = (sort_options or {}) | cut
        return super().process(item, variable, context=context, sort_options=sort_options, **options)


class Name_Part(_Cased, model.Name_Part):  # type: ignore[misc]  # noqa: N801
    """Parts that a name does not have are left alone; the others come back as the strings that are joined next."""

    def format_part(self, given: Any, family: Any) -> Any:
        part = given if self.get("name") == "given" else family
        given, family = super().format_part(given, family) if part else (given, family)
        return given and String(str(given)), family and String(str(family))


class Substitute(model.Substitute):  # type: ignore[misc]
    """Everything that a substitute printed is suppressed in the rest of the entry, not only single variables."""

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        layout = (self if context is None else context).get_layout()
        records: list[set[str]] = layout.repressed.setdefault("records", [])
        for child in self.iterchildren():
            record: set[str] = set()
            records.append(record)
            if isinstance(child, model.Names) and child.name is None:
                options = {**options, "names_context": self.getparent()}
            try:
                text = child.render(item, context=context, **options)
            except VariableError:
                continue
            finally:
                records.pop()
                options.pop("names_context", None)
            if text:
                _suppressed(layout).update(record)
                return text
        return None


class Label(_Cased, model.Label):  # type: ignore[misc]
    """No label without its variable; plural of ``number-of-…`` from the reference, not from the citation."""

    def process(self, item: Any, variable: str | None = None, *others: Any, **options: Any) -> Any:
        own = self.get("variable")
        if variable is None and not (item.has_locator if own == "locator" else own in item.reference):
            raise VariableError
        return super().process(item, variable, *others, **options)

    def _is_plural(self, item: Any) -> bool:
        variable = self.get("variable", "")
        if not variable.startswith("number-of"):
            return bool(super()._is_plural(item))
        text = str(item.reference.get(variable, ""))
        return not text.isdecimal() or text.lstrip("0") != "1"


_MENDED = (
    Style,
    Locale,
    Text,
    Key,
    Layout,
    Group,
    Date,
    Date_Part,
    Number,
    Names,
    Name,
    Name_Part,
    Substitute,
    Label,
)


def parser() -> etree.XMLParser:
    """Make a parser whose elements are the package's, those above in place of theirs. It opens nothing."""
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(NAMESPACE)
    namespace[None] = model.CitationStylesElement
    for element in (*model.CitationStylesElement.__subclasses__(), *_MENDED):
        namespace[element.__name__.replace("_", "-").lower()] = element
    made = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
    made.set_element_class_lookup(lookup)
    return made
