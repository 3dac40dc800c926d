# ruff: noqa: E501 - pages as they stand
"""Whole pages of other alliances, in other layouts and languages: what each line is, and in which section it stands."""

from __future__ import annotations

import pytest

from alliancebib.outline import make_outline
from alliancebib.page import Line, Link, Page, Role
from alliancebib.parsers import parse_lines

#: Letter in front of each line of a page below -> its role. A dot stands for an empty line of the source.
ROLES = {
    "T": Role.TITLE, "U": Role.UPDATED, "N": Role.NAVIGATION, "C": Role.CONTENTS, "L": Role.LABEL, "P": Role.PROSE, "H": Role.HEADING, "E": Role.ENTRY,
}  # fmt: skip

NO_REPEATED_TITLE = """\
T NATO - North Atlantic Treaty Organization
U Last updated: 3 May 2024
N Alliances Watch by Prof. Anna Example-Smith
N Alliances Watch by Prof. Anna Example-Smith https://www.example-smith.org/alliances
N Home | About | Contact
P NATO is a military alliance of 32 states. It was founded in Washington in 1949. Its members defend each other.
E Website of NATO https://www.nato.int/
E NATO - Wikipedia https://en.wikipedia.org/wiki/NATO
H NATO - Enlargement
E Sweden joins NATO https://www.bbc.com/news/world-europe-68506223
E 2024. Finland and Sweden at the Washington Summit
H Military Exercises of NATO
E Steadfast Defender 2024: https://www.nato.int/cps/en/natohq/222847.htm
H Newspapers
E NATO chief says alliance must spend more
E Hungary approves Sweden's NATO bid, Reuters
E NATO begins largest exercise since Cold War | AP News
E What next for NATO after Vilnius?
E Turkey Ratifies Swedish Accession After Long Delay
E Nato leaders gather in Washington - The Guardian
H Academic Literature
E Sayle, T. A. (2019). Enduring alliance: A history of NATO. Cornell University Press.
H Books
E Smith, J. (2020). NATO's return. Routledge.
N Back to top
N © 2024 Anna Example-Smith. All rights reserved.
"""

GERMAN = """\
T AUKUS
.
U Stand: 12. März 2023
.
H Überblick
.
P AUKUS ist ein Militärbündnis zwischen Australien, dem Vereinigten Königreich und den USA. Es besteht seit 2021.
.
E Offizielle Website: https://www.defence.gov.au/about/taskforces/aukus
.
H Aus der Presse
.
E AUKUS: Australien kauft U-Boote in den USA – Süddeutsche Zeitung
E Was der U-Boot-Deal für China bedeutet (Der Spiegel)
E Australien verteidigt Pakt
.
H Wissenschaftliche Literatur
.
E Wilkins, T. (2023). AUKUS and minilateralism. Asia Policy, 18(2), 45-67.
"""

CONTENTS = """\
C Contents
C 1. Official sites
C 2. News
C 3. Literature
.
H 1. Official sites
E The White House: Quad leaders' statement https://www.whitehouse.gov/2023/05/20/quad-leaders-joint-statement/
.
H 2. News
E Quad leaders meet in Hiroshima - The Hindu
E Quad nations agree on undersea cables
E Japan hosts ministers of the Quad (NHK World)
.
H 3. Literature
E Rai, Ashok. "Quadrilateral Security Dialogue 2 (Quad 2.0)." Maritime Affairs 14, no. 2 (2018): 138-148.
"""

NO_HEADINGS = """\
E MERCOSUR y Unión Europea cierran acuerdo - El País
E Brasil asume presidencia de MERCOSUR, Agência Brasil
E Uruguay negocia con China fuera del bloque https://www.infobae.com/america/2023/07/04/uruguay-china/
E Lula defiende la integración regional
"""

RUSSIAN = """\
T ШОС - Шанхайская организация сотрудничества
U Последнее обновление: 15 июля 2024 г.
E Сайт ШОС http://rus.sectsco.org/
E ШОС — Википедия https://ru.wikipedia.org/wiki/ШОС
H Новости
E Иран стал полноправным членом ШОС — РИА Новости
E Саммит ШОС прошёл в Астане, ТАСС
E 2023. Путин выступил на саммите ШОС
E Белоруссия вступит в ШОС
H Научная литература
E Лукин А. В. ШОС: в поисках новой роли // Россия в глобальной политике. – 2015. – Т. 13. – № 4. – С. 93–105.
"""

NESTED = """\
T African Union reading list
H - News
E   - AU suspends Niger - Al Jazeera
E   - African Union joins G20
H - Papers
E   - Williams, P. D. (2009). The African Union's peace operations. African Security, 2(2-3), 97-118.
"""

