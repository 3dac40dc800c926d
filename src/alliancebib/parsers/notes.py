"""Parser: references whose parts stand between commas: footnotes, IEEE, MLA; French, Italian, German forms.

A line fits where each of its parts can be told for what it is (`_segments`): names, a title in quotation marks or, with
a place, a publisher or a newspaper behind it, without them. What has one part too many is left to the other parsers.
"""

from __future__ import annotations

import re
from itertools import pairwise

from alliancebib.labelling import sorts_of
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.outline.dates import find_date
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.page import Line, Section
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._editions import EDITION
from alliancebib.parsers._genres import FORM_IN_BRACKETS, PRESENTED_AT, THESIS, form_kind
from alliancebib.parsers._kinds import CONFERENCE, ENTRY
from alliancebib.parsers._notes_fronts import SENTENCE, Front, dated_front, quoted_front, upright_front
from alliancebib.parsers._parts import HISTORY
from alliancebib.parsers._publishers import PUBLISHER_WORD, is_publisher
from alliancebib.parsers._rest import JOURNAL_WORD
from alliancebib.parsers._segments import Segment, segments_of
from alliancebib.parsers._titles import take_title

__all__ = ["parse"]

ACTOR = "notes"
_CONFIDENCE = 0.92
#: No citation is longer; it bounds all that is tried on a line.
_LONGEST = 3000
_YEAR = r"(?:18|19|20)\d\d"
_EDITORS_WITHIN = re.compile(r"\((?:eds?|hrsg|hg|dirs?|coords?|orgs?|a cura di)\.?\):?\s", re.IGNORECASE)
_IN = re.compile(r"(?:\[(?:[Ww]|[Ii]n|[ВвУу]):?\](?=:?\s)|in|In|I(?=:)|dans|en|em|nel)(?::\s*|\s+)(?=\S)")
#: A part that holds more than one thing: a comma without its blank, a mark of a volume.
_KNOTTED = re.compile(r"\d:\s?\d|\s,|,\S|\bvol\b|[\"“”\\]|\d\s?\(|\s\d+$")
#: "In: ders. (Hrsg.)": the editor is the author.
_THE_SAME = re.compile(r"(?:ders|dies|id|idem|eadem)\b\.?(?P<others>\su\.\s?a\.)?(?:\s\([^()]{2,12}\))?")
#: What the name of a container says of the work.
_BY_NAME = (
    ("paper-conference", CONFERENCE),
    ("article", re.compile(r"arxiv|ssrn|biorxiv|preprint", re.IGNORECASE)),
    ("motion_picture", re.compile(r"^(?:YouTube|Vimeo|TED)$")),
)
#: What the sort of a part says of the work.
_BY_SORT = (("length", "broadcast"), ("patent", "patent"), ("meeting", "paper-conference"))
_BRACKET = re.compile(rf"\s?\((?P<inner>[^()]{{4,160}}?{_YEAR})\)")
#: Titles in these marks are containers, behind a title without any.
_QUOTED = re.compile(r"[«“„\"](?P<name>[^«»“”„\"]{2,120})[»”“\"]")
#: What a part in square brackets or in small letters says is neither a publisher nor a journal.
_ASIDE = re.compile(
    r"\[(?=[^\[\]]{3,40}\]$)(?P<text>.+)\]|(?P<first>(?:first\s|pre)?published\sonline\b.{0,30}|at\s\d{1,4}|esp\.\s\d{1,4}.{0,12})"
)
#: "World Development Indicators. [Data set]": the form of the work, last.
_FORM_BEHIND = re.compile(r"\.?\s\[(?P<form>[^\[\]]{3,30})\]$")
#: "(1955; repr., New York: Dover, 1988)": when it was first published.
_REPRINTED = re.compile(rf"{_YEAR};\s(?:repr(?:int(?:ed)?)?\.?),?\s")
_SENTENCE_OF_NUMBER = re.compile(r"\.\s(?=\d{1,2}(?:st|nd|rd|th)\s[Ee]d)")
#: "Book. Edited by Names. Place": full stops divide, and commas do not.
_EDITED_SENTENCE = re.compile(r"\.\s(?:Edited|Translated|Compiled)\sby\s")
_VOLUME_BEHIND = re.compile(
    r"(?P<name>.{3,}?[^\W\d_)]\.?)\s(?P<volume>\d{1,4}|[IVXLC]{2,7})(?:\s?\((?P<issue>[\d/–-]{1,9})\))?"
)
#: Values that have no field of their own.
_EXTRAS = frozenset({"number", "number-of-pages", "number-of-volumes"})


