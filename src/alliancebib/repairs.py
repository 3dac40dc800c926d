"""What is known of addresses, put into references: where pages moved for good, and copies of those that died.

A library and the states of links by address come in, from a check or from the lock; a library with better addresses
goes out. What a person decided stays as it is, and so does everything else. `remembered` is what a lock keeps for this.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

import msgspec

from alliancebib.finding import Finding, LinkState, Report, Standing, Verdict
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.web.address import Address, is_local, read_address

__all__ = ["ACTOR", "fixable", "moved_to", "remembered", "repaired", "still_cited"]

#: Who changes addresses, in the provenance of references.
ACTOR = "check"
#: Findings that say what `fixable` mends: that a page moved, and that it died.
_MOVED = frozenset(["AB305"])
_DEAD = frozenset(["AB301", "AB302", "AB304"])
_NO_TEXT = re.compile(r"[\x00-\x20\x7f-\x9f]")


def fixable(report: Report) -> tuple[LinkState, ...]:
    """Give the states that mend something: moved for good, or dead for certain with an archived copy.

    Only what the report tells of all who cite an address is mended: what somebody accepted is no fault, and stays.
    """
    moved, dead = _told(report.findings, _MOVED), _told(report.findings, _DEAD)
    return tuple(
        state
        for state in report.links
        if (moved_to(state) and _is_told(state, moved))
        or (_copy_of(state) and state.standing in (None, Standing.COUNTS) and _is_told(state, dead))
    )


def _told(findings: Iterable[Finding], codes: Container[str]) -> frozenset[tuple[str, str]]:
    return frozenset((finding.subject, finding.reference) for finding in findings if finding.code in codes)


def _is_told(state: LinkState, told: Container[tuple[str, str]]) -> bool:
    return all((state.url, reference) in told for reference in state.references or ("",))


def repaired(
    library: Library, states: Mapping[str, LinkState], *, decided: Mapping[str, Container[str]] | None = None
) -> Library:
    """Give a library in which addresses that moved for good are those of today, and dead ones have archived copies.

    ``url`` is never replaced by a copy, and an ``archive_url`` that is there stays. ``decided`` names the fields that
    people decided, by the ids of references, those of merged ones included.
    """
    if not states:
        return library
    fields = _decided(library, decided or {})
    return library.with_references(
        _repaired(reference, states, decided=fields.get(reference.id, ())) for reference in library
    )


def _decided(library: Library, decided: Mapping[str, Container[str]]) -> dict[str, frozenset[str]]:
    """Give the decided fields of each reference, with those of the ones that were merged into it."""
    fields: dict[str, frozenset[str]] = {}
    for identity, names in decided.items():
        kept = library.aliases.get(identity, identity)
        own = frozenset(name for name in ("url", "archive_url") if name in names)
        fields[kept] = fields.get(kept, frozenset()) | own
    return fields


def _repaired(reference: Reference, states: Mapping[str, LinkState], *, decided: Container[str]) -> Reference:
    new, end = reference, _end(reference.url, states)
    if "url" not in decided:
        new = _moved(new, "url", end)
    if "archive_url" in decided:
        return new
    state = states.get(end)
    if not new.archive_url and state and (copy := _copy_of(state)):
        note = f"{end} was dead on {state.checked}" if state.checked else f"{end} was dead"
        new = new.amended(ACTOR, {"archive_url": copy}, note=note)
    return _moved(new, "archive_url", _end(new.archive_url, states))


def _moved(reference: Reference, field: str, end: str) -> Reference:
    here = getattr(reference, field)
    return reference.amended(ACTOR, {field: end}, note=f"{here} moved for good") if here else reference


def _end(url: str, states: Mapping[str, LinkState]) -> str:
    """Follow an address to where it leads today; one that leads back to itself leads nowhere else."""
    passed = {url}
    here = url
    while (state := states.get(here)) and (there := moved_to(state)):
        if there in passed:
            return url
        passed.add(there)
        here = there
    return here


def moved_to(state: LinkState) -> str:
    """Give where an address moved for good, with its fragment; "" where it did not, or to where nobody should go.

    >>> state = LinkState(url="http://a.org/#x", verdict=Verdict.OK, outcome="moved", moved_to="https://a.org/")
    >>> moved_to(state)
    'https://a.org/#x'
    """
    target = state.moved_to
    if state.verdict is not Verdict.OK or target == state.url or not _is_whole(target):
        return ""
    old, new = read_address(state.url), read_address(target)
    if not isinstance(new, Address) or new.user or (isinstance(old, Address) and old.user):
        return ""  # with a password it may lead elsewhere, without one nowhere
    if is_local(new) and not (isinstance(old, Address) and is_local(old)):
        return ""
    fragment = state.url.partition("#")[2]
    whole = target if "#" in target or not fragment or _NO_TEXT.search(fragment) else f"{target}#{fragment}"
    return "" if whole == state.url else whole


def _copy_of(state: LinkState) -> str:
    return state.archived if state.verdict is Verdict.DEAD and _is_whole(state.archived) else ""


def _is_whole(url: str) -> bool:
    return bool(url) and not _NO_TEXT.search(url) and isinstance(read_address(url), Address)


def remembered(
    known: Mapping[str, LinkState], found: Iterable[LinkState], *, well: Container[str] = frozenset()
) -> dict[str, LinkState]:
    """Give the states that a lock keeps: those known, and those found now in the place of older ones.

    A state that says the same as before keeps its day, so that the lock differs only where something did. What is
    ``well`` again is no longer called dead, and what is led back to has not moved.
    """
    links = {url: state for url, state in known.items() if not (url in well and state.verdict is Verdict.DEAD)}
    for state in found:
        links.pop(moved_to(state), None)  # the way ended there, at a page
        if _substance(state) != _substance(links.get(state.url)):
            links[state.url] = msgspec.structs.replace(state, references=(), standing=None)
    return links


def _substance(state: LinkState | None) -> tuple[object, ...]:
    return () if state is None else (state.verdict, state.moved_to, state.archived)


def still_cited(states: Mapping[str, LinkState], library: Library) -> dict[str, LinkState]:
    """Give the states of the addresses that a library cites, and of those that they lead to."""
    kept: dict[str, LinkState] = {}
    waiting = [url for reference in library for url in (reference.url, reference.archive_url)]
    while waiting:
        url = waiting.pop()
        if url in kept or not (state := states.get(url)):
            continue
        kept[url] = state
        waiting += [moved_to(state), _copy_of(state)]
    return kept
