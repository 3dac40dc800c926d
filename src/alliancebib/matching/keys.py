"""Under which keys is a reference found? About ten short texts, of which copies of one work share at least one.

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
        yield f"long {' '.join(sorted(_longest(content, 3)))}"


def _longest(content: tuple[str, ...], count: int) -> list[str]:
    """Give the longest words, the first in the alphabet among equals."""
    return sorted(sorted(set(content)), key=len, reverse=True)[:count]


def _place_keys(forms: Forms) -> Iterator[str]:
    first, last = forms.pages
    if forms.authors:
        family = forms.authors[0].stem
        for word in _longest(forms.title.content, 2):
            yield f"author {family} {word}"
        if first:
            yield f"author {family} on {first}"
    if first and forms.volume:
        # Neither the year nor the last page alone: with many records a volume and a page are shared by chance.
        yield f"place {forms.volume} {first} {last}"
        if forms.year:
            yield f"place {forms.volume} {first} in {forms.year}"
