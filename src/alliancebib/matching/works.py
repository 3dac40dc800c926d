"""Judges works with authors and places: articles, books, chapters, papers, reports.

The likeness of the titles, their length and the authors decide how much evidence is asked for; what falls short by
little is a question for a person.
"""

from __future__ import annotations

from alliancebib.matching.doubts import doubt_about, issues_clash, speaks_against
from alliancebib.matching.evidence import (
    Title,
    is_article_number,
    relate_titles,
    weigh,
    years_apart,
)
from alliancebib.matching.forms import Forms, Group
from alliancebib.matching.kinds import is_thesis
from alliancebib.matching.normal import squeezed
from alliancebib.matching.pairing import AGREEING, DISAGREEING, LONG_TITLE, Pairing
from alliancebib.matching.people import People
from alliancebib.matching.places import is_misread
from alliancebib.matching.ruling import Facts, Ruling
from alliancebib.matching.similarity import ratio
from alliancebib.matching.wording import first_page, is_one_work_in_other_words, is_translation, spread

__all__ = ["rule_on_works"]

#: How far below what is asked for a pair is still shown to a person.
_DOUBTFUL = 2.0

#: How titles relate, is it long -> evidence asked for when the authors agree, and when none are known.
_ASKED = {
    (Title.EQUAL, True): (1.0, 3.0),
    (Title.EQUAL, False): (2.0, 4.0),
    (Title.EXTENDED, True): (3.0, 4.5),
    (Title.EXTENDED, False): (3.0, 5.0),
    (Title.NEAR, True): (3.5, 4.5),
    (Title.NEAR, False): (4.0, 5.0),
    (Title.MISSING, False): (4.0, 5.5),
    (Title.UNLIKE, True): (5.0, 9.0),
    (Title.UNLIKE, False): (5.0, 9.0),
}
#: What a title that many works have needs besides an exact place.
_PLACED = 3
#: How alike titles are that differ by slips of the pen.
_ALIKE = 0.9
#: What books of one ISBN need, whose titles differ by little: a year may be that of the next one.
_OF_ONE_PRINTING = 2.5
#: How many words, and which part of the shorter title's, titles share that are a question at one first page.
_FEW_SHARED, _MOST = 3, 0.75
#: What titles that are put otherwise at one place need.
_IN_OTHER_WORDS = 4.0
#: Titles of so many words are hardly those of two works of one year, if one goes on.
_SAYS_ALL = 8
#: Titles of fewer words name many works.
_VERY_SHORT = 3
#: First pages that are no further apart may be those of one work, of which one is a slip.
_NEAR = 10
#: Books have no volume, issue and pages that could agree.
_WITHOUT_PLACE = {Group.BOOK, Group.THESIS, Group.REPORT}


def rule_on_works(a: Forms, b: Forms, *, bar: float, facts: Facts) -> Ruling:
    """Say whether two works are one; ``bar`` is added to the evidence asked for."""
    relation, evidence = relate_titles(a, b), weigh(a, b, issues_count=facts.issues_count)
    pair = Pairing(a, b, relation, evidence, facts, bold=bar < 0)
    reasons = (relation.reason, *evidence.reasons)
    if _is_one_by_name(pair) and not doubt_about(pair):
        return Ruling("same", evidence.score, reasons)
    if hard := _contradiction(pair):
        return Ruling("different", evidence.score, (hard, *reasons), hard=True)
    if evidence.same_doi and relation.kind is Title.EQUAL and evidence.score >= 0:
        return Ruling("same", evidence.score, reasons)
    if _is_generic(a, b, facts.generic) and not _is_placed(pair):
        close = relation.kind is Title.EQUAL and evidence.score >= 2
        return Ruling("maybe" if close else "different", evidence.score, ("a title that many works have", *reasons))
    asked = bar + _asked(pair)
    return _with_enough(pair) if evidence.score >= asked else _short_of(asked, pair)


def _with_enough(pair: Pairing) -> Ruling:
    """Rule on a pair whose evidence is enough: only a doubt keeps it apart."""
    relation, evidence = pair.relation, pair.evidence
    reasons = (relation.reason, *evidence.reasons)
    if doubt := doubt_about(pair):
        return Ruling("maybe", evidence.score, (doubt, *reasons), hard=_are_apart(pair))
    return Ruling("same", evidence.score, reasons)


