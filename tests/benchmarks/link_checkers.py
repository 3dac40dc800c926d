"""Our link check beside LinkChecker and linkinator, on a farm of misbehaving pages; and how it grows.

``python tests/benchmarks/link_checkers.py`` serves the farm of ``tools/linkfarm.py`` in the shared folder on loopback
and checks its 2,000 addresses with the command line, as a user would. Peers are never imported: they are programs,
named by ``--linkchecker VENV/bin/linkchecker`` (``pip install LinkChecker``, GPL) and
``--linkinator node_modules/.bin/linkinator`` (``npm install linkinator``). Told are seconds, CPU seconds, the peak of
memory, how many verdicts are right, how many pages of which nothing can be known are called dead, how often a host was
asked before the time that it had named, and how many requests it had at a time.

``--growth 5000 50000`` checks so many addresses of ordinary pages instead, each number in a process of its own, and
tells time and memory. Nothing is asserted: machines are shared.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # started as a program, it still finds the tests
from shared_data import SHARED

FARM = SHARED / "tools" / "linkfarm.py"
CONTROL = "http://127.0.0.2:8400"
HEADS = {"s": 7, "of ours": 9, "CPU s": 7, "MB": 6, "right": 12, "called dead": 13, "early": 7, "at a time": 11}
#: Nobody is waited for longer.
LIMIT = 420
#: Grace is for users, who check again another day: here what never answers is dead at once.
OURS = [sys.executable, "-m", "alliancebib", "check", "--allow-private", "--grace", "0", "--deadline", str(LIMIT)]


class Ran(NamedTuple):
    """What a checker took, and what it said of each address."""

    seconds: float
    cpu: float
    megabytes: float
    verdicts: dict[str, str]


@contextlib.contextmanager
def farm(folder: Path, *options: str) -> Iterator[None]:
    """Serve the farm while the block runs; its lists are in the folder."""
    command = [sys.executable, str(FARM), "--out", str(folder), "--serve", "--max-seconds", str(5 * LIMIT), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline().strip() == "ready"
            yield
        finally:
            server.terminate()


def ran(command: list[str], read: Callable[[str], dict[str, str]], *, cwd: Path) -> Ran:
    """Run a checker in a process of its own and read what it says."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    environment = os.environ | {"XDG_CACHE_HOME": str(cwd / "cache"), "PYTHONDONTWRITEBYTECODE": ""}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=cwd, env=environment)
    try:
        out, _ = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        out, _ = process.communicate()
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(seconds, cpu, after.ru_maxrss / 1024, read(out.decode("utf-8", "replace")))


def read_ours(text: str) -> dict[str, str]:
    return {link["url"]: link["verdict"] for link in json.loads(text)["links"]}


def read_linkchecker(text: str) -> dict[str, str]:
    """Read the CSV: the address as it stands in the page, "True" for valid; a warning is not an error."""
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";")
    return {row["urlname"]: "ok" if row["valid"] == "True" else "dead" for row in rows if row.get("valid")}


def read_linkinator(text: str) -> dict[str, str]:
    try:
        links = json.loads(text[text.index("{") :])["links"]
    except (ValueError, KeyError):
        return {}
    return {link["url"]: {"OK": "ok", "BROKEN": "dead"}.get(link["state"], "uncertain") for link in links}


def score(expected: dict[str, dict[str, str]], verdicts: dict[str, str]) -> tuple[int, int, int, int]:
    """Give right ones of how many definite, and dead ones of how many uncertain."""
    given = {unquote(url).partition("#")[0]: verdict for url, verdict in verdicts.items()}  # some leave fragments out
    definite = [url for url, link in expected.items() if link["verdict"] != "uncertain"]
    open_ = [url for url, link in expected.items() if link["verdict"] == "uncertain"]
    said = {url: given.get(unquote(url).partition("#")[0]) for url in expected}
    right = sum(said[url] == expected[url]["verdict"] for url in definite)
    return right, len(definite), sum(said[url] == "dead" for url in open_), len(open_)


