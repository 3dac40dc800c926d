"""Pairs that look like one work and are two: news that go on, editions, yearbooks, parts, replies, namesakes.

Each pair is made up. A miss costs a click, a false join is never noticed: none of these may be "same".
"""

from __future__ import annotations

import pytest

from alliancebib.matching import compare
from alliancebib.model import Name, PartialDate, Reference


def news(title: str, outlet: str = "Agency", when: str = "2023") -> Reference:
    return Reference(
        kind="article-newspaper",
        title=title,
        container_title=outlet,
        issued=PartialDate.from_iso(when) if when else None,
    )


def work(
    kind: str, title: str, year: int, container: str = "", place: tuple[str, str, str] = ("", "", ""), **more: object
) -> Reference:
    volume, issue, page = place
    author = () if kind in {"report", "treaty"} or "publisher" in more else (Name(family="Smith", given="John"),)
    made: dict[str, object] = {"author": author, "container_title": container, "issued": PartialDate(year=year), **more}
    return Reference(kind=kind, title=title, volume=volume, issue=issue, page=page, **made)  # type: ignore[arg-type]


def article(title: str, place: tuple[str, str, str], year: int = 2018, journal: str = "Survival") -> Reference:
    return work("article-journal", title, year, journal, place)


LATER_NEWS = [
    ("Armenia freezes participation in bloc, PM says", "Armenia freezes participation in bloc drills, PM says"),
    ("Alliance begins peacekeeping drills in Kyrgyzstan", "Alliance ends peacekeeping drills in Kyrgyzstan"),
    ("Drills in Tajikistan involve 1,000 troops", "Drills in Tajikistan involve 2,000 troops"),
    ("Leaders meet ahead of alliance summit in Minsk", "Leaders meet after alliance summit in Minsk"),
    ("Kazakhstan ratifies joint air defence agreement", "Kyrgyzstan ratifies joint air defence agreement"),
    ("Live: leaders gather for anniversary summit", "Leaders gather for anniversary summit"),
    ("Interview: secretary says bloc is ready to grow", "Secretary says bloc is ready to grow"),
    ("Саммит альянса начался в Астане", "Саммит альянса завершился в Астане"),
    ("Учения пройдут в Белоруссии в сентябре", "Учения пройдут в Белоруссии в октябре"),
    ("Пашинян: участие в блоке заморожено", "Песков: участие в блоке заморожено"),
    ("Gipfeltreffen des Bündnisses beginnt in Eriwan", "Gipfeltreffen des Bündnisses endet in Eriwan"),
]
TWO_WORKS = [
    (news("Bloc holds summit in Yerevan", when="2022-11-23"), news("Bloc holds summit in Yerevan", when="2023-11-23")),
    (
        news("Armenia to leave bloc, minister says", "Reuters"),
        news("Armenia to leave bloc, minister says", "Al Jazeera"),
    ),
    (
        work("book", "The Balance 2021", 2021, publisher="IISS"),
        work("book", "The Balance 2022", 2022, publisher="IISS"),
    ),
    (
        work("book", "Yearbook of Peace", 2019, publisher="OUP"),
        work("book", "Yearbook of Peace", 2020, publisher="OUP"),
    ),
    (work("book", "The Origins of Alliances", 1987), work("book", "The Origins of Alliances", 2013, edition="2")),
    (work("book", "Central Asia", 2010, edition="2"), work("book", "Central Asia", 2010, edition="3")),
    (work("book", "A History of the Pact, Volume I", 2005), work("book", "A History of the Pact, Volume II", 2005)),
    (
        article("Security in Eurasia. Part 1: Origins of a treaty", ("12", "1", "1-20")),
        article("Security in Eurasia. Part 2: Origins of a treaty", ("12", "2", "30-50")),
    ),
    (
        article("Why alliances endure or collapse", ("39", "1", "156-179")),
        article("Why alliances endure or collapse: A reply", ("39", "2", "180-182")),
    ),
    (
        article("Why alliances endure or collapse", ("39", "1", "156-179")),
        article('Corrigendum to "Why alliances endure or collapse"', ("39", "2", "200")),
    ),
    (work("article-journal", "Review of The Bloc", 2019, "Survival"), work("book", "The Bloc", 2018)),
    (article("Editorial", ("71", "1", "1-2")), article("Editorial", ("71", "2", "201-202"))),
    (
        work("chapter", "Introduction", 2019, "Handbook of Eurasian Security", ("", "", "1-10")),
        work("chapter", "Introduction", 2019, "Handbook of Asian Politics", ("", "", "1-12")),
    ),
    (
        work("report", "Annual Report of the Secretary General", 2019),
        work("report", "Annual Report of the Secretary General", 2020),
    ),
    (
        work("webpage", "Structure", 2024, url="https://first.example.org/structure/"),
        work("webpage", "Structure", 2024, url="https://second.example.org/structure/"),
    ),
    (work("thesis", "Security policy after 2001", 2012), work("book", "Security policy after 2001", 2014)),
    (
        work("paper-conference", "Alliance formation in the region", 2016, "Annual Convention"),
        article("Alliance formation in the region", ("54", "2", "100-120"), 2017),
    ),
    (
        article("Military cooperation: The case of Armenia", ("6", "1", "1-20")),
        article("Military cooperation: The case of Belarus", ("6", "1", "21-40")),
    ),
    (
        article("Alliances with Russia and the war", ("64", "3", "1-20")),
        article("Alliances without Russia and the war", ("64", "3", "1-20")),
    ),
    (work("treaty", "Treaty on Collective Security", 1992), work("treaty", "Treaty on Collective Security", 2010)),
    (
        article("The bloc: a paper tiger?", ("64", "3", "1-20")),
        article("The bloc: a paper tiger?", ("64", "4", "101-120")),
    ),
]


@pytest.mark.parametrize(("a", "b"), [*((news(one), news(other)) for one, other in LATER_NEWS), *TWO_WORKS])
def test_two_works_are_never_joined(a: Reference, b: Reference) -> None:
    found = compare(a, b)
    assert found.verdict in {"maybe", "different"}, found.reasons
    assert compare(b, a).verdict == found.verdict


def test_reasons_are_told_in_the_words_of_the_titles() -> None:
    found = compare(*TWO_WORKS[-3])
    assert found.reasons[0] == "only one title has the word 'without'"
    found = compare(news("Drills in the south of the country end"), news("Drills in the north of the country end"))
    assert found.reasons[0] == "opposite words: south and north"


def test_a_translation_with_one_doi_is_for_a_person_to_judge() -> None:
    place = {"volume": "20", "page": "707-720", "doi": "10.5555/k", "issued": PartialDate(year=2020)}
    one = Reference(title="Миротворческий потенциал", author=(Name(family="Корниленко", given="А."),), **place)  # type: ignore[arg-type]
    other = Reference(title="Peacekeeping potential", author=(Name(family="Kornilenko", given="A."),), **place)  # type: ignore[arg-type]
    assert compare(one, other).verdict == "maybe"


def test_the_outlet_behind_an_attribution_is_told_apart() -> None:
    title = "Armenia freezes participation in Russia-led security bloc - PM"
    assert compare(news(f"{title} - Reuters", "Reuters"), news(title, "Reuters")).verdict == "same"
    assert compare(news(f"{title} - Reuters", "Reuters"), news(title, "Al Jazeera")).verdict != "same"
