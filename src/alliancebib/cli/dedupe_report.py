"""What ``dedupe`` gives a program: clusters, doubts, versions, keys, and the values that gave way.

What gave way has no place in a .bib file; where the inputs themselves are changed it is kept in a file beside them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from alliancebib import matching
from alliancebib.bibtex.rekeying import Cited
from alliancebib.cli.naming import Entries
from alliancebib.cli.writing import open_text, write_file
from alliancebib.errors import InputError
from alliancebib.matching.forms import MERGER

__all__ = ["as_json", "gave_way", "keep_gave_way", "path_of_gave_way"]


def as_json(entries: Entries, found: matching.Deduplicated, cited: Cited) -> str:
    """Give clusters, doubts, versions, the map from old names to kept ones, and the values that gave way.

    A name is the citation key, else the id.
    """
    name, clusters = entries.own_name, found.clusters
    without = {old: name(ids[0]) for ids in clusters.clusters for old in ids[1:] if not entries.library[old].key}
    value = {
        "clusters": [[name(identity) for identity in cluster] for cluster in clusters.clusters],
        "review": [{"ids": [name(doubt.a), name(doubt.b)], "reason": doubt.reason} for doubt in clusters.review],
        "keys": cited.keys | without,
        "versions": [
            {"ids": [name(one) for one in pair.ids], "kinds": list(pair.kinds), "reason": pair.reason}
            for pair in clusters.versions
        ],
        "gave_way": gave_way(entries, found),
    }
    return _dumped(value)


def gave_way(entries: Entries, found: matching.Deduplicated) -> list[dict[str, str]]:
    """List the values of joined entries that are not those of the kept entry; keys are among its further names."""
    kept = [found.library[cluster[0]] for cluster in found.clusters.clusters]
    before = {one.id: set(one.provenance) for one in entries.library}
    records = [
        (one, new) for one in kept for new in one.provenance if new.actor == MERGER and new not in before[one.id]
    ]
    return [
        {"kept": entries.own_name(one.id), "from": new.note.removeprefix("joined "), "field": field, "value": value}
        for one, new in records
        for field, value in new.refused
        if field != "key"
    ]


def path_of_gave_way(path: Path) -> Path:
    """Name the file beside a bibliography in which what gave way is kept.

    >>> path_of_gave_way(Path("refs.bib")).name
    'refs.gave-way.json'
    """
    return path.with_suffix(".gave-way.json")


def keep_gave_way(values: list[dict[str, str]], path: Path) -> None:
    """Add values to the file in which they are kept; those that stand there stay.

    Raises:
        InputError: The file holds something else.
        OutputError: It cannot be written.
    """
    text = open_text(path)
    known = _read(text, path) if text is not None else []
    new = [value for value in values if value not in known]
    if new:
        write_file(path, _dumped([*known, *new]))


def _read(text: str, path: Path) -> list[Any]:
    try:
        known = json.loads(text)
    except ValueError:
        known = None
    if not isinstance(known, list):
        help_ = "Move it away: what gives way is kept under this name."
        raise InputError("it holds something else than values that gave way", place=str(path), help=help_)
    return known


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
