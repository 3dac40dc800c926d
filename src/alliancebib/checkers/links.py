"""Checker: does every address of the library still lead somewhere? Each is visited once, all that cite it are told.

A library or a list of addresses comes in; states and findings go out. What an earlier run saw serves while it is fresh,
and tells since when an address is dead. DOIs at doi.org are asked about, not visited.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

import msgspec

from alliancebib.checkers import Progress
from alliancebib.checkers._earlier import Earlier
from alliancebib.checkers._faults import invalid_url
from alliancebib.checkers._handles import doi_of_url
from alliancebib.checkers._inspect import Inspection, unvisited
from alliancebib.checkers._standing import severity_of, with_standing, words_of
from alliancebib.checkers._unavailable import taken_back
from alliancebib.checkers._verdict import VERDICTS
from alliancebib.checkers._visiting import STOPPED, visit_each
from alliancebib.checkers.dois import check_dois, unknown_doi
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding, LinkState, Report, Standing, Verdict
from alliancebib.library import Library
from alliancebib.model import Origin, Reference
from alliancebib.sightings import FIRST_RUN, Sighting, Sightings
from alliancebib.web import Web
from alliancebib.web.address import Address, read_address

__all__ = ["NEEDS_SIGHTINGS", "NEEDS_WEB", "check", "check_urls"]

NEEDS_WEB = True
NEEDS_SIGHTINGS = True


#: Addresses that stand in no file.
NOWHERE: Mapping[str, Origin] = MappingProxyType({})


class _Looked(msgspec.Struct, frozen=True):
    """What a run knows of its addresses: a sighting of each, what could not be visited, and whether it was stopped."""

    seen: dict[str, Sighting]
    unavailable: tuple[str, ...] = ()
    stopped: bool = False


def check(
    library: Library,
    *,
    web: Web,
    settings: CheckSettings,
    sightings: Sightings = FIRST_RUN,
    progress: Progress | None = None,
) -> Report:
    """Visit each address of ``url`` and ``archive_url`` once; addresses at doi.org belong to the checker of DOIs."""
    citing: dict[str, list[Reference]] = defaultdict(list)
    for reference in library:
        for url in dict.fromkeys((reference.url, reference.archive_url)):
            if url and not doi_of_url(url):
                citing[url].append(reference)
    end = time.monotonic() + settings.deadline
    looked = _look_at(citing, web=web, sightings=sightings, settings=settings, end=end, progress=progress)
    states = tuple(
        msgspec.structs.replace(
            _as_cited(looked.seen[url].state, citing[url], looked),
            references=tuple(dict.fromkeys(reference.id for reference in citing[url] if reference.id)),
        )
        for url in citing
    )
    findings = [
        finding
        for reference in library
        for url in dict.fromkeys((reference.url, reference.archive_url))
        if url in looked.seen
        for finding in _findings(_seen_by(reference, looked.seen[url], looked), reference, settings)
    ]
    return Report(findings=tuple(findings), links=states, unavailable=looked.unavailable, stopped=looked.stopped)


def check_urls(  # noqa: PLR0913 - what a run is made of, all by name
    urls: Iterable[str],
    *,
    web: Web,
    settings: CheckSettings,
    sightings: Sightings = FIRST_RUN,
    origins: Mapping[str, Origin] = NOWHERE,
    progress: Progress | None = None,
) -> Report:
    """Check addresses that stand in no library; the states come in the order of the addresses, each once.

    ``origins`` says where they stand, as far as that is known.
    """
    end = time.monotonic() + settings.deadline
    wanted = list(dict.fromkeys(urls))
    dois = {url: doi for url in wanted if (doi := doi_of_url(url))}
    asked = check_dois(
        list(dict.fromkeys(dois.values())), web=web, settings=settings, sightings=sightings, progress=progress
    )
    others = [url for url in wanted if url not in dois]
    if asked.stopped:
        looked = _Looked({url: _sighting(url, unvisited(STOPPED), "") for url in others}, stopped=True)
    else:
        looked = _look_at(others, web=web, sightings=sightings, settings=settings, end=end, progress=progress)
    states = [
        msgspec.structs.replace(asked.states[dois[url]], url=url) if url in dois else looked.seen[url].state
        for url in wanted
    ]
    gone = [
        unknown_doi(dois[state.url], state, _standing_at(origins.get(state.url)), settings)
        for state in states
        if state.url in dois and state.outcome == "gone"
    ]
    findings = [
        finding
        for url, seen in looked.seen.items()
        for finding in _findings(seen, _standing_at(origins.get(url)), settings)
    ]
    return Report(
        findings=(*gone, *findings),
        links=tuple(states),
        unavailable=(*asked.unavailable, *looked.unavailable),
        stopped=asked.stopped or looked.stopped,
    )


def _seen_by(reference: Reference, seen: Sighting, looked: _Looked) -> Sighting:
    return msgspec.structs.replace(seen, state=_as_cited(seen.state, [reference], looked))


def _as_cited(state: LinkState, references: Iterable[Reference], looked: _Looked) -> LinkState:
    """Give the state of an address with the standing that it has for references: readers of a copy miss nothing."""
    copies = (looked.seen.get(one.archive_url) for one in references if state.url != one.archive_url)
    well = [copy is not None and copy.state.verdict is Verdict.OK for copy in copies]
    if state.verdict is not Verdict.DEAD or not well or not all(well):
        return state
    return msgspec.structs.replace(state, standing=Standing.ARCHIVED)


def _standing_at(origin: Origin | None) -> Reference:
    return Reference(origins=(origin,)) if origin else Reference()


def _look_at(  # noqa: PLR0913 - what a run is made of, all by name
    urls: Iterable[str],
    *,
    web: Web,
    sightings: Sightings,
    settings: CheckSettings,
    end: float,
    progress: Progress | None,
) -> _Looked:
    """Give a sighting of each address: an earlier one while it is fresh, else one of now."""
    urls, today = tuple(urls), date.today()  # noqa: DTZ011 - the day of the person who checks
    earlier = Earlier(sightings, settings=settings, today=today)
    seen, day = earlier.fresh(urls), today.isoformat()

    def add(found: Mapping[str, Inspection]) -> None:
        seen.update((one.state.url, one) for one in earlier.add(_sighting(url, found[url], day) for url in found))

    def noted(found: Mapping[str, Inspection]) -> None:
        # An answer is one whatever comes later; no answer may be the fault of this machine, which shows at the end.
        add({url: one for url, one in found.items() if one.status is not None})

    visited, stopped = visit_each(
        [url for url in urls if url not in seen], web=web, settings=settings, end=end, progress=progress, noted=noted
    )
    found, unavailable = taken_back(visited, web=web, settings=settings, end=end, stopped=stopped)
    add({url: one for url, one in found.items() if url not in seen})
    # Asked only where it matters: reading an address takes its time.
    asked = () if settings.grace_for_gone else visited
    well = {_host(url) for url in asked if seen[url].state.verdict is Verdict.OK}
    for url, one in seen.items():
        if one.state.verdict is Verdict.DEAD:
            is_well = bool(well) and _host(url) in well
            state = with_standing(one.state, settings=settings, today=today, host_is_well=is_well)
            seen[url] = msgspec.structs.replace(one, state=state)
    return _Looked({url: seen[url] for url in urls}, unavailable, stopped)


def _host(url: str) -> str:
    address = read_address(url)
    return address.authority if isinstance(address, Address) else ""


def _sighting(url: str, inspection: Inspection, today: str) -> Sighting:
    judgement = inspection.judgement
    outcome = judgement.outcome
    fragment = url.partition("#")[2]
    final = _with_fragment(inspection.final_url, url)
    state = LinkState(
        url=url,
        verdict=VERDICTS[outcome],
        outcome=outcome,
        status=inspection.status,
        final_url=url if final == url else final,  # one text, not two: there may be very many
        attempts=inspection.attempts,
        seconds=inspection.seconds,
        detail=judgement.detail,
        checked="" if outcome == "skipped" else today,
        moved_to=_with_fragment(judgement.moved_to, url),
    )
    return Sighting(state=state, code=judgement.code, without_place=bool(fragment) and fragment in inspection.missing)


def _with_fragment(target: str, cited: str) -> str:
    fragment = cited.partition("#")[2]
    return f"{target}#{fragment}" if target and fragment and "#" not in target else target


def _findings(seen: Sighting, reference: Reference, settings: CheckSettings) -> Iterator[Finding]:
    """Give what a reference that cites an address should be told of it."""
    state, url = seen.state, seen.state.url
    told = partial(Finding.of, origin=reference.origin, reference=reference.id, subject=url)
    if seen.code == "AB202":
        yield invalid_url(reference, url)
    elif seen.code:
        addition = words_of(state, settings=settings)
        message = f"{url}: {state.detail}{addition}"
        yield told(seen.code, message, fix=state.moved_to, severity=severity_of(state))
    if seen.without_place:
        yield told("AB306", f"{url}: The page has no place named `{url.partition('#')[2]}`.")
