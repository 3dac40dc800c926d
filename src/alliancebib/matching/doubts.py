"""What keeps two works apart although the evidence is enough: the pair is for a person to judge.

In come two comparison forms, how their titles relate and what their fields say; out comes the doubt in words, "" where
there is none. A poor record is where most doubts are: what is not known cannot contradict.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from alliancebib.matching.containers import same_publisher
from alliancebib.matching.evidence import BEGINNING, Title, is_article_number, years_apart
from alliancebib.matching.forms import Group, other_days
from alliancebib.matching.kinds import VERSIONS, two_versions
from alliancebib.matching.languages import language_of
from alliancebib.matching.normal import fold, squeezed
from alliancebib.matching.pairing import AGREEING, DISAGREEING, Pairing
from alliancebib.matching.people import People, are_rather_two, relate_people, same_person
from alliancebib.matching.scripts import other_scripts
from alliancebib.matching.wording import OF_A_VOLUME, first_page, is_one_work_in_other_words, spread

__all__ = ["doubt_about", "issues_clash", "speaks_against"]

#: How many people lists have of which more than the first should agree, and how many are looked at.
_TWO, _MANY = 2, 20
#: What comes out in several versions under one title: as a preprint, at a meeting, in a journal.
_APPEARS_TWICE = {Group.ARTICLE, Group.PAPER, Group.ANY}
#: What has a day of its own, and what is known by the house that brought it out.
_DATED = {Group.REPORT, Group.WEB, Group.NEWS, Group.ANY, Group.LAW}
_NOTICES = frozenset({"erratum", "retraction", "comment", "reply"})
_OF_A_HOUSE = {Group.REPORT, Group.THESIS}
_MANY_MAY_STAND_THERE = "nobody is known to have written it, and many texts may share the place"


def doubt_about(pair: Pairing) -> str:
    """Say what keeps a pair with enough evidence apart; "" for nothing."""
    for one in _DOUBTS:
        if reason := one(pair):
            return reason
    return ""


def speaks_against(pair: Pairing) -> bool:
    """Say whether what the two say makes them two, whatever they leave out."""
    return any(one(pair) for one in _AGAINST)


def issues_clash(pair: Pairing) -> bool:
    """Say whether the issues are two numbers, so that one page in both may be two works.

    Many journals count the pages of each issue from one; a page beyond a hundred is rather one of the volume.
    """
    one, other = (forms.issue.partition("/")[0] for forms in (pair.a, pair.b))
    if not pair.facts.issues_count or one == other or not (one[:1].isdigit() and other[:1].isdigit()):
        return False
    return pair.evidence.pages != 2 or not spread(pair.a) or first_page(pair.a) < OF_A_VOLUME


def _people(pair: Pairing) -> str:
    return "authors differ" if pair.evidence.people in DISAGREEING else ""


def _versions(pair: Pairing) -> str:
    a, b = pair.a, pair.b
    if pair.identified:
        return ""
    if frozenset((a.group, b.group)) in VERSIONS:
        return f"perhaps two versions of one text: {a.group} and {b.group}"
    return two_versions(a, b)


def _isbns(pair: Pairing) -> str:
    return "ISBNs differ: perhaps two editions" if "ISBNs differ" in pair.evidence.reasons else ""


def _isbn_of_a_set(pair: Pairing) -> str:
    if "same ISBN" not in pair.evidence.reasons or pair.relation.kind is not Title.EXTENDED:
        return ""
    return "one title goes on, and the ISBN may be that of a set" if years_apart(pair.a, pair.b) != 0 else ""


def _houses(pair: Pairing) -> str:
    """Doubt working papers and theses of one title that two houses brought out."""
    a, b = pair.a, pair.b
    if (
        pair.identified
        or not (a.group is b.group and a.group in _OF_A_HOUSE)
        or same_publisher(a.publisher, b.publisher) is not False
    ):
        return ""
    if pair.evidence.container is True or _is_abbreviation(a.publisher, b.publisher):
        return ""
    return f"publishers differ: {a.publisher} against {b.publisher}"


def _is_abbreviation(one: str, other: str) -> bool:
    """Say whether one name is the first letters of the other, or stands in it."""
    short, long = sorted((one, other), key=lambda name: (len(squeezed(name)), name))
    first_letters = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
    return squeezed(short) in (first_letters.lower(), squeezed(long)) or squeezed(short) in squeezed(long)


def _title(pair: Pairing) -> str:
    a, b, relation, evidence = pair.a, pair.b, pair.relation, pair.evidence
    if relation.kind is Title.UNLIKE and other_scripts(a.title.core, b.title.core):
        return "perhaps a title and its translation"
    if relation.kind is Title.UNLIKE and not is_one_work_in_other_words(a, b, relation, evidence, pair.facts):
        return "the same DOI on unlike titles" if evidence.same_doi else "titles differ"
    if relation.kind is Title.MISSING and not evidence.same_doi:
        return "a title is missing"
    return ""


def _parts(pair: Pairing) -> str:
    """Doubt a title that names a part, or a number, which the other one does not."""
    one, other = pair.a.title, pair.b.title
    if pair.whole or pair.evidence.same_doi:
        return ""
    if bool(one.parts) != bool(other.parts):
        return "only one title names a part"
    begins = pair.relation.reason == BEGINNING
    if one.numbers != other.numbers and (pair.evidence.pages <= 0 or not begins):
        return "one title has a number that the other has not"
    return ""


def _signs(pair: Pairing) -> str:
    """Doubt titles of which one has a name with a sign, as of a language of programs, and the other the bare letter."""
    one, other = pair.a.title.signs, pair.b.title.signs
    if one == other or pair.evidence.located:
        return ""
    named = sorted(sign for sign in one ^ other if sign.endswith(("++", "#")))
    return f"only one title has the sign of {named[0]}" if named else ""


def _subtitle(pair: Pairing) -> str:
    """Doubt a work and one with a further subtitle, as a trial and its protocol, where no page is known to agree."""
    if pair.relation.kind is not Title.EXTENDED or pair.evidence.located or pair.evidence.pages > 0:
        return ""
    one, other = pair.a, pair.b
    if one.title.cut or other.title.cut:
        return ""
    # Not in one issue: no one brings out a work there and another that has its title and more.
    in_one = pair.facts.issues_count and one.issue[:1].isdigit() and one.issue == other.issue
    if in_one and pair.long and pair.evidence.people is People.SAME and pair.evidence.volume is True:
        return ""
    return "one title goes on, and no place is known to agree"


def _on_one_page(pair: Pairing) -> str:
    """Doubt titles that go on where several texts may stand on the one page that is known: letters, news, reviews."""
    a, b = pair.a, pair.b
    if pair.whole or pair.long or pair.identified or pair.evidence.pages != 1 or a.pages[1] or b.pages[1]:
        return ""
    if pair.relation.kind is Title.NEAR or is_article_number(a.pages[0]):
        return ""
    return "one short title goes on, and several texts may share the page"


def _inserted(pair: Pairing) -> str:
    """Doubt titles that differ within, where nothing but them tells which works they are."""
    if pair.whole or pair.relation.reason == BEGINNING or pair.relation.kind is Title.UNLIKE:
        return ""
    if pair.evidence.located and not _ends_elsewhere(pair):
        return ""
    slip = pair.relation.kind is Title.NEAR and pair.long and pair.evidence.people is People.SAME
    if slip and pair.evidence.volume is True and years_apart(pair.a, pair.b) == 0:
        return ""
    return "titles differ by little, and no place is known to agree"


def _issue(pair: Pairing) -> str:
    """Doubt the same page in two issues."""
    if pair.identified or not issues_clash(pair):
        return ""
    surely = pair.whole and pair.long and pair.evidence.people in AGREEING and pair.evidence.pages > 0
    return "" if surely else f"issues differ: {pair.a.issue} against {pair.b.issue}"


def _pages(pair: Pairing) -> str:
    evidence, relation = pair.evidence, pair.relation
    if evidence.same_doi or evidence.pages == 2:
        return ""
    if evidence.pages == -1:
        return "pages differ"
    begins = pair.whole or relation.reason == BEGINNING
    other_first = any(reason.startswith(("pages differ by little", "same last page")) for reason in evidence.reasons)
    placed = evidence.container is True if other_first else pair.whole or evidence.volume is True
    if begins and pair.long and evidence.people in AGREEING and placed:
        return ""
    first, other = pair.a.pages[0], pair.b.pages[0]
    if other_first:
        return f"first pages differ: {first} against {other}"
    return f"last pages differ: {pair.a.pages[1]} against {pair.b.pages[1]}" if _ends_elsewhere(pair) else ""


def _ends_elsewhere(pair: Pairing) -> bool:
    one, other = pair.a.pages[1], pair.b.pages[1]
    return bool(one and other) and one != other and pair.a.pages[0] == pair.b.pages[0]


def _volume(pair: Pairing) -> str:
    """Doubt another volume, of another year or under a short title."""
    if pair.evidence.volume is not False or pair.identified:
        return ""
    if pair.long and pair.whole and not years_apart(pair.a, pair.b):
        return ""
    return f"volumes differ: {pair.a.volume} against {pair.b.volume}"


def _nobody(pair: Pairing) -> str:
    """Doubt articles by nobody: letters and notices of one title stand side by side on one page."""
    a, b, evidence = pair.a, pair.b, pair.evidence
    if pair.identified or evidence.people is not People.UNKNOWN or Group.ARTICLE not in (a.group, b.group):
        return ""
    placed = evidence.volume is True or evidence.container is True
    if any(forms.authors or forms.editors for forms in (a, b)):
        beyond_a_page = a.pages[0] == b.pages[0] != "" and max(spread(a), spread(b)) > 0
        return "" if pair.long or (beyond_a_page and placed) else _MANY_MAY_STAND_THERE
    return "" if evidence.pages == 2 and spread(a) and placed else _MANY_MAY_STAND_THERE


def _given_names(pair: Pairing) -> str:
    """Doubt first authors of one family name whose other initials or full first names differ."""
    a, b = pair.a, pair.b
    if pair.identified or (pair.evidence.located and pair.evidence.pages == 2) or not (a.authors and b.authors):
        return ""
    one, other = a.authors[0], b.authors[0]
    if one == other or not are_rather_two(one, other):
        return ""
    return f"first authors differ in their given names: {' '.join(one.given)} against {' '.join(other.given)}"


def _others(pair: Pairing) -> str:
    """Doubt works of two people or more each, of whom only the first ones agree: there are many of some names."""
    a, b = pair.a.authors, pair.b.authors
    if pair.identified or pair.evidence.located or len(a) < _TWO or len(b) < _TWO or not same_person(a[0], b[0]):
        return ""
    if any(same_person(one, other) for one in a[1:_MANY] for other in b[1:_MANY]):
        return ""
    return "nobody but the first author agrees, and no place is known to agree"


def _accents(pair: Pairing) -> str:
    """Doubt titles that one accent tells apart, in languages where it makes another word: "Vater", "Väter"."""
    one, other = pair.a.title, pair.b.title
    if one.written == other.written or pair.evidence.located or len(one.written) != len(other.written):
        return ""
    differ = [words for words in zip(one.written, other.written, strict=True) if words[0] != words[1]]
    # Where more of them differ, one source has no accents at all.
    if len(differ) != 1 or fold(differ[0][0]) != fold(differ[0][1]):
        return ""
    if "en" in (language_of(one.text), language_of(other.text)):
        return ""
    return f"only an accent tells {differ[0][0]} and {differ[0][1]} apart, and no place is known to agree"


def _in_series(pair: Pairing) -> str:
    """Doubt books that have two numbers in their series."""
    one, other = pair.a.in_series, pair.b.in_series
    if pair.identified or not one or not other or one == other:
        return ""
    return f"numbers in the series differ: {one} against {other}"


def _translators(pair: Pairing) -> str:
    """Doubt books that two people translated."""
    if pair.identified or relate_people(pair.a.translators, pair.b.translators) not in DISAGREEING:
        return ""
    return "translators differ"


def _names(pair: Pairing) -> str:
    """Doubt what title, people and year alone must prove.

    The abstract of a meeting, the working paper and the article have them in common, often in another order.
    """
    a, b, evidence = pair.a, pair.b, pair.evidence
    if pair.identified or evidence.pages > 0 or not (a.authors and b.authors):
        return ""
    volume, container = evidence.volume is True, evidence.container is True
    if not volume and not same_person(a.authors[0], b.authors[0]):
        return "other first authors, and no place is known to agree"
    placed = container and (volume or years_apart(a, b) == 0)
    if pair.bold or placed or _APPEARS_TWICE.isdisjoint({a.group, b.group}):
        return ""
    return "nothing but title, people and year is known to agree"


def _days(pair: Pairing) -> str:
    """Doubt what has a day or month of its own; the months of articles are those online and in print."""
    a, b = pair.a, pair.b
    dated = (a.is_headline and b.is_headline) or (a.group is b.group and a.group in _DATED)
    return "the same title on two days" if dated and other_days(a, b) and not pair.identified else ""


def _notices(pair: Pairing) -> str:
    """Doubt notices on one work, of which there may be several: by its author, and by its publisher."""
    if pair.identified or pair.evidence.pages > 0 or _NOTICES.isdisjoint(pair.a.title.marks):
        return ""
    return "both are notices on another work, and no page is known to agree"


def _only_one_says(pair: Pairing) -> str:
    """Doubt books of which one is a volume, or a later edition, and the other does not say."""
    a, b = pair.a, pair.b
    if pair.identified or not (a.group is b.group is Group.BOOK):
        return ""
    if bool(a.volume) != bool(b.volume):
        return "only one names a volume"
    return "only one names an edition" if {a.edition, b.edition} - {"", "1"} and a.edition != b.edition else ""


def _named_as_whole(pair: Pairing) -> str:
    """Doubt a work and what stands in a container of its name: a book and its first chapter."""
    one, other = pair.a, pair.b
    if pair.identified or pair.evidence.pages == 2:
        return ""
    if any(x.outlet and not y.outlet and x.outlet == x.title.core for x, y in ((one, other), (other, one))):
        return "one stands in a book or journal of its own name"
    return ""


#: Asked in this order.
_DOUBTS: tuple[Callable[[Pairing], str], ...] = (
    _people,
    _versions,
    _isbns,
    _isbn_of_a_set,
    _houses,
    _title,
    _parts,
    _issue,
    _pages,
    _volume,
    _inserted,
    _signs,
    _subtitle,
    _on_one_page,
    _nobody,
    _given_names,
    _others,
    _accents,
    _in_series,
    _translators,
    _names,
    _days,
    _notices,
    _only_one_says,
    _named_as_whole,
)
#: Those of them that rest on what both say of which work they are. Another issue, page or volume of the same journal is
#: too often a slip, or an abstract beside its article, to keep two apart that a third one brings together.
_AGAINST = (
    _versions,
    _isbns,
    _houses,
    _parts,
    _signs,
    _given_names,
    _others,
    _in_series,
    _translators,
    _days,
    _named_as_whole,
)
