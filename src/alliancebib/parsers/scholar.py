# ruff: noqa: E501 - patterns read best in one piece
"""Parser: the five citation formats of Google Scholar (APA, MLA, Chicago, Harvard, Vancouver), and nothing but them.

It is asked first. A line fits where every character has its place in the grammar of one format, with or without the
title of a link repeated in front; the reading is then as good as certain. Any other line is left to the other parsers.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.model import Name, PartialDate, Reference
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.outline.words import is_stopword
from alliancebib.page import Line, Section
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._genres import (
    FORM_IN_BRACKETS,
    NUMBER_IN_BRACKETS,
    PRESENTED_IN_BRACKETS,
    REPORT_IN_BRACKETS,
    SERIES_IN_BRACKETS,
    THESIS,
    THESIS_IN_BRACKETS,
    VERSION_IN_BRACKETS,
)
from alliancebib.parsers._names import is_body
from alliancebib.parsers._parts import HISTORY
from alliancebib.parsers._scholar_author_year import Front, after_year
from alliancebib.parsers._scholar_dated import dated_at_end, may_be_dated
from alliancebib.parsers._scholar_names import Listed, in_full, initialled, unmarked
from alliancebib.parsers._scholar_parts import stops_in
from alliancebib.parsers._scholar_pieces import MONTH, PUBLISHER_WORD, YEAR, Piece, Tail, date_of
from alliancebib.parsers._scholar_quoted import after_quotes, may_be_unquoted, unquoted
from alliancebib.parsers._shapes import repeated_title
from alliancebib.parsers._titles import NUMBERED_SERIES

__all__ = ["parse"]

#: How sure a reading is of which all is explained, and one where a full stop or a name could be read in two ways.
_CERTAIN, _OPEN = 0.97, 0.65
#: What stands between two fields belongs to the first.
_BETWEEN = " ,.;:"
#: Names stand within the first characters.
_FRONT = 1500
#: So many full stops are tried as the end of the names; initials have one each.
_MOST_STOPS = 60
#: No citation is longer; it bounds all that is tried on a line.
_LONGEST = 3000
#: What no title begins with behind names: a further initial (but "U.S."), a quotation mark, a bracket, "and".
_NO_TITLE_BEGINS = re.compile(r"(?!U\.[KNS]\.|E\.U\.)[^\W\d_]\.|[\"“«„(]|and ")
_APA_YEAR = re.compile(rf" \((?P<date>(?P<year>{YEAR})(?:, {MONTH}(?: \d{{1,2}})?)?)\)\. ")
_HARVARD_YEAR = re.compile(rf"(?:^|, )(?P<date>(?P<year>{YEAR})(?:, {MONTH})?)\. ")
_TAG = re.compile(r"\[(?:PDF|HTML|BOOK|B|C|CITATION|DOC)\](?:\[(?:PDF|HTML|B|C)\])? ", re.IGNORECASE)
#: Names in another format at the beginning of what would be a title without an author.
_ENDS_IN_INITIAL = re.compile(r",\s(?:[^\W\d_]\.?[\s-]?){1,3}$")
_OTHER_NAMES = re.compile(
    r"[^.]{2,40}(?:, ?| )[^\W\d_a-z]\.|[^.]{2,40}, [^\W\d_a-z]{1,3}(?:,|\.| and | &)|.{2,80} et al"
    r"|.{2,300}?, [^\W\d_a-z]\.(?:[, -]|$)|[^\W\d_]+, [^\W\d_]+(?: [^\W\d_]\.?)?\.?$"
    r"|(?:[^.,]{2,60}, ){0,12}[^.,]{2,40} [^\W\d_a-z]{1,3}, |(?:[^.,]{2,60}, ){1,12}editors?\."
)
#: What a title holds only where another format was taken for this one.
_NO_TITLE = re.compile(
    r"(?<!\w)(?:[Ee]ds?\.?\)|pp\. ?\d|[Ii]n: |https?:)|//|(?<!\w)\d{1,2}\. ?(?:ed|Aufl)\b|\((?:[^()]{0,20} )?(?:ed\.|edition)\)$"
)
#: What stands behind the title of a book in other formats: editors, translators, editions, the book around a chapter.
_NO_BOOK_TITLE = re.compile(
    r"(?<!\w)(?:[Ee]dited (?:by|and)|[Tt]rans(?:\.|lated)|[Tt]raduction|(?:\d{1,2}(?:st|nd|rd|th)|[Rr]ev\.|[Rr]evised)(?: \w+)? [Ee]d\b|critical edition|"
    r"[Ee]ds?\. |éd\.|[Vv]ols?\. |pages? \d|[Rr]eprinted|[Vv]ol(?:\.|ume) ?\d|[Rr]eport No|DVD|[Pp]aper(?:s)? (?:No|presented))|\. [Ii]n (?=[^\Wa-z])|__|\d: ?\d|"
    r"\. (?:[A-Z][\w’'-]* ){1,5}(?:Series|Papers?|Library|Monographs?)(?:,? (?:no\.? |vol\.? )?\d+)?$|\b[vnpf]\. ?\d|, \d{1,2} [a-zà-ÿ]{3,9}$|\. (?:1[5-9]|20)\d\d$| : [A-Z][a-z]+ [a-z]+ [a-z]+ "
)
#: ABNT: "2011. 230 f. Dissertação".
_LEAVES = re.compile(r"\b\d{2,4} f\. ")
_AHEAD = re.compile(r", (?:[Aa]dvance|[Oo]nline|[Aa]head of|[Ff]irst|[Ee]arly) [^,]*$")
_BRACKET_AT_END = re.compile(r" [(\[](?P<inner>[^()\[\]]+|[A-Z]{1,6}\(\d{4}\)[^()\[\]]{0,20})[)\]]$")
_GENRES_IN_BRACKETS = (
    FORM_IN_BRACKETS,
    THESIS_IN_BRACKETS,
    REPORT_IN_BRACKETS,
    PRESENTED_IN_BRACKETS,
    NUMBER_IN_BRACKETS,
    SERIES_IN_BRACKETS,
    VERSION_IN_BRACKETS,
)
_QUOTES = {'"': '"', "“": "”"}
_QUOTE = re.compile('["“]')


class _Fit(msgspec.Struct, frozen=True):
    """A format that a line fits: its name, the names with their place, the pieces behind them."""

    shape: str
    tail: Tail
    listed: Listed | None = None
    names_at: tuple[int, int] = (0, 0)
    front: tuple[Piece, ...] = ()

    @property
    def sure(self) -> bool:
        return self.tail.sure and (self.listed is None or self.listed.sure)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (*self.front, *self.tail.pieces)


def parse(line: Line, section: Section, *, page: str, outlets: Outlets | None = None) -> Reference | None:
    """Read a line that one of the five formats explains in full; None for all others.

    >>> line = Line(number=1, text='Doe, Jane, et al. "The end." Journal of Ends 33.2-3 (2021): 283-304.')
    >>> found = parse(line, Section(title=""), page="list.txt")
    >>> found.container_title, found.volume, found.issue, found.confidence
    ('Journal of Ends', '33', '2-3', 0.97)
    """
    draft = Draft.of(line)
    start, end = draft.extent()
    if tag := _TAG.match(draft.view, start, end):
        draft.settle("link_title", start, tag.end())
        start = tag.end()
    if end - start > _LONGEST or HISTORY.search(draft.view, start, end):
        return None
    fit = _behind_repeated_title(draft, start, end) or _fit(draft.view, start, end)
    if fit is None or _has_series(fit) or not _holds(fit, draft, outlets or load_outlets()):
        return None
    if fit.listed:
        draft.take("editor" if fit.listed.editors else "author", *fit.names_at, fit.listed.names)
    for piece in fit.pieces:
        value = " ".join(piece.value.split()) if isinstance(piece.value, str) else piece.value
        if piece.field == "issued" and isinstance(value, str):
            value = date_of(value) or PartialDate(year=int(value[:4]))
        marks = len(draft.view[piece.start : piece.end]) - len(draft.view[piece.start : piece.end].lstrip(_BETWEEN))
        draft.take(piece.field, piece.start + marks, piece.end, value)
    kind = fit.tail.kind
    if kind == "document" and section.expects == "news":
        kind = "article-newspaper"
    elif kind == "document" and draft.urls and "doi" not in draft.fields:
        kind = "webpage"
    return draft.finish(by=fit.shape, kind=kind, confidence=_CERTAIN if fit.sure else _OPEN, section=section, page=page)


def _behind_repeated_title(draft: Draft, start: int, end: int) -> _Fit | None:
    """Cut off the title of a link that stands in front, where the rest fits and has the title where it was seen again."""
    repeated = repeated_title(draft.view, start, end)
    if repeated is None:
        return None
    stop, second = repeated
    fit = _fit(draft.view, draft.extent(stop, end)[0], end)
    title = next((piece for piece in fit.pieces if piece.field == "title"), None) if fit else None
    if fit is None or title is None or not title.start <= second < title.end or second - title.start > 2:
        return None
    draft.link_title = draft.words(start, stop).rstrip(" …").removesuffix("...").strip()
    draft.mark("link_title", start, stop)
    return fit


def _holds(fit: _Fit, draft: Draft, outlets: Outlets) -> bool:
    """Say whether nothing in the fields speaks against the reading."""
    fields = {piece.field: piece.value for piece in fit.pieces}
    title, publisher = str(fields.get("title", "")), str(fields.get("publisher", ""))
    bracket = _BRACKET_AT_END.search(title[-160:])
    told = bracket is not None and any(form.fullmatch(bracket["inner"]) for form in _GENRES_IN_BRACKETS)
    if told or (fit.tail.kind != "thesis" and (_LEAVES.search(publisher) or THESIS.match(publisher))):
        return False
    quoted = (
        draft.view[fit.pieces[0].start] in _QUOTES
        and fit.pieces[0].field == "title"
        and fit.shape in {"mla", "chicago"}
    )
    unnumbered = fit.tail.kind in {"book", "document", "thesis"}
    if "accessed" in draft.fields or (unnumbered and not quoted and _NO_BOOK_TITLE.search(title)):
        return False
    if (
        len(title) < 2
        or (_NO_TITLE.search(title) and not quoted)
        or "  " in draft.view[fit.pieces[0].start : fit.pieces[-1].end]
    ):
        return False
    if _AHEAD.search(str(fields.get("container_title", ""))):
        return False
    if fit.tail.kind == "book" and not fit.sure and re.search(r"[?!] [^\Wa-z]", title):
        return False  # "A title? Work in progress. SIEPS": two ends of sentences and no publisher known
    # Newspapers, agencies and institutes with reports of their own are known by their names, not by the format.
    return not (fit.tail.kind == "book" and (outlets.knows(publisher) or outlets.publishes(publisher)))


def _fit(view: str, start: int, end: int) -> _Fit | None:
    """Find the format that explains all of a stretch."""
    stop = end - 1 if view[start:end].endswith(".") else end
    return (
        _apa(view, start, stop)
        or _quoted(view, start, stop)
        or _harvard(view, start, stop)
        or _vancouver(view, start, stop)
        or _book_in_full(view, start, stop)
    )


def _apa(view: str, start: int, end: int) -> _Fit | None:
    for match, _ in zip(_APA_YEAR.finditer(view, start, min(end, start + _FRONT)), range(2), strict=False):
        front = view[start : match.start()]
        dotted = _undotted(front)
        listed = initialled(dotted, "apa")
        apart = view.startswith("In ", match.end())
        if listed is None and not apart and front.endswith("."):
            listed = _body(dotted)
        issued = _dated(match, match.start(), match.end())
        tail = after_year(view, match.end(), end, Front("apa", match["year"])) if listed else None
        if listed and tail and not (tail.kind == "document" and (not listed.sure or _is_publisher(tail, front))):
            return _Fit("apa", tail, listed, (start, match.start()), (issued,))
        if front.endswith(".") and not _OTHER_NAMES.match(front):
            title = Piece("title", start, match.start(), dotted)
            tail = after_year(view, match.end(), end, Front("apa", match["year"], titled=False))
            named = next((piece for piece in tail.pieces if piece.field == "container_title"), None) if tail else None
            if tail and not (named and tail.kind == "article-journal" and stops_in(view, named.start, named.end)):
                return _Fit("apa", tail, front=(title, issued))
    return None


def _body(text: str) -> Listed | None:
    """Take for a body what can be nothing else: a few words with capitals before the year, and a title behind it."""
    if _ENDS_IN_INITIAL.search(text):
        return None  # a person's name, and something else before it
    words = [word for word in text.split() if not is_stopword(word)]
    named = 0 < len(words) <= 8 and all(not word[0].islower() for word in words) and not re.search(r"[,:?!\d]", text)
    return Listed((Name(literal=text),), sure=is_body(text)) if named or is_body(text) else None


def _is_publisher(tail: Tail, front: str) -> bool:
    """Say whether what stands alone behind a body and a year is rather the publisher of a work that nobody signs."""
    title = str(tail.pieces[0].value)
    return (
        front.endswith(".") and is_body(front[:-1]) and len(title.split()) <= 3 and bool(PUBLISHER_WORD.search(title))
    )


def _dated(match: re.Match[str], start: int, end: int) -> Piece:
    return Piece("issued", start, end, match["date"])


def _harvard(view: str, start: int, end: int) -> _Fit | None:
    for match, _ in zip(_HARVARD_YEAR.finditer(view, start, min(end, start + _FRONT)), range(2), strict=False):
        front = view[start : match.start()]
        tail = after_year(view, match.end(), end, Front("harvard", match["year"]))
        if tail is None:
            continue
        issued = _dated(match, match.start(), match.end())
        if not front:
            if tail.kind == "document" or (tail.kind == "book" and not _is_published(tail)):
                return None
            return _Fit("harvard", msgspec.structs.replace(tail, sure=False), front=(issued,))
        if listed := initialled(front, "harvard") or _body(front):
            if not listed.sure and tail.kind == "document":
                continue
            return _Fit("harvard", tail, listed, (start, match.start()), (issued,))
    return None


def _quoted(view: str, start: int, end: int) -> _Fit | None:
    opening = _opening(view, start, end)
    if opening < 0:
        return None
    closing = _closing(view, opening, end)
    tail = after_quotes(view, closing + 2, end) if closing > opening + 1 else None
    if tail is None:
        return None
    stopped = view[closing - 1] == "."
    title = Piece("title", opening, closing + 1, view[opening + 1 : closing - stopped].strip())
    chicago = view.startswith(("In ", "PhD ", "Master"), closing + 2) or ", no. " in view[closing:end]
    shape = "chicago" if chicago else "mla"
    if opening == start:
        return _Fit(shape, tail, front=(title,))
    listed = in_full(_undotted(view[start : opening - 1]), bounded=True)
    return _Fit(shape, tail, listed, (start, opening), (title,)) if listed else None


def _is_published(tail: Tail) -> bool:
    """Say whether a book's publisher is one by its words; without authors a line has little else to show that it fits."""
    return any(piece.field == "publisher" and PUBLISHER_WORD.search(str(piece.value)) for piece in tail.pieces)


