"""How fast reference strings are read: our labels, labels with rules for fields, all parsers together, and peers.

``python tests/benchmarks/reference_parsers.py`` reads the development set of labelled strings, where it lies beside
the repository, else made strings. Peers are never imported here: each is run by the interpreter of an environment into
which ``pip install refextract`` (GPL) or ``pip install refparse`` has put it, which is named by
``--peer refextract=VENV/bin/python --peer refparse=VENV/bin/python``. Every job is a process of its own, the jobs of a
run stand side by side, a figure is the smallest of the runs. Ratios are to ``rules``; growth is that of the time for 10
and 100 times as many lines, 10.0 and 100.0 where each line costs the same. Nothing is asserted: machines are shared.

AnyStyle is not run: it is a Ruby gem, and needs Wapiti compiled.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # started as a program, it still finds the tests
from property.fuzz_references import made_strings
from shared_data import SHARED

JOBS = Path(__file__).with_name("reference_jobs.py")
DEV = SHARED / "data" / "references" / "dev_grobid.jsonl.gz"
OURS = ("labels", "rules", "whole")
PEER = "rules"
#: A page of a hundred lines, and how many times as long the others are.
PAGE, LENGTHS = 100, (1, 10, 100)
#: refextract needs minutes for more.
FEWEST = 10

Figures = dict[tuple[str, str], float]


def strings() -> list[str]:
    """Give the strings that are read, without line ends."""
    from conformance.references_score import rows

    found = [row["text"] for row in rows(DEV)] if DEV.exists() else made_strings()
    return [" ".join(text.split()) for text in found]


def seconds(interpreter: str, parser: str, file: Path, repeat: int) -> dict[str, float]:
    """Do one job in a process of its own."""
    command = [interpreter, str(JOBS), parser, str(file), str(repeat)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(answer)
    return found


def measure(interpreters: dict[str, str], texts: list[str], *, runs: int) -> Figures:
    """Give the smallest seconds of each figure of each parser."""
    found: Figures = {}
    with tempfile.TemporaryDirectory() as name:
        whole, page = Path(name) / "all.txt", Path(name) / "page.txt"
        for _ in range(runs):
            for parser, interpreter in interpreters.items():
                slow = parser == "refextract"
                whole.write_text("\n".join(texts[:PAGE] if slow else texts), "utf-8")
                figures = seconds(interpreter, parser, whole, 1)
                page.write_text("\n".join(texts[: FEWEST if slow else PAGE]), "utf-8")
                for length in LENGTHS[:2] if slow else LENGTHS:
                    figures[f"x{length}"] = seconds(interpreter, parser, page, length)["again"]
                count = PAGE if slow else len(texts)
                figures |= {"new": figures["new"] / count, "again": figures["again"] / count}
                for name_, value in figures.items():
                    found[parser, name_] = min(value, found.get((parser, name_), value))
    return found


def report(found: Figures, parsers: list[str]) -> Iterator[str]:
    """Give the table."""
    yield f"{'parser':<12}{'load ms':>8}{'new/s':>8}{'again/s':>9}{'of ' + PEER:>10}{'10x lines':>11}{'100x lines':>12}"
    for parser in parsers:
        growth = [
            f"{found[parser, f'x{length}'] / found[parser, 'x1']:.1f}" if (parser, f"x{length}") in found else "-"
            for length in LENGTHS[1:]
        ]
        again = found[parser, "again"]
        yield (
            f"{parser:<12}{1000 * found[parser, 'load']:>8.0f}{1 / found[parser, 'new']:>8.0f}{1 / again:>9.0f}"
            f"{again / found[PEER, 'again']:>10.2f}{growth[0]:>11}{growth[1]:>12}"
        )


def main() -> None:
    """Measure and print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON", help="refextract or refparse")
    given = ask.parse_args()
    interpreters = dict.fromkeys(OURS, sys.executable) | dict(peer.split("=", 1) for peer in given.peer)
    found = measure(interpreters, strings(), runs=given.runs)
    print("\n".join(report(found, list(interpreters))))  # noqa: T201


if __name__ == "__main__":
    main()
