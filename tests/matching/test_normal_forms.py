"""Comparison forms: texts, pages, identifiers, names, containers, titles."""

from __future__ import annotations

import pytest

from alliancebib.matching.containers import container_form, same_container
from alliancebib.matching.normal import bare_doi, bare_isbns, bare_url, page_range, squeezed
from alliancebib.matching.people import People, people_of, relate_people
from alliancebib.matching.titles import title_form
from alliancebib.model import Name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The <i>Alliance</i> &amp; peace", "the alliance & peace"),
        (r"M{\"u}ller's {\em war}", "Müller’s war"),
        ("Post-Soviet security", "Post Soviet Security"),
        ("Étude", "etude"),
        ("Øresund", "Oresund"),
        ("Безопасность", "БЕЗОПАСНОСТЬ"),
    ],
)
def test_texts_that_are_one_when_squeezed(one: str, other: str) -> None:
    assert squeezed(one) == squeezed(other)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("554-70", ("554", "570")),
        ("pp. 63–83", ("63", "83")),
        ("p. 12", ("12", "")),
        ("S12-S20", ("s12", "s20")),
        ("e1002", ("e1002", "")),
        ("1-4, 7", ("1", "4")),
        ("230-5, 246-51, 233-8", ("230", "235")),
        ("xii", ("xii", "")),
        ("", ("", "")),
    ],
)
def test_pages(text: str, pages: tuple[str, str]) -> None:
    assert page_range(text) == pages


def test_identifiers_in_any_dress() -> None:
    assert bare_doi("HTTPS://doi.org/10.1146/ANNUREV.POLISCI.3.1.63") == "10.1146/annurev.polisci.3.1.63"
    assert bare_doi("doi:10.1000/a_b") == bare_doi(r"10.1000/a\_b") == "10.1000/a_b"
    assert bare_doi("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O").endswith("co;2-o")
    assert bare_isbns("0-674-53751-3") == bare_isbns("978-0-674-53751-4 (hbk)")
    assert bare_url("http://www.example.org/a/index.html?utm_source=x#top") == bare_url("https://example.org/a")
    assert bare_url("https://example.org/a?id=1") != bare_url("https://example.org/a?id=2")
    assert bare_url("http://[broken") == ("", "")


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("2023. Drills begin", "Drills begin"),
        ("[The drills begin]", "Drills begin"),
        ("Drills begin. [Russian] [33 refs]", "Drills begin"),
        ("Drills begin (Translated)", "Drills begin"),
        ("World War II", "World War 2"),
        ("Two treaties", "2 treaties"),
        ("War & peace", "War and peace"),
    ],
)
def test_titles_lose_what_does_not_belong_to_them(title: str, plain: str) -> None:
    assert title_form(title).core == title_form(plain).core


def test_a_year_that_belongs_to_the_title_stays() -> None:
    assert title_form("2022 January events").core != title_form("January events").core


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("PREVIEW: Drills begin", "preview"),
        ("Erratum to: Drills begin", "erratum"),
        ("Drills begin (book review)", "review"),
        ("Reply to Smith on drills", "reply"),
        ("Drills begin: a rejoinder", "reply"),
        ("RETRACTED ARTICLE: Drills begin", "retracted"),
        ("Интервью: Учения начались", "interview"),
    ],
)
def test_titles_about_another_line_are_marked(title: str, mark: str) -> None:
    assert title_form(title).marks == {mark}


@pytest.mark.parametrize(
    "title", ["Interview with the secretary general", "Letters on war", "Drills begin [Erratum appears in Foo 2003;3]"]
)
def test_words_of_a_title_are_no_marks(title: str) -> None:
    assert title_form(title).marks == frozenset()


@pytest.mark.parametrize(
    ("a", "b", "people"),
    [
        ([("Aris", "S.")], [("Aris", "Stephen")], People.SAME),
        ([("De Haas", "M.")], [("Haas", "Marcel de")], People.SAME),
        ([("Müller", "A.")], [("Mueller", "Anna")], People.SAME),
        ([("Leeds B.A.", "")], [("Leeds", "Brett Ashley")], People.SAME),
        ([("Xi", "Jinping")], [("Jinping", "Xi")], People.SAME),
        ([("Walt", "Stephen M.")], [("Walt", "Vivienne")], People.NAMESAKES),
        ([("Wang", "L.")], [("Wang", "J.")], People.NAMESAKES),
        ([("Aris", "S.")], [("Deyermond", "R.")], People.DIFFERENT),
        ([("Leeds", "B."), ("Savun", "B.")], [("Savun", "Burcu")], People.OVERLAP),
        ([], [("Aris", "S.")], People.UNKNOWN),
    ],
)
def test_people(a: list[tuple[str, str]], b: list[tuple[str, str]], people: People) -> None:
    one, other = (people_of(Name(family=family, given=given) for family, given in names) for names in (a, b))
    assert relate_people(one, other) is relate_people(other, one) is people


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Annual Review of Political Science", "Annu. Rev. Polit. Sci.", True),
        ("The Journal of Politics", "Journal of Politics", True),
        ("Proceedings of the National Academy of Sciences", "PNAS", True),
        ("Jpn J Clin Oncol", "Japanese Journal of Clinical Oncology", True),
        ("JPEN. Journal of parenteral and enteral nutrition", "JPEN", True),
        ("Journal of Peace Research", "Journal of Conflict Resolution", False),
        ("International Security", "International Studies", False),
        ("", "Nature", None),
    ],
)
def test_containers(a: str, b: str, same: bool | None) -> None:
    assert same_container(container_form(a), container_form(b)) is same
