"""Questions to the availability service: an address and a moment come in, a `Copy` or None goes out.

Not every address is asked about: those of private networks, with passwords, or with what looks like a secret in their
query are nobody's business, and no archive has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qsl

from alliancebib.archive.copies import Copy, read_copy
from alliancebib.config import CheckSettings
from alliancebib.model import PartialDate, Reference
from alliancebib.web import Web
from alliancebib.web.address import Address, is_local, read_address

__all__ = ["askable", "copy_of", "moment_near"]

#: Names of parameters that open what they stand before.
_SECRET = re.compile(
    r"(?:.*[-_.])?(?:token|jwt|secret|sig|signature|password|passwd|pwd|auth|authorization|credential|"
    r"sessionid|sid|phpsessid|jsessionid|ticket|otp|(?:api|access|auth|private|app)[-_]?key|apikey|"
    r"(?:access|auth|id|refresh|csrf)token)",
    re.IGNORECASE,
)
#: Ends of names that are used on networks of one's own (RFC 6762, appendix G; RFC 2606).
_INTERNAL = (".intranet", ".private", ".corp", ".home", ".lan", ".test", ".invalid")
#: The archive begins with this year: what is cited as older was put on the web later.
_FIRST_YEAR = 1996


def askable(url: str, settings: CheckSettings) -> bool:
    """Say whether the service may be told of an address.

    A service on this machine or network may be told of what stands there, too.
    """
    address = read_address(url)
    if not isinstance(address, Address) or address.user:
        return False
    base = read_address(settings.archive_base_url)
    at_home = isinstance(base, Address) and is_local(base) and settings.allow_private
    if not at_home and (is_local(address) or address.host.rstrip(".").endswith(_INTERNAL)):
        return False
    query = address.target.partition("?")[2]
    return not any(_SECRET.fullmatch(name) for name, _ in parse_qsl(query, keep_blank_values=True))


def moment_near(references: Iterable[Reference], last_ok: str, *, today: date) -> str:
    """Give the moment near which a copy is wanted, as the service writes it: when the page was cited, or was well.

    Where nothing is known it is the first of this month: without a moment the service overlooks copies, and with that
    of the day it would be asked anew every day.

    >>> moment_near([Reference(issued=PartialDate(year=2018, month=6))], "", today=date(2026, 11, 24))
    '20180615'
    """
    references = tuple(references)
    dates = [reference.accessed for reference in references] + [reference.issued for reference in references]
    known = [moment for one in dates if one and (moment := _moment(one))]
    latest = today.replace(day=1).strftime("%Y%m%d")
    moment = next(iter(known), last_ok.replace("-", "") or latest)
    return min(moment, latest)


def _moment(day: PartialDate) -> str:
    """Give the middle of what is known of a day."""
    if day.year is None or not _FIRST_YEAR <= day.year <= date.max.year:
        return ""
    return f"{day.year:04d}{day.month or 7:02d}{day.day or (15 if day.month else 1):02d}"


def copy_of(url: str, moment: str, *, web: Web, base_url: str) -> Copy | None:
    """Ask for the copy of a page that is nearest to a moment.

    Asked is for the bare address, under which copies of http and https are found alike; where that gives nothing, once
    more for the address as it is cited: the service answers the two differently now and then.

    Raises:
        UnavailableError: The service could not be asked.
    """
    address = read_address(url)
    assert isinstance(address, Address)
    service = f"{base_url.rstrip('/')}/wayback/available"
    for form in (address.url.partition("://")[2], address.url):
        answer = web.ask(service, params={"url": form, "timestamp": moment})
        found = read_copy(answer.body, url, base_url=base_url) if answer.status == 200 else None
        if found:
            return found
    return None
