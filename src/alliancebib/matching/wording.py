"""One work under two titles that differ in words: a translation, an inflection, a title that was put otherwise.

In come two comparison forms and how they compare; out comes yes or no. Only an exact place, where no other work can
stand, makes up for words that differ.
"""

from __future__ import annotations

from alliancebib.matching.evidence import Evidence, Relation, Title, years_apart
from alliancebib.matching.forms import Forms
from alliancebib.matching.languages import language_of
from alliancebib.matching.people import People
from alliancebib.matching.ruling import Facts
from alliancebib.matching.similarity import leftovers
from alliancebib.matching.vocabulary import vocabulary

__all__ = ["OF_A_VOLUME", "first_page", "is_one_work_in_other_words", "is_translation", "spread"]

#: What a stem may end in without being another word.
_ENDINGS = frozenset(["", *"s es e ed d ing ings ion ions er ers or ors al ally ly ive ives ment ments en em".split()])
_STEM = 4
#: The share of the words of the shorter title that both must have.
_SHARED = 0.6
#: The same where the page might be one of any issue, and how many pages a work has at least behind its first one.
_MOSTLY, _FEW_PAGES, _MANY_PAGES = 0.75, 2, 4
#: So many words that stand in each other's place are an exchange.
_EXCHANGED = 2
#: A first page from which on a journal rather counts the pages of a volume than those of each issue.
OF_A_VOLUME = 100


def is_one_work_in_other_words(a: Forms, b: Forms, relation: Relation, evidence: Evidence, facts: Facts) -> bool:
    """Say whether titles that differ in words are those of one work."""
    if relation.kind is not Title.UNLIKE or not relation.reason.startswith(("words differ", "titles differ")):
        return False
    if is_translation(relation, evidence) and _are_in_two_languages(a, b):
        return True
    if evidence.volume is not True or evidence.container is not True or years_apart(a, b) != 0:
        return False
    if facts.issues_count and a.issue[:1].isdigit() and b.issue[:1].isdigit() and a.issue != b.issue:
        return False
    return _is_inflected(a, b, evidence) or _is_put_otherwise(a, b, evidence)


def _are_in_two_languages(a: Forms, b: Forms) -> bool:
    one, other = language_of(a.title.text), language_of(b.title.text)
    return bool(one and other) and one != other


def is_translation(relation: Relation, evidence: Evidence) -> bool:
    """Say whether unlike titles may be one in two languages: people, volume, year and page range all agree."""
    agreed = sum(reason.startswith(("same volume", "same year", "same DOI")) for reason in evidence.reasons)
    words_only = relation.reason.startswith(("words differ", "titles differ"))
    return words_only and evidence.pages == 2 and evidence.people is People.SAME and agreed >= 2


def _is_inflected(a: Forms, b: Forms, evidence: Evidence) -> bool:
    """Say whether the words that differ have the same stems, at one page and by the same people."""
    left, right = leftovers(a.title.content, b.title.content)
    if evidence.people is not People.SAME or evidence.pages < 1 or a.pages[0] != b.pages[0] or len(left) != len(right):
        return False
    return all(_have_one_stem(one, other) for one, other in zip(left, right, strict=True))


def _have_one_stem(one: str, other: str) -> bool:
    sizes = range(_STEM, min(len(one), len(other)) + 1)
    return any(one[:size] == other[:size] and {one[size:], other[size:]} <= _ENDINGS for size in sizes)


def _is_put_otherwise(a: Forms, b: Forms, evidence: Evidence) -> bool:
    """Say whether most words are the same, and the pages are a range that no two articles share."""
    pages = spread(a)
    if evidence.pages != 2 or pages < _FEW_PAGES or evidence.people not in (People.SAME, People.UNKNOWN):
        return False
    asked = _SHARED
    if not (first_page(a) >= OF_A_VOLUME or (a.issue and a.issue == b.issue)):
        if evidence.people is not People.SAME or pages < _MANY_PAGES:
            return False
        asked = _MOSTLY
    if _is_exchange(a, b):
        return False
    shared = len(a.title.words & b.title.words)
    return shared >= 2 and shared >= asked * min(len(a.title.words), len(b.title.words))


def _is_exchange(a: Forms, b: Forms) -> bool:
    """Say whether a word or two stand in each other's place, as two countries or two drugs do."""
    left, right = leftovers(a.title.content, b.title.content)
    countries = vocabulary().countries
    return 0 < len(left) == len(right) <= _EXCHANGED or not (countries.isdisjoint(left) or countries.isdisjoint(right))


def first_page(forms: Forms) -> int:
    """Give the number of the first page, whatever letters it has; 0 where it is not known."""
    return int("".join(filter(str.isdecimal, forms.pages[0])) or 0)


def spread(forms: Forms) -> int:
    """Give how many pages a work has behind its first one; 0 where that is not known."""
    last = int("".join(filter(str.isdecimal, forms.pages[1])) or 0)
    return max(0, last - first_page(forms)) if forms.pages[0] else 0