HEADLINES_IN_CAPITALS = """\
T AUKUS
H From the Press
E Speech by Secretary General Ann Example to the Pacific Forum
E AUKUS Summit in San Diego: What You Need to Know
E Members of AUKUS: A Complete List - Al Jazeera
E Documents Reveal Rift at Ministers' Meeting
E Treaty Signed in Perth, Reuters
H Membership
E Who may join https://www.gov.uk/aukus
"""

CONTENTS_WITHOUT_A_TITLE = """\
T BRICS
C About BRICS
C Summits
C Academic Papers
H About BRICS
P BRICS is an intergovernmental organisation of ten countries. It was founded in 2009. It has no charter.
E BRICS - Britannica https://www.britannica.com/topic/BRICS
H Summits
E 16th Summit, Kazan, 2024: https://brics-russia2024.ru/en/
H Academic Papers
E Nuruzzaman, M. (2020). Why BRICS is no threat. International Studies, 57(1), 51-66.
"""

EDITED_AND_UNDATED = """\
T Literature on the SCO
H Literature
E Fredholm, M. (ed.) (2013) The Shanghai Cooperation Organization and Eurasian Geopolitics. Copenhagen: NIAS Press.
E Aybet, G., & Moore, R. R. (Eds.). (2010). NATO in search of a vision. Georgetown University Press.
E Biscop, S. (forthcoming). Grand strategy in ten words. Bristol University Press.
E Engberg, K. (n.d.). A European defence union? Work in progress. SIEPS.
E Smith, J. 2021. AUKUS: What next? Journal of Strategic Studies 44: 1-20.
P The literature on the SCO has grown since 2005. Most of it is in Russian and in Chinese. Only a part is listed here.
"""

ADDRESS_BELOW = """\
T AUKUS - Security Partnership
H Official Documents
.
E Joint Leaders Statement on AUKUS
L https://www.example.org/2021/09/15/statement
.
E Treaty text
L Link: https://www.example.org/treaty
.
H News
E https://www.example.org/news/1
"""

UNDER_ANY_HEADING = """\
T Harbour pacts, fishing leagues and those who left them
N Working list (printed from a file)
U 4 March 2023
.
H I. The Baltic pacts (author-date)
.
E Keller, Anna. 2001. The Pacts of the Baltic. London: Hurst.
E ———. 2004. The Leagues of the Baltic. London: Hurst.
E Frost, Paul. (1931–33) 1970. Harbours. Translated by Ann Lee. 2 vols. New York: Fertig.
E *Novák, Eva. 1993. The Harbour Entente. Brno: Host.
E League of Harbours. 1933. Pact of Organisation. Treaty Series 139: 233.
.
H II. Physicians of alliances
.
E 1. Keller A. Pacts as remedies: an essay on harbours. In: Frost P, ed. Remedies. Example Press; 1997:101-145.
E 2. Frost P, Keller A. Harbour pact is suspended. Example Times. February 1, 2019:A1.
E 3. Keller A, Frost P, editors. Handbook of pacts. Vol. 1. Amsterdam: Elsevier; 1995. 606 p.
.
H Prasa i książki
.
E A. Nowak, Pakt portów. Geneza i cele nowej formy współpracy, „Sprawy Portów” 2019, t. 72, nr 1, s. 131–155.
E B. Kowalski, Porty po 2015 roku, [w:] Europa portów, red. A. Nowak, Wydawnictwo Portowe, Warszawa 2018, s. 45–62.
.
H Northern pacts
.
E Keller, Anna. Pacts of the North: A Study. 2001. U of Bergen, Master's thesis.
E Harbour Television (2018) Does the pact need harbours? 12 July. Available at: https://video.example/k3 (Accessed: 3 May 2019).
"""

PAGES = {
    name.lower(): text for name, text in list(globals().items()) if name.isupper() and isinstance(text, str) and name != "ROLES"
}  # fmt: skip


def page_of(text: str) -> tuple[Page, list[Role]]:
    """Make a page of a text with a letter before each line."""
    rows = [(number, row[2:], row[0]) for number, row in enumerate(text.splitlines(), 1) if row[0] != "."]
    lines = tuple(
        Line(number=number, column=len(row) - len(row.lstrip()) + 1, text=row.strip()) for number, row, _ in rows
    )
    return Page(name="page.txt", lines=lines), [ROLES[letter] for _, _, letter in rows]


@pytest.mark.parametrize("name", PAGES)
def test_roles_of_a_page(name: str) -> None:
    page, roles = page_of(PAGES[name])
    outlined = make_outline(page)
    found = [(line.text, line.role) for line in outlined.lines]
    assert found == list(zip([line.text for line in page.lines], roles, strict=True))


def outline_of(text: str) -> Page:
    return make_outline(page_of(text)[0])


