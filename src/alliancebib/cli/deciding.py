"""What a person decides about pairs of entries, kept in the decisions file of the project; for ``dedupe``.

One pair at a time by ``--same`` and ``--different``, many by a review: a file with all doubtful pairs, in which a
person changes ``[[undecided]]`` into ``[[same]]`` or ``[[different]]``, and which ``--decide`` takes over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from alliancebib import matching
from alliancebib.cli.naming import Entries
from alliancebib.cli.talk import counted, say
from alliancebib.cli.writing import open_text, write_file
from alliancebib.decisions import Decisions, Judged, load_decisions, names_in, with_judged
from alliancebib.errors import UsageError

__all__ = ["decide", "decided_in", "review_text"]

_HEAD = """\
# Pairs of entries that may be one work: {what}.
# Change [[undecided]] into [[same]] or [[different]] where you know; leave the others. A `reason` is kept.
# Then: {then}
"""
_NEW = "# What people decided: which entries are the same work, and which are not.\n"


def decide(entries: Entries, judged: Sequence[tuple[str, Judged]], path: Path) -> None:
    """Write decisions into the file; those that stand there already are not repeated.

    Raises:
        UsageError: The file says the opposite of a pair, if through others, or a pair is one entry.
        SettingsError: The file cannot be used.
    """
    known = load_decisions(path)
    names = names_in(entries.library)
    text = open_text(path)
    new: list[tuple[str, Judged]] = []
    for kind, group in judged:
        own = tuple(dict.fromkeys(entries.stable_name(name) for name in group.ids))
        if len(own) < 2:
            named = tuple(dict.fromkeys(group.ids))
            are = "is one entry, and a decision is on two" if len(named) == 1 else "are one entry"
            raise UsageError(f"{' and '.join(named)} {are}", help="Name two entries by their keys or ids.")
        if _says(known, kind, own, names):
            say(f"{' and '.join(own)}: decided already.")
        else:
            _require_no_opposite([*_groups(known), *new], kind, own, names, path)
            new.append((kind, Judged(ids=own, reason=group.reason)))
            _require_no_chain([*_groups(known), *new], own, names, path)
    if new:
        whole = with_judged(_NEW if text is None else text, new, place=str(path))
        write_file(path, whole.encode("utf-8", "surrogateescape"))
        for kind, group in new:
            what = "are one work" if kind == "same" else "are different works"
            say(f"{' and '.join(group.ids)} {what}: kept in {path}.")


def decided_in(path: Path) -> list[tuple[str, Judged]]:
    """Give what a review decided; what it leaves open is counted.

    Raises:
        UsageError: There is no such file, or it cannot be used.
    """
    if not path.exists():
        raise UsageError("there is no such file", place=str(path), help="`--review FILE` writes one.")
    found = load_decisions(path)
    if found.undecided:
        say(f"{counted(len(found.undecided), 'pair')} of {path} still undecided.")
    return _groups(found)


def review_text(entries: Entries, clusters: matching.Clusters, then: str) -> str:
    """Give the doubtful pairs as a file that a person goes through."""
    parts = [_HEAD.format(what=counted(len(clusters.review), "pair"), then=then)]
    for doubt in clusters.review:
        ids = (doubt.a, doubt.b)
        told = [f"# {entries.own_name(one)}: {entries.described(one)}" for one in ids]
        group = with_judged("", [("undecided", Judged(ids=tuple(map(entries.own_name, ids))))])
        parts.append("\n".join(["", *told, f"# {_one_line(doubt.reason)}", group]))
    return "".join(parts)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _groups(decisions: Decisions) -> list[tuple[str, Judged]]:
    return [("same", group) for group in decisions.same] + [("different", group) for group in decisions.different]


def _says(known: Decisions, kind: str, ids: Iterable[str], names: dict[str, str]) -> bool:
    groups = known.same if kind == "same" else known.different
    return set(_pairs(ids, names)) <= {pair for group in groups for pair in _pairs(group.ids, names)}


def _require_no_opposite(
    groups: Iterable[tuple[str, Judged]], kind: str, ids: Iterable[str], names: dict[str, str], path: Path
) -> None:
    ids = tuple(ids)
    for other, group in groups:
        if other != kind and not set(_pairs(ids, names)).isdisjoint(_pairs(group.ids, names)):
            message = f"{' and '.join(ids)} were called {'different' if other == 'different' else 'the same'} before"
            raise UsageError(message, place=str(path), help="Take that decision out of the file first.")


def _require_no_chain(
    groups: Sequence[tuple[str, Judged]], ids: Sequence[str], names: dict[str, str], path: Path
) -> None:
    """Refuse a decision after which two would be one work through others, and be called different as well."""
    home: dict[str, frozenset[str]] = {}
    for kind, group in groups:
        if kind == "same":
            own = [names.get(name, name) for name in group.ids]
            whole = frozenset(own).union(*(home.get(name, frozenset()) for name in own))
            home |= dict.fromkeys(whole, whole)
    for kind, group in groups:
        for one, other in combinations(group.ids, 2) if kind == "different" else ():
            if names.get(other, other) in home.get(names.get(one, one), ()):
                message = f"{' and '.join(ids)} cannot be that: {one} and {other} would be both the same and different"
                raise UsageError(
                    message, place=str(path), help="Take the decision that is wrong out of the file first."
                )


def _pairs(ids: Iterable[str], names: dict[str, str]) -> list[frozenset[str]]:
    return [frozenset(pair) for pair in combinations([names.get(name, name) for name in ids], 2)]
