"""Versions of one text are linked or, when asked, joined; entries that name each other are never one."""

from __future__ import annotations

import msgspec
import pytest

from alliancebib.decisions import Decisions, Judged
from alliancebib.errors import UnknownName
from alliancebib.library import Library
from alliancebib.matching import compare, dedupe, deduplicated, find_clusters
from alliancebib.model import Name, Origin, PartialDate, Reference

TITLE = "Why small states join alliances late"
POE = (Name(family="Poe", given="Edgar"),)
PREPRINT = Reference(
    id="p",
    key="poe2016",
    kind="manuscript",
    title=TITLE,
    author=POE,
    issued=PartialDate(year=2016),
    doi="10.31235/osf.io/abcde",
    url="https://osf.io/abcde",
    abstract="All of it.",
    extra={"keyword": "small states", "number": "17"},
    origins=(Origin(page="a.bib", line=1),),
)
ARTICLE = Reference(
    id="a",
    key="poe2018",
    kind="article-journal",
    title="Why Small States Join Alliances Late",
    author=(Name(family="Poe", given="E."),),
    issued=PartialDate(year=2018),
    container_title="Orbis",
    volume="6",
    page="3-30",
    extra={"keyword": "alliances"},
    origins=(Origin(page="a.bib", line=9),),
)


def with_(reference: Reference, **changes: object) -> Reference:
    return msgspec.structs.replace(reference, **changes)


def test_a_preprint_and_its_article_are_linked_and_kept() -> None:
    library = Library([PREPRINT, with_(ARTICLE, doi="10.5555/late")])
    found = deduplicated(library)
    assert [reference.id for reference in found.library] == ["p", "a"]
    (versions,) = found.clusters.versions
    assert (versions.ids, versions.kinds) == (("p", "a"), ("manuscript", "article-journal"))
    assert found.clusters.review == ()
    assert [finding.code for finding in found.library.findings] == ["AB504"]
    assert found.library[0].extra["alliancebib:versions"] == "poe2018"
    assert found.library[1].extra["alliancebib:versions"] == "poe2016"
    assert dedupe(found.library) == found.library


@pytest.mark.parametrize("order", [(PREPRINT, ARTICLE), (ARTICLE, PREPRINT)])
def test_the_published_one_speaks_when_they_are_joined(order: tuple[Reference, ...]) -> None:
    joined = dedupe(Library(order), versions="merge")
    (merged,) = joined
    assert (merged.id, merged.kind, merged.title, merged.doi) == (order[0].id, "article-journal", ARTICLE.title, "")
    assert (merged.container_title, merged.volume, merged.year) == ("Orbis", "6", 2018)
    assert merged.author == POE
    assert merged.abstract == PREPRINT.abstract
    assert "number" not in merged.extra
    assert merged.url == PREPRINT.url
    assert merged.extra["alliancebib:urls"] == f"https://doi.org/{PREPRINT.doi}"
    assert set(str(merged.extra["keyword"]).split(", ")) == {"small states", "alliances"}
    told = {pair for record in merged.provenance for pair in record.refused}
    assert {("doi", PREPRINT.doi), ("number", "17"), ("issued", "2016"), ("kind", "manuscript")} <= told
    assert dedupe(joined, versions="merge") == joined


def test_a_link_that_is_joined_later_leaves_nothing_behind() -> None:
    linked = dedupe(Library([PREPRINT, ARTICLE]))
    (merged,) = dedupe(linked, versions="merge")
    assert "alliancebib:versions" not in merged.extra


@pytest.mark.parametrize(
    "other",
    [
        with_(ARTICLE, author=(Name(family="Poe", given="Ann"),)),
        with_(ARTICLE, title="Why small states join alliances early"),
        with_(ARTICLE, title="Why small states join alliances late, part II"),
        with_(ARTICLE, issued=PartialDate(year=2031)),
        with_(ARTICLE, kind="review-book", title=f"Review of: {TITLE}"),
    ],
)
def test_what_is_no_version_is_not_linked(other: Reference) -> None:
    found = deduplicated(Library([PREPRINT, other]), versions="merge")
    assert len(found.library) == 2
    assert found.clusters.versions == ()


def test_two_articles_that_contradict_each_other_are_not_joined_through_a_preprint() -> None:
    other = with_(
        ARTICLE, id="b", key="b", container_title="Survival", volume="60", page="100-130", doi="10.5555/other"
    )
    library = Library([PREPRINT, with_(ARTICLE, doi="10.5555/late"), other])
    found = deduplicated(library, versions="merge")
    assert len(found.library) == 3


def test_a_person_decides_about_versions_too() -> None:
    different = Decisions(different=(Judged(ids=("poe2016", "poe2018")),))
    found = deduplicated(Library([PREPRINT, ARTICLE]), decisions=different, versions="merge")
    assert (len(found.library), found.clusters.versions, found.library.findings) == (2, (), ())
    same = Decisions(same=(Judged(ids=("poe2018", "poe2016"), reason="asked her"),))
    (merged,) = dedupe(Library([PREPRINT, ARTICLE]), decisions=same)
    assert (merged.kind, merged.container_title, merged.doi) == ("article-journal", "Orbis", "")


def test_comparing_tells_versions() -> None:
    assert "preprint" in compare(PREPRINT, ARTICLE).versions
    assert compare(ARTICLE, ARTICLE).versions == ""


def test_comparing_knows_what_the_whole_list_says() -> None:
    shared = [
        with_(ARTICLE, id=str(year), key="", title="Alliance politics", author=(Name(family=name),), volume="", page="")
        for year, name in enumerate(["Poe", "Roe", "Doe", "Zed"])
    ]
    dated = [with_(one, issued=PartialDate(year=2000 + place)) for place, one in enumerate(shared)]
    twin = with_(dated[0], id="twin")
    library = Library([*dated, twin])
    assert compare(dated[0], twin).facts == ()
    (fact,) = compare(dated[0], twin, within=library).facts
    assert "several authors" in fact


def test_there_is_no_third_way_to_treat_versions() -> None:
    with pytest.raises(UnknownName, match="merge"):
        dedupe(Library([]), versions="merg")


@pytest.mark.parametrize("pointer", ["crossref", "xdata", "entryset", "related", "xref"])
def test_entries_that_name_each_other_are_never_one(pointer: str) -> None:
    volume = with_(ARTICLE, id="v", key="v", extra={f"bibtex:{pointer}": "x, Poe2018"})
    library = Library([ARTICLE, volume])
    assert len(dedupe(library)) == 2
    assert find_clusters(library).review == ()
    said = Decisions(same=(Judged(ids=("v", "a")),))
    assert len(dedupe(library, decisions=said)) == 1
