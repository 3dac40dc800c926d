r"""Compare the fields of .bib files with real BibTeX's: values with macros and ``#`` resolved, before TeX is decoded.

``python tests/conformance/bibtex_peers.py`` needs ``bibtex`` and reads the files named, or the real ones beside the
repository. BibTeX runs with ``\citation{*}`` and a style that prints everything (``every_field.bst``); its answers are
kept in ``--cache``. Printed: what share of the fields is equal, and what differs, by class with examples.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from alliancebib.bibtex.inheritance import with_inherited
from alliancebib.bibtex.syntax import Block, read_blocks
from alliancebib.files import Source

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conformance.bibtex_files import ABSENT, bib_files, kept, sources

STYLE = Path(__file__).with_name("every_field.bst")
CACHE = Path(tempfile.gettempdir()) / "alliancebib-bibtex"
#: What BibTeX takes for the name of a field, and its style language for a word.
_NAME = re.compile(r"((?![\d.])[^\s=,{}\"#%()'$\x00-\x1f\x7f-\U0010ffff]+)\s*=")
#: Words of its style language that could be taken for names.
_OPERATORS = frozenset("* + - < > : := =".split())
_ERROR = re.compile(r"---line (\d+) of file all\.bib")
_UNDEFINED = re.compile(r"`([^`]*)` is neither in braces nor defined")
#: BibTeX copies all fields of the parent but keeps the pointer itself as the key of an entry.
_POINTER = "crossref"
#: Where biblatex puts what the parent of a crossref calls otherwise.
_RENAMED = frozenset(
    """booktitle booksubtitle booktitleaddon maintitle mainsubtitle maintitleaddon journaltitle journalsubtitle
    bookauthor""".split()
)
#: What biblatex calls otherwise in the child, and what says only of the parent where or what it is.
_PARENTS = frozenset("title subtitle titleaddon shorttitle sorttitle indextitle".split())
_PLACES = frozenset("doi url urldate eprint file abstract key ids label options shorthand".split())
#: Differences that are wanted: the name of a macro that nobody defined is kept, and so is what BibTeX skips; and three
#: sorts of inheriting where biblatex (appendix B of its manual) differs from BibTeX, or this library from both.
ASIDE = (
    "undefined macro",
    "in an entry with an error",
    "inherited: under another name",
    "inherited: where the parent is found",
    "inherited: by biblatex alone",
)
CLASSES = ("missing", "too many", "space", "braces", "case", "words", *ASIDE)


@dataclass(frozen=True)
class Heard:
    """What BibTeX said of a file: entries by key in lower case, lines with an error, whether it broke off."""

    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    errors: tuple[int, ...] = ()
    broke_off: str = ""


class Case(NamedTuple):
    """A field of an entry of a file, and both values; None where there is no such field."""

    file: str
    key: str
    name: str
    ours: str | None
    theirs: str | None


@dataclass
class Tally:
    """What was found over all files."""

    files: Counter[str] = field(default_factory=Counter)
    broken: dict[str, str] = field(default_factory=dict)
    entries: Counter[str] = field(default_factory=Counter)
    only: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    compared: int = 0
    equal: int = 0
    inherited: int = 0
    inherited_equal: int = 0
    found: dict[str, list[Case]] = field(default_factory=lambda: defaultdict(list))


def names_in(text: str) -> list[str]:
    """Give everything in a file that may be the name of a field.

    >>> names_in('@misc{k, Title = {a}, note="b", url={x?y=1}}')
    ['note', 'title', 'url', 'x?y']
    """
    return sorted({name.lower() for name in _NAME.findall(text)} - {_POINTER} - _OPERATORS)


def style_for(names: Iterable[str]) -> str:
    """Give the style that prints fields of these names."""
    names = list(names)
    prints = "\n  ".join(f'"{name}" {name} print..field' for name in [*names, _POINTER])
    return STYLE.read_text("utf-8").replace("<names>", "\n".join(names)).replace("<fields>", prints)


def ask_bibtex(program: str, text: str) -> dict[str, Any]:
    """Run BibTeX over a file; give what it printed, said and ended with."""
    settings = {"BIBINPUTS": ".:", "BSTINPUTS": ".:", "max_strings": "500000", "hash_size": "500000"}
    environment = {**os.environ, **settings}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "all.bib").write_text(text, "utf-8", errors="replace")
        (folder / "all.bst").write_text(style_for(names_in(text)), "utf-8")
        (folder / "all.aux").write_text("\\citation{*}\n\\bibstyle{all}\n\\bibdata{all}\n", "utf-8")
        try:
            run = subprocess.run(
                [program, "all"], cwd=folder, env=environment, capture_output=True, timeout=60, check=False
            )
        except subprocess.TimeoutExpired:
            return {"printed": "", "said": "more than a minute", "ended": -1}
        printed = folder / "all.bbl"
        return {
            "printed": printed.read_text("utf-8", errors="replace") if printed.exists() else "",
            "said": run.stdout.decode("utf-8", "replace"),
            "ended": run.returncode,
        }


def heard(answer: Mapping[str, Any]) -> Heard:
    """Understand an answer of BibTeX."""
    entries: dict[str, dict[str, str]] = {}
    fields: dict[str, str] = {}
    for line in _whole_lines(answer["printed"]):
        sort, _, rest = line.partition(" ")
        if sort == "k":
            fields = entries.setdefault(rest.lower(), {})
        elif sort == "f":
            name, _, value = rest.partition(" ")
            fields[name] = value
    said = str(answer["said"])
    errors = tuple(sorted({int(line) for line in _ERROR.findall(_without_warnings(said))}))
    broke_off = "" if answer["ended"] in (0, 1, 2) else (said.strip().splitlines() or ["?"])[-1]
    return Heard(entries, errors, broke_off)


def _without_warnings(said: str) -> str:
    """Leave errors only: a warning names its line after two dashes, on a line of its own."""
    return "\n".join(line for line in said.split("\n") if not line.startswith(("Warning--", "--line")))


def _whole_lines(printed: str) -> Iterator[str]:
    """Join lines that write$ broke, and make white space single."""
    for line in re.sub(r"\n  ", " ", printed).split("\n"):
        if line:
            yield single(line)


def single(text: str) -> str:
    """Make white space single, as BibTeX does: its white space is that of ASCII."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def fields_of(block: Block) -> dict[str, str]:
    """Give the fields of an entry as this library has them; of a repeated one the first, as BibTeX."""
    fields: dict[str, str] = {}
    for one in block.fields:
        fields.setdefault(one.name, single(one.value))
    return fields


