"""What became of a work after it appeared: retracted, corrected, published elsewhere, as the record of it tells.

Services tell it in shapes of their own. In a `Reference` it is text, in ``extra`` under ``SERVICE:updated-by`` (others
about this work), ``SERVICE:update-to`` (this work about others) and ``SERVICE:later`` (later forms of this work)::

    retraction 10.5555/notice (2024-02-01, by retraction-watch); correction 10.5555/erratum (2023-05)
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from alliancebib.model import Reference

__all__ = [
    "Update",
    "as_first_published",
    "in_force",
    "is_marked_retracted",
    "is_notice",
    "is_taken_back",
    "later_forms",
    "own_updates",
    "updates_as_text",
    "updates_of",
]

#: One update as text. A DOI may hold anything but a blank.
_UPDATE = re.compile(r"(?P<kind>\S+) (?P<doi>\S+?)(?: \((?P<rest>[^()]*)\))?(?:; |$)")
#: A title that calls its work retracted: "RETRACTED: ...", "[Retracted] ...", "... (retracted article)". Titles of
#: notices ("Retraction: ...", "Retraction notice to ...") and words of a sentence ("Retracted potentials") do not.
_MARK = re.compile(
    r"^\W*(?:retracted|withdrawn)(?:\s+(?:article|paper|chapter|publication|manuscript))?\s*[\]):–—-]\s*(?=\S)"
    r"|\s*[\[(]\s*retracted(?:\s+(?:article|paper|chapter|publication))?\s*[\])]\W*$",
    re.IGNORECASE,
)


#: Types of updates after which a work no longer stands (https://www.crossref.org/documentation/crossmark).
_TAKEN_BACK = frozenset(["retraction", "withdrawal", "removal"])
_VOIDABLE = _TAKEN_BACK | {"partial_retraction"}
#: What makes such an update void (Retraction Watch: https://retractionwatch.com/retraction-watch-database-user-guide).
_REINSTATED = frozenset(["reinstatement", "reinstated"])


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """One update: its type in Crossref's words, the DOI of the notice (or of the later work), day, source and label.

    ``source`` says who tells it ("publisher", "retraction-watch"); ``label`` is the publisher's word for the type.
    """

    kind: str
    doi: str
    date: str = ""
    source: str = ""
    label: str = ""

    def __str__(self) -> str:
        words = self.kind.replace("_", " ").replace("-", " ")
        label = "" if _letters(self.label) == _letters(words) else self.label
        details = (self.date, self.source and f"by {self.source}", label and f"as {label}")
        rest = ", ".join(detail for detail in details if detail)
        return f"{self.kind} {self.doi}" + (f" ({rest})" if rest else "")


def in_force(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Give updates without the retractions that were taken back themselves, when the work was reinstated later.

    >>> first, then = Update(kind="retraction", doi="10.5555/r", date="2024-02-01"), Update(
    ...     kind="reinstatement", doi="10.5555/r", date="2024-03"
    ... )
    >>> [update.kind for update in in_force([first, then])]
    ['reinstatement']
    """
    updates = tuple(updates)
    again = [update.date for update in updates if update.kind in _REINSTATED]
    return tuple(
        update
        for update in updates
        if update.kind not in _VOIDABLE or not any(_is_later(day, update.date) for day in again)
    )


def is_taken_back(updates: Iterable[Update]) -> bool:
    """Say whether a work no longer stands after all that became of it."""
    return any(update.kind in _TAKEN_BACK for update in in_force(updates))


def _is_later(day: str, other: str) -> bool:
    """Say whether a day is not before another, as far as both are known."""
    known = min(len(day), len(other))
    return day[:known] >= other[:known]


def updates_as_text(updates: Iterable[Update]) -> str:
    """Write updates as one text; those without a type or DOI say nothing and are left out.

    >>> updates_as_text([Update(kind="retraction", doi="10.5555/r", date="2024-02-01", source="publisher")])
    'retraction 10.5555/r (2024-02-01, by publisher)'
    """
    told = (update for update in updates if update.kind and update.doi and not re.search(r"\s", update.kind))
    return "; ".join(dict.fromkeys(str(_plain(update)) for update in told))


def updates_of(record: Reference) -> tuple[Update, ...]:
    """Give what others, or the record itself in place, say of a work later.

    Some publishers retract in place: the record updates itself (https://www.crossref.org/documentation/crossmark).
    """
    in_place = (update for update in own_updates(record) if update.doi == record.doi)
    return (*_read(record, "updated-by"), *in_place)


def own_updates(record: Reference) -> tuple[Update, ...]:
    """Give what a record says of works: a notice names those that it corrects or retracts."""
    return _read(record, "update-to")


def later_forms(record: Reference) -> tuple[Update, ...]:
    """Give the later forms of a work that its record names: the article of a preprint, what replaced it."""
    return _read(record, "later")


def is_marked_retracted(title: str) -> bool:
    """Say whether a title itself calls its work retracted.

    >>> [is_marked_retracted(title) for title in ("RETRACTED: On alliances", "Retraction notice to “On alliances”")]
    [True, False]
    """
    return _MARK.search(title) is not None


def is_notice(record: Reference) -> bool:
    """Say whether a record is a notice about another work; some publishers give it the words of the work's title."""
    return any(update.doi != record.doi for update in own_updates(record))


def as_first_published(record: Reference) -> Reference:
    """Give a record with the title that its work had before it was retracted, as older lists have it."""
    if is_notice(record) or not is_marked_retracted(record.title):
        return record
    return msgspec.structs.replace(record, title=_MARK.sub("", record.title))


def _read(record: Reference, what: str) -> tuple[Update, ...]:
    texts = [text for name, text in record.extra.items() if name.endswith(f":{what}") and isinstance(text, str)]
    return tuple(_update(match) for text in texts for match in _UPDATE.finditer(text))


def _update(match: re.Match[str]) -> Update:
    details = {"date": "", "by ": "", "as ": ""}
    for detail in re.split(r", (?=by |as )", match["rest"] or ""):
        mark = detail[:3] if detail[:3] in details else "date"
        details[mark] = detail.removeprefix(mark)
    return Update(
        kind=match["kind"], doi=match["doi"], date=details["date"], source=details["by "], label=details["as "]
    )


def _plain(update: Update) -> Update:
    """Give an update without the signs that part one from the next."""
    doi = re.sub(r"\s+", "%20", update.doi)
    return msgspec.structs.replace(update, doi=doi, label=" ".join(re.sub(r"[;(),]", " ", update.label).split()))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