def _is_unsigned_book(view: str, tail: Tail) -> bool:
    """Say whether a book can be without author: no sentence ends in its title, and no place stands behind its publisher."""
    title = tail.pieces[0]
    publisher = next((str(piece.value) for piece in tail.pieces if piece.field == "publisher"), "")
    placed = "," in publisher and not re.search(r", (?:Ltd|Inc|LLC|Limited)\b|Department", publisher)
    named = re.match(r"(?:[^\W\d_]\.[ -]?)+[^\W\d_]{2}", str(title.value))
    return _is_published(tail) and not (placed or named or stops_in(view, title.start, title.end))


def _undotted(names: str) -> str:
    """Take off the full stop behind names, but not that of an initial."""
    return names if re.search(r"(?<![^\W_])[^\W\d_]\.$", names) else names.removesuffix(".")


def _opening(view: str, start: int, end: int) -> int:
    """Find the first quotation mark, if it begins the stretch or stands behind a full stop; else give -1."""
    found = _QUOTE.search(view, start, min(end, start + _FRONT))
    if found is None:
        return -1
    place = found.start()
    return place if place == start or view[place - 2 : place] == ". " else -1


def _closing(view: str, opening: int, end: int) -> int:
    """Find the mark that closes the title: the last one behind a full stop; only without such a question mark will do."""
    mark = _QUOTES[view[opening]]
    place = view.rfind(f".{mark} ", opening + 1, end)
    if place < 0:
        place = max(view.rfind(f"?{mark} ", opening + 1, end), view.rfind(f"!{mark} ", opening + 1, end))
    return place + 1 if place >= 0 else -1


