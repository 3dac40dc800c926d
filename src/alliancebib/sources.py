"""What there is to read, wherever it stands: a file, standard input, or an address of the web.

A place comes in, a `Source` goes out: text or bytes with their name, and what was noticed on the way.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from alliancebib.errors import InputError, UsageError
from alliancebib.files import Source, is_address, read_source, source_of
from alliancebib.finding import Finding
from alliancebib.model import Origin
from alliancebib.web import Fetch

__all__ = ["source_at"]

_PAGE_TYPES = "text/html, text/plain, text/markdown;q=0.9, */*;q=0.5"


def source_at(place: str | Path | Source, web: Fetch | None) -> Source:
    """Give what stands in a file, at an address or on standard input (``-``); a source is given as it is.

    Raises:
        InputError: It cannot be opened, or is no text; or the address gives no page.
        UsageError: There is no web to read an address with.
        UnavailableError: The address could not be read.
    """
    if isinstance(place, Source):
        return place
    return _fetched(str(place), web) if is_address(str(place)) else read_source(place)


def _fetched(address: str, web: Fetch | None) -> Source:
    _require_web_address(address)
    if web is None:
        raise UsageError("an address needs a web to be read with", place=address, help="Pass `web=HttpWeb()`.")
    answer = web.fetch(address, accept=_PAGE_TYPES)
    if answer.status != 200:
        raise InputError(f"the address answers {answer.status}", place=address, help="Open it in a browser.")
    kind = answer.headers.get("content-type", "")
    stated = re.search(r"charset=[\"']?([\w.:-]+)", kind, re.IGNORECASE)
    declared = stated[1] if stated else ""
    source = source_of(answer.body, name=address, place=address, declared=declared, address=answer.url)
    source = msgspec.structs.replace(source, media=kind.partition(";")[0].strip().lower())
    if not answer.cached:
        return source
    message = f"The address was not reached; this is its copy of {answer.fetched[:10]}."
    kept = Finding.of("AB110", message, origin=Origin(page=address))
    return msgspec.structs.replace(source, findings=(*source.findings, kept))


def _require_web_address(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        parts = urlsplit("")
    if parts.scheme not in {"http", "https", ""}:
        message = f"an address with `{parts.scheme}` cannot be read"
        raise InputError(message, place=address, help="Give an http or https address, or the path of a file.")
    if not parts.hostname:
        raise InputError("this is no whole address", place=address, help="Write it as https://example.org/list.")
