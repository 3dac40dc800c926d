"""How the time of a growing document grows: citations inserted one behind the other, and all put in at once.

``python tests/benchmarks/csl_inserts.py`` cites 50, 100, 200 and 400 items in APA and in a numbered style, one item in
each citation. A figure is CPU seconds; the growth is that from one size to the next, which is 2.0 where twice as many
citations take twice as long. Nothing is asserted: machines are shared.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from alliancebib.csl import Processor, load_style

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # started as a program, it still finds the tests
from benchmarks.csl_jobs import make_items


def citation(item: dict[str, Any], place: int) -> dict[str, Any]:
    """Cite an item once."""
    return {"citationID": f"c{place}", "citationItems": [{"id": item["id"]}], "properties": {"noteIndex": place}}


def one_by_one(processor: Processor, citations: list[dict[str, Any]]) -> None:
    """Insert each citation behind those before it, as a person who writes does."""
    before: list[tuple[str, int]] = []
    for place, new in enumerate(citations, 1):
        processor.insert(new, before=before)
        before.append((new["citationID"], place))


def at_once(processor: Processor, citations: list[dict[str, Any]]) -> None:
    """Put all citations in by one call, as a program that opens a document does."""
    processor.update(citations)


def seconds(style: str, items: list[dict[str, Any]], *, together: bool) -> float:
    """Give the CPU seconds for a document that cites each item."""
    processor = Processor(load_style(style))
    processor.register(items)
    citations = [citation(item, place) for place, item in enumerate(items, 1)]
    began = time.process_time()
    (at_once if together else one_by_one)(processor, citations)
    return time.process_time() - began


def main() -> None:
    """Print a row for each style and size."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--style", nargs="+", default=["apa", "ieee"])
    ask.add_argument("--count", nargs="+", type=int, default=[50, 100, 200, 400])
    given = ask.parse_args()
    items = make_items(max(given.count))
    print("style        citations  one by one  growth  at once  growth")  # noqa: T201
    for style in given.style:
        seconds(style, items[:5], together=True)  # compiling is paid once
        before = (0.0, 0.0)
        for count in given.count:
            now = tuple(seconds(style, items[:count], together=together) for together in (False, True))
            growth = [f"{new / old:.1f}" if old else "" for new, old in zip(now, before, strict=True)]
            before = (now[0], now[1])
            print(f"{style:<12}{count:>10}{now[0]:>12.2f}{growth[0]:>8}{now[1]:>9.2f}{growth[1]:>8}")  # noqa: T201


if __name__ == "__main__":
    main()
