"""Checker: is one thing called by one name throughout? Journals, publishers, series, and persons in several forms.

A library comes in, findings go out; nothing is asked and nothing changed. Of spellings the one that most entries
have is proposed, of short and full forms the full one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from alliancebib.bibtex.locating import field_origin
from alliancebib.checkers import Progress
from alliancebib.checkers._alike import abbreviated, fuller, letters, letters_without_marks
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding, Report
from alliancebib.library import Library
from alliancebib.matching.normal import squeezed
from alliancebib.matching.people import Person, people_of
from alliancebib.model import Reference
from alliancebib.rich_text import without_nocase
from alliancebib.web import Web

__all__ = ["NEEDS_WEB", "check"]

NEEDS_WEB = False

#: Field -> what it is called.
_FIELDS = {
    "container_title": "title of the container",
    "collection_title": "title of the series",
    "publisher": "publisher",
}
_NAMES = ("author", "editor", "translator")
#: Kinds whose containers are commonly abbreviated; elsewhere two names alike may well be two books.
_SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "review", "review-book"})


def check(
    library: Library,
    *,
    web: Web,  # noqa: ARG001 - the shelf's face
    settings: CheckSettings,  # noqa: ARG001
    progress: Progress | None = None,  # noqa: ARG001
) -> Report:
    """Tell of names that are written in several ways, at each entry that has a rarer one."""
    findings = [finding for field in _FIELDS for finding in _spellings(library, field)]
    findings += [*_abbreviations(library), *_persons(library)]
    places = {reference.id: place for place, reference in enumerate(library)}
    unique = dict.fromkeys(findings)  # "Über" is alike both "Uber" and "Ueber"
    return Report(findings=tuple(sorted(unique, key=lambda finding: places[finding.reference])))


def _spellings(library: Library, field: str) -> Iterator[Finding]:
    """Tell of values that differ in capitals and marks alone; where letters have other accents, perhaps."""
    groups: dict[str, dict[str, list[Reference]]] = defaultdict(lambda: defaultdict(list))
    for reference in library:
        if value := without_nocase(getattr(reference, field)):
            signs = re.sub("[^+#]", "", value)  # C, C++ and C# are three
            for bare in letters_without_marks(value):
                if bare:
                    groups[bare + signs][value].append(reference)
    for spellings in groups.values():
        common = max(spellings, key=lambda text: (len(spellings[text]), not text.isupper(), not text.isascii()))
        for text, members in spellings.items():
            if text != common:
                doubt = letters(text) != letters(common)
                others = spellings[common]
                yield from _told(members, field, _FIELDS[field], here=text, there=common, others=others, doubt=doubt)


def _abbreviations(library: Library) -> Iterator[Finding]:
    """Tell of journals that stand there abbreviated and in full."""
    members: dict[str, list[Reference]] = defaultdict(list)
    for reference in library:
        if reference.kind in _SERIALS and reference.container_title:
            members[reference.container_title].append(reference)
    for short, full in abbreviated(members):
        yield from _told(members[short], "container_title", "journal", here=short, there=full, others=members[full])


class _Place(NamedTuple):
    """Where a name stands, and its comparison form."""

    reference: Reference
    field: str
    person: Person


def _persons(library: Library) -> Iterator[Finding]:
    """Tell of a given name that stands in full elsewhere, or of accents: styles take the two for two persons."""
    families: dict[tuple[str, str], dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    for reference in library:
        for field in _NAMES:
            for name in getattr(reference, field):
                if name.given and (found := people_of([name])):
                    behind, initial = squeezed(name.suffix), found[0].initials[:1]
                    for family in letters_without_marks(f"{name.non_dropping_particle}{name.family or name.literal}"):
                        families[family + behind, initial][str(name)].append(_Place(reference, field, found[0]))
    for written in families.values():
        if len(written) > 1:
            people = {text: places[0].person for text, places in written.items()}
            for text, full in (*fuller(people), *_other_accents(written)):
                yield from _told_persons(written[text], here=text, there=full, others=written[full])


def _other_accents(written: Mapping[str, Sequence[_Place]]) -> Iterator[tuple[str, str]]:
    """Give names that differ in accents alone, each with the form that most entries have."""
    alike: dict[str, list[str]] = defaultdict(list)
    for text in written:
        for bare in letters_without_marks(text):
            alike[bare].append(text)
    for texts in alike.values():
        common = max(texts, key=lambda text: (len(written[text]), not text.isascii()))
        yield from ((text, common) for text in texts if letters(text) != letters(common))


def _told_persons(places: Sequence[_Place], *, here: str, there: str, others: Sequence[_Place]) -> Iterator[Finding]:
    for reference, field, _ in places:
        elsewhere = [place.reference for place in others if place.reference is not reference]
        if elsewhere:  # both in one entry: two persons
            yield from _told([reference], field, field, here=here, there=there, others=elsewhere, doubt=True)


def _told(  # noqa: PLR0913 - what the sentence says, by name
    members: Sequence[Reference],
    field: str,
    words: str,
    *,
    here: str,
    there: str,
    others: Sequence[Reference],
    doubt: bool = False,
) -> Iterator[Finding]:
    count = f"{len(others)} other entries" if len(others) > 1 else "another entry"
    message = f"The {words} is `{here}` here and {'perhaps the same as ' if doubt else ''}`{there}` in {count}."
    for reference in members:
        origin = field_origin(reference.origin, field)
        yield Finding.of("AB212", message, origin=origin, reference=reference.id, related=(others[0].id,), fix=there)
