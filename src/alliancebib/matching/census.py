"""What the records say as a whole: titles that many works share, and an issue column that is a row number.

Both need a pass over all records before the first pair is judged; the result is broadcast to every judgement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from alliancebib.matching.forms import Forms
from alliancebib.matching.pairing import LONG_TITLE
from alliancebib.matching.ruling import Facts

__all__ = ["SHARED_BY", "are_row_numbers", "facts_of", "is_shared", "shares"]

#: A short title under so many first authors and in so many years is nobody's own.
SHARED_BY = 3
#: From so many records on, a column with so large a share of different values is a row number.
COLUMN_SIZE, COLUMN_SHARE = 30, 0.75


def facts_of(all_forms: Sequence[Forms]) -> Facts:
    """Take stock of a set of records."""
    return Facts(generic=_shared_titles(all_forms), issues_count=not _issues_are_row_numbers(all_forms))


def shares(forms: Forms) -> Iterator[tuple[str, str, int]]:
    """Give the short titles of a record, each with its first author and its year."""
    if forms.authors and forms.title.length <= LONG_TITLE:
        for core in {forms.title.core, forms.title.without_bracket} - {""}:
            yield core, forms.authors[0].stem, forms.year or 0


def is_shared(authors: Collection[str], years: Collection[int]) -> bool:
    """Say whether a title with so many first authors and years is nobody's own; counting further changes nothing."""
    return min(len(authors), len(years)) >= SHARED_BY


def are_row_numbers(total: int, different: int) -> bool:
    """Say whether a column with so many values, so many of them different, numbers the rows."""
    return total >= COLUMN_SIZE and different >= COLUMN_SHARE * total


def _shared_titles(all_forms: Sequence[Forms]) -> frozenset[str]:
    authors: dict[str, set[str]] = defaultdict(set)
    years: dict[str, set[int]] = defaultdict(set)
    for forms in all_forms:
        for core, author, year in shares(forms):
            authors[core].add(author)
            years[core].add(year)
    return frozenset(core for core in authors if is_shared(authors[core], years[core]))


def _issues_are_row_numbers(all_forms: Sequence[Forms]) -> bool:
    issues = Counter(forms.issue for forms in all_forms if forms.issue)
    return are_row_numbers(issues.total(), len(issues))
