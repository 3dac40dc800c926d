"""Works found for reference strings, as a table: ``python tests/conformance/matching_table.py [--standin]``.

The strings of the development set (``data/crossref/matching_dev.jsonl.gz`` of the shared folder: 1,200, a third of them
of works that the corpus does not hold) are read and matched as ``match --lines`` does: against a local index of the
corpus, or with ``--standin`` against a service that answers as Crossref does, on a free port of this machine. Printed
are precision, recall and the share of works among the three best, for each kind of string; how often a probability is
right; and times. ``--list`` adds what was wrong or missed. With ``--fields`` what was read is matched as if it had come
as fields, as out of a .bib file, without the string.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.message import Message
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from msgspec.structs import replace

from alliancebib import normalise, parse, pipeline, source_of
from alliancebib.config import Settings
from alliancebib.library import Library
from alliancebib.resolvers import Resolver
from alliancebib.resolvers.crossref import Crossref
from alliancebib.resolvers.local import Local, make_index
from alliancebib.verification import Found
from alliancebib.web import Answer, Visit

SHARED = Path(__file__).parents[3] / "shared"
#: Kinds of strings that do not have the title of their work.
TITLELESS = frozenset(
    """american-chemical-society american-institute-of-physics american-institute-of-physics-noise
    elsevier-without-titles""".split()
)
DEGREES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)


class Row(NamedTuple):
    """A string with the DOI that it means, the one that was taken, the three best, and the probability of the best."""

    kind: str
    text: str
    doi: str | None
    taken: str | None
    best: tuple[str, ...]
    probability: float


class Figures(NamedTuple):
    """Counts over rows, and the shares made of them."""

    strings: int
    known: int
    right: int
    wrong: int
    shown: int

    @property
    def precision(self) -> float:
        """The share of right ones among the DOIs taken."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the works there are that were taken."""
        return self.right / self.known if self.known else 1.0

    @property
    def top_three(self) -> float:
        """The share of the works there are that were taken or proposed."""
        return self.shown / self.known if self.known else 1.0


class Unpaced:
    """A web that asks as fast as it can, for a service on this machine."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, url: str, *, params: Mapping[str, str] | None = None, **_: object) -> Answer:
        """Put a question."""
        address = f"{url}?{urlencode(params)}" if params else url
        try:
            with self._opener.open(address, timeout=60) as reply:
                return Answer(url=address, status=reply.status, headers=_headers(reply.headers), body=reply.read())
        except urllib.error.HTTPError as error:
            return Answer(url=address, status=error.code, headers=_headers(error.headers), body=error.read())

    def visit(self, url: str) -> Visit:
        """Refuse: no address is visited here."""
        raise NotImplementedError(url)


def _headers(found: Message[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in found.items()}


def strings(shared: Path = SHARED) -> list[dict[str, str | None]]:
    """Read the strings, each on one line."""
    with gzip.open(shared / "data" / "crossref" / "matching_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [row | {"text": " ".join(row["text"].split())} for row in map(json.loads, lines)]


def read(rows: Sequence[Mapping[str, str | None]]) -> Library:
    """Read strings as ``match --lines`` does."""
    text = "".join(f"{row['text']}\n" for row in rows)
    page = pipeline.read_each_line(source_of(text, name="strings.txt"))
    library = normalise(parse(page), Settings().rules).settled()
    assert len(library) == len(rows)
    return library


def as_fields(library: Library) -> Library:
    """Give references without the strings that they were read from."""
    return library.with_references([replace(reference, spans=()) for reference in library])


def judged(rows: Sequence[Mapping[str, str | None]], library: Library, resolvers: Sequence[Resolver]) -> list[Row]:
    """Match strings, taking the best whatever its probability, unless something speaks against it."""
    found = pipeline.match(library, resolvers, threshold=0.0)
    return [_row(row, one) for row, one in zip(rows, found, strict=True)]


def at(threshold: float, rows: Iterable[Row]) -> list[Row]:
    """Give rows as they are at a threshold: what is less probable is not taken."""
    return [row if row.probability >= threshold else row._replace(taken=None) for row in rows]


def _row(row: Mapping[str, str | None], found: Found) -> Row:
    judgement = found.judgement
    assert judgement is not None, found.problem
    doi = row["doi"]
    return Row(
        kind=str(row["kind"]),
        text=str(row["text"]),
        doi=doi.lower() if doi else None,
        taken=judgement.accepted.doi if judgement.accepted else None,
        best=tuple(proposal.candidate.doi for proposal in judgement.proposals[:3]),
        probability=judgement.probability,
    )


def figures(rows: Iterable[Row]) -> Figures:
    """Count."""
    rows = list(rows)
    return Figures(
        strings=len(rows),
        known=sum(row.doi is not None for row in rows),
        right=sum(row.doi is not None and row.doi == row.taken for row in rows),
        wrong=sum(row.taken is not None and row.doi != row.taken for row in rows),
        shown=sum(row.doi is not None and row.doi in row.best for row in rows),
    )


def titleless(rows: Iterable[Row]) -> list[Row]:
    """Give the rows whose strings have no title."""
    return [row for row in rows if row.kind in TITLELESS]


def local_index(folder: Path, shared: Path = SHARED) -> Local:
    """Make an index of the corpus, and the resolver over it."""
    path = folder / "records.index"
    make_index([shared / "data" / "crossref" / "matching_corpus.jsonl.gz"], path)
    return Local(path)


@contextmanager
def standin(shared: Path = SHARED, seconds: int = 900) -> Iterator[Crossref]:
    """Run the stand-in for Crossref over the corpus; its limits are stated but not enforced, and not kept to."""
    corpus = shared / "data" / "crossref" / "matching_corpus.jsonl.gz"
    tool = shared / "tools" / "crossref_standin.py"
    words = [sys.executable, tool, "--corpus", corpus, "--port", "0", "--max-seconds", str(seconds)]
    with subprocess.Popen(list(map(str, words)), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Crossref(Unpaced(), base_url=process.stdout.readline().split()[1])
        finally:
            process.terminate()


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Give the figures by kind as lines of a table."""
    kinds = sorted({row.kind for row in rows}, key=lambda kind: (kind == "absent", kind))
    slices = {kind: [row for row in rows if row.kind == kind] for kind in kinds}
    slices |= {"without title": titleless(rows), "all": list(rows)}
    yield f"{'':36}{'strings':>8}{'right':>7}{'wrong':>7}{'P':>8}{'R':>8}{'top 3':>8}"
    for name, chosen in slices.items():
        found = figures(chosen)
        shares = (found.precision, found.recall, found.top_three) if found.known else (found.precision,)
        yield f"{name:36}{found.strings:8}{found.right:7}{found.wrong:7}" + "".join(f"{share:8.4f}" for share in shares)


