"""Faults of the services: ``enrich`` and ``check`` of sixty references against the stand-in for Crossref and doi.org.

    python tests/conformance/crossref_faults.py [SHARED]

``SHARED`` is the folder with ``tools/crossref_standin.py`` and ``data/crossref/records.jsonl.gz`` (default: ``shared``
beside the repository); where it is absent the program says so and ends. It prints a table: one row for each fault, with
how the command ended, how many of the sixty references came out, how many requests came and how many of them were over
the limits. It ends with 1 where a reference was lost, a request was over a limit, or an answer was asked for again.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from alliancebib import pipeline
from alliancebib.library import Library
from alliancebib.model import Reference, reference_id
from alliancebib.resolvers._records import record_to_reference

ROOT = Path(__file__).resolve().parents[2]
NUMBER = 60
#: Of each ten references so many state their DOI, the DOI of another work, and one that does not exist; others none.
STATED, WRONG, MISTYPED = 5, 1, 1
#: Longest time of a run, in seconds: it must end by itself long before.
PATIENCE = 240.0


class Ran(NamedTuple):
    """How a command ended: exit code, references that came out, seconds, and what it said last."""

    code: int
    came_out: int
    seconds: float
    said: str


class Row(NamedTuple):
    """A fault, what was run, how it ended, and what the service counted meanwhile."""

    fault: str
    command: str
    ran: Ran
    requests: int
    over: int
    good: bool


class Service:
    """The stand-in, running for one row."""

    def __init__(self, url: str) -> None:
        self.url = url

    def stats(self) -> tuple[int, int]:
        """Give how many requests came, and how many were over the limits."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.url}/__stats", timeout=10) as answer:
            counts = json.load(answer)
        return counts["requests"], counts["c429"]


class Bench:
    """A folder for one row: the list, the settings, and a cache of its own."""

    def __init__(self, folder: Path, service: Service, text: str, *, mail: str = "list@example.org") -> None:
        self.folder = folder
        self.service = service
        (folder / "list.bib").write_text(text, "utf-8")
        settings = f'mail = "{mail}"\nenrich.base-url = "{service.url}"\ncheck.doi-base-url = "{service.url}"\n'
        settings += 'check.checkers = ["dois", "records"]\n'
        (folder / "alliancebib.toml").write_text(settings, "utf-8")

    def start(self, command: str, *, name: str = "") -> subprocess.Popen[str]:
        """Start ``enrich`` or ``check``; what it gives goes into a file."""
        words = ["--to", "bibtex"] if command == "enrich" else ["--report", "json"]
        with (self.folder / f"{command}{name}.out").open("w", encoding="utf-8") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "alliancebib", command, "list.bib", *words],
                cwd=self.folder,
                env=os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache"), "NO_COLOR": "1"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
                text=True,
            )

    def finish(self, process: subprocess.Popen[str], command: str, began: float, *, name: str = "") -> Ran:
        """Wait for a command and say how it ended."""
        _, said = process.communicate(timeout=PATIENCE)
        text = (self.folder / f"{command}{name}.out").read_text("utf-8")
        last = said.strip().splitlines()[-1] if said.strip() else ""
        if command == "enrich":
            last = next((line for line in said.splitlines() if "looked up" in line or "not asked" in line), last)
        return Ran(process.returncode, _came_out(command, text), time.monotonic() - began, last)

    def run(self, command: str) -> Ran:
        """Run a command to its end."""
        began = time.monotonic()
        return self.finish(self.start(command), command, began)


def _came_out(command: str, text: str) -> int:
    if command == "enrich":
        return sum(line.startswith("@") for line in text.splitlines())
    return len(json.loads(text).get("records", [])) if text.strip() else 0


# ------------------------------------------------------------------------------------------------- what is asked about


