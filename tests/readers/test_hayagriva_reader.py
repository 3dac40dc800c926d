"""Reading Hayagriva's YAML as people write it, whole and damaged."""

from __future__ import annotations

import pytest

from alliancebib import plugins
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import Name, PartialDate
from alliancebib.readers import hayagriva

WRITTEN_BY_HAND = """# What the seminar reads
petrosyan:
    type: Article
    title: "{CSTO} and the others"
    author: ["Petrosyan, Anahit", "von Berg, Jan"]
    date: 2019-03
    page-range: 211-230
    serial-number:
        doi: "10.1234/Alliance.2019.007"
        arxiv: 1903.00001
    parent:
        type: Periodical
        title: { value: Journal of Alliance Studies, short: JAS }
        volume: 12
        issue: 3
        issn: 1463-1377

øre:
    type: anthos
    title: Small states
    author: Øre, Per
    page-range: 12
    parent:
        title: Handbook of Pacts
        editor: [Nye, Ana, "Sahin, Deniz"]
        publisher: { name: Brill, location: Leiden }
        isbn: 978-3-16-148410-0
        parent: { type: Anthology, title: Studies in Security, volume: 7 }

site:
    type: Web
    title: Press office
    author: CSTO Secretariat
    url: { value: "https://en.odkb-csto.org/", date: 2024-01-02 }
    language: ru

film:
    type: video
    title: The Pact
    runtime: "01:42:21"
    affiliated:
        - role: Director
          names: Doe, Jane
        - role: CastMember
          names: ["Roe, Richard", Chorus]
        - role: cinematography
          names: Foe, F.
    location: Yerevan
    publisher: Studio
    genre: Documentary
"""


def read(text: str | bytes, name: str = "x.yml") -> Library:
    return hayagriva.read(source_of(text, name=name))


def codes(library: Library) -> list[tuple[str, int]]:
    return [(finding.code, finding.origin.line) for finding in library.findings]


def test_an_article_and_its_periodical() -> None:
    article = read(WRITTEN_BY_HAND)["petrosyan"]
    assert (article.kind, article.container_title, article.volume, article.issue) == (
        "article-journal",
        "Journal of Alliance Studies",
        "12",
        "3",
    )
    assert article.title == '<span class="nocase">CSTO</span> and the others'
    assert article.author[1] == Name(family="Berg", given="Jan", dropping_particle="von")
    assert (article.doi, article.issn, article.page) == ("10.1234/alliance.2019.007", "1463-1377", "211-230")
    assert article.issued == PartialDate(year=2019, month=3)
    assert article.extra == {"container-title-short": "JAS", "hayagriva:serial-number/arxiv": "1903.00001"}


def test_a_chapter_its_book_and_its_series() -> None:
    chapter = read(WRITTEN_BY_HAND)["øre"]
    assert (chapter.kind, chapter.container_title, chapter.collection_title) == (
        "chapter",
        "Handbook of Pacts",
        "Studies in Security",
    )
    assert [str(name) for name in chapter.editor] == ["Nye", "Ana", "Deniz Sahin"]
    assert (chapter.publisher, chapter.publisher_place, chapter.isbn) == ("Brill", "Leiden", "978-3-16-148410-0")
    assert chapter.extra == {
        "collection-number": "7",
        "hayagriva:type": "anthos",
        "hayagriva:container/type": "anthology",
    }


def test_a_web_page_and_a_film() -> None:
    library = read(WRITTEN_BY_HAND)
    site, film = library["site"], library["film"]
    assert (site.kind, site.url, str(site.accessed), site.language) == (
        "webpage",
        "https://en.odkb-csto.org/",
        "2024-01-02",
        "ru",
    )
    assert site.author == (Name(literal="CSTO Secretariat"),)
    assert (film.kind, film.publisher, film.publisher_place, film.genre) == (
        "motion_picture",
        "Studio",
        "Yerevan",
        "Documentary",
    )
    assert film.extra["dimensions"] == "01:42:21"
    assert film.extra["performer"] == (Name(family="Roe", given="Richard"), Name(literal="Chorus"))
    assert film.extra["hayagriva:affiliated/cinematography"] == (Name(family="Foe", given="F."),)
    assert library.findings == ()
    assert film.origin.line == 37


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("type: article", "article"),
        ("type: article, parent: {type: newspaper}", "article-newspaper"),
        ("type: Article, parent: {type: Proceedings}", "paper-conference"),
        ("type: article, parent: {type: blog}", "post-weblog"),
        ("type: article, parent: {title: X}", "article-journal"),
        ("type: article, parent: [{type: conference}, {type: video}]", "article"),
        ("type: entry, parent: {title: X}", "entry-encyclopedia"),
        ("type: legislation", "bill"),
        ("type: legislation, publisher: State", "legislation"),
        ("type: tweet", "post"),
        ("type: repository", "software"),
        ("title: X", "document"),
        ("csl: {type: treaty}", "treaty"),
    ],
)
def test_types(entry: str, kind: str) -> None:
    [found] = read(f"k: {{{entry}}}")
    assert found.kind == kind


