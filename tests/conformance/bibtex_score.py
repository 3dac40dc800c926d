"""Score the reading of BibTeX: micro checks with one expectation each, and real files beside what other readers see.

``python tests/conformance/bibtex_score.py`` reads ``micro.json``, ``consensus.json`` and the .bib files of a folder
(``--data``, else ``shared/data/bibtex`` beside the repository) through the public reader and writers, and prints what
is right, what was lost, and how many files come back byte for byte. A check has ``bib`` in an ``encoding``, the
``key`` of one entry, and ``expected``: the values that a field may have, exactly these names, or one of these dates.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alliancebib.csl.items import to_plain_csl
from alliancebib.errors import AllianceBibError
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.readers import bibtex as reader
from alliancebib.writers import Options, biblatex, bibtex
from conformance.bibtex_files import ABSENT, FOLDER

#: What CSL calls the fields of BibTeX that a check names.
CSL_NAMES = {
    "journal": ("container-title",),
    "booktitle": ("container-title",),
    "pages": ("page",),
    "howpublished": ("URL", "note", "medium"),
    "doi": ("DOI",),
    "url": ("URL",),
    "isbn": ("ISBN",),
    "address": ("publisher-place",),
}
_PARTICLES = ("dropping-particle", "non-dropping-particle")


@dataclass
class Micro:
    """What the checks gave: how many there are, and in a few words what is wrong with those that fail."""

    checks: int = 0
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def right(self) -> int:
        """The number of checks that hold."""
        return self.checks - len(self.wrong)


@dataclass
class Files:
    """What the real files gave: names of files, and for losses the keys."""

    files: int = 0
    entries: int = 0
    raised: list[str] = field(default_factory=list)
    lost: dict[str, list[str]] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    unsteady: list[str] = field(default_factory=list)


def score_micro(checks: Sequence[Mapping[str, Any]]) -> Micro:
    """Read the snippet of each check and judge it."""
    score = Micro()
    for check in checks:
        score.checks += 1
        try:
            library = reader.read(source_of(check["bib"].encode(check["encoding"]), name="check.bib"))
        except AllianceBibError as error:
            score.wrong[check["name"]] = f"raised: {error}"
            continue
        if verdict := judge(check, library):
            score.wrong[check["name"]] = verdict
    return score


def judge(check: Mapping[str, Any], library: Library) -> str:
    """Say what is wrong with a library for a check; the empty text for nothing."""
    if check.get("entries", len(library)) != len(library):
        return f"{len(library)} entries, not {check['entries']}"
    found = [reference for reference in library if reference.key == check["key"]]
    if not found:
        return f"no entry {check['key']}"
    expected: Mapping[str, Any] = check["expected"]
    item: Mapping[str, Any] = to_plain_csl(found[0])
    if "names" in expected:
        names = [_leveled(name) for name in item.get("author", [])]
        wanted = [_leveled(name) for name in expected["names"]]
        return "" if names == wanted else f"names {names}, not {wanted}"
    if "date" in expected:
        parts = item.get("issued", {}).get("date-parts")
        return "" if parts in expected["date"] else f"date {parts}"
    values = {level(value) for value in _values(found[0], item, expected["field"])}
    wanted_values = {level(value) for value in expected["any_of"]}
    return "" if values & wanted_values else f"{expected['field']} {sorted(values)}"


def _values(reference: Reference, item: Mapping[str, Any], name: str) -> Iterator[str]:
    """Give what may be the value of a field: the month is within the date."""
    if name == "month" and reference.issued:
        yield str(reference.issued.month)
    for variable in (name, *CSL_NAMES.get(name, ())):
        if isinstance(value := item.get(variable), str):
            yield value


def level(text: str) -> str:
    """Make alike what a check does not ask for: kinds of white space, forms of letters, braces, spans.

    >>> level('<span class="nocase">A</span>  {b}')
    'A b'
    """
    return " ".join(re.sub(r"[{}]|</?span[^>]*>", "", unicodedata.normalize("NFC", text)).split())


def _leveled(name: Mapping[str, str]) -> tuple[str, ...]:
    particle = " ".join(name[part] for part in (*_PARTICLES, "particle") if name.get(part))
    family = name.get("family") or name.get("literal") or ""
    return tuple(level(part) for part in (family, particle, name.get("given", ""), name.get("suffix", "")))


def score_files(paths: Iterable[Path], *, folder: Path, consensus: Mapping[str, Sequence[str]]) -> Files:
    """Read each file, look for the keys that other readers see, write it back, and anew twice."""
    score = Files()
    for path in paths:
        name = path.relative_to(folder).as_posix()
        data = path.read_bytes()
        score.files += 1
        try:
            library = reader.read(source_of(data, name=name))
            again = bibtex.compose(library).data
            steady = all(_is_steady(library, writer.write, name=name) for writer in (bibtex, biblatex))
        except AllianceBibError:
            score.raised.append(name)
            continue
        score.entries += len(library)
        if missing := set(consensus.get(name, ())) - {reference.key.strip().lower() for reference in library}:
            score.lost[name] = sorted(missing)
        if again != data:
            score.changed.append(name)
        if not steady:
            score.unsteady.append(name)
    return score


def _is_steady(library: Library, write: Any, *, name: str) -> bool:
    """Say whether what is written anew is written alike once it was read.

    In our own form a parent's fields may have other names, which its children then inherit: the second writing counts.
    """
    texts = [write(library, Options(anew=True))]
    for _ in range(2):
        texts.append(write(reader.read(source_of(texts[-1], name=name)), Options(anew=True)))
    inherits = any("bibtex:crossref" in reference.extra for reference in library)
    return texts[2] == texts[1] and (texts[1] == texts[0] or inherits)


def report(micro: Micro, files: Files) -> Iterator[str]:
    """Say what was found, line by line."""
    yield f"micro checks      {micro.right} / {micro.checks}"
    yield from (f"  {name}: {verdict}" for name, verdict in micro.wrong.items())
    yield f"files             {files.files}, with {files.entries} entries"
    yield f"  raised          {len(files.raised)}  {' '.join(files.raised[:5])}".rstrip()
    yield f"  keys lost       {sum(map(len, files.lost.values()))}  {files.lost or ''}".rstrip()
    for words, others in (("byte-identical", files.changed), ("written anew twice alike", files.unsteady)):
        right = files.files - len(files.raised) - len(others)
        yield f"  {words:<26}{right} / {files.files}  {' '.join(others[:5])}".rstrip()


def scores(folder: Path) -> tuple[Micro, Files]:
    """Score what lies in a folder."""
    checks = json.loads((folder / "micro.json").read_text("utf-8"))
    consensus = json.loads((folder / "consensus.json").read_text("utf-8"))
    return score_micro(checks), score_files(sorted(folder.rglob("*.bib")), folder=folder, consensus=consensus)


def main() -> None:
    """Score and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=FOLDER, help="a folder with micro.json, consensus.json, .bib files")
    given = ask.parse_args()
    print("\n".join(report(*scores(given.data))) if given.data.is_dir() else ABSENT)  # noqa: T201


if __name__ == "__main__":
    main()
