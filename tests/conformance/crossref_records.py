"""Figures on real records of Crossref: how many become references, and how many come back from a .bib file unchanged.

    python tests/conformance/crossref_records.py [RECORDS]

``RECORDS`` is a file of JSON lines, plain or .gz (default: ``shared/data/crossref/records.jsonl.gz`` beside the
repository); where it is absent the program says so and ends. A test asserts the same (`test_crossref_records.py`).
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.readers import bibtex as reader
from alliancebib.resolvers._records import record_to_reference
from alliancebib.writers import Writer, biblatex, bibtex

ROOT = Path(__file__).resolve().parents[2]
#: Fields that a .bib file holds; the others say where a reference was read.
HELD = tuple(
    field
    for field in Reference.__struct_fields__
    if field not in {"id", "key", "origins", "spans", "leftover", "provenance", "extra"}
)
#: References in one file: a file of all would measure memory.
IN_A_FILE = 1000


class Difference(NamedTuple):
    """A value that came back as another one."""

    doi: str
    field: str
    before: str
    after: str


def references_of(path: Path) -> Iterator[Reference]:
    """Convert the records of a file; each is given a citation key."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield replace(record_to_reference(json.loads(line)), key=f"k{number}")


def differences(references: Sequence[Reference], writer: Writer) -> Iterator[Difference]:
    """Write references into .bib files and read these: give every field that is not as it was.

    What a service notes of a work (``crossref:...``) has no place in a .bib file.
    """
    for start in range(0, len(references), IN_A_FILE):
        before = references[start : start + IN_A_FILE]
        after = reader.read(source_of(writer.write(Library(before)), name="records.bib"))
        assert [one.key for one in after] == [one.key for one in before]
        for one, other in zip(before, after, strict=True):
            pairs = [(field, getattr(one, field), getattr(other, field)) for field in HELD]
            own = {name: value for name, value in one.extra.items() if ":" not in name}
            for field, old, new in (*pairs, ("extra", own, other.extra)):
                if old != new:
                    yield Difference(one.doi, field, str(old), str(new))


def main(words: Sequence[str]) -> int:
    """Print the figures, and every difference."""
    path = Path(words[0]) if words else ROOT.parent / "shared" / "data" / "crossref" / "records.jsonl.gz"
    if not path.exists():
        print(f"Skipped: there is no {path}.")
        return 0
    began = time.monotonic()
    references = list(references_of(path))
    print(f"{len(references)} records converted in {time.monotonic() - began:.1f} s")
    found = 0
    for name, writer in (("bibtex", bibtex), ("biblatex", biblatex)):
        began = time.monotonic()
        different = list(differences(references, writer))
        found += len(different)
        whole = len(references) - len({one.doi for one in different})
        print(f"{name}: {whole} of {len(references)} came back equal in {time.monotonic() - began:.1f} s")
        for one in different:
            print(f"  {one.doi} {one.field}: {one.before!r} -> {one.after!r}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
