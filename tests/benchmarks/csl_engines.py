"""CPU time and peak memory of citation engines for the same job, as ratios to citeproc-js.

``python tests/benchmarks/csl_engines.py --npm node_modules/citeproc`` registers 100, 1,000 and 5,000 items in IEEE,
APA and Chicago author-date and makes the bibliography as plain text, each in a process of its own, all engines in
turn. A figure is the smallest of the runs, and that of the whole process: start, reading, rendering.
Nothing is asserted: machines are shared.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

JOBS = Path(__file__).with_name("csl_jobs.py")
DRIVER = Path(__file__).resolve().parents[1] / "conformance" / "citeproc_js.cjs"
STYLES = ("ieee", "apa", "chicago-author-date")
COUNTS = (100, 1000, 5000)
PEER = "citeproc-js"
HEAD = "style                  items  engine          CPU s  of js  ms/item  peak MB  of js  runs"
#: citeproc-py needs minutes for more.
LARGEST = {"citeproc-py": 100}


class Job(NamedTuple):
    """What one engine is asked to do."""

    style: str
    size: int
    engine: str


@dataclass
class Figures:
    """The smallest CPU seconds and peak megabytes of the runs of one job, and all the seconds."""

    seconds: float = float("inf")
    megabytes: float = float("inf")
    runs: list[float] = field(default_factory=list)

    def add(self, seconds: float, megabytes: float) -> None:
        """Take one run into account."""
        self.runs.append(seconds)
        self.seconds, self.megabytes = min(self.seconds, seconds), min(self.megabytes, megabytes)


def jobs_of(given: argparse.Namespace) -> list[Job]:
    """Give the jobs in the order in which a run does them: the engines side by side."""
    engines = ["alliancebib", *([PEER] if given.npm else []), *(["citeproc-py"] if given.citeproc_py else [])]
    jobs = [Job(style, count, engine) for style in given.style for count in given.count for engine in engines]
    return [job for job in jobs if job.size <= LARGEST.get(job.engine, job.size)]


def command_for(job: Job, *, folder: Path, given: argparse.Namespace) -> list[str]:
    """Give the command of one job."""
    if job.engine == PEER:
        locales = (folder / "locales").read_text("utf-8")
        return ["node", str(DRIVER), str(given.npm.resolve()), locales, str(folder / f"{job.style}-{job.size}.json")]
    files = [str(folder / f"{job.style}.csl"), str(folder / f"{job.size}.json")]
    return [sys.executable, str(JOBS), "run", job.engine, *files, *(["--cite"] if given.cite else [])]


def measure(command: list[str], answer: Path) -> tuple[float, float]:
    """Run a command; give its CPU seconds and its peak memory in megabytes.

    On Linux the peak of a process is never below that of the one that started it: this file imports next to nothing.
    """
    with answer.open("wb") as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    if b'"entries"' not in answer.read_bytes()[:200]:
        raise SystemExit(f"{' '.join(command)} made no entries: {answer.read_text('utf-8')[:200]}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def measure_all(given: argparse.Namespace, folder: Path) -> dict[Job, Figures]:
    """Prepare, then do all jobs as often as asked."""
    cite = ["--cite"] if given.cite else []
    told = ["--styles", *given.style, "--counts", *map(str, given.count), *cite]
    subprocess.run([sys.executable, str(JOBS), "prepare", str(folder), *told], check=True)
    found = {job: Figures() for job in jobs_of(given)}
    for run in range(1, given.runs + 1):
        for job, figures in found.items():
            figures.add(*measure(command_for(job, folder=folder, given=given), folder / "answer"))
            print(f"run {run}: {job.style} {job.size} {job.engine} {figures.runs[-1]:.2f} s", file=sys.stderr)  # noqa: T201
    return found


def report(found: dict[Job, Figures]) -> Iterator[str]:
    """Give the table of all jobs, then how time grows with the number of items."""
    yield HEAD
    for job, one in found.items():
        peer = found.get(job._replace(engine=PEER), Figures())
        ratios = [f"{mine / its:.2f}" for mine, its in ((one.seconds, peer.seconds), (one.megabytes, peer.megabytes))]
        yield (
            f"{job.style:<22}{job.size:>6}  {job.engine:<13}{one.seconds:>8.2f}{ratios[0]:>7}"
            f"{1000 * one.seconds / job.size:>9.2f}{one.megabytes:>9.0f}{ratios[1]:>7}"
            f"  {' '.join(f'{seconds:.2f}' for seconds in one.runs)}"
        )
    counts = sorted({job.size for job in found})
    for few, many in itertools.pairwise(counts):
        for job, one in found.items():
            fewer = found.get(job._replace(size=few))
            if job.size == many and fewer:
                growth = f"{one.seconds / fewer.seconds:.2f}"
                yield f"growth {many}:{few}".ljust(20) + f"{job.style:<22}{job.engine:<13}x {growth}"


def main() -> None:
    """Measure and print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--npm", type=Path, help="folder of the npm package `citeproc`; without it no citeproc-js")
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--style", nargs="+", default=list(STYLES), metavar="NAME")
    ask.add_argument("--count", nargs="+", type=int, default=list(COUNTS), metavar="N")
    ask.add_argument("--cite", action="store_true", help="also cite each item once, by itself")
    ask.add_argument(
        "--citeproc-py", action="store_true", help=f"also citeproc-py, up to {LARGEST['citeproc-py']} items"
    )
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(report(measure_all(given, Path(folder)))))  # noqa: T201


if __name__ == "__main__":
    main()
