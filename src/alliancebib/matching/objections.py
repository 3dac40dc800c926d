"""What makes a record another work than the one that a reference means: one list, for all who judge records.

Works of one series, column or book have people, journal and most words of the title in common, and versions of one text
have all of it. What tells them apart is what the reference says instead: another part, another place, another kind.
Those who search, by fields or by the text of a reference, take nothing that any of these vetoes speaks against; who is
told the DOI believes more, and each veto says how much: `Gravity`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

import msgspec

from alliancebib.matching.containers import container_form, same_container, same_publisher
from alliancebib.matching.evidence import Title, relate_titles
from alliancebib.matching.forms import Group
from alliancebib.matching.kinds import MEETING, apart, two_versions
from alliancebib.matching.misread import are_other_journals, as_read, differing, free_numbers, is_strange, stands
from alliancebib.matching.pairs import SHORT, WHOLE, Pair
from alliancebib.matching.people import People, relate_people
from alliancebib.matching.places import Clashes, clashes, elsewhere, is_misread, two_places
from alliancebib.matching.recognition import TITLED
from alliancebib.matching.similarity import leftovers
from alliancebib.matching.titles import TitleForm, title_form
from alliancebib.matching.traces import words_of
from alliancebib.matching.vetoes import mark_veto
from alliancebib.matching.vocabulary import vocabulary

__all__ = ["Gravity", "Veto", "first_objection"]

#: A container with fewer letters was cut by its service.
_NAMED = 3
#: Notices that stand in front of another work's title.
_NOTICES = ("erratum", "retraction", "reply", "review")
#: Kinds of works that stand in others.
_PARTS = (Group.PART, Group.PAPER)
#: So many years apart, books are two editions, and other works two.
_NEAR = 1
#: Hardly a work is online so many years before it is in print.
_FAR = 5


class Gravity(IntEnum):
    """What a veto means where somebody stated the DOI of the record; for a search all mean no."""

    VERSION = 0
    """Told where fields are compared, and not doubted."""
    DOUBT = 1
    """Perhaps another work."""
    UNLESS_BORNE_OUT = 2
    """Another work, unless title, people and year say that it is this one."""
    ANOTHER = 3
    """Another work, whatever else agrees."""


class Veto(NamedTuple):
    """A question about a pair, answered with a reason or "", and how grave the reason is."""

    says: Callable[[Pair], str]
    gravity: Gravity


def first_objection(pair: Pair, *, above: Gravity = Gravity.VERSION, below: Gravity = Gravity.ANOTHER) -> str:
    """Give the first reason why a record is not the work, of those of so much gravity; "" where there is none."""
    asked = (veto for veto in VETOES if above <= veto.gravity <= below)
    return next(filter(None, (veto.says(pair) for veto in asked)), "")


def _two_places(pair: Pair) -> str:
    """Say that two of volume, issue and pages are others."""
    return two_places(_clashes(pair))


def _kinds(pair: Pair) -> str:
    """Say that the kinds are never one; that of a text is a guess."""
    return "" if pair.text else apart(pair.ours, pair.theirs)


def _marked(pair: Pair) -> str:
    """Say that only one is an erratum, a review ..., or another edition or number.

    A title that stands in a text has its marks there too; a text without title says nothing of marks.
    """
    ours, text = pair.ours, pair.text
    if pair.placed and ours.title.marks ^ pair.theirs.title.marks == {"reply"}:
        return ""  # said by a subtitle, which one of them may lack
    if text and (text.seen.title >= WHOLE or text.seen.title < TITLED):
        title = msgspec.structs.replace(ours.title, marks=ours.title.marks | pair.theirs.title.marks)
        ours = msgspec.structs.replace(ours, title=title)
    return mark_veto(ours, pair.theirs)


def _announced(pair: Pair) -> str:
    """Say that a notice stands in front of the record's title ("Correction: ..."), whatever it was read as."""
    title = "".join(words_of(pair.record.title))
    if not pair.text or not title or pair.theirs.title.marks:
        return ""
    before, _, behind = pair.text.said.letters.partition(title)
    return next(
        (
            f"only one is marked as {kind}"
            for phrase, kind in vocabulary().notices.items()
            if kind in _NOTICES and before.endswith(("".join(words_of(phrase)), "".join(words_of(f"{phrase} to"))))
            if behind and len(phrase) > SHORT
        ),
        "",
    )


