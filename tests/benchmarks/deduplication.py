"""Deduplication beside bib-dedupe on sets with known duplicates; and how it grows.

``python tests/benchmarks/deduplication.py --peer VENV/bin/python`` runs both programs on the labelled sets that lie
beside the repository (``data/duplicates`` of the shared folder), and on pairs that look like one work and are two. The
peer is never imported here: it is run by the interpreter of an environment of its own, made with
``python -m venv VENV && VENV/bin/pip install bib-dedupe==0.11.0``. It runs in both of its ways: by itself it uses all
processors, ``one CPU`` spares it the cost of that; a few of its verdicts differ between the two. Every job is a process
of its own, the programs take turns, a figure is the median of the rounds. CPU seconds are those of a process and its
children: ``whole`` from the start of the interpreter to its end, ``alone`` without start, imports and reading. Memory
is the peak of the largest process.

Then records that are made up (``made_records.py``), more and more of them, show the growth: ``--growth COUNT...``,
each once, the peer up to 10,000 only; ``--growth`` without a number leaves it out, as ``--sets`` does with the sets.
Markdown comes to standard output, progress to standard error, all figures to ``--json FILE``. Nothing is asserted:
machines are shared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # started as a program, it still finds the tests
from benchmarks.made_records import truth_of
from shared_data import SHARED

JOBS = Path(__file__).with_name("deduplication_jobs.py")
DATA = SHARED / "data" / "duplicates"
SETS = ("stroke", "haematology", "respiratory", "diabetes")
TRICKY = "tricky_dev"
COUNTS = (1_000, 10_000, 100_000)
#: Ours, by the names of `deduplication_jobs.py`. The first that runs is what the others are ratios to.
ENGINES = ("alliancebib",)
PEERS = ("bib-dedupe, one CPU", "bib-dedupe")
#: bib-dedupe needs a quarter of an hour for ten times as many.
PEER_MOST = 10_000

#: What one run of one program gave, as JSON says it.
Run = dict[str, Any]


class Score(NamedTuple):
    """How clusters agree with the truth, pair by pair; and how many works vanish in others."""

    precision: float
    recall: float
    lost: int

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(truth: Mapping[str, str], clusters: Iterable[Iterable[str]]) -> Score:
    """Judge clusters; records in none stand alone."""
    right = found = lost = 0
    for cluster in clusters:
        works = Counter(truth[member] for member in cluster)
        right += sum(map(_pairs, works.values()))
        found += _pairs(works.total())
        lost += len(works) - 1
    known = sum(map(_pairs, Counter(truth.values()).values()))
    return Score(right / found if found else 1.0, right / known if known else 1.0, lost)


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def judge_pairs(pairs: Sequence[Mapping[str, Any]], clusters: Iterable[Sequence[str]]) -> dict[str, tuple[int, int]]:
    """Count the pairs of different works that were joined, and those of one work that were not; each of how many."""
    together = {frozenset(cluster) for cluster in clusters}
    wrong, all_ = Counter[str](), Counter(pair["label"] for pair in pairs)
    for pair in pairs:
        joined = frozenset((pair["a"]["id"], pair["b"]["id"])) in together
        wrong[pair["label"]] += joined == (pair["label"] == "different")
    return {label: (wrong[label], all_[label]) for label in ("different", "same")}


def run(python: str, program: str, what: str) -> Run:
    """Do one job in a process of its own, and add the CPU seconds of all of it."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONPATH" or python == sys.executable
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [python, str(JOBS), program, what], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        sys.exit(f"{program} failed:\n{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer: Run = json.loads(done.stdout)
    answer["whole"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    say(f"{program}, {Path(what).stem}: {answer['alone']:.1f} of {answer['whole']:.1f} CPU s")
    return answer


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def in_turns(pythons: Mapping[str, str], what: str, *, rounds: int) -> dict[str, Run]:
    """Let the programs take turns; give the answers of the last round with the medians of what was measured."""
    runs = [{program: run(python, program, what) for program, python in pythons.items()} for _ in range(rounds)]
    measured = ("whole", "alone", "reading", "megabytes", "above")
    return {
        program: last | {name: median(one[program][name] for one in runs) for name in measured}
        for program, last in runs[-1].items()
    }


def row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def heading(*names: str) -> Iterator[str]:
    yield row(*names)
    yield row(*("---" for _ in names))


def sets_beside(
    pythons: Mapping[str, str], names: Sequence[str], folder: Path, *, rounds: int, told: list[Run]
) -> Iterator[str]:
    """Give the table of the labelled sets, and its sums."""
    heads = ("set", "program", "precision", "recall", "F1", "works lost", "in review")
    yield from heading(*heads, "CPU s, whole", "alone", "ratio, whole", "alone", "peak MB")
    sums: dict[str, dict[str, float]] = {}
    for name in names:
        with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            (folder / f"{name}.json").write_text(json.dumps([[json.loads(line) for line in lines]]), "utf-8")
        truth = json.loads((DATA / f"{name}.truth.json").read_text("utf-8"))
        answers = in_turns(pythons, str(folder / f"{name}.json"), rounds=rounds)
        for program, answer in answers.items():
            found = score(truth, answer["clusters"])
            review = len(answer["review"])
            sums[program] = _added(sums.get(program, {}), {**answer, "lost": found.lost, "review": review})
            told.append({"set": name, "program": program, **found._asdict(), **figures_of(answer)})
            shares = [f"{share:.4f}" for share in (found.precision, found.recall, found.f1)]
            yield row(name, program, *shares, found.lost, review, *_cost(answer, answers))
    for program, total in sums.items():
        yield row("all", program, "", "", "", total["lost"], total["review"], *_cost(total, sums))


def _added(total: Mapping[str, float], answer: Run) -> dict[str, float]:
    added = {name: total.get(name, 0) + answer[name] for name in ("lost", "review", "whole", "alone")}
    return added | {"megabytes": max(total.get("megabytes", 0), answer["megabytes"])}


def figures_of(answer: Run) -> Run:
    """Give the figures of an answer without the lists."""
    return answer | {"clusters": len(answer["clusters"]), "review": len(answer["review"])}


def _cost(answer: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]]) -> list[str]:
    first = next(iter(answers.values()))
    ratios = [f"{answer[name] / first[name]:.1f}" for name in ("whole", "alone")]
    return [f"{answer['whole']:.1f}", f"{answer['alone']:.2f}", *ratios, f"{answer['megabytes']:.0f}"]


