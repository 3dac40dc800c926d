"""CPU time and peak memory of reading and writing .bib files, as ratios to bibtexparser's splitter alone.

``python tests/benchmarks/bibtex_speed.py`` reads 1,000, 10,000 and 100,000 entries with everything on, then writes
them anew, then as they were read; beside it bibtexparser's splitter alone, and bibtexparser with TeX decoded and names
divided. Every job is a process of its own, a figure the smallest of the runs. The start of the interpreter and the
imports are not in the seconds, but in the memory. ``--profile`` prints the functions of our reading that cost most.
Nothing is asserted.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

JOBS = Path(__file__).with_name("bibtex_jobs.py")
COUNTS = (1000, 10_000, 100_000)
ENGINES = ("alliancebib", "splitter", "names+decode")
PEER = "splitter"
STEPS = ("read", "write", "save")
#: bibtexparser with its middlewares needs many minutes for more.
LARGEST = {"names+decode": 10_000}


class Job(NamedTuple):
    """What one engine is asked to do; its steps are measured apart."""

    size: int
    engine: str


@dataclass
class Figures:
    """The smallest CPU seconds and peak megabytes of the runs of one step, and all the seconds."""

    seconds: float = float("inf")
    megabytes: float = float("inf")
    made: int = 0
    runs: list[float] = field(default_factory=list)

    def add(self, seconds: float, megabytes: float, made: int) -> None:
        """Take one run into account."""
        self.runs.append(seconds)
        self.seconds, self.megabytes = min(self.seconds, seconds), min(self.megabytes, megabytes)
        self.made = made


def jobs_of(given: argparse.Namespace) -> list[Job]:
    """Give the jobs in the order in which a run does them: the engines side by side."""
    jobs = [Job(count, engine) for count in given.count for engine in given.engine]
    return [job for job in jobs if job.size <= LARGEST.get(job.engine, job.size)]


def measure_all(given: argparse.Namespace, folder: Path) -> dict[tuple[Job, str], Figures]:
    """Do all jobs as often as asked; give the figures of each step."""
    found: dict[tuple[Job, str], Figures] = {}
    for run, job in itertools.product(range(1, given.runs + 1), jobs_of(given)):
        command = [sys.executable, str(JOBS), "run", job.engine, str(folder / f"{job.size}.bib")]
        made = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        for step, figures in made.items():
            found.setdefault((job, step), Figures()).add(**figures)
        print(f"run {run}: {job.size} {job.engine} {made['read']['seconds']:.2f} s", file=sys.stderr)  # noqa: T201
    return found


def report(found: dict[tuple[Job, str], Figures]) -> Iterator[str]:
    """Give the table of all steps, then how time grows with the number of entries."""
    yield "step   entries  engine          CPU s  of split  ms/entry  peak MB  of split     made  runs"
    for (job, step), one in sorted(found.items(), key=lambda pair: (STEPS.index(pair[0][1]), pair[0][0].size)):
        peer = found.get((Job(job.size, PEER), "write" if step == "save" else step), Figures())
        ratios = [f"{mine / its:.2f}" for mine, its in ((one.seconds, peer.seconds), (one.megabytes, peer.megabytes))]
        yield (
            f"{step:<7}{job.size:>7}  {job.engine:<13}{one.seconds:>8.2f}{ratios[0]:>10}"
            f"{1000 * one.seconds / job.size:>10.3f}{one.megabytes:>9.0f}{ratios[1]:>10}{one.made:>9}"
            f"  {' '.join(f'{seconds:.2f}' for seconds in one.runs)}"
        )
    counts = sorted({job.size for job, _ in found})
    for few, many in itertools.pairwise(counts):
        for (job, step), one in found.items():
            fewer = found.get((job._replace(size=few), step))
            if job.size == many and fewer and fewer.seconds:
                yield f"growth {many}:{few}".ljust(22) + f"{step:<7}{job.engine:<13}x {one.seconds / fewer.seconds:.2f}"


def main() -> None:
    """Measure and print the table, or profile."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--count", nargs="+", type=int, default=list(COUNTS), metavar="N")
    ask.add_argument("--engine", nargs="+", choices=ENGINES, default=list(ENGINES))
    ask.add_argument(
        "--profile", nargs="?", const="read", choices=STEPS, help="profile this step of ours, with the first count"
    )
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        counts = [str(count) for count in given.count]
        subprocess.run([sys.executable, str(JOBS), "prepare", str(folder), "--counts", *counts], check=True)
        if given.profile:
            file = folder / f"{given.count[0]}.bib"
            subprocess.run([sys.executable, str(JOBS), "profile", str(file), "--step", given.profile], check=True)
            return
        print("\n".join(report(measure_all(given, folder))))  # noqa: T201


if __name__ == "__main__":
    main()
