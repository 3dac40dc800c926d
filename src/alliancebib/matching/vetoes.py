"""What makes two references different works before any likeness is weighed.

Each veto looks at two comparison forms and gives a reason in words, or "". The first one that speaks decides.
"""

from __future__ import annotations

from collections.abc import Callable

from alliancebib.matching.forms import Forms, Group
from alliancebib.matching.kinds import apart
from alliancebib.matching.similarity import are_opposites, leftovers
from alliancebib.matching.titles import TitleForm
from alliancebib.matching.vocabulary import vocabulary

__all__ = ["VETOES", "mark_veto", "number_veto", "veto", "word_veto"]


def veto(a: Forms, b: Forms) -> str:
    """Give the reason why two references are different works; "" where no veto speaks."""
    for one in VETOES:
        if reason := one(a, b):
            return reason
    return ""


def mark_veto(a: Forms, b: Forms) -> str:
    """Give the reason why two references are different works by a mark, an edition or a number that only one has."""
    return _marks(a, b) or _editions(a, b) or _numbers(a, b)


def _marks(a: Forms, b: Forms) -> str:
    marks = a.title.marks ^ b.title.marks
    if a.doi and a.doi == b.doi:
        # A retracted article keeps its DOI and gets a word before its title.
        marks -= {"retracted"}
    return f"only one is marked as {', '.join(sorted(marks))}" if marks else ""


def _editions(a: Forms, b: Forms) -> str:
    if a.edition and b.edition and a.edition != b.edition:
        return f"editions differ: {a.edition} against {b.edition}"
    return ""


def _numbers(a: Forms, b: Forms) -> str:
    if a.number and b.number and a.number != b.number and Group.REPORT in (a.group, b.group):
        return f"report numbers differ: {a.number} against {b.number}"
    return ""


def _volumes_of_books(a: Forms, b: Forms) -> str:
    if a.group is b.group is Group.BOOK and a.volume and b.volume and a.volume != b.volume:
        return f"volumes of a book differ: {a.volume} against {b.volume}"
    return ""


def _chapters(a: Forms, b: Forms) -> str:
    """Hold chapters of one book apart: the same ISBN and container prove nothing when the pages differ."""
    if a.group is b.group is Group.PART and all(a.pages) and all(b.pages) and a.pages[0] != b.pages[0]:
        return f"chapters on different pages: {a.pages[0]} against {b.pages[0]}"
    return ""


#: Asked in this order.
VETOES: tuple[Callable[[Forms, Forms], str], ...] = (apart, _marks, _editions, _numbers, _volumes_of_books, _chapters)


def number_veto(a: Forms, b: Forms) -> str:
    """Give the reason why the numbers in two titles name different works: parts, years, counts; "" for none."""
    first, second = a.title, b.title
    parts, others = dict(first.parts), dict(second.parts)
    for label in sorted(parts.keys() & others.keys()):
        if parts[label] != others[label]:
            return f"{label} {parts[label]} against {label} {others[label]}"
    only_first, only_second = first.numbers - second.numbers, second.numbers - first.numbers
    if only_first and only_second:
        return f"numbers differ: {_listed(only_first)} against {_listed(only_second)}"
    return ""


def word_veto(a: Forms, b: Forms) -> str:
    """Give the reason why the words of two titles that are not equal name different works; "" for none.

    A word without a counterpart on one side alone is no veto (a subtitle may be missing) unless it negates.
    """
    first, second = a.title, b.title
    left, right = leftovers(first.content, second.content)
    # What is told are the words of the titles: their one spelling is no language's.
    written = dict(zip(second.content + first.content, second.written + first.written, strict=True))
    for one in left:
        for other in right:
            if are_opposites(one, other):
                return f"opposite words: {written[one]} and {written[other]}"
    negated = vocabulary().negations & ({*left} ^ {*right})
    if negated and not (first.core == second.head or second.core == first.head):
        return f"only one title has the word {written[min(negated)]!r}"
    if left and right:
        return f"words differ: {_told(left, first)} against {_told(right, second)}"
    return ""


def _told(words: list[str], title: TitleForm) -> str:
    written = dict(zip(title.content, title.written, strict=True))
    return _listed([written[word] for word in words])


def _listed(values: frozenset[str] | list[str]) -> str:
    shown = sorted(values) if isinstance(values, frozenset) else values
    return " ".join(shown[:4]) + (" ..." if len(shown) > 4 else "")
