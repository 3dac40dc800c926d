"""The .bib files that programs measure with, their blocks for one peer at a time, and answers kept between runs.

Paths come in (else the real files of ``shared/data/bibtex``, where they lie beside the repository), texts go out: as
this library decodes them, so that a peer need not know encodings. A peer that gives up a whole file for one entry is
fed each entry by itself, with the macros of its file and the entries that it points to, all in braces.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from alliancebib.bibtex.syntax import Block, read_blocks
from alliancebib.errors import AllianceBibError
from alliancebib.files import Source, read_source

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "bibtex"
ABSENT = "shared/data/bibtex is not beside this repository: name .bib files or folders of them."
#: Fields that name other entries, of which something is inherited.
POINTERS = ("crossref", "xdata", "xref")


def bib_files(given: Iterable[Path] = ()) -> list[Path]:
    """Give the files named, those in the folders named, or the real ones; none where these are absent."""
    places = list(given) or [FOLDER]
    found = [sorted(place.rglob("*.bib")) if place.is_dir() else [place] for place in places if place.exists()]
    return [path for paths in found for path in paths]


def named(path: Path) -> str:
    """Give a short name of a file: with the folder that it lies in.

    >>> named(Path("data/bibtex/jabref/001-a.bib"))
    'jabref/001-a.bib'
    """
    return "/".join(path.parts[-2:])


def sources(paths: Iterable[Path]) -> list[Source]:
    """Read files; what is no text is left out."""
    read = []
    for path in paths:
        try:
            read.append(read_source(path, name=named(path)))
        except AllianceBibError:
            continue
    return read


def alone(blocks: Sequence[Block], entry: Block) -> str:
    """Give one entry as a file: the macros of its file, the entry, and those that it points to, its parents' too."""
    by_key = {block.key.lower(): block for block in reversed(blocks) if block.kind == "entry" and block.key}
    needed = [entry]
    for block in needed:
        keys = [key for field in block.fields if field.name in POINTERS for key in re.split(r"[,\s]+", field.value)]
        parents = [by_key[key.lower()] for key in keys if key.lower() in by_key]
        needed += [parent for parent in parents if parent not in needed]
    macros = [block for block in blocks if block.kind == "string" and not block.broken]
    return "\n".join(in_braces(block.raw.strip()) for block in [*macros, *needed]) + "\n"


def in_braces(raw: str) -> str:
    """Give a block that is written in parentheses with braces: few programs read the other.

    >>> in_braces("@misc(a, note={b (c)})"), in_braces("@misc{a, note={(b)}}")
    ('@misc{a, note={b (c)}}', '@misc{a, note={(b)}}')
    """
    return re.sub(r"\A(@\s*\w+\s*)\((.*)\)\Z", r"\1{\2}", raw, flags=re.DOTALL)


def entries_of(text: str) -> list[Block]:
    """Give the entries of a file, in order."""
    return [block for block in read_blocks(text) if block.kind == "entry"]


def kept(folder: Path, told: object, make: Callable[[], Any]) -> Any:
    """Give what was made of the same things before, else make it and keep it."""
    place = _place(folder, told)
    if place.exists():
        return json.loads(place.read_text("utf-8"))
    made = make()
    keep(folder, told, made)
    return made


def keep(folder: Path, told: object, made: object) -> None:
    """Keep an answer under what it was made of; a program that is stopped leaves no half of one."""
    place = _place(folder, told)
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(f".{os.getpid()}")
    half.write_text(json.dumps(made, ensure_ascii=False), "utf-8", errors="surrogatepass")
    half.replace(place)


def is_kept(folder: Path, told: object) -> bool:
    """Say whether there is an answer already."""
    return _place(folder, told).exists()


def _place(folder: Path, told: object) -> Path:
    name = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return folder / name[:2] / f"{name}.json"