def compare(tally: Tally, file: str, text: str, theirs: Heard) -> None:
    """Add one file to the tally."""
    blocks = tuple(read_blocks(text))
    entries = [block for block in blocks if block.kind == "entry"]
    whole = [block for block in with_inherited(blocks) if block.kind == "entry"]
    tally.files["all"] += 1
    if theirs.broke_off:
        tally.broken[file] = theirs.broke_off
        return
    tally.files["with errors of BibTeX" if theirs.errors else "without an error of BibTeX"] += 1
    seen: dict[str, Block] = {}
    for block, complete in zip(entries, whole, strict=True):
        key = block.key.lower()
        if key in seen:
            reason = "the key stands twice" if key else "a further one without a key"
            tally.only[f"only ours: {reason}"].append(f"{file} {block.key or block.line}")
            continue
        seen[key] = block
        faulty = _faulty(block, theirs.errors)
        if key not in theirs.entries:
            reason = "BibTeX has an error in it" if faulty else "other"
            tally.only[f"only ours: {reason}"].append(f"{file} {block.key}")
            continue
        tally.entries["both"] += 1
        _compare_entry(tally, file, block, fields_of(complete), theirs.entries[key], faulty=faulty)
    for key in theirs.entries.keys() - seen.keys():
        tally.only[f"only BibTeX's: {where(key, blocks)}"].append(f"{file} {key}")


def where(key: str, blocks: Iterable[Block]) -> str:
    """Say in which block of ours a key stands that only BibTeX takes for one."""
    kinds = [block.kind for block in blocks if re.search(rf"[{{(]\s*{re.escape(key)}\s*,", block.raw, re.IGNORECASE)]
    return (
        {"comment": "in @comment", "text": "between entries or behind %"}.get(kinds[0], "in another entry")
        if (kinds)
        else "other"
    )


def _faulty(block: Block, errors: Iterable[int]) -> bool:
    last = block.line + block.raw.count("\n")
    return any(block.line <= line <= last for line in errors)


def _compare_entry(
    tally: Tally, file: str, block: Block, mine: dict[str, str], wanted: dict[str, str], *, faulty: bool
) -> None:
    own = fields_of(block)
    for name in sorted((mine.keys() | wanted.keys()) - {_POINTER}):
        case = Case(file, block.key, name, mine.get(name), wanted.get(name))
        kind = classify(case.ours, case.theirs, notes=[note.words for note in block.notes])
        if name not in own:
            tally.inherited += 1
            tally.inherited_equal += not kind
            kind = _inherited(case) or kind
        if kind and faulty:
            kind = "in an entry with an error"
        tally.compared += 1
        tally.equal += not kind
        if kind:
            tally.found[kind].append(case)


