"""Write a record as Google Scholar's "Cite" window does, in its five formats, and say what each string holds of it.

There is no specification: the formats are those of long public use. No DOI, no editors of the book around a chapter;
APA names six authors and the last, MLA one where there are more than two or three, Chicago seven of more than ten;
titles end in a full stop even behind a question mark; quotation marks within a title stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from alliancebib.model import Name, PartialDate, Reference

MONTHS = "January February March April May June July August September October November December".split()
#: How a format cuts a long list of authors: how many are named in full, and how many where there are more.
_CUT = {"mla": (3, 1), "chicago": (10, 7), "apa": (7, 6)}
#: Kinds that no format tells apart, since none says what a thing is.
PART_OF_BOOK = frozenset("chapter paper-conference entry entry-encyclopedia entry-dictionary".split())
ON_ITS_OWN = frozenset("book report".split())


@dataclass(frozen=True)
class Written:
    """A string, the kinds that it may be read as, and the fields that stand in it."""

    text: str
    kinds: frozenset[str]
    fields: dict[str, str]
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """A record as the formats need it: texts without a final stop, numbers without "Vol." and "No."."""

    shape: str
    title: str
    authors: tuple[Name, ...]
    editors: bool
    year: str
    month: str = ""
    day: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    publisher: str = ""
    place: str = ""
    odd: bool = False
    extra: dict[str, str] = field(default_factory=dict)


def work_of(reference: Reference, number: int) -> Work | None:
    """Give a record as a work, None where a search engine could not cite it: no title, no year."""
    title = _unstopped(reference.title)
    issued = reference.issued
    if not title or not isinstance(issued, PartialDate) or not issued.year:
        return None
    shape = _shape(reference)
    if shape in {"article", "part"} and not reference.container_title:
        shape = "bare"
    people = reference.author or (reference.editor if shape == "book" else ())
    page = reference.page if re.search(r"\d|^[ivxlc]+(-|$)", reference.page) else ""
    container = _unstopped(reference.container_title)
    if shape == "preprint":
        container = f"arXiv preprint arXiv:{issued.year % 100:02d}01.{number % 100000:05d}"
    return Work(
        shape=shape,
        title=title,
        authors=tuple(name for name in people if not (name.others or str(name).startswith(("et al", "and et al")))),
        editors=bool(people) and not reference.author,
        year=str(issued.year),
        month=str(issued.month or ""),
        day=str(issued.day or ""),
        container=container,
        volume=re.sub(r"^(?:vol(?:ume)?|v)\b\.?\s*", "", reference.volume, flags=re.IGNORECASE),
        issue=re.sub(r"^(?:no|issue|iss|nr)\b\.?\s*", "", reference.issue, flags=re.IGNORECASE),
        page=page,
        publisher=_unstopped(reference.publisher) if shape in {"part", "book", "thesis"} else "",
        place=_unstopped(reference.publisher_place) if shape in {"part", "book"} else "",
        odd=number % 2 == 1,
    )


def _unstopped(text: str) -> str:
    return " ".join(text.split()).rstrip(" .,;:/")


def _shape(reference: Reference) -> str:
    kind = reference.kind
    if kind == "article-journal":
        return "article"
    if kind in PART_OF_BOOK:
        return "part"
    return {"thesis": "thesis", "article": "preprint"}.get(kind, "book" if reference.publisher else "bare")


# Names.


def _family(name: Name) -> str:
    return " ".join(part for part in (name.non_dropping_particle, name.family, name.suffix.rstrip(".")) if part)


def _letters(given: str, *, hyphens: bool) -> list[str]:
    """Give the initials of given names; a hyphen stays with the letter behind it where it is kept at all."""
    found: list[str] = []
    for mark, word in re.findall(r"(^|[\s.\-‐]+)([^\W\d_][^\s.\-‐]*)", given):
        found.append(("-" if hyphens and found and mark[-1:] in "-‐" else "") + word[0].upper())
    return found


def _given(name: Name) -> str:
    return re.sub(r"\.{2,}", ".", " ".join(part for part in (name.given, name.dropping_particle) if part))


def _inverted(name: Name, *, joint: str, hyphens: bool) -> str:
    """Give "Doe, J. M." with a joint of one blank, "Doe, J.M." with none."""
    letters = _letters(_given(name), hyphens=hyphens)
    if name.literal or not letters:
        return name.literal or _family(name)
    initials = letters[0] + "."
    for letter in letters[1:]:
        initials += f"{letter}." if letter[0] == "-" else f"{joint}{letter}."
    return f"{_family(name)}, {initials}"


def _unmarked(name: Name) -> str:
    letters = "".join(_letters(_given(name), hyphens=False))
    return name.literal or f"{_family(name)} {letters}".strip()


def _in_full(name: Name, *, first: bool) -> str:
    if name.literal or not _given(name):
        return name.literal or _family(name)
    return f"{_family(name)}, {_given(name)}" if first else f"{_given(name)} {_family(name)}"


def _initials_held(names: tuple[Name, ...]) -> list[str]:
    return [
        re.sub(r"[\s.]", "", f"{name.literal or _family(name)}|{''.join(_letters(_given(name), hyphens=False))}")
        for name in names
    ]


def _full_held(names: tuple[Name, ...]) -> list[str]:
    return [
        f"{name.literal or _family(name)}|{'' if name.literal else _given(name)}"
        if number == 0
        else name.literal or f"{_given(name)} {_family(name)}".strip()
        for number, name in enumerate(names)
    ]


# What two or more formats share.


def _stopped(text: str) -> str:
    return f"{text}."


def _dotted(names: str) -> str:
    return names if not names or names.endswith(".") else f"{names}."


def _from(work: Work) -> str:
    return f"{work.place}: {work.publisher}" if work.place and work.publisher else work.publisher


def _said(work: Work, *names: str, **others: str) -> dict[str, str]:
    """Give the fields of these names that the work has, and others."""
    values = {
        "title": work.title,
        "container_title": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page,
        "publisher": work.publisher,
        "publisher_place": work.place if work.publisher else "",
        "issued": work.year,
    }
    return {name: values[name] for name in names if values[name]} | others


def _kinds(work: Work) -> frozenset[str]:
    return {
        "article": frozenset({"article-journal"}),
        "part": PART_OF_BOOK,
        "thesis": frozenset({"thesis"}),
        "preprint": frozenset({"article"}),
        "book": ON_ITS_OWN if work.publisher else frozenset({"document"}),
        "bare": frozenset({"document"}),
    }[work.shape]


_ARTICLE = ("title", "container_title", "volume", "issue", "page", "issued")
_PART = ("title", "container_title", "page", "publisher", "publisher_place", "issued")
_BOOK = ("title", "publisher", "publisher_place", "issued")


def _author_year(work: Work, *, pages: str) -> tuple[str, tuple[str, ...]]:
    """Give what follows the year in APA and Harvard, and the fields of it."""
    if work.shape == "article":
        numbers = f"{work.volume}({work.issue})" if work.issue else work.volume
        where = pages.replace("pp.", "p.") + work.page if "-" not in work.page else pages + work.page
        tail = ", ".join(part for part in (work.container, numbers, where if work.page else "") if part)
        return f"{_stopped(work.title)} {_stopped(tail)}", _ARTICLE
    if work.shape == "part":
        where = f" ({'pp' if '-' in work.page else 'p'}. {work.page})" if work.page else ""
        publisher = f" {_stopped(_from(work))}" if work.publisher else ""
        return f"{_stopped(work.title)} In {_stopped(work.container + where)}{publisher}", _PART
    if work.shape == "thesis":
        university = f", {work.publisher}" if work.publisher else ""
        return f"{work.title} (Doctoral dissertation{university}).", _BOOK
    if work.shape == "preprint":
        return f"{_stopped(work.title)} {_stopped(work.container)}", ("title", "container_title", "issued")
    publisher = f" {_stopped(_from(work))}" if work.publisher else ""
    return f"{_stopped(work.title)}{publisher}", _BOOK


def apa(work: Work) -> Written:
    """Write the APA form."""
    listed = [_inverted(name, joint=" ", hyphens=work.odd) for name in work.authors]
    held = _initials_held(work.authors)
    most, kept = _CUT["apa"]
    if len(listed) > most:
        names = f"{', '.join(listed[:kept])}, ... & {listed[-1]}"
        held = [*held[:kept], held[-1]]
    else:
        names = ", & ".join(part for part in (", ".join(listed[:-1]), *listed[-1:]) if part)
    if work.editors:
        names += " (Eds.)" if len(listed) > 1 else " (Ed.)"
    month = f", {MONTHS[int(work.month) - 1]}" if work.shape == "part" and work.month else ""
    body, fields = _author_year(work, pages="")
    said = _said(work, *fields, issued=_date(work.year, work.month if month else ""))
    if work.shape == "article" and not (work.volume or work.issue) and re.fullmatch(r"\d{1,4}", work.page):
        said["volume"] = said.pop("page")  # "Journal, 78": the string does not say of what it is the number
    if not names:
        body = body.removeprefix(_stopped(work.title)).strip()
        return Written(f"{_stopped(work.title)} ({work.year}{month}). {body}".strip(), _kinds(work), said)
    names = _dotted(names) if _is_body(work) else names
    return Written(f"{names} ({work.year}{month}). {body}", _kinds(work), said, tuple(held))


def _is_body(work: Work) -> bool:
    return len(work.authors) == 1 and bool(work.authors[0].literal or not _given(work.authors[0]))


def harvard(work: Work) -> Written:
    """Write the Harvard form."""
    listed = [_inverted(name, joint="", hyphens=work.odd) for name in work.authors]
    held = _initials_held(work.authors)
    if len(listed) > 11:  # ten and the last, without a word
        listed, held = [*listed[:10], listed[-1]], [*held[:10], held[-1]]
    names = " and ".join(part for part in (", ".join(listed[:-1]), *listed[-1:]) if part)
    if work.editors:
        names += " eds." if len(listed) > 1 else " ed."
    month = f", {MONTHS[int(work.month) - 1]}" if work.shape == "part" and work.month else ""
    body, fields = _author_year(work, pages="pp.")
    said = _said(work, *fields, issued=_date(work.year, work.month if month else ""))
    front = f"{names}, " if names else ""
    return Written(f"{front}{work.year}{month}. {body}", _kinds(work), said, tuple(held))


def _date(year: str, month: str = "", day: str = "") -> str:
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def _names_in_full(work: Work, style: str) -> tuple[str, tuple[str, ...]]:
    listed = [_in_full(name, first=number == 0) for number, name in enumerate(work.authors)]
    held = _full_held(work.authors)
    most, kept = _CUT[style]
    if style == "mla" and work.odd:
        most = 2  # both habits occur: three authors in full, or the first alone
    if len(listed) > most:
        names = f"{', '.join(listed[:kept])}{',' if style == 'mla' else ''} et al"
        held = [*held[:kept], "et al."]
    else:
        names = ", and ".join(part for part in (", ".join(listed[:-1]), *listed[-1:]) if part)
    if work.editors:
        names += ", eds" if len(listed) > 1 else ", ed"
    return _dotted(names), tuple(held)


def mla(work: Work) -> Written:
    """Write the MLA form."""
    names, held = _names_in_full(work, "mla")
    published = ", ".join(part for part in (_from(work), work.year) if part)
    fields: tuple[str, ...] = _BOOK
    others: dict[str, str] = {}
    if work.shape == "article":
        volume = work.volume or work.issue  # without a volume the issue stands alone
        numbers = f"{volume}.{work.issue}" if work.volume and work.issue else volume
        numbered = f"{work.container} {numbers}".strip()
        body = f'"{work.title}." {numbered} ({work.year}){": " if work.page else ""}{work.page}.'
        fields = _ARTICLE if work.volume else ("title", "container_title", "page", "issued")
        others = {} if work.volume or not volume else {"volume": volume}
    elif work.shape == "part":
        page = f" {_stopped(work.page)}" if work.page else ""
        body, fields = f'"{work.title}." {_stopped(work.container)} {_stopped(published)}{page}', _PART
    elif work.shape == "thesis":
        body = f"{_stopped(work.title)} Diss. {_stopped(published)}"
    elif work.shape == "preprint":
        body = f'"{work.title}." {work.container} ({work.year}).'
        fields = ("title", "container_title", "issued")
    elif work.shape == "book":
        body = f"{_stopped(work.title)} {_stopped(published)}"
    else:
        body = f'"{work.title}." ({work.year}).'
    return Written(f"{names} {body}".strip(), _kinds(work), _said(work, *fields, **others), held)


def chicago(work: Work) -> Written:
    """Write the Chicago form."""
    names, held = _names_in_full(work, "chicago")
    published = ", ".join(part for part in (_from(work), work.year) if part)
    fields: tuple[str, ...] = _BOOK
    if work.shape == "article":
        issue = f", no. {work.issue}" if work.issue else ""
        numbered = f"{work.container} {work.volume}".strip() + issue
        body = f'"{work.title}." {numbered} ({work.year}){": " if work.page else ""}{work.page}.'
        fields = _ARTICLE
    elif work.shape == "part":
        page = f", {'pp' if '-' in work.page else 'p'}. {work.page}" if work.page else ""
        body, fields = f'"{work.title}." In {_stopped(work.container + page)} {_stopped(published)}', _PART
    elif work.shape == "thesis":
        body = f'"{work.title}." PhD diss., {_stopped(published)}'
    elif work.shape == "preprint":
        body = f'"{work.title}." {work.container} ({work.year}).'
        fields = ("title", "container_title", "issued")
    elif work.shape == "book":
        body = f"{_stopped(work.title)} {_stopped(published)}"
    else:
        body = f'"{work.title}." ({work.year}).'
    return Written(f"{names} {body}".strip(), _kinds(work), _said(work, *fields), held)


def vancouver(work: Work) -> Written:
    """Write the Vancouver form: the whole date, the last page without the digits that it shares with the first."""
    listed, held = [_unmarked(name) for name in work.authors], _initials_held(work.authors)
    if len(listed) > 11:
        listed, held = [*listed[:10], listed[-1]], [*held[:10], held[-1]]
    names = ", ".join(listed)
    if work.editors:
        names += ", editors" if len(listed) > 1 else ", editor"
    month = work.month or ("1" if work.odd else "")
    day = work.day or ("1" if work.odd else "")
    date = " ".join(part for part in (work.year, MONTHS[int(month) - 1][:3] if month else "", day) if part)
    issued = _date(work.year, month, day)
    page, fields = _shortened(work.page), _BOOK
    said = _said(work, *fields, issued=issued)
    if work.shape == "article":
        numbers = f";{work.volume}" if work.volume else ""
        numbers += f"({work.issue})" if work.issue else ""
        body = f"{_stopped(work.title)} {_stopped(work.container)} {date}{numbers}{':' if page else ''}{page}."
        said = _said(work, *_ARTICLE, issued=issued) | ({"page": page} if page else {})
    elif work.shape == "part":
        where = f" ({'pp' if '-' in work.page else 'p'}. {work.page})" if work.page else ""
        publisher = f" {_stopped(_from(work))}" if work.publisher else ""
        body = f"{_stopped(work.title)} In{work.container} {_stopped(date + where)}{publisher}"
        said = _said(work, *_PART, issued=issued)
    elif work.shape == "thesis":
        university = f", {work.publisher}" if work.publisher else ""
        body = f"{work.title} (Doctoral dissertation{university})."
        said = _said(work, "title", "publisher")
    elif work.shape == "preprint":
        body = f"{_stopped(work.title)} {_stopped(work.container)} {date}."
        said = _said(work, "title", "container_title", issued=issued)
    elif work.shape == "book":
        body = f"{_stopped(work.title)} {_from(work)}; {date}."
    else:
        body = f"{_stopped(work.title)} {date}."
    return Written(f"{_dotted(names)} {body}".strip(), _kinds(work), said, tuple(held))


def _shortened(pages: str) -> str:
    """Give "436-444" as "436-44"."""
    match = re.fullmatch(r"(\d+)-(\d+)", pages)
    if not match or len(match[1]) != len(match[2]) or match[1] >= match[2]:
        return pages
    shared = next(place for place, pair in enumerate(zip(*match.groups(), strict=True)) if pair[0] != pair[1])
    return f"{match[1]}-{match[2][shared:]}"


FORMATS: dict[str, Callable[[Work], Written]] = {
    "APA": apa, "MLA": mla, "Chicago": chicago, "Harvard": harvard, "Vancouver": vancouver,
}  # fmt: skip
