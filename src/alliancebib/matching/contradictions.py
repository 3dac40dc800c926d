"""What speaks against a record although much of it stands in a string: the string means a sibling of it, or a part.

Works of one series, column or book have people, journal and most words of the title in common, so that their traces are
nearly those of the work itself. What tells them apart is what the string says instead: another part, other words in
the title, another issue and page, a book behind "In". This needs what a parser understood; as a parser may have erred,
a value contradicts only where the record's own is nowhere in the string, and misread letters contradict nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from alliancebib.matching.containers import same_container
from alliancebib.matching.evidence import Title, relate_titles
from alliancebib.matching.forms import Forms, Group, form_of
from alliancebib.matching.people import People, relate_people
from alliancebib.matching.places import clashes, elsewhere, is_misread
from alliancebib.matching.recognition import TITLED, Recognition
from alliancebib.matching.similarity import best_window, leftovers
from alliancebib.matching.titles import TitleForm, title_form
from alliancebib.matching.traces import IDLE, Said, abbreviates, words_of
from alliancebib.matching.vetoes import mark_veto
from alliancebib.matching.vocabulary import vocabulary
from alliancebib.model import Reference

__all__ = ["contradiction"]

#: From this likeness on a title stands in the string with all its words.
_WHOLE = 0.99
#: A word that has this likeness to a part of a text stands there, though perhaps misread.
_MISREAD = 0.65
#: A container with fewer letters was cut by its service.
_NAMED = 3
#: Notices that stand in front of another work's title.
_NOTICES = ("erratum", "retraction", "reply", "review")
#: Letters beside digits, and between them.
_LETTERS = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
_INSIDE = re.compile(r"\d[^\W\d_]+\d")
#: Titles that are one.
_SAME = (Title.EQUAL, Title.NEAR)
#: Titles with fewer words that mean something are told apart by their place.
_SHORT = 4
#: From this share of its words on, a container stands in a string.
_SHARED = 0.5
#: Kinds of works that stand in others.
_PARTS = (Group.PART, Group.PAPER)
#: So many years apart, books are two editions.
_EDITION = 1


class _Case(msgspec.Struct, frozen=True):
    """All that is looked at: the reference, its forms and string, the candidate, its forms and traces."""

    reference: Reference
    ours: Forms
    string: Said
    found: Recognition
    theirs: Forms

    @property
    def placed(self) -> bool:
        """Say whether the record's volume or first page stands in the string."""
        return bool(self.found.traces.volume or self.found.traces.page)

    @property
    def telling(self) -> bool:
        """Say whether few works have such a title."""
        return not self.theirs.title.generic and self.theirs.title.length >= _SHORT


def contradiction(reference: Reference, ours: Forms, string: Said, found: Recognition) -> str:
    """Say what makes a candidate another work than the one that a string means; "" where nothing does.

    Args:
        reference: What was read from the string.
        ours: The same as forms.
        string: The string.
        found: The candidate with its traces in the string.
    """
    case = _Case(reference, ours, string, found, form_of(found.candidate))
    return next(filter(None, (says(case) for says in _SAY)), "")


def _marked(case: _Case) -> str:
    """Say that only one is an erratum, a review ...

    A title that stands in the string has its marks there too; a string without title says nothing of marks.
    """
    ours, seen = case.ours, case.found.traces
    if seen.title >= _WHOLE or seen.title < TITLED:
        title = msgspec.structs.replace(ours.title, marks=ours.title.marks | case.theirs.title.marks)
        ours = msgspec.structs.replace(ours, title=title)
    return mark_veto(ours, case.theirs)


def _announced(case: _Case) -> str:
    """Say that a notice stands in front of the record's title ("Correction: ..."), whatever it was read as."""
    title = "".join(words_of(case.found.candidate.title))
    before, _, behind = case.string.letters.partition(title) if title else ("", "", "")
    if not behind or case.theirs.title.marks:
        return ""
    return next(
        (
            f"only one is marked as {kind}"
            for phrase, kind in vocabulary().notices.items()
            if kind in _NOTICES and before.endswith(("".join(words_of(phrase)), "".join(words_of(f"{phrase} to"))))
            if len(phrase) > _SHORT
        ),
        "",
    )


def _edition(case: _Case) -> str:
    """Say that a book with an edition is not the one that appeared in another year; records seldom name theirs."""
    years = case.found.traces.year
    if case.theirs.group is not Group.BOOK or years is None or years <= _EDITION or not case.ours.edition:
        return ""
    return "" if case.theirs.edition else f"edition {case.ours.edition}, and its record is of {case.theirs.year}"


