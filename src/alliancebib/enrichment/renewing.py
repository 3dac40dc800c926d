"""What the lock answers, asked again: records come in as they were accepted, and go out as they are today.

A record that a service knows no more stays as it was, and is told: services lose records for a while, and a lock that
forgot them would take the DOIs out of the next bibliography.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from alliancebib.finding import Finding
from alliancebib.lock import Accepted, Open
from alliancebib.model import Reference
from alliancebib.verification import Asker, Progress, Question, Result
from alliancebib.verification.wording import named

__all__ = ["asked_again", "lost_records", "steady", "told_lost"]


def asked_again(
    asker: Asker, questions: Sequence[Question], known: dict[int, Accepted | Open], progress: Progress | None
) -> dict[int, Result]:
    """Look a record that was found once up by its DOI; only what that does not bear out is searched for anew.

    Where the DOI is unknown, a search that finds no work settles nothing more: it is unknown.
    """
    found = {
        question.place: entry
        for question in questions
        if not question.doi and isinstance(entry := known[question.place], Accepted)
    }
    results = asker.ask([_with_found_doi(question, found) for question in questions], progress)
    searched = [question for question in questions if question.place in found and _is_open(results.get(question.place))]
    for place, result in asker.ask(searched, progress).items():
        if isinstance(result.entry, Accepted) or not _is_unknown(results[place]):
            results[place] = result
    for place, entry in found.items():
        now = results[place].entry if place in results else None
        if isinstance(now, Accepted) and now.doi == entry.doi and now.stated:
            results[place] = Result(msgspec.structs.replace(now, stated=False, score=entry.score))
    return results


def _with_found_doi(question: Question, found: dict[int, Accepted]) -> Question:
    if question.place not in found:
        return question
    stated = msgspec.structs.replace(question.reference, doi=found[question.place].doi)
    return msgspec.structs.replace(question, reference=stated)


def _is_open(result: Result | None) -> bool:
    return result is not None and isinstance(result.entry, Open)


def _is_unknown(result: Result) -> bool:
    return isinstance(result.entry, Open) and result.entry.verdict == "unknown"


def steady(before: Accepted | Open, now: Accepted | Open) -> Accepted | Open:
    """Give the entry of before where the same service gives the same record, for the same reason, or an empty one."""
    if not isinstance(before, Accepted) or not isinstance(now, Accepted):
        return now
    if before.doi == now.doi and not _says_anything(now.record):
        return before
    same = (before.hash, before.resolver, before.stated) == (now.hash, now.resolver, now.stated)
    return before if same else now


def _says_anything(record: Reference) -> bool:
    return bool(record.title or record.author or record.editor or record.issued or record.container_title)


def lost_records(known: Mapping[int, Accepted | Open], results: Mapping[int, Result]) -> dict[int, Accepted]:
    """Give the records that were accepted, whose DOIs nobody knows now, and in whose place no others were found."""
    return {
        place: entry
        for place, entry in known.items()
        if isinstance(entry, Accepted) and place in results and _is_unknown(results[place])
    }


def told_lost(reference: Reference, kept: Accepted) -> Finding:
    """Say that a record stays although its DOI is unknown."""
    message = (
        f"{kept.resolver} has no record of {kept.doi} any more, that of {named(kept.record)} of {kept.date} was kept."
    )
    return Finding.of("AB407", message, origin=reference.origin, reference=reference.id)
