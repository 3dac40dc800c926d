"""Load and render every style that can be had by name: independent, dependent, and this project's own.

``python tests/conformance/every_style.py [--jobs 2]`` prints a line for each style that raises or takes too long, then
totals, and ends with 1 where there was any. Independent styles get an item of every type and odd ones, cited with
every kind of locator, and their bibliography; a dependent style, which shares its parent's layout, a few items.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from alliancebib import csl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conformance.varied_items import Item, ordinary_items, varied_items

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("independent", "dependent", "own")
#: The labels of locators in CSL 1.0.2, one that it does not have, and none.
LABELS = """
    act appendix article-locator book canon chapter column elocation equation figure folio issue line note opus page
    paragraph part rule scene section sub-verbo supplement surface table timestamp title-locator verse version volume
    stanza""".split()
LOCATORS = ("3", "12-15", "iv", "2, 7 & 9", "p. 5", "§ 4a", "")
#: What services and people hand in although it says nothing, or not what the specification asks for.
ODD: list[Item] = [
    {"id": "bare", "type": "book"},
    {"id": "no-type", "title": "No type at all"},
    {"id": "unknown-type", "type": "hologram", "title": "Unknown type", "author": [{"family": "Known"}]},
    {"id": "null-date", "type": "article-journal", "title": "Null date", "issued": {"date-parts": [[None]]}},
    {"id": "no-date-parts", "type": "thesis", "title": "Empty date", "issued": {"date-parts": [[]]}, "author": []},
    {"id": "half-date", "type": "webpage", "title": "", "issued": {"date-parts": [["2004", None]]}},
    {"id": "Bare", "type": "report", "title": "An id that differs in case", "number": 7, "volume": 3, "edition": 2},
    {"id": "nameless", "type": "chapter", "author": [{}], "editor": [{"given": "Only Given"}], "page": "-"},
    {
        "id": "open-markup",
        "type": "book",
        "title": "Open <i>markup & <b>more",
        "publisher": "<script>alert(1)</script>",
    },
    {"id": "year-0", "type": "classic", "title": "?", "issued": {"date-parts": [[0]]}, "volume": "–", "edition": "  "},
]
#: Of the ordinary items, those of the kinds that break processors most, for styles that get a few.
FEW = ("tocqueville-2000", "lander-2001", "risse-1996", "shannon-1940", "csto-page", "vaswani-2017", "brown-1954")


@dataclass(frozen=True)
class Failure:
    """Where and how a style failed: the step, the item if one alone does it, what was raised."""

    step: str
    item: str
    problem: str


@dataclass(frozen=True)
class Result:
    """One style: its kind, the seconds of CPU it took, entries without text, its failure or none."""

    name: str
    kind: str
    seconds: float
    empty: int = 0
    failure: Failure | None = None


@dataclass
class Progress:
    """How far a style came, so that a failure can say where."""

    kind: str = "dependent"
    step: str = "load"
    style: Any = None
    empty: int = 0
    items: list[Item] = field(default_factory=list)


class TooLongError(Exception):
    """A style took more than its time."""


def _stop(*_: object) -> None:
    raise TooLongError


@cache
def many_items(count: int, seed: int) -> tuple[list[Item], list[list[Item]]]:
    """Give items of every type with odd ones among them, and clusters that cite each of them."""
    items = [*varied_items(count, seed=seed), *ODD]
    return items, clusters_of(items)


@cache
def few_items() -> tuple[list[Item], list[list[Item]]]:
    """Give the items for a style whose layout another one has shown."""
    items = [item for item in ordinary_items() if item["id"] in FEW] + ODD[:5]
    return items, clusters_of(items)


def clusters_of(items: list[Item]) -> list[list[Item]]:
    """Cite all items, in clusters of one, two and three, with every label and locator in turn."""
    cites = [
        {"id": item["id"], "locator": LOCATORS[n % len(LOCATORS)], "label": LABELS[n % len(LABELS)]}
        for n, item in enumerate(items)
    ]
    clusters: list[list[Item]] = []
    start = 0
    while start < len(cites):
        size = len(clusters) % 3 + 1
        clusters.append(cites[start : start + size])
        start += size
    return [*clusters, [{"id": item["id"]} for item in items]]


def try_style(name: str, *, count: int, seed: int, timeout: float) -> Result:
    """Load and render one style and say how it went."""
    began, at = time.process_time(), Progress()
    signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, timeout)
    try:
        _render(name, at, count=count, seed=seed)
        failure = None
    except Exception as problem:  # noqa: BLE001 - that nothing at all is raised is what is measured
        signal.setitimer(signal.ITIMER_REAL, timeout)
        failure = Failure(at.step, _guilty(at), _described(problem))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return Result(name, at.kind, time.process_time() - began, at.empty, failure)


def _render(name: str, at: Progress, *, count: int, seed: int) -> None:
    at.kind = "own" if (ROOT / "styles" / f"{name}.csl").exists() else "dependent"
    at.style = csl.load_style(name)
    if not at.style.parent and at.kind != "own":
        at.kind = "independent"
    at.items, clusters = few_items() if at.style.parent else many_items(count, seed)
    _run(at, at.items, clusters)


def _run(at: Progress, items: list[Item], clusters: list[list[Item]]) -> None:
    at.step = "register"
    processor = csl.Processor(at.style, locale=at.style.default_locale or "en-US", output="text")
    processor.register(items)
    at.step = "cite"
    for cluster in clusters:
        processor.cite(cluster)
    at.step = "bibliography"
    entries = processor.bibliography().entries
    at.empty = sum(not entry.text.strip() for entry in entries)
    if not at.style.has_bibliography and entries:
        raise AssertionError("entries of a style without bibliography")


def _guilty(at: Progress) -> str:
    """Find the first item that fails alone."""
    if at.style is None or not at.items:
        return ""
    for item in at.items:
        try:
            _run(Progress(style=at.style), [item], clusters_of([item]))
        except TooLongError:
            return ""
        except Exception:  # noqa: BLE001 - as above
            return str(item["id"])
    return "several together"


def _described(problem: Exception) -> str:
    frames = traceback.extract_tb(problem.__traceback__)
    last = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(problem).__name__}: {' '.join(str(problem).split())[:160]}{last}"


def report(results: list[Result]) -> Iterator[str]:
    """Give totals by kind, then the failures by what was raised."""
    yield f"{'':<14}{'styles':>8}{'failed':>8}{'CPU s':>9}{'slowest':>9}  "
    for kind in KINDS:
        of_kind = [result for result in results if result.kind == kind]
        if of_kind:
            failed = sum(result.failure is not None for result in of_kind)
            slowest = max(of_kind, key=lambda result: result.seconds)
            times = f"{sum(result.seconds for result in of_kind):>9.1f}{slowest.seconds:>9.2f}"
            yield f"{kind:<14}{len(of_kind):>8}{failed:>8}{times}  {slowest.name}"
    yield f"entries without text: {sum(result.empty for result in results)}"
    problems = Counter(result.failure.problem for result in results if result.failure)
    yield from (f"{count:>6}  {problem}" for problem, count in problems.most_common(20))


def main() -> int:
    """Try all styles and give the exit code."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--jobs", type=int, default=2)
    ask.add_argument("--count", type=int, default=45, help="how many made items an independent style gets")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--timeout", type=float, default=60, help="seconds for one style")
    ask.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth style")
    ask.add_argument("--search", default="", help="only styles whose names hold these words")
    given = ask.parse_args()
    names = csl.style_names(given.search)[:: given.every]
    trial = partial(try_style, count=given.count, seed=given.seed, timeout=given.timeout)
    results = []
    with ProcessPoolExecutor(given.jobs) as pool:
        for result in pool.map(trial, names, chunksize=20):
            results.append(result)
            if result.failure is not None:
                print(result.name, result.failure.step, result.failure.item, result.failure.problem, sep=" | ")  # noqa: T201
    print("\n".join(report(results)))  # noqa: T201
    return int(any(result.failure for result in results))


if __name__ == "__main__":
    sys.exit(main())
