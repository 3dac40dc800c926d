"""How many entries of pages are found, and how many of their fields are right: page by page, against gold.

    python tests/conformance/page_score.py FOLDER [NAME ...] [-v]

FOLDER holds ``pages/X`` and ``gold/X.json`` for each page X; NAMEs choose pages by a part of their name, ``-v`` shows
each difference. A gold file is

    {"page": X, "entries": [{"raw": text, "expected": {field: value}, "optional": {field: value}, "inferred": [field]}]}

``raw`` is the entry as the page shows it, by which it is found among what was read. Fields have the names of
`Reference` and, in `extra`, of CSL; ``kind`` is one. People are written "Family, Given, Suffix; Name of a body; et
al.", dates as `PartialDate` prints them. A value may name several that are right ("report|book"), ``none`` that none is
right, too, and ``*`` that any is. What is ``optional`` may be there or not, with any value. Kinds of dashes, quotation
marks and space, capitals in names and DOIs, and full stops behind initials and abbreviations make no difference.
``inferred`` and ``language`` are not counted.

Each expected field counts as right, wrong or missing; a field that no one expects is invented. An entry that is not
found misses all its fields.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from alliancebib import Name, Reference, parse, read

__all__ = ["Difference", "compare", "fields_of", "matched", "score"]

PLAIN = (
    "title container_title collection_title volume issue page edition publisher publisher_place genre doi isbn url "
    "abstract note issued accessed"
).split()
PEOPLE = ("author", "editor", "translator")
#: So alike must an entry be to what the gold file shows of it, in percent.
ALIKE = 55
#: What the title of the entry in the line counts beside that.
TITLED = 30


class Difference(NamedTuple):
    """A field that is ``wrong``, ``missing`` or ``invented``, what it is and what it should be."""

    sort: str
    field: str
    got: str = ""
    wanted: str = ""

    def __str__(self) -> str:
        """Say it in a line."""
        if self.sort == "missing":
            return f"missing {self.field}: {self.wanted!r}"
        return f"{self.sort} {self.field}: {self.got!r}" + (f", not {self.wanted!r}" if self.wanted else "")


def fields_of(reference: Reference) -> dict[str, str]:
    """Give the fields of a reference as gold files write them."""
    found = {"kind": reference.kind}
    found |= {field: str(value) for field in PLAIN if (value := getattr(reference, field))}
    found |= {field: _people(value) for field in PEOPLE if (value := getattr(reference, field))}
    return found | {
        name: _people(value) if isinstance(value, tuple) else str(value) for name, value in reference.extra.items()
    }


def _people(names: Sequence[Name]) -> str:
    return "; ".join(map(_name, names))


def _name(name: Name) -> str:
    if name.others:
        return "et al."
    family = " ".join(part for part in (name.dropping_particle, name.non_dropping_particle, name.family) if part)
    return name.literal or ", ".join(part for part in (family, name.given, name.suffix) if part)


def compare(reference: Reference, entry: Mapping[str, Any]) -> list[Difference]:
    """Compare a reference with its gold: what is wrong, missing and invented."""
    found, wanted = fields_of(reference), entry["expected"]
    differences = []
    for field, value in wanted.items():
        if field not in found:
            if "none" not in value.split("|"):
                differences.append(Difference("missing", field, "", value))
        elif not _is_right(field, found[field], value):
            differences.append(Difference("wrong", field, found[field], value))
    known = {*wanted, *entry.get("optional", ())}
    for field, value in found.items():
        shown_by_doi = field == "url" and found.get("doi", "\0") in value.lower()
        if field not in known and not shown_by_doi:
            differences.append(Difference("invented", field, value))
    return differences


def _is_right(field: str, got: str, wanted: str) -> bool:
    values = [wanted] if field == "url" else wanted.split("|")
    return "*" in values or _plain(got, field) in [_plain(value, field) for value in values]


def _plain(text: str, field: str = "") -> str:
    text = unicodedata.normalize("NFC", text)
    for marks, one in (("‐‑‒–—−", "-"), ("“”„«»", '"'), ("‘’‚", "'")):
        text = re.sub(f"[{marks}]", one, text)
    text = " ".join(text.split())
    if field in PEOPLE:
        text = re.sub(r"[. ]", "", text.casefold())
    return text.lower() if field == "doi" else text.rstrip(".") if field in {"genre", "edition"} else text


def matched(entries: Sequence[Mapping[str, Any]], references: Sequence[Reference]) -> dict[int, int]:
    """Give for each entry that was found the place of its reference: the most alike first, each once."""
    pairs = sorted(
        (
            (_likeness(entry, one) - abs(place - other) / 100, place, other)
            for place, entry in enumerate(entries)
            for other, one in enumerate(references)
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, place, other in pairs:
        if likeness >= ALIKE and place not in found and other not in taken:
            found[place] = other
            taken.add(other)
    return found


def _likeness(entry: Mapping[str, Any], reference: Reference) -> float:
    raw, title = _plain(reference.origin.raw), _plain(entry["expected"].get("title", "\0"))
    return fuzz.ratio(_plain(entry["raw"]), raw) + TITLED * (title in raw)


def score(path: Path, entries: Sequence[Mapping[str, Any]]) -> tuple[Counter[str], list[str]]:
    """Read a page and count; give the counts and the differences as lines."""
    references = list(parse(read(path)))
    found = matched(entries, references)
    counts = Counter(entries=len(entries), found=len(found), others=len(references) - len(found))
    lines: list[str] = []
    for place, entry in enumerate(entries):
        counts["fields"] += len(entry["expected"])
        if place not in found:
            counts["missing"] += len(entry["expected"])
            lines.append(f"  not found: {entry['raw'][:150]}")
            continue
        reference = references[found[place]]
        differences = compare(reference, entry)
        counts.update(one.sort for one in differences)
        lines += _shown(reference, differences)
    counts["right"] = counts["fields"] - counts["wrong"] - counts["missing"]
    lines += [
        f"  no entry: {references[other].origin.raw[:150]}"
        for other in sorted(set(range(len(references))) - set(found.values()))
    ]
    return counts, lines


def _shown(reference: Reference, differences: Sequence[Difference]) -> Iterator[str]:
    if differences:
        yield f"  [{'+'.join(record.actor for record in reference.provenance)}] {reference.origin.raw[:300]}"
        yield from (f"      {one}" for one in differences)


def _summary(name: str, counts: Counter[str]) -> str:
    percent = 100 * counts["right"] / max(1, counts["fields"])
    return (
        f"{name}: {counts['found']} of {counts['entries']} entries found, {counts['others']} others; "
        f"{counts['right']} of {counts['fields']} fields right ({percent:.1f} %), {counts['wrong']} wrong, "
        f"{counts['missing']} missing, {counts['invented']} invented"
    )


def main(arguments: Sequence[str]) -> None:
    """Print the figures of each page and of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args(arguments)
    total: Counter[str] = Counter()
    for path in sorted((options.folder / "gold").glob("*.json")):
        if options.names and not any(name in path.name for name in options.names):
            continue
        gold = json.loads(path.read_text("utf-8"))
        counts, lines = score(options.folder / "pages" / path.name.removesuffix(".json"), gold["entries"])
        total += counts
        shown = [_summary(path.name.removesuffix(".json"), counts), *(lines if options.verbose else ())]
        sys.stdout.write("\n".join(shown) + "\n")
    sys.stdout.write(_summary("all", total) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
