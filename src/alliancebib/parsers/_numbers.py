"""Volume, issue, pages and date as they follow a journal: a stretch comes in, the pieces with their places go out.

The stretch is read piece by piece without going back, and only its last 200 characters are looked at, so that no text
can make it slow.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.model import PartialDate
from alliancebib.outline.dates import FoundDate, date_at, date_ending

__all__ = ["Numbers", "Piece", "find_numbers", "read_numbers", "tidy_pages"]

_LONGEST = 200
_DASH = "-‐‑‒–—−"
_RANGE = rf"[A-Za-z]{{0,2}}\d{{1,6}}[A-Za-z]?(?:\s?[{_DASH}]{{1,2}}\s?[A-Za-z]{{0,2}}\d{{1,6}}[A-Za-z]?)?"
_VOLUME = (
    r"(?:[Vv]ol(?:ume|umes|s)?|VOL|[Vv]|Bd|Band|Jg|Jahrgang|[Aa]ño|[Aa]nno|[Aa]nnée|"
    r"[Tt]omo?|[Tt]ome|[Tt](?=\.\s?\d)|[Rr]oč|Т|т|Том|том|Cilt|C|Sv|årg)"
)
_ISSUE = (
    r"(?:[Nn]os?|NO|[Nn]r|[Ii]ss(?:ue)?|[Nn]úm|[Nn]um(?:ber)?|[Nn]\.?[°º]|[Nn]\.|№|"
    r"Heft|H|[Вв]ып(?:уск)?|[Fф]asc|[Ss]ayı|S|z|č(?=\.))"
)
_PAGES = r"(?:[Pp]p?|PP|[Pp]ages?|[Pp]gs?|[Ss]{1,2}|[Ss]eiten?|С|с|стр|Стр|[Pp]ágs?|[Pp]ag|[Ss]tr|str)"
_PIECES = tuple(
    (name, re.compile(form))
    for name, form in (
        (
            "volume-issue",
            rf"(?:{_VOLUME}\.?\s?)?(?P<volume>\d{{1,4}}[A-Za-z]?|[IVXLC]{{1,7}})\s?\(\s?(?P<issue>(?![^()]*\b(?:18|19|20)\d\d\s?[a-z]?\))[^()]{{1,24}}?)\s?\)",
        ),
        ("volume", r"(?P<volume>\d{1,4})\.\s?(?:Jg|Jahrgang|årg|roč)\b\.?"),
        ("volume-issue", rf"[Cc]\.\s?(?P<volume>\d{{1,4}}),\s[Ss]\.\s?(?P<issue>\d{{1,3}})(?!\s?[{_DASH}\d]|\w)"),
        (
            "volume-point-issue",
            rf"(?P<volume>\d{{1,4}})\.(?P<issue>\d{{1,3}}(?:[{_DASH}/]\d{{1,3}})?)(?=\s?[(,:;]|\s\()",
        ),
        (
            "volume-colon-issue",
            rf"(?P<volume>\d{{1,4}}):(?P<issue>\d{{1,3}}(?:[{_DASH}/]\d{{1,3}})?)(?=(?:\s\([^()]{{0,12}}(?:18|19|20)\d\d\)[,:]|,)\s(?:pp?\.\s?)?\d{{1,5}}\s?[{_DASH}])",
        ),
        (
            "issue-of-year",
            rf"(?:{_ISSUE}\.?\s?)?(?P<issue>[1-9]\d?(?:[{_DASH}]\d{{1,2}})?)/(?P<of>(?:19|20)\d\d)(?!\d)",
        ),
        ("volume-slash-issue", r"(?P<volume>\d{1,3})/(?P<issue>\d{1,3})(?=\s?[(,:;])"),
        ("pages", rf"(?:{_PAGES}\.?\s?)(?P<page>{_RANGE}(?:,\s?\d+\s?[{_DASH}]\s?\d+)*(?:\+|ff?)?)(?!\w)"),
        ("volume", rf"{_VOLUME}(?:\.\s?|\s)(?P<volume>[\dIVXLC]{{1,7}}[A-Za-z]?(?:[{_DASH}/]\d{{1,3}})?)(?!\w)"),
        (
            "issue",
            rf"{_ISSUE}\.?\s?(?P<issue>\d{{1,5}}[A-Za-z]?(?:\s?[{_DASH}/]\s?\d{{1,5}})?(?:\s?\((?!(?:18|19|20)\d\d\))\d{{1,5}}\))?)(?!\w)",
        ),
        (
            "issue",
            rf"\(\s?(?:{_ISSUE}\.?\s?)?(?P<issue>(?!(?:18|19|20)\d\d\s?\))\d{{1,4}}(?:[{_DASH}/]\d{{1,4}})?)\s?\)",
        ),
        ("issue", r"(?P<issue>[Ss]uppl(?:ement)?\.?\s?\d{1,5}[A-Za-z]?)(?!\w)"),
        ("issue", r"(?P<issue>[Ss]pecial\s[Ii]ssue|[Ss]onderheft|[Ss]pecial\s[Ss]ection)(?!\w)"),
        (
            "article",
            r"(?:[Aa]rticle|[Aa]rt\.|[Pp]aper)\s?(?:[Nn]o\.?|[Nn]umber|ID)?\s?(?P<page>[A-Za-z]?\d[\w.-]{0,15})(?!\w)",
        ),
        ("season", r"\(?(?P<season>Spring|Summer|Fall|Autumn|Winter)\s(?P<year>(?:19|20)\d\d)\)?"),
        ("ahead", r"(?P<status>[Aa]dvance online publication|[Aa]head of print|[Ii]n press|[Ff]orthcoming)"),
        ("pages", rf"(?P<page>[A-Za-z]{{0,2}}\d{{1,6}}\s?[{_DASH}]{{1,2}}\s?[A-Za-z]{{0,2}}\d{{1,6}})(?!\w)"),
        ("number", r"(?P<number>[A-Za-z]?\d{1,7}[A-Za-z]?)(?!\w)"),
    )
)
#: "1648–2008" are years of a title, not pages.
_SPAN_OF_YEARS = re.compile(rf"(?:1[0-8]|19)\d\d\s?[{_DASH}]\s?(?:19|20)\d\d(?!\d)")
_DATE_IN_BRACKETS = re.compile(r"\(\s?([^()]{4,30}?)\s?\)")
_DASHES = re.compile(rf"\s?[{_DASH}]+\s?")
_BETWEEN = re.compile(r"[\s,.;:()–—-]*")
_SEASONS = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}


class Piece(msgspec.Struct, frozen=True):
    """A field's characters ``start`` to ``end``, with the words that introduce it, and its value."""

    field: str
    start: int
    end: int
    value: str