def control(name: str) -> dict[str, Any]:
    with urlopen(f"{CONTROL}/{name}", timeout=30) as answer:
        body = answer.read()
    return dict(json.loads(body)) if name == "__stats" else {}


def side_by_side(folder: Path, linkchecker: str, linkinator: str) -> Iterator[str]:
    """Run each checker on the farm, one after the other, and give the table."""
    folder.chmod(0o755)  # LinkChecker gives its rights up where root starts it
    page = folder / "links.html"
    jobs: dict[str, tuple[list[str], Callable[[str], dict[str, str]]]] = {
        "alliancebib": ([*OURS, "--urls", str(folder / "urls.txt"), "--report", "json"], read_ours)
    }
    if linkchecker:
        options = ["--check-extern", "--recursion-level=1", "--timeout=10", "--threads=32", "--verbose", "-o", "csv"]
        jobs["LinkChecker"] = ([linkchecker, *options, str(page)], read_linkchecker)
    if linkinator:
        options = ["--format", "json", str(page)]
        jobs["linkinator"] = ([linkinator, *options], read_linkinator)
        jobs["  10 s, 32"] = ([linkinator, "--timeout", "10000", "--concurrency", "32", *options], read_linkinator)
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    heads = "".join(f"{head:>{width}}" for head, width in HEADS.items())
    yield f"{'':<12}{heads}"
    ours = 0.0
    for name, (command, read) in jobs.items():
        control("__reset")
        result = ran(command, read, cwd=folder)
        stats = control("__stats")
        ours = ours or result.seconds
        right, definite, called, open_ = score(expected, result.verdicts)
        yield (
            f"{name:<12}{result.seconds:>7.1f}{result.seconds / ours:>9.1f}{result.cpu:>7.1f}{result.megabytes:>6.0f}"
            f"{f'{right}/{definite}':>12}{f'{called}/{open_}':>13}{stats['early_after_429']:>7}"
            f"{stats['max_inflight_per_host']:>11}"
        )


def growth(folder: Path, counts: list[int]) -> Iterator[str]:
    """Check more and more addresses of ordinary pages on 40 hosts."""
    yield f"{'links':>7}{'s':>8}{'CPU s':>8}{'links/s':>9}{'MB':>6}"
    for count in counts:
        urls = [f"http://127.0.0.{2 + number % 40}:8400/ok/{number}" for number in range(count)]
        (folder / "many.txt").write_text("".join(f"{url}\n" for url in urls), "utf-8")
        command = [*OURS, "--urls", "many.txt", "--report", "json=many.json"]
        result = ran([sys.executable, __file__, "--measured", *command], json.loads, cwd=folder)
        found = json.loads((folder / "many.json").read_text("utf-8"))["links"]
        assert sum(link["verdict"] == "ok" for link in found) == count
        peak = float(result.verdicts["megabytes"])
        yield f"{count:>7}{result.seconds:>8.1f}{result.cpu:>8.1f}{count / result.seconds:>9.0f}{peak:>6.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--linkchecker", default="", metavar="PROGRAM")
    parser.add_argument("--linkinator", default="", metavar="PROGRAM")
    parser.add_argument("--growth", type=int, nargs="+", default=[], metavar="COUNT")
    parser.add_argument("--latency-ms", default="20")
    parser.add_argument("--measured", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measured:  # a process of its own knows its peak alone
        subprocess.run(options.measured, check=True, stdout=subprocess.DEVNULL)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        sys.stdout.write(json.dumps({"megabytes": f"{peak:.0f}"}))
        return
    if not FARM.exists():
        sys.exit(f"{FARM} is not there: it serves the pages.")
    with tempfile.TemporaryDirectory() as name, farm(Path(name), "--latency-ms", options.latency_ms):
        rows = growth(Path(name), options.growth) if options.growth else None
        for row in rows or side_by_side(Path(name), options.linkchecker, options.linkinator):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
