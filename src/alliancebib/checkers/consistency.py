"""Checker: is one thing called by one name throughout? Journals, publishers, series, and persons in several forms.

A library comes in, findings go out; nothing is asked and nothing changed. Of spellings the one that most entries
have is proposed, of short and full forms the full one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from alliancebib.bibtex.locating import field_origin
from alliancebib.checkers import Progress
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding, Report
from alliancebib.library import Library
from alliancebib.matching.containers import container_form, same_container
from alliancebib.matching.normal import squeezed
from alliancebib.matching.people import Person, compatible_given, people_of
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
    return Report(findings=tuple(sorted(findings, key=lambda finding: places[finding.reference])))


def _spellings(library: Library, field: str) -> Iterator[Finding]:
    """Tell of values that differ in capitals, marks and accents alone."""
    groups: dict[str, dict[str, list[Reference]]] = defaultdict(lambda: defaultdict(list))
    for reference in library:
        value = getattr(reference, field)
        value = without_nocase(value)
        if letters := squeezed(value):
            key = letters + re.sub("[^+#]", "", value)  # C, C++ and C# are three
            groups[key][value].append(reference)
    for spellings in groups.values():
        common = max(spellings, key=lambda text: (len(spellings[text]), not text.isupper()))
        for text, members in spellings.items():
            if text != common:
                yield from _told(members, field, _FIELDS[field], here=text, there=common, others=spellings[common])


def _abbreviations(library: Library) -> Iterator[Finding]:
    """Tell of journals that stand there abbreviated and in full."""
    members: dict[str, list[Reference]] = defaultdict(list)
    for reference in library:
        if reference.kind in _SERIALS and reference.container_title:
            members[reference.container_title].append(reference)
    for short, full in _pairs(members):
        yield from _told(members[short], "container_title", "journal", here=short, there=full, others=members[full])


def _pairs(titles: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give each title with full stops and the one without that it abbreviates; both begin with the same letter."""
    whole: dict[str, list[str]] = defaultdict(list)
    for title in titles:
        if "." not in title:
            whole[squeezed(title)[:1]].append(title)
    for short in titles:
        if "." in short:
            form = container_form(short)
            full = [title for title in whole[squeezed(short)[:1]] if same_container(form, container_form(title))]
            if len(full) == 1:
                yield short, full[0]


def _persons(library: Library) -> Iterator[Finding]:
    """Tell of a given name that stands in full elsewhere: styles take the two for two persons."""
    forms: dict[tuple[str, str], dict[str, list[tuple[Reference, str, Person]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for reference in library:
        for field in _NAMES:
            for name in getattr(reference, field):
                if name.given and (found := people_of([name])):
                    place = (reference, field, found[0])
                    forms[found[0].family + squeezed(name.suffix), found[0].initials[:1]][str(name)].append(place)
    for written in forms.values():
        people = {text: places[0][2] for text, places in written.items()}
        for text, full in _fuller(people):
            for reference, field, _ in written[text]:
                others = [other for other, _, _ in written[full] if other is not reference]
                if not others:
                    continue  # both in one entry: two persons
                yield from _told([reference], field, field, here=text, there=full, others=others, doubt=True)


def _fuller(people: Mapping[str, Person]) -> Iterator[tuple[str, str]]:
    """Give names with the one form that says more; where there are two such, nobody knows which is meant."""
    for text, person in people.items():
        fuller = {
            other: them
            for other, them in people.items()
            if _length(them) > _length(person)
            and them.initials.startswith(person.initials)
            and compatible_given(person, them)
        }
        fullest = max(fuller, key=lambda other: _length(fuller[other]), default="")
        if fullest and all(compatible_given(fuller[fullest], them) for them in fuller.values()):
            yield text, fullest


def _length(person: Person) -> int:
    return sum(map(len, person.given))


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
