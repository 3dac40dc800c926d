"""The shapes of GOST: initials behind the names, `//` before the journal, areas that dashes divide."""

from __future__ import annotations

import re

from alliancebib.model import Name
from alliancebib.parsers._genres import THESIS
from alliancebib.parsers._names import read_names
from alliancebib.parsers._parts import Parts

__all__ = ["FAMILY_BEHIND", "double_slash", "edited_behind", "names_with_initials_behind", "title_and_responsibility"]

_YEAR = r"(?:18|19|20)\d\d"
_GOST_NAMES = re.compile(r"(?P<names>(?:[^\W\d_][\w'’-]+,?\s(?:[^\W\d_]\.\s?-?){1,3},?\s?){1,6})")
#: "Ann B. Doe, Title": the initials were a second given name, the family name follows.
FAMILY_BEHIND = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:,|\s(?:&|and|et|und|y|e)\s[A-ZÀ-Þ]|:\s)")
_THESIS_BEHIND = re.compile(r":\s(?=(?:дисс?|автореф)\.|(?i:диссертация\s|дисс?ертация\b))")
#: Who edited, behind the slash: up to the next area.
_EDITED = re.compile(
    r"(?:(?:под|за)\s(?:общ\.\s)?ред\.|(?:отв|гл|науч)\.\s(?:и\sнауч\.\s)?ред\.|ред\.|сост\.|[Ee]d(?:s\.|\.|ited)\sby|[Ee]ds?\.|[Hh]rsg\.(?:\svon)?)\s?:?\s"
    r"(?P<names>[^/()\d]{4,160}?)\.?\s?(?=\.?\s[–—-]\s|\.\s[^\W\d_]{1,20}\.?\s?:\s|$)"
)
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
    listed = read_names(view[responsibility + 3 : stop].partition(" ; ")[0]) if responsibility > 0 else None
    again = bool(names and listed and title_start > start)
    names = _longer(names, listed)
    return Parts(
        shape="gost",
        names=names or (),
        names_at=(start, title_start) if title_start > start else (responsibility, stop) if names else (start, start),
        title_at=(title_start, responsibility if responsibility > 0 else stop),
        aside_at=(responsibility, stop) if again else (0, 0),
        body_at=(slashes.end(), end),
    )


def _longer(names: tuple[Name, ...] | None, listed: tuple[Name, ...] | None) -> tuple[Name, ...] | None:
    """Give the names behind the slash where they are those in front and perhaps more; else those in front, if any."""
    if not names or not listed:
        return names or listed
    first, again = names[0], listed[0]
    same = first.family == again.family and first.given.replace(" ", "") == again.given.replace(" ", "")
    return listed if same and len(listed) > len(names) else names


def title_and_responsibility(view: str, start: int, end: int) -> Parts | None:
    """GOST's book of several: "Title / под ред. И. И. Иванова. – Place : Publisher, Year"."""
    slash = view.find(" / ", start, min(end, start + 400))
    role = _EDITED.match(view, slash + 3, end) if slash > start + 3 else None
    if role is None or not re.search(_YEAR, view[role.end() : end]):
        return None
    return Parts(
        shape="gost",
        names=role_names(role),
        names_at=(slash, role.end()),
        editors=True,
        title_at=(start, slash),
        body_at=(role.end(), end),
    )


def edited_behind(text: str) -> tuple[int, tuple[Name, ...]]:
    """Find the editors behind the slash in a text: where the slash stands, and the names; -1 where there are none."""
    slash = text.find(" / ")
    role = _EDITED.match(text, slash + 3) if slash > 0 else None
    return (slash, role_names(role)) if role else (-1, ())


def role_names(role: re.Match[str]) -> tuple[Name, ...]:
    """Give the names behind "под ред."; none where they cannot be read."""
    return read_names(role["names"].rstrip(" ."), given_first=True) or ()


def names_with_initials_behind(view: str, start: int, end: int) -> Parts | None:
    """GOST's book, and whoever writes so: "Иванов И. И., Петров П. П. Title. Place: publisher, year"."""
    match = _GOST_NAMES.match(view, start, min(end, start + 300))
    if match is None or end - match.end() < 10 or not re.search(_YEAR, view[match.end() : end]):
        return None
    names = read_names(match["names"])
    if names is None or not view[match.end()].isupper():
        return None
    behind = FAMILY_BEHIND.match(view, match.end(), end) if len(names) == 1 else None
    if behind and not ("," in match["names"] and behind[0].endswith(": ")):
        return None
    if thesis := _THESIS_BEHIND.search(view, match.end(), end):
        return Parts(
            shape="gost",
            names=names,
            names_at=(start, match.end()),
            title_at=(match.end(), thesis.start()),
            body_at=(thesis.end(), end),
        )
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
    elif thesis := _THESIS_BEHIND.search(view, head.end(), title_end):
        title_end, body = thesis.start(), thesis.end()
    return Parts(
        shape="gost",
        names=_longer(names, listed) or names,
        names_at=(head.start(), head.end()),
        title_at=(head.end(), title_end),
        aside_at=(title_end, stop) if slash > 0 and body == area.end() else (0, 0),
        body_at=(body, end),
    )
