"""What a text says otherwise than a record, less what was misread in it: other words in the title, other numbers.

In come pairs whose reference was read from a text; words and numbers of the two go out that contradict each other. A
parser may have erred and letters may be misread, so nothing counts that stands somewhere in the text after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from alliancebib.matching.forms import Forms
from alliancebib.matching.pairs import Pair, Text
from alliancebib.matching.similarity import best_part, best_window, leftovers
from alliancebib.matching.titles import TitleForm
from alliancebib.matching.traces import IDLE, abbreviates, words_of

__all__ = ["are_other_journals", "as_read", "differing", "free_numbers", "is_strange", "stands"]

#: A word that has this likeness to a part of a text stands there, though perhaps misread.
_MISREAD = 0.65
#: The same for the letters of a whole name.
_NAMED = 0.75
#: Letters beside digits, and between them.
_LETTERS = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
_INSIDE = re.compile(r"\d[^\W\d_]+\d")


def differing(pair: Pair, text: Text) -> tuple[list[str], list[str]]:
    """Give the words of the record's title that the text lacks, and those of its own title that the record lacks."""
    ours, theirs, work = pair.ours.title, pair.theirs.title, pair.record
    left, right = leftovers(ours.content, theirs.content)
    if not left and not right:
        return [], []
    record = _letters_of(pair)
    container = words_of(work.container_title)
    missing = [word for word in _written(right, theirs) if best_window(word, text.said.letters) < _MISREAD]
    other = [
        word
        for word in _written(left, ours)
        if best_window(word, record) < _MISREAD and not any(abbreviates(word, whole) for whole in container)
    ]
    return missing, other


def is_strange(name: str, pair: Pair) -> bool:
    """Say whether a name that a reference has (a journal, a publisher) is nowhere in the record, abbreviated or not."""
    telling = _telling(name)
    if not telling:
        return False
    wholes = words_of(" ".join(_outlets(pair)))
    # What was taken for a journal may be a part of the title, where there is one.
    record = _letters_of(pair) if pair.titled else "".join(wholes)
    return not any(word in record or any(abbreviates(word, whole) for whole in wholes) for word in telling)


def are_other_journals(name: str, pair: Pair, text: Text) -> bool:
    """Say whether the name of a journal has words that the record's lacks, and the record's such as the text lacks."""
    wholes = words_of(" ".join(_outlets(pair)))
    ours, theirs = _telling(name), _telling(pair.record.container_title)
    place = "".join(wholes)
    strange = any(
        best_window(word, place) < _MISREAD and not any(abbreviates(word, whole) for whole in wholes)
        for word in ours
        if len(word) > 2
    )
    return strange and any(
        best_window(word, text.said.letters) < _MISREAD and not any(abbreviates(short, word) for short in ours)
        for word in theirs
        if len(word) > 2
    )


def _telling(name: str) -> list[str]:
    return [word for word in words_of(name) if len(word) > 1 and word not in IDLE and not word.isdigit()]


def stands(name: str, text: Text) -> bool:
    """Say whether a name stands in a text, misread perhaps."""
    letters = "".join(words_of(name))
    return bool(letters) and best_part(letters, text.said.letters) >= _NAMED


def _outlets(pair: Pair) -> tuple[str, ...]:
    work = pair.record
    further = (str(work.extra.get(name, "")) for name in ("container-title-short", "event-title"))
    return (work.container_title, work.collection_title, work.publisher, work.publisher_place, work.genre, *further)


def _letters_of(pair: Pair) -> str:
    work = pair.record
    people = " ".join(f"{name.family} {name.literal} {name.given}" for name in (*work.author, *work.editor))
    return "".join(words_of(" ".join((work.title, *_outlets(pair), people))))


def _written(words: Iterable[str], title: TitleForm) -> list[str]:
    """Give those of a title's words that tell it from others, as they are written."""
    written = dict(zip(title.content, title.written, strict=True))
    telling = (written[word] for word in words)
    return [word for word in telling if len(word) > 2 and word not in IDLE and not re.search(r"\d", word)]


def free_numbers(text: Text, ours: Forms) -> frozenset[str]:
    """Give the numbers of a text that none of the reference's fields holds."""
    parts = (ours.volume, ours.issue, *ours.pages, str(ours.year or ""), *ours.title.numbers)
    return text.said.numbers - {number for part in parts for number in re.findall(r"\d+", part)}


def as_read(pair: Pair, text: Text) -> Forms:
    """Give the reference's forms without numbers that were misread or cut: "8j", "1 66" for 166."""
    reference, ours, theirs = pair.reference, pair.ours, pair.theirs
    letters = text.said.letters

    def cut(one: str, other: str) -> bool:
        one, other = _digits(one), _digits(other)
        return len(one) < len(other) and (other.startswith(one) or other.endswith(one))

    def clean(written: str, one: str, other: str) -> str:
        return "" if _LETTERS.search(written) or (cut(one, other) and other in letters) else one

    (first, last), (other, other_last) = ours.pages, theirs.pages
    beginning, _, end = reference.page.replace("–", "-").partition("-")
    if _INSIDE.search(beginning) or (cut(first, other) and (_LETTERS.search(beginning) or other in letters)):
        first = last = ""
    if _LETTERS.search(end) or (cut(end, other_last) and other_last in letters):
        last = ""
    return msgspec.structs.replace(
        ours,
        volume=clean(reference.volume, ours.volume, theirs.volume),
        issue=clean(reference.issue, ours.issue, theirs.issue),
        pages=(first, last),
    )


def _digits(number: str) -> str:
    return "".join(re.findall(r"\d", number))