def _edition(pair: Pair) -> str:
    """Say that a book with an edition is not the one that appeared in another year; records seldom name theirs."""
    if pair.theirs.group is not Group.BOOK or pair.years_apart <= _NEAR or not pair.ours.edition:
        return ""
    return "" if pair.theirs.edition else f"edition {pair.ours.edition}, and its record is of {pair.theirs.year}"


def _parts(pair: Pair) -> str:
    """Say that the titles name other parts or other numbers, or that only one of them is a part."""
    first, second = pair.ours.title, pair.theirs.title
    ours, theirs = ({label: value for label, value in title.parts if value.isdigit()} for title in (first, second))
    for label in sorted(ours.keys() & theirs.keys()):
        if ours[label] != theirs[label]:
            return f"{label} {ours[label]} against {label} {theirs[label]}"
    if not pair.titled:
        return ""
    place = {pair.theirs.volume, pair.theirs.issue, *map(str, pair.theirs.years), *pair.theirs.pages}
    only_first, only_second = _numbers(first) - _numbers(second) - place, _numbers(second) - _numbers(first)
    if only_first and only_second:
        return f"numbers differ: {min(only_first)} against {min(only_second)}"
    text = pair.text.said.letters if pair.text else ""
    alone = {part for part in ours.items() ^ theirs.items() if not text or "".join(part) not in text}
    paged = pair.text.seen.page is True if pair.text else pair.located
    return f"only one title has {' '.join(min(alone))}" if alone and not paged else ""


def _numbers(title: TitleForm) -> set[str]:
    return {word for word in title.content if word.isdigit()}


def _words(pair: Pair) -> str:
    """Say that a text has other words where the record's title has its own, or further ones and no place."""
    if not pair.text:
        return ""
    seen, ours, theirs = pair.text.seen, pair.ours.title, pair.theirs.title
    missing, other = differing(pair, pair.text)
    if missing and other and seen.title < WHOLE:
        # What was taken for a title where there is none may be anything.
        if pair.titled or not _is_mostly_other(ours, theirs) or len(other) >= max(2, len(ours.content) / 2):
            return f"words differ: {' '.join(other[:4])} against {' '.join(missing[:4])}"
        return ""
    if pair.placed or not pair.titled or not (missing or other):
        return ""
    cut = ours.core.startswith(theirs.core) or theirs.core.startswith(ours.core)
    extended = not cut and relate_titles(pair.ours, pair.theirs).kind is Title.EXTENDED
    return f"only one title has the words {' '.join((other or missing)[:4])}" if extended else ""


def _is_mostly_other(ours: TitleForm, theirs: TitleForm) -> bool:
    return 2 * len(leftovers(ours.content, theirs.content)[0]) > len(ours.content)


def _subtitle(pair: Pair) -> str:
    """Say that the reference has a subtitle that the record lacks: a reader, an answer, another case.

    Records lack subtitles too, so where the place agrees it is one work.
    """
    ours, theirs = pair.ours.title, pair.theirs.title
    longer = theirs.core and len(ours.core) > len(theirs.core) and ours.core.startswith(theirs.core)
    if not longer or pair.relation.kind is Title.EQUAL or not pair.titled or pair.placed:
        return ""
    if pair.same_outlet is True and not pair.years_apart:
        return ""
    if pair.text and not differing(pair, pair.text)[1]:
        return ""
    return "only the reference has such a subtitle, and no place supports it"


def _whole(pair: Pair) -> str:
    """Say that the record is of the book, and the reference means a part of it, or the other way round."""
    ours, theirs = pair.ours, pair.theirs
    behind_in = title_form(pair.reference.container_title)
    if behind_in.core and pair.relation.kind is not Title.EQUAL and ours.title.core:
        inside = msgspec.structs.replace(ours, title=behind_in)
        if theirs.group is Group.BOOK and relate_titles(inside, theirs).kind in (Title.EQUAL, Title.EXTENDED):
            return "its record is of the book that the work stands in"
        if behind_in.core == theirs.title.core:
            return "its title is that of the container"
    if theirs.group is Group.BOOK and ours.group in _PARTS:
        people = relate_people(ours.authors, theirs.authors or theirs.editors)
        if people in (People.DIFFERENT, People.NAMESAKES):
            return "its record is of a book by others, and the work is a part of a book"
    return _part(pair)


def _part(pair: Pair) -> str:
    """Say that the record is of a chapter or paper, and the reference means the book that it stands in."""
    book = title_form(pair.record.container_title)
    if pair.theirs.group not in _PARTS or not book.core or pair.titled or pair.reference.container_title:
        return ""
    if pair.text.seen.page if pair.text else pair.evidence.pages > 0:
        return ""
    inside = msgspec.structs.replace(pair.theirs, title=book)
    meant = relate_titles(pair.ours, inside).kind in (Title.EQUAL, Title.NEAR, Title.EXTENDED)
    return "its record is of a part, and the work is the book" if meant else ""


