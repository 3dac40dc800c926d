"""Kinds of works beside each other: which are never one, which may hold one text in two versions, what is posted.

In come comparison forms; out come reasons in words, "" where the kinds say nothing. Versions of one text have DOIs of
their own, so that a search must not take one for the other; a reference that states the DOI of one is told so.
"""

from __future__ import annotations

import re

from alliancebib.matching.containers import same_container, same_publisher
from alliancebib.matching.forms import Forms, Group

__all__ = ["APART", "MEETING", "VERSIONS", "across", "apart", "is_posted", "is_thesis", "two_versions"]

#: What the manual of a program is called, which is cited for the program.
_OF_PROGRAMS = (Group.BOOK, Group.REPORT)
#: Groups of kinds that are never one work: a book is not its chapter, its review, or an article of the same title.
APART = frozenset(
    frozenset(pair)
    for pair in [
        (Group.BOOK, Group.PART),
        (Group.BOOK, Group.ARTICLE),
        (Group.BOOK, Group.PAPER),
        (Group.BOOK, Group.REVIEW),
        (Group.ARTICLE, Group.REVIEW),
        (Group.PART, Group.REVIEW),
        (Group.REPORT, Group.REVIEW),
        (Group.THESIS, Group.REVIEW),
        *((Group.DATA, other) for other in Group if other not in (Group.DATA, Group.ANY, Group.WEB, *_OF_PROGRAMS)),
        *((Group.LAW, other) for other in Group if other not in (Group.LAW, Group.ANY, Group.WEB)),
        *((Group.MEDIA, other) for other in Group if other not in (Group.MEDIA, Group.ANY, Group.WEB, Group.NEWS)),
    ]
)
#: Pairs of groups that may hold one text in two versions.
VERSIONS = frozenset(
    frozenset(pair)
    for pair in [
        (Group.THESIS, Group.BOOK),
        (Group.THESIS, Group.ARTICLE),
        (Group.THESIS, Group.REPORT),
        (Group.REPORT, Group.ARTICLE),
        (Group.REPORT, Group.PART),
        (Group.REPORT, Group.BOOK),
        (Group.PAPER, Group.THESIS),
        (Group.PAPER, Group.REPORT),
        (Group.PAPER, Group.ARTICLE),
        (Group.PART, Group.THESIS),
        *((Group.DATA, other) for other in _OF_PROGRAMS),
    ]
)
#: What comes out in a book, a journal or between covers; a page of the web with such a text is another version of it.
_PUBLISHED = frozenset([Group.ARTICLE, Group.BOOK, Group.PART, Group.PAPER, Group.THESIS])
#: What names a meeting whose papers a book or journal holds.
MEETING = re.compile(
    r"\b(?:proc(?:eedings)?|conf(?:erence)?|congress|symp(?:osium|osia)?|workshop|meeting|tagung|colloqui\w+|actes)\b"
    r"|конференц",
    re.IGNORECASE,
)
#: Whose DOIs are those of preprints and working papers, and where such texts are read.
_PREPRINT_DOIS = re.compile(
    r"10\.(?:48550/arxiv|1101/(?:\d{6}$|20\d\d\.)|2139/ssrn|3123[345]/|20944/preprints|26434/chemrxiv|21203/rs|"
    r"36227/techrxiv|22541/au|1002/essoar|33774/|33767/|3386/w)"
)
_PREPRINT_HOSTS = re.compile(
    r"(?:.*\.)?(?:arxiv|biorxiv|medrxiv|ssrn|osf|preprints|chemrxiv|mpra\.ub\.uni-muenchen)\.\w+"
)
#: What stands in a thesis' field of the volume, and the bibliography that lists theses as if it were their journal.
_DEGREES = frozenset(["phd", "dphil", "md", "msc", "ma", "mphil", "edd", "psyd", "dissertation", "thesis"])
_LISTS_OF_THESES = frozenset([("dissertation", "abstracts"), ("dissertations", "abstracts"), ("masters", "abstracts")])
#: Groups that are not told as "a" and their name.
_WORDS = {
    Group.ARTICLE: "an article",
    Group.PART: "a part of a book",
    Group.PAPER: "a conference paper",
    Group.NEWS: "a news item",
    Group.WEB: "a web page",
    Group.LAW: "a law or ruling",
    Group.DATA: "data or software",
    Group.MEDIA: "a picture, film or recording",
}


def apart(a: Forms, b: Forms) -> str:
    """Say that two works are of kinds that are never one; "" where they may be."""
    return f"one is {_told(a)}, the other {_told(b)}" if frozenset((a.group, b.group)) in APART else ""


def two_versions(a: Forms, b: Forms) -> str:
    """Say that two works of one name are perhaps two versions of one text; "" where their kinds are one.

    What came out in the same journal, book or house is not told apart by its kind: papers of a meeting stand in
    journals, and reports are called books.
    """
    if is_posted(a) != is_posted(b) and Group.ANY not in (_group(a), _group(b)):
        other = b if is_posted(a) else a
        if same_container(a.container, b.container) or other.group is Group.WEB:
            return ""
        return f"perhaps two versions of one text: one is a preprint or manuscript, the other {_told(other)}"
    groups = frozenset((a.group, b.group))
    web = Group.WEB in groups and bool(groups & _PUBLISHED) and not a.address[0] == b.address[0] != ""
    if not (groups in VERSIONS or web) or same_container(a.container, b.container):
        return ""
    if Group.ARTICLE not in groups and same_publisher(a.publisher, b.publisher):
        return ""
    return f"perhaps two versions of one text: {a.group} and {b.group}"


def is_posted(forms: Forms) -> bool:
    """Say whether a work is a preprint, manuscript or working paper: by its kind, its place, its DOI or address."""
    if forms.posted or _PREPRINT_DOIS.match(forms.doi):
        return True
    return not forms.container.variants and bool(_PREPRINT_HOSTS.fullmatch(forms.address[0]))


def is_thesis(forms: Forms) -> bool:
    """Say whether a work is a thesis, by its kind, its degree, or the bibliography of theses that names it."""
    if forms.group is Group.THESIS or forms.volume in _DEGREES:
        return True
    return any(variant[:2] in _LISTS_OF_THESES for variant in forms.container.variants)


def across(a: Forms, b: Forms) -> bool:
    """Say whether two works are of kinds that do not share a place: one is not where the other came out."""
    if same_container(a.container, b.container):
        return False
    return bool(apart(a, b) or two_versions(a, b))


def _group(forms: Forms) -> Group:
    """Give the group; what is posted is a kind by itself."""
    return Group.REPORT if is_posted(forms) and forms.group is Group.ANY else forms.group


def _told(forms: Forms) -> str:
    return _WORDS.get(forms.group, f"a {forms.group}")
