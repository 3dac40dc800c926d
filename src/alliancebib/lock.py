"""The lock: what services answered, as a file in the repository, so that a build without network gives the same bytes.

JSON comes in and goes out, one value a line and sorted, so that a change shows as a readable diff. It is written by the
program alone; what people decide stands in ``decisions.toml``. A lock that was damaged stops the run, and is never
overwritten by it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from alliancebib.errors import SettingsError
from alliancebib.finding import LinkState
from alliancebib.model import Reference
from alliancebib.web.address import BadAddress, read_address

__all__ = ["THRESHOLD", "Accepted", "Lock", "Open", "accepted", "load_lock", "lock_text"]

VERSION = 1
#: How probable it must be (0 to 1) that a record is the work before its DOI is taken, where nobody says otherwise.
THRESHOLD = 0.8
#: What is said of a link only where there is something to say.
_TOLD_OF_LINKS = ("moved_to", "archived", "since")
_HELP = "Restore it from version control, or delete it to ask again."


class Accepted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record that was accepted for a reference: which service gave it, on which day, how sure we were.

    ``record`` holds the service's values, ``hash`` is that of the record: it shows damage, and changes upstream.
    ``stated``: the DOI was stated, by the list or by a person, and only looked up; else it was found by a search.
    """

    doi: str
    resolver: str
    date: str
    score: float
    hash: str
    record: Reference
    stated: bool = False


class Open(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer that attached nothing: none found, only doubtful ones, or a stated DOI that is wrong or unknown.

    ``message`` is the sentence of its finding; ``threshold`` and ``doi`` are those in force when it was asked.
    """

    verdict: Literal["none", "doubtful", "other-work", "unknown"]
    resolver: str
    date: str
    threshold: float
    message: str
    doi: str = ""


class Lock(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Accepted records and open answers by the id of the reference, link states by address.

    Kept are links of which something follows: pages that moved for good, dead ones with an archived copy.
    """

    version: int = VERSION
    works: dict[str, Accepted] = msgspec.field(default_factory=dict)
    open: dict[str, Open] = msgspec.field(default_factory=dict)
    links: dict[str, LinkState] = msgspec.field(default_factory=dict)


def accepted(record: Reference, *, resolver: str, date: str, score: float, stated: bool = False) -> Accepted:
    """Make the entry for a service's record; ``date`` is the day of the answer (ISO)."""
    own = msgspec.structs.replace(record, id="", key="", origins=(), spans=(), leftover=(), provenance=())
    return Accepted(
        doi=own.doi,
        resolver=resolver,
        date=date,
        score=round(score, 4),
        hash=_hash_of(own),
        record=own,
        stated=stated,
    )


def load_lock(path: Path) -> Lock:
    """Read a lock; a missing file is an empty lock.

    Raises:
        SettingsError: The file cannot be read, is no lock, was changed by hand, or is of a newer program.
    """
    if not path.exists():
        return Lock()
    value: object = None
    try:
        value = json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_no_number)
        _require_version(value, path)
        lock = msgspec.convert(_with_addresses(value), Lock)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise SettingsError(f"the lock cannot be read: {reason}", place=str(path), help="Check the path.") from None
    except json.JSONDecodeError as problem:
        place = f"{path}:{problem.lineno}:{problem.colno}"
        raise SettingsError("the lock is damaged: here it is no JSON any more", place=place, help=_HELP) from None
    except (ValueError, RecursionError) as problem:
        message = f"the lock is damaged: {_fault(problem, value)}"
        raise SettingsError(message, place=str(path), help=_HELP) from None
    _require_hashes(lock, path)
    _require_days(lock, path)
    _require_addresses(lock, path)
    return lock