def test_what_sections_expect_is_read_in_many_languages() -> None:
    assert [section.expects for section in outline_of(GERMAN).sections] == ["", "news", "literature"]
    assert [section.expects for section in outline_of(RUSSIAN).sections] == ["", "news", "literature"]
    assert [section.expects for section in outline_of(CONTENTS).sections] == ["web", "news", "literature"]
    assert [section.title for section in outline_of(NESTED).sections] == ["News", "Papers"]


def test_the_title_heads_what_no_heading_precedes() -> None:
    page = outline_of(NO_REPEATED_TITLE)
    assert page.sections[0].title == "NATO - North Atlantic Treaty Organization"
    assert (page.author, str(page.updated)) == ("Anna Example-Smith", "2024-05-03")


def test_prose_is_kept_with_its_section() -> None:
    assert outline_of(GERMAN).sections[0].note.startswith("AUKUS ist ein Militärbündnis")


def linked(number: int, text: str, url: str = "", **more: object) -> Line:
    links = (Link(url, 0, len(text)),) if url else ()
    return Line(number=number, text=text, links=links, **more)  # type: ignore[arg-type]


def test_markup_is_believed() -> None:
    lines = (
        Line(number=1, text="Home", role=Role.NAVIGATION, why="it stands in <nav>"),
        Line(number=2, text="The Sahel Alliance", level=1),
        linked(3, "News", "#news", item=True),
        Line(number=4, text="News", level=2),
        Line(number=5, text="2023", level=3),
        linked(6, "Mali leaves the G5", "https://www.jeuneafrique.com/1/mali", item=True),
        Line(number=7, text="Niger joins", item=True),
        Line(number=8, text="What we know about the treaty", level=2),
        linked(9, "Charter of Liptako-Gourma", "https://example.org/charter"),
    )
    page = make_outline(Page(name="page.html", lines=lines))
    roles = ["navigation", "title", "contents", "heading", "heading", "entry", "entry", "heading", "entry"]
    assert [line.role for line in page.lines] == roles
    assert page.lines[0].why == "it stands in <nav>"
    assert [section.expects for section in page.sections] == ["news", "news", ""]


def test_headings_that_are_linked_titles_are_entries() -> None:
    lines = (
        Line(number=1, text="PESCO", level=1),
        Line(number=2, text="In the press", level=2),
        linked(3, "PESCO adds eleven projects", "https://www.euractiv.com/1", level=3),
        linked(4, "Irland bleibt draußen", "https://www.sueddeutsche.de/2", level=3),
    )
    page = make_outline(Page(name="page.html", lines=lines))
    assert [line.role for line in page.lines] == ["title", "heading", "entry", "entry"]


def test_a_page_whose_every_line_is_a_heading() -> None:
    texts = [
        "SCO",
        "News",
        "SCO summit opens in Astana",
        "Iran joins",
        "Belarus joins",
        "Pakistan hosts talks",
        "Literature",
    ]
    texts += ["Lukin, A. (2015). The SCO. Survival, 57(4), 93-105.", "Aris, S. (2011). Eurasian regionalism. Palgrave."]
    lines = tuple(Line(number=number, text=text, level=1 if number == 1 else 3) for number, text in enumerate(texts, 1))
    roles = [str(line.role) for line in make_outline(Page(name="x", lines=lines)).lines]
    assert roles == ["title", "heading", "entry", "entry", "entry", "entry", "heading", "entry", "entry"]


def test_own_links_above_the_body_are_navigation_and_below_are_entries() -> None:
    lines = (
        Line(number=1, text="ASEAN Watch"),
        linked(2, "All alliances", "https://alliances.example.org/all"),
        linked(3, "Research papers", "https://alliances.example.org/papers"),
        Line(number=4, text="Membership", level=2),
        linked(5, "Timor-Leste's way into ASEAN", "https://alliances.example.org/asean/timor"),
    )
    page = Page(name="x", lines=lines, url="https://alliances.example.org/asean")
    roles = ["title", "navigation", "navigation", "heading", "entry"]
    assert [line.role for line in make_outline(page).lines] == roles
    assert [line.role for line in make_outline(page, navigation=True).lines][1:3] == ["entry", "entry"]


def test_a_linked_title_above_its_reference_is_one_entry() -> None:
    title = "Enduring alliance: A history of NATO"
    lines = (
        Line(number=1, text="Literature", level=2),
        linked(2, title, "https://doi.org/10.1234/nato"),
        Line(number=3, text=f"Sayle, T. A. (2019). {title}. Cornell University Press."),
    )
    page = make_outline(Page(name="x", lines=lines))
    assert [line.role for line in page.lines] == ["heading", "label", "entry"]
    (reference,) = parse_lines(page)
    assert (reference.title, reference.doi, reference.publisher) == (title, "10.1234/nato", "Cornell University Press")


