"""Checker: does every address of the library still lead somewhere? Each is visited once, all that cite it are told.

A library or a list of addresses comes in; states and findings go out. The verdicts are those of one sighting: an
address that gives no answer is uncertain, whatever it gave before. DOIs at doi.org are asked about, not visited.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import msgspec

from alliancebib.checkers import Progress
from alliancebib.checkers._faults import invalid_url
from alliancebib.checkers._handles import doi_of_url
from alliancebib.checkers._inspect import Inspection, unvisited
from alliancebib.checkers._verdict import VERDICTS
from alliancebib.checkers._visiting import LATE, visit_each
from alliancebib.checkers.dois import check_dois
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding, LinkState, Report
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.web import Web
from alliancebib.web.address import Address, read_address
from alliancebib.web.connect import UNKNOWN_ISSUER

__all__ = ["NEEDS_WEB", "check", "check_urls"]

NEEDS_WEB = True

#: So many hosts whose issuers are all unknown are no chance.
FEW_HOSTS = 3


def check(library: Library, *, web: Web, settings: CheckSettings, progress: Progress | None = None) -> Report:
    """Visit each address of ``url`` and ``archive_url`` once; addresses at doi.org belong to the checker of DOIs."""
    citing: dict[str, list[Reference]] = defaultdict(list)
    for reference in library:
        for url in dict.fromkeys((reference.url, reference.archive_url)):
            if url and not doi_of_url(url):
                citing[url].append(reference)
    end = time.monotonic() + settings.deadline
    visited = visit_each(citing, web=web, settings=settings, end=end, progress=progress)
    found, unavailable = _unavailable(visited)
    states = tuple(
        _state(url, found[url], [reference.id for reference in citing[url] if reference.id]) for url in citing
    )
    findings = [
        finding
        for reference in library
        for url in dict.fromkeys((reference.url, reference.archive_url))
        if url in found
        for finding in _findings(url, found[url], reference)
    ]
    return Report(findings=tuple(findings), links=states, unavailable=unavailable)


def check_urls(urls: Iterable[str], *, web: Web, settings: CheckSettings, progress: Progress | None = None) -> Report:
    """Check addresses that stand in no library; the states come in the order of the addresses, each once."""
    end = time.monotonic() + settings.deadline
    wanted = list(dict.fromkeys(urls))
    dois = {url: doi for url in wanted if (doi := doi_of_url(url))}
    known, asked = check_dois(list(dict.fromkeys(dois.values())), web=web, settings=settings, progress=progress)
    others = [url for url in wanted if url not in dois]
    visited = visit_each(others, web=web, settings=settings, end=end, progress=progress)
    found, unavailable = _unavailable(visited)
    states = [
        msgspec.structs.replace(known[dois[url]], url=url) if url in dois else _state(url, found[url], ())
        for url in wanted
    ]
    gone = [
        Finding.of("AB401", f"{state.url}: {state.detail}")
        for state in states
        if state.url in dois and state.outcome == "gone"
    ]
    findings = [finding for url in found for finding in _findings(url, found[url], Reference())]
    return Report(findings=(*gone, *findings), links=tuple(states), unavailable=(*asked, *unavailable))


def _unavailable(found: dict[str, Inspection]) -> tuple[dict[str, Inspection], tuple[str, ...]]:
    """Say what could not be checked, and take back what was found where it says more of this machine than of a link."""
    if _has_no_network(found.values()):
        sentence = "No network: no host could be reached, so that nothing was checked."
        return dict.fromkeys(found, unvisited(sentence)), (f"{sentence} Nothing was marked as broken.",)
    if distrusted := _distrusted(found):
        sentence = "No certificate could be verified: this machine lacks trusted authorities, or is behind a proxy."
        taken_back = dict.fromkeys(distrusted, unvisited(sentence))
        return {**found, **taken_back}, (f"{sentence} Nothing was marked as broken for it.",)
    late = [url for url in found if found[url].judgement.detail == LATE]
    if late:
        named = ", ".join(late[:5]) + (f" and {len(late) - 5} more" if len(late) > 5 else "")
        return found, (f"Not visited within the deadline: {named}.",)
    offline = sum(inspection.problem == "offline" for inspection in found.values())
    return found, ((f"Offline: {offline} addresses not visited.",) if offline else ())


def _has_no_network(found: Iterable[Inspection]) -> bool:
    """Say whether every visit ended before any host was reached: then it is not the addresses that are at fault."""
    problems = [inspection.problem for inspection in found if inspection.attempts]
    return bool(problems) and all(problem in {"dns", "connect"} for problem in problems)


def _distrusted(each: Mapping[str, Inspection]) -> list[str]:
    """Give the https addresses if the issuers of all their certificates, at several hosts, are unknown here."""
    secure = {
        url: inspection for url, inspection in each.items() if url.lower().startswith("https:") and inspection.status
    }
    failed = {url for url, inspection in each.items() if inspection.judgement.detail == UNKNOWN_ISSUER}
    hosts = {address.host for address in map(read_address, failed) if isinstance(address, Address)}
    return sorted(failed) if len(hosts) >= FEW_HOSTS and not secure else []


def _with_fragment(target: str, cited: str) -> str:
    fragment = cited.partition("#")[2]
    return f"{target}#{fragment}" if target and fragment and "#" not in target else target


def _state(url: str, inspection: Inspection, references: Sequence[str]) -> LinkState:
    outcome = inspection.judgement.outcome
    visited = inspection.attempts > 0
    return LinkState(
        url=url,
        verdict=VERDICTS[outcome],
        outcome=outcome,
        status=inspection.status,
        final_url=_with_fragment(inspection.final_url, url),
        attempts=inspection.attempts,
        seconds=inspection.seconds,
        detail=inspection.judgement.detail,
        checked=datetime.now(UTC).date().isoformat() if visited else "",
        references=tuple(dict.fromkeys(references)),
    )


def _findings(url: str, inspection: Inspection, reference: Reference) -> Iterable[Finding]:
    """Give what a reference that cites an address should be told of it."""
    judgement = inspection.judgement
    told = partial(Finding.of, origin=reference.origin, reference=reference.id)
    if judgement.code == "AB202":
        yield invalid_url(reference, url)
    elif judgement.code:
        yield told(judgement.code, f"{url}: {judgement.detail}", fix=_with_fragment(judgement.moved_to, url))
    fragment = url.partition("#")[2]
    if fragment and fragment in inspection.missing:
        yield told("AB306", f"{url}: The page has no place named `{fragment}`.")
