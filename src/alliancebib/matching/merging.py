"""Several references to one work become one, and nothing is lost: gaps are filled, what gave way stays in provenance.

Rules, field by field. Kind: the more specific one (a newspaper article rather than a web page). Names: the longer list,
each name in its fuller form. Date: the more exact; of two years the one that more members have, then the later (print
follows online). Texts: see `alliancebib.matching.choosing`.
Identity, key, spans and leftover are those of the first member; origins, other addresses, notes, keywords and further
keys of all are kept.
Of a preprint and what it became the latter says what the work is, what it is called, and where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from alliancebib.finding import Finding
from alliancebib.matching.agreement import agree, as_text
from alliancebib.matching.choosing import best, best_text
from alliancebib.matching.extras import TEX_SOURCE, holds, merged_extra, without_repeats
from alliancebib.matching.forms import MERGER
from alliancebib.matching.normal import bare_doi
from alliancebib.matching.people import compatible_given, people_of
from alliancebib.model import Name, Origin, PartialDate, Provenance, Reference
from alliancebib.rich_text import without_markup
from alliancebib.variables import OTHER_URLS

__all__ = ["merge", "name_of"]

#: From vague to specific; what is not named stands in the middle.
_VAGUE = {"document": 0, "webpage": 1, "post": 2, "article": 3, "post-weblog": 3}
_SPECIFIC = 5

_TEXT = (
    "title container_title collection_title volume issue page edition publisher publisher_place genre language doi "
    "isbn issn archive_url abstract"
).split()
_NAMES = ("author", "editor", "translator")
#: What says which work it is and where it stands: that of another version would be wrong.
_STANDING = frozenset(_TEXT) - {"language", "archive_url", "abstract"}
#: Differences in these are told to the person; what was seen when, and which kind is meant, stays in the provenance.
_TOLD = tuple(sorted({*_TEXT, *_NAMES, "issued"}))
#: So much of a value is told.
_SHOWN = 80
_BLANK = re.compile(r"\s")
_NOTE = re.compile(r"\b(?:note|addendum)\s*=", re.IGNORECASE)


def merge(
    references: Sequence[Reference], *, published: Sequence[Reference] = ()
) -> tuple[Reference, tuple[Finding, ...]]:
    """Make one reference of several, in the order of the page; say where they disagree (AB503).

    ``published`` are those of them that came out, where the others are preprints or earlier versions: they alone say
    what the work is, what it is called and where it stands. A DOI of another version stays as an address.

    Raises:
        ValueError: There is nothing to merge.
    """
    if not references:
        raise ValueError("there is nothing to merge")
    if len(references) == 1:
        return references[0], ()
    return _finished(references, _values(references, published or references), published or references)


def _values(references: Sequence[Reference], published: Sequence[Reference]) -> dict[str, object]:
    """Give the value of each field that is kept, ``extra`` apart."""
    values: dict[str, object] = {"kind": _kind(published)}
    values |= {field: _text(field, published if field in _STANDING else references) for field in _TEXT}
    values["title"] = values["title"] or _text("title", references)
    values |= {field: _names(field, references) for field in _NAMES}
    values |= {"issued": _issued(published) or _issued(references), "accessed": _latest(references)}
    values |= {
        "url": _url([one for one in published if one.url] or references),
        "note": without_repeats(one.note for one in references if not _has_from_parent(one))
        or _text("note", references),
    }
    values["key"] = next((reference.key for reference in references if reference.key), "")
    values["origins"] = tuple(dict.fromkeys(origin for reference in references for origin in reference.origins))
    return values


def _has_from_parent(reference: Reference) -> bool:
    """Say whether the note is that of a parent, which keeps it: it does not become the child's own."""
    inherits = "bibtex:crossref" in reference.extra or "bibtex:xdata" in reference.extra
    return inherits and not _NOTE.search(reference.origin.raw)


def _finished(
    references: Sequence[Reference], values: dict[str, object], published: Sequence[Reference]
) -> tuple[Reference, tuple[Finding, ...]]:
    """Put the values into the first reference, with what ``extra`` holds and who gave what."""
    first = references[0]
    merged = msgspec.structs.replace(first, **values)
    extra = merged_extra(references, merged, published)
    if others := _other_addresses(references, merged, published):
        extra[OTHER_URLS] = others
    merged = msgspec.structs.replace(merged, extra=extra)
    records = [record for reference in references for record in reference.provenance]
    records += [record for reference in references if (record := _record(reference, first, merged))]
    merged = msgspec.structs.replace(merged, provenance=tuple(dict.fromkeys(records)))
    return merged, tuple(_disagreements(references, merged))


def name_of(reference: Reference) -> str:
    """Say which reference it is: the key that its file has for it, and its line; else key, id or title."""
    origin: Origin = reference.origin
    if origin.line:
        line = f"line {origin.line} of {origin.page}" if origin.page else f"line {origin.line}"
        return f"{reference.key} ({line})" if reference.key and reference.key in origin.raw else line
    return reference.key or reference.id or f'"{without_markup(reference.title)}"'


def _kind(references: Sequence[Reference]) -> str:
    counts = Counter(reference.kind for reference in references)
    return max(counts, key=lambda kind: (_VAGUE.get(kind, _SPECIFIC), counts[kind], kind))


def _text(field: str, references: Sequence[Reference]) -> str:
    return best_text(field, [value for reference in references if (value := getattr(reference, field))])