def tricky_beside(pythons: Mapping[str, str], folder: Path, *, rounds: int, told: list[Run]) -> Iterator[str]:
    """Give the table of the pairs that look like one work and are two, or the other way about."""
    pairs = json.loads((DATA / f"{TRICKY}.json").read_text("utf-8"))["pairs"]
    (folder / f"{TRICKY}.json").write_text(json.dumps([[pair["a"], pair["b"]] for pair in pairs]), "utf-8")
    heads = ("tricky pairs", "falsely merged", "missed", "in review")
    yield from heading(*heads, "CPU s, whole", "alone", "ratio, whole", "alone", "peak MB")
    answers = in_turns(pythons, str(folder / f"{TRICKY}.json"), rounds=rounds)
    for program, answer in answers.items():
        judged = judge_pairs(pairs, answer["clusters"])
        wrong = [f"{count} of {all_}" for count, all_ in judged.values()]
        told.append({"set": TRICKY, "program": program, **judged, **figures_of(answer)})
        yield row(program, *wrong, len(answer["review"]), *_cost(answer, answers))


def growth(pythons: Mapping[str, str], counts: Sequence[int], *, told: list[Run]) -> Iterator[str]:
    """Give the table of more and more records; the exponent is 1 where the time grows as their number does."""
    heads = ("program", "records", "precision", "recall", "works lost", "in review", "candidates a record")
    yield from heading(*heads, "CPU s, reading", "alone", "exponent", "ms a record", "MB above bare")
    for program, python in pythons.items():
        before: tuple[int, float] | None = None
        for count in counts:
            if program in PEERS and count > PEER_MOST:
                continue
            answer = run(python, program, str(count))
            found = score(truth_of(count), answer["clusters"])
            told.append({"made": count, "program": program, **found._asdict(), **figures_of(answer)})
            candidates = "–" if answer["candidates"] is None else f"{answer['candidates'] / count:.2f}"
            steepness = f"{exponent(before, (count, answer['alone'])):.2f}" if before else "–"
            before = (count, answer["alone"])
            yield row(
                *(program, f"{count:,}", f"{found.precision:.4f}", f"{found.recall:.4f}", found.lost),
                *(len(answer["review"]), candidates, f"{answer['reading']:.1f}", f"{answer['alone']:.1f}", steepness),
                *(f"{1000 * answer['alone'] / count:.2f}", f"{answer['above']:.0f}"),
            )


def exponent(smaller: tuple[int, float], larger: tuple[int, float]) -> float:
    """Give the power of the number that the time grew with, from two numbers with their times."""
    return math.log(larger[1] / smaller[1]) / math.log(larger[0] / smaller[0])


def tables(given: argparse.Namespace, folder: Path, told: list[Run]) -> Iterator[str]:
    """Give all tables, row by row."""
    peers = dict.fromkeys(PEERS, given.peer) if given.peer else {}
    pythons = dict.fromkeys(given.engine, sys.executable) | peers
    there = [name for name in given.sets if (DATA / f"{name}.jsonl.gz").exists()]
    if missing := set(given.sets) - set(there):
        say(f"Not beside this repository, left out: {', '.join(sorted(missing))} ({DATA}).")
    if there:
        yield from sets_beside(pythons, there, folder, rounds=given.rounds, told=told)
        yield ""
    if given.sets and (DATA / f"{TRICKY}.json").exists():
        yield from tricky_beside(pythons, folder, rounds=given.rounds, told=told)
        yield ""
    if given.growth:
        # Where it uses all processors, its time tells more of the machine than of the growth.
        one = {program: python for program, python in pythons.items() if program != PEERS[1]}
        yield from growth(one, given.growth, told=told)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--peer", default="", metavar="PYTHON", help="the interpreter that has bib-dedupe")
    ask.add_argument("--sets", nargs="*", choices=SETS, default=SETS, metavar="NAME", help=f"of {', '.join(SETS)}")
    ask.add_argument("--growth", type=int, nargs="*", default=COUNTS, metavar="COUNT")
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--engine", nargs="+", choices=ENGINES, default=list(ENGINES[:1]), help="ours")
    ask.add_argument("--json", type=Path, metavar="FILE")
    given = ask.parse_args()
    told: list[Run] = []
    with tempfile.TemporaryDirectory() as folder:
        for line in tables(given, Path(folder), told):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    if given.json:
        given.json.write_text(json.dumps(told, indent=1), "utf-8")


if __name__ == "__main__":
    main()
