"""Compare the CSL-JSON that this library makes of .bib files with pandoc's, and citation-js' with the same.

``python tests/conformance/compare_pandoc.py --pandoc PROGRAM --npm node_modules`` reads the files named, or the real
ones beside the repository, and prints for each CSL variable how many of pandoc's values ours and citation-js' equal,
then the commonest differences. ``--variable title --show 20`` looks closer. Only what is a mere convention is made
alike first: see ``csl_values.py``. pandoc is a peer and no judge: a difference may be its fault.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alliancebib.csl.items import to_plain_csl
from alliancebib.files import Source
from alliancebib.readers import bibtex
from conformance.bibtex_files import ABSENT, bib_files, entries_of, sources
from conformance.bibtex_readers import CitationJs, Item, Pandoc, Place, Read, read_with, unique_entries
from conformance.csl_values import Value, difference, same_but_for_case, values_of

CACHE = Path(tempfile.gettempdir()) / "alliancebib-bibtex"
ENGINES = ("ours", "citation-js")


class Case(NamedTuple):
    """A variable of an entry with the values of the three; None where one has no such variable."""

    place: Place
    type: str
    variable: str
    ours: Value | None
    pandoc: Value | None
    citation_js: Value | None


@dataclass
class Column:
    """What one engine has of pandoc's values of a variable: equal, but for capitals, not at all; what only it has."""

    equal: int = 0
    case: int = 0
    missing: int = 0
    extra: int = 0


@dataclass
class Tally:
    """What was found over all entries that all have read."""

    entries: int = 0
    whole: Counter[str] = field(default_factory=Counter)
    nearly: Counter[str] = field(default_factory=Counter)
    pandoc: Counter[str] = field(default_factory=Counter)
    columns: dict[tuple[str, str], Column] = field(default_factory=lambda: defaultdict(Column))
    cases: dict[tuple[str, str], list[Case]] = field(default_factory=lambda: defaultdict(list))


def our_items(files: Sequence[Source]) -> dict[Place, tuple[str, Item]]:
    """Give the entry type and the item of every entry with a key of its own."""
    items = {}
    for source in files:
        wanted = unique_entries(source.text)
        entries = entries_of(source.text)
        for entry, reference in zip(entries, bibtex.read(source), strict=True):
            if wanted.get(entry.key) is not None:
                items[source.name, entry.key] = (entry.type, to_plain_csl(reference))
    return items


def compare(tally: Tally, place: Place, kind: str, *, ours: Item, pandoc: Item, citation_js: Item | None) -> None:
    """Add an entry to the tally."""
    mine, wanted = values_of(ours), values_of(pandoc)
    other = values_of(citation_js) if citation_js is not None else {}
    tally.entries += 1
    for engine, values in zip(ENGINES, (mine, other), strict=True):
        tally.whole[engine] += values == wanted
        tally.nearly[engine] += str(sorted(values.items())).lower() == str(sorted(wanted.items())).lower()
    for variable in sorted(mine.keys() | wanted.keys() | other.keys()):
        case = Case(place, kind, variable, mine.get(variable), wanted.get(variable), other.get(variable))
        tally.pandoc[variable] += case.pandoc is not None
        for engine, value in zip(ENGINES, (case.ours, case.citation_js), strict=True):
            _count(tally.columns[variable, engine], value, case.pandoc)
        if label := difference(variable, case.ours, case.pandoc):
            tally.cases[variable, label].append(case)


def _count(column: Column, value: Value | None, wanted: Value | None) -> None:
    if wanted is None:
        column.extra += value is not None
    elif value is None:
        column.missing += 1
    elif value == wanted:
        column.equal += 1
    elif same_but_for_case(value, wanted):
        column.case += 1


def report(tally: Tally, *, show: int, with_peer: bool) -> Iterator[str]:
    """Say what was found, line by line."""
    engines = ENGINES if with_peer else ENGINES[:1]
    yield f"entries that all read  {tally.entries}"
    for engine in engines:
        yield f"  all variables equal  {_share(tally.whole[engine], tally.entries)}  {engine}"
        yield f"    but for capitals   {_share(tally.nearly[engine], tally.entries)}  {engine}"
    yield ""
    yield f"{'':<26}{'':>7}" + "".join(f"   {engine:<40}" for engine in engines)
    head = f"{'equal':>7}{'%':>7}{'but case':>9}{'missing':>8}{'too many':>9}"
    yield f"{'variable':<26}{'pandoc':>7}" + f"   {head}" * len(engines)
    variables = [variable for variable, _ in tally.pandoc.most_common()]
    for variable in variables:
        columns = [tally.columns[variable, engine] for engine in engines]
        if tally.pandoc[variable] or any(column.extra for column in columns):
            yield _row(variable, tally.pandoc[variable], columns)
    total = sum(tally.pandoc.values())
    yield _row("all", total, [_sum(tally.columns[name, engine] for name in variables) for engine in engines])
    yield ""
    yield "commonest differences: how many; in how many of them citation-js has our value; one example"
    for (variable, label), cases in sorted(tally.cases.items(), key=lambda pair: -len(pair[1]))[:show]:
        types = ", ".join(f"@{kind} {count}" for kind, count in Counter(case.type for case in cases).most_common(3))
        yield f"{len(cases):>6}{_with_us(cases):>6}  {variable}: {label}  ({types})"
        yield from _example(min(cases, key=_length))


