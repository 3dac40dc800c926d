"""Several references to one work become one, and nothing is lost: gaps are filled, what gave way stays in provenance.

Rules, field by field. Kind: the more specific one (a newspaper article rather than a web page). Title: not shouted, not
cut, the longer. Names: the longer list, each name in its fuller form. Date: the more exact; of two years the one that
more members have, then the later (print follows online). Pages: a range rather than a first page. Other text: the
value that more members have, then the longer.
Identity, key, spans and leftover are those of the first member; origins, other addresses and notes of all are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from alliancebib.finding import Finding
from alliancebib.matching.agreement import agree, as_text
from alliancebib.matching.forms import MERGER
from alliancebib.matching.normal import bare_doi, page_range, plain, squeezed
from alliancebib.matching.people import compatible_given, people_of
from alliancebib.matching.titles import title_form
from alliancebib.model import ExtraValue, Name, Origin, PartialDate, Provenance, Reference
from alliancebib.rich_text import without_markup

__all__ = ["OTHER_URLS", "merge", "name_of"]

#: Where the addresses beyond the first are kept, parted by blanks.
OTHER_URLS = "alliancebib:urls"

#: From vague to specific; what is not named stands in the middle.
_VAGUE = {"document": 0, "webpage": 1, "post": 2, "article": 3, "post-weblog": 3}
_SPECIFIC = 5

_TEXT = (
    "title container_title collection_title volume issue page edition publisher publisher_place genre language doi "
    "isbn issn archive_url abstract"
).split()
_NAMES = ("author", "editor", "translator")
#: Differences in these are told to the person; in the others they only stay in the provenance.
_TOLD = frozenset({"title", "author", "issued", "container_title", "volume", "issue", "page", "edition", "doi", "isbn"})


def merge(references: Sequence[Reference]) -> tuple[Reference, tuple[Finding, ...]]:
    """Make one reference of several, in the order of the page; say where they disagree (AB503).

    Raises:
        ValueError: There is nothing to merge.
    """
    if not references:
        raise ValueError("there is nothing to merge")
    first = references[0]
    if len(references) == 1:
        return first, ()
    values: dict[str, object] = {"kind": _kind(references)}
    values |= {field: _text(field, references) for field in _TEXT}
    values |= {field: _names(field, references) for field in _NAMES}
    values |= {"issued": _issued(references), "accessed": _latest(references)}
    values |= {"url": _url(references), "note": _joined_notes(references), "extra": _extra(references)}
    values["key"] = next((reference.key for reference in references if reference.key), "")
    values["origins"] = tuple(dict.fromkeys(origin for reference in references for origin in reference.origins))
    records = [record for reference in references for record in reference.provenance]
    records += [record for reference in references if (record := _record(reference, first, values))]
    merged = msgspec.structs.replace(first, provenance=tuple(dict.fromkeys(records)), **values)
    return merged, tuple(_disagreements(references, merged))


def name_of(reference: Reference) -> str:
    """Say where a reference stands: its line, else its key or id, else its title."""
    origin: Origin = reference.origin
    if origin.line:
        return f"line {origin.line} of {origin.page}" if origin.page else f"line {origin.line}"
    return reference.key or reference.id or f'"{without_markup(reference.title)}"'


def _best(values: Sequence[str], better: Callable[[str], tuple[object, ...]]) -> str:
    """Give the value for which ``better`` is largest; among equals the text decides, so that order does not."""
    return max((value for value in values if value), key=lambda value: (*better(value), value), default="")


def _kind(references: Sequence[Reference]) -> str:
    counts = Counter(reference.kind for reference in references)
    return max(counts, key=lambda kind: (_VAGUE.get(kind, _SPECIFIC), counts[kind], kind))


def _text(field: str, references: Sequence[Reference]) -> str:
    values: list[str] = [value for reference in references if (value := getattr(reference, field))]
    if len(set(values)) <= 1:
        return values[0] if values else ""
    counts = Counter(squeezed(value) for value in values)
    if field == "title":
        return _best(values, lambda text: (_is_whole(text), not text.isupper(), len(title_form(text).core)))
    if field == "page":
        return _best(values, lambda text: (counts[squeezed(text)], len(page_range(text)[1]), len(text)))
    if field in ("container_title", "publisher", "abstract"):
        return _best(values, lambda text: (not text.isupper(), len(plain(text))))
    return _best(values, lambda text: (counts[squeezed(text)], len(text)))


def _is_whole(title: str) -> bool:
    return not title_form(title).cut


def _names(field: str, references: Sequence[Reference]) -> tuple[Name, ...]:
    lists: list[tuple[Name, ...]] = [getattr(reference, field) for reference in references]
    best = max(lists, key=lambda names: (_named(names), not _is_cut(names), _length(names), as_text(names)), default=())
    for names in lists:
        if len(names) == len(best):
            best = tuple(_fuller(name, other) for name, other in zip(best, names, strict=True))
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
    return _best(addresses, lambda url: (not bare_doi(url), url.startswith("https:"), -len(url)))


def _joined_notes(references: Sequence[Reference]) -> str:
    """Give every note once; one that stands within another is not repeated."""
    notes: list[str] = []
    for reference in references:
        new = reference.note.casefold()
        if new and not any(new in note.casefold() for note in notes):
            notes = [note for note in notes if note.casefold() not in new]
            notes.append(reference.note)
    return "; ".join(notes)


def _extra(references: Sequence[Reference]) -> dict[str, ExtraValue]:
    kept: dict[str, ExtraValue] = {}
    for reference in references:
        for name, value in reference.extra.items():
            old = kept.get(name)
            if old is None or (len(as_text(value)), as_text(value)) > (len(as_text(old)), as_text(old)):
                kept[name] = value
    others = list(dict.fromkeys(url for reference in references for url in _addresses(reference)))
    best = _url(references)
    if rest := [url for url in others if url != best]:
        kept[OTHER_URLS] = " ".join(rest)
    return kept


def _addresses(reference: Reference) -> list[str]:
    others = reference.extra.get(OTHER_URLS, "")
    known = others.split() if isinstance(others, str) else []
    return [reference.url, *known] if reference.url else known


def _record(reference: Reference, first: Reference, merged: dict[str, object]) -> Provenance | None:
    """Say what one member gave to the merged reference, and which of its values gave way."""
    given = tuple(
        field
        for field in (*_TEXT, *_NAMES, "issued", "accessed", "kind", "url")
        if reference is not first and getattr(reference, field) == merged[field] != getattr(first, field)
    )
    refused = [
        (field, as_text(value))
        for field in (*_TEXT, *_NAMES, "issued", "accessed", "kind")
        if (value := getattr(reference, field)) and value != merged[field]
    ]
    refused += [
        (name, as_text(value))
        for name, value in reference.extra.items()
        if name != OTHER_URLS and isinstance(merged["extra"], dict) and merged["extra"].get(name) != value
    ]
    if reference is first and not refused:
        return None
    note = f"joined {name_of(reference)}"
    return Provenance(actor=MERGER, fields=given, refused=tuple(refused), note=note)


def _disagreements(references: Sequence[Reference], merged: Reference) -> list[Finding]:
    """Tell of values that are more than another way of writing the one kept."""
    findings = []
    for reference in references:
        for field in sorted(_TOLD):
            theirs, ours = getattr(reference, field), getattr(merged, field)
            if theirs and theirs != ours and not agree(field, theirs, ours):
                label = field.replace("_", " ")
                message = f"The {label} of {name_of(reference)} is {as_text(theirs)!r}; {as_text(ours)!r} was kept."
                findings.append(
                    Finding.of("AB503", message, origin=reference.origin, reference=merged.id, related=(reference.id,))
                )
    return findings
