"""Under which keys is a reference found? About eighteen short texts, of which copies of one work share at least one.

In come comparison forms, out come keys as text, so that every process and every program that is given the same
reference makes the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from alliancebib.matching.forms import Forms

__all__ = ["keys_of"]

#: So many signs of a title are its key; the ends of longer ones are written in too many ways.
_LONGEST = 60


def keys_of(forms: Forms) -> tuple[str, ...]:
    """Give the keys under which a reference is found."""
    return tuple(dict.fromkeys([*_identifier_keys(forms), *_title_keys(forms), *_place_keys(forms)]))


def _identifier_keys(forms: Forms) -> Iterator[str]:
    if forms.doi:
        yield f"doi {forms.doi}"
    if forms.address[0]:
        yield f"url {forms.address[0]} {forms.address[1]}"
    for isbn in forms.isbns:
        yield f"isbn {isbn} {forms.pages[0]}"


def _title_keys(forms: Forms) -> Iterator[str]:
    title = forms.title
    for core in (title.core, title.without_bracket, title.without_outlet, title.head):
        if core:
            yield f"core {core[:_LONGEST]}"
    content = title.content
    if len(content) >= 4:
        yield f"head {' '.join(content[:4])}"
        yield f"tail {' '.join(content[-4:])}"
    if len(content) >= 3:
        longest = sorted(sorted(set(content)), key=len, reverse=True)
        yield f"long {' '.join(sorted(longest[:4]))}"
        yield f"long {' '.join(sorted(longest[:3]))}"


def _place_keys(forms: Forms) -> Iterator[str]:
    year = forms.year or ""
    first, last = forms.pages
    if forms.authors:
        yield from _author_keys(forms, forms.authors[0].stem)
    if first and last:
        yield f"range {first} {last} {year}"
    if first and forms.volume:
        yield f"place {forms.volume} {first} {last}"
        if year:
            yield f"place {forms.volume} {first} in {year}"
    if first and year and forms.outlet:
        yield f"outlet {year} {first} {forms.outlet[0]}"


def _author_keys(forms: Forms, family: str) -> Iterator[str]:
    first, _ = forms.pages
    longest = sorted(sorted(set(forms.title.content)), key=len, reverse=True)[:2]
    for word in longest:
        yield f"author word {family} {word}"
    if forms.year:
        yield f"author year {family} {forms.year}"
    if first:
        yield f"author page {family} {first}"
    if forms.volume:
        yield f"author volume {family} {forms.volume}"
