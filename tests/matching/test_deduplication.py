"""A library in which each work stands once: clusters, decisions, findings, chains, order."""

from __future__ import annotations

import msgspec

from alliancebib.decisions import Decisions, Judged
from alliancebib.library import Library
from alliancebib.matching import dedupe, deduplicated, find_clusters
from alliancebib.model import Name, Origin, PartialDate, Reference

HEADLINE = "Leaders say the bloc has developed contacts with 'natural partners'"


def line(number: int, title: str, kind: str = "article-newspaper", **fields: object) -> Reference:
    origin = Origin(page="list.txt", line=number, raw=title)
    return msgspec.structs.replace(Reference(id=f"r{number}", kind=kind, title=title, origins=(origin,)), **fields)


REPEATED = [
    line(33, HEADLINE, "webpage", issued=PartialDate(year=2023)),
    line(40, "Something else happened at the summit in the capital"),
    line(54, HEADLINE),
]


def test_a_headline_repeated_without_its_year_is_one_entry() -> None:
    joined = dedupe(Library(REPEATED))
    assert [reference.id for reference in joined] == ["r33", "r40"]
    assert (joined[0].year, joined[0].kind) == (2023, "article-newspaper")
    assert [origin.line for origin in joined[0].origins] == [33, 54]
    assert joined.aliases == {"r54": "r33"}
    assert joined["r54"] is joined[0]
    (finding,) = joined.findings
    assert (finding.code, finding.reference, finding.related) == ("AB502", "r33", ("r54",))
    assert "line 33 of list.txt and line 54 of list.txt" in finding.message
    assert dedupe(joined) == joined


def test_two_outlets_are_told_and_kept_apart() -> None:
    library = Library([line(1, HEADLINE, container_title="TASS"), line(2, HEADLINE, container_title="Reuters")])
    joined = dedupe(library)
    assert len(joined) == 2
    (finding,) = joined.findings
    assert finding.code == "AB501"
    assert "the same headline at two outlets" in finding.message
    (doubt,) = find_clusters(library).review
    assert (doubt.a, doubt.b) == ("r1", "r2")


def test_people_decide_and_win() -> None:
    library = Library([line(1, HEADLINE, container_title="TASS"), line(2, HEADLINE, container_title="Reuters")])
    same = Decisions(same=(Judged(ids=("r1", "r2"), reason="agency copy"),))
    assert "agency copy" in dedupe(library, decisions=same).findings[0].message
    different = Decisions(different=(Judged(ids=("r33", "r54")),))
    apart = dedupe(Library(REPEATED), decisions=different)
    assert (len(apart), apart.findings) == (3, ())
    assert find_clusters(library, decisions=Decisions(different=(Judged(ids=("r1", "r2")),))).review == ()


def test_a_decision_against_a_pair_holds_against_a_third() -> None:
    library = Library([line(1, HEADLINE), line(2, HEADLINE), line(3, HEADLINE)])
    (cluster,) = find_clusters(library, decisions=Decisions(different=(Judged(ids=("r1", "r3")),))).clusters
    assert not {"r1", "r3"} <= set(cluster)


def test_a_chain_does_not_drag_unlike_works_together() -> None:
    library = Library(
        [
            line(1, HEADLINE, issued=PartialDate(year=2022)),
            line(2, HEADLINE),
            line(3, HEADLINE, issued=PartialDate(year=2023)),
        ]
    )
    joined = dedupe(library)
    assert {2022, 2023} <= {reference.year for reference in joined}
    assert len(joined) == 2
    assert any(finding.code == "AB501" for finding in joined.findings)
    assert dedupe(joined) == joined


def test_a_value_that_gave_way_still_contradicts() -> None:
    book = line(1, "Alliance politics", "book", author=(Name(family="Roe", given="Jane"),), publisher="Some Press")
    first = msgspec.structs.replace(book, issued=PartialDate(year=2001), isbn="9780674537514")
    again = msgspec.structs.replace(first, id="r2", issued=PartialDate(year=2002), publisher="Some Press Ltd")
    (merged,) = dedupe(Library([first, again]))
    later = msgspec.structs.replace(book, id="r3", issued=PartialDate(year=2003))
    assert len(dedupe(Library([merged, later]))) == 2


def test_the_near_equal_titles_of_four_works_stay_apart() -> None:
    name = "Collective security treaty organization"
    works = [
        ("Sakhariyev", 2022, name + " (CSTO)", "International Conflict and Security Law", "609-618"),
        ("Aris", 2014, name, "Handbook of governance and security", "554-570"),
        ("Golub", 2018, name + ": Origins of the multidimensional mandate", "Research Journal", "193-203"),
        ("Deyermond", 2018, "The " + name, "Routledge Handbook of Russian Foreign Policy", "421-429"),
    ]
    library = Library(
        line(
            place,
            title,
            "chapter",
            author=(Name(family=family),),
            issued=PartialDate(year=year),
            container_title=container,
            page=page,
        )
        for place, (family, year, title, container, page) in enumerate(works)
    )
    assert find_clusters(library).clusters == ()
    assert find_clusters(library).review == ()