def _short_of(asked: float, pair: Pairing) -> Ruling:
    """Rule on a pair whose evidence is not enough: what falls short by little is a question."""
    relation, evidence = pair.relation, pair.evidence
    reasons = (relation.reason, *evidence.reasons)
    if evidence.people in DISAGREEING or relation.kind is Title.UNLIKE:
        unlike = relation.kind is Title.UNLIKE and evidence.pages != 2
        return Ruling("maybe" if evidence.score >= 0 else "different", evidence.score, reasons, hard=unlike)
    close = evidence.score >= asked - _DOUBTFUL and relation.kind is not Title.MISSING
    alike = relation.kind is Title.EQUAL or (relation.kind is Title.NEAR and evidence.score >= 0)
    namely = alike and (evidence.people is People.SAME or relation.length >= LONG_TITLE)
    namely = namely or (relation.kind is Title.EQUAL and evidence.score > 0) or _goes_on(pair)
    return Ruling("maybe" if close or namely else "different", evidence.score, reasons, hard=_are_apart(pair))


def _are_apart(pair: Pairing) -> bool:
    """Say whether nothing may join two: not a third one, either, that leaves out what they contradict each other in."""
    return _stand_apart(pair) or speaks_against(pair)


def _stand_apart(pair: Pairing) -> bool:
    """Say whether two stand in two places.

    Numbers that a slip makes of each other (3 and 30) and pages that are near each other tell no places apart.
    """
    a, b, evidence = pair.a, pair.b, pair.evidence
    if evidence.same_doi:
        return False
    far = evidence.pages == -1 and abs(first_page(a) - first_page(b)) > _NEAR
    if (far and a.pages[1] and b.pages[1]) or (evidence.pages <= 0 and _are_other_numbers(a.volume, b.volume)):
        return True
    if evidence.container is False and (not evidence.pages or a.group is b.group is Group.PART):
        return True
    issue = any(reason.startswith("issue differs") for reason in evidence.reasons)
    return far + (evidence.volume is False) + (evidence.container is False) + issue > 1


def _are_other_numbers(one: str, other: str) -> bool:
    """Say whether two are numbers of which no slip makes one of the other."""
    if not one.isdecimal() or not other.isdecimal() or is_misread(one, other):
        return False
    return not (one.startswith(other) or other.startswith(one))


def _goes_on(pair: Pairing) -> bool:
    """Say whether one title holds the whole other one, which says much by itself or is a law's or a case's."""
    a, b, relation, evidence = pair.a, pair.b, pair.relation, pair.evidence
    if relation.kind is not Title.EXTENDED or evidence.score <= 0 or years_apart(a, b) != 0:
        return False
    if relation.length >= _SAYS_ALL or _names_the_number(a, b) or _names_the_number(b, a):
        return True
    begins = a.title.core.startswith(b.title.core) or b.title.core.startswith(a.title.core)
    return begins and a.group is b.group is Group.LAW


def _names_the_number(a: Forms, b: Forms) -> bool:
    """Say whether one title names the number that the other one's report or standard has."""
    return bool(b.number) and a.title.numbers - b.title.numbers == {*b.number.split("/")} - b.title.numbers != set()


def _is_one_by_name(pair: Pairing) -> bool:
    """Say whether equal long titles of the same people are one without more: by an article's number, or two theses.

    An article's number is given once in a journal, whatever the year; nobody writes two theses of one title in a year.
    """
    a, b, evidence = pair.a, pair.b, pair.evidence
    if not (pair.whole and pair.long and evidence.people is People.SAME) or evidence.volume is False:
        return False
    if (a.doi and b.doi and a.doi != b.doi) or _is_generic(a, b, pair.facts.generic):
        return False
    if evidence.container is True and a.pages[0] == b.pages[0]:
        return is_article_number(a.pages[0])
    return is_thesis(a) and is_thesis(b) and years_apart(a, b) == 0


def _contradiction(pair: Pairing) -> str:
    """Give what rules out one work although no veto spoke; "" where nothing does."""
    a, b, relation, evidence, facts, _ = pair
    unlike = (
        relation.kind is Title.UNLIKE
        and not is_translation(relation, evidence)
        and not _is_slip_at_its_place(pair)
        and not _shares_most_at_its_place(pair)
    )
    if evidence.same_doi:
        # Congress abstracts share the DOI of their supplement; a wrong DOI is the commonest slip of all.
        # A translated title with transliterated names is for a person to judge, where pages and volume agree.
        open_ = evidence.people in (People.SAME, People.UNKNOWN) and evidence.pages != -1
        open_ = open_ or (evidence.pages == 2 and evidence.volume is True)
        return f"one DOI on two works: {relation.reason}" if unlike and not open_ else ""
    if unlike and not is_one_work_in_other_words(a, b, relation, evidence, facts):
        return relation.reason
    if evidence.people in DISAGREEING and not evidence.located:
        return next(reason for reason in evidence.reasons if "uthors" in reason)
    if a.doi and b.doi and not _is_registered_twice(pair):
        return "DOIs differ"
    if (years_apart(a, b) or 0) > 1 and not evidence.located:
        return f"year {a.year} against {b.year}"
    return ""


