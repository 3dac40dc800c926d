"""Is a work already in a library? The answer that deduplication gives, as quickly in a large library as in a small."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliancebib.errors import UnknownName
from alliancebib.library import Library
from alliancebib.matching.forms import form_of
from alliancebib.matching.index import LARGEST_BLOCK, WINDOW, Index
from alliancebib.matching.keys import keys_of
from alliancebib.matching.lookup import Lookup
from alliancebib.model import Name, PartialDate, Reference

ARTICLE = Reference(
    id="a",
    kind="article-journal",
    title="Why alliances endure or collapse in the long run",
    author=(Name(family="Smith", given="John"),),
    issued=PartialDate(year=1997),
    container_title="Survival",
    volume="39",
    page="156-179",
)
OTHERS = [
    replace(ARTICLE, id=f"o{number}", title=f"Of treaty number {number} and what became of it", page=f"{number}-999")
    for number in range(200)
]


def test_a_work_that_is_there_is_found_with_reasons() -> None:
    library = Library([*OTHERS, ARTICLE])
    short = replace(ARTICLE, id="", title=ARTICLE.title.upper(), author=(Name(family="Smith", given="J."),), volume="")
    found = library.find(short)
    assert found
    assert (found.verdict, found.reference.id) == ("same", "a")
    assert "title equal" in found.reasons


def test_a_work_that_is_not_there_is_not_found() -> None:
    library = Library([*OTHERS, ARTICLE])
    assert library.find(replace(ARTICLE, title="Something else altogether about treaties", page="1-9")) is None
    assert Library().find(ARTICLE) is None


def test_the_same_comes_before_what_may_be() -> None:
    doubtful = replace(ARTICLE, id="b", page="", volume="", container_title="", author=(), issued=None)
    for library in (Library([doubtful, ARTICLE]), Library([ARTICLE, doubtful])):
        found = library.find(replace(ARTICLE, id=""))
        assert found
        assert (found.verdict, found.reference.id) == ("same", "a")
    alone = Library([doubtful]).find(ARTICLE)
    assert alone
    assert alone.verdict == "maybe"


def test_what_was_added_is_found() -> None:
    lookup = Lookup(OTHERS)
    assert lookup.find(ARTICLE) is None
    lookup.add(ARTICLE)
    found = lookup.find(replace(ARTICLE, id=""))
    assert found
    assert found.reference is ARTICLE


def test_an_unknown_preset_is_told() -> None:
    with pytest.raises(UnknownName, match="preset"):
        Library([ARTICLE]).find(ARTICLE, preset="bold")


def test_a_question_to_a_large_library_looks_at_few_references() -> None:
    index = Index()
    for number in range(5 * LARGEST_BLOCK):
        index.add(form_of(replace(ARTICLE, issue=str(number))))
    asked = form_of(replace(ARTICLE, issue="400"))
    near = index.near(asked)
    assert 0 < len(near) <= len(keys_of(asked)) * 2 * WINDOW


def test_what_is_in_the_library_is_found_whatever_its_title() -> None:
    editorial = Reference(id="e", kind="article-journal", title="Editorial", issued=PartialDate(year=2001))
    found = Library([ARTICLE, editorial]).find(editorial)
    assert found
    assert (found.verdict, found.reference) == ("same", editorial)