def _vancouver(view: str, start: int, end: int) -> _Fit | None:
    stop = view.find(". ", start, min(end, start + _FRONT))
    if stop < 0 or not may_be_dated(view, start, end):
        return None
    if listed := unmarked(view[start:stop]):
        tail = dated_at_end(view, stop + 2, end)
        title = next((piece for piece in tail.pieces if piece.field == "title"), None) if tail else None
        if tail and title:
            # A body alone may be the beginning of a title that goes on.
            open_title = bool(listed.names[0].literal) and bool(stops_in(view, title.start, title.end))
            tail = msgspec.structs.replace(tail, sure=tail.sure and not open_title)
            return _Fit("vancouver", tail, listed, (start, stop + 1))
    tail = dated_at_end(view, start, end)
    if tail is None or not tail.sure or tail.kind in {"document", "thesis"} or _OTHER_NAMES.match(view, start, end):
        return None
    first = view[start:stop]
    capitals = all(not word[0].islower() for word in re.split(r",? ", first) if word and not is_stopword(word))
    open_front = capitals and any(piece.field == "title" and piece.end > stop for piece in tail.pieces)
    return _Fit("vancouver", msgspec.structs.replace(tail, sure=not open_front))


def _book_in_full(view: str, start: int, end: int) -> _Fit | None:
    """Read a book or thesis of MLA and Chicago: only full stops stand between names, title and publisher.

    Where an initial's full stop might be that of the names, the longer list of names is taken, and is not sure.
    """
    if not may_be_unquoted(view, start, end):
        return None
    best: _Fit | None = None
    stop = min(end, start + _FRONT)
    place = view.find(". ", start, stop)
    for _ in range(_MOST_STOPS):
        if place < 0:
            break
        names = view[start : place + 1]
        listed = in_full(_undotted(names)) if ", " in names or is_body(names[:-1]) else None
        if listed and _NO_TITLE_BEGINS.match(view, place + 2, end) is None:
            tail = unquoted(view, place + 2, end)
            if tail and _is_behind(view, place + 2, tail, listed):
                sure = tail.sure and best is None
                best = _Fit("chicago", msgspec.structs.replace(tail, sure=sure), listed, (start, place + 1))
        elif best:
            break
        place = view.find(". ", place + 1, stop)
    return best or _unsigned_book(view, start, end)


def _is_behind(view: str, start: int, tail: Tail, listed: Listed) -> bool:
    """Say whether a title can stand behind these names: it begins with no further names."""
    return not _OTHER_NAMES.match(view, start, tail.pieces[0].end) and (
        tail.kind != "document" or bool(listed.names[0].family)
    )


def _unsigned_book(view: str, start: int, end: int) -> _Fit | None:
    tail = unquoted(view, start, end) if not _OTHER_NAMES.match(view, start, end) else None
    if tail and _is_unsigned_book(view, tail):
        return _Fit("chicago", msgspec.structs.replace(tail, sure=False))
    return None


def _has_series(fit: _Fit) -> bool:
    """Say whether a numbered series stands behind the title, which the search engine has nowhere."""
    return any(
        piece.field == "title" and isinstance(piece.value, str) and NUMBERED_SERIES.search(piece.value)
        for piece in fit.pieces
    )
