"""The jobs that `bibtex_speed.py` measures, each in a process of its own: ``bibtex_jobs.py run ENGINE FILE``.

A .bib file comes in, figures go out as JSON: CPU seconds of reading and of writing, the peak of memory after each.
Before the measuring, ``bibtex_jobs.py prepare FOLDER`` writes files of real entries in random order, over and over
with keys of their own, or of made ones. Each engine is imported where it is used.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import logging
import pstats
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

#: Entries larger than this are no literature.
LARGEST = 20_000
_KEY = re.compile(r"[{(]\s*([^\s,{}()]+)\s*,")


def prepare(folder: Path, *, counts: list[int]) -> None:
    """Write a file for each number of entries."""
    macros, entries = real_entries()
    if not entries:
        macros, entries = [], made_entries(2000)
    for count in counts:
        numbered = (with_key(entries[number % len(entries)], number) for number in range(count))
        (folder / f"{count}.bib").write_text("\n\n".join([*macros, *numbered]) + "\n", "utf-8")


def real_entries() -> tuple[list[str], list[str]]:
    """Give the macros of the real files, each name once, and their entries, shuffled once and for all."""
    from alliancebib.bibtex.syntax import read_blocks
    from conformance.bibtex_files import bib_files, sources

    macros: dict[str, str] = {}
    entries = []
    for source in sources(bib_files()):
        for block in read_blocks(source.text):
            name = re.search(r"[{(]\s*([^\s=]+)\s*=", block.raw)
            if block.kind == "string" and not block.broken and name:
                macros.setdefault(name[1].lower(), block.raw)
            if block.kind == "entry" and not block.broken and len(block.raw) < LARGEST and _KEY.search(block.raw):
                entries.append(block.raw)
    random.Random(1).shuffle(entries)
    return list(macros.values()), entries


def made_entries(count: int) -> list[str]:
    """Make entries, as this library writes made items."""
    from alliancebib.bibtex.syntax import read_blocks
    from alliancebib.csl.items import from_csl
    from alliancebib.library import Library
    from alliancebib.writers import bibtex
    from conformance.varied_items import timing_items

    text = bibtex.write(Library(from_csl(item)[0] for item in timing_items(count)))
    return [block.raw for block in read_blocks(text) if block.kind == "entry"]


def with_key(entry: str, number: int) -> str:
    """Give an entry a key of its own.

    >>> with_key("@misc{ab, note={ab}}", 7)
    '@misc{ab-7, note={ab}}'
    """
    match = _KEY.search(entry)
    assert match is not None
    return f"{entry[: match.end(1)]}-{number}{entry[match.end(1) :]}"


def run_alliancebib(file: Path) -> Iterator[tuple[str, int]]:
    """Read everything of every entry; write all entries anew; write the file back as it was."""
    from alliancebib.files import read_source
    from alliancebib.readers import bibtex as reader

    yield "start", 0
    library = reader.read(read_source(file))
    yield "read", len(library)
    from alliancebib.writers import Options, bibtex

    yield "start", 0
    yield "write", len(bibtex.write(library, Options(anew=True)))
    yield "save", len(bibtex.write(library))


def run_splitter(file: Path) -> Iterator[tuple[str, int]]:
    """Divide into blocks with bibtexparser's splitter alone; write these."""
    from bibtexparser.splitter import Splitter
    from bibtexparser.writer import write

    yield "start", 0
    library = Splitter(file.read_text("utf-8")).split()
    yield "read", len(library.entries)
    yield "write", len(write(library))


def run_bibtexparser(file: Path) -> Iterator[tuple[str, int]]:
    """Read with bibtexparser, TeX decoded and names divided; write with the reverse."""
    from bibtexparser import middlewares
    from bibtexparser.entrypoint import parse_string, write_string

    yield "start", 0
    apart = [
        middlewares.LatexDecodingMiddleware(),
        middlewares.SeparateCoAuthors(),
        middlewares.SplitNameParts(),
    ]
    together = [
        middlewares.MergeNameParts(),
        middlewares.MergeCoAuthors(),
        middlewares.LatexEncodingMiddleware(),
    ]
    library = parse_string(file.read_text("utf-8"), append_middleware=apart)
    yield "read", len(library.entries)
    yield "write", len(write_string(library, prepend_middleware=together))


RUNS: dict[str, Callable[[Path], Iterator[tuple[str, int]]]] = {
    "alliancebib": run_alliancebib,
    "splitter": run_splitter,
    "names+decode": run_bibtexparser,
}


def run(engine: str, file: Path) -> dict[str, Any]:
    """Do one job; give CPU seconds, peak megabytes and what was made, step by step."""
    import resource  # not everywhere

    logging.disable()
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    steps: dict[str, Any] = {}
    before = time.process_time()
    for name, made in RUNS[engine](file):
        seconds = time.process_time() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
        if name != "start":  # imports
            steps[name] = {"seconds": seconds, "megabytes": peak, "made": made}
        before = time.process_time()
    return steps


def profile(file: Path, *, step: str, lines: int) -> None:
    """Print the functions of this library's reading, or of a later step, that cost most by themselves."""
    profiler = cProfile.Profile()
    for name, _ in run_alliancebib(file):  # each name comes when its step is done
        profiler.disable()
        if name == step:
            break
        profiler = cProfile.Profile()
        profiler.enable()
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(lines)


def main() -> None:
    """Prepare, do one job, or profile it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = ask.add_subparsers(dest="what", required=True)
    first = what.add_parser("prepare")
    first.add_argument("folder", type=Path)
    first.add_argument("--counts", nargs="+", type=int, required=True)
    one = what.add_parser("run")
    one.add_argument("engine", choices=RUNS)
    one.add_argument("file", type=Path)
    closer = what.add_parser("profile")
    closer.add_argument("file", type=Path)
    closer.add_argument("--step", choices=["read", "write", "save"], default="read")
    closer.add_argument("--lines", type=int, default=25)
    given = ask.parse_args()
    if given.what == "prepare":
        prepare(given.folder, counts=given.counts)
    elif given.what == "run":
        json.dump(run(given.engine, given.file), sys.stdout)
    else:
        profile(given.file, step=given.step, lines=given.lines)


if __name__ == "__main__":
    main()