def _nobody(case: _Case) -> str:
    """Say that a record of a whole volume, which names nobody, is not the part of it that somebody wrote."""
    seen = case.found.traces
    if seen.first is not None or not case.reference.author or not seen.strange_words or (seen.volume and seen.page):
        return ""
    return "its record names nobody"


def _other_people(case: _Case) -> str:
    """Say that nobody of the record stands in the string, and nothing of its place: its title may be anyone's."""
    seen = case.found.traces
    borne = case.theirs.title.generic or (not case.telling and seen.first is False and not (seen.volume and seen.page))
    if not seen.first and case.reference.author and borne:
        return "the author does not support it, and many works have such a title"
    if seen.people != 0 or case.placed:
        return ""
    inside = not case.reference.author and (seen.container or 0.0) >= _SHARED
    inside = inside and same_container(case.ours.container, case.theirs.container) is not False
    return "" if inside else "the author does not support it"


def _year(case: _Case) -> str:
    """Say that the work appeared in another year than the record; one digit may be misread."""
    ours, theirs, seen = case.ours.year, case.theirs.year, case.found.traces
    if ours is None or theirs is None or abs(ours - theirs) <= 1 or (seen.year or 0) <= 1:
        return ""
    if seen.volume and seen.page:
        return ""
    if case.telling and is_misread(str(ours), str(theirs)):
        return ""
    return f"the year does not support it: {ours} against {theirs}"


def _parts(case: _Case) -> str:
    """Say that the titles name other parts or other numbers, or that only one of them is a part."""
    first, second = case.ours.title, case.theirs.title
    ours, theirs = ({label: value for label, value in title.parts if value.isdigit()} for title in (first, second))
    for label in sorted(ours.keys() & theirs.keys()):
        if ours[label] != theirs[label]:
            return f"{label} {ours[label]} against {label} {theirs[label]}"
    if case.found.traces.title < TITLED:
        return ""
    place = {case.theirs.volume, case.theirs.issue, str(case.theirs.year or ""), *case.theirs.pages}
    only_first, only_second = _numbers(first) - _numbers(second) - place, _numbers(second) - _numbers(first)
    if only_first and only_second:
        return f"numbers differ: {min(only_first)} against {min(only_second)}"
    alone = {part for part in ours.items() ^ theirs.items() if "".join(part) not in case.string.letters}
    if alone and case.found.traces.page is not True:
        return f"only one title has {' '.join(min(alone))}"
    return ""


def _numbers(title: TitleForm) -> set[str]:
    return {word for word in title.content if word.isdigit()}


def _words(case: _Case) -> str:
    """Say that the string has other words where the record's title has its own, or further ones and no place."""
    seen, ours, theirs = case.found.traces, case.ours.title, case.theirs.title
    missing, other = _differing(case)
    if missing and other and seen.title < _WHOLE:
        few = 2 * len(leftovers(ours.content, theirs.content)[0]) > len(ours.content)
        if seen.title < TITLED and few and len(other) < max(2, len(ours.content) / 2):
            return ""  # what was taken for a title may be anything
        return f"words differ: {' '.join(other[:4])} against {' '.join(missing[:4])}"
    if case.placed or seen.title < TITLED or not (missing or other):
        return ""
    cut = ours.core.startswith(theirs.core) or theirs.core.startswith(ours.core)
    extended = not cut and relate_titles(case.ours, case.theirs).kind is Title.EXTENDED
    return f"only one title has the words {' '.join((other or missing)[:4])}" if extended else ""


def _differing(case: _Case) -> tuple[list[str], list[str]]:
    """Give the words of the record's title that the string lacks, and those of its title that the record lacks."""
    ours, theirs, work = case.ours.title, case.theirs.title, case.found.candidate
    left, right = leftovers(ours.content, theirs.content)
    if not left and not right:
        return [], []
    people = " ".join(f"{name.family} {name.literal} {name.given}" for name in (*work.author, *work.editor))
    outlet = (work.container_title, str(work.extra.get("container-title-short", "")))
    record = "".join(words_of(" ".join((work.title, *outlet, work.publisher, work.publisher_place, people))))
    container = words_of(work.container_title)
    missing = [word for word in _written(right, theirs) if best_window(word, case.string.letters) < _MISREAD]
    other = [
        word
        for word in _written(left, ours)
        if best_window(word, record) < _MISREAD and not any(abbreviates(word, whole) for whole in container)
    ]
    return missing, other


