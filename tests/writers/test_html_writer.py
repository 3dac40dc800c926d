"""The page: complete without a script, safe whatever a field holds, one file, same bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest

from alliancebib.finding import LinkState, Verdict
from alliancebib.library import Library
from alliancebib.model import Name, Origin, PartialDate, Reference
from alliancebib.page import Page, Section
from alliancebib.writers import Options
from alliancebib.writers.html import write

EVIL = "</script><script>alert(1)</script> \" ' & <img src=x onerror=alert(1)> \u2028"
NEWS, LITERATURE = Origin(page="list.txt", section="News"), Origin(page="list.txt", section=f"Literature {EVIL}")
ARTICLE = Reference(
    id="1",
    key="golub2018",
    kind="article-journal",
    title="Collective security",
    author=(Name(family="Golub", given="K."),),
    container_title="International Organisations Research Journal",
    volume="13",
    page="193-203",
    issued=PartialDate(year=2018),
    doi="10.17323/x<1>",
    url="https://example.org/dead",
    archive_url="https://web.archive.org/web/1/https://example.org/dead",
    language="en",
    origins=(LITERATURE,),
)
RUSSIAN = Reference(
    id="2",
    kind="book",
    title="ОДКБ",
    language="ru",
    issued=PartialDate(year=1998),
    origins=(LITERATURE,),
)
ATTACK = Reference(
    id="3",
    key=f"k {EVIL}",
    kind="webpage",
    title=EVIL,
    author=(Name(literal=EVIL),),
    container_title=EVIL,
    language='en" onload="x',
    url="javascript:alert(1)",
    archive_url="javascript:alert(2)",
    note=EVIL,
    origins=(NEWS,),
)
LIBRARY = Library(
    (ATTACK, ARTICLE, RUSSIAN),
    pages=[Page(name="list.txt", title=EVIL, sections=(Section(title="News", expects="news"),))],
)
LINKS = {
    ARTICLE.url: LinkState(url=ARTICLE.url, verdict=Verdict.DEAD, outcome="gone", status=404, checked="2026-10-02"),
    "https://doi.org/10.17323/x<1>": LinkState(url="", verdict=Verdict.OK, outcome="ok", checked="2026-10-03"),
}
OPTIONS = Options(
    style="alliance-literature",
    section_styles={"news": "alliance-news"},
    links=LINKS,
    downloads=("my list.bib", "list.json", "list.html"),
)


class Parsed(HTMLParser):
    """Elements of a page with their attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        kept = {"script": self.scripts, "style": self.styles}.get(self.inside, self.texts)
        kept.append(data)

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.elements if name == tag and attributes.items() <= attrs.items()]


@pytest.fixture(scope="module")
def text() -> str:
    return write(LIBRARY, OPTIONS)


@pytest.fixture(scope="module")
def page(text: str) -> Parsed:
    return Parsed(text)


def test_entries_stand_in_their_sections_in_order(text: str, page: Parsed) -> None:
    assert [attrs["data-section"] for attrs in page.all("li", **{"class": "entry"})] == ["0", "1", "1"]
    assert 'Golub, K. (2018). <bdi lang="en">Collective security</bdi>. ' in text
    assert '<i><bdi lang="ru">ОДКБ</bdi></i>' in text
    assert text.index("(1)</span></h2>") < text.index("(2)</span></h2>")


def test_same_library_same_bytes(text: str) -> None:
    assert write(LIBRARY, OPTIONS) == text
    assert "\r" not in text


def test_nothing_is_loaded_from_elsewhere(text: str, page: Parsed) -> None:
    assert not [attrs for _, attrs in page.elements if "src" in attrs]
    assert [attrs["href"] for attrs in page.all("link")] == ["data:,"]
    assert "@import" not in text
    assert "url(" not in "".join(page.styles)
    frame = write(Library([Reference(title="x")]), Options(style="alliance-news"))
    assert len(frame.encode()) < 50_000