def test_a_title_that_many_of_the_records_have_needs_a_place() -> None:
    def note(number: int, family: str, year: int) -> Reference:
        return line(
            number,
            "Regional security notes",
            "article-journal",
            author=(Name(family=family),),
            issued=PartialDate(year=year),
            container_title="Journal of Testing",
        )

    pair = [note(1, "Roe", 2001), note(2, "Roe", 2001)]
    assert len(find_clusters(Library(pair)).clusters) == 1
    others = [note(3, "Poe", 2002), note(4, "Doe", 2003)]
    assert find_clusters(Library([*pair, *others])).clusters == ()


def test_row_numbers_in_the_issue_column_do_not_count() -> None:
    def copy(number: int, volume: int) -> Reference:
        return line(
            number,
            f"Alliances of small states in the region of lake number {volume}",
            "article-journal",
            author=(Name(family="Roe"),),
            issued=PartialDate(year=2001),
            container_title="Journal of Testing",
            volume=str(volume),
            issue=str(number),
        )

    library = Library(copy(2 * volume + side, volume) for volume in range(1, 21) for side in (0, 1))
    assert len(find_clusters(library, preset="strict").clusters) == 20


def test_many_copies_are_joined_and_large_blocks_are_no_trouble() -> None:
    library = Library(line(number, HEADLINE) for number in range(400))
    joined = dedupe(library)
    assert len(joined) == 1
    assert len(joined[0].origins) == 400


def test_references_without_ids_are_joined_too() -> None:
    joined = dedupe(Library([Reference(kind="webpage", title=HEADLINE), Reference(kind="webpage", title=HEADLINE)]))
    assert (len(joined), list(joined.aliases.values())) == (1, [joined[0].id])


def test_a_doubt_about_a_merged_reference_is_told_as_a_second_run_tells_it() -> None:
    doe = (Name(family="Doe", given="Jane"),)
    place = {"container_title": "Orbis", "volume": "3", "page": "12-34", "url": "https://example.org/records/a"}
    whole, untitled, unsigned = (
        line(number, title, "hearing", author=author, **place)
        for number, (title, author) in enumerate([("Alliances", doe), ("", doe), ("Alliances", ())])
    )
    once = dedupe(Library([whole, untitled, unsigned]))
    assert [finding.code for finding in once.findings] == ["AB502", "AB501"]
    assert "authors agree" in once.findings[-1].message
    assert dedupe(once) == once


def test_an_empty_library_stays_empty() -> None:
    assert dedupe(Library()) == Library()


def test_lines_of_any_length_are_compared_in_time() -> None:
    long = "alliance " * 200_000
    library = Library([line(1, long + "one"), line(2, long + "two"), line(3, long + "one"), line(4, "(" * 100_000)])
    assert find_clusters(library).clusters == (("r1", "r3"),)


def test_how_far_the_work_is_only_grows() -> None:
    told: list[tuple[str, int, int]] = []
    library = Library(line(number, f"Headline number {number} of the day, and what it says") for number in range(2500))
    find_clusters(library, progress=lambda *step: told.append(step))
    done = [step[1] for step in told]
    assert done == sorted(done)
    assert told[-1] == ("duplicates", 5000, 5000)
    assert len(told) > 3


def test_a_word_about_a_member_holds_for_what_it_was_merged_into() -> None:
    library = Library([line(1, HEADLINE), line(2, HEADLINE), line(3, HEADLINE)])
    found = find_clusters(library, decisions=Decisions(different=(Judged(ids=("r2", "r3")),)))
    assert not any({"r2", "r3"} <= set(cluster) for cluster in found.clusters)


def test_references_without_ids_are_told_apart_by_place() -> None:
    poe = Reference(author=(Name(family="Poe", given="Edgar"),), title="Why small states join alliances late")
    early = msgspec.structs.replace(poe, kind="manuscript", issued=PartialDate(year=2016))
    late = msgspec.structs.replace(
        poe, kind="article-journal", container_title="Orbis", volume="6", issued=PartialDate(year=2018)
    )
    other = Reference(kind="book", title="Something else of many words")
    found = deduplicated(Library([early, other, late]))
    one, two, three = found.library
    assert all(reference.id for reference in found.library)
    (pair,) = found.clusters.versions
    assert pair.ids == (one.id, three.id)
    assert one.extra == {"alliancebib:versions": three.id}
    assert two.extra == {}
    (cluster,) = find_clusters(Library([late, other, late])).clusters
    assert len(set(cluster)) == 2
