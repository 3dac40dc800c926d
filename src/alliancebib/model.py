"""The one central type: a `Reference`, where it came from, and why we believe it.

Everything that reads makes these values; everything that writes takes them; nothing changes one in place.
The vocabulary is that of CSL-JSON 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html), in snake_case.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter

import msgspec

__all__ = [
    "KINDS",
    "ExtraValue",
    "Name",
    "Origin",
    "PartialDate",
    "Provenance",
    "Reference",
    "Span",
    "leftover_of",
    "reference_id",
]

#: The types of CSL 1.0.2, appendix III.
KINDS = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage""".split()
)


# `gc=False`: values of texts and other such values hold no cycles, so the garbage collector need not look at them.
class Name(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A person or an organisation; the parts are those of a CSL name variable.

    A body, or a name whose parts are not known, stands in ``literal`` alone. ``others`` marks the last name of a list
    that was cut ("et al.", "and others"): it stands for the people who are not named and has no other part.
    """

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""
    others: bool = False

    def __str__(self) -> str:
        if self.others:
            return "et al."
        if self.literal:
            return self.literal
        words = (self.given, self.dropping_particle, self.non_dropping_particle, self.family, self.suffix)
        return " ".join(word for word in words if word)


class PartialDate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A date of which only a part may be known, or a range of two such dates.

    ``month`` is 1 to 12, ``season`` 1 (spring) to 4 (winter), ``end`` the other end of a range, ``literal`` the words
    of something that is no date ("forthcoming"). Years before 1 are astronomical: 0 is 1 BC.

    >>> str(PartialDate(year=2021, month=8, day=2))
    '2021-08-02'
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    circa: bool = False
    literal: str = ""
    end: PartialDate | None = None

    def __str__(self) -> str:
        if self.year is None:
            return self.literal
        text = f"{self.year:04d}"
        if self.season:
            text += f"-{self.season + 20}"
        elif self.month:
            text += f"-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")
        text += "~" if self.circa else ""
        return f"{text}/{self.end}" if self.end else text

    @classmethod
    def from_iso(cls, text: str) -> PartialDate | None:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; give None for what is no such date.

        >>> PartialDate.from_iso("2024-02-30") is None
        True
        """
        match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text.strip())
        if not match:
            return None
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        return cls.of(year, month, day)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
        """Make a date of numbers; give None where the calendar has no such day."""
        try:
            date(year if 1 <= year <= 9999 else 2000, month or 1, day or 1)
        except ValueError:
            return None
        return cls(year=year, month=month or None, day=(day or None) if month else None)


#: What a CSL variable outside the named fields may hold.
ExtraValue = str | tuple[Name, ...] | PartialDate


class Span(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` of the raw text, and the field they belong to.

    Punctuation, brackets and words that introduce a field ("In", "pp.") belong to that field.
    """

    field: str
    start: int
    end: int


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Where a reference stands: page (as named by its reader), section, line and column (both from 1), exact text.

    ``link_title`` is the text of a link, or the repeated title, that stood before the reference proper.
    """

    page: str = ""
    section: str = ""
    line: int = 0
    column: int = 1
    raw: str = ""
    link_title: str = ""


class Provenance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What one actor (a parser, a rule, a resolver, "human") did to a reference.

    ``fields`` it set, ``confidence`` from 0 to 1, ``inferred`` the fields that do not stand in the text itself (a date
    in an address), ``refused`` the values that it offered against a value that stayed: pairs of field and text.
    ``by_field`` says of single fields how sure the actor was, where it knows.
    """

    actor: str
    fields: tuple[str, ...] = ()
    confidence: float = 1.0
    inferred: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    note: str = ""
    by_field: tuple[tuple[str, float], ...] = ()


class Reference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One work: what it is, where it was found, what no field explains, and who says so.

    ``id`` is a short hash of page and raw text: the same line keeps it for ever. ``key`` is the citation key, unique in
    a `Library`. ``kind`` is a CSL type. ``doi`` is bare and lower-case, ``url`` absolute. ``extra`` holds every other
    CSL variable under its CSL name, and fields of other formats under ``format:name``; it is not to be changed.
    ``origins`` has one place for a parsed reference, more for a merged one; ``spans`` and ``leftover`` tile the ``raw``
    of the first.
    """

    id: str = ""
    key: str = ""
    kind: str = "document"
    title: str = ""
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    translator: tuple[Name, ...] = ()
    issued: PartialDate | None = None
    accessed: PartialDate | None = None
    container_title: str = ""
    collection_title: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    edition: str = ""
    publisher: str = ""
    publisher_place: str = ""
    genre: str = ""
    language: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    url: str = ""
    archive_url: str = ""
    abstract: str = ""
    note: str = ""
    extra: dict[str, ExtraValue] = msgspec.field(default_factory=dict)

    origins: tuple[Origin, ...] = ()
    spans: tuple[Span, ...] = ()
    leftover: tuple[str, ...] = ()
    provenance: tuple[Provenance, ...] = ()

    @property
    def origin(self) -> Origin:
        """The first place where the reference stands; an empty one where it was made by hand."""
        return self.origins[0] if self.origins else Origin()

    @property
    def year(self) -> int | None:
        """The year of publication."""
        return self.issued.year if self.issued else None

    @property
    def confidence(self) -> float:
        """How sure the first actor, who read the reference, was."""
        return self.provenance[0].confidence if self.provenance else 1.0

    def confidence_of_fields(self) -> dict[str, float]:
        """Give for each field that an actor set how sure that actor was; what was said last counts."""
        found: dict[str, float] = {}
        for record in self.provenance:
            found |= dict.fromkeys(record.fields, record.confidence) | dict(record.by_field)
        return found

    @property
    def inferred(self) -> frozenset[str]:
        """The fields whose value stands nowhere in the text and was inferred."""
        return frozenset(field for record in self.provenance for field in record.inferred)

    def amended(self, by: str, changes: Mapping[str, object], *, confidence: float = 1.0, note: str = "") -> Reference:
        """Give the reference with some fields changed, and say who did it.

        Fields that already have the value are not counted; when none is left the reference itself comes back.

        >>> Reference(title="A").amended("titles", {"title": "B"}).provenance[-1].actor
        'titles'
        """
        real = {field: value for field, value in changes.items() if getattr(self, field) != value}
        if not real:
            return self
        record = Provenance(actor=by, fields=tuple(real), confidence=confidence, note=note)
        return msgspec.structs.replace(self, provenance=(*self.provenance, record), **real)


def reference_id(page: str, raw: str, occurrence: int = 0) -> str:
    """Name a line for ever: ten hexadecimal digits of a hash of page name and exact text.

    ``occurrence`` counts equal lines on one page, from 0.

    >>> reference_id("csto.txt", "Website of CSTO https://odkb-csto.org/") == reference_id("csto.txt", "x")
    False
    """
    text = "\0".join((page, raw, str(occurrence)) if occurrence else (page, raw))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def leftover_of(raw: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """Give the stretches of the raw text that no span covers, in order; white space alone does not count.

    >>> leftover_of("A title [3 refs]", [Span("title", 0, 8)])
    ('[3 refs]',)
    """
    pieces, end = [], 0
    for span in sorted(spans, key=attrgetter("start")):
        if span.start > end:
            pieces.append(raw[end : span.start])
        end = max(end, span.end)
    pieces.append(raw[end:])
    return tuple(piece.strip() for piece in pieces if piece.strip())