def _versions(pair: Pair) -> str:
    """Say that the two are perhaps versions of one text: a preprint, thesis, report or paper, and what became of it."""
    if not pair.text:
        return "" if pair.evidence.located else two_versions(pair.ours, pair.theirs)
    said = "" if pair.placed else next(filter(None, (says(pair) for says in (_thesis, _meeting, _preprint))), "")
    return f"perhaps two versions of one text: {said}" if said else ""


def _thesis(pair: Pair) -> str:
    ours, theirs = pair.ours.group, pair.theirs.group
    if ours is Group.THESIS and theirs not in (Group.THESIS, Group.ANY, Group.REPORT):
        return f"thesis and {theirs}"
    elsewhere_out = theirs is Group.THESIS and ours is not Group.THESIS and is_strange(_outlet(pair), pair)
    return "its record is of a thesis" if elsewhere_out else ""


def _meeting(pair: Pair) -> str:
    """Say that a text names where its work stands, and no meeting, where the record does."""
    name, container = _outlet(pair), pair.record.container_title
    if pair.theirs.group is not Group.PAPER or pair.ours.group in _PARTS or not name or not MEETING.search(container):
        return ""
    if MEETING.search(f"{name} {pair.reference.genre}") or same_publisher(name, pair.record.publisher):
        return ""
    return "" if words_of(name) == words_of(container) else "its record is of a paper of a meeting"


def _preprint(pair: Pair) -> str:
    ours, theirs = pair.ours.posted, pair.theirs.posted
    if ours == theirs or pair.same_outlet is True:
        return ""
    return "only one is a preprint or manuscript" if ours or is_strange(_outlet(pair), pair) else ""


def _outlet(pair: Pair) -> str:
    """Give the journal or book that a work stands in, or its publisher: in a text the one is taken for the other."""
    return pair.reference.container_title or pair.reference.publisher


def _other_outlet(pair: Pair) -> str:
    """Say that the work came out elsewhere: in another journal or book, or in a house where the record has a journal.

    With a title, volume or page may speak for the place all the same, as journals have several names; without one the
    place is all that there is.
    """
    if pair.placed and pair.titled:
        return ""
    if not pair.text:
        return "containers differ" if pair.evidence.container is False and pair.titled else ""
    return _elsewhere_in_text(pair) if pair.titled else _other_journal(pair)


def _other_journal(pair: Pair) -> str:
    """Say that a text without title names another journal: each has a word that is not in the other's name."""
    journal = pair.reference.container_title
    if len(pair.record.container_title) < _NAMED or not journal or pair.ours.outlet == pair.theirs.outlet:
        return ""
    differ = same_container(pair.ours.container, pair.theirs.container) is False
    return "containers differ" if differ and pair.text and are_other_journals(journal, pair, pair.text) else ""


def _elsewhere_in_text(pair: Pair) -> str:
    journal, house, work = pair.reference.container_title, pair.reference.publisher, pair.record
    known, both_posted = len(work.container_title) >= _NAMED, pair.ours.posted and pair.theirs.posted
    if both_posted or pair.same_outlet is True or (known and pair.text and stands(work.container_title, pair.text)):
        return ""
    if known and journal:
        return "containers differ" if pair.same_outlet is False else ""
    # Houses have imprints and change hands: one counts only where the record has a journal instead.
    told = house if known and pair.ours.group is Group.BOOK else "" if known else journal if work.publisher else ""
    if not told or same_publisher(told, work.publisher) or same_container(container_form(told), pair.theirs.container):
        return ""
    return "it came out elsewhere" if is_strange(told, pair) else ""


def _place(pair: Pair) -> str:
    """Say that the record stands in another place."""
    return elsewhere(_clashes(pair), whole=pair.whole, telling=pair.telling)


def _extended(pair: Pair) -> str:
    """Say that fields have only the beginning of the title in common, and another journal, volume or page."""
    evidence = pair.evidence
    if pair.text or pair.relation.kind is not Title.EXTENDED or (evidence.pages > 0 and evidence.volume):
        return ""
    apart = evidence.pages == -1 or evidence.volume is False or evidence.container is False
    return f"{pair.relation.reason}, and the place is another" if apart else ""