def parse(line: Line, section: Section, *, page: str, outlets: Outlets | None = None) -> Reference | None:
    """Read a reference of which every part between commas is known; None for all others.

    >>> text = "Rocco Cotroneo, Il Tiar torna in scena, «Corriere della Sera», 12 settembre 2019, p. 14."
    >>> found = parse(Line(number=1, text=text), Section(title=""), page="list.txt")
    >>> found.title, found.container_title, str(found.issued), found.page
    ('Il Tiar torna in scena', 'Corriere della Sera', '2019-09-12', '14')
    """
    start, end = Draft.of(line).extent()
    while end > start and line.text[end - 1] in " ,.;":
        end -= 1
    if end - start > _LONGEST or "]//" in line.text or HISTORY.search(line.text, start, end):  # "]//" is GB/T's mark
        return None
    for find in (quoted_front, dated_front, upright_front):
        draft = Draft.of(line)
        front = find(draft, start, end)
        reading = _Reading(draft, front, outlets or load_outlets()) if front else None
        if front and reading and reading.read(end):
            return _finished(draft, front, reading.kind(), section, page)
        if front and front.title and front.names:
            return None  # what stands in quotation marks behind names is the title, whatever follows
    return None


def _finished(draft: Draft, front: Front, kind: str, section: Section, page: str) -> Reference:
    if front.names:
        draft.take("editor" if front.editors else "author", *front.names_at, front.names)
    draft.mark("issued", *front.year_at)
    draft.infer_date()
    return draft.finish(by=ACTOR, kind=kind, confidence=_CONFIDENCE, section=section, page=page)


