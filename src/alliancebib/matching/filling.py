"""A record that was accepted completes a reference: gaps are filled, nothing is corrected in silence.

What the reference says stays. Where it was read out of a line of text, initials grow to full names and a first page to
a range where they agree; what stands in a field of a bibliography file stays as somebody wrote it. Everything else that
the record says differently is kept in the provenance and, where it matters, told (AB404). Where the kinds contradict
each other (an article, and the report that it was), nothing is filled in that says where the work stands.
"""

from __future__ import annotations

import msgspec

from alliancebib.finding import Finding
from alliancebib.matching.agreement import agree, as_text
from alliancebib.matching.containers import container_form, same_container
from alliancebib.matching.forms import form_of
from alliancebib.matching.kinds import across
from alliancebib.matching.normal import page_range
from alliancebib.matching.people import compatible_given, people_of
from alliancebib.model import ExtraValue, Name, Provenance, Reference
from alliancebib.updates import as_first_published, is_notice

__all__ = ["attach", "fill"]

#: Fields that a record may fill when the reference has none.
_GAPS = (
    "title author editor translator issued container_title collection_title volume issue page edition publisher "
    "publisher_place language doi isbn issn"
).split()
#: Fields that say where a work stands: that of another kind stands elsewhere.
_PLACE = ("container_title", "collection_title", "volume", "issue", "page", "edition", "isbn", "issn")
#: Further variables that do the same.
_PLACE_EXTRA = ("container-title-short", "event-title", "event-place", "number")
#: Fields whose contradiction is worth a look; publishers, ISSN and the like have too many true forms.
_TOLD = ("title", "author", "issued", "container_title", "volume", "issue", "page", "doi")
_VAGUE = frozenset({"document", "article"})
#: Fields -> further variables of a record that say the same in another way.
_FURTHER = {"issued": ("available-date",), "title": ("original-title",), "container_title": ("container-title-short",)}
#: Fields -> what a sentence calls them.
_WORDS = {"issued": "date", "container_title": "container title", "doi": "DOI"}


def fill(
    reference: Reference, record: Reference, *, by: str, confidence: float
) -> tuple[Reference, tuple[Finding, ...]]:
    """Complete a reference from a record of the same work; say what the two disagree about.

    Args:
        reference: What is to be completed.
        record: What a service says of the work.
        by: The actor that goes into the provenance ("crossref").
        confidence: How sure the match is, from 0 to 1.
    """
    other_kind = _is_of_another_kind(reference, record)
    gaps = [field for field in _GAPS if not (other_kind and field in _PLACE)]
    changes: dict[str, object] = {
        field: value for field in gaps if not getattr(reference, field) and (value := getattr(record, field))
    }
    if "article-journal" in (reference.kind, record.kind):  # who handled an article is no part of its citation
        changes.pop("editor", None)
    if reference.kind in _VAGUE and record.kind not in _VAGUE:
        changes["kind"] = record.kind
    if missing := _missing_extra(reference, record, other_kind=other_kind):
        changes["extra"] = reference.extra | missing
    changes |= _grown(reference, record) if reference.spans else {}
    filled = msgspec.structs.replace(reference, **changes)
    refused = tuple(
        (field, as_text(getattr(record, field)))
        for field in _GAPS
        if getattr(record, field) and as_text(getattr(record, field)) != as_text(getattr(filled, field))
    )
    provenance = Provenance(actor=by, fields=tuple(changes), confidence=confidence, refused=refused)
    if not changes and not refused:
        return reference, ()
    told = ("kind", *_TOLD) if other_kind else _TOLD
    findings = tuple(
        _contradiction(filled, field, getattr(filled, field), getattr(record, field), by)
        for field in told
        if field not in changes and getattr(filled, field) and getattr(record, field)
        if not _agrees(filled, record, field)
    )
    return msgspec.structs.replace(filled, provenance=(*reference.provenance, provenance)), findings


def _is_of_another_kind(reference: Reference, record: Reference) -> bool:
    """Say whether the kinds contradict each other; that of a line is a guess where it names no other outlet."""
    if reference.spans:
        outlet = container_form(reference.container_title or reference.publisher)
        if not outlet.variants or same_container(outlet, container_form(record.container_title)):
            return False
    return across(form_of(reference), form_of(record))


def attach(
    reference: Reference, record: Reference, *, by: str, confidence: float
) -> tuple[Reference, tuple[Finding, ...]]:
    """Take the DOI of a record of the same work and nothing else; say what the two disagree about, as `fill` does."""
    _, findings = fill(reference, record, by=by, confidence=confidence)
    return reference.amended(by, {"doi": reference.doi or record.doi}, confidence=confidence), findings


def _agrees(reference: Reference, record: Reference, field: str) -> bool:
    """Say whether a field says the same, whichever of its dates (online, in print) and titles the reference has.

    That a work was retracted since is no other title; it is told by itself.
    """
    ours, theirs = (reference, record) if is_notice(record) else map(as_first_published, (reference, record))
    values = [getattr(theirs, field)]
    values += [value for name in _FURTHER.get(field, ()) if (value := record.extra.get(name))]
    return any(agree(field, getattr(ours, field), value) for value in values)


def _missing_extra(reference: Reference, record: Reference, *, other_kind: bool) -> dict[str, ExtraValue]:
    """Give the further variables that a citation may have; the other date and what a service notes serve checking."""
    kept_back = ("available-date", *(_PLACE_EXTRA if other_kind else ()))
    return {
        name: value
        for name, value in record.extra.items()
        if name not in reference.extra and name not in kept_back and ":" not in name
    }


def _grown(reference: Reference, record: Reference) -> dict[str, object]:
    """Give what a line said in short and the record says in full."""
    fuller = {"author": _fuller_names(reference.author, record.author), "page": _fuller_page(reference, record)}
    return {field: value for field, value in fuller.items() if value and value != getattr(reference, field)}


def _fuller_names(ours: tuple[Name, ...], theirs: tuple[Name, ...]) -> tuple[Name, ...]:
    """Write initials out where both lists have the same people in the same order; else keep ours."""
    one, other = people_of(ours), people_of(theirs)
    if len(one) != len(other) or len(one) != len(ours) or len(other) != len(theirs):
        return ours
    if not all(a.stem == b.stem and compatible_given(a, b) for a, b in zip(one, other, strict=True)):
        return ours
    return tuple(
        msgspec.structs.replace(name, given=record.given)
        if name.family and a.initials == b.initials[: len(a.initials)] and _is_initials(a.given) and record.given
        else name
        for name, record, a, b in zip(ours, theirs, one, other, strict=True)
    )


def _is_initials(given: tuple[str, ...]) -> bool:
    return bool(given) and all(len(word) == 1 for word in given)


def _fuller_page(reference: Reference, record: Reference) -> str:
    ours, theirs = page_range(reference.page), page_range(record.page)
    return record.page if ours[0] and ours[0] == theirs[0] and not ours[1] and theirs[1] else ""


def _contradiction(reference: Reference, field: str, ours: object, theirs: object, by: str) -> Finding:
    values = f"{as_text(ours)!r} here and {as_text(theirs)!r} at {by}"
    message = f"The {_WORDS.get(field, field)} is {values}; the value here was kept."
    return Finding.of("AB404", message, origin=reference.origin, reference=reference.id)
