"""An entry on its way to a reference: `Pending` holds the fields that nobody has read yet, and what was noticed.

Reading takes a field out, as text, title, date or address; what is left in the end is nobody's and is kept as it is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from alliancebib.bibtex.as_read import BETWEEN_ISSUES
from alliancebib.bibtex.dates import is_exact, parse_edtf
from alliancebib.bibtex.fields import PART, SOURCE, fit_name
from alliancebib.bibtex.names import extended_names, has_options, parse_names
from alliancebib.bibtex.sources import inside_of_whole
from alliancebib.bibtex.syntax import Block
from alliancebib.bibtex.tex import decode, has_unknown_commands, is_set_otherwise
from alliancebib.bibtex.titles import cased_title, encode_title
from alliancebib.model import ExtraValue, Name, PartialDate

__all__ = ["Pending", "Tables", "unescaped"]

_URL = re.compile(r"\\url\s*\{(.*)\}")
_BRACED_MARK = re.compile(r"\\?\{\\?([_%&#~$])\\?\}")
_ESCAPED_MARK = re.compile(r"\\([_%&#~$])")


class Tables:
    """Tables from variables to fields, asked by the few fields that an entry has."""

    def __init__(self, *tables: Mapping[str, Sequence[str]]) -> None:
        self._tables = tables
        #: Entries of one file tend to have the same fields.
        self._known = lru_cache(maxsize=4096)(self._rows_of)

    def rows_of(self, fields: Iterable[str]) -> list[list[tuple[str, Sequence[str]]]]:
        """Give the rows of each table of which the entry has a field, in the order of the table."""
        return self._known(tuple(fields))

    def _rows_of(self, fields: tuple[str, ...]) -> list[list[tuple[str, Sequence[str]]]]:
        there = frozenset(fields)
        return [[row for row in table.items() if not there.isdisjoint(row[1])] for table in self._tables]


class Pending:
    """One entry on its way to a reference: fields not yet used, and what was noticed."""

    def __init__(self, block: Block) -> None:
        self.left: dict[str, str] = {}
        self.extra: dict[str, ExtraValue] = {}
        self.prefixes = False
        self.language = ""
        #: Code, sentence, and the field that it speaks of, or a place in the raw text, if of one.
        self.notes: list[tuple[str, str, str | int]] = [("AB109", f"{note.words}.", note.where) for note in block.notes]
        self._numbers: dict[str, int] = {}
        for field in block.fields:
            if not field.value:
                continue
            name = fit_name(field.name)
            if name != field.name:
                self.notes.append(
                    ("AB109", f"No field can have the name `{field.name}`; it was read as `{name}`.", field.name)
                )
            if name not in self.left:
                self.left[name] = field.value
            elif self.left[name] != field.value:
                self._repeated(name, field.value)

    def _repeated(self, name: str, value: str) -> None:
        first = self._numbers.get(name, 1) + 1  # counted on: a field may stand there thousands of times
        number = next(number for number in itertools.count(first) if f"{name}-{number}" not in self.left)
        self._numbers[name] = number
        self.left[f"{name}-{number}"] = value
        message = f"The field `{name}` stands twice; the first counts, the second is `{value[:60]}`."
        self.notes.append(("AB109", message, name))

    def text(self, *names: str, of: str = "") -> str:
        """Take the first of these fields that is there, as Unicode text; ``of`` names them all, else the first does."""
        if self.left.keys().isdisjoint(names):
            return ""
        _, source, value = self._taken(names)
        self._keep_source(of or names[0], source, value)
        return value

    def titled(self, *names: str, of: str = "") -> str:
        """Take a title and its subtitle."""
        source, title = self._with_subtitle(names)
        self._keep_source(of or names[0], source, title)
        return title

    def cased(self, *names: str, of: str = "") -> str:
        """Take a title and its subtitle, with spans for what keeps its case."""
        source, title = self._with_subtitle(names)
        return self._with_case(of or names[0], source, title)

    def cased_alone(self, *names: str) -> str:
        """Take a title that has no subtitle, with spans for what keeps its case."""
        _, source, title = self._taken(names)
        return self._with_case(names[0], source, title)

    def _with_case(self, of: str, source: str, title: str) -> str:
        self._keep_source(of, source, title)
        if "{" not in source and "nocase" not in source:
            return title
        title = cased_title(source, language=self.language)
        whole = inside_of_whole(source) and title.lower() != title.upper()
        if whole and encode_title(title, language=self.language) != source:
            self.extra[SOURCE + of] = source
        return title

    def _with_subtitle(self, names: tuple[str, ...]) -> tuple[str, str]:
        """Take a title and its subtitle: their source and their text."""
        found, source, title = self._taken(names)
        heads = (found,) if found else names
        _, below, subtitle = self._taken(tuple(map(_subtitle_of, heads)))
        if not subtitle:
            return source, title
        between = "" if not title else " " if title.endswith(("?", "!", ":")) else ": "
        wholes = inside_of_whole(source), inside_of_whole(below)
        joined = f"{{{wholes[0]}{between}{wholes[1]}}}" if all(wholes) else f"{source}{between}{below}"
        return joined, f"{title}{between}{subtitle}"

    def listed(self, *names: str, of: str) -> str:
        """Take all of these fields, with commas between them."""
        parts = [(source, value) for name in names for _, source, value in [self._taken((name,))] if value]
        text = BETWEEN_ISSUES.join(value for _, value in parts)
        if len(parts) > 1:
            self.extra[PART + names[1]] = parts[1][0]
        self._keep_source(of, BETWEEN_ISSUES.join(source for source, _ in parts), text)
        return text

    def _taken(self, names: tuple[str, ...]) -> tuple[str, str, str]:
        """Take the first of these fields that says something: its name, its source, its text."""
        for name in names:
            source = self.left.get(name)
            if source and (value := decode(source).strip()):
                del self.left[name]
                return name, source, value
        return "", "", ""

    def _keep_source(self, of: str, source: str, value: str) -> None:
        """Keep a source that says more than its text, if it can be written back for it."""
        if "\\" not in source and "$" not in source:
            return
        says_more = has_unknown_commands(source) or is_set_otherwise(source, value)
        if says_more and decode(source).strip() == value:
            self.extra[SOURCE + of] = source

    def verbatim(self, name: str) -> str:
        """Look at an address or identifier: never TeX, though exporters like to escape it."""
        if name not in self.left:
            return ""
        value = self.left[name]
        if "\\" not in value and "{" not in value:
            return "".join(value.split())
        value = "".join(unescaped(_URL.sub(r"\1", value)).split())
        value = decode(value) if "\\" in value else value
        return value[1:-1] if value.startswith("{") and value.endswith("}") else value

    def date(self, name: str) -> PartialDate | None:
        """Take a date; a field that says none stays."""
        date = parse_edtf(self.left[name]) if self.left.get(name) else None
        if date is not None:
            self.keep_date(name, self.left.pop(name))
        return date

    def keep_date(self, of: str, source: str) -> None:
        """Keep the source of a date that says more than the date does."""
        if not (source.isdecimal() or is_exact(source)):
            self.extra[SOURCE + of] = source

    def names(self, name: str) -> tuple[Name, ...]:
        """Look at a list of names; what names nobody stays as it is."""
        source = self.left[name]
        names = parse_names(source, particles_drop=not self.prefixes)
        if names and has_options(source) and source != extended_names(names, particles_drop=not self.prefixes):
            self.extra[SOURCE + name] = source
        return names


@cache
def _subtitle_of(name: str) -> str:
    return name.replace("title", "subtitle") if "title" in name else f"{name}subtitle"


def unescaped(address: str) -> str:
    r"""Undo what exporters do to marks of an address: ``\_``, ``{\_}``, ``\{_\}``."""
    return _ESCAPED_MARK.sub(r"\1", _BRACED_MARK.sub(r"\1", address.strip()))
