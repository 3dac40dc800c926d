"""Rule: one way to write each character: composed letters, plain blanks, nothing invisible.

Fields of text, names and dates are tidied; the raw text of an origin, keys, ids and fields of other formats
(``format:name``) stay as they are. Letters of two scripts that look alike are never exchanged.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

from alliancebib.finding import Finding
from alliancebib.model import ExtraValue, Name, PartialDate, Reference
from alliancebib.rules._fields import DATE_FIELDS, NAME_FIELDS, TEXT_FIELDS

__all__ = ["apply", "tidy"]

#: Fields in which a line may end.
_PARAGRAPHS = frozenset({"abstract", "note", "annote"})
#: Identifiers and addresses: another form of a letter may be another address, so only what is invisible goes.
_EXACT = frozenset({"doi", "url", "archive_url", "isbn", "issn"})
#: Soft hyphen, zero-width space, word joiner, byte order mark, marks of direction, controls, halves of surrogates. The
#: zero-width joiners stay: Persian and Indic words are spelled with them.
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\\ud800-\\udfff]"
)
_ENDS = re.compile("\\s*(?:\r\n|[\n\r\f\v\\x1c-\\x1e\\x85\u2028\u2029])\\s*")


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the characters of every field.

    >>> apply(Reference(title="Secu\u00adrity\u00a0 pact"))[0].title
    'Security pact'
    """
    changes: dict[str, object] = {}
    for field in TEXT_FIELDS:
        value = getattr(reference, field)
        changes[field] = _INVISIBLE.sub("", value).strip() if field in _EXACT else tidy(value, lines=field in _PARAGRAPHS)
    for field in NAME_FIELDS:
        changes[field] = tuple(_name(name) for name in getattr(reference, field))
    for field in DATE_FIELDS:
        changes[field] = _date(getattr(reference, field))
    changes["extra"] = {
        name: value if ":" in name else _extra(value, lines=name in _PARAGRAPHS)
        for name, value in reference.extra.items()
    }
    return reference.amended("unicode", changes), ()


def tidy(text: str, *, lines: bool = False) -> str:
    """Give a text in the one way to write it; its line ends stay where ``lines`` may have them."""
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return text
    whole = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if not lines:
        return " ".join(whole.split())
    return "\n".join(" ".join(line.split()) for line in _ENDS.sub("\n", whole).split("\n")).strip("\n")


def _name(name: Name) -> Name:
    parts = {part: tidy(getattr(name, part)) for part in name.__struct_fields__ if part != "others"}
    return msgspec.structs.replace(name, **parts)


def _date(date: PartialDate | None) -> PartialDate | None:
    if date is None:
        return None
    return msgspec.structs.replace(date, literal=tidy(date.literal), end=_date(date.end))


def _extra(value: ExtraValue, *, lines: bool) -> ExtraValue:
    if isinstance(value, str):
        return tidy(value, lines=lines)
    if isinstance(value, PartialDate):
        return _date(value) or value
    return tuple(_name(name) for name in value)
