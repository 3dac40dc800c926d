"""Two entries side by side, and why they are one work or not; for ``dedupe --explain``."""

from __future__ import annotations

import json
from typing import Any

from alliancebib import matching
from alliancebib.cli.naming import Entries
from alliancebib.decisions import Decisions
from alliancebib.errors import UsageError
from alliancebib.matching.agreement import agree, as_text
from alliancebib.model import Reference

__all__ = ["explained", "explained_as_json"]

#: What is set side by side, in the order of a citation.
_FIELDS = (
    """kind title author editor issued container_title collection_title volume issue page edition publisher
    publisher_place genre language doi isbn issn url archive_url"""
).split()
#: A longer value is cut.
_WIDTH = 60
_SAYS = {
    "joined": "In this list they are joined.",
    "review": "In this list they are kept apart, and shown to you as doubtful.",
    "versions": "In this list both are kept, as two versions of one text.",
    "apart": "In this list they are kept apart.",
}
_MARKS = {"same": "=", "agree": "~", "differ": "!", "one": "-"}


def explained(entries: Entries, pair: tuple[str, str], decisions: Decisions, preset: str) -> str:
    """Say in words whether two entries are one work, what speaks for it and against it, and what was done."""
    told = _told(entries, pair, decisions, preset)
    lines = [f"{told['verdict']} (score {told['score']:.2f}, {preset})", *(f"- {reason}" for reason in told["reasons"])]
    lines += [f"- {fact}" for fact in told["facts"]]
    lines += [f"Two versions of one text: {told['versions']}."] if told["versions"] else []
    lines += [f"You decided: {told['decided']}."] if told["decided"] else []
    lines += [_SAYS[told["outcome"]], "", f"  {pair[0]} | {pair[1]}   (= same, ~ agrees, ! differs, - only one has it)"]
    width = max(len(field["field"]) for field in told["fields"])
    for field in told["fields"]:
        values = [field["a"]] if field["state"] == "same" else [field["a"], field["b"]]
        shown = " | ".join(text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…" for text in values)
        lines.append(f"{_MARKS[field['state']]} {field['field'].ljust(width)}  {shown}".rstrip())
    return "\n".join(lines) + "\n"


def explained_as_json(entries: Entries, pair: tuple[str, str], decisions: Decisions, preset: str) -> str:
    """Give the same as data."""
    return json.dumps(_told(entries, pair, decisions, preset), ensure_ascii=False, indent=1) + "\n"


def _told(entries: Entries, pair: tuple[str, str], decisions: Decisions, preset: str) -> dict[str, Any]:
    a, b = (entries.named(name) for name in pair)
    if a.id == b.id:
        are = "is one entry" if pair[0] == pair[1] else f"and {pair[1]} are one entry"
        raise UsageError(f"{pair[0]} {are}", help="Name two entries by their keys or ids.")
    found = matching.compare(a, b, preset=preset, within=entries.library)
    clusters = matching.find_clusters(entries.library, decisions=decisions, preset=preset)
    return {
        "verdict": found.verdict,
        "score": round(found.score, 2),
        "reasons": list(found.reasons),
        "facts": list(found.facts),
        "versions": found.versions,
        "decided": _decided(decisions.by_id(entries.library), {a.id, b.id}),
        "outcome": _outcome(clusters, {a.id, b.id}),
        "fields": _side_by_side(a, b),
    }


def _decided(decisions: Decisions, ids: set[str]) -> str:
    for what, groups in (("one work", decisions.same), ("different works", decisions.different)):
        for group in groups:
            if ids <= set(group.ids):
                return f"{what} ({group.reason})" if group.reason else what
    return ""


def _outcome(clusters: matching.Clusters, ids: set[str]) -> str:
    if any(ids <= set(cluster) for cluster in clusters.clusters):
        return "joined"
    if any(ids == {doubt.a, doubt.b} for doubt in clusters.review):
        return "review"
    return "versions" if any(ids == set(versions.ids) for versions in clusters.versions) else "apart"


def _side_by_side(a: Reference, b: Reference) -> list[dict[str, str]]:
    rows = [(field, getattr(a, field), getattr(b, field)) for field in _FIELDS]
    names = sorted({*a.extra, *b.extra} - {name for name in (*a.extra, *b.extra) if name.startswith("bibtex:tex:")})
    rows += [(name, a.extra.get(name, ""), b.extra.get(name, "")) for name in names]
    return [
        {
            "field": field.replace("_", " ").removeprefix("bibtex:"),
            "state": _state(field, one, other),
            "a": as_text(one),
            "b": as_text(other),
        }
        for field, one, other in rows
        if one or other
    ]


def _state(field: str, one: object, other: object) -> str:
    if one == other:
        return "same"
    if not one or not other:
        return "one"
    return "agree" if agree(field, one, other) else "differ"
