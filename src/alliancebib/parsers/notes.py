"""Parser: references whose parts stand between commas: footnotes, IEEE, MLA; French, Italian, German forms.

A line fits where each of its parts can be told for what it is (`_segments`): names, a title in quotation marks or, with
a place, a publisher or a newspaper behind it, without them. What has one part too many is left to the other parsers.
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from alliancebib.model import Name, PartialDate, Reference
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.page import Line, Section
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._genres import PRESENTED_AT, THESIS
from alliancebib.parsers._kinds import CONFERENCE
from alliancebib.parsers._names import is_body, read_names
from alliancebib.parsers._parts import closing_quote
from alliancebib.parsers._publishers import PUBLISHER_WORD
from alliancebib.parsers._rest import JOURNAL_WORD
from alliancebib.parsers._segments import Segment, segments_of

__all__ = ["parse"]

ACTOR = "notes"
_CONFIDENCE = 0.92
#: No citation is longer; it bounds all that is tried on a line.
_LONGEST = 3000
_QUOTES = '"“«„‘'
_YEAR = r"(?:18|19|20)\d\d"
_EDITOR = re.compile(r"(?:\(\s?)?\b(?:eds?|editors?|hrsg|hg|dirs?|coords?|orgs?|a cura di)\b\.?\s?\)?$", re.IGNORECASE)
_IN = re.compile(r"(?:in|In|I(?=:)|dans|en|em|nel)(?::\s*|\s+)(?=\S)")
#: Names before a colon: "Major, Claudia/Mölling, Christian: Title".
_INVERTED = re.compile(r"(?:(?:von|van|de|der|den|zu|di|da)\s){0,2}[^\W\d_a-z][\w'’-]+,\s[^\W\d_a-z]")
_STOP = re.compile(r"[^\W\d_]{4,}\.\s")
_GOES_ON = re.compile(r"(?:et al|eds?\b|editors?\b|Jr\b|Sr\b|&|[^\W\d_]\.)")
#: A part that holds more than one thing: a comma without its blank, a mark of a volume.
_KNOTTED = re.compile(r"\s,|,\S|\bvol\b|[\"“”\\]|\d\s?\(|\s\d+$")
#: "In: ders. (Hrsg.)": the editor is the author.
_THE_SAME = re.compile(r"(?:ders|dies|id|idem|eadem)\b\.?(?P<others>\su\.\s?a\.)?(?:\s\([^()]{2,12}\))?")
#: What the name of a container says of the work.
_BY_NAME = (
    ("paper-conference", CONFERENCE),
    ("article", re.compile(r"arxiv|ssrn|biorxiv|preprint", re.IGNORECASE)),
    ("motion_picture", re.compile(r"^(?:YouTube|Vimeo|TED)$")),
)
_BRACKET = re.compile(rf"\s?\((?P<inner>[^()]{{4,160}}?{_YEAR})\)")
#: Titles in these marks are containers, behind a title without any.
_QUOTED = re.compile(r"[«“\"](?P<name>[^«»“”\"]{2,120})[»”\"]")
_VOLUME_BEHIND = re.compile(
    r"(?P<name>.{3,}?[^\W\d_)]\.?)\s(?P<volume>\d{1,4}|[IVXLC]{2,7})(?:\s?\((?P<issue>[\d/–-]{1,9})\))?"
)
#: Of so many parts names are looked for in front of an unquoted title.
_MOST_NAMES = 4


class _Front(msgspec.Struct, frozen=True):
    """Names and title in front, and where the rest begins; an unquoted title is still among the segments."""

    names: tuple[Name, ...]
    names_at: tuple[int, int]
    body: int
    title: str = ""
    title_at: tuple[int, int] = (0, 0)
    editors: bool = False


def parse(line: Line, section: Section, *, page: str, outlets: Outlets | None = None) -> Reference | None:
    """Read a reference of which every part between commas is known; None for all others.

    >>> text = "Rocco Cotroneo, Il Tiar torna in scena, «Corriere della Sera», 12 settembre 2019, p. 14."
    >>> found = parse(Line(number=1, text=text), Section(title=""), page="list.txt")
    >>> found.title, found.container_title, str(found.issued), found.page
    ('Il Tiar torna in scena', 'Corriere della Sera', '2019-09-12', '14')
    """
    draft = Draft.of(line)
    start, end = draft.extent()
    while end > start and draft.view[end - 1] in " ,.;":
        end -= 1
    if end - start > _LONGEST:
        return None
    front = _quoted(draft, start, end) or _upright(draft, start, end)
    if front is None:
        return None
    reading = _Reading(draft, front, outlets or load_outlets())
    if not reading.read(end):
        return None
    if front.names:
        draft.take("editor" if front.editors else "author", *front.names_at, front.names)
    draft.infer_date()
    return draft.finish(by=ACTOR, kind=reading.kind(), confidence=_CONFIDENCE, section=section, page=page)


def _quoted(draft: Draft, start: int, end: int) -> _Front | None:
    """Find a title in quotation marks, with names before it or none."""
    view = draft.view
    opening = next((place for place in range(start, min(end, start + 400)) if view[place] in _QUOTES), -1)
    closing = closing_quote(view, opening, end) if opening >= 0 else -1
    if closing - opening < 5:
        return None
    before = view[start:opening].strip()
    if before and (before[-1] not in ",.:)" or (before[-1] == ":" and "," not in before)):
        return None  # a quotation within a headline
    names, editors = _names(before.rstrip(",:")) if before else ((), False)
    if names is None or not _are_sure(names):
        return None
    title = " ".join(view[opening + 1 : closing].split()).rstrip(",").strip()
    title = title[:-1] if title.endswith(".") and not title.endswith("..") else title
    return _Front(names, (start, opening), closing + 1, title, (opening, closing + 1), editors)


def _upright(draft: Draft, start: int, end: int) -> _Front | None:
    """Find names in front of a title without marks: before a colon, or in the first parts between commas."""
    view = draft.view
    colon = view.find(": ", start, min(end, start + 160))
    before = view[start:colon] if colon > 0 else ""
    if _INVERTED.match(before) and not _STOP.search(before):
        names, editors = _names(before)
        if names and _are_sure(names):
            return _Front(names, (start, colon + 1), colon + 1, editors=editors)
    commas = [match.start() for match in re.finditer(r", ", view[start:end])][:_MOST_NAMES]
    if commas and ";" in view[start : start + commas[0] + 30]:
        return None  # names between semicolons end with a mark of their own
    best = None
    for comma in commas:
        text = view[start : start + comma]
        names, editors = _names(text)
        inverted = "," in text and not text.endswith(")") and not editors and not re.search(r"\b[^\W\d_]\.", text)
        body = names is not None and bool(names[0].literal) and "," in text
        if names is None or body or (inverted and len(names) > 1) or not _are_sure(names) or _STOP.search(text):
            continue
        if _GOES_ON.match(view, start + comma + 2):
            continue
        best = _Front(names, (start, start + comma + 1), start + comma + 1, editors=editors)
        if not (len(names) == 1 and names[0].literal) and not inverted:
            break
    return best


def _names(text: str) -> tuple[tuple[Name, ...] | None, bool]:
    """Read names, and whether they are editors."""
    role = _EDITOR.search(text)
    names = read_names(text[: role.start()].rstrip(", ") if role else text)
    return names, role is not None


def _are_sure(names: tuple[Name, ...]) -> bool:
    return all(name.others or (name.family and name.given) or is_body(name.literal) for name in names)


class _Reading:
    """The parts behind names and title, one by one; made anew for each line."""

    def __init__(self, draft: Draft, front: _Front, outlets: Outlets) -> None:
        self.draft, self.front, self.outlets = draft, front, outlets
        self.inside = False
        self.sorts: list[str] = []

    def read(self, end: int) -> bool:
        """Set the fields; say whether every part was known."""
        draft, front = self.draft, self.front
        if front.title:
            draft.take("title", *front.title_at, front.title)
        behind, opening, stop = self._published_in_bracket(front.body, end)
        without = draft.view[:opening] + " " * (stop - opening) + draft.view[stop:]
        segments = segments_of(without, front.body, end)
        if not front.title:
            segments = self._titled(segments)
        self._numbered(segments)
        known = all(self._take(place, segments) for place in range(len(segments)))
        known = known and all(self._take(place, behind) for place in range(len(behind)))
        draft.mark("publisher", opening, stop)
        return known and bool(draft.fields.get("title")) and self._is_enough()

    def _published_in_bracket(self, start: int, end: int) -> tuple[list[Segment], int, int]:
        """Read "(Place: Publisher, Year)" and "(PhD diss., University, Year)"; say where the bracket stands."""
        view = self.draft.view
        for match in _BRACKET.finditer(view, start, end):
            if match.end() < end and view[match.end()] not in ",;.:":
                continue  # it stands within a part
            found = segments_of(view, match.start("inner"), match.end("inner"))
            sorts = {segment.sort for segment in found}
            if sorts & {"published", "place", "genre"} and sorts <= {"published", "place", "genre", "name", "numbers"}:
                return found, match.start(), match.end()
        return [], start, start

    def _titled(self, segments: list[Segment]) -> list[Segment]:
        """Take the first parts for the title, up to one that a title has not."""
        count = 0
        view = self.draft.view
        while count < len(segments) and segments[count].sort == "name":
            text = view[segments[count].start : segments[count].end]
            if count and (_IN.match(text) or _QUOTED.fullmatch(text)):
                break
            count += 1
        if not count:
            return []
        start, end = segments[0].start, segments[count - 1].end
        self.draft.take("title", start, end, self.draft.words(start, end).rstrip("."))
        return segments[count:]

    def _numbered(self, segments: list[Segment]) -> None:
        """Cut the volume off the journal's name: "Asian Survey 42, no. 3"."""
        for place, (one, other) in enumerate(pairwise(list(segments))):
            match = _VOLUME_BEHIND.fullmatch(self.draft.view, one.start, one.end)
            if one.sort == "name" and other.sort == "numbers" and match:
                cut = match.start("volume")
                stop = match.end("volume")
                issue = (("issue", stop, one.end, match["issue"]),) if match["issue"] else ()
                segments[place : place + 1] = [
                    Segment("name", one.start, cut - 1),
                    Segment("numbers", cut, one.end, (("volume", cut, stop, match["volume"]), *issue)),
                ]
                return

    def _take(self, place: int, segments: list[Segment]) -> bool:
        """Set the fields of a part; say whether it is known and the first of its sort."""
        segment, draft = segments[place], self.draft
        self.sorts.append(segment.sort)
        if segment.sort == "name":
            return self._name(segment, [one.sort for one in segments[place + 1 :]])
        for field, start, end, value in segment.values:
            if field == "name":
                if not self.outlets.is_outlet(str(value)) or "container_title" in draft.fields:
                    return False
                draft.take("container_title", start, end, value)
            elif field == "number":
                draft.add_extra("number", str(value))
            elif draft.fields.get(field):
                return False
            else:
                draft.take(field, start, end, value)
        draft.mark(segment.values[0][0] if segment.values else "note", segment.start, segment.end)
        return True

    def _name(self, segment: Segment, behind: list[str]) -> bool:
        """Decide whether a name is what the work stands in, or who published it."""
        draft, view = self.draft, self.draft.view
        start, end = segment.start, segment.end
        if PRESENTED_AT.match(view, start, end):
            return False
        if leads := _IN.match(view, start, end):
            self.inside = True
            inner = segments_of(view, leads.end(), end)
            draft.mark("container_title", start, leads.end())
            if inner and inner[0].sort == "editors":
                return self._take(0, inner)
            start = leads.end()
            if same := _THE_SAME.fullmatch(view, start, end):
                others = (Name(others=True),) if same["others"] else ()
                draft.take("editor", start, end, (*self.front.names, *others))
                return bool(self.front.names)
        quoted = _QUOTED.fullmatch(view, start, end)
        text = " ".join((quoted["name"] if quoted else view[start:end]).split()).strip(" .") or ""
        if _KNOTTED.search(text):
            return False
        first = "container_title" not in draft.fields and not ({"place", "published", "genre"} & set(self.sorts))
        wanted = self.inside or quoted or (bool(self.front.title) and not self._publishes(text, behind))
        if "container_title" not in draft.fields and wanted and (first or self.inside or quoted):
            draft.take("container_title", segment.start, end, text)
        elif not draft.fields.get("publisher"):
            draft.take("publisher", start, end, text)
        elif self.sorts[-2:] == ["name", "name"] and "genre" in self.sorts:
            draft.fields["publisher"] = f"{draft.fields['publisher']}, {text}"  # a department and its university
            draft.mark("publisher", start, end)
        else:
            return False
        return True

    def _publishes(self, text: str, behind: list[str]) -> bool:
        """Say whether a name behind a quoted title is that of a publisher: a report's number or a place follows."""
        if "genre" in behind:
            return True
        return self.outlets.publishes(text) and "place" in behind[:1]

    def _is_enough(self) -> bool:
        """Say whether the parts make a reference: a title without quotation marks needs more than a date."""
        fields = self.draft.fields
        if {"published", "place", "genre"} & set(self.sorts) or "container_title" in fields:
            return bool(fields.get("issued") or fields.get("url"))
        return bool(self.front.title and self.front.names and fields.get("url"))

    def kind(self) -> str:
        """Give the CSL type."""
        fields = self.draft.fields
        if genre := str(fields.get("genre", "")):
            return "thesis" if THESIS.match(genre) else "report"
        container = str(fields.get("container_title", ""))
        if not container:
            return "book" if {"publisher", "publisher_place"} & fields.keys() else "webpage"
        named = next((kind for kind, form in _BY_NAME if form.search(container)), "")
        if named:
            return named
        if "volume" in fields or "issue" in fields:
            return "chapter" if fields.get("editor") else "article-journal"
        return self._of_outlet(container) or self._without_numbers(container)

    def _of_outlet(self, container: str) -> str:
        """Give the type of what stands in a known outlet or on a site; "" where it stands in neither."""
        fields = self.draft.fields
        issued = fields.get("issued")
        of_a_day = isinstance(issued, PartialDate) and issued.day is not None
        if fields.get("url") and not issued:
            return "webpage"
        if self.outlets.knows(container) and (of_a_day or not self.outlets.publishes(container)):
            return "article-magazine" if fields.get("page") and not of_a_day else "article-newspaper"
        return "article-newspaper" if of_a_day and self.outlets.sounds_like_one(container) else ""

    def _without_numbers(self, container: str) -> str:
        fields = self.draft.fields
        journal = JOURNAL_WORD.search(container) is not None
        if fields.get("editor") or (self.inside and not journal):
            return "chapter"
        if fields.get("url") and not fields.get("page"):
            return "webpage"
        if journal or fields.get("page"):
            return "chapter" if PUBLISHER_WORD.search(str(fields.get("publisher", ""))) else "article-journal"
        return "document"