class Numbers(msgspec.Struct, frozen=True):
    """What was read from ``start`` to ``end``: the pieces, and the date where there is one."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    issued: PartialDate | None = None

    def __contains__(self, field: object) -> bool:
        return any(piece.field == field for piece in self.pieces)


def find_numbers(text: str, start: int, end: int) -> Numbers | None:
    """Find where the numbers of a journal begin: the longest end of the stretch that is nothing else.

    Where something else follows them, the first place is taken where both volume and pages, or volume and issue, are.
    """
    partial = None
    first = max(start, end - _LONGEST)
    depth = text.count("(", start, first) - text.count(")", start, first)
    for place in range(first, end):
        inside, depth = depth > 0, depth + (text[place] == "(") - (text[place] == ")")
        if inside or not _may_begin(text, place, start):
            continue
        found = read_numbers(text, place, end)
        if found and {piece.field for piece in found.pieces} == {"issued"} and not text[found.end : end].strip(" .,;)"):
            return partial  # a date at the end is no volume
        if found is None or not ({"volume", "page", "issue"} & {piece.field for piece in found.pieces}):
            continue
        if not text[found.end : end].strip(" .,;:()[]–—-"):
            return found
        if partial is None and "volume" in found and ("page" in found or "issue" in found):
            partial = found
    return partial


def _may_begin(text: str, place: int, start: int) -> bool:
    letter = text[place]
    if not (letter.isdigit() or letter in {"(", "№"} or letter.isalpha()):
        return False
    if place - 1 > start and text[place - 1] == "." and text[place - 2].isdigit():
        return False
    return place == start or not (text[place - 1].isalnum() or text[place - 1] in "(-–/'’&:@")


def read_numbers(text: str, start: int, end: int) -> Numbers | None:
    """Read as many pieces as there are from a place on."""
    pieces: list[Piece] = []
    issued: PartialDate | None = None
    place = last = start
    while place < end:
        if (date := _date(text, place, end)) and issued is None and _is_date_here(text, date, pieces):
            issued, stop = date.date, date.end
            pieces.append(Piece("issued", place, stop, ""))
        elif (found := _piece(text, place, end, pieces)) and not (
            not pieces and _SPAN_OF_YEARS.match(text, place, end)
        ):
            new, season = found
            pieces += new
            issued = season or issued
            stop = new[-1].end
        else:
            break
        between = _BETWEEN.match(text, stop, end)
        place = between.end() if between else stop
        last = stop
    if not pieces:
        return None
    return Numbers(start, last, tuple(pieces), issued)


def _date(text: str, place: int, end: int) -> FoundDate | None:
    """Read a date at a place, with the bracket around it where there is one."""
    bracket = _DATE_IN_BRACKETS.match(text, place, end)
    if bracket:
        inner = date_at(text, bracket.start(1))
        if inner is None or inner.end < bracket.end(1) - 1:
            inner = date_ending(text, bracket.end(1))
        if inner and inner.end >= bracket.end(1) - 1:
            return FoundDate(inner.date, place, bracket.end())
    found = date_at(text, place)
    return found if found and found.end <= end else None


def _is_date_here(text: str, date: FoundDate, pieces: list[Piece]) -> bool:
    """Tell a year from a volume or a page number that looks like one."""
    if text[date.start] == "(" or not date.is_year:
        return True
    after = text[date.end : date.end + 3].lstrip()
    before = text[: date.start].rstrip()[-1:]
    if after[:1] in tuple("-–(") and after[:1] != "(":
        return False
    if before == ":" and any(piece.field == "volume" for piece in pieces):
        return False
    return not text[date.start : date.end + 2].strip().endswith("(")


def _piece(text: str, place: int, end: int, known: list[Piece]) -> tuple[list[Piece], PartialDate | None] | None:
    have = {piece.field for piece in known}
    for _, pattern in _PIECES:
        match = pattern.match(text, place, end)
        if match is None:
            continue
        groups = match.groupdict()
        if "number" in groups:
            return _bare_number(match, have, text)
        if {field for field in ("volume", "issue", "page") if field in groups} & have:
            continue
        if "of" in groups:
            pieces = [
                Piece(field, *match.span(group), groups[group])
                for field, group in (("issue", "issue"), ("issued", "of"))
            ]
            return pieces, PartialDate(year=int(groups["of"]))
        if "season" in groups:
            date = PartialDate(year=int(groups["year"]), season=_SEASONS[groups["season"].lower()])
            return [Piece("issued", match.start(), match.end(), "")], date
        if "status" in groups:
            return [Piece("issued", match.start(), match.end(), "")], None
        fields = [field for field in ("volume", "issue", "page") if groups.get(field)]
        cuts = [match.start(), *(match.end(field) for field in fields[:-1]), match.end()]
        return [
            Piece(
                field,
                cuts[number],
                cuts[number + 1],
                tidy_pages(groups[field]) if field == "page" else _tidy(groups[field]),
            )
            for number, field in enumerate(fields)
        ], None
    return None


def _bare_number(match: re.Match[str], have: set[str], text: str) -> tuple[list[Piece], None] | None:
    before = text[: match.start()].rstrip()[-1:]
    field = "page" if "volume" in have or before == ":" else "volume"
    if field in have or not match["number"][-1].isdigit():
        return None
    return [Piece(field, match.start(), match.end(), match["number"])], None


def _tidy(text: str) -> str:
    text = re.sub(rf"(?<=\d)\s?[{_DASH}]\s?(?=\d)", "-", text.strip())
    return re.sub(r"^(?:no|nos|issue|iss|nr)\.?\s?(?=\d)", "", text, flags=re.IGNORECASE)


def tidy_pages(text: str) -> str:
    """Give pages with plain hyphens and no blanks around them.

    >>> tidy_pages("283 – 304")
    '283-304'
    """
    return _DASHES.sub("-", text.strip())
