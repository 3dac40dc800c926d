"""What the availability service answers: its body comes in, a `Copy` that can be cited goes out, or None.

Its answers are those of a stranger. Of its oddities these are known: the status is a text, the address of the copy has
``http:``, a page without a copy gives an empty object, and some copies are those of an error or of a redirect.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import unquote

import msgspec

from alliancebib.web.address import Address, is_local, read_address

__all__ = ["ARCHIVE", "Copy", "is_same_page", "read_copy"]

#: The archive whose copies stand at hosts below its own, whichever service is asked.
ARCHIVE = "archive.org"
#: The address of a copy: time, perhaps the view, and the address that was copied.
_COPY = re.compile(r"(?:/[\w.-]+)*/(\d{14})(?:[a-z]{2}_)?/(\S+)")
#: No address that leads anywhere is longer.
LONGEST = 8000


class Copy(msgspec.Struct, frozen=True):
    """An archived copy: its address, and the day on which it was made."""

    url: str
    day: date


class _Closest(msgspec.Struct):
    url: str
    status: str | int
    available: bool = True


class _Snapshots(msgspec.Struct):
    closest: _Closest | None = None


class _Said(msgspec.Struct):
    archived_snapshots: _Snapshots


def read_copy(body: bytes, url: str, *, base_url: str) -> Copy | None:
    """Give the copy of a page that an answer names; None for none, and for one that is not to be trusted.

    >>> said = b'{"archived_snapshots": {"closest": {"available": true, "status": "200", "timestamp": "20130919044612",'
    >>> said += b'"url": "http://web.archive.org/web/20130919044612/http://example.com/"}}}'
    >>> read_copy(said, "https://www.example.com", base_url="https://archive.org")
    Copy(url='https://web.archive.org/web/20130919044612/http://example.com/', day=datetime.date(2013, 9, 19))
    """
    try:
        closest = msgspec.json.decode(body, type=_Said).archived_snapshots.closest
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if closest is None or not closest.available or str(closest.status) != "200" or len(closest.url) > LONGEST:
        return None
    address = read_address(closest.url)
    if not isinstance(address, Address) or address.user or not _is_of_service(address, base_url):
        return None
    match = _COPY.fullmatch(address.target)
    day = _day(match[1]) if match else None
    if match is None or day is None or not is_same_page(match[2], url):
        return None
    secure = not is_local(address) and address.authority == address.host
    return Copy(f"https://{address.host}{address.target}" if secure else address.url, day)


def is_same_page(one: str, other: str) -> bool:
    """Say whether two addresses mean one page, whatever their schemes, ``www.``, fragments and last strokes.

    >>> is_same_page("http://www.example.com:80/a%20b/", "https://example.com/a b#c")
    True
    """
    first, second = _form(one), _form(other)
    return bool(first) and first == second


def _form(url: str) -> str:
    whole = re.sub(r"(?:https?:/{1,2})?(?=[^/])", "http://", url, count=1, flags=re.IGNORECASE)
    address = read_address(whole)
    if not isinstance(address, Address):
        return ""
    authority = address.authority.removeprefix("www.").removesuffix(":80").removesuffix(":443")
    path, mark, query = address.target.partition("?")
    return unquote(f"{authority}{path.rstrip('/')}{mark}{query}")


def _is_of_service(address: Address, base_url: str) -> bool:
    """Say whether the copy stands in the archive, or at the service that was asked."""
    base = read_address(base_url)
    hosts = (ARCHIVE, base.host) if isinstance(base, Address) else (ARCHIVE,)
    return any(address.host == host or address.host.endswith(f".{host}") for host in hosts)


def _day(digits: str) -> date | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").date()  # noqa: DTZ007 - the archive's own day
    except ValueError:
        return None
