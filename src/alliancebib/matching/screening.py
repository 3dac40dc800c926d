"""Is a pair worth a closer look? Titles with words of their own, and years far apart, are two works but for a place.

In come comparison forms, out comes yes or no, quickly: most pairs that share a key are settled here. What is called
hopeless is what the rules call "different"; a property test holds them to that.
"""

from __future__ import annotations

from alliancebib.matching.forms import Forms
from alliancebib.matching.similarity import has_counterpart
from alliancebib.matching.titles import TOO_LONG, TitleForm, differ_in_writing_alone

__all__ = ["hopeless"]

#: Letters before a page number, which some sources leave out.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def hopeless(a: Forms, b: Forms) -> bool:
    """Say whether no rule will call two references one work, nor a question for a person.

    Such a pair shares neither DOI, ISBN, address nor the first or last page, and it is years apart, or each title has a
    word without a counterpart in the other.
    """
    if _share_a_place(a, b):
        return False
    return _are_years_apart(a.years, b.years) or _are_apart(a.title, b.title)


def _are_years_apart(some: tuple[int, ...], others: tuple[int, ...]) -> bool:
    """Say whether no two years are one, or one after the other: online, and in print."""
    return bool(some and others) and all(abs(one - other) > 1 for one in some for other in others)


def _share_a_place(a: Forms, b: Forms) -> bool:
    if (a.doi and a.doi == b.doi) or (a.address[0] and a.address == b.address):
        return True
    if a.isbns and b.isbns and not set(a.isbns).isdisjoint(b.isbns):
        return True
    return any(
        one == other or one.lstrip(_LETTERS) == other.lstrip(_LETTERS)
        for one, other in zip(a.pages, b.pages, strict=True)
        if one and other
    )


def _are_apart(a: TitleForm, b: TitleForm) -> bool:
    if not a.core or not b.core or a.core in (b.core, b.head, b.without_outlet) or b.core in (a.head, a.without_outlet):
        return False
    if max(len(a.content), len(b.content)) > TOO_LONG:
        return False
    if a.cut or b.cut:  # within a word, it may be
        return False
    ours, theirs = set(a.content), set(b.content)
    left, right = tuple(ours - theirs), tuple(theirs - ours)
    if not (left and right and _has_stranger(left, right) and _has_stranger(right, left)):
        return False
    return not differ_in_writing_alone(a.text, b.text)


def _has_stranger(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Say whether a word has no counterpart among the others, is not joined of some of them, and is no part of one."""
    edges = f" {' '.join(others)} "
    for word in some:
        if f" {word}" in edges or f"{word} " in edges or word.startswith(others) or word.endswith(others):
            continue
        if not has_counterpart(word, others):
            return True
    return False
