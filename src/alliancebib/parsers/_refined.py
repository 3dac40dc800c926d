"""What any reading says less exactly than its line: a season, a month beside an issue, an outlet taken for a person.

A reference comes in as a parser read it, and goes out with the same spans.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from alliancebib.model import Name, PartialDate, Reference, Span
from alliancebib.outline.dates import find_date, season_in
from alliancebib.outline.outlets import Outlets

__all__ = ["refined"]

_ISSUE_AND_MONTH = re.compile(r"(?P<issue>[\w/–-]{1,12}),\s(?P<date>[^\W\d_]{3,12}\.?(?:\s\d{1,2})?)")
_PAGE_BEHIND = re.compile(
    r"(?P<name>[^,]{2,60})(?P<behind>,\s(?:(?:pp?|S)\.\s?(?=[A-Z]?\d)|(?=[A-Z]\d))(?P<page>[A-Z]?\d{1,3}(?:[-–][A-Z]?\d{1,3})?))\.?"
)
_ARTICLES = frozenset("the die der das le la les l' el los las il lo gli o os a as de het den".split())


def refined(reference: Reference, outlets: Outlets) -> Reference:
    """Give the season or month that a year stands with, and no outlet for a person."""
    changes: dict[str, object] = {}
    if season := _season(reference):
        changes["issued"] = season
    elif found := _ISSUE_AND_MONTH.fullmatch(reference.issue):
        date = season_in(found["date"], reference.issued) or _month(found["date"], reference.issued)
        changes |= {"issue": found["issue"], "issued": date} if date else {}
    for field in ("author", "editor"):
        names: tuple[Name, ...] = getattr(reference, field)
        unnamed = tuple(_outlet(name, outlets) or name for name in names)
        if unnamed != names:
            changes[field] = unnamed
    alone = changes.get("author", reference.author)
    if isinstance(alone, tuple) and len(alone) == 1 and _is_source(reference, alone[0], outlets):
        changes |= {"author": (), "container_title": alone[0].literal, "kind": "article-newspaper"}
    if paper := _page_of_paper(reference, outlets):
        return paper
    if not changes:
        return reference
    spans = reference.spans
    if changes.get("container_title"):
        spans = tuple(replace(span, field="container_title") if span.field == "author" else span for span in spans)
        record = reference.provenance[0]
        fields = tuple("container_title" if field == "author" else field for field in record.fields)
        by_field = tuple(("container_title" if name == "author" else name, sure) for name, sure in record.by_field)
        changes["provenance"] = (replace(record, fields=fields, by_field=by_field), *reference.provenance[1:])
    return replace(reference, spans=spans, **changes)


def _page_of_paper(reference: Reference, outlets: Outlets) -> Reference | None:
    """Take the page off the name of a known outlet: "The Example Times, p. A1" is no publisher's name."""
    field = "container_title" if reference.container_title else "publisher"
    match = _PAGE_BEHIND.fullmatch(getattr(reference, field))
    span = next((span for span in reference.spans if span.field == field), None)
    if match is None or span is None or reference.page or not outlets.knows(match["name"]):
        return None
    place = reference.origin.raw.rfind(match["behind"], span.start, span.end)
    if place < 0:
        return None
    new = (Span("container_title", span.start, place), Span("page", place, span.end))
    spans = tuple(part for one in reference.spans for part in (new if one is span else (one,)))
    named = replace(reference, publisher="", container_title=match["name"], page=match["page"], spans=spans)
    record = reference.provenance[0]
    fields = tuple("container_title" if one == field else one for one in record.fields)
    by_field = tuple(("container_title" if one == field else one, sure) for one, sure in record.by_field)
    record = replace(record, fields=(*fields, "page"), by_field=by_field)
    return replace(named, kind="article-newspaper", provenance=(record, *reference.provenance[1:]))


def _season(reference: Reference) -> PartialDate | None:
    issued = reference.issued
    if "issued" in reference.inferred:
        return None
    stretches = [reference.origin.raw[span.start : span.end] for span in reference.spans if span.field == "issued"]
    if (
        issued
        and issued.year
        and (behind := re.search(rf"(?<!\d){issued.year},?\s(\w{{4,6}})\b\s?[;:,(.]", reference.origin.raw))
    ):
        stretches.append(behind[1])  # Vancouver: "1995 Summer;49(3)"
    return next((found for text in stretches if (found := season_in(text, issued))), None)


def _month(text: str, issued: PartialDate | None) -> PartialDate | None:
    """Read "January" beside an issue, where only the year is known."""
    if issued is None or issued.year is None or issued.month or issued.season:
        return None
    found = find_date(f"{text} {issued.year}")
    return found.date if found and found.date.month else None


def _outlet(name: Name, outlets: Outlets) -> Name | None:
    """Give the outlet that a name is, as its words stand in the line; None where it is a person or a body.

    "Spiegel, Der" has an article for given names; "Times, Example" only a list of outlets can know.
    """
    if not name.given or name.literal:
        return None
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    written = f"{name.given} {family}"
    return Name(literal=written) if name.given.casefold() in _ARTICLES or outlets.surely_knows(written) else None


def _is_source(reference: Reference, name: Name, outlets: Outlets) -> bool:
    """Say whether who signs an article of a day is the paper that it stands in."""
    dated = reference.issued is not None and reference.issued.day is not None
    titled = name.literal.partition(" ")[0].casefold() in _ARTICLES and outlets.knows(name.literal)
    known = titled or outlets.surely_knows(name.literal)
    return dated and not reference.container_title and not reference.publisher and known
