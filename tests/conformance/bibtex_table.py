"""One table of how far the BibTeX layer has come: every measure in one run, what is asked beside what is reached.

``python tests/conformance/bibtex_table.py --pandoc PROGRAM --npm node_modules`` runs `bibtex_score`, `bibtex_peers`,
`compare_pandoc` in both dialects, the speed of ``tests/benchmarks`` and ``--fuzz`` seconds of the fuzzer. A measure
whose peer is not installed says so. The programs by themselves tell more.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alliancebib.files import Source
from benchmarks import bibtex_speed
from benchmarks.bibtex_speed import Job
from conformance import bibtex_peers, bibtex_score, compare_pandoc
from conformance.bibtex_files import ABSENT, FOLDER, bib_files, sources
from property import fuzz_bibtex

#: Entries read for the figures of speed, and for that of growth.
SIZES = (10_000, 100_000)


class Row(NamedTuple):
    """A line of the table: what is measured, what is asked, what is reached."""

    what: str
    asked: str
    reached: str


def scores(folder: Path) -> Iterator[Row]:
    """Micro checks, losses, and files that come back."""
    micro, files = bibtex_score.scores(folder)
    wrong = f" ({', '.join(micro.wrong)})" if micro.wrong else ""
    yield Row("micro checks", "all that agree", f"{micro.right} / {micro.checks}{wrong}")
    yield Row("real files that raise", "0", f"{len(files.raised)} of {files.files}")
    lost = [key for keys in files.lost.values() for key in keys]
    yield Row("entries lost that three readers see", "0", f"{len(lost)}{' ' if lost else ''}{' '.join(lost)}")
    yield Row("read, write: the same bytes", "all", f"{files.files - len(files.changed)} / {files.files}")
    yield Row(
        "written anew: second writing as the first", "all", f"{files.files - len(files.unsteady)} / {files.files}"
    )


def beside_bibtex(files: Sequence[Source], program: str | None) -> Iterator[Row]:
    """Fields that real BibTeX has the same."""
    what = "fields equal to real BibTeX's, inherited ones included"
    if program is None:
        yield Row(what, "99.9 %", "bibtex is not installed")
        return
    _, tally = bibtex_peers.measure(program, files)
    aside = sum(len(tally.found[kind]) for kind in bibtex_peers.ASIDE)
    share = 100 * tally.equal / max(1, tally.compared - aside)
    set_aside = f"{aside} set aside: {', '.join(bibtex_peers.ASIDE)}"
    yield Row(what, "99.9 %", f"{share:.2f} % of {tally.compared - aside} ({set_aside})")


def beside_pandoc(files: Sequence[Source], program: str | None, npm: Path | None) -> Iterator[Row]:
    """Values that pandoc has the same, variable by variable where citation-js has more of them."""
    for dialect in ("biblatex", "bibtex"):
        what = f"CSL-JSON equal to pandoc's, {dialect}"
        if program is None or npm is None:
            yield Row(what, "more than citation-js", "pandoc or citation-js is not installed")
            continue
        tally = compare_pandoc.measure(program, files, npm=npm, dialect=dialect).tally
        total = sum(tally.pandoc.values())
        equal = {
            engine: sum(tally.columns[variable, engine].equal for variable in tally.pandoc)
            for engine in compare_pandoc.ENGINES
        }
        shares = ", ".join(f"{engine} {100 * count / max(1, total):.1f} %" for engine, count in equal.items())
        yield Row(what, "more than citation-js", f"{shares} of {total} values")
        behind = []
        for variable, count in tally.pandoc.most_common():
            ours, theirs = (tally.columns[variable, engine].equal for engine in compare_pandoc.ENGINES)
            if ours < theirs:
                behind.append(f"{variable} {ours} / {theirs} of {count}")
        yield Row("  variables where citation-js has more", "none undefended", "; ".join(behind) or "none")


def speed(runs: int) -> Iterator[Row]:
    """Time and memory beside bibtexparser's splitter, and growth."""
    given = argparse.Namespace(runs=runs, count=list(SIZES), engine=["alliancebib", "splitter"])
    with tempfile.TemporaryDirectory() as name:
        counts = [str(count) for count in given.count]
        subprocess.run([sys.executable, str(bibtex_speed.JOBS), "prepare", name, "--counts", *counts], check=True)
        found = bibtex_speed.measure_all(given, Path(name))
    few, many = SIZES
    ours, peer = found[Job(few, "alliancebib"), "read"], found[Job(few, "splitter"), "read"]
    yield Row(f"reading {few} entries, CPU of the splitter's", "1.5", f"{ours.seconds / peer.seconds:.2f}")
    yield Row(f"reading {few} entries, memory of the splitter's", "1", f"{ours.megabytes / peer.megabytes:.2f}")
    growth = found[Job(many, "alliancebib"), "read"].seconds / ours.seconds
    yield Row(f"growth from {few} to {many} entries", f"{many // few}", f"{growth:.1f}")


def fuzzed(seconds: float, seed: int) -> Iterator[Row]:
    """What the fuzzer finds."""
    files = fuzz_bibtex.Files()
    seen: Counter[str] = Counter()
    ends, case = time.process_time() + seconds, seed * 10_000_000
    while time.process_time() < ends:
        seen[fuzz_bibtex.outcome_of(fuzz_bibtex.a_file(case, files))] += 1
        case += 1
    faults = ", ".join(f"{fault} {count}" for fault, count in seen.most_common() if fault) or "no fault"
    yield Row(f"fuzz, {seconds:.0f} CPU s, seed {seed}", "no fault", f"{sum(seen.values())} cases: {faults}")


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--pandoc", default="pandoc", help="the program")
    ask.add_argument("--npm", type=Path, help="a node_modules with citation-js")
    ask.add_argument("--runs", type=int, default=3, help="of the measure of speed; 0 leaves it out")
    ask.add_argument("--fuzz", type=float, default=60, metavar="SECONDS")
    ask.add_argument("--seed", type=int, default=1)
    given = ask.parse_args()
    if not FOLDER.is_dir():
        print(ABSENT)  # noqa: T201
        return
    files = sources(bib_files())
    print("| what | asked | reached |\n|---|---|---|")  # noqa: T201
    measures = [
        scores(FOLDER),
        beside_bibtex(files, shutil.which("bibtex")),
        beside_pandoc(files, shutil.which(given.pandoc), given.npm),
        speed(given.runs) if given.runs else iter(()),
        fuzzed(given.fuzz, given.seed) if given.fuzz else iter(()),
    ]
    for row in (row for measure in measures for row in measure):
        print(f"| {row.what} | {row.asked} | {row.reached} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