def _written(words: Iterable[str], title: TitleForm) -> list[str]:
    """Give those of a title's words that tell it from others, as they are written."""
    written = dict(zip(title.content, title.written, strict=True))
    telling = (written[word] for word in words)
    return [word for word in telling if len(word) > 2 and word not in IDLE and not re.search(r"\d", word)]


def _whole(case: _Case) -> str:
    """Say that the record is of the book, and the string means a part of it."""
    ours, theirs = case.ours, case.theirs
    behind_in = title_form(case.reference.container_title)
    if behind_in.core and relate_titles(ours, theirs).kind is not Title.EQUAL and ours.title.core:
        inside = msgspec.structs.replace(ours, title=behind_in)
        if theirs.group is Group.BOOK and relate_titles(inside, theirs).kind in (Title.EQUAL, Title.EXTENDED):
            return "its record is of the book that the work stands in"
        if behind_in.core == theirs.title.core:
            return "its title is that of the container"
    if theirs.group is Group.BOOK and ours.group in _PARTS:
        people = relate_people(ours.authors, theirs.authors or theirs.editors)
        if people in (People.DIFFERENT, People.NAMESAKES):
            return "its record is of a book by others, and the work is a part of a book"
    return ""


def _thesis(case: _Case) -> str:
    """Say that the string calls its work a thesis, and the record is of the book or article made of it."""
    if case.ours.group is not Group.THESIS or case.theirs.group in (Group.THESIS, Group.ANY, Group.REPORT):
        return ""
    return "" if case.placed else f"perhaps two versions of one text: thesis and {case.theirs.group}"


def _outlet(case: _Case) -> str:
    """Say that the work appeared somewhere else, and no volume or page speaks for this place."""
    seen = case.found.traces
    known = len(case.found.candidate.container_title) >= _NAMED
    if not known or case.placed or (seen.container or 0.0) >= _SHARED:
        return ""
    return "containers differ" if same_container(case.ours.container, case.theirs.container) is False else ""


def _place(case: _Case) -> str:
    """Say that the record stands in another place, or that a title of many works has no place in the string."""
    seen, ours = case.found.traces, _as_read(case)
    parts = (ours.volume, ours.issue, *ours.pages, str(ours.year or ""), *ours.title.numbers)
    accounted = {number for part in parts for number in re.findall(r"\d+", part)}
    found = clashes(ours, case.theirs, elsewhere_in_text=case.string.numbers - accounted)
    titled = seen.title >= TITLED
    relation = relate_titles(ours, case.theirs).kind
    stands = "".join(words_of(case.found.candidate.title)) in case.string.letters
    whole = titled and (relation in _SAME or (stands and relation is not Title.EXTENDED))
    if reason := elsewhere(found, whole=whole, telling=case.telling):
        return reason
    if not case.theirs.title.generic or (case.placed and (seen.page or seen.issue)):
        return ""
    return "many works have such a title, and the place does not support it"


def _as_read(case: _Case) -> Forms:
    """Give the reference's forms without numbers that were misread or cut: "8j", "1 66" for 166."""
    reference, ours, theirs = case.reference, case.ours, case.theirs
    letters = case.string.letters

    def cut(one: str, other: str) -> bool:
        one, other = _digits(one), _digits(other)
        return len(one) < len(other) and (other.startswith(one) or other.endswith(one))

    def clean(text: str, one: str, other: str) -> str:
        return "" if _LETTERS.search(text) or (cut(one, other) and other in letters) else one

    (first, last), (other, other_last) = ours.pages, theirs.pages
    beginning, _, end = reference.page.replace("–", "-").partition("-")
    if _INSIDE.search(beginning) or (cut(first, other) and (_LETTERS.search(beginning) or other in letters)):
        first = last = ""
    if _LETTERS.search(end) or (cut(end, other_last) and other_last in letters):
        last = ""
    return msgspec.structs.replace(
        ours,
        volume=clean(reference.volume, ours.volume, theirs.volume),
        issue=clean(reference.issue, ours.issue, theirs.issue),
        pages=(first, last),
    )


def _digits(number: str) -> str:
    return "".join(re.findall(r"\d", number))


#: Asked in this order.
_SAY: tuple[Callable[[_Case], str], ...] = (
    _marked,
    _announced,
    _edition,
    _nobody,
    _year,
    _parts,
    _words,
    _whole,
    _thesis,
    _place,
    _outlet,
    _other_people,
)
