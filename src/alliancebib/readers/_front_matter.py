"""The block of fields in front of a Markdown page: between ``---`` (YAML as people write it there) or ``+++`` (TOML).

Only plain fields and lists are understood, without a YAML library: title, author, dates, language, address.
"""

from __future__ import annotations

import re
import tomllib

import msgspec

from alliancebib.model import PartialDate
from alliancebib.outline.dates import date_at

__all__ = ["FrontMatter", "front_matter_of"]

_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*:(?:\s+(.*))?$")
_ITEM = re.compile(r"\s*-\s+(?:name:\s*)?(.+)$")
_COMMENT = re.compile(r"\s+#.*$")
#: Longer blocks are no front matter.
_LONGEST = 400
_UPDATES = ("updated", "lastmod", "last_modified_at", "last_modified", "last-modified", "modified", "date")
_ADDRESSES = ("canonical_url", "canonical", "url", "permalink")


class FrontMatter(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a page; ``length`` is the number of lines that they take, their marks included."""

    length: int = 0
    title: str = ""
    author: str = ""
    language: str = ""
    url: str = ""
    updated: PartialDate | None = None


def front_matter_of(text: str) -> FrontMatter:
    r"""Read the fields in front of a page; an empty value where there are none.

    >>> front_matter_of("---\ntitle: 'The CSTO'\nauthor:\n  - Jane Doe\n---\n# News").author
    'Jane Doe'
    """
    mark = text[:3]
    lines = text[: _LONGEST * 200].split("\n", _LONGEST)
    if mark not in ("---", "+++") or lines[0].rstrip() != mark:
        return FrontMatter()
    ends = ("---", "...") if mark == "---" else ("+++",)
    end = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() in ends), 0)
    if not end:
        return FrontMatter()
    fields = _yaml(lines[1:end]) if mark == "---" else _toml("\n".join(lines[1:end]))
    if fields is None:
        return FrontMatter()
    address = next(
        (fields[name] for name in _ADDRESSES if fields.get(name, "").startswith(("http://", "https://"))), ""
    )
    return FrontMatter(
        length=end + 1,
        title=fields.get("title", ""),
        author=fields.get("author", "") or fields.get("authors", ""),
        language=fields.get("lang", "") or fields.get("language", ""),
        url=address,
        updated=_date(next((fields[name] for name in _UPDATES if fields.get(name)), "")),
    )


def _yaml(lines: list[str]) -> dict[str, str] | None:
    """Read ``name: value`` and lists below a name; None where a line at the margin is neither, so that it is text."""
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        if match := _FIELD.match(line):
            name = match[1].lower()
            fields[name] = _value(match[2] or "")
        elif item := _ITEM.match(line):
            if name and not fields.get(name, ""):
                fields[name] = _value(item[1])
            elif name in ("author", "authors"):
                fields[name] += f", {_value(item[1])}"
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            return None
    return fields


def _value(text: str) -> str:
    text = text.strip()
    if text[:1] in ("'", '"'):
        end = text.find(text[0], 1)
        return text[1:end] if end > 0 else text[1:]
    text = _COMMENT.sub("", f" {text}").strip()
    if text.startswith("[") and text.endswith("]"):
        return ", ".join(part.strip(" '\"") for part in text[1:-1].split(","))
    return "" if text in ("|", ">", "~", "null") else text


def _toml(text: str) -> dict[str, str] | None:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return {
        name.lower(): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in table.items()
        if not isinstance(value, dict)
    }


def _date(text: str) -> PartialDate | None:
    found = date_at(text, 0)
    return found.date if found else None
