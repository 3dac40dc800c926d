"""DOIs and the handle service that knows them: does it exist? No landing page is ever visited.

The service (https://www.doi.org/doi-handbook/HTML/rest-api.html) answers with a code: 1 exists, 100 does not, and
everything else settles nothing.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import msgspec

from alliancebib.checkers._verdict import VERDICTS
from alliancebib.finding import LinkState
from alliancebib.identifiers import doi_of_address
from alliancebib.web import Answer, Web
from alliancebib.web.address import Address, read_address

__all__ = ["ask_handle", "doi_of_url", "skipped_doi"]


class _Data(msgspec.Struct, frozen=True):
    value: object = ""


class _Value(msgspec.Struct, frozen=True):
    type: str = ""
    data: _Data = _Data()


class _Handle(msgspec.Struct, frozen=True):
    values: tuple[_Value, ...] = ()


def doi_of_url(url: str) -> str:
    """Give the DOI that an address at doi.org, or at a library's proxy of it, stands for; "" for other addresses.

    >>> doi_of_url("https://dx.doi.org/10.1080%2F14631377.2020.1800316")
    '10.1080/14631377.2020.1800316'
    """
    return doi_of_address(url) if isinstance(read_address(url), Address) else ""


def ask_handle(doi: str, *, web: Web, base_url: str) -> LinkState:
    """Ask the handle service at ``base_url`` whether a DOI exists.

    Raises:
        UnavailableError: The service could not be asked.
    """
    base = base_url.rstrip("/")
    answer = web.ask(f"{base}/api/handles/{quote(doi, safe='/')}", params={"type": "URL"})
    outcome, detail, target = _read(answer, urlsplit(base).netloc)
    return LinkState(
        url=f"https://doi.org/{quote(doi, safe='/:;()')}",
        verdict=VERDICTS[outcome],
        outcome=outcome,
        status=answer.status,
        final_url=target,
        attempts=1,
        detail=detail,
        checked=answer.fetched[:10],
    )


def skipped_doi(doi: str, reason: str) -> LinkState:
    """Give the state of a DOI that could not be asked about."""
    url = f"https://doi.org/{quote(doi, safe='/:;()')}"
    return LinkState(url=url, verdict=VERDICTS["skipped"], outcome="skipped", detail=reason)


def _read(answer: Answer, service: str) -> tuple[str, str, str]:
    """Give outcome, sentence, and the address that the DOI leads to where the service states it."""
    try:
        record = msgspec.json.decode(answer.body)
    except msgspec.DecodeError:
        record = None
    code = record.get("responseCode") if isinstance(record, dict) else None
    if code == 1 and answer.status == 200:
        return "ok", "", _target(record)
    if code == 100:
        return "gone", "The DOI system knows no such DOI.", ""
    said = f"code {code}" if isinstance(code, int) else f"status {answer.status}"
    return "unknown", f"{service} answers with {said}, which settles nothing.", ""


def _target(record: object) -> str:
    try:
        values = msgspec.convert(record, _Handle).values
    except msgspec.ValidationError:
        return ""
    return next((str(value.data.value) for value in values if value.type == "URL"), "")