def lock_text(lock: Lock) -> str:
    """Give the lock as text: the same lock, the same bytes. What belongs to one run only (times, tries) is left out."""
    value = msgspec.to_builtins(lock)
    value["links"] = {url: _link_entry(state) for url, state in lock.links.items()}
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    # Half a surrogate pair is no character; its escape is valid JSON.
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def _link_entry(state: LinkState) -> dict[str, object]:
    entry = {
        "verdict": str(state.verdict),
        "outcome": state.outcome,
        "status": state.status,
        "final_url": state.final_url,
        "detail": state.detail,
        "checked": state.checked,
    }
    told = {name: value for name in _TOLD_OF_LINKS if (value := getattr(state, name))}
    return entry | told


def _with_addresses(value: object) -> object:
    """Put the address, which is the key of a link's entry, into the entry."""
    links = value.get("links") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(links, dict):
        return value
    states = {url: {"url": url, **state} if isinstance(state, dict) else state for url, state in links.items()}
    return value | {"links": states}


def _fault(problem: Exception, value: object) -> str:
    """Say in words what is wrong, and with which entry."""
    match problem:
        case UnicodeDecodeError():
            return "it is not UTF-8"
        case RecursionError():
            return "it is nested too deeply"
        case msgspec.ValidationError():
            return next(_faults_of_entries(value), None) or _in_words(problem, "the file")
        case _:
            return str(problem)


def _faults_of_entries(value: object) -> Iterator[str]:
    """Find the entry that has another shape: of a whole lock msgspec does not say which it was."""
    tables: dict[str, type] = {"works": Accepted, "open": Open, "links": LinkState}
    whole = _with_addresses(value)
    for table, kind in tables.items():
        entries = whole.get(table) if isinstance(whole, dict) else None
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            try:
                msgspec.convert(entry, kind)
            except msgspec.ValidationError as problem:
                yield _in_words(problem, f"the entry {name} of `{table}`")


def _in_words(problem: msgspec.ValidationError, what: str) -> str:
    """Put msgspec's "... - at `$.record.title`" into the rest of a sentence about an entry."""
    text, _, place = str(problem).partition(" - at `$.")
    field = place.rstrip("`")
    if match := re.search(r"(missing required|unknown) field `([^`]*)`", text):
        inner = f"{field}.{match[2]}" if field else match[2]
        return f"{what} has no `{inner}`" if match[1] != "unknown" else f"{what} has a `{inner}`, which nothing reads"
    return f"`{field}` of {what} is not what it should be" if field else f"{what} is not what it should be"


def _require_version(value: object, path: Path) -> None:
    version = value.get("version") if isinstance(value, dict) else None
    if isinstance(version, int) and version > VERSION:
        message = f"the lock has version {version}, which a newer alliancebib wrote; this one knows {VERSION}"
        raise SettingsError(message, place=str(path), help="Update alliancebib.")
    if isinstance(version, bool) or version != VERSION:
        raise SettingsError("the lock is damaged: it has no version", place=str(path), help=_HELP)


def _require_hashes(lock: Lock, path: Path) -> None:
    for name, entry in lock.works.items():
        if entry.hash != _hash_of(entry.record) or entry.doi != entry.record.doi:
            message = f"the lock is damaged: the record of {name} was changed by hand"
            help_ = f"{_HELP} Corrections belong into decisions.toml."
            raise SettingsError(message, place=str(path), help=help_)


def _require_days(lock: Lock, path: Path) -> None:
    entries: dict[str, Accepted | Open] = {**lock.works, **lock.open}
    days = [(name, entry.date) for name, entry in entries.items()]
    days += [(url, day) for url, state in lock.links.items() for day in (state.checked, state.since) if day]
    for name, day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            message = f"the lock is damaged: {day!r} at {name} is no day"
            raise SettingsError(message, place=str(path), help=_HELP) from None


def _require_addresses(lock: Lock, path: Path) -> None:
    """Refuse a link that leads to no address: the bibliography would have it."""
    for url, state in lock.links.items():
        for target in filter(None, (state.moved_to, state.archived)):
            if isinstance(read_address(target), BadAddress):
                message = f"the lock is damaged: {target!r} at {url} is no address"
                raise SettingsError(message, place=str(path), help=_HELP)


def _hash_of(record: Reference) -> str:
    text = json.dumps(msgspec.to_builtins(record), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")