def test_parents_beside_the_container() -> None:
    [found] = read(
        "k:\n  type: article\n  parent:\n  - {type: proceedings, title: Papers}\n"
        "  - {type: conference, title: Summit, date: 2019, location: Vienna}\n"
        "  - {type: repository, title: Zenodo}\n  - {type: original, title: Bericht, date: 1999}\n"
        "  - {type: video, title: Film}\n"
    )
    assert found.container_title == "Papers"
    assert found.extra == {
        "event-title": "Summit",
        "event-date": PartialDate(year=2019),
        "event-place": "Vienna",
        "source": "Zenodo",
        "original-title": "Bericht",
        "original-date": PartialDate(year=1999),
        "hayagriva:parent": '[{"type": "video", "title": "Film"}]',
    }


@pytest.mark.parametrize(
    ("text", "keys", "found"),
    [
        ("k: {title: A, date: soon}", ["k"], [("AB109", 1)]),
        ("k: {title: A, date: 2020-02-31}", ["k"], [("AB109", 1)]),
        ("k: {type: comic}", ["k"], [("AB109", 1)]),
        ("k: {author: [{given-name: B}, 'Doe, J']}", ["k"], [("AB109", 1)]),
        ("k: {affiliated: [{role: x}]}", ["k"], [("AB109", 1)]),
        ("k: {url: www.example.org}", ["k"], [("AB202", 1)]),
        ("k: {serial-number: {doi: none}}", ["k"], [("AB201", 1)]),
        ("k: {title: [A]}", ["k"], [("AB109", 1)]),
        ("k:\n  title: A\n  title: B\n", ["k"], [("AB109", 1)]),
        ("k: {title: A}\nk: {title: B}\n", ["k", "kb"], [("AB107", 2)]),
        ("a: {title: A}\nb: [x\nc: {title: C}\n", ["a", "c"], [("AB106", 2)]),
        ("a:\nb: {title: B}\n", ["b"], [("AB106", 1)]),
        ("- a\n", [], [("AB106", 1)]),
        ("", [], []),
        ("\ufeffk: {title: A}\r\n", ["k"], []),
    ],
)
def test_no_entry_is_lost(text: str, keys: list[str], found: list[tuple[str, int]]) -> None:
    library = read(text)
    assert [reference.key for reference in library] == keys
    assert codes(library) == found


def test_what_no_variable_holds_is_kept() -> None:
    [found] = read("k: {title: A, time-range: '00:10-00:20', mine: {a: [b]}, url: foo, parent: {runtime: x}}")
    assert found.extra == {
        "hayagriva:time-range": "00:10-00:20",
        "hayagriva:mine": '{"a": ["b"]}',
        "hayagriva:url": "foo",
        "hayagriva:container/runtime": "x",
        "hayagriva:container/type": "misc",
    }


@pytest.mark.parametrize(
    ("name", "text", "reader"),
    [
        ("x.yaml", WRITTEN_BY_HAND, "hayagriva"),
        ("x.yml", "", "hayagriva"),
        ("x", WRITTEN_BY_HAND, "hayagriva"),
        ("x.txt", "Literature:\n  type of work: none\n", "text"),
        ("x.md", "---\ntitle: x\n---\n\n# A\n\n- [b](https://b.org)\n", "markdown"),
    ],
)
def test_recognition(name: str, text: str, reader: str) -> None:
    assert plugins.reader_for(source_of(text, name=name)) is plugins.reader(reader)
