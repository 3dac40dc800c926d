"""Judges works with authors and places: articles, books, chapters, papers, reports.

The likeness of the titles, their length and the authors decide how much evidence is asked for; what falls short by
little is a question for a person.
"""

from __future__ import annotations

from alliancebib.matching.evidence import Evidence, Relation, Title, relate_titles, weigh, years_apart
from alliancebib.matching.forms import Forms, Group
from alliancebib.matching.kinds import VERSIONS, two_versions
from alliancebib.matching.people import People
from alliancebib.matching.ruling import Facts, Ruling
from alliancebib.matching.scripts import other_scripts

__all__ = ["LONG_TITLE", "rule_on_works"]

#: Meaningful words from which a title says something by itself.
LONG_TITLE = 5
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
_AGREEING = (People.SAME, People.OVERLAP)
_DISAGREEING = (People.DIFFERENT, People.NAMESAKES)
#: Books have no volume, issue and pages that could agree.
_WITHOUT_PLACE = {Group.BOOK, Group.THESIS, Group.REPORT}


def rule_on_works(a: Forms, b: Forms, *, bar: float, facts: Facts) -> Ruling:
    """Say whether two works are one; ``bar`` is added to the evidence asked for."""
    relation, evidence = relate_titles(a, b), weigh(a, b, issues_count=facts.issues_count)
    reasons = (relation.reason, *evidence.reasons)
    if hard := _contradiction(a, b, relation, evidence):
        return Ruling("different", evidence.score, (hard, *reasons), hard=True)
    if evidence.same_doi and relation.kind is Title.EQUAL and evidence.score >= 0:
        return Ruling("same", evidence.score, reasons)
    if _is_generic(a, b, facts.generic) and not (evidence.located and evidence.score >= 3):
        close = relation.kind is Title.EQUAL and evidence.score >= 2
        return Ruling("maybe" if close else "different", evidence.score, ("a title that many works have", *reasons))
    asked = bar + _asked(a, b, relation, evidence)
    if evidence.score >= asked:
        doubt = _doubt(a, b, relation, evidence)
        return Ruling("maybe", evidence.score, (doubt, *reasons)) if doubt else Ruling("same", evidence.score, reasons)
    if evidence.people in _DISAGREEING or relation.kind is Title.UNLIKE:
        return Ruling("maybe" if evidence.score >= 0 else "different", evidence.score, reasons)
    close = evidence.score >= asked - _DOUBTFUL and relation.kind is not Title.MISSING
    namely = relation.kind is Title.EQUAL and (evidence.people is People.SAME or relation.length >= LONG_TITLE)
    return Ruling("maybe" if close or namely else "different", evidence.score, reasons)


def _contradiction(a: Forms, b: Forms, relation: Relation, evidence: Evidence) -> str:
    """Give what rules out one work although no veto spoke; "" where nothing does."""
    if evidence.same_doi:
        # Congress abstracts share the DOI of their supplement; a wrong DOI is the commonest slip of all.
        # A translated title with transliterated names is for a person to judge, where pages and volume agree.
        open_ = evidence.people in (People.SAME, People.UNKNOWN) and evidence.pages != -1
        open_ = open_ or (evidence.pages == 2 and evidence.volume is True)
        unlike = relation.kind is Title.UNLIKE and not _is_translation(relation, evidence)
        return f"one DOI on two works: {relation.reason}" if unlike and not open_ else ""
    if relation.kind is Title.UNLIKE and not _is_translation(relation, evidence):
        return relation.reason
    if evidence.people in _DISAGREEING and not evidence.located:
        return next(reason for reason in evidence.reasons if "uthors" in reason)
    if a.doi and b.doi and not (relation.kind is Title.EQUAL and evidence.pages == 2 and evidence.score >= 1):
        return "DOIs differ"
    if (years_apart(a, b) or 0) > 1 and not evidence.located:
        return f"year {a.year} against {b.year}"
    return ""


def _is_generic(a: Forms, b: Forms, shared_titles: frozenset[str]) -> bool:
    return a.title.generic or b.title.generic or a.title.core in shared_titles or b.title.core in shared_titles


def _is_translation(relation: Relation, evidence: Evidence) -> bool:
    """Say whether unlike titles may be one in two languages: people, volume, year and page range all agree."""
    agreed = sum(reason.startswith(("same volume", "same year", "same DOI")) for reason in evidence.reasons)
    words_only = relation.reason.startswith(("words differ", "titles differ"))
    return words_only and evidence.pages == 2 and evidence.people is People.SAME and agreed >= 2


def _asked(a: Forms, b: Forms, relation: Relation, evidence: Evidence) -> float:
    """Say how much evidence the pair needs."""
    long = relation.length >= LONG_TITLE and relation.kind is not Title.MISSING
    with_authors, without = _ASKED[relation.kind, long]
    asked = with_authors if evidence.people in _AGREEING else without
    if relation.kind is Title.EQUAL and not long and {a.group, b.group} <= _WITHOUT_PLACE:
        asked -= 0.5
    if (a.is_headline or b.is_headline) and a.group is not b.group and not evidence.located:
        asked += 1.0
    return asked


def _doubt(a: Forms, b: Forms, relation: Relation, evidence: Evidence) -> str:
    """Say what keeps a pair with enough evidence apart; "" for nothing."""
    if evidence.people in _DISAGREEING:
        return "authors differ"
    if frozenset((a.group, b.group)) in VERSIONS and not (evidence.same_doi or "same ISBN" in evidence.reasons):
        return f"perhaps two versions of one text: {a.group} and {b.group}"
    if a.posted != b.posted and not evidence.located and (versions := two_versions(a, b)):
        return versions
    return _doubtful_title(a, b, relation, evidence) or _doubtful_place(evidence)


def _doubtful_title(a: Forms, b: Forms, relation: Relation, evidence: Evidence) -> str:
    if relation.kind is Title.UNLIKE and other_scripts(a.title.core, b.title.core):
        return "perhaps a title and its translation"
    if relation.kind is Title.UNLIKE and not _is_translation(relation, evidence):
        return "the same DOI on unlike titles"
    if relation.kind is Title.MISSING and not evidence.same_doi:
        return "a title is missing"
    if relation.kind is not Title.EQUAL and a.title.numbers != b.title.numbers and evidence.pages <= 0:
        return "one title has a number that the other has not"
    return ""


def _doubtful_place(evidence: Evidence) -> str:
    return "pages differ" if evidence.pages == -1 and not evidence.same_doi else ""
