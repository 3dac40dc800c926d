"""Do two references stand in two places? Volume, issue and pages that contradict each other, and what it means.

A number that was mistyped or misread, the first page under another scheme (an article number), and a value that a
parser took for another one are no contradictions. One contradiction may be a slip; two are another work, and so is one
where the title says little or is not quite the same.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from alliancebib.matching.forms import Forms

__all__ = ["Clashes", "clashes", "elsewhere", "is_misread", "two_places"]

_NUMBERS = re.compile(r"\d+(?:/\d+)*")
_PAGE = re.compile(r"([a-z]{0,2})(\d+)[a-z]?")
#: Pages of one volume that are so far apart may be a slip, or parts of one article that are counted differently.
_NEAR = 10
#: From so many digits on, a single one may be mistyped or misread.
_LONG = 3
#: From so many digits on it is an article's number rather than a page.
_ARTICLE_NUMBER = 5


class Clashes(NamedTuple):
    """What of the places contradicts each other, as "2 against 4"; "" where nothing does.

    ``near`` are first pages that differ by little or have the same last page, ``last`` last pages where the first ones
    agree; ``issue_agrees`` says that the issue is known and the same, ``slip`` that volume or issue differ by a digit.
    """

    volume: str = ""
    issue: str = ""
    page: str = ""
    near: str = ""
    last: str = ""
    issue_agrees: bool = False
    slip: bool = False


def clashes(
    ours: Forms, theirs: Forms, *, elsewhere_in_text: AbstractSet[str] = frozenset(), exact: bool = False
) -> Clashes:
    """Compare the places of a reference and of a record.

    Args:
        ours: The reference.
        theirs: The record.
        elsewhere_in_text: Numbers of the reference's text that none of its fields holds. What the record has among
            them was not understood, and contradicts nothing.
        exact: No digit may be mistyped or misread: nothing but the place tells which work it is.
    """
    # What the reference does not give may have been taken for a volume, issue or page.
    taken = {"" if ours.volume else theirs.volume, *(() if ours.pages[0] else theirs.pages)}
    taken.add("" if ours.year else str(theirs.year or ""))

    def differ(one: str, other: str) -> bool:
        if not one or not other or other in elsewhere_in_text or one in taken:
            return False
        return exact or not is_misread(one, other)

    volume, issue = (
        f"{one} against {other}" if _are_other_numbers(one, other) and differ(one, other) else ""
        for one, other in ((ours.volume, theirs.volume), (ours.issue, theirs.issue))
    )
    agrees = bool(ours.issue) and ours.issue == theirs.issue
    slip = is_misread(ours.volume, theirs.volume) or is_misread(ours.issue, theirs.issue)
    (first, last), (other, other_last) = (tuple(map(_digits, forms.pages)) for forms in (ours, theirs))
    told = f"{first} against {other}"
    if first and first == other:
        differs = bool(last and other_last and last != other_last)
        return Clashes(volume, issue, last=f"{last} against {other_last}" if differs else "", issue_agrees=agrees)
    if not differ(first, other) or _is_other_scheme(first, other, ours, theirs):
        return Clashes(volume, issue, issue_agrees=agrees)
    near = (not volume and abs(int(first) - int(other)) <= _NEAR) or (bool(last) and last == other_last)
    return Clashes(volume, issue, "" if near else told, told if near else "", issue_agrees=agrees, slip=slip)


def elsewhere(found: Clashes, *, whole: bool, telling: bool) -> str:
    """Say that a record stands in another place than the reference; "" where it need not.

    Args:
        found: What contradicts each other.
        whole: The titles are the same, not one a part of the other.
        telling: Few works have such a title.
    """
    if reason := two_places(found):
        return reason
    if found.page and not found.issue_agrees:
        return f"pages differ: {found.page}"
    if not whole or not telling:
        named = [("pages", found.page or found.near), ("volume", found.volume), ("issue", found.issue)]
        rest = next((f"{name} {said}" for name, said in (*named, ("last page", found.last)) if said), "")
        return f"the title is not enough, and the place is another: {rest}" if rest else ""
    return f"issue and last page differ ({found.issue})" if found.issue and found.last else ""


def two_places(found: Clashes) -> str:
    """Say that two of volume, issue and pages are others; "" where at most one is."""
    page = found.page or found.near
    if page and (found.volume or found.issue):
        return f"pages and {'volume' if found.volume else 'issue'} differ ({found.volume or found.issue})"
    if found.volume and found.issue:
        return f"volume and issue differ ({found.volume})"
    return f"pages differ ({found.page}), and the volume or issue" if found.page and found.slip else ""


def _digits(page: str) -> str:
    match = _PAGE.fullmatch(page)
    return match[2] if match else ""


def _are_other_numbers(one: str, other: str) -> bool:
    """Say whether both are numbers and have none in common: "2" is a part of "2/3"."""
    if not _NUMBERS.fullmatch(one) or not _NUMBERS.fullmatch(other):
        return False
    return not {*one.split("/")} & {*other.split("/")}


def is_misread(one: str, other: str) -> bool:
    """Say whether numbers of three digits and more differ in one digit, or in two that changed places."""
    if len(one) != len(other) or len(one) < _LONG:
        return False
    apart = [place for place in range(len(one)) if one[place] != other[place]]
    return len(apart) == 1 or (len(apart) == 2 and sorted(one) == sorted(other) and apart[1] == apart[0] + 1)


def _is_other_scheme(first: str, other: str, ours: Forms, theirs: Forms) -> bool:
    """Say whether one of the two counts the pages of the article, or gives its number."""
    if ours.pages[0][:1].isalpha() != theirs.pages[0][:1].isalpha():
        return True
    if (len(first) >= _ARTICLE_NUMBER) != (len(other) >= _ARTICLE_NUMBER):
        return True
    of_its_own = any(forms.pages[0] == "1" and not forms.volume for forms in (ours, theirs))
    return of_its_own or ("1" in (first, other) and max(len(first), len(other)) >= _LONG)
