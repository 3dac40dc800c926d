"""What two references have in common, weighed: how their titles relate, and what the other fields add or take away.

In come two comparison forms; out come `Relation` and `Evidence`, numbers with their reasons in words. Which sum is
enough is decided in `verdict`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from alliancebib.matching.containers import same_container, same_publisher
from alliancebib.matching.forms import Forms, Group
from alliancebib.matching.kinds import is_thesis
from alliancebib.matching.normal import squeezed
from alliancebib.matching.people import People, relate_people
from alliancebib.matching.similarity import ratio
from alliancebib.matching.titles import TOO_LONG, TitleForm, differ_in_writing_alone
from alliancebib.matching.vetoes import number_veto, sign_veto, slip_veto, word_veto

__all__ = ["BEGINNING", "Evidence", "Relation", "Title", "is_article_number", "relate_titles", "weigh", "years_apart"]


_DIFFER = "titles differ"
#: The reason that a title is told to be another one without its subtitle, or cut.
BEGINNING = "one title is the beginning of the other"
#: From so many letters on, a title that is the beginning of another one may have been cut within a word.
_LONG_ENOUGH_TO_CUT = 80
#: Meaningful words from which a title with dots behind it says something.
_TELLING = 3
#: Titles without a common word and with less likeness than this are not looked at word by word.
_STRANGE = 0.5
#: Digits from which on a first page with letters before it is an article's number.
_ARTICLE_NUMBER = 4
#: Letters before a page number.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Title(StrEnum):
    """How two titles relate."""

    EQUAL = "equal"
    EXTENDED = "extended"
    NEAR = "near"
    MISSING = "missing"
    UNLIKE = "unlike"


class Relation(NamedTuple):
    """How two titles relate, why in words, and how many meaningful words the shorter one has."""

    kind: Title
    reason: str
    length: int


class Evidence(NamedTuple):
    """The sum of what the fields say, the reasons in words, and the answers that rules ask for by themselves.

    ``pages`` is 2 for the same range, 1 for the same end of it, 0 for nothing known, -1 for a contradiction.
    ``located`` means: DOI, ISBN of a book, address, or pages agree together with volume or container.
    """

    score: float
    reasons: tuple[str, ...]
    people: People
    container: bool | None
    volume: bool | None
    pages: int
    located: bool
    same_doi: bool


def relate_titles(a: Forms, b: Forms) -> Relation:
    """Say how two titles relate."""
    first, second = a.title, b.title
    if not first.core or not second.core:
        return Relation(Title.MISSING, "a title is missing", 0)
    length = min(first.length, second.length)
    if (first.signs or second.signs) and (reason := sign_veto(first, second)):
        return Relation(Title.UNLIKE, reason, length)
    if first.core == second.core:
        return Relation(Title.EQUAL, "title equal", length)
    if _equal_but_for_tail(a, b) or _equal_but_for_tail(b, a):
        return Relation(Title.EQUAL, "title equal but for acronym or outlet behind it", length)
    if max(len(first.content), len(second.content)) > TOO_LONG:
        begins = _begins(first, second) or _begins(second, first)
        kind, reason = (Title.EXTENDED, BEGINNING) if begins else (Title.UNLIKE, _DIFFER)
        return Relation(kind, reason, length)
    return _compared_by_word(a, b, length)


def _compared_by_word(a: Forms, b: Forms, length: int) -> Relation:
    """Say how two titles relate that are not equal and not too long."""
    first, second = a.title, b.title
    if differ_in_writing_alone(first.text, second.text):
        return Relation(Title.EQUAL, "title equal but for blanks or umlauts", length)
    reason = number_veto(a, b)
    if not reason and _is_cut_off(first, second):
        return Relation(Title.EXTENDED, BEGINNING, length)
    if not reason and first.words.isdisjoint(second.words) and ratio(first.core, second.core) < _STRANGE:
        reason = _DIFFER
    if reason := reason or word_veto(a, b) or slip_veto(first, second):
        return Relation(Title.UNLIKE, reason, length)
    return _resembling(first, second, length)


def _resembling(first: TitleForm, second: TitleForm, length: int) -> Relation:
    """Say how two titles relate that are neither equal nor contradict each other."""
    if _begins(first, second) or _begins(second, first):
        return Relation(Title.EXTENDED, BEGINNING, length)
    likeness = ratio(first.core, second.core)
    if likeness >= 0.85 and len(first.content) == len(second.content):
        return Relation(Title.NEAR, f"title nearly equal ({likeness:.0%})", length)
    if likeness >= 0.6:
        return Relation(Title.EXTENDED, "one title has words that the other has not", length)
    return Relation(Title.UNLIKE, _DIFFER, length)


def _equal_but_for_tail(a: Forms, b: Forms) -> bool:
    """Say whether the first title without its tail is the second; the tail must not be another outlet than its."""
    if a.title.without_bracket and a.title.without_bracket == b.title.core:
        return True
    if not a.title.without_outlet or a.title.without_outlet != b.title.core:
        return False
    known = {outlet for outlet in (a.outlet, b.outlet) if outlet}
    if a.title.outlet in known:
        return True
    # "Part 2", "Amendment 1" and the last part of the title of a standard are no outlets.
    return not known and (a.is_headline or b.is_headline) and not any(map(str.isdigit, a.title.outlet))


def _is_cut_off(first: TitleForm, second: TitleForm) -> bool:
    """Say whether one title is the other cut within a word, as databases do with long ones, or with dots behind it."""
    for one, other in ((first, second), (second, first)):
        if one.cut and one.length >= _TELLING and squeezed(other.text).startswith(squeezed(one.text)):
            return True
    if min(len(first.text), len(second.text)) < _LONG_ENOUGH_TO_CUT:
        return False
    short, long = sorted((squeezed(first.text), squeezed(second.text)), key=len)
    return len(short) >= _LONG_ENOUGH_TO_CUT and long.startswith(short)


def _begins(short: TitleForm, long: TitleForm) -> bool:
    if short.core == long.head:
        return True
    return long.core.startswith(short.core) and (short.cut or short.length >= 4)


def weigh(a: Forms, b: Forms, *, issues_count: bool = True) -> Evidence:
    """Sum up what all fields but the title say.

    Args:
        a: One reference.
        b: The other.
        issues_count: False where the issue column of the data is a row number and means nothing.
    """
    said: list[tuple[float, str]] = []
    same_doi = _identifiers(a, b, said)
    volume = _number("volume", a.volume, b.volume, (1.0, -1.5), said)
    pages = _pages(a, b, said, one_volume=volume is True)
    if issues_count:
        _number("issue", a.issue, b.issue, (0.5, -0.5), said)
    container = _container(a, b, said, placed=pages == 2 and volume is True)
    _year(a, b, said)
    people = _people(a, b, said)
    located = (
        same_doi
        or any(weight >= 3 for weight, _ in said)
        or (pages == 2 and (volume is True or container is True))
        or (pages == 1 and volume is True and container is True)
        or (pages == 1 and container is True and a.pages[0] == b.pages[0] and is_article_number(a.pages[0]))
    )
    reasons = tuple(reason for _, reason in said)
    return Evidence(sum(weight for weight, _ in said), reasons, people, container, volume, pages, located, same_doi)


def _identifiers(a: Forms, b: Forms, said: list[tuple[float, str]]) -> bool:
    if a.doi and b.doi:
        same = a.doi == b.doi
        said.append((3.0, "same DOI") if same else (-3.0, f"DOIs differ: {a.doi} against {b.doi}"))
        return same
    if a.isbns and b.isbns and Group.PART not in (a.group, b.group):
        common = set(a.isbns) & set(b.isbns)
        said.append((3.0, "same ISBN") if common else (-0.5, "ISBNs differ"))
    if a.address[0] and a.address == b.address:
        deep = len(a.address[1]) > 1
        said.append((3.0, "same address") if deep else (1.0, "same site"))
    return False


def _pages(a: Forms, b: Forms, said: list[tuple[float, str]], *, one_volume: bool) -> int:
    """Give 2 for the same range, 1 for the same first or last page, 0 for nothing known, -1 for a contradiction."""
    (first, last), (other, other_last) = a.pages, b.pages
    # Of a thesis it is how many pages it has, or where a bibliography of theses names it.
    if not first or not other or any(_is_ahead_of_print(forms) or is_thesis(forms) for forms in (a, b)):
        return 0
    if first[:1].isdigit() != other[:1].isdigit():
        # "c37" and "37": some sources leave the letter out.
        first, other, last, other_last = (page.lstrip(_LETTERS) for page in (first, other, last, other_last))
    if first == other and last == other_last and last:
        said.append((2.0, f"same pages {first}-{last}"))
        return 2
    if first == other:
        said.append((1.0, f"same first page {first}"))
        return 1
    if last and last == other_last:
        said.append((0.5, f"same last page {last}"))
        return 1
    if one_volume and _is_page_slip(first, other):
        said.append((-0.5, f"pages differ by little: {first} against {other}"))
        return 0
    said.append((-2.0, f"pages differ: {first} against {other}"))
    return -1


def is_article_number(page: str) -> bool:
    """Say whether a page is rather the number of an article, which a journal gives once.

    >>> is_article_number("cd6828"), is_article_number("s12"), is_article_number("1204")
    (True, False, False)
    """
    return page[:1].isalpha() and sum(sign.isdigit() for sign in page) >= _ARTICLE_NUMBER


def _is_page_slip(first: str, other: str) -> bool:
    one, two = (page.strip(_LETTERS) for page in (first, other))
    return one.isdecimal() and two.isdecimal() and abs(int(one) - int(two)) <= 10


def _is_ahead_of_print(forms: Forms) -> bool:
    """Say whether the pages are those of a single article before it had a volume: they start at 1."""
    return forms.pages[0] == "1" and not forms.volume


def _number(field: str, a: str, b: str, weights: tuple[float, float], said: list[tuple[float, str]]) -> bool | None:
    """Compare volumes or issues; a word ("Suppl", "Jul") beside a number says nothing."""
    if not a or not b or a[0].isdigit() != b[0].isdigit():
        return None
    same = a.partition("/")[0] == b.partition("/")[0]
    if same and not any(sign.isdigit() for sign in a):
        return None
    said.append((weights[0], f"same {field} {a}") if same else (weights[1], f"{field} differs: {a} against {b}"))
    return same


def _container(a: Forms, b: Forms, said: list[tuple[float, str]], *, placed: bool) -> bool | None:
    """Compare containers; with the same volume and pages another name is rather another language."""
    same = same_container(a.container, b.container)
    if a.issns & b.issns:
        same = True
    if same:
        said.append((1.0, "same container"))
    elif same is False:
        said.append((-0.5 if placed else -1.5, "containers differ"))
    elif same_publisher(a.publisher, b.publisher):
        said.append((0.5, "same publisher"))
    return same


def _year(a: Forms, b: Forms, said: list[tuple[float, str]]) -> None:
    apart = years_apart(a, b)
    if apart is None:
        return
    if not apart:
        said.append((1.0, f"same year {min({*a.years} & {*b.years})}"))
    elif apart == 1:
        # Online in one year, in print in the next; by itself it is a weak sign of two works.
        said.append((-0.25, f"year {a.year} against {b.year}"))
    else:
        said.append((-2.0 if apart < 4 else -3.0, f"year {a.year} against {b.year}"))


def years_apart(a: Forms, b: Forms) -> int | None:
    """Give how far apart the nearest two years of two works are: a work has one online, and one in print."""
    return min((abs(one - other) for one in a.years for other in b.years), default=None)


def _people(a: Forms, b: Forms, said: list[tuple[float, str]]) -> People:
    authors = relate_people(a.authors, b.authors)
    if authors is People.UNKNOWN and not a.authors and not b.authors:
        authors = relate_people(a.editors, b.editors)
    elif authors is People.UNKNOWN and a.group is b.group is Group.BOOK:
        # Whoever brought a book together is its author in one list and its editor in another.
        crossed = relate_people(a.authors or a.editors, b.authors or b.editors)
        authors = crossed if crossed is People.SAME else authors
    elif authors is People.DIFFERENT and a.authors[0].given != b.authors[0].given and _is_of_a_body(a, b):
        authors = People.UNKNOWN
    words = {
        People.SAME: (0.0, "authors agree"),
        People.OVERLAP: (-0.5, "some authors agree"),
        People.NAMESAKES: (-3.0, "first authors are namesakes"),
        People.DIFFERENT: (-3.0, "authors differ"),
    }
    if authors in words:
        weight, reason = words[authors]
        if authors in (People.DIFFERENT, People.NAMESAKES):
            reason += f": {_first(a)} against {_first(b)}"
        said.append((weight, reason))
    return authors


def _is_of_a_body(a: Forms, b: Forms) -> bool:
    """Say whether one report names the body that brought it out, where the other names who wrote it."""
    if Group.REPORT not in (a.group, b.group):
        return False
    one, other = a.authors[0], b.authors[0]
    return (one.whole and bool(other.given)) or (other.whole and bool(one.given))


def _first(forms: Forms) -> str:
    person = (forms.authors or forms.editors)[0]
    return f"{person.family.capitalize()}{' ' + person.initials.upper() if person.initials else ''}"