def _clashes(pair: Pair) -> Clashes:
    if not pair.text:
        return clashes(pair.ours, pair.theirs, exact=pair.relation.kind is Title.MISSING)
    ours = as_read(pair, pair.text)
    free = free_numbers(pair.text, ours)
    return clashes(ours, pair.theirs, elsewhere_in_text=free, exact=not pair.titled)


def _placeless(pair: Pair) -> str:
    """Say that many works have such a title, and the place does not support it."""
    if not pair.theirs.title.generic and (pair.text or not pair.ours.title.generic):
        return ""
    if pair.text:
        borne_out = pair.placed and (pair.text.seen.page or pair.text.seen.issue)
    else:
        borne_out = pair.placed or pair.evidence.container is not False
    return "" if borne_out else "many works have such a title, and the place does not support it"


def _another_year(pair: Pair) -> str:
    """Say that the work appeared in another year than the record, and that not everything else agrees."""
    if pair.years_apart <= _NEAR or _is_slip_of_year(pair):
        return ""
    if pair.text and pair.telling and pair.titled and is_misread(str(pair.ours.year), str(pair.theirs.year)):
        return ""
    return "" if _all_else_agrees(pair) else _year_told(pair)


def _year_alone(pair: Pair) -> str:
    """Say that the year is another, and only the year: where nobody stated the DOI, it may be a later edition."""
    other = pair.years_apart > _NEAR and not _is_slip_of_year(pair)
    return _year_told(pair) if other and _all_else_agrees(pair) else ""


def _year_against_title(pair: Pair) -> str:
    """Say that the year is far from the record's, and that nothing but the title speaks for it."""
    if pair.text or pair.years_apart <= _FAR or pair.placed or pair.same_people or pair.evidence.container:
        return ""
    return _year_told(pair)


def _is_slip_of_year(pair: Pair) -> bool:
    """Say whether title and place are the same, so that a year is a slip, or that of a date which the record lacks."""
    return pair.titled and pair.located and (bool(pair.text) or pair.years_apart <= _FAR)


def _all_else_agrees(pair: Pair) -> bool:
    alike = pair.whole and pair.telling and pair.same_people and pair.evidence.container is not False
    return not pair.text and alike and not (pair.ours.edition and pair.ours.edition != pair.theirs.edition)


def _year_told(pair: Pair) -> str:
    return f"the year does not support it: {pair.ours.year} against {pair.theirs.year}"


def _nobody(pair: Pair) -> str:
    """Say that a record of a whole volume, which names nobody, is not the part of it that somebody wrote."""
    if not pair.text or pair.text.seen.first is not None or not pair.reference.author or pair.located:
        return ""
    return "its record names nobody" if pair.text.seen.strange_words else ""


def _strangers(pair: Pair) -> str:
    """Say that nobody of the record stands in a text, and nothing of its place: its title may be anyone's."""
    if not pair.text:
        return ""
    seen = pair.text.seen
    borne = pair.theirs.title.generic or (not pair.telling and seen.first is False and not pair.located)
    if not seen.first and pair.reference.author and borne:
        return "the author does not support it, and many works have such a title"
    if seen.people != 0 or pair.placed:
        return ""
    inside = not pair.reference.author and pair.same_outlet is True
    return "" if inside else "the author does not support it"


#: Asked in this order.
VETOES: tuple[Veto, ...] = (
    Veto(_two_places, Gravity.ANOTHER),
    Veto(_kinds, Gravity.UNLESS_BORNE_OUT),
    Veto(_marked, Gravity.UNLESS_BORNE_OUT),
    Veto(_announced, Gravity.UNLESS_BORNE_OUT),
    Veto(_edition, Gravity.UNLESS_BORNE_OUT),
    Veto(_nobody, Gravity.VERSION),
    Veto(_year_against_title, Gravity.UNLESS_BORNE_OUT),
    Veto(_another_year, Gravity.DOUBT),
    Veto(_year_alone, Gravity.VERSION),
    Veto(_parts, Gravity.UNLESS_BORNE_OUT),
    Veto(_words, Gravity.UNLESS_BORNE_OUT),
    Veto(_whole, Gravity.UNLESS_BORNE_OUT),
    Veto(_versions, Gravity.VERSION),
    Veto(_place, Gravity.DOUBT),
    Veto(_extended, Gravity.VERSION),
    Veto(_subtitle, Gravity.VERSION),
    Veto(_other_outlet, Gravity.VERSION),
    Veto(_placeless, Gravity.DOUBT),
    Veto(_strangers, Gravity.UNLESS_BORNE_OUT),
)