def _is_slip_at_its_place(pair: Pairing) -> bool:
    """Say whether titles that differ by little more than slips stand in one place, by the same people."""
    evidence = pair.evidence
    if (
        not evidence.located
        or evidence.people is not People.SAME
        or not pair.relation.reason.startswith("words differ")
    ):
        return False
    return ratio(pair.a.title.core, pair.b.title.core) >= _ALIKE


def _shares_most_at_its_place(pair: Pairing) -> bool:
    """Say whether most words of the shorter title stand in the longer one, at one first page and by the same people."""
    a, b, evidence = pair.a, pair.b, pair.evidence
    if evidence.pages != 1 or evidence.people is not People.SAME or not pair.relation.reason.startswith("words differ"):
        return False
    if a.pages[0] != b.pages[0] or not (evidence.located and evidence.volume) or years_apart(a, b) != 0:
        return False
    one, other = a.title.words, b.title.words
    return len(one & other) >= max(_FEW_SHARED, _MOST * min(len(one), len(other)))


def _is_registered_twice(pair: Pairing) -> bool:
    """Say whether one work may have two DOIs: title, people, pages and all else agree."""
    evidence = pair.evidence
    if pair.relation.kind is not Title.EQUAL or evidence.pages != 2 or evidence.score < 1:
        return False
    return evidence.people in AGREEING and (pair.long or spread(pair.a) > 0) and not years_apart(pair.a, pair.b)


def _is_generic(a: Forms, b: Forms, shared_titles: frozenset[str]) -> bool:
    if any(forms.title.core in shared_titles or _is_front_matter(forms) for forms in (a, b)):
        return True
    return a.title.generic or b.title.generic


def _is_front_matter(forms: Forms) -> bool:
    """Say whether a part has the name of what it stands in: the cover, a notice, the contents."""
    if not forms.outlet or len(forms.outlet) > len(forms.title.text) or forms.is_headline:
        return False
    return forms.outlet == squeezed(forms.title.text)


def _is_placed(pair: Pairing) -> bool:
    """Say whether works with a title that many have stand in one place, and are by the same people."""
    a, b, evidence = pair.a, pair.b, pair.evidence
    if evidence.same_doi or "same ISBN" in evidence.reasons or "same address" in evidence.reasons:
        return evidence.score >= _PLACED
    if not evidence.located or evidence.score < _PLACED or issues_clash(pair):
        return False
    if evidence.people is not People.SAME:
        return False
    return evidence.pages == 2 or (a.pages[0] == b.pages[0] and not (a.pages[1] and b.pages[1]))


def _is_one_printing(pair: Pairing) -> bool:
    """Say whether books have one ISBN and the same people, and their titles differ by a slip.

    One with a further subtitle may be a volume of the other, under the ISBN of the set.
    """
    evidence = pair.evidence
    if "same ISBN" not in evidence.reasons or evidence.people is not People.SAME:
        return False
    return pair.relation.kind is Title.NEAR and (years_apart(pair.a, pair.b) or 0) <= 1


def _is_in_one_book(pair: Pairing) -> bool:
    return pair.a.group is pair.b.group is Group.PART and pair.evidence.container is True


def _asked(pair: Pairing) -> float:
    """Say how much evidence the pair needs."""
    a, b, relation, evidence, facts, _ = pair
    if is_one_work_in_other_words(a, b, relation, evidence, facts):
        return _IN_OTHER_WORDS
    if _is_one_printing(pair):
        return _OF_ONE_PRINTING
    long = relation.length >= LONG_TITLE and relation.kind is not Title.MISSING
    with_authors, without = _ASKED[relation.kind, long]
    asked = with_authors if evidence.people in AGREEING else without
    if relation.kind is Title.EQUAL and not long and {a.group, b.group} <= _WITHOUT_PLACE:
        asked -= 0.5
    elif pair.whole and relation.length < _VERY_SHORT and not evidence.located and not _is_in_one_book(pair):
        asked += 1.0
    if (a.is_headline or b.is_headline) and a.group is not b.group and not evidence.located:
        asked += 1.0
    return asked
