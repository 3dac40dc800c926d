"""Made-up works for the tests of verdicts, written in one line each: kind, title, people, year, place."""

from __future__ import annotations

from typing import Any

from alliancebib.model import Name, PartialDate, Reference


def people(text: str) -> tuple[Name, ...]:
    """Read "Roe, Jane; Poe, A.; et al." and bodies such as "NATO"."""
    names = []
    for part in filter(None, text.split("; ")):
        family, comma, given = part.partition(", ")
        if part == "et al.":
            names.append(Name(others=True))
        else:
            names.append(Name(family=family, given=given) if comma else Name(literal=part))
    return tuple(names)


def made(kind: str, title: str, by: str = "", year: int | str = "", place: str = "", **more: Any) -> Reference:
    """Make a reference; the place is "Container, volume(issue), pages", as far as it is known."""
    container, _, rest = place.partition(" | ")
    volume, _, pages = rest.partition(", ")
    volume, _, issue = volume.partition("(")
    issued = PartialDate.from_iso(str(year)) if year else None
    fields: dict[str, Any] = {
        "container_title": container,
        "volume": volume,
        "issue": issue.rstrip(")"),
        "page": pages,
        "issued": issued,
        **more,
    }
    return Reference(kind=kind, title=title, author=people(by), **fields)


def article(title: str, by: str = "Smith, John", year: int | str = 2018, place: str = "", **more: Any) -> Reference:
    """Make an article in a journal."""
    return made("article-journal", title, by, year, place, **more)


def book(title: str, by: str = "Smith, John", year: int | str = 2010, **more: Any) -> Reference:
    """Make a book."""
    return made("book", title, by, year, **more)


def news(title: str, outlet: str = "", year: int | str = "", by: str = "", **more: Any) -> Reference:
    """Make an item of news."""
    return made("article-newspaper", title, by, year, outlet, **more)
