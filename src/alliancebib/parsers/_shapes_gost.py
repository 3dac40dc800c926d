"""The shapes of GOST: initials behind the names, `//` before the journal, areas that dashes divide."""

from __future__ import annotations

import re

from alliancebib.model import Name
from alliancebib.parsers._genres import THESIS
from alliancebib.parsers._names import read_names
from alliancebib.parsers._parts import Parts

__all__ = ["double_slash", "names_with_initials_behind"]

_YEAR = r"(?:18|19|20)\d\d"
_GOST_NAMES = re.compile(r"(?P<names>(?:[^\W\d_][\w'’-]+,?\s(?:[^\W\d_]\.\s?-?){1,3},?\s?){1,6})")
#: ". – " before the place: the next area of a description by GOST 7.1.
_GOST_AREA = re.compile(r"\.\s[–—-]\s")


def double_slash(view: str, start: int, end: int) -> Parts | None:
    """GOST: names, title, `//`, journal, and numbers between dashes."""
    slashes = re.compile(r"\s//\s").search(view, start, end)
    if slashes is None:
        return None
    match = _GOST_NAMES.match(view, start, slashes.start())
    names = read_names(match["names"]) if match else None
    title_start = match.end() if match and names else start
    stop = slashes.start()
    responsibility = view.find(" / ", title_start, stop)
    if responsibility > 0:
        names = names or read_names(view[responsibility + 3 : stop])
    return Parts(
        shape="gost",
        names=names or (),
        names_at=(start, title_start) if title_start > start else (responsibility, stop) if names else (start, start),
        title_at=(title_start, responsibility if responsibility > 0 else stop),
        body_at=(slashes.end(), end),
    )


def names_with_initials_behind(view: str, start: int, end: int) -> Parts | None:
    """GOST's book, and whoever writes so: "Иванов И. И., Петров П. П. Title. Place: publisher, year"."""
    match = _GOST_NAMES.match(view, start, min(end, start + 300))
    if match is None or end - match.end() < 10 or not re.search(_YEAR, view[match.end() : end]):
        return None
    names = read_names(match["names"])
    if names is None or not view[match.end()].isupper():
        return None
    if area := _GOST_AREA.search(view, match.end(), end):
        return _of_areas(view, match, names, area, end)
    return Parts(shape="gost", names=names, names_at=(start, match.end()), body_at=(match.end(), end))


def _of_areas(view: str, head: re.Match[str], names: tuple[Name, ...], area: re.Match[str], end: int) -> Parts:
    """Divide a book by the marks of its areas: "Title : sort of the work / who wrote it. – Place : Publisher, Year"."""
    stop = area.start()
    slash = view.find(" / ", head.end(), stop)
    listed = read_names(view[slash + 3 : stop].partition(" ; ")[0]) if slash > 0 else None
    title_end = slash if slash > 0 else stop
    sort = view.rfind(" : ", head.end(), title_end)
    body = area.end()
    if sort > 0 and THESIS.match(view, sort + 3):
        title_end, body = sort, sort + 3
    return Parts(
        shape="gost",
        names=listed if listed and len(listed) >= len(names) and listed[0] == names[0] else names,
        names_at=(head.start(), head.end()),
        title_at=(head.end(), title_end),
        aside_at=(title_end, stop) if slash > 0 and body == area.end() else (0, 0),
        body_at=(body, end),
    )