def test_an_address_on_the_next_line_belongs_to_its_text() -> None:
    library = parse_lines(outline_of(ADDRESS_BELOW))
    found = [(one.title, one.url, str(one.issued or "")) for one in library]
    assert found[:2] == [
        ("Joint Leaders Statement on AUKUS", "https://www.example.org/2021/09/15/statement", "2021-09-15"),
        ("Treaty text", "https://www.example.org/treaty", ""),
    ]
    assert library[0].origin.raw == "Joint Leaders Statement on AUKUS"


def test_numbers_of_a_contents_list_may_be_gone() -> None:
    lines = (
        Line(number=1, text="Table of Contents"),
        Line(number=2, text="About the SCO", item=True),
        Line(number=3, text="In the Media", item=True),
        Line(number=4, text="1. About the SCO"),
        linked(5, "Official site", "http://eng.sectsco.org/"),
        Line(number=6, text="2. In the Media"),
        Line(number=7, text="Iran joins the SCO"),
    )
    roles = [str(line.role) for line in make_outline(Page(name="x", lines=lines)).lines]
    assert roles == ["contents", "contents", "contents", "heading", "entry", "heading", "entry"]


def test_a_link_that_says_here_is_no_part_of_the_title() -> None:
    for text, shown in (("Talks fail [here]", "here"), ("Talks fail again – read more", "read more")):
        start = text.index(shown)
        line = Line(number=1, text=text, links=(Link("https://e.org/1", start, start + len(shown)),), role=Role.ENTRY)
        (reference,) = parse_lines(Page(name="x", lines=(line,)))
        assert (reference.title, reference.url) == (text[: start - 2].rstrip(" –"), "https://e.org/1")


def test_what_was_not_understood_is_not_sure() -> None:
    lines = ["Smith, J. (2020). A title? Work in progress. SIEPS.", "Other words Smith, J. (2020). A title. Routledge."]
    page = Page(name="x", lines=tuple(Line(number=n, text=text, role=Role.ENTRY) for n, text in enumerate(lines, 1)))
    assert all(reference.confidence < 0.7 for reference in parse_lines(page))


def roles_of(*texts: str) -> list[Role | None]:
    lines = tuple(Line(number=number, text=text) for number, text in enumerate(texts, 1))
    return [line.role for line in make_outline(Page(name="x", lines=lines)).lines]


def test_references_with_many_sentences_are_no_prose() -> None:
    lines = [
        "Bibliography",
        "Strait Research Centre. (2022). The rise of minilaterals (Policy Brief No. 7). Ankara: Strait Press.",
        "Costa, Rui. Power and Identity in the Atlantic Corner. 2002. York University, PhD dissertation.",
        "Moss A. Summit split over weapons. EUobserver. 2023 Feb 14.",
        "Some of these works are out of print.",
    ]
    assert roles_of(*lines) == [Role.HEADING, Role.ENTRY, Role.ENTRY, Role.ENTRY, Role.PROSE]


def test_menus_and_mailboxes_are_no_entries() -> None:
    assert roles_of("Pact of Bishkek", "Main | Pacts | Contact", "Contact: editors@example.org")[1:] == [
        Role.NAVIGATION,
        Role.NAVIGATION,
    ]


def test_an_outlet_on_a_line_of_its_own_belongs_to_the_headline_above() -> None:
    texts = ["From Newspapers", "Leaders sign defence pact in the mountains", "Reuters, 5 May 2020"]
    lines = tuple(Line(number=number, text=text) for number, text in enumerate(texts, 1))
    page = make_outline(Page(name="x", lines=lines))
    assert [line.role for line in page.lines] == [Role.HEADING, Role.ENTRY, Role.LABEL]
    (reference,) = parse_lines(page)
    assert (reference.container_title, str(reference.issued)) == ("Reuters", "2020-05-05")


def test_lettered_headings_announce_what_their_words_announce() -> None:
    texts = [
        "Old pacts",
        "A. Books",
        "Moyo, T. (2010). The Curse of Maps. London: Hurst.",
        "B. Press",
        "Pact ends - TASS",
    ]
    assert roles_of(*texts)[1::2] == [Role.HEADING, Role.HEADING]


def test_a_treaty_with_its_year_is_an_entry_and_who_compiled_a_page_is_none() -> None:
    rows = "Court cases and treaties||Treaty of the Straits (1931)||Harbour Pact (1954)||Compiled by Tom Moss, last changed 9 June 2021"
    lines = tuple(Line(number=number, text=text) for number, text in enumerate(rows.split("|"), 1) if text)
    roles = [line.role for line in make_outline(Page(name="x", lines=lines)).lines]
    assert roles[1:] == [Role.ENTRY, Role.ENTRY, Role.UPDATED]