def _inherited(case: Case) -> str:
    """Name a difference that is wanted in a field that a parent gave; the empty text for none."""
    if case.theirs is None:
        return "inherited: under another name" if case.name in _RENAMED else "inherited: by biblatex alone"
    if case.ours is None and case.name in _PARENTS:
        return "inherited: under another name"
    return "inherited: where the parent is found" if case.ours is None and case.name in _PLACES else ""


def classify(ours: str | None, theirs: str | None, *, notes: Iterable[str] = ()) -> str:
    """Name the difference of two values of a field; the empty text for none.

    >>> classify("A {B}", "A B"), classify(None, "A"), classify("a", "a")
    ('braces', 'missing', '')
    """
    if ours == theirs:
        return ""
    if ours is None or theirs is None:
        return "missing" if ours is None else "too many"
    if re.sub(r"\s+", "", ours) == re.sub(r"\s+", "", theirs):
        return "space"
    if re.sub(r"[{}\s]+", "", ours) == re.sub(r"[{}\s]+", "", theirs):
        return "braces"
    undefined = [name for note in notes for name in _UNDEFINED.findall(note)]
    if undefined and single(re.sub("|".join(map(re.escape, sorted(undefined, key=len)[::-1])), "", ours)) == theirs:
        return "undefined macro"
    return "case" if ours.lower() == theirs.lower() else "words"


def report(tally: Tally, *, show: int) -> Iterator[str]:
    """Say what was found, line by line."""
    yield f"files                        {tally.files['all']}"
    for kind in ("without an error of BibTeX", "with errors of BibTeX"):
        yield f"  {kind:<27}{tally.files[kind]}"
    yield f"  BibTeX broke off           {len(tally.broken)}  {dict(list(tally.broken.items())[:show])}"
    yield f"entries of both              {tally.entries['both']}"
    for kind, places in sorted(tally.only.items()):
        yield f"  {kind:<40}{len(places):>6}  {', '.join(places[:3])}"
    yield f"fields compared              {tally.compared}"
    yield f"  equal                      {_share(tally.equal, tally.compared)}"
    aside = sum(len(tally.found[kind]) for kind in ASIDE)
    yield f"  but for what is wanted     {_share(tally.equal, tally.compared - aside)}  (without the classes of ASIDE)"
    yield f"  of these inherited         {_share(tally.inherited_equal, tally.inherited)}"
    yield ""
    yield f"{'class of difference':<40}{'fields':>8}{'files':>8}"
    for kind in CLASSES:
        if cases := tally.found[kind]:
            yield f"{kind:<40}{len(cases):>8}{len({case.file for case in cases}):>8}"
    for kind in CLASSES:
        cases = tally.found[kind]
        if cases:
            yield f"\n{kind}"
        for case in sorted(cases, key=lambda case: len(case.ours or "") + len(case.theirs or ""))[:show]:
            yield f"  {case.file} | {case.key} | {case.name}"
            yield f"      ours    {_short(case.ours)}\n      theirs  {_short(case.theirs)}"


def _share(part: int, whole: int) -> str:
    return f"{part:>6} / {whole:<6} {100 * part / whole:6.2f} %" if whole else "none"


def _short(text: str | None) -> str:
    return "–" if text is None else text if len(text) <= 160 else f"{text[:159]}…"


def measure(program: str, files: Iterable[Source], *, cache: Path = CACHE) -> tuple[str, Tally]:
    """Ask BibTeX for each file, and compare; its version comes first."""
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    tally = Tally()
    for source in files:
        told = [version, style_for(names_in(source.text)), source.text.encode("utf-8", "replace").decode()]
        answer = kept(cache, told, lambda text=source.text: ask_bibtex(program, text))  # type: ignore[misc]
        compare(tally, source.name, source.text, heard(answer))
    return version, tally


def main() -> None:
    """Ask BibTeX, compare, print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("files", nargs="*", type=Path, help="files or folders; else the real ones beside the repository")
    ask.add_argument("--bibtex", default="bibtex", help="the program; `bibtex8` or `bibtexu` do as well")
    ask.add_argument("--show", type=int, default=8, help="how many examples of each class")
    ask.add_argument("--cache", type=Path, default=CACHE, help="where answers of BibTeX are kept")
    given = ask.parse_args()
    program = shutil.which(given.bibtex)
    paths = bib_files(given.files)
    if not paths or program is None:
        print("bibtex is not installed" if paths else ABSENT)  # noqa: T201
        return
    version, tally = measure(program, sources(paths), cache=given.cache)
    print(version)  # noqa: T201
    print("\n".join(report(tally, show=given.show)))  # noqa: T201


if __name__ == "__main__":
    main()
