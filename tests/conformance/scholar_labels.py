"""How many labelled references fit a format of Google Scholar, and how many of these disagree with the labels.

``PYTHONPATH=src:tests python tests/conformance/scholar_labels.py [--wrong N] [FILE]`` reads labelled tokens of
``shared/data/references`` (by default the training part of GROBID's corpus). The labels are people's and differ in
small things, so words are compared, without marks, and only fields of which both sides have something.
"""

# ruff: noqa: T201 - a command that prints a table
from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from alliancebib.model import Reference
from alliancebib.page import Line, Section
from alliancebib.parsers import scholar
from shared_data import SHARED

LABELLED = SHARED / "data" / "references" / "train_grobid.jsonl.gz"
#: A field of a reference -> the label of its tokens.
LABEL_OF = {
    "author": "author",
    "title": "title",
    "container_title": "container",
    "page": "pages",
    "publisher": "publisher",
}
_LEADS = re.compile(r"^(?:in|doi|pp?|pages?|vol|no|and|et|al|eds?|editors?|s|ed|the)$")


def words(text: str) -> list[str]:
    """Give the words of a text in small letters, without those that lead to a field."""
    return [word for word in re.findall(r"[^\W_]+", text.casefold()) if not _LEADS.match(word)]


def disagreements(found: Reference, tokens: list[str], labels: list[str]) -> list[str]:
    """Name the fields whose words are others than those of the label."""
    said: dict[str, list[str]] = defaultdict(list)
    for token, label in zip(tokens, labels, strict=True):
        said[label] += words(token)
    wrong = []
    for field, label in LABEL_OF.items():
        read = words(" ".join(found.origin.raw[span.start : span.end] for span in found.spans if span.field == field))
        held = said[label] or (said["editor"] if field == "author" else [])
        # A token as "2010;47(11):1363-73" has one label, though several fields stand in it.
        if read and held and read != held and not (field == "page" and held[-len(read) :] == read):
            wrong.append(f"{field}: {' '.join(held)} <> {' '.join(read)}")
    for field, label in (("volume", "volume"), ("issue", "volume"), ("issued", "date")):
        value = getattr(found, field)
        if (
            value
            and said[label]
            and not set(words(str(getattr(value, "year", value))))
            <= {re.sub(r"(?<=\d{4})[a-z]$", "", word) for word in said[label]}
        ):
            wrong.append(f"{field}: {' '.join(said[label])} <> {value}")
    return wrong


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("file", nargs="?", type=Path, default=LABELLED)
    options.add_argument("--wrong", type=int, default=0)
    chosen = options.parse_args()
    if not chosen.file.exists():
        sys.exit(f"{chosen.file} is absent; the labelled references are for development only")
    lines = fits = 0
    certain: Counter[str] = Counter()
    against: Counter[str] = Counter()
    shown = chosen.wrong
    for row in gzip.decompress(chosen.file.read_bytes()).decode().splitlines():
        entry = json.loads(row)
        lines += 1
        found = scholar.parse(Line(number=1, text=entry["text"]), Section(title=""), page="x")
        if found is None:
            continue
        fits += 1
        shape = found.provenance[0].actor if found.confidence >= 0.95 else "open"
        certain[shape] += 1
        if wrong := disagreements(found, entry["tokens"], entry["labels"]):
            against[shape] += 1
            if shown:
                shown -= 1
                print(f"  [{shape}] {entry['text']}", *wrong, sep="\n      ")
    print(f"{lines} lines, {fits} fit")
    for shape, count in certain.most_common():
        print(f"{shape:<10} {count:>5} fit, {against[shape]:>4} disagree with the labels")


if __name__ == "__main__":
    main()
