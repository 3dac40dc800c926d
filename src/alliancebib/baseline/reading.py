"""The bytes of a baseline become a `Baseline`; what is wrong in them is an error with its line, and nothing is guessed.

Any TOML that says the same will do, in tables or on one line; the lines of its faults are known where it is written as
this room writes it, or as ``[[accepted]]``.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime

import msgspec

from alliancebib.baseline.faults import Baseline, Fault
from alliancebib.errors import SettingsError, UnknownName
from alliancebib.finding import register

__all__ = ["read_baseline"]

_HELP = "Mend the line, or restore the file from version control; nothing was written over."
_KEYS = tuple(field.name for field in msgspec.structs.fields(Fault))
_DAYS = ("since", "until")
#: Where a fault begins, in either form.
_BEGIN = re.compile(r"\s*(?:(?:accepted\s*=\s*\[\s*)?\{|\[\[\s*accepted\s*\]\])")


def read_baseline(data: bytes, *, place: str = "") -> Baseline:
    """Read a baseline from the bytes of its file; ``place`` is the name of the file in errors and findings.

    Raises:
        SettingsError: It is no TOML, or holds something else than accepted faults.
    """
    text, table = _table(data, place)
    for name in table:
        if name != "accepted":
            raise UnknownName("key", name, ["accepted"], place=_at(place, _line_of(text, name)), help=_HELP)
    entries = table.get("accepted", [])
    if not isinstance(entries, list):
        message = "`accepted` is no list of faults"
        raise SettingsError(message, place=_at(place, _line_of(text, "accepted")), help=_HELP)
    lines = tuple(_lines(text, len(entries)))
    faults = tuple(_fault(entry, _at(place, line)) for entry, line in zip(entries, lines, strict=True))
    return Baseline(faults=faults, place=place, lines=lines)


def _table(data: bytes, place: str) -> tuple[str, dict[str, object]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise SettingsError("the baseline is not UTF-8", place=_at(place, line), help=_HELP) from None
    try:
        return text, tomllib.loads(text)
    except RecursionError:
        raise SettingsError("the baseline is nested too deeply", place=place, help=_HELP) from None
    except ValueError as problem:  # TOMLDecodeError, and numbers of thousands of digits
        what, _, where = str(problem).partition(" (at ")
        line = int(found[1]) if (found := re.match(r"line (\d+)", where)) else text.rstrip().count("\n") + 1
        message = f"the baseline is no valid TOML: {what}"
        raise SettingsError(message, place=_at(place, line), help=_HELP) from None


def _fault(entry: object, place: str) -> Fault:
    if not isinstance(entry, dict):
        raise SettingsError(
            "an accepted fault is a table of its own", place=place, help='Write { code = "AB301" ... }.'
        )
    for name, value in entry.items():
        if name not in _KEYS:
            raise UnknownName("key", name, _KEYS, place=place, help=f"Known: {', '.join(_KEYS)}.")
        # A moment is a date too, for Python.
        if name in _DAYS and (not isinstance(value, date) or isinstance(value, datetime)):
            raise SettingsError(f"`{name}` is no day", place=place, help="Write it as 2027-03-01, without quotes.")
        if name not in _DAYS and not isinstance(value, str):
            raise SettingsError(f"`{name}` is no text", place=place, help="Put it in quotation marks.")
    code = entry.get("code", "")
    if code not in register():
        raise UnknownName("code", str(code), register(), place=place, help="`alliancebib explain` lists all codes.")
    if not (entry.get("subject") or entry.get("message")):
        message = "it does not say what the fault is about: a `subject` (an address or DOI), or else its `message`"
        raise SettingsError(message, place=place, help="`--update-baseline` writes both as they must be.")
    return msgspec.convert(entry, Fault)


def _lines(text: str, number: int) -> list[int]:
    """Find the line of each fault; where faults and lines do not go together, none is better than a wrong one."""
    found = [line for line, row in enumerate(text.split("\n"), start=1) if _BEGIN.match(row)]
    return found if len(found) == number else [0] * number


def _line_of(text: str, name: str) -> int:
    rows = text.split("\n")
    return next((line for line, row in enumerate(rows, start=1) if row.lstrip(" \t[\"'").startswith(name)), 0)


def _at(place: str, line: int) -> str:
    return f"{place}:{line}" if line else place
