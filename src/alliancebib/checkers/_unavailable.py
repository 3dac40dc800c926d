"""What a run says of this machine rather than of the addresses: no network, no trusted authorities, no time.

Inspections by address come in; they go out with those taken back that say nothing of an address, and with sentences.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from alliancebib.checkers._inspect import Inspection, unvisited
from alliancebib.checkers._rounds import Rounds, Step
from alliancebib.checkers._visiting import LATE, STOPPED
from alliancebib.config import CheckSettings
from alliancebib.web import Visit, Web
from alliancebib.web.address import Address, read_address
from alliancebib.web.connect import UNKNOWN_ISSUER

__all__ = ["taken_back"]

#: So many hosts whose issuers are all unknown are no chance.
FEW_HOSTS = 3
#: Problems of a visit that may be those of a machine without network.
_NOT_REACHED = frozenset(["dns", "resolver", "route", "connect"])
#: So many seconds are spent at most on the question whether there is a network.
LONGEST = 10.0


def taken_back(
    found: Mapping[str, Inspection], *, web: Web, settings: CheckSettings, end: float, stopped: bool
) -> tuple[dict[str, Inspection], tuple[str, ...]]:
    """Say what could not be checked, and take back what was found where it says more of this machine than of a link."""
    if _reached_none(found.values()) and not _reaches(settings.doi_base_url, web, end=end, stopped=stopped):
        sentence = "No network: no host could be reached, so that nothing was checked."
        nothing = {url: unvisited(sentence) for url, one in found.items() if one.problem in {"", *_NOT_REACHED}}
        return {**found, **nothing}, (f"{sentence} Nothing was marked as broken.",)
    if distrusted := _distrusted(found):
        sentence = "No certificate could be verified: this machine lacks trusted authorities, or is behind a proxy."
        whole = {**found, **dict.fromkeys(distrusted, unvisited(sentence))}
        return whole, (f"{sentence} Nothing was marked as broken for it.", *_not_visited(whole))
    return dict(found), tuple(_not_visited(found))


def _not_visited(found: Mapping[str, Inspection]) -> Iterable[str]:
    stopped = sum(inspection.judgement.detail == STOPPED for inspection in found.values())
    if stopped:
        yield f"Stopped: {stopped} of {len(found)} addresses were not visited."
    late = [url for url in found if found[url].judgement.detail == LATE]
    if late:
        named = ", ".join(late[:5]) + (f" and {len(late) - 5} more" if len(late) > 5 else "")
        yield f"Not visited within the deadline: {named}."
    if offline := sum(inspection.problem == "offline" for inspection in found.values()):
        yield f"Offline: {offline} addresses not visited."


def _reached_none(found: Iterable[Inspection]) -> bool:
    """Say whether every visit ended before any host was reached."""
    problems = [one.problem for one in found if one.attempts and one.problem != "private"]
    return bool(problems) and all(problem in _NOT_REACHED for problem in problems)


def _reaches(url: str, web: Web, *, end: float, stopped: bool) -> bool:
    """Say whether a service that the settings name can be reached; no where there is no time left to ask."""
    seen: list[Visit] = []

    def look(address: str) -> Step[str, Visit]:
        return Step(web.visit(address))

    end = min(end, time.monotonic() + LONGEST)
    if not stopped:
        left = Rounds(look, workers=1, per_host=1, end=end).run({url: [url]}, lambda _, visit: seen.append(visit))
        if left.stopped:
            raise KeyboardInterrupt
    return bool(seen) and seen[0].problem not in {*_NOT_REACHED, "private", "offline"}


def _distrusted(each: Mapping[str, Inspection]) -> list[str]:
    """Give the https addresses if the issuers of all their certificates, at several hosts, are unknown here."""
    secure = any(url.lower().startswith("https:") and inspection.status for url, inspection in each.items())
    failed = {url for url, inspection in each.items() if inspection.judgement.detail == UNKNOWN_ISSUER}
    hosts = {address.host for address in map(read_address, failed) if isinstance(address, Address)}
    return sorted(failed) if len(hosts) >= FEW_HOSTS and not secure else []
