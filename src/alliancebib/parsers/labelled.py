"""Parser: reference strings of any style, by the labels that the model gives their words.

It is asked where no known style fits exactly. Addresses, identifiers and days of access are found by their form; each
other field is the text of its label, read by the rules of that field. Confidence is the model's, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from alliancebib.labelling import label_words, split_words
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.outline.dates import FoundDate, find_date
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.page import Line, Section
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._editions import edition_in, says_more
from alliancebib.parsers._eprints import ARXIV, settle_eprint
from alliancebib.parsers._genres import PATENT, REPORT, SERIES_IN_BRACKETS, THESIS, THESIS_IN_BRACKETS, without_mark
from alliancebib.parsers._kinds import kind_of
from alliancebib.parsers._label_segments import Segment, segments_of
from alliancebib.parsers._label_texts import (
    EDGES_AND_DASH,
    EDGES_AND_STOP,
    name_without_stop,
    with_inner_quote,
    without_brackets,
    without_stop,
)
from alliancebib.parsers._names import INSTRUMENT_WORD
from alliancebib.parsers._people import is_nobody, is_odd, read_people
from alliancebib.parsers._places import is_place, place_at_end
from alliancebib.parsers._publishers import CUT_PLACE, DATABASES, is_publisher
from alliancebib.parsers._volumes import (
    issue_behind_year,
    page_count,
    read_around_year,
    read_pages,
    read_volume,
    volume_count,
    volume_of_others,
)

__all__ = ["parse"]

ACTOR = "labels"

#: "In vitro" begins the names of journals.
_IN = re.compile(r"^\W*(?:in|en|dans|em)\b\s*[:.]?\s+(?!vitro\b|vivo\b|silico\b)(?=\S)", re.IGNORECASE)
_ISSN = re.compile(r"\b\d{4}-?\d{3}[\dXx]\b")
_ISBN = re.compile(r"\b(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx]\b")
#: A word that a line end had cut; but "Sicherheits- und Verteidigungspolitik".
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\s+(?=[a-zà-öø-ÿ])(?!(?:und|and|oder|or|et|ou|e|y|bis|to)\b)")
_BRACKETED_YEAR = re.compile(r"[(\[]\s?(?P<year>(?:1[5-9]|20)\d\d)\s?[a-z]?\s?[)\]]")
_UNDATED = re.compile(r"^\((?:no date|n\. ?d\.)\)\s+", re.IGNORECASE)
_BRACKET_AT_END = re.compile(r"[(\[](?P<inner>[^()\[\]]{2,160})[)\]]\.?$")
_DAY_OR_MONTH = re.compile(r"[^\W\d_]{3,}")
_SPECIAL = re.compile(r"special (?:issue|section)|sonderheft|numero speciale|numéro spécial", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[0-9]{1,12}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_OF_NUMBERS = ("issued", "volume", "issue", "page")
_NOTHING = re.compile(r"[\W_]*")
#: "sec. A, p. 1": the section of a newspaper.
_SECTION = re.compile(r"\bsec(?:t|tion)?\.?\s(?:[A-Z]|\d{1,2})\b")
#: So many characters around numbers say what they are.
_NEAR = 120


#: A title alone is no reference, nor are names; a work may be known by names and the number of a preprint alone.
_ENOUGH = 2

#: "12 September" has no more characters.
_LONGEST_DAY = 15
#: Field -> how probably it is right.
_Sure = dict[str, float]


#: Sets the field of a segment; says whether its words are in the draft now.
_Reader = Callable[[Draft, Segment, _Sure], bool]


def parse(line: Line, section: Section, *, page: str, outlets: Outlets | None = None) -> Reference | None:
    """Read a reference string by the labels of its words; None where no two fields are found.

    >>> text = "S. Della Pietra and J. Lafferty. Inducing features of random fields. PAMI, 19(4):380--393, April 1997."
    >>> found = parse(Line(number=1, text=text), Section(title=""), page="list.txt")
    >>> found.title, found.container_title, found.volume, found.page, str(found.issued)
    ('Inducing features of random fields', 'PAMI', '19', '380-393', '1997-04')
    """
    draft = Draft.of(line)
    settle_eprint(draft)
    segments = segments_of(label_words(split_words(line.text)))
    sure: dict[str, float] = {}
    for segment in segments:
        if not _READERS.get(segment.label, _note)(draft, segment, sure):
            _note(draft, segment, sure)
    for segment in segments:
        draft.mark(_FIELDS.get(segment.label, segment.label), segment.start, segment.end)
    names: tuple[Name, ...] = draft.fields.get("author", ())  # type: ignore[assignment]
    if len(draft.fields) < _ENOUGH or ("title" not in draft.fields and any(map(_is_instrument, names))):
        return None
    if "issued" not in draft.fields and (year := _BRACKETED_YEAR.search(line.text)):
        draft.fields["issued"] = PartialDate(year=int(year["year"]))
    _settle_outlet(draft, outlets or load_outlets())
    _settle_lone_number(draft)
    draft.infer_date()
    draft.by_field = tuple((field, round(value, 2)) for field, value in sure.items())
    whole = min((*sure.values(), *(segment.probability for segment in segments)), default=1.0)
    kind = _kind(draft, outlets or load_outlets())
    return draft.finish(by=ACTOR, kind=kind, confidence=whole, section=section, page=page)


def _kind(draft: Draft, outlets: Outlets) -> str:
    container = str(draft.fields.get("container_title", ""))
    issued = draft.fields.get("issued")
    of_a_day = isinstance(issued, PartialDate) and issued.day is not None
    known = outlets.knows(container) and (of_a_day or not outlets.publishes(container))
    if container and "volume" not in draft.fields and known and (of_a_day or "issue" not in draft.fields):
        return "article-newspaper"
    return kind_of(draft.fields, draft.text)


def _settle_outlet(draft: Draft, outlets: Outlets) -> None:
    """Take an outlet for what the work appeared in where it was labelled as a place or publisher alone."""
    for field in ("publisher_place", "publisher"):
        name = str(draft.fields.get(field, ""))
        paper = outlets.surely_knows(name) and (
            field == "publisher_place" or not (outlets.publishes(name) or is_publisher(name))
        )
        if paper and not draft.fields.get("container_title") and not (field == "publisher_place" and is_place(name)):
            draft.fields["container_title"] = draft.fields.pop(field)
            break
    if draft.fields.get("container_title") and str(draft.fields.get("publisher", "")).casefold() in DATABASES:
        draft.add_extra("source", str(draft.fields.pop("publisher")))


def _settle_lone_number(draft: Draft) -> None:
    """Take a number that no journal has for what it is: that of the series, or the page that a short note means."""
    volume = str(draft.fields.get("volume", ""))
    if not volume.isdigit() or {"container_title", "issue", "page"} & draft.fields.keys():
        return
    series = draft.fields.get("collection_title")
    if series and f"{series} {volume}" in draft.text:
        draft.add_extra("collection-number", volume)
        del draft.fields["volume"]
    elif "issued" not in draft.fields and draft.text.rstrip(" .").endswith(f", {volume}"):
        draft.fields["page"] = draft.fields.pop("volume")


def _clean(draft: Draft, segment: Segment) -> str:
    """Give the words of a segment without marks around them, and with words whole that a line end had cut."""
    text = draft.words(segment.start, segment.end)
    text = _HYPHENATED.sub("", text) if "- " in text else text
    cleaned = text.lstrip(EDGES_AND_STOP).rstrip(EDGES_AND_DASH)
    return with_inner_quote(text, cleaned)


def _put(draft: Draft, field: str, value: object, segment: Segment, sure: _Sure) -> bool:
    """Set a field that is empty so far; say whether it was."""
    if not value or draft.fields.get(field):
        return False
    draft.fields[field] = value
    sure[field] = segment.probability
    return True


def _names(field: str) -> _Reader:
    def read(draft: Draft, segment: Segment, sure: _Sure) -> bool:
        names = read_people(draft.words(segment.start, segment.end))
        if any(is_odd(name) or _is_instrument(name) for name in names):
            segment = replace(segment, probability=min(segment.probability, _ODD))
        if not _put(draft, field, names, segment, sure) and names:
            known: tuple[Name, ...] = draft.fields[field]  # type: ignore[assignment]
            draft.fields[field] = (*known, *(name for name in names if name not in known))
            sure[field] = min(sure.get(field, 1.0), segment.probability)
        return bool(names) or is_nobody(draft.words(segment.start, segment.end))

    return read


def _is_instrument(name: Name) -> bool:
    """Say whether what was read as a person is called a treaty or the like."""
    return bool(name.given) and INSTRUMENT_WORD.search(f"{name.given} {name.family}") is not None


def _title(draft: Draft, segment: Segment, sure: _Sure) -> bool:
    # GOST R 7.0.5 and GB/T 7714: what the work stands in
    text, _, container = _clean(draft, segment).replace("]//", "] // ").partition(" // ")
    container = container.rstrip(" –—-")
    text = _UNDATED.sub("", text)
    bracket = _BRACKET_AT_END.search(text)
    if bracket and (genre := THESIS_IN_BRACKETS.fullmatch(bracket["inner"])):
        _put(draft, "genre", genre["genre"], segment, sure)
        text = text[: bracket.start()].rstrip()
    _put(draft, "container_title", without_stop(container), segment, sure)
    return _put(draft, "title", without_stop(without_mark(text)), segment, sure)


def _text(field: str) -> _Reader:
    def read(draft: Draft, segment: Segment, sure: _Sure) -> bool:
        text = name_without_stop(without_brackets(_IN.sub("", _clean(draft, segment))).removeprefix("// "))
        if field == "publisher_place" and CUT_PLACE.fullmatch(text.rstrip(".") + "."):
            text = text.rstrip(".") + "."
        return _put(draft, field, text, segment, sure)

    return read


def _day_of(known: object, text: str) -> FoundDate | None:
    """Read a day whose year stands elsewhere: "(2023) ..., The Guardian, 14 March"."""
    if not isinstance(known, PartialDate) or known.year is None or known.month or not _DAY_OR_MONTH.search(text):
        return None
    found = find_date(f"{text.strip(' .,;:()[]')} {known.year}")
    return found if found and found.date.month and found.date.year == known.year else None


def _date(draft: Draft, segment: Segment, sure: _Sure) -> bool:
    text = draft.view[segment.start : segment.end]
    known = draft.fields.get("issued")
    _put_all(draft, read_around_year(text), segment, sure)
    found = find_date(text) or _day_of(known, text)
    if found and (rest := f"{text[: found.start]} {text[found.end :]}") and _DIGIT.search(rest):
        _put_all(draft, read_volume(rest), segment, sure)  # numbers that are no date are not lost
    if found is None:
        words = _clean(draft, segment).strip("()[]. ")
        return known is None and _put(draft, "issued", PartialDate(literal=words) if words else None, segment, sure)
    if isinstance(known, PartialDate) and known.year is not None:
        if known.year != found.date.year:
            return False
        if known.month:
            return found.date.month is None or found.date == known
    if isinstance(known, PartialDate) and known.literal:
        draft.add_note(known.literal)
    draft.fields["issued"] = found.date
    sure["issued"] = min(sure.get("issued", 1.0), segment.probability)
    return _says_all(draft, text)


def _volume(draft: Draft, segment: Segment, sure: _Sure) -> bool:
    text = draft.view[segment.start : segment.end]
    text = draft.view[segment.start : segment.end]
    if count := volume_count(text):
        return draft.add_extra("number-of-volumes", count) and len(_NUMBER.findall(text)) == 1
    before, behind = _around(draft, segment)
    if others := volume_of_others(text, before):
        return all(draft.add_extra(name, value) for name, value in others.items())
    issue = issue_behind_year(text, before) if "volume" in draft.fields else ""
    found = {"issue": issue} if issue else read_volume(text, behind)
    return _put_all(draft, found, segment, sure) and _says_all(draft, text)


def _around(draft: Draft, segment: Segment) -> tuple[str, str]:
    """Give what stands near a segment, before and behind it."""
    start, end = segment.start, segment.end
    return draft.view[max(0, start - _NEAR) : start], draft.view[end : end + _NEAR]


def _says_all(draft: Draft, text: str) -> bool:
    """Say whether each number of a stretch stands in a field of numbers; else the stretch is kept as a note, too."""
    said = " ".join(str(draft.fields.get(field, "")) for field in _OF_NUMBERS)
    return set(map(int, _NUMBER.findall(text))) <= set(map(int, _NUMBER.findall(said)))


def _put_all(draft: Draft, found: dict[str, str], segment: Segment, sure: _Sure) -> bool:
    values = {field: PartialDate(year=int(value)) if field == "issued" else value for field, value in found.items()}
    done = [_put(draft, field, value, segment, sure) for field, value in values.items()]
    return any(done)


def _pages(draft: Draft, segment: Segment, sure: _Sure) -> bool:
    text = draft.view[segment.start : segment.end]
    if count := page_count(text):
        done = draft.add_extra("number-of-pages", count)
        sure["extra"] = min(sure.get("extra", 1.0), segment.probability)
        return done and len(_NUMBER.findall(text)) == 1
    if section := _SECTION.search(text):
        draft.add_note(section[0])
        text = text.replace(section[0], "")
    found = read_pages(text, _around(draft, segment)[0])
    return _put_all(draft, found, segment, sure) and _says_all(draft, text)


def _edition(draft: Draft, segment: Segment, sure: _Sure) -> bool:
    text = _clean(draft, segment)
    return _put(draft, "edition", edition_in(text), segment, sure) and not says_more(text)


def _identifier(draft: Draft, segment: Segment, sure: _Sure) -> bool:
    text = draft.view[segment.start : segment.end]
    if issn := _ISSN.search(text):
        return _put(draft, "issn", issn[0], segment, sure)
    isbn = _ISBN.search(text)
    return _put(draft, "isbn", isbn[0].strip() if isbn else "", segment, sure)


def _in_list(draft: Draft, segment: Segment, _: _Sure) -> bool:
    """Say whether a number is that of the reference in its list: nothing stands before it."""
    numbers = _NUMBER.findall(draft.view, segment.start, segment.end)
    return len(numbers) < 2 and _NOTHING.fullmatch(draft.view, 0, segment.start) is not None


def _note(draft: Draft, segment: Segment, sure: _Sure) -> bool:
    """Keep what is in no other field; what names the sort of the work is its genre."""
    whole = _clean(draft, segment).strip(" .")
    text = whole.strip("()[]. ")
    text = f"{text})" if text.count("(") > text.count(")") and whole.endswith(")") else text
    if _NOTHING.fullmatch(text):
        return True
    if _SPECIAL.fullmatch(text) and _put(draft, "issue", text, segment, sure):
        return True
    if day := _day_of(draft.fields.get("issued"), text) if len(text) < _LONGEST_DAY else None:
        draft.fields["issued"] = day.date
        return True
    if ARXIV.match(text) and _put(draft, "container_title", text, segment, sure):
        return True
    if not _genre(draft, text, segment, sure):
        draft.add_note(text)
    return True


def _genre(draft: Draft, text: str, segment: Segment, sure: _Sure) -> bool:
    """Take the sort of a work from a note, and a report's number; say whether nothing else is in it."""
    if (series := SERIES_IN_BRACKETS.match(text)) and _dated_series(draft, text, series.end()):
        draft.add_extra("number", series["number"])
        return _put(draft, "genre", series["genre"], segment, sure)
    match = PATENT.search(text) or THESIS.search(text) or REPORT.search(text)
    if match is None or not _put(draft, "genre", match["genre"].strip(" .,"), segment, sure):
        return False
    number = match.groupdict().get("number") or ""
    behind = text[match.end() :].strip(" .,;:")
    if is_publisher(behind) and not _DIGIT.search(behind) and _put(draft, "publisher", behind, segment, sure):
        text = text[: match.end()]
    rest = text.replace(number, "") if draft.add_extra("number", number) else text
    said = {*_WORD.findall(match["genre"].lower()), *_NUMBER.findall(match["genre"])}
    return said.issuperset(_WORD.findall(rest.lower())) and said.issuperset(_NUMBER.findall(rest))


