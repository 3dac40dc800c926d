"""How many of 1,000 real records come back wholly right from Google Scholar's five citation formats.

``PYTHONPATH=src:tests python tests/conformance/scholar_formats.py [--seed N] [--count N] [--wrong N] [--kind SHAPE]``
prints the table; ``--wrong 20`` shows what came back wrong. The records are those of ``shared/data/crossref``, drawn as
evenly over the kinds as there are enough of each. Every field is compared with what the string holds of it.
"""

# ruff: noqa: T201 - a command that prints a table
from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from typing import Any

from alliancebib.model import Name, Reference
from alliancebib.parsers import parse_reference
from alliancebib.resolvers._records import record_to_reference
from conformance.scholar_writer import FORMATS, Work, Written, work_of
from shared_data import SHARED

RECORDS = SHARED / "data" / "crossref" / "records.jsonl.gz"
FIELDS = "title container_title volume issue page publisher publisher_place issued".split()
#: From here on a parse says of itself that it is certain.
CERTAIN = 0.95


def drawn(path: Path, *, count: int = 1000, seed: int = 2026, shape: str = "") -> list[Work]:
    """Draw works evenly over Crossref's types: of the rare ones all, of the others the same number each."""
    by_type: dict[str, list[Work]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            _part_names(record)
            work = work_of(record_to_reference(record), number)
            if work and (not shape or work.shape == shape):
                by_type[str(record.get("type"))].append(work)
    chosen: list[Work] = []
    source = random.Random(seed)
    for left, works in zip(range(len(by_type), 0, -1), sorted(by_type.values(), key=len), strict=True):
        chosen += source.sample(works, min(len(works), (count - len(chosen)) // left))
    return chosen


def _part_names(record: dict[str, Any]) -> None:
    """Part the names of people whom a record gives in one piece, as a search engine does."""
    for person in (*record.get("author", ()), *record.get("editor", ())):
        if record.get("type") == "peer-review" and "name" in person:  # reviewers are people, never bodies
            person["given"] = person.pop("name")
        if record.get("type") == "peer-review" and not person.get("given") and " " in person.get("family", ""):
            person["given"] = person.pop("family")
        if not person.get("family") and " " in person.get("given", "").strip():
            person["given"], _, person["family"] = person["given"].strip().rpartition(" ")


def wrong_fields(written: Written, found: Reference) -> Iterator[str]:
    """Name what differs between what the string holds and what was read, with both."""
    if found.kind not in written.kinds:
        yield f"kind: {'/'.join(sorted(written.kinds))} <> {found.kind}"
    for name in FIELDS:
        held, read = written.fields.get(name, ""), str(getattr(found, name) or "")
        if held != read:
            yield f"{name}: {held!r} <> {read!r}"
    people = found.author or found.editor
    if any("," in held for held in written.authors):  # a list between commas cannot say that a body has one in its name
        joined = "".join(
            _letters(f"{name.given}{name.family}" if not name.literal else name.literal) for name in people
        )
        if sorted(joined) != sorted("".join(map(_letters, written.authors))):
            yield f"author: {written.authors} <> {tuple(map(_shown, people))}"
        return
    read_names = tuple(_as_held(name, held) for name, held in zip(people, written.authors, strict=False))
    if len(people) != len(written.authors) or read_names != tuple(map(_bare, written.authors)):
        yield f"author: {written.authors} <> {tuple(map(_shown, people))}"


def _shown(name: Name) -> str:
    return f"{name.literal}{f'{name.non_dropping_particle} {name.family} {name.suffix}'.strip()}|{name.given}"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _bare(held: str) -> str:
    return re.sub(r"[\s.]", "", held)


def _as_held(name: Name, held: str) -> str:
    """Give a name in the way in which the string holds it: family and initials, family and given names, or one text."""
    family = " ".join(part for part in (name.non_dropping_particle, name.family, name.suffix) if part)
    if name.others or name.literal:
        return _bare(f"{name}{'|' if '|' in held else ''}")
    if "|" not in held:
        return _bare(f"{name.given} {family}")
    # Some formats give initials without the hyphens between them.
    given = name.given if "-" in held.partition("|")[2] else name.given.replace("-", "")
    return _bare(f"{family}|{given}")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--wrong", type=int, default=0)
    options.add_argument("--kind", default="")
    options.add_argument("--format", default="")
    chosen = options.parse_args()
    if not RECORDS.exists():
        sys.exit(f"{RECORDS} is absent; the records are for development only")
    works = drawn(RECORDS, count=chosen.count, seed=chosen.seed, shape=chosen.kind)
    print(f"{len(works)} records, seed {chosen.seed}")
    print("format      right        certain      certain and wrong")
    for label, write in FORMATS.items():
        if chosen.format.lower() not in label.lower():
            continue
        right = certain = false = 0
        shown = chosen.wrong
        for work in works:
            written = write(work)
            found = parse_reference(written.text)
            wrong = list(wrong_fields(written, found))
            right += not wrong
            certain += found.confidence >= CERTAIN
            false += bool(wrong) and found.confidence >= CERTAIN
            if wrong and shown:
                shown -= 1
                print(
                    f"  [{work.shape}, {found.provenance[0].actor} {found.confidence}] {written.text}",
                    *wrong,
                    sep="\n      ",
                )
        total = max(1, len(works))
        print(f"{label:<10} {right:>5} {right / total:6.1%} {certain:>6} {certain / total:6.1%} {false:>6}")


if __name__ == "__main__":
    main()
