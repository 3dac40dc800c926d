"""Names to things on the shelves: a static table of what is built in, entry points of other packages on a miss.

Other packages offer a thing through an entry point of the group ``alliancebib.SHELF``; scanning for them costs five
interpreter starts, so it happens only when a name is not in the table, or when all names are asked for.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import cast

import msgspec

from alliancebib.checkers import Checker, LinkChecker, RecordChecker
from alliancebib.errors import UnknownName
from alliancebib.files import Source
from alliancebib.parsers import Parser
from alliancebib.readers import Reader
from alliancebib.reporters import Reporter
from alliancebib.resolvers import MakeResolver
from alliancebib.rules import Rule
from alliancebib.writers import Writer

__all__ = [
    "EXCHANGE",
    "Plugin",
    "checker",
    "names",
    "needs_web",
    "parser",
    "plugins",
    "reader",
    "reader_for",
    "reporter",
    "resolver",
    "rule",
    "writer",
]

#: Shelf -> public names in the order in which they are asked or listed. A name is its module's, with hyphens.
BUILT_IN: dict[str, tuple[str, ...]] = {
    "readers": ("text", "html", "markdown", "docx", "bibtex", "csl-json", "ris", "hayagriva"),
    "parsers": ("scholar", "legal", "notes", "citation", "labelled", "link", "headline"),
    "rules": ("unicode", "titles", "names", "dates", "pages", "identifiers", "urls", "kinds"),
    "resolvers": ("crossref", "datacite", "local"),
    "checkers": ("fields", "entries", "consistency", "keys", "duplicates", "dois", "records", "links"),
    "writers": ("bibtex", "biblatex", "csl-json", "ris", "hayagriva", "markdown", "html"),
    "reporters": ("terminal", "json", "sarif", "junit", "github", "markdown"),
}


#: The writers whose output readers read again; the others set a list for people.
EXCHANGE = ("bibtex", "biblatex", "csl-json", "ris", "hayagriva")


class Plugin(msgspec.Struct, frozen=True):
    """A thing on a shelf: where it comes from is a package's name and version, or "built in"."""

    shelf: str
    name: str
    origin: str
    module: str


def names(shelf: str) -> tuple[str, ...]:
    """Give every name on a shelf, those of other packages last."""
    return (*BUILT_IN[shelf], *(point.name for point in _points(shelf) if point.name not in BUILT_IN[shelf]))


def plugins() -> tuple[Plugin, ...]:
    """List all shelves with all names and their origin."""
    found = []
    for shelf, built_in in BUILT_IN.items():
        found += [Plugin(shelf, name, "built in", _module_name(shelf, name)) for name in built_in]
        for point in _points(shelf):
            package = f"{point.dist.name} {point.dist.version}" if point.dist else "unknown"
            found.append(Plugin(shelf, point.name, package, point.value))
    return tuple(found)


def reader(name: str) -> Reader:
    """Give the reader of a format by name."""
    return cast("Reader", _find("readers", name))


def reader_for(source: Source) -> Reader:
    """Give the built-in reader that is surest of a source; text where none is."""
    offers = [(reader(name).recognises(source), -place, name) for place, name in enumerate(BUILT_IN["readers"])]
    sure, _, name = max(offers)
    return reader(name if sure > 0 else "text")


def parser(name: str) -> Parser:
    """Give a parser by name."""
    return cast("Parser", _find("parsers", name))


def rule(name: str) -> Rule:
    """Give a rule by name."""
    return cast("Rule", _find("rules", name))


def resolver(name: str) -> MakeResolver:
    """Give the maker of a resolver by name."""
    return cast("MakeResolver", _find("resolvers", name).make)


def needs_web(name: str) -> bool:
    """Say whether a resolver asks the network; one that does not say so does."""
    return bool(getattr(_find("resolvers", name), "NEEDS_WEB", True))


def checker(name: str) -> Checker | LinkChecker | RecordChecker:
    """Give a checker by name."""
    return cast("Checker | LinkChecker | RecordChecker", _find("checkers", name))


def writer(name: str) -> Writer:
    """Give the writer of a format by name."""
    return cast("Writer", _find("writers", name))


def reporter(name: str) -> Reporter:
    """Give a reporter by name."""
    return cast("Reporter", _find("reporters", name))


def _find(shelf: str, name: str) -> ModuleType:
    if name in BUILT_IN[shelf]:
        return import_module(_module_name(shelf, name))
    for point in _points(shelf):
        if point.name == name:
            return cast("ModuleType", point.load())
    raise UnknownName(shelf.removesuffix("s"), name, names(shelf), help="`alliancebib plugins` lists all names.")


def _module_name(shelf: str, name: str) -> str:
    return f"alliancebib.{shelf}.{name.replace('-', '_')}"


def _points(shelf: str) -> tuple[EntryPoint, ...]:
    return tuple(sorted(entry_points(group=f"alliancebib.{shelf}"), key=lambda point: point.name))