def test_the_policy_allows_the_style_sheet_and_the_script_and_no_other(page: Parsed) -> None:
    [policy] = [attrs["content"] for attrs in page.all("meta") if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    for content in (page.styles[0], page.scripts[-1]):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert len(page.scripts) == 2
    assert not [attrs for _, attrs in page.elements if "style" in attrs]


def test_fields_are_text_wherever_they_stand(text: str, page: Parsed) -> None:
    assert not page.all("img")
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert not [attrs for attrs in page.all("a") if not re.match(r"#|https?:|[\w%.]+$", attrs["href"])]
    assert "\u2028" not in page.scripts[0]
    assert "<" not in page.scripts[0]
    assert 'lang="en&quot;' not in text


def test_ids_are_unique_and_permalinks_lead_to_them(page: Parsed) -> None:
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert "golub2018" in ids
    assert page.all("a", href="#golub2018")
    assert not [name for name in ids if re.search(r"\s", name)]


def test_links_of_an_entry_and_their_last_state(text: str, page: Parsed) -> None:
    entry = text[text.index('id="golub2018"') :].split("</li>", maxsplit=1)[0]
    assert 'href="https://doi.org/10.17323/x%3C1%3E"' in entry
    assert f'href="{ARTICLE.archive_url}"' in entry
    assert f'href="{ARTICLE.url}"' in entry
    assert 'class="state dead"' in entry
    assert "link gone" in entry
    assert '<time datetime="2026-10-02">' in entry
    assert text.count('class="state ') == 1  # what was never checked has no mark


def test_without_a_check_there_is_no_word_about_links() -> None:
    plain = write(LIBRARY, Options(style="alliance-literature"))
    assert 'class="state ' not in plain
    assert "last checked" not in plain
    assert 'name="link"' not in plain


def test_what_machines_read(page: Parsed) -> None:
    data = json.loads(page.scripts[0])
    assert data["@type"] == "ItemList"
    assert data["numberOfItems"] == 3
    article = data["itemListElement"][1]["item"]
    assert article["@type"] == "ScholarlyArticle"
    assert article["author"] == [{"@type": "Person", "name": "K. Golub", "givenName": "K.", "familyName": "Golub"}]
    assert article["isPartOf"]["isPartOf"]["name"] == ARTICLE.container_title
    assert article["datePublished"] == "2018"
    assert data["itemListElement"][0]["item"]["name"] == EVIL
    context = parse_qs(page.all("span", **{"class": "Z3988"})[1]["title"])
    assert context["rft.jtitle"] == [ARTICLE.container_title]
    assert context["rft.aulast"] == ["Golub"]
    assert context["rft_id"] == ["info:doi/10.17323/x<1>"]


def test_bibtex_can_be_read_and_copied_without_a_script(text: str) -> None:
    assert "@article{golub2018," in text
    assert text.count("<pre>") == 3


def test_downloads_are_the_files_beside_the_page(page: Parsed) -> None:
    assert [attrs["href"] for attrs in page.all("a") if "download" in attrs] == ["my%20list.bib", "list.json"]


def test_the_frame_helps_everyone(text: str, page: Parsed) -> None:
    assert page.all("html", lang="en")
    assert page.all("a", **{"class": "skip", "href": "#list"})
    assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == len(page.all("h1")) == 1
    assert page.all("p", role="status")
    labelled = {attrs["for"] for attrs in page.all("label") if "for" in attrs}
    for attrs in page.all("input"):
        assert attrs.get("id") in labelled or "aria-label" in attrs or attrs["type"] == "checkbox"
    assert len(page.all("p", dir="auto")) == 3
    assert "(prefers-color-scheme: dark)" in text
    assert "@media print" in text


def test_the_timeline_has_bars_and_a_table(text: str, page: Parsed) -> None:
    bars = [attrs for attrs in page.all("button") if "data-from" in attrs]
    assert (bars[0]["aria-label"], bars[-1]["aria-label"]) == ("1998: 1 entry", "2018: 1 entry")
    assert len(bars) == 21
    assert '<th scope="row">1998</th><td>1</td>' in text
    assert '<th scope="row">no year</th><td>1</td>' in text


@pytest.mark.parametrize("years", [(2000,), (1200, 2020), (-3000, 2020), (0, 9999)])
def test_a_long_time_has_few_bars_and_no_entry_is_lost(years: tuple[int, ...]) -> None:
    references = [Reference(id=str(year), title="x", issued=PartialDate(year=year)) for year in years]
    page = Parsed(write(Library(references), Options(style="alliance-news")))
    bars = [attrs for attrs in page.all("button") if "data-from" in attrs]
    assert 1 <= len(bars) <= 41
    assert sum(int(attrs["aria-label"].split(": ")[1].split()[0]) for attrs in bars) == len(years)


def test_an_empty_library_is_a_page() -> None:
    assert "0 entries" in write(Library())
