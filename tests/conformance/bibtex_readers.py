"""Other readers of .bib files, for comparison: pandoc and citation-js. Texts come in, CSL-JSON items go out.

A reader that cannot read a file whole is given each of its entries alone. Answers are kept in a folder between runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from alliancebib.bibtex.syntax import Block, read_blocks
from alliancebib.files import Source
from conformance.bibtex_files import alone, entries_of, is_kept, keep, kept

Item: TypeAlias = dict[str, Any]
Answer: TypeAlias = dict[str, Any]
#: An entry: its file and its citation key.
Place: TypeAlias = tuple[str, str]

DRIVER = Path(__file__).with_name("citation_js.cjs")
#: How many texts one run of node gets: few enough to lose little when it is stopped.
BATCH = 200
#: Seconds of waiting for pandoc, which some single entries keep busy for hours.
PATIENCE = 20


class Peer(Protocol):
    """Another reader; ``told`` is what its answers depend on beside the text."""

    name: str

    @property
    def told(self) -> object: ...

    def ask(self, texts: Sequence[str]) -> Iterable[Answer]:
        """Read texts: for each ``{"items": [...]}`` or ``{"error": "..."}``."""
        ...


class Pandoc:
    """The program pandoc; ``dialect`` is the name of its reader, biblatex or bibtex."""

    def __init__(self, program: str, dialect: str) -> None:
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        self.told = [version.split("\n")[0], dialect]
        self.name = f"pandoc {dialect}"
        self._command = [program, "--from", dialect, "--to", "csljson"]

    def ask(self, texts: Sequence[str]) -> Iterable[Answer]:
        """Run pandoc once for each text."""
        for text in texts:
            try:
                run = subprocess.run(
                    self._command,
                    input=text.encode("utf-8", "replace"),
                    capture_output=True,
                    timeout=PATIENCE,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                yield {"error": f"more than {PATIENCE} s"}
                continue
            if run.returncode:
                yield {"error": run.stderr.decode("utf-8", "replace")[:200]}
            else:
                yield {"items": json.loads(run.stdout)}


class CitationJs:
    """citation-js in node; ``npm`` is a ``node_modules`` folder with its packages."""

    def __init__(self, npm: Path, dialect: str) -> None:
        package = npm / "@citation-js" / "plugin-bibtex" / "package.json"
        version = json.loads(package.read_text("utf-8"))["version"]
        self.told = ["citation-js", version, dialect, DRIVER.read_text("utf-8")]
        self.name = f"citation-js {dialect}"
        self._command = ["node", str(DRIVER), str(npm.resolve()), dialect]

    def ask(self, texts: Sequence[str]) -> Iterable[Answer]:
        """Run node once for all texts."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "texts.json"
            file.write_text(json.dumps(list(texts)), "utf-8")
            run = subprocess.run([*self._command, str(file)], capture_output=True, encoding="utf-8", check=False)
        answers: list[Answer] = [json.loads(line) for line in run.stdout.split("\n") if line]
        return answers + [{"error": f"node ended with {run.returncode}"}] * (len(texts) - len(answers))


@dataclass
class Read:
    """What a peer made of files: items by entry, files that it did not read whole, entries that it did not read."""

    items: dict[Place, Item] = field(default_factory=dict)
    raised: list[str] = field(default_factory=list)
    lost: list[Place] = field(default_factory=list)


def read_with(peer: Peer, files: Sequence[Source], *, cache: Path) -> Read:
    """Read files, those that it gives up whole entry by entry; entries whose key is unique in their file count."""
    found = Read()
    whole = answers(peer, [source.text for source in files], cache=cache)
    pieces: list[tuple[Place, str]] = []
    for source, answer in zip(files, whole, strict=True):
        blocks = tuple(read_blocks(source.text))
        entries = unique_entries(source.text)
        if "error" in answer:
            found.raised.append(source.name)
            pieces += [((source.name, key), alone(blocks, entry)) for key, entry in entries.items()]
        else:
            _take(found, [(source.name, key) for key in entries], answer)
    for (place, _), answer in zip(pieces, answers(peer, [text for _, text in pieces], cache=cache), strict=True):
        _take(found, [place], answer)
    return found


def _take(found: Read, places: Iterable[Place], answer: Answer) -> None:
    items = {str(item.get("id")): item for item in answer.get("items", ())}
    lower = {key.lower(): item for key, item in items.items()}
    for place in places:
        item = items.get(place[1]) or lower.get(place[1].lower())
        if item is None:
            found.lost.append(place)
        else:
            found.items[place] = item


def unique_entries(text: str) -> dict[str, Block]:
    """Give the entries of a file that have a key of their own, whatever its case.

    >>> list(unique_entries("@misc{a, note={}}@misc{b, note={}}@misc{A, note={}}"))
    ['b']
    """
    entries = entries_of(text)
    keys = [entry.key.lower() for entry in entries]
    often = Counter(keys)
    return {entry.key: entry for entry, key in zip(entries, keys, strict=True) if key and often[key] == 1}


def answers(peer: Peer, texts: Sequence[str], *, cache: Path) -> list[Answer]:
    """Give the answers of a peer, those that an earlier run kept from there."""
    tolds: list[Mapping[str, object]] = [{"peer": peer.told, "text": text} for text in texts]
    missing = [place for place, told in enumerate(tolds) if not is_kept(cache, told)]
    for start in range(0, len(missing), BATCH):
        print(f"{peer.name}: {start} of {len(missing)} texts", file=sys.stderr)  # noqa: T201
        batch = missing[start : start + BATCH]
        for place, answer in zip(batch, peer.ask([texts[place] for place in batch]), strict=True):
            keep(cache, tolds[place], answer)
    return [kept(cache, told, dict) for told in tolds]