def _sum(columns: Iterable[Column]) -> Column:
    whole = Column()
    for column in columns:
        for name, count in vars(column).items():
            setattr(whole, name, getattr(whole, name) + count)
    return whole


def _row(variable: str, count: int, columns: Iterable[Column]) -> str:
    cells = (
        f"   {one.equal:>7}{100 * one.equal / max(count, 1):>7.1f}{one.case:>9}{one.missing:>8}{one.extra:>9}"
        for one in columns
    )
    return f"{variable:<26}{count:>7}{''.join(cells)}"


def closer(tally: Tally, variable: str, *, label: str, show: int) -> Iterator[str]:
    """Give the differences of one variable, each kind with examples from different files."""
    found = {name: cases for (one, name), cases in tally.cases.items() if one == variable and label in name}
    for name, cases in sorted(found.items(), key=lambda pair: -len(pair[1])):
        yield f"\n{len(cases):>6}{_with_us(cases):>6}  {variable}: {name}"
        for case in _spread(sorted(cases, key=_length))[:show]:
            yield from _example(case)


def _spread(cases: Iterable[Case]) -> list[Case]:
    """Put the first case of each file before the second of any."""
    turn: Counter[str] = Counter()
    ranked = []
    for case in cases:
        ranked.append((turn[case.place[0]], case))
        turn[case.place[0]] += 1
    return [case for _, case in sorted(ranked, key=lambda pair: pair[0])]


def _with_us(cases: Iterable[Case]) -> int:
    return sum(case.ours == case.citation_js for case in cases)


def _length(case: Case) -> int:
    return len(str(case.ours)) + len(str(case.pandoc))


def _example(case: Case) -> Iterator[str]:
    yield f"{'':14}{case.place[0]} | @{case.type} {case.place[1]}"
    for name, value in (("ours", case.ours), ("pandoc", case.pandoc), ("c-js", case.citation_js)):
        yield f"{'':14}  {name:<7}{_shown(value)}"


def _shown(value: Value | None) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"


def _share(part: int, whole: int) -> str:
    return f"{part:>6} / {whole:<6} {100 * part / whole:6.2f} %" if whole else "none"


@dataclass
class Measured:
    """The tally, what each peer gave up, and how many entries this library reads."""

    tally: Tally
    peers: dict[str, Read]
    entries: int


def measure(program: str, files: Sequence[Source], *, npm: Path | None, dialect: str, cache: Path = CACHE) -> Measured:
    """Read files with all, and compare."""
    wanted = read_with(Pandoc(program, dialect), files, cache=cache)
    other = read_with(CitationJs(npm, dialect), files, cache=cache) if npm else None
    mine = our_items(files)
    tally = Tally()
    for place, (kind, item) in mine.items():
        if place in wanted.items and (other is None or place in other.items):
            theirs = other.items[place] if other else None
            compare(tally, place, kind, ours=item, pandoc=wanted.items[place], citation_js=theirs)
    return Measured(tally, {"pandoc": wanted} | ({"citation-js": other} if other else {}), len(mine))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("files", nargs="*", type=Path, help="files or folders; else the real ones beside the repository")
    ask.add_argument("--pandoc", default="pandoc", help="the program")
    ask.add_argument("--npm", type=Path, help="a node_modules with citation-js; without it pandoc alone")
    ask.add_argument("--dialect", default="biblatex", choices=["biblatex", "bibtex"], help="which readers of theirs")
    ask.add_argument("--variable", help="look closer at this one")
    ask.add_argument("--label", default="", help="with --variable: only differences with this in their name")
    ask.add_argument("--show", type=int, default=25, help="how many differences, or examples of each kind")
    ask.add_argument("--cache", type=Path, default=CACHE, help="where answers of the peers are kept")
    return ask.parse_args()


def main() -> None:
    """Read with all, compare, print."""
    given = arguments()
    files, program = sources(bib_files(given.files)), shutil.which(given.pandoc)
    if not files or program is None:
        print("pandoc is not installed" if files else ABSENT)  # noqa: T201
        return
    found = measure(program, files, npm=given.npm, dialect=given.dialect, cache=given.cache)
    say: Callable[[str], None] = print
    say(f"{len(files)} files, {found.entries} entries with a key of their own; dialect {given.dialect}")
    for name, read in found.peers.items():
        say(_losses(name, read))
    shown = (
        closer(found.tally, given.variable, label=given.label, show=given.show)
        if given.variable
        else report(found.tally, show=given.show, with_peer=given.npm is not None)
    )
    say("\n".join(shown))


def _losses(name: str, read: Read) -> str:
    return f"{name:<12} gave up {len(read.raised)} files; of these and others it does not read {len(read.lost)} entries"


if __name__ == "__main__":
    main()