def _dated_series(draft: Draft, text: str, stop: int) -> bool:
    """Say whether nothing but a date stands behind a series and its number; it makes the date more exact."""
    rest = text[stop:].strip(" ,.;")
    found = find_date(rest)
    known = draft.fields.get("issued")
    if found and (known is None or (isinstance(known, PartialDate) and known.year == found.date.year)):
        draft.fields["issued"] = found.date
    return not rest or (found is not None and found.end - found.start == len(rest))


def _publisher(draft: Draft, segment: Segment, sure: _Sure) -> bool:
    """Read a publisher; a place behind its last comma is taken for itself ("Gazi Üniversitesi, Ankara")."""
    behind = place_at_end(draft.view[segment.start : segment.end])
    if behind >= 0 and "publisher_place" not in draft.fields:
        start = segment.start + behind
        _text("publisher_place")(draft, replace(segment, start=start), sure)
        draft.mark("publisher_place", start, segment.end)
        segment = replace(segment, end=start)
    return _text("publisher")(draft, segment, sure)


def _series(draft: Draft, segment: Segment, sure: _Sure) -> bool:
    """Read a series; brackets that name the sort of a thesis are none."""
    thesis = THESIS.fullmatch(without_brackets(_clean(draft, segment)).rstrip("."))
    return _put(draft, "genre", thesis[0], segment, sure) if thesis else _text("collection_title")(draft, segment, sure)


_READERS: dict[str, _Reader] = {
    "author": _names("author"),
    "editor": _names("editor"),
    "translator": _names("translator"),
    "title": _title,
    "container": _text("container_title"),
    "series": _series,
    "publisher": _publisher,
    "location": _text("publisher_place"),
    "date": _date,
    "volume": _volume,
    "pages": _pages,
    "edition": _edition,
    "isbn": _identifier,
    "num": _in_list,
}
#: Labels -> the fields that their words are marked with, where they differ.
_FIELDS = {
    "container": "container_title",
    "series": "collection_title",
    "location": "publisher_place",
    "date": "issued",
    "pages": "page",
    "num": "number",
    "other": "note",
}
#: So sure is a name at most that has words in it which are none.
_ODD = 0.4
