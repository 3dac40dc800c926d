"""Which pairs are worth a look: each reference gives about eighteen keys, pairs share at least one.

A block of references with one key that is too large is walked in sorted order with a window: nothing is dropped and
nothing becomes quadratic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from alliancebib.matching.forms import Forms

__all__ = ["candidate_pairs", "keys_of"]

#: The largest block whose pairs are all looked at, and how far the window reaches in larger ones.
LARGEST_BLOCK = 60
WINDOW = 12


def keys_of(forms: Forms) -> tuple[tuple[str, ...], ...]:
    """Give the keys under which a reference is found."""
    return tuple(dict.fromkeys([*_identifier_keys(forms), *_title_keys(forms), *_place_keys(forms)]))


def _identifier_keys(forms: Forms) -> Iterator[tuple[str, ...]]:
    if forms.doi:
        yield ("doi", forms.doi)
    if forms.address[0]:
        yield ("url", *forms.address)
    for isbn in forms.isbns:
        yield ("isbn", isbn, forms.pages[0])


def _title_keys(forms: Forms) -> Iterator[tuple[str, ...]]:
    title = forms.title
    for core in (title.core, title.without_bracket, title.without_outlet, title.head):
        if core:
            yield ("core", core[:60])
    content = title.content
    if len(content) >= 4:
        yield ("head", *content[:4])
        yield ("tail", *content[-4:])
    if len(content) >= 3:
        longest = sorted(sorted(set(content)), key=len, reverse=True)
        yield ("long", *sorted(longest[:4]))
        yield ("long", *sorted(longest[:3]))


def _place_keys(forms: Forms) -> Iterator[tuple[str, ...]]:
    year = str(forms.year or "")
    first, last = forms.pages
    for person in forms.authors[:1]:
        yield from _author_keys(forms, person.stem)
    if first and last:
        yield ("range", first, last, year)
    if first and forms.volume:
        yield ("place", forms.volume, first)
    if first and year and forms.outlet:
        yield ("issue", year, first, forms.outlet[:1])


def _author_keys(forms: Forms, family: str) -> Iterator[tuple[str, ...]]:
    first, _ = forms.pages
    longest = sorted(sorted(set(forms.title.content)), key=len, reverse=True)[:2]
    for word in longest:
        yield ("author word", family, word)
    if forms.year:
        yield ("author year", family, str(forms.year))
    if first:
        yield ("author page", family, first)
    if forms.volume:
        yield ("author volume", family, forms.volume)


def candidate_pairs(all_forms: Sequence[Forms]) -> list[tuple[int, int]]:
    """Give the pairs of places that share a key, each once, in order.

    >>> candidate_pairs([])
    []
    """
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, forms in enumerate(all_forms):
        for key in keys_of(forms):
            blocks[key].append(place)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        if 1 < len(block) <= LARGEST_BLOCK:
            pairs.update((a, b) for at, a in enumerate(block) for b in block[at + 1 :])
        elif len(block) > LARGEST_BLOCK:
            pairs.update(_windowed(block, all_forms))
    return sorted(pairs)


def _windowed(block: list[int], all_forms: Sequence[Forms]) -> Iterator[tuple[int, int]]:
    def order(place: int) -> tuple[str, int, str, str, str]:
        forms = all_forms[place]
        return (forms.title.core, forms.year or 0, forms.volume, forms.pages[0], forms.outlet)

    ordered = sorted(block, key=order)
    for at, a in enumerate(ordered):
        for b in ordered[at + 1 : at + 1 + WINDOW]:
            yield (a, b) if a < b else (b, a)
