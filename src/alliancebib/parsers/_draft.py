# ruff: noqa: E501 - patterns read best in one piece
"""A reference in the making: which characters of a line became which field.

The parsers of this shelf mark what they understand and blank out what is settled; `Draft.finish` gives the reference,
whose spans and leftover tile the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from alliancebib.model import Name, Origin, PartialDate, Provenance, Reference, Span, leftover_of, reference_id
from alliancebib.outline.addresses import Address, addresses_of, date_in_url, doi_in
from alliancebib.outline.dates import date_at
from alliancebib.outline.signs import numbering_of
from alliancebib.outline.words import is_one_of
from alliancebib.page import Line, Section

__all__ = ["Draft"]

#: Words that lead to an address and go with it.
_LEADS_TO_URL = re.compile(
    r"(?:(?:[\[(](?:online|internet|en ligne|en línea|электронный ресурс)[\])]\s*[.:,]?\s*[–—-]?\s*)?"
    r"[(\[]?\s*(?:retrieved(?:\s+(?:on\s+)?[\w\s,.]{3,30}?)?\s+from|available(?:\s+online)?(?:\s+(?:at|from|on)|(?=\s*:))|accessed\s+(?:at|from|via)|"
    r"read\s+more(?:\s+at)?|see(?:\s+also)?|(?<!\[)online|en ligne|en línea|url|link|source|(?:online\s+)?(?:verfügbar|abrufbar)\s+unter|disponible\s+(?:en|sur|à)|"
    r"disponível\s+em|disponibile\s+(?:su|in)|режим\s+доступа|доступно|доступ|erişim|dostępne|doi)\s*[:：]?\s*<?\s*)$|[<(\[:：]\s*$",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:(?<!\w)doi\s?[:：]?\s*)?(?<![\w./])(?P<doi>10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_ISBN = re.compile(r"(?<!\w)ISBN(?:-1[03])?:?\s*(?P<isbn>(?:97[89][\s-]?)?\d(?:[\s-]?\d){8}[\s-]?[\dXx])(?!\w)\.?")
_SEEN = re.compile(
    r"[(\[]?\s*\b(?:(?:last\s|date\s)?accessed|(?:last\s)?retrieved|viewed|last visited|(?:zuletzt\s)?(?:abgerufen|aufgerufen|geprüft)|cited|recuperado|(?:letzter\s)?zugriff|"
    r"consulté|consultado|consultato|(?:ultimo\s)?accesso|acesso em|дата обращения|дата звернення|data dostępu|dostęp|erişim(?: tarihi)?|geraadpleegd|read|lest|läst)"
    r"\s?[:：]?\s+(?:(?:on|am|vom|le|el|il|em|op)\s)?",
    re.IGNORECASE,
)
#: What in small letters each of those holds; most lines hold none, which is seen ten times as fast.
_MAY_BE_SEEN = re.compile(
    "acc?es|retriev|view|visit|read|l[äe]st|cited|rufen|zugriff|gepr|stand|consult|recuper|дата|dost|er.{1,2}ş|geraad"
)
_AFTER_SEEN = re.compile(r"\s*[)\]]?[.,;]?(?:\s*(?:from|at|de|da)(?=:?\s+(?:https?:|www\.))[:\s]*)?")
_PUBLISHED = re.compile(
    r"(?<=[.?!]\s)(?:Published(?:\sonline)?|Posted|(?P<changed>(?:Last\s)?[Uu]pdated|Modified|Reviewed))\s"
)
_DAY_BEHIND = re.compile(r"[>.]?\s*\[(?P<day>[^\[\]]{6,30})\]\.?\s*$")
_A_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")
_MEDIUM = re.compile(
    r"\s?\[(?:online|internet|web page|en ligne|en línea|em linha|электронный ресурс|електронний ресурс)\]",
    re.IGNORECASE,
)
#: "(PDF; 2,3 MB)": the form of what an address leads to.
_FILE = re.compile(r"\s?[(\[]\s{0,3}(?:PDF|DOC|HTML|EPUB)(?:[;,:]?\s(?:ca\.\s)?\d[\d.,]{0,8}\s?[kKMG]i?[Bb])\s*[)\]]")
_LEADS_TO_LINK = re.compile(r"[\s,;:|–—([-]*$")
_AFTER_URL = re.compile(r"[>)\]]?[.,;]?\s*")
_MARKS = re.compile(r"[\W_]+")
#: Opening brackets go with what is inside them, all other marks with what is before.
_OPENING = re.compile(r"[(\[{]{1,3}$")
_FREE = re.compile(rb"\0+")
_RUN = re.compile(rb"([^\0])\1*", re.DOTALL)


class Draft:
    """A line with what was understood of it so far.

    ``view`` has the length of the line; what is settled (addresses, markup, numbers) is blank in it, so that the rest
    reads on. Fields are set once; the first word stands.
    """

    def __init__(self, line: Line) -> None:
        self.line, self.text = line, line.text
        self.view = line.text
        self.fields: dict[str, object] = {}
        #: Field -> the byte that stands for it in ``_owner``, which has one for each character; 0 is nobody's.
        self._codes: dict[str, int] = {}
        self._owner = bytearray(len(line.text))
        self.link_title = ""
        self.link_end = 0
        self.inferred: list[str] = []
        self.note = ""
        #: How sure the parser is of single fields, where it knows.
        self.by_field: tuple[tuple[str, float], ...] = ()
        self.addresses = addresses_of(line)
        #: The addresses that lead to other pages.
        self.urls = tuple(one.url for one in self.addresses if one.url.lower().startswith("http"))
        self._settle_number()
        self._settle_medium()
        self._settle_access()
        self._settle_day_behind()
        self._settle_published()
        self._settle_addresses()
        if self.urls and (file := _FILE.search(self.view)):
            self.settle("url", file.start(), file.end())
        if "ISBN" in self.view and (isbn := _ISBN.search(self.view)):
            self.put("isbn", isbn["isbn"])
            self.settle("isbn", isbn.start(), isbn.end())

    @staticmethod
    def of(line: Line) -> Draft:
        """Begin the draft of a line. What is settled at once is kept for the parser that is asked next for this line."""
        return _begun(line)._again()  # noqa: SLF001 - its own

    def _again(self) -> Draft:
        other = object.__new__(Draft)
        other.__dict__ |= self.__dict__
        other.fields, other.inferred = self.fields.copy(), self.inferred.copy()
        other._codes, other._owner = self._codes.copy(), self._owner.copy()
        return other

    def mark(self, field: str, start: int, end: int) -> None:
        """Say that characters belong to a field; what another field has already stays with it."""
        code = self._codes.setdefault(field, len(self._codes) + 1)
        self._owner[start:end] = self._owner[start:end].replace(b"\0", bytes((code,)))

    def settle(self, field: str, start: int, end: int) -> None:
        """Mark characters and blank them out of the view."""
        self.mark(field, start, end)
        self.view = self.view[:start] + " " * (end - start) + self.view[end:]

    def put(self, field: str, value: str | PartialDate | tuple[Name, ...] | None) -> None:
        """Set a field that is empty so far."""
        if value and not self.fields.get(field):
            self.fields[field] = value

    def add_extra(self, name: str, value: str) -> bool:
        """Set a variable that has no field of its own, if it is empty so far; say whether it was."""
        extra: dict[str, str] = self.fields.get("extra", {})  # type: ignore[assignment]
        if not value or name in extra:
            return False
        self.fields["extra"] = {**extra, name: value}
        return True

    def add_note(self, text: str) -> None:
        """Keep a text behind what the note says already."""
        known = str(self.fields.get("note", ""))
        self.fields["note"] = f"{known}; {text}" if known else text

    def take(self, field: str, start: int, end: int, value: str | PartialDate | tuple[Name, ...] | None = None) -> None:
        """Set a field from characters of the line, and mark them; their text unless a value is given."""
        self.put(field, self.words(start, end) if value is None else value)
        self.mark(field, start, end)

    def take_date(self, start: int, end: int, date: PartialDate | None) -> None:
        """Set the date from characters of the line: a known one is made more exact, a second year is a note."""
        known = self.fields.get("issued")
        if date and isinstance(known, PartialDate) and known.year == date.year and known.month is None and date.month:
            self.fields["issued"] = date
        elif date and isinstance(known, PartialDate) and known.year != date.year:
            self.add_note(self.words(start, end).strip(" .,;:()"))
        self.put("issued", date)
        self.mark("issued", start, end)

    def words(self, start: int, end: int) -> str:
        """Give a stretch of the view with single blanks."""
        return " ".join(self.view[start:end].split())

    def extent(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Give a stretch without the blanks at its ends."""
        end = len(self.view) if end is None else end
        piece = self.view[start:end]
        left = len(piece) - len(piece.lstrip())
        return start + left, max(start + left, start + len(piece.rstrip()))

    def infer_date(self) -> None:
        """Take the date of the address where the text has none; one that is in the text is only made more exact."""
        date = next((date for url in self.urls[:1] if (date := date_in_url(url))), None)
        known = self.fields.get("issued")
        if date is None or isinstance(known, PartialDate):
            return
        self.fields["issued"] = date
        self.inferred.append("issued")

    def finish(self, *, by: str, kind: str, confidence: float, section: Section, page: str) -> Reference:
        """Give the reference."""
        spans = tuple(self._spans())
        leftover = leftover_of(self.text, spans)
        lost = sum(map(len, leftover)) / max(1, len(self.text))
        fields = {name: value for name, value in self.fields.items() if value}
        record = Provenance(
            actor=by,
            fields=tuple(fields),
            confidence=round(max(0.0, confidence - lost), 2),
            inferred=tuple(self.inferred),
            note=self.note,
            by_field=self.by_field,
        )
        origin = Origin(
            page=page,
            section=section.title,
            line=self.line.number,
            column=self.line.column,
            raw=self.text,
            link_title=self.link_title,
        )
        return Reference(
            id=reference_id(page, self.text),
            kind=kind,
            origins=(origin,),
            spans=spans,
            leftover=leftover,
            provenance=(record,),
            **fields,  # type: ignore[arg-type]
        )

    def _spans(self) -> Iterator[Span]:
        """Give the runs of characters of one field; marks and blanks between them go with the run before."""
        self._adopt_marks()
        fields = ["", *self._codes]
        return (Span(fields[run[1][0]], *run.span()) for run in _RUN.finditer(self._owner))

    def _adopt_marks(self) -> None:
        owner, text = self._owner, self.text
        for free in _FREE.finditer(bytes(owner)):
            for run in _MARKS.finditer(text, *free.span()):
                start, end = run.span()
                if start and start == free.start() and end < len(text) and (opening := _OPENING.search(run[0])):
                    end = start + opening.start()
                    owner[end : run.end()] = (owner[run.end() : run.end() + 1] or b"\0") * (run.end() - end)
                place = start - 1 if start and start == free.start() else _past_marks(text, start)
                owner[start:end] = (owner[place : place + 1] or b"\0") * (end - start)
        first = len(owner) - len(owner.lstrip(b"\0"))
        if 0 < first < len(owner) and not any(letter.isalnum() for letter in text[:first]):
            owner[:first] = owner[first : first + 1] * first

    def _settle_number(self) -> None:
        length = numbering_of(self.text)
        if length and len(self.text) > length:
            self.settle("number", 0, length)

    def _settle_medium(self) -> None:
        """Blank out that the work was read online: its address says so."""
        if self.urls and (medium := _MEDIUM.search(self.view)):
            self.settle("url", medium.start(), medium.end())

    def _settle_access(self) -> None:
        """Take the day on which the link was seen, where a mark or an address stands before it."""
        if not _MAY_BE_SEEN.search(self.text.lower()):
            return
        for match in _SEEN.finditer(self.text):
            date = date_at(self.text, match.end())
            before = len(self.text[: match.start()].rstrip()) - 1
            marked = match[0][0] in "([" or (before >= 0 and self.text[before] in '.,;:)]>/”"»–')
            if date is None or not (marked or any(one.start <= before < one.end for one in self.addresses)):
                continue
            after = _AFTER_SEEN.match(self.text, date.end)
            self.put("accessed", date.date)
            self.settle("accessed", match.start(), after.end() if after else date.end)
            return

    def _settle_published(self) -> None:
        """Take the day on which a page was published or changed, where a sentence says so (AMA)."""
        for match in _PUBLISHED.finditer(self.view) if self.urls else ():
            date = date_at(self.view, match.end())
            if date is None or date.is_year or self.view[date.end : date.end + 1] != ".":
                continue
            if match["changed"]:
                self.add_note(self.view[match.start() : date.end])
            self.put("issued", None if match["changed"] else date.date)
            self.settle("note" if match["changed"] else "issued", match.start(), date.end + 1)

    def _settle_day_behind(self) -> None:
        """Take a day in square brackets behind an address for the one it was seen on, where the line has a year before."""
        last = self.addresses[-1] if self.addresses else None
        if last is None or last.has_text or "accessed" in self.fields:
            return
        match = _DAY_BEHIND.match(self.text, last.end)
        date = date_at(self.text, match.start("day")) if match else None
        if match and date and date.end == match.end("day") and _A_YEAR.search(self.text, 0, last.start):
            self.put("accessed", date.date)
            self.settle("accessed", match.start(), match.end())

    def _settle_addresses(self) -> None:
        for address in self.addresses:
            if address.has_text:
                self._settle_markup(address)
            else:
                start = address.start
                before = self.view[max(0, start - 60) : start]
                lead = _LEADS_TO_URL.search(before) if before.strip() else None
                if lead:
                    start -= len(lead[0])
                after = _AFTER_URL.match(self.text, address.end)
                self.settle("url", start, after.end() if after else address.end)
        further = [url for url in self.urls[1:] if url != self.urls[0]]
        for url in self.urls:
            if doi := doi_in(url):
                self.put("doi", doi)
        self._settle_doi()
        if self.urls:
            self.put("url", self.urls[0])
        if further:
            self.note = f"further links: {' '.join(further)}"

    def _settle_doi(self) -> None:
        if "10." not in self.view:
            return
        for match in _DOI.finditer(self.view):
            doi = doi_in(match["doi"])
            end = min(match.start("doi") + len(doi), match.end("doi"))  # in lower case a letter may become two
            self.put("doi", doi)
            self.settle("doi", match.start(), end)

    def _settle_markup(self, address: Address) -> None:
        if address.start < address.text_start or address.text_end < address.end:
            self.settle("url", address.start, address.text_start)
            self.settle("url", address.text_end, address.end)
        shown = self.text[address.text_start : address.text_end]
        others = self.view[: address.text_start] + self.view[address.text_end :]
        if is_one_of(shown, "label", "address") and len(others.split()) > 1:
            start = address.start - len(_LEADS_TO_LINK.search(self.view[: address.start])[0])  # type: ignore[index]
            after = _AFTER_URL.match(self.text, address.end)
            self.settle("url", start, after.end() if after else address.end)
        if not self.view[: address.text_start].strip() and self.urls[:1] == (address.url,):
            self.link_end = address.text_end


@lru_cache(maxsize=1)
def _begun(line: Line) -> Draft:
    return Draft(line)


def _past_marks(text: str, start: int) -> int:
    """Give the place behind the marks and blanks that begin at a place."""
    marks = _MARKS.match(text, start)
    return marks.end() if marks else start
