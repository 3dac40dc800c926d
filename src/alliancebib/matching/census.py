"""What the records say as a whole: titles that many works share, and an issue column that is a row number.

Both need a pass over all records before the first pair is judged; the result is broadcast to every judgement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from alliancebib.matching.doubts import LONG_TITLE
from alliancebib.matching.forms import Forms
from alliancebib.matching.ruling import Facts

__all__ = ["facts_of"]

#: A short title under so many first authors and in so many years is nobody's own.
SHARED_BY = 3
#: From so many records on, a column with so large a share of different values is a row number.
COLUMN_SIZE, COLUMN_SHARE = 30, 0.75


def facts_of(all_forms: Sequence[Forms]) -> Facts:
    """Take stock of a set of records."""
    return Facts(generic=_shared_titles(all_forms), issues_count=not _issues_are_row_numbers(all_forms))


def _shared_titles(all_forms: Sequence[Forms]) -> frozenset[str]:
    authors: dict[str, set[str]] = defaultdict(set)
    years: dict[str, set[int]] = defaultdict(set)
    for forms in all_forms:
        if not forms.authors or forms.title.length > LONG_TITLE:
            continue
        for core in {forms.title.core, forms.title.without_bracket} - {""}:
            authors[core].add(forms.authors[0].stem)
            years[core].add(forms.year or 0)
    return frozenset(core for core in authors if min(len(authors[core]), len(years[core])) >= SHARED_BY)


def _issues_are_row_numbers(all_forms: Sequence[Forms]) -> bool:
    issues = Counter(forms.issue for forms in all_forms if forms.issue)
    total = issues.total()
    return total >= COLUMN_SIZE and len(issues) >= COLUMN_SHARE * total
