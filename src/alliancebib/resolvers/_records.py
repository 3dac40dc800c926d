"""Records of Crossref's REST API become references; nothing a record holds raises.

The oddities are those of real records (titles as lists, dates without a year, names in capitals, empty people); the
types are mapped by hand, because the CSL-JSON that the service itself offers is not valid CSL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from alliancebib.identifiers import without_resolver
from alliancebib.model import ExtraValue, Name, PartialDate, Provenance, Reference, reference_id
from alliancebib.resolvers._markup import PARTICLES, calm_name, calm_title, plain
from alliancebib.updates import Update, is_taken_back, updates_as_text

__all__ = ["ACTOR", "LATER", "is_work", "record_to_reference"]

ACTOR = "crossref"

#: Types of https://api.crossref.org/types -> kinds of CSL 1.0.2. CSL has no kind for proceedings, sets and series.
KIND_OF = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "peer-review": "review",
    "dissertation": "thesis",
    "dataset": "dataset",
    "database": "dataset",
    "standard": "standard",
    "reference-entry": "entry",
    "software": "software",
    **dict.fromkeys(("book-chapter", "book-section", "book-part", "book-track"), "chapter"),
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book", "book-set", "book-series"), "book"),
    **dict.fromkeys(("proceedings", "proceedings-series"), "book"),
    **dict.fromkeys(("report", "report-component", "report-series"), "report"),
    **dict.fromkeys(("journal", "journal-volume", "journal-issue"), "periodical"),
    "standard-series": "standard",
}
#: Types of records that are no works, though they may bear a work's title: figures and supplements of it, grants.
_NO_WORKS = frozenset(["component", "grant"])
#: Relations that lead from a work to a later form of it (relations.xsd of Crossref's deposit schema). "is-version-of"
#: does not tell which of the two is the later one.
LATER = ("is-preprint-of", "is-replaced-by")
#: Kinds that stand in a book which may itself stand in a series: two container titles.
_IN_BOOKS = frozenset(["chapter", "paper-conference", "entry"])
#: Dates of a record, the one that a citation names first: print, as APA asks for, then what there is.
_DATES = ("published-print", "issued", "published", "published-online", "published-other", "posted")
_SERIES = re.compile(
    r"\b(?:series|lecture notes|studies in|advances in|communications in|progress in|topics in|springerbriefs|briefs"
    r"|colloquia|conference proceedings|schriften|beiträge|reihe|collection|library of)\b",
    re.IGNORECASE,
)
_DOUBLE = re.compile(r"(?<!-)--(?!-)")
_SUFFIX = re.compile(r"(?P<family>.+?),?\s+(?P<suffix>(?:jr|sr)\.?|i{2,3}|iv|2nd|3rd)", re.IGNORECASE)
_HONORIFIC = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms)\.\s*|(?:dr|prof|professor)\s+)+", re.IGNORECASE)
_NOBODY = frozenset(["", "na", "n/a", "none", "null", "unknown", "anonymous", "[anonymous]", "no author", "-", "."])
_OTHERS = frozenset(["et al", "et al.", "and others", "others"])


def record_to_reference(record: Mapping[str, object]) -> Reference:
    """Give a record as a reference: plain text, CSL's kinds, a DOI bare and in lower case.

    Where a work came out online and in print on different days, ``issued`` is that of the print and
    ``extra["available-date"]`` the earlier one. What became of the work later stands in ``extra`` (see
    `alliancebib.updates`); a work that was taken back has the status "retracted".
    """
    kind = KIND_OF.get(plain(record.get("type")), "document")
    title = _joined_title(_titles(record.get("title")), _titles(record.get("subtitle")))
    container, series, short = _containers(kind, record)
    issued, available = _dates(record)
    pages, doi = _pages(record), _doi(record)
    fields: dict[str, object] = {
        "kind": kind,
        "title": title,
        "author": _people(record.get("author")),
        "editor": _people(record.get("editor")),
        "translator": _people(record.get("translator")),
        "issued": issued,
        "container_title": container,
        "collection_title": series,
        "volume": plain(record.get("volume")),
        "issue": _issue(record),
        "page": pages,
        "edition": plain(record.get("edition-number")),
        "publisher": _publisher(kind, record),
        "publisher_place": plain(record.get("publisher-location")),
        "genre": _genre(record),
        "language": plain(record.get("language")),
        "doi": doi,
        "isbn": _first_number(record.get("ISBN"), r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]"),
        "issn": _issn(record),
        "extra": _extra(record, kind=kind, short=short, available=available, page=pages),
    }
    filled = {name: value for name, value in fields.items() if value}
    by = Provenance(actor=ACTOR, fields=tuple(filled))
    return Reference(id=reference_id(ACTOR, doi), provenance=(by,), **filled)  # type: ignore[arg-type]


def is_work(record: Mapping[str, object]) -> bool:
    """Say whether a record is that of a work, and not of a part or a grant: only such are found by a search."""
    return plain(record.get("type")) not in _NO_WORKS


def _doi(record: Mapping[str, object]) -> str:
    return without_resolver(plain(record.get("DOI"))).replace("\\/", "/")  # as JSON of JSON has it


def _texts(value: object) -> list[str]:
    """Give the texts of a list, or of a text alone, without empty ones."""
    if not value:
        return []
    return [text for text in map(plain, value if isinstance(value, list) else [value]) if text]


def _titles(value: object) -> list[str]:
    """Give titles in ordinary capitals; two hyphens are the dash of those who typed on a typewriter."""
    return [calm_title(_DOUBLE.sub("—", text) if "--" in text else text) for text in _texts(value)]


def _joined_title(titles: list[str], subtitles: list[str]) -> str:
    """Join title and subtitle, unless the title has it already; further titles are translations."""
    if not titles:
        return ""
    title, subtitle = titles[0], "".join(subtitles[:1])
    if not subtitle or _letters(subtitle) in _letters(title):
        return title
    return f"{title} {subtitle}" if title[-1] in ":?!.–—" else f"{title}: {subtitle}"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _containers(kind: str, record: Mapping[str, object]) -> tuple[str, str, str]:
    """Give the container, its series and its short title: two titles are a series and a book, or long and short."""
    titles = _titles(record.get("container-title"))
    short = next(iter(_texts(record.get("short-container-title"))), "")
    if len(titles) < 2:
        return (titles[0] if titles else ""), "", short
    if kind not in _IN_BOOKS:
        longest = max(titles, key=len)
        return longest, "", short or next(title for title in titles if title != longest or titles.count(title) > 1)
    series = [title for title in titles if _SERIES.search(title)]
    # Where the words do not tell, the series is named first, as in most records.
    first = series[0] if len(series) == 1 else titles[0]
    return next((title for title in titles if title != first), first), first, ""


def _dates(record: Mapping[str, object]) -> tuple[PartialDate | None, PartialDate | None]:
    """Give the date of publication, and the day online where that is another, or any date of another year."""
    dates = {name: date for name in _DATES if name in record and (date := _date(record[name]))}
    issued = next(iter(dates.values()), None)
    if issued is None:
        return None, None
    online = dates.get("published-online")
    if online is None:
        online = next((date for date in dates.values() if date.year != issued.year), None)
    return issued, online if online and str(online)[: len(str(issued))] != str(issued) else None


def _date(value: object) -> PartialDate | None:
    """Read ``{"date-parts": [[2018, 7, 2]]}``; None where no year stands."""
    rows = value.get("date-parts") if isinstance(value, dict) else None
    row = rows[0] if isinstance(rows, list) and rows else None
    parts = [_whole(part) for part in row[:3]] if isinstance(row, list) else []
    if not parts or not (year := parts[0]) or not 1000 <= year <= 9999:
        return None
    month, day = (*parts[1:], None, None)[:2]
    if month and 21 <= month <= 24:
        return PartialDate(year=year, season=month - 20)
    return PartialDate.of(year, month, day) or PartialDate.of(year, month) or PartialDate(year=year)


def _whole(part: object) -> int | None:
    if isinstance(part, str) and re.fullmatch(r"\d{1,4}", part, re.ASCII):
        return int(part)
    return part if isinstance(part, int) and not isinstance(part, bool) else None


def _people(value: object) -> tuple[Name, ...]:
    people = value if isinstance(value, list) else []
    if not people:
        return ()
    names = [name for person in people if isinstance(person, dict) and (name := _person(person))]
    others = [name for name in names if name.others]
    return tuple([name for name in names if not name.others] + others[:1])


def _person(person: Mapping[str, object]) -> Name | None:
    family, given = plain(person.get("family")), plain(person.get("given"))
    body = plain(person.get("name"))
    if not family and body:
        return None if body.lower() in _NOBODY else Name(literal=body)
    if family.lower() in _OTHERS and not given:
        return Name(others=True)
    given = "" if given.lower() in _NOBODY - {"-", "."} else _HONORIFIC.sub("", given).strip()
    if family.lower() in {"", "."}:
        return Name(literal=calm_name(given)) if given and given != "." else None
    if not given and family.lower() in _NOBODY:
        return None
    if not given and " " in family and family.partition(" ")[0] not in PARTICLES:
        return Name(literal=calm_name(family))
    suffix = plain(person.get("suffix"))
    if not suffix and (match := _SUFFIX.fullmatch(family)):
        family, suffix = match["family"], match["suffix"]
    return Name(family=calm_name(family), given=calm_name(given), suffix=suffix)


def _pages(record: Mapping[str, object]) -> str:
    """Give the pages, or the number of an article that has none."""
    pages = re.sub(r"\s*[-‐‑‒–—]+\s*", "-", plain(record.get("page"))).strip("-")
    return pages or plain(record.get("article-number"))


def _issue(record: Mapping[str, object]) -> str:
    inner = record.get("journal-issue")
    return plain(record.get("issue")) or plain(inner.get("issue") if isinstance(inner, dict) else "")


def _publisher(kind: str, record: Mapping[str, object]) -> str:
    """Give the publisher; for a thesis the university, which stands apart."""
    institutions = record.get("institution")
    first = institutions[0] if isinstance(institutions, list) and institutions else institutions
    name = plain(first.get("name")) if isinstance(first, dict) else ""
    return name if name and kind == "thesis" else plain(record.get("publisher"))


def _genre(record: Mapping[str, object]) -> str:
    if degrees := _texts(record.get("degree")):
        return degrees[0]
    return "Preprint" if record.get("subtype") == "preprint" else ""


def _first_number(value: object, pattern: str) -> str:
    for text in _texts(value):
        if match := re.search(pattern, text):
            return match[0]
    return ""


def _issn(record: Mapping[str, object]) -> str:
    """Give the ISSN of the print edition, else the first."""
    kinds = record.get("issn-type")
    printed = [
        entry.get("value")
        for entry in (kinds if isinstance(kinds, list) else [])
        if isinstance(entry, dict) and entry.get("type") == "print"
    ]
    pattern = r"\d{4}-\d{3}[\dXx]"
    return _first_number(printed, pattern) or _first_number(record.get("ISSN"), pattern)


def _extra(
    record: Mapping[str, object], *, kind: str, short: str, available: PartialDate | None, page: str
) -> dict[str, ExtraValue]:
    number = plain(record.get("article-number"))
    event = record.get("event") if kind == "paper-conference" else None
    event = event if isinstance(event, dict) else {}
    texts = {
        "container-title-short": short if short and short not in _texts(record.get("container-title")) else "",
        "original-title": next(iter(_texts(record.get("original-title"))), ""),
        "number": number if number != page else "",
        "event-title": plain(event.get("name")),
        "event-place": plain(event.get("location")),
    }
    extra: dict[str, ExtraValue] = {name: text for name, text in texts.items() if text}
    if available:
        extra["available-date"] = available
    return extra | _what_became_of_it(record)


def _what_became_of_it(record: Mapping[str, object]) -> dict[str, ExtraValue]:
    """Give what was done to a work later, and by it to others; of most records nothing is told."""
    if not any(record.get(name) for name in ("update-to", "updated-by", "relation")):
        return {}
    told = {
        "update-to": updates_as_text(_updates(record.get("update-to"))),
        "updated-by": updates_as_text(_updates(record.get("updated-by"))),
        "later": updates_as_text(_later_forms(record.get("relation"))),
    }
    found: dict[str, ExtraValue] = {f"{ACTOR}:{name}": text for name, text in told.items() if text}
    if is_taken_back(_updates_of_this(record)):
        found["status"] = "retracted"
    return found


def _updates(value: object) -> Iterable[Update]:
    """Read updates, of which each has a type, a DOI and a day, and in most a source and a label."""
    for update in value if isinstance(value, list) else []:
        if isinstance(update, dict):
            yield Update(
                kind=re.sub(r"[\s-]+", "_", plain(update.get("type")).lower()),
                doi=plain(update.get("DOI")).lower(),
                date=str(_date(update.get("updated")) or ""),
                source=plain(update.get("source")),
                label=plain(update.get("label")),
            )


def _updates_of_this(record: Mapping[str, object]) -> Iterable[Update]:
    """Give the updates about the work itself; one that was made in place names its own DOI."""
    yield from _updates(record.get("updated-by"))
    yield from (update for update in _updates(record.get("update-to")) if update.doi == _doi(record))


def _later_forms(value: object) -> Iterable[Update]:
    """Read the later forms of a work from its relations, of which each has a list of works."""
    relations = value if isinstance(value, dict) else {}
    for kind in LATER:
        works = relations.get(kind)
        for work in works if isinstance(works, list) else []:
            if isinstance(work, dict) and work.get("id-type") == "doi":
                yield Update(kind=kind, doi=without_resolver(plain(work.get("id"))))
