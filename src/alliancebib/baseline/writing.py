"""A `Baseline` becomes the text of its file, made for reviews: a fault on each line, sorted, the same bytes always."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from alliancebib.baseline.faults import Baseline, Fault, plain

__all__ = ["baseline_text", "fault_line"]

_HEAD = """\
# Faults that people accepted: `alliancebib check` passes them until the day that `until` names, if any.
# `--update-baseline` keeps days and reasons, and no comments.
"""
#: Days last but for the reason, which a person writes.
_ORDER = ("code", "reference", "subject", "message", "outcome", "since", "until", "reason")
#: What a line may not hold (https://toml.io/en/v1.0.0#string), what ends one elsewhere, and what reorders one.
_ESCAPED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\"\\\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def baseline_text(baseline: Baseline) -> str:
    """Give a baseline as text: the same faults, in whatever order, give the same bytes."""
    # Days and reason settle the order of what is otherwise equal.
    lines = sorted({(*map(plain, fault.identity), fault_line(fault)) for fault in baseline.faults})
    return "\n".join([f"{_HEAD}accepted = [", *(f"  {line[-1]}," for line in lines), "]"]) + "\n"


def fault_line(fault: Fault) -> str:
    """Give a fault as it stands in the file: one line, whatever is in it.

    >>> fault_line(Fault(code="AB301", subject="https://example.org/", since=date(2026, 11, 28), reason="a move"))
    '{ code = "AB301", subject = "https://example.org/", since = 2026-11-28, reason = "a move" }'
    """
    values = msgspec.structs.asdict(fault)
    stated = [f"{name} = {_value(values[name])}" for name in _ORDER if values[name] or name in {"code", "reason"}]
    return f"{{ {', '.join(stated)} }}"


def _value(value: str | date) -> str:
    return f'"{_ESCAPED.sub(_escape, plain(value))}"' if isinstance(value, str) else value.isoformat()


def _escape(match: re.Match[str]) -> str:
    character, number = match[0], ord(match[0])
    return _SHORT.get(character) or (f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}")
