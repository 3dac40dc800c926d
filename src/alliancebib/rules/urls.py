"""Rule: addresses absolute, without what belongs to the sentence around them; archived copies in their own field.

Nothing is taken out of an address: parameters that follow readers around are the user's data as well. What is no
address leaves its field and is kept in ``extra`` (``alliancebib:url``).
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.rules._fields import found, moved_out
from alliancebib.web.address import BadAddress, read_address

__all__ = ["apply", "tidy_url"]

_FIELDS = ("url", "archive_url")
_NAME = re.compile(r"(?:URL|Link|Available\s(?:at|from)|Retrieved\sfrom)\s?[:=]?\s+(?=\S)|URL:(?=\S)", re.IGNORECASE)
_SCHEME = re.compile(r"(https?)(?::/*|//+)", re.IGNORECASE)
_DOUBLED = re.compile(r"https?:/*(?=https?:/)", re.IGNORECASE)
#: A host and a path without a scheme: "www.x.org", "x.org/a". A host alone may be a file's name.
_BARE = re.compile(r"www\.[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?|(?:[\w-]+\.)+[^\W\d_]{2,}/\S*", re.IGNORECASE)
#: What may follow an address and its blank: a remark, a second address.
_REMARK = re.compile(r"[,;]?\s+(?=[(\[]|https?://|(?:and|accessed|retrieved|viewed|abgerufen|consulté|дата)\b)", re.IGNORECASE)
_ARCHIVE = re.compile(
    r"https?://(?:web\.)?archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/+((?:https?:/+)?[^/\s]+\.\S+)", re.IGNORECASE
)
_WRAPPING = " \t\n\u00a0\"“”«»‹›"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the addresses of a reference.

    >>> apply(Reference(url="www.example.org/a_(b))."))[0].url
    'https://www.example.org/a_(b)'
    """
    changes: dict[str, object] = {}
    findings: list[Finding] = []
    extra = reference.extra
    inferred: list[str] = []
    for field in _FIELDS:
        given = getattr(reference, field)
        url, rest = tidy_url(given)
        address = read_address(url) if url else None
        if isinstance(address, BadAddress):
            findings.append(found(reference, "AB202", f"{given}: {address.detail}"))
            extra, url, rest = moved_out(reference, field, given, extra=extra), "", ""
        if rest:
            extra = moved_out(reference, field, rest, extra=extra)
        if url and not re.search(r"https?:|https?//", given, re.IGNORECASE):
            inferred.append(field)
        changes[field] = url
    changes |= _unarchived(str(changes["url"]), str(changes["archive_url"])) | {"extra": extra}
    return _amended(reference, changes, tuple(inferred)), tuple(findings)


def _amended(reference: Reference, changes: dict[str, object], inferred: tuple[str, ...]) -> Reference:
    new = reference.amended("urls", changes)
    if new is reference or not inferred:
        return new
    record = msgspec.structs.replace(new.provenance[-1], inferred=inferred)
    return msgspec.structs.replace(new, provenance=(*new.provenance[:-1], record))


def tidy_url(text: str) -> tuple[str, str]:
    """Give the address of a text, and what stands behind it that is none; a missing scheme is taken to be https.

    >>> tidy_url("<https://example.org/a b>"), tidy_url("https://example.org (accessed 3 May 2023)")
    (('https://example.org/a%20b', ''), ('https://example.org', '(accessed 3 May 2023)'))
    """
    rest = ""
    while True:
        new = _NAME.sub("", text.strip(_WRAPPING), count=1) if _NAME.match(text.strip(_WRAPPING)) else text.strip(_WRAPPING)
        if match := _REMARK.search(new):
            rest = f"{new[match.end() :]} {rest}".strip()
            new = new[: match.start()]
        new = _schemed(_trimmed(new))
        if new == text:
            return "%20".join(text.split()), rest
        text = new


def _trimmed(text: str) -> str:
    if text.startswith("<") or (text[:1] in "([" and text[-1:] in ")]"):
        text = text[1:]
    while text and (text[-1] in ".,;:!'’…" or _is_unpaired(text)):
        text = text[:-1]
    return text


def _is_unpaired(text: str) -> bool:
    opening = _PAIRS.get(text[-1])
    return bool(opening) and text.count(text[-1]) > text.count(opening or "")


def _schemed(text: str) -> str:
    text = _DOUBLED.sub("", text, count=1) if _DOUBLED.match(text) else text
    if (match := _SCHEME.match(text)) and len(text) > match.end():
        return f"{match[1].lower()}://{text[match.end() :]}"
    return f"https://{text}" if _BARE.fullmatch(text) else text


def _unarchived(url: str, archive_url: str) -> dict[str, object]:
    """Take the page's own address out of that of its copy in the Wayback Machine."""
    match = _ARCHIVE.fullmatch(url)
    if not match or archive_url not in ("", url):
        return {}
    own = match[1] if match[1].lower().startswith("http") else f"http://{match[1]}"
    own = _schemed(own)
    return {} if isinstance(read_address(own), BadAddress) else {"url": own, "archive_url": url}