def _names(field: str, references: Sequence[Reference]) -> tuple[Name, ...]:
    lists: list[tuple[Name, ...]] = list(dict.fromkeys(getattr(reference, field) for reference in references))
    if len(lists) == 1:
        return lists[0]
    best = max(lists, key=lambda names: (_named(names), not _is_cut(names), _length(names), as_text(names)), default=())
    for names in lists:
        if len(names) == len(best):
            both = zip(best, names, strict=True)
            best = tuple([name if name == other else _fuller(name, other) for name, other in both])
    return best


def _named(names: Sequence[Name]) -> int:
    return sum(not name.others for name in names)


def _is_cut(names: Sequence[Name]) -> bool:
    return any(name.others for name in names)


def _length(names: Sequence[Name]) -> int:
    return sum(len(str(name)) for name in names)


def _fuller(name: Name, other: Name) -> Name:
    """Give the fuller form of one person's name: the same family name, initials that agree."""
    one, two = people_of([name]), people_of([other])
    if not one or not two or one[0].stem != two[0].stem or not compatible_given(one[0], two[0]):
        return name
    return max(name, other, key=lambda name: (len("".join(people_of([name])[0].given)), str(name)))


def _issued(references: Sequence[Reference]) -> PartialDate | None:
    dates = [reference.issued for reference in references if reference.issued]
    years = Counter(date.year or 0 for date in dates)

    def better(date: PartialDate) -> tuple[object, ...]:
        exact = sum(part is not None for part in (date.month or date.season, date.day))
        return (
            date.year is not None,
            years[date.year or 0],
            date.year or 0,
            exact,
            not date.circa,
            len(str(date)),
            str(date),
        )

    return max(dates, key=better, default=None)


def _latest(references: Sequence[Reference]) -> PartialDate | None:
    dates = [reference.accessed for reference in references if reference.accessed]
    return max(dates, key=lambda date: (date.year or 0, date.month or 0, date.day or 0, str(date)), default=None)


def _url(references: Sequence[Reference]) -> str:
    """Give one address: a page's own rather than a DOI's, secure rather than not, the shorter one."""
    addresses = [reference.url for reference in references if reference.url]
    return best(addresses, lambda url: (not bare_doi(url), url.startswith("https:"), -len(url)))


def _addresses(reference: Reference) -> list[str]:
    others = reference.extra.get(OTHER_URLS, "")
    known = others.split() if isinstance(others, str) else []
    return [reference.url, *known] if reference.url and not _BLANK.search(reference.url) else known


def _other_addresses(references: Sequence[Reference], merged: Reference, published: Sequence[Reference]) -> str:
    urls = [url for one in references for url in _addresses(one) if url != merged.url]
    dois = [one.doi for one in references if one.doi and one not in published]
    urls += [f"https://doi.org/{doi}" for doi in dois if doi != merged.doi and not _BLANK.search(doi)]
    return " ".join(dict.fromkeys(urls))


def _record(reference: Reference, first: Reference, merged: Reference) -> Provenance | None:
    """Say what one member gave to the merged reference, and which of its values gave way."""
    given = tuple(
        field
        for field in (*_TEXT, *_NAMES, "issued", "accessed", "kind", "url")
        if reference is not first and getattr(reference, field) == getattr(merged, field) != getattr(first, field)
    )
    refused = [
        (field, as_text(value))
        for field in (*_TEXT, *_NAMES, "issued", "accessed", "kind", "key")
        if (value := getattr(reference, field)) and value != getattr(merged, field)
    ]
    if reference.url != merged.url and _BLANK.search(reference.url):
        refused.append(("url", reference.url))
    refused += [
        (name, as_text(value))
        for name, value in reference.extra.items()
        if name != OTHER_URLS and not holds(merged.extra.get(name, ""), value, name)
    ]
    if reference.leftover != merged.leftover:
        refused += [("leftover", text) for text in reference.leftover]
    if reference is first and not refused:
        return None
    note = f"joined {name_of(reference)}"
    return Provenance(actor=MERGER, fields=given, refused=tuple(refused), note=note)


def _disagreements(references: Sequence[Reference], merged: Reference) -> list[Finding]:
    """Tell of values that are more than another way of writing the one kept: a file has no place for both."""
    findings = []
    for reference in references:
        for field in _TOLD:
            theirs, ours = getattr(reference, field), getattr(merged, field)
            if theirs and theirs != ours and not (agree(field, theirs, ours) and _same_month(theirs, ours)):
                findings.append(_differs(field.replace("_", " "), reference, theirs, ours, merged))
        for name, theirs in sorted(reference.extra.items()):
            ours = merged.extra.get(name, "")
            told = name == OTHER_URLS or name.startswith(TEX_SOURCE) or holds(ours, theirs, name)
            if not told and not agree("", as_text(theirs), as_text(ours)):
                findings.append(_differs(name.removeprefix("bibtex:"), reference, theirs, ours, merged))
    return findings


def _same_month(one: object, other: object) -> bool:
    """Say whether two values are no dates, or dates that do not name two months."""
    if not isinstance(one, PartialDate) or not isinstance(other, PartialDate):
        return True
    return None in (one.month, other.month) or one.month == other.month


def _differs(label: str, reference: Reference, theirs: object, ours: object, merged: Reference) -> Finding:
    kept = f"{_short(ours)} was kept" if as_text(ours) else "none was kept"
    message = f"The {label} of {name_of(reference)} is {_short(theirs)}; {kept}."
    return Finding.of("AB503", message, origin=reference.origin, reference=merged.id, related=(reference.id,))


def _short(value: object) -> str:
    text = as_text(value)
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
