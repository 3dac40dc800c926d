"""An index of up to a million records, measured: ``python tests/benchmarks/local_index.py [COUNT...]``.

The records are made of real ones (``data/crossref/matching_corpus.jsonl.gz`` of the shared folder, 37,869) by drawing
words of titles, names and numbers anew, each with a DOI of its own; everything stands in a temporary folder that is
taken away. Each index is made and searched in a process of its own. Told are the time, the peak of its memory, the size
of the index, and how long a search takes. Nothing is asserted: machines are shared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from alliancebib.model import Origin, Reference
from alliancebib.resolvers.local import Local, make_index

SHARED = Path(__file__).parents[3] / "shared"
COUNTS = (10_000, 100_000, 1_000_000)
SEARCHES = 400

Record = dict[str, Any]


def made_records(real: Sequence[Record], count: int, seed: int = 5) -> Iterator[Record]:
    """Make so many records, each from a real one with other names, numbers, and words for a third of its title."""
    draw = random.Random(seed)
    words = [word for record in real for title in record.get("title", ()) for word in title.split()]
    families = [who["family"] for record in real for who in record.get("author", ()) if who.get("family")]
    for number in range(count):
        record = dict(draw.choice(real))
        record["DOI"] = f"10.5555/{number}.{record['DOI'].partition('/')[2]}"
        record["title"] = [
            " ".join(draw.choice(words) if draw.random() < 0.33 else word for word in title.split())
            for title in record.get("title", ())
        ]
        record["author"] = [dict(who) | {"family": draw.choice(families)} for who in record.get("author", ())]
        record["issued"] = {"date-parts": [[draw.randint(1950, 2026)]]}
        start = draw.randint(1, 3000)
        record |= {"volume": str(draw.randint(1, 300)), "page": f"{start}-{start + draw.randint(1, 30)}"}
        yield record


def string_of(record: Record) -> str:
    """Make a reference string of a record."""
    people = ", ".join(f"{who.get('given', '')[:1]}. {who['family']}" for who in record["author"][:3])
    place = f"{' '.join(record.get('container-title', ()))} {record['volume']}, {record['page']}"
    return f"{people} ({record['issued']['date-parts'][0][0]}). {' '.join(record['title'])}. {place}."


def measured(source: Path, strings: Path, path: Path) -> dict[str, float]:
    """Make the index and search it; give seconds, bytes and the share of works found among the first ten."""
    began = time.perf_counter()
    make_index([source], path)
    seconds = time.perf_counter() - began
    peak = _peak()
    local, times, found = Local(path), [], 0
    for row in map(json.loads, strings.read_text("utf-8").splitlines()):
        wanted = Reference(id="x", title=row["text"], origins=(Origin(raw=row["text"]),))
        began = time.perf_counter()
        works = local.search(wanted)
        times.append(time.perf_counter() - began)
        found += row["doi"].lower() in {work.doi for work in works}
    return {
        "seconds": seconds,
        "peak": peak,
        "size": path.stat().st_size,
        "median": median(times),
        "p95": quantiles(times, n=20)[-1],
        "found": found / len(times),
    }


def _peak() -> int:
    """Give the most memory that this process had, in bytes; what `resource` says counts the parent's in on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text("utf-8").partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with data and tools")
    parser.add_argument("--job", type=Path, nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.job:
        sys.stdout.write(json.dumps(measured(*given.job)))
        return
    with gzip.open(given.shared / "data" / "crossref" / "matching_corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        real = [json.loads(line) for line in lines]
    sys.stdout.write(f"{'records':>10}{'source MB':>11}{'seconds':>9}{'a second':>10}{'peak MB':>9}{'index MB':>10}")
    sys.stdout.write(f"{'search ms':>11}{'95 % ms':>9}{'in first ten':>14}\n")
    for count in given.counts:
        with tempfile.TemporaryDirectory() as folder:
            _measure(real, count, Path(folder))


def _measure(real: Sequence[Record], count: int, folder: Path) -> None:
    source, strings = folder / "records.jsonl", folder / "strings.jsonl"
    every = max(1, count // SEARCHES)
    with source.open("w", encoding="utf-8") as records, strings.open("w", encoding="utf-8") as texts:
        for number, record in enumerate(made_records(real, count)):
            records.write(f"{json.dumps(record, ensure_ascii=False)}\n")
            if number % every == 0:
                texts.write(f"{json.dumps({'doi': record['DOI'], 'text': string_of(record)})}\n")
    words = [sys.executable, __file__, "--job", source, strings, folder / "records.index"]
    done = subprocess.run(list(map(str, words)), check=True, stdout=subprocess.PIPE)
    found = json.loads(done.stdout)
    sys.stdout.write(f"{count:10,}{source.stat().st_size / 1e6:11.1f}{found['seconds']:9.1f}")
    sys.stdout.write(f"{count / found['seconds']:10,.0f}{found['peak'] / 1e6:9.0f}{found['size'] / 1e6:10.1f}")
    sys.stdout.write(f"{found['median'] * 1e3:11.2f}{found['p95'] * 1e3:9.2f}{found['found']:14.3f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