class _Reading:
    """The parts behind names and title, one by one; made anew for each line."""

    def __init__(self, draft: Draft, front: Front, outlets: Outlets) -> None:
        self.draft, self.front, self.outlets = draft, front, outlets
        self.inside = False
        self.sorts: list[str] = []

    def read(self, end: int) -> bool:
        """Set the fields; say whether every part was known."""
        draft, front = self.draft, self.front
        if front.title:
            draft.take("title", *front.title_at, front.title)
        draft.put("issued", PartialDate(year=front.year) if front.year else None)
        form = _FORM_BEHIND.search(draft.view, front.body, end)
        if form and FORM_IN_BRACKETS.fullmatch(form["form"]):
            draft.take("genre", form.start(), end, form["form"])
            end = form.start()
        behind, opening, stop = self._published_in_bracket(front.body, end)
        without = draft.view[:opening] + " " * (stop - opening) + draft.view[stop:]
        segments = segments_of(without, front.body, end)
        if not front.title:
            segments = self._titled(segments)
        segments = self._with_whole_book(segments)
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
            again = _REPRINTED.match(view, match.start("inner"), match.end("inner"))
            found = segments_of(view, again.end() if again else match.start("inner"), match.end("inner"))
            sorts = {segment.sort for segment in found}
            ordered = {
                segment.sort for segment in segments_of(view, view.rfind(", ", start, match.start()) + 1, match.start())
            }
            if (sorts & {"published", "place", "genre"} or ordered == {"genre"}) and sorts <= {
                "published",
                "place",
                "genre",
                "name",
                "numbers",
            }:
                if again:
                    self.draft.add_note(again[0].rstrip(" ,"))
                    self.draft.mark("note", *again.span())
                return found, match.start(), match.end()
        return [], start, start

    def _titled(self, segments: list[Segment]) -> list[Segment]:
        """Take the first parts for the title, up to one that a title has not."""
        count = 0
        view = self.draft.view
        if segments and segments[0].sort == "dated" and not self._outlet_in(segments[0]):
            segments = [
                Segment("name", segments[0].start, segments[0].end),
                *segments[1:],
            ]  # "The Military Balance 2023"
        while count < len(segments) and segments[count].sort == "name":
            text = view[segments[count].start : segments[count].end]
            if count and (_IN.match(text) or _QUOTED.fullmatch(text)):
                break
            if _EDITORS_WITHIN.search(text):
                return []  # more names, which were not read
            count += 1
        if not count:
            return []
        last = segments[count - 1]
        name = view[last.start : last.end]
        closed = count > 1 and view[segments[count - 2].end - 1] == ")" and len(name.split()) < 4 and name.istitle()
        following = segments[count].sort if count < len(segments) else ""
        placed = self.front.year and following == "place"  # "Title, Example, Paris"
        firm = following in {"place", "published"} and name.isalpha() and name.istitle() and "t" not in sorts_of(name)
        if count > 1 and (is_publisher(name) or closed or placed or firm):
            count -= 1
        start, end = segments[0].start, segments[count - 1].end
        if view[start] in '"“«„':
            return []  # a title in marks, which did not fit
        behind = [match.end() - 1 for match in SENTENCE.finditer(view, start, end)]
        behind += [match.end() for match in _SENTENCE_OF_NUMBER.finditer(view, start, end)]
        if any(THESIS.match(view, place, end) or EDITION.match(view, place, end) for place in behind):
            return []  # the sort of the work or its edition stands behind the title, as between full stops
        take_title(self.draft, start, end)
        return segments[count:]

    def _outlet_in(self, segment: Segment) -> bool:
        return any(field == "name" and self.outlets.is_outlet(str(value)) for field, _, _, value in segment.values)

    def _with_whole_book(self, segments: list[Segment]) -> list[Segment]:
        """Join the parts of a book's title behind its editors: "in A. Doe (dir.), War, Peace, Paris, Example"."""
        view = self.draft.view
        for place, one in enumerate(segments):
            leads = _IN.match(view, one.start, one.end) if one.sort == "name" else None
            if leads and (joined := _before_editors(segments, place)):
                return joined
            inner = segments_of(view, leads.end(), one.end) if leads else []
            if not inner or inner[0].sort != "editors":
                continue
            first = stop = place + 1
            while stop < len(segments) and segments[stop].sort == "name":
                stop += 1
            if stop < len(segments) and segments[stop].sort not in {"place", "published"}:
                stop -= 1  # the last is the publisher
            if stop - first > 1:
                whole = Segment("name", segments[first].start, segments[stop - 1].end)
                return [*segments[:first], whole, *segments[stop:]]
        return segments

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
                quoted = _QUOTED.fullmatch(str(value))
                numbered = any(one[0] == "issue" for one in segment.values)
                known = quoted or numbered or self.outlets.is_outlet(str(value))
                if not known or "container_title" in draft.fields:
                    return False
                draft.take("container_title", start, end, quoted["name"] if quoted else value)
            elif field in _EXTRAS:
                draft.add_extra(field, str(value))
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
        if presented := PRESENTED_AT.match(view, start, end):
            if not view.startswith("presented", start):
                return False
            self.sorts.append("meeting")
            draft.take("container_title", presented.end(), end)
            draft.mark("container_title", start, end)
            return True
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
        return self._container_or_publisher(segment, start, behind)

    def _container_or_publisher(self, segment: Segment, start: int, behind: list[str]) -> bool:
        draft, end = self.draft, segment.end
        quoted = _QUOTED.fullmatch(draft.view, start, end)
        text = " ".join((quoted["name"] if quoted else draft.view[start:end]).split()).strip(" .") or ""
        if aside := _ASIDE.fullmatch(text):
            draft.add_note(aside["text"] or aside["first"])
            draft.mark("note", start, end)
            return True
        if _KNOTTED.search(text):
            return False
        if day := self._day(text):
            draft.fields["issued"] = day
            draft.mark("issued", start, end)
            return True
        first = "container_title" not in draft.fields and not ({"place", "published", "genre"} & set(self.sorts))
        wanted = self.inside or quoted or (bool(self.front.title) and not self._publishes(text, behind))
        if quoted and draft.fields.get("publisher") and "collection_title" not in draft.fields and not self.front.title:
            draft.take("collection_title", segment.start, end, text)
        elif "container_title" not in draft.fields and wanted and (first or self.inside or quoted):
            if _EDITED_SENTENCE.search(text) or (CONFERENCE.search(text) and SENTENCE.search(text)):
                return False
            draft.take("container_title", segment.start, end, text)
        elif not draft.fields.get("publisher") and not SENTENCE.search(text):
            draft.take("publisher", start, end, text)
        elif self.sorts[-2:] == ["name", "name"] and "genre" in self.sorts:
            draft.fields["publisher"] = f"{draft.fields['publisher']}, {text}"  # a department and its university
            draft.mark("publisher", start, end)
        else:
            return False
        return True

    def _day(self, text: str) -> PartialDate | None:
        """Read a day whose year stands in front: "14 March"."""
        if not self.front.year or len(text) > 24 or not text.strip("0123456789. "):
            return None
        written = f"{text} {self.front.year}"
        found = find_date(written)
        return found.date if found and found.date.month and (found.start, found.end) == (0, len(written)) else None

    def _publishes(self, text: str, behind: list[str]) -> bool:
        """Say whether a name behind a quoted title is that of a publisher: a report's number or a place follows."""
        if "genre" in behind:
            return True
        return self.outlets.publishes(text) and "place" in behind[:1]

    def _is_enough(self) -> bool:
        """Say whether the parts make a reference: a title without quotation marks needs more than a date."""
        fields = self.draft.fields
        if {"published", "place", "genre", "symbol", "patent"} & set(self.sorts) or "container_title" in fields:
            return bool(fields.get("issued") or fields.get("url"))
        if self.front.names and is_publisher(str(fields.get("publisher", ""))):
            return bool(fields.get("issued"))
        return bool(self.front.title and self.front.names and fields.get("url"))

    def kind(self) -> str:  # noqa: PLR0911 - one way out for each kind
        """Give the CSL type."""
        fields = self.draft.fields
        if own := next((kind for sort, kind in _BY_SORT if sort in self.sorts), ""):
            return own
        if genre := str(fields.get("genre", "")):
            return "thesis" if THESIS.match(genre) else form_kind(genre) or "report"
        if "symbol" in self.sorts:
            return "report"
        container = str(fields.get("container_title", ""))
        if not container:
            return "book" if {"publisher", "publisher_place"} & fields.keys() else "webpage"
        if ENTRY.search(container):
            return "entry-encyclopedia"
        named = next((kind for kind, form in _BY_NAME if form.search(container)), "")
        if named:
            return named
        if "volume" in fields or "issue" in fields:
            in_book = fields.get("editor") or (self.inside and fields.get("publisher"))
            return "chapter" if in_book else "article-journal"
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


def _before_editors(segments: list[Segment], place: int) -> list[Segment]:
    """Join the parts of a book's title before its editors: "in War, Peace, A. Doe and M. Roe, Eds."; else nothing."""
    stop = place + 1
    while stop < len(segments) and segments[stop].sort == "name":
        stop += 1
    if stop == place + 1 or stop == len(segments) or segments[stop].sort != "editors":
        return []
    whole = Segment("name", segments[place].start, segments[stop - 1].end)
    return [*segments[:place], whole, *segments[stop:]]
