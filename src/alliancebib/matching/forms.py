"""A reference becomes all its comparison forms at once: the only thing that keys, vetoes and evidence look at.

A merged reference remembers in its provenance the values that gave way; they come back here as ``variants``, so that
what contradicted one of its members contradicts the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

import msgspec

from alliancebib.matching.containers import ContainerForm, container_form
from alliancebib.matching.normal import bare_doi, bare_isbns, bare_url, page_range, roman, squeezed
from alliancebib.matching.people import Person, people_of
from alliancebib.matching.titles import TitleForm, title_form
from alliancebib.model import Name, PartialDate, Reference

__all__ = [
    "MERGER",
    "Forms",
    "Group",
    "form_of",
    "group_of",
    "is_posted",
    "names_as_text",
    "names_from_text",
    "order_of",
    "other_days",
    "statement_of",
    "years_of",
]

#: The actor that merging signs with.
MERGER = "dedupe"


#: Where texts are posted before they come out, and what such texts are called.
_PREPRINTS = re.compile(r"rxiv|ssrn|repec|research square", re.IGNORECASE)
_POSTED = re.compile(rf"{_PREPRINTS.pattern}|preprint|(?:working|discussion) papers?\b", re.IGNORECASE)
_NOWHERE = ("", "")


class Group(StrEnum):
    """Kinds of works that may be told as one another."""

    ARTICLE = "article"
    BOOK = "book"
    PART = "part"
    PAPER = "paper"
    THESIS = "thesis"
    REPORT = "report"
    REVIEW = "review"
    NEWS = "news"
    WEB = "web"
    LAW = "law"
    DATA = "data"
    MEDIA = "media"
    ANY = "any"


_GROUPS = {
    "article-journal": Group.ARTICLE,
    "article-magazine": Group.NEWS,
    "article-newspaper": Group.NEWS,
    "broadcast": Group.NEWS,
    "post": Group.WEB,
    "post-weblog": Group.WEB,
    "webpage": Group.WEB,
    "book": Group.BOOK,
    "classic": Group.BOOK,
    "collection": Group.BOOK,
    "periodical": Group.BOOK,
    "chapter": Group.PART,
    "entry": Group.PART,
    "entry-dictionary": Group.PART,
    "entry-encyclopedia": Group.PART,
    "paper-conference": Group.PAPER,
    "thesis": Group.THESIS,
    "report": Group.REPORT,
    "standard": Group.REPORT,
    "pamphlet": Group.REPORT,
    "review": Group.REVIEW,
    "review-book": Group.REVIEW,
    "bill": Group.LAW,
    "hearing": Group.LAW,
    "legal_case": Group.LAW,
    "legislation": Group.LAW,
    "patent": Group.LAW,
    "regulation": Group.LAW,
    "treaty": Group.LAW,
    "dataset": Group.DATA,
    "software": Group.DATA,
    "figure": Group.MEDIA,
    "graphic": Group.MEDIA,
    "map": Group.MEDIA,
    "motion_picture": Group.MEDIA,
    "musical_score": Group.MEDIA,
    "song": Group.MEDIA,
}


class Forms(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Everything that a reference is compared by; empty strings, tuples and None mean: not known.

    ``address`` is host and path of the URL, ``outlet`` the container without blanks, ``volumes`` how many there are,
    ``in_series`` the number in the series. ``years`` are those of every date of the work: of print, and online.
    ``day`` is year, month and day, as far as the month is known. ``posted`` says that it is a preprint or a manuscript.
    """

    group: Group
    title: TitleForm
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    year: int | None = None
    years: tuple[int, ...] = ()
    day: tuple[int, ...] = ()
    container: ContainerForm
    outlet: str = ""
    publisher: str = ""
    volume: str = ""
    volumes: str = ""
    issue: str = ""
    pages: tuple[str, str] = ("", "")
    edition: str = ""
    number: str = ""
    in_series: str = ""
    doi: str = ""
    isbns: tuple[str, ...] = ()
    issns: frozenset[str] = frozenset()
    address: tuple[str, str] = ("", "")
    posted: bool = False
    variants: tuple[Forms, ...] = ()

    @property
    def is_headline(self) -> bool:
        """Say whether this is news or a web page, or may be: nothing in it speaks of a book or journal."""
        if self.group in (Group.NEWS, Group.WEB):
            return True
        located = self.volume or self.pages[0] or self.doi or self.isbns or self.publisher
        return self.group is Group.ANY and not self.authors and not located


def form_of(reference: Reference) -> Forms:
    """Make the comparison forms of a reference."""
    refused = [dict(record.refused) for record in reference.provenance if record.refused and record.actor == MERGER]
    return _forms(reference, tuple([_forms(_with_values(reference, values)) for values in refused]))


def _forms(reference: Reference, variants: tuple[Forms, ...] = ()) -> Forms:
    issued = reference.issued
    extra = reference.extra
    number, volumes, in_series = (extra.get(name, "") for name in ("number", "number-of-volumes", "collection-number"))
    return Forms(
        group=group_of(reference),
        title=title_form(reference.title),
        authors=people_of(reference.author),
        editors=people_of(reference.editor),
        translators=people_of(reference.translator),
        year=reference.year,
        years=years_of(reference),
        day=_day(issued),
        container=container_form(reference.container_title),
        outlet=_outlet(reference.container_title),
        publisher=reference.publisher,
        volume=_number(reference.volume),
        volumes=_number(volumes) if isinstance(volumes, str) else "",
        issue=_number(reference.issue),
        pages=page_range(reference.page) if reference.page else _NOWHERE,
        edition=_number(reference.edition),
        number=_number(number) if isinstance(number, str) else "",
        in_series=_number(in_series) if isinstance(in_series, str) else "",
        doi=_doi(reference),
        isbns=bare_isbns(reference.isbn),
        issns=_issns(reference.issn),
        address=bare_url(reference.url),
        posted=is_posted(reference),
        variants=variants,
    )