def sixty(records: Path) -> str:
    """Give sixty real works as a .bib file: with their DOI, with another's, with none, with one that is mistyped."""
    with gzip.open(records, "rt", encoding="utf-8") as lines:
        works = [record_to_reference(json.loads(line)) for line in lines]
    works = [work for work in works if work.author and len(work.title.split()) > 4 and work.year]
    chosen = works[:: len(works) // NUMBER][:NUMBER]
    return pipeline.write(Library([_stated(work, number, chosen) for number, work in enumerate(chosen)]))


def _stated(work: Reference, number: int, chosen: Sequence[Reference]) -> Reference:
    place = number % 10
    doi = ""
    if place < STATED:
        doi = work.doi
    elif place < STATED + WRONG:
        doi = chosen[number - 1].doi
    elif place < STATED + WRONG + MISTYPED:
        doi = f"{work.doi}.mistyped"
    return replace(work, id=reference_id("list", str(number)), key=f"work{number}", doi=doi, extra={}, provenance=())


# -------------------------------------------------------------------------------------------------------- the faults


@contextmanager
def serving(shared: Path, *options: str) -> Iterator[Service]:
    """Run the stand-in, which keeps to the limits of the real services."""
    words = [sys.executable, str(shared / "tools" / "crossref_standin.py"), "--port", "0", "--enforce"]
    words += ["--corpus", str(shared / "data" / "crossref" / "records.jsonl.gz"), "--max-seconds", "900", *options]
    # A client that is killed breaks its connections, which the service would tell at length.
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield Service(process.stdout.readline().split()[1])
        finally:
            process.terminate()


def plain(bench: Bench, fault: str, *, codes: Sequence[int] = (0,)) -> Iterator[Row]:
    """Run both commands to their end; then once more, which must ask nothing that was answered."""
    for command in ("enrich", "check"):
        before, _ = bench.service.stats()
        ran = bench.run(command)
        requests, over = bench.service.stats()
        # Wrong and mistyped DOIs are findings of `check`.
        expected = {*codes, 1} if command == "check" else {*codes}
        good = ran.came_out == NUMBER and not over and ran.code in expected
        yield Row(fault, command, ran, requests - before, over, good)


def again(bench: Bench) -> Iterator[Row]:
    """Run both commands when all is answered already: nothing may be asked."""
    for command in ("enrich", "check"):
        before, over_before = bench.service.stats()
        ran = bench.run(command)
        requests, over = bench.service.stats()
        good = ran.came_out == NUMBER and requests == before
        yield Row("run again", command, ran, requests - before, over - over_before, good)


def killed(bench: Bench, needed: int) -> Iterator[Row]:
    """Kill ``enrich`` without a word in the middle, and run it again: only what was under way may be asked twice."""
    began = time.monotonic()
    process = bench.start("enrich")
    while bench.service.stats()[0] < needed // 2 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    half, _ = bench.service.stats()
    yield Row("killed in the middle", "enrich", Ran(process.returncode, 0, time.monotonic() - began, ""), half, 0, True)
    ran = bench.run("enrich")
    requests, over = bench.service.stats()
    good = ran.came_out == NUMBER and not over and ran.code == 0 and requests <= needed + 4
    yield Row(f"resumed ({needed} needed in one run)", "enrich", ran, requests - half, over, good)


def two_at_once(bench: Bench, needed: int) -> Iterator[Row]:
    """Run ``enrich`` twice at the same time over one cache."""
    began = time.monotonic()
    processes = [(name, bench.start("enrich", name=name)) for name in ("-one", "-two")]
    runs = [bench.finish(process, "enrich", began, name=name) for name, process in processes]
    requests, over = bench.service.stats()
    for ran in runs:
        good = ran.came_out == NUMBER and ran.code == 0 and not over and requests <= 2 * needed
        yield Row("two processes, one cache", "enrich", ran, requests, over, good)


def table(shared: Path) -> Iterator[Row]:
    """Go through all faults, each with a service, a folder and a cache of its own."""
    text = sixty(shared / "data" / "crossref" / "records.jsonl.gz")
    needed = 0
    with fresh(shared, text) as bench:
        for row in plain(bench, "none"):
            needed = row.requests if row.command == "enrich" else needed
            yield row
        yield from again(bench)
    with fresh(shared, text, "--latency-ms", "400") as bench:
        yield from plain(bench, "400 ms latency")
    with fresh(shared, text, mail="") as bench:
        yield from plain(bench, "no mail: the slow pool")
    with fresh(shared, text, mail="fault503@example.org") as bench:
        yield from plain(bench, "every third answer a 503", codes=(0, 3))
    with fresh(shared, text, mail="faulthtml@example.org") as bench:
        yield from plain(bench, "every answer a web page", codes=(0, 3))
    with fresh(shared, text, "--latency-ms", "100") as bench:
        yield from killed(bench, needed)
    with fresh(shared, text, "--latency-ms", "1500") as bench:
        yield from two_at_once(bench, needed)


@contextmanager
def fresh(shared: Path, text: str, *options: str, mail: str = "list@example.org") -> Iterator[Bench]:
    """Give a bench over a service of its own."""
    with serving(shared, *options) as service, tempfile.TemporaryDirectory() as folder:
        yield Bench(Path(folder), service, text, mail=mail)


def main(words: Sequence[str]) -> int:
    """Print the table; give 1 where a row is not as it must be."""
    shared = Path(words[0]) if words else ROOT.parent / "shared"
    if not (shared / "tools" / "crossref_standin.py").exists():
        print(f"Skipped: there is no tools/crossref_standin.py in {shared}.")
        return 0
    print("| fault | command | exit | references | requests | over the limit | seconds | good |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    bad = 0
    for row in table(shared):
        ran = row.ran
        cells = (row.fault, row.command, ran.code, f"{ran.came_out}/{NUMBER}", row.requests, row.over)
        print(f"| {' | '.join(map(str, cells))} | {ran.seconds:.1f} | {'yes' if row.good else 'NO'} |")
        print(f"    {ran.said}", file=sys.stderr, flush=True)
        bad += not row.good
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