def calibration(rows: Sequence[Row]) -> Iterator[str]:
    """Say for each degree of probability how often the best candidate is the one that the string means."""
    yield f"{'probability of the best':36}{'strings':>8}{'mean':>8}{'right':>8}"
    for low, high in pairwise(DEGREES):
        these = [row for row in rows if low <= row.probability < high and row.best]
        if these:
            mean = sum(row.probability for row in these) / len(these)
            right = sum(row.best[0] == row.doi for row in these) / len(these)
            yield f"{f'{low:.2f} to {min(high, 1):.2f}':36}{len(these):8}{mean:8.3f}{right:8.3f}"


def by_threshold(rows: Sequence[Row], thresholds: Sequence[float] = (0.5, 0.7, 0.8, 0.9, 0.95)) -> Iterator[str]:
    """Give precision and recall at several thresholds."""
    yield f"{'threshold':36}{'P':>8}{'R':>8}"
    for threshold in thresholds:
        found = figures(at(threshold, rows))
        yield f"{threshold:<36}{found.precision:8.4f}{found.recall:8.4f}"


def faults(rows: Iterable[Row]) -> Iterator[str]:
    """Name what was wrong or missed."""
    for row in rows:
        if row.taken != row.doi:
            what = "wrong" if row.taken else "missed"
            shown = "" if row.doi in row.best else ", not shown"
            yield f"{what} ({row.probability:.2f}{shown}) {row.taken} for {row.doi}: {row.kind}: {row.text[:160]}"


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with data and tools")
    parser.add_argument("--standin", action="store_true", help="ask a service instead of the local index")
    parser.add_argument("--fields", action="store_true", help="match the fields that were read, without the strings")
    parser.add_argument("--threshold", type=float, default=Settings().enrich.threshold)
    parser.add_argument("--list", action="store_true", help="name what was wrong or missed")
    given = parser.parse_args()
    rows = strings(given.shared)
    began = time.perf_counter()
    library = as_fields(read(rows)) if given.fields else read(rows)
    times = [("reading the strings", time.perf_counter() - began)]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        if given.standin:
            with standin(given.shared) as service:
                times.append(("starting the service", time.perf_counter() - began))
                found = _timed(rows, library, service, times)
        else:
            index = local_index(Path(folder), given.shared)
            times.append(("making the index", time.perf_counter() - began))
            found = _timed(rows, library, index, times)
    parts: list[Iterable[str]] = [table(at(given.threshold, found)), calibration(found), by_threshold(found)]
    parts += [[f"{what:36}{seconds:8.3f} s" for what, seconds in times]]
    parts += [faults(at(given.threshold, found))] if given.list else []
    sys.stdout.write("\n\n".join("\n".join(part) for part in parts) + "\n")


def _timed(
    rows: Sequence[Mapping[str, str | None]],
    library: Library,
    resolver: Resolver,
    times: list[tuple[str, float]],
) -> list[Row]:
    began = time.perf_counter()
    found = judged(rows, library, [resolver])
    times.append((f"matching {len(rows):,} strings", time.perf_counter() - began))
    began = time.perf_counter()
    for reference in list(library)[:200]:
        resolver.search(reference)
    times.append(("one search", (time.perf_counter() - began) / min(len(library), 200)))
    return found


if __name__ == "__main__":
    main()
