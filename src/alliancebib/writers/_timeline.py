"""The years of the entries as a row of bars that are buttons, and as a table; without years, nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

__all__ = ["timeline"]

#: A row holds so many bars at most; the first width of a bar, in years, that fits is taken.
_MOST = 40
_WIDTHS = (1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000)


def timeline(years: Iterable[int | None]) -> str:
    """Give the histogram and its table as HTML; ``None`` stands for an entry without a year."""
    counts = Counter(years)
    undated = counts.pop(None, 0)
    known = {year: count for year, count in counts.items() if year is not None}
    if not known:
        return ""
    bins = _bins(known)
    highest = max(count for _, _, count in bins)
    bars = "".join(_bar(first, last, count, highest) for first, last, count in bins)
    rows = "".join(
        f'<tr><th scope="row">{_span(first, last)}</th><td>{count}</td></tr>' for first, last, count in bins if count
    )
    rows += f'<tr><th scope="row">no year</th><td>{undated}</td></tr>' if undated else ""
    return (
        '<h2 id="years">Entries by year</h2>\n'
        f'<div class="needs-js"><div class="histogram" role="group" aria-labelledby="years">{bars}</div>'
        f'<p class="axis" aria-hidden="true"><span>{min(known)}</span><span>{max(known)}</span></p></div>\n'
        '<details><summary>As a table</summary><table><thead><tr><th scope="col">Year</th>'
        f'<th scope="col">Entries</th></tr></thead><tbody>{rows}</tbody></table></details>'
    )


def _bins(counts: dict[int, int]) -> list[tuple[int, int, int]]:
    """Give first year, last year and number of entries of each bar."""
    low, high = min(counts), max(counts)
    width = next((width for width in _WIDTHS if (high - low) // width < _MOST), high - low + 1)
    start = low - low % width if width > 1 else low
    firsts = range(start, high + 1, width)
    return [
        (first, first + width - 1, sum(counts.get(y, 0) for y in _within(counts, first, width))) for first in firsts
    ]


def _within(counts: dict[int, int], first: int, width: int) -> list[int]:
    return [year for year in counts if first <= year < first + width]


def _bar(first: int, last: int, count: int, highest: int) -> str:
    height = round(100 * count / highest, 1) if count else 0
    label = f"{_span(first, last)}: {count} {'entry' if count == 1 else 'entries'}"
    return (
        f'<button type="button" data-from="{first}" data-to="{last}" aria-pressed="false"'
        f' aria-label="{label}" title="{label}">'
        f'<svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="0" y="{100 - height}" width="10" height="{height}"/></svg></button>'
    )


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
