"""The title of a reference string, and what stands behind it before the next sentence: edition, series, sort, number.

A draft and the stretch of the title come in; the fields are set on the draft.
"""

from __future__ import annotations

import re

from alliancebib.parsers._draft import Draft
from alliancebib.parsers._genres import (
    DOCUMENT_SYMBOL,
    FORM_IN_BRACKETS,
    NUMBER_IN_BRACKETS,
    PRESENTED_IN_BRACKETS,
    REPORT_IN_BRACKETS,
    SERIES_IN_BRACKETS,
    THESIS_IN_BRACKETS,
    VERSION_IN_BRACKETS,
)
from alliancebib.parsers._publishers import qualifiers

__all__ = ["NUMBERED_SERIES", "take_title", "without_series"]

_BRACKET_AT_END = re.compile(r"[(\[](?P<inner>[^()\[\]]{2,160}|[A-Z][^()\[\]]{0,20}\(\d{4}\)[^()\[\]]{0,20})[)\]]\s*$")
_SYMBOL_BEHIND = re.compile(rf",\s(?P<symbol>{DOCUMENT_SYMBOL.pattern})$")
#: "Title : рабочая тетрадь № 21/2015": the sort of the work and its number, in small letters behind GOST's colon.
_SORT_BEHIND = re.compile(
    r"\s:\s(?P<genre>[a-zà-öø-ÿа-яё][^:№\d]{2,40}?),?\s(?:№|[Nn]o\.|[Nn]r\.)\s?(?P<number>\d[\w/-]{0,12})\s*$"
)
#: "(= Contributions to History. Vol. 25)": the series, where the mark says so.
_SERIES_IN_BRACKETS = re.compile(
    r"=\s?(?P<series>[^()]{3,120}?)(?:[.,;]?\s(?:Bd|Band|Nr|Vol|No|t|n)\.?\s?(?P<number>\d{1,4}(?:/\d{1,4})?))?[.\s]*"
)
_SERIES = re.compile(
    r"(?<=[^\W\d_]{3})\.\s(?P<series>(?:[A-ZÀ-Þ][\w’'-]*\s){1,5}(?:Series|Papers?|Library|Monographs?|Reihe|Collection|Schriften))"
    r"(?:,?\s(?:(?:[Nn]o|[Vv]ol|[Nn]r|Bd)\.?\s)?(?P<number>\d{1,4}))?\.?$"
)
#: "Title. Studies in Law 16": a name in capitals with its number; a part of the work has a number, too.
NUMBERED_SERIES = re.compile(
    r"(?<=[^\W\d_]{3})\.\s(?!(?:Vol|Volume|Part|Book|Band|Bd|Teil|Tome?|Chapter|Act)\b)"
    r"(?P<series>[A-ZÀ-Þ][\w’'-]*(?:\s(?:(?:of|and|in|the|for|zur|zu|der|des|für|und|de|du|la|et|di|del|on)\s){0,2}[A-ZÀ-Þ][\w’'-]*){0,7})"
    r"\s(?P<number>\d{1,3})\.?$"
)
#: A title has so many words at least.
_SHORTEST = 2
#: In the order in which they are tried.
_IN_BRACKETS = (
    THESIS_IN_BRACKETS,
    PRESENTED_IN_BRACKETS,
    _SERIES_IN_BRACKETS,
    FORM_IN_BRACKETS,
    REPORT_IN_BRACKETS,
    VERSION_IN_BRACKETS,
    NUMBER_IN_BRACKETS,
    SERIES_IN_BRACKETS,
)


def take_title(draft: Draft, start: int, end: int) -> None:
    """Set the title, without its quotation marks and without what brackets behind it say of edition or thesis."""
    start, end = draft.extent(start, end)
    whole = (start, end)
    while bracket := _BRACKET_AT_END.search(draft.view[start:end]):
        offset = start + bracket.start("inner")
        if not _qualified(draft, bracket, offset):
            break
        end = start + bracket.start()
    if symbol := _SYMBOL_BEHIND.search(draft.view[start:end].rstrip(" .,")):
        draft.add_extra("number", symbol["symbol"])
        draft.mark("number", start + symbol.start(), end)
        end = start + symbol.start()
    if order := _SORT_BEHIND.search(draft.view[start:end]):
        draft.take("genre", start + order.start("genre"), start + order.end("genre"))
        draft.add_extra("number", order["number"])
        draft.mark("number", start + order.end("genre"), end)
        end = start + order.start()
    text = draft.words(start, end).strip()
    if len(text) > 2 and text[0] in "\"“«„‘'" and text[-1] in "\"”»“’'":
        text = text[1:-1].strip()
    text = text.rstrip(" ,")
    text = text[:-1] if text.endswith((".", ",")) and not text.endswith(("..", "U.S.", "U.N.", "etc.")) else text
    draft.take("title", start, end, text)
    draft.mark("title", *whole)


def without_series(draft: Draft, start: int, end: int) -> int:
    """Take the series that stands as a sentence of its own behind a title: "Title. Adelphi Series. London: ..."."""
    match = _SERIES.search(draft.view[start:end]) or NUMBERED_SERIES.search(draft.view[start:end])
    if match is None or len(draft.view[start : start + match.start()].split()) < _SHORTEST:
        return end
    draft.take("collection_title", start + match.start("series"), start + match.end("series"))
    if match["number"]:
        draft.add_extra("collection-number", match["number"])
    draft.mark("collection_title", start + match.start(), end)
    return start + match.start()


def _qualified(draft: Draft, bracket: re.Match[str], offset: int) -> bool:
    """Set the fields of what a bracket behind a title says; say whether it was understood."""
    inner = bracket["inner"]
    match = next((found for form in _IN_BRACKETS if (found := form.fullmatch(inner))), None)
    if match:
        _take_groups(draft, match, offset)
        return True
    short = len(inner) <= 40 and re.search(r"\d|rev|edition|ed\.", inner) is not None
    return short and qualifiers(draft, offset, offset + len(inner))


def _take_groups(draft: Draft, match: re.Match[str], offset: int) -> None:
    """Set the field of each group that took part; a form without groups names the sort of the work."""
    groups = {name: text for name, text in match.groupdict().items() if text}
    stop = offset + match.end()
    if not match.re.groups:
        draft.take("genre", offset, stop)
    for name, field in (("genre", "genre"), ("publisher", "publisher"), ("series", "collection_title")):
        if name in groups:
            draft.take(field, offset + match.start(name), offset + match.end(name), " ".join(groups[name].split()))
    number = re.sub(r"^[Nn][or]\.?\s", "", groups.get("number", groups.get("symbol", "")))
    if draft.add_extra("collection-number" if "series" in groups else "number", number):
        draft.mark("number", offset + match.start("number" if "number" in groups else "symbol"), stop)
    if draft.add_extra("version", groups.get("version", "")):
        draft.mark("version", offset, stop)
    draft.mark("genre", offset, stop)