def order_of(forms: Forms) -> tuple[object, ...]:
    """Give what forms are sorted by: title first, then all else, so that only equal ones have no order of their own."""
    people = [msgspec.structs.astuple(person) for person in (*forms.authors, *forms.editors, *forms.translators)]
    place = (
        forms.year or 0,
        forms.volume,
        forms.pages,
        forms.outlet,
        forms.issue,
        forms.edition,
        forms.number,
        forms.in_series,
    )
    names = (forms.doi, forms.address, forms.isbns, forms.publisher, forms.group, forms.posted)
    rest = (
        forms.years,
        forms.day,
        sorted(forms.issns),
        sorted(forms.title.marks),
        forms.title.written,
        forms.title.text,
        forms.title.cut,
        forms.volumes,
        forms.container.variants,
        (len(forms.authors), len(forms.editors)),
    )
    return (forms.title.core, *place, people, *names, *rest, [order_of(variant) for variant in forms.variants])


def statement_of(forms: Forms) -> tuple[object, ...]:
    """Give all of what forms say that can contradict others; how a publisher is called can not."""
    place = (
        forms.volume,
        forms.volumes,
        forms.issue,
        forms.pages,
        forms.edition,
        forms.number,
        forms.years,
        forms.day,
        forms.in_series,
    )
    house = forms.publisher if forms.group in (Group.REPORT, Group.THESIS) else ""
    names = (forms.doi, forms.isbns, forms.address, forms.container, forms.issns, forms.posted, house)
    people = (forms.authors, forms.editors, forms.translators)
    return (forms.title, forms.group, *place, *names, *people, forms.variants)


def _doi(reference: Reference) -> str:
    doi = bare_doi(reference.doi) or bare_doi(reference.url)
    return reference.doi if doi == reference.doi else doi  # kept once


def _day(date: PartialDate | None) -> tuple[int, ...]:
    """Give year, month and day of a date, or year and month; () where the month is not known."""
    if not date or not date.year or not date.month:
        return ()
    return (date.year, date.month, date.day) if date.day else (date.year, date.month)


def other_days(a: Forms, b: Forms) -> bool:
    """Say whether two works are of two days or months, as far as these are known of both."""
    return any(one != other for one, other in zip(a.day, b.day, strict=False))


def years_of(reference: Reference) -> tuple[int, ...]:
    """Give the years of all dates of a work, that of print first."""
    online = reference.extra.get("available-date")
    return _years(reference.year or 0, (online.year or 0) if isinstance(online, PartialDate) else 0)


@lru_cache(maxsize=20_000)
def _years(*years: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(year for year in years if year))


def group_of(reference: Reference) -> Group:
    """Give the group of a reference's kind."""
    return _GROUPS.get(reference.kind, Group.ANY)


def is_posted(reference: Reference) -> bool:
    """Say whether a work is a preprint or a manuscript: by its kind, or by where it stands."""
    preprint, posted = _places_of_texts(reference.container_title, reference.genre)
    if preprint or (posted and reference.kind not in ("thesis", "report")):
        return True
    return reference.kind in ("article", "manuscript") and not (reference.container_title or reference.volume)


@lru_cache(maxsize=20_000)
def _places_of_texts(container: str, genre: str) -> tuple[bool, bool]:
    """Say whether preprints are posted at a place, and whether it holds preprints or working papers."""
    return bool(_PREPRINTS.search(container)), bool(_POSTED.search(f"{container} {genre}"))


@lru_cache(maxsize=20_000)
def _outlet(container: str) -> str:
    return squeezed(container)


@lru_cache(maxsize=20_000)
def _issns(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d{7}[\dx]", text.replace("-", "").lower()))


_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7"}


@lru_cache(maxsize=20_000)
def _number(text: str) -> str:
    """Give the number in a volume, issue or edition: "vol. 12", "XII", "2nd rev.", "second"; else its letters."""
    if not text:
        return ""
    folded = squeezed(text)
    if digits := re.findall(r"\d+", text):
        return "/".join(number.lstrip("0") or "0" for number in digits)
    return roman(folded) or next((value for word, value in _ORDINALS.items() if folded.startswith(word)), folded)


def _with_values(reference: Reference, values: dict[str, str]) -> Reference:
    """Put the values that gave way back into a reference."""
    changes: dict[str, object] = {}
    for field, text in values.items():
        if field in ("author", "editor", "translator"):
            changes[field] = names_from_text(text)
        elif field == "issued":
            changes[field] = PartialDate.from_iso(text[:10]) or PartialDate(literal=text)
        elif isinstance(getattr(reference, field, None), str):
            changes[field] = text
    return msgspec.structs.replace(reference, provenance=(), **changes)


def names_as_text(names: Iterable[Name]) -> str:
    """Write names as text that `names_from_text` reads: "Aris, Stephen; Roe, Jr., Jane; NATO"."""
    parts = []
    for name in names:
        family = " ".join(part for part in (name.dropping_particle, name.non_dropping_particle, name.family) if part)
        in_order = [part for part in (family, name.suffix, name.given) if part]
        parts.append(", ".join(in_order) if family and name.given else str(name))
    return "; ".join(parts)


def names_from_text(text: str) -> tuple[Name, ...]:
    """Read names written by `names_as_text`, for comparison only."""
    names = []
    for part in text.split("; "):
        family, *suffix, given = part.split(", ") if ", " in part else (part, "")
        if given:
            names.append(Name(family=family, suffix=", ".join(suffix), given=given))
        else:
            names.append(Name(literal=part, others=part == "et al."))
    return tuple(names)
