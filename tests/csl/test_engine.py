"""Bibliographies and citations in real styles; the known faults of the engine behind them are not seen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliancebib.csl import cite_references, format_references, style_names
from alliancebib.errors import UnknownName
from alliancebib.model import Name, Origin, PartialDate, Reference
from small_styles import style_xml

JOURNAL = Reference(
    id="j",
    key="golub2018",
    kind="article-journal",
    title="Collective security treaty organization: Origins",
    author=(Name(family="Golub", given="K."), Name(family="Golub", given="Y.")),
    container_title="International Organisations Research Journal",
    volume="13",
    issue="1",
    page="193-203",
    issued=PartialDate(year=2018),
    doi="10.17323/1996-7845-2018-01-11",
)
BOOK = Reference(
    id="b",
    kind="book",
    title="Regional Security Governance",
    author=(Name(family="Davidzon", given="Igor"),),
    publisher="Springer",
    issued=PartialDate(year=2021),
)
CHAPTER = Reference(
    id="c",
    kind="chapter",
    title="The collective security treaty organization",
    author=(Name(family="Deyermond", given="R."),),
    editor=(Name(family="Tsygankov", given="A."),),
    container_title="Routledge Handbook of Russian Foreign Policy",
    page="421-429",
    publisher="Routledge",
    issued=PartialDate(year=2018),
)
NEWS = Reference(id="n", kind="article-newspaper", title="Will the CSTO expand?")
PAGE = Reference(id="w", kind="webpage", title="A page", url="https://example.org/?a=1&b=2")
#: Everything that a style may meet, and much that it does not expect.
VARIED = (
    JOURNAL,
    BOOK,
    CHAPTER,
    NEWS,
    PAGE,
    Reference(
        id="t",
        kind="thesis",
        title="On theses",
        author=(Name(family="Beethoven", given="ludwig", non_dropping_particle="van"),),
        genre="PhD thesis",
        publisher="University",
        issued=PartialDate(year=1999, month=2),
    ),
    Reference(
        id="p",
        kind="paper-conference",
        title="A paper",
        author=(Name(family="A", given="B."), Name(others=True)),
        issued=PartialDate(year=2020, season=2),
        extra={"event-title": "Conf"},
    ),
    Reference(id="r", kind="report", title="A report", author=(Name(literal="UN"),), extra={"number": "IV-2"}),
    Reference(id="d", kind="dataset", title="Data & <b>more</b>", issued=PartialDate(literal="in press")),
    Reference(id="s", kind="software", title="prog", extra={"version": "1.0", "number-of-volumes": "3"}),
    Reference(id="l", kind="legal_case", title="Roe v. Wade", issued=PartialDate(year=1973), edition="IV"),
    Reference(id="x", kind="document", title="<script>alert(1)</script> a & b"),
    Reference(
        id="m",
        kind="article-magazine",
        title="Период «холодной войны»",
        author=tuple(Name(family=f"Ф{n}", given="П. П.", suffix="Jr.") for n in range(9)),
        issued=PartialDate(year=2004, month=5, end=PartialDate(year=2006)),
    ),
    Reference(id="e", kind="standard"),
)
LEADING = ("apa", "chicago-author-date", "modern-language-association", "ieee", "vancouver", "nature", "2d-materials")
SAMPLE = tuple(random.Random(20).sample(style_names(), 15))


def text_of(reference: Reference, style: str, *, output: str = "text", locale: str = "") -> str:
    return format_references([reference], style=style, output=output, locale=locale).entries[0].text


@pytest.mark.parametrize(
    ("style", "reference", "text"),
    [
        (
            "apa",
            JOURNAL,
            (
                "Golub, K., & Golub, Y. (2018). Collective security treaty organization: Origins. International "
                "Organisations Research Journal, 13(1), 193–203. https://doi.org/10.17323/1996-7845-2018-01-11"
            ),
        ),
        (
            "apa",
            CHAPTER,
            (
                "Deyermond, R. (2018). The collective security treaty organization. In A. Tsygankov (Ed.), Routledge "
                "Handbook of Russian Foreign Policy (pp. 421–429). Routledge."
            ),
        ),
        ("apa", PAGE, "A page. (n.d.). https://example.org/?a=1&b=2"),
        (
            "modern-language-association",
            CHAPTER,
            (
                "Deyermond, R. “The Collective Security Treaty Organization.” Routledge Handbook of Russian "
                "Foreign Policy, edited by A. Tsygankov, Routledge, 2018, pp. 421–29."
            ),
        ),
        (
            "nature",
            replace(JOURNAL, title="Who knows?", doi=""),
            "1. Golub, K. & Golub, Y. Who knows? International Organisations Research Journal 13, 193–203 (2018).",
        ),
        ("alliance-news", NEWS, "Will the CSTO expand?"),
        (
            "alliance-literature",
            CHAPTER,
            (
                "Deyermond, R. (2018). The collective security treaty organization. In Tsygankov, A. (ed.), Routledge "
                "Handbook of Russian Foreign Policy, pp. 421–429. Routledge."
            ),
        ),
    ],
)
def test_entries(style: str, reference: Reference, text: str) -> None:
    if style == "apa" and reference == PAGE:  # "Retrieved" without a day is the style's own business
        assert text_of(reference, style).startswith("A page. (n.d.).")
        assert text_of(reference, style).count("A page") == 1
        return
    assert text_of(reference, style) == text


@pytest.mark.parametrize("style", [*LEADING, "alliance-literature", "alliance-news", *SAMPLE])
def test_every_style_gives_every_entry(style: str) -> None:
    bibliography = format_references(VARIED, style=style, output="html")
    assert sorted(entry.reference_id for entry in bibliography) == sorted(reference.id for reference in VARIED)
    assert all(entry.text.strip() and "\n" not in entry.text for entry in bibliography)
    assert all("<script" not in entry.text and "\U000f0000" not in entry.text for entry in bibliography)
    failed = [found.message for found in bibliography.findings if found.code == "AB602" and found.reference]
    assert failed == []
    assert cite_references(VARIED[:3], style=style)


@pytest.mark.parametrize("known", ["title", "container_title", "issued", "url", "author", ""])
def test_news_have_no_stray_punctuation_whatever_is_missing(known: str) -> None:
    whole = Reference(
        id="n",
        kind="article-newspaper",
        title="Headline",
        container_title="Outlet",
        issued=PartialDate(year=2021, month=8, day=2),
        url="https://example.org/x",
        author=(Name(family="Aris", given="S."),),
    )
    full = text_of(whole, "alliance-news")
    assert full == "Headline. S. Aris, Outlet, 2 August 2021. https://example.org/x"
    if known:
        less = text_of(
            replace(whole, **{known: None if known == "issued" else () if known == "author" else ""}), "alliance-news"
        )
        assert not any(wrong in less for wrong in (" .", "..", ",,", ", .", " ,", "()", "  "))
        assert not less.startswith((".", ","))
        assert len(less) < len(full)


def test_order() -> None:
    given = format_references([JOURNAL, CHAPTER, BOOK], style="apa", order="given")
    assert [entry.reference_id for entry in given] == ["j", "c", "b"]
    sorted_ = format_references([JOURNAL, CHAPTER, BOOK], style="apa")
    assert [entry.reference_id for entry in sorted_] == ["b", "c", "j"]
    assert sorted_.places == (2, 1, 0)
    assert sorted_.entries[2].key == "golub2018"


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("apa", "(Davidzon, 2021; Deyermond, 2018)"),
        ("ieee", "[1], [2]"),
        ("alliance-literature", "(Deyermond 2018; Davidzon 2021)"),
    ],
)
def test_citations(style: str, text: str) -> None:
    assert cite_references([CHAPTER, BOOK], style=style) == text


def test_cites_stand_in_the_order_given_unless_the_style_sorts(tmp_path: Path) -> None:
    path = tmp_path / "plain.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        '<citation><layout delimiter="; "><text variable="title"/></layout></citation>'
        '<bibliography><sort><key variable="title"/></sort><layout><text variable="title"/></layout></bibliography>'
        "</style>",
        "utf-8",
    )
    first, second = Reference(id="1", title="B"), Reference(id="2", title="A")
    assert cite_references([first, second], style=path) == "B; A"
    assert [entry.text for entry in format_references([first, second], style=path)] == ["A", "B"]


def test_a_citation_of_nothing_is_no_failure() -> None:
    assert format_references([], style="apa").entries == ()
    assert cite_references([], style="apa") == "()"


def test_locales() -> None:
    dated = replace(NEWS, issued=PartialDate(year=2021, month=5, day=2))
    assert "2. Mai 2021" in text_of(dated, "alliance-news", locale="de")
    assert "2 mai 2021" in text_of(dated, "alliance-news", locale="fr_FR")
    assert format_references([NEWS], style="apa", locale="de").locale == "de-DE"
    with pytest.raises(UnknownName) as caught:
        format_references([NEWS], style="apa", locale="klingon")
    assert "locale" in caught.value.message
    with pytest.raises(UnknownName):
        format_references([NEWS], style="apa", output="pdf")


def test_rendering_leaves_no_trace() -> None:
    before = format_references(VARIED, style="apa", output="html")
    format_references(VARIED, style="apa", output="text", locale="de")
    assert format_references(VARIED, style="apa", output="html") == before


def test_a_date_attribute_lent_to_one_date_is_given_back(tmp_path: Path) -> None:
    date = '<date variable="issued" form="text"/>'
    loud = '<date variable="issued" form="text"><date-part name="month" form="short" text-case="uppercase"/></date>'
    path = tmp_path / "dates.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation><layout>'
        f'<group delimiter=" | ">{date}{loud}{date}</group></layout></citation></style>',
        "utf-8",
    )
    dated = Reference(id="1", issued=PartialDate(year=2001, month=2, day=3))
    assert cite_references([dated], style=path) == "February 3, 2001 | FEB. 3, 2001 | February 3, 2001"


def test_references_whose_ids_differ_in_case_or_not_at_all_are_all_there() -> None:
    twins = [replace(BOOK, id="A"), replace(BOOK, id="a"), replace(BOOK, id=""), replace(BOOK, id="")]
    assert len(format_references(twins, style="apa")) == 4


def test_html_is_escaped_and_addresses_are_links() -> None:
    text = text_of(replace(PAGE, title='<script>alert("1")</script> a & b'), "apa", output="html")
    assert "&lt;script&gt;" in text
    assert "a &amp; b" in text
    assert '<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>' in text


@pytest.mark.parametrize(
    ("issued", "text"),
    [
        (PartialDate(year=2004, month=5, day=1, end=PartialDate(year=2004, month=5, day=3)), "1–3 May 2004"),
        (PartialDate(year=2004, month=5, end=PartialDate(year=2004, month=6)), "May–June 2004"),
        (PartialDate(year=2004, end=PartialDate(year=2006)), "2004–2006"),
        (PartialDate(year=2004, month=5, end=PartialDate(year=2004)), "May 2004"),
        (PartialDate(year=2004, season=1), "2004"),
        (PartialDate(year=-43), "44 BC"),
        (PartialDate(literal="forthcoming"), "forthcoming"),
        (PartialDate(), ""),
    ],
)
def test_dates(issued: PartialDate, text: str) -> None:
    reference = replace(NEWS, container_title="Outlet", issued=issued)
    assert text in text_of(reference, "modern-language-association")


def test_a_cut_list_ends_in_et_al() -> None:
    cut = replace(BOOK, author=(Name(family="Aris", given="S."), Name(others=True)))
    assert text_of(cut, "apa").startswith("Aris, S. et al.")
    assert "Aris et al." in cite_references([cut], style="apa")


def test_a_reference_without_printed_form_stays_in_the_list(tmp_path: Path) -> None:
    path = tmp_path / "mute.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation><layout>'
        '<text variable="title"/></layout></citation><bibliography><layout><text variable="abstract"/></layout>'
        "</bibliography></style>",
        "utf-8",
    )
    done = format_references([BOOK], style=path)
    assert done.entries[0].text == "Davidzon, Igor (2021). Regional Security Governance. Springer."
    assert [(found.code, found.reference) for found in done.findings] == [("AB601", "b")]


def test_a_style_without_bibliography_gives_its_citations_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "note.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note"><citation><layout suffix=".">'
        '<text variable="title" font-style="italic"/></layout></citation></style>',
        "utf-8",
    )
    done = format_references([BOOK], style=path, output="markdown")
    assert done.entries[0].text == "*Regional Security Governance*."
    assert [found.code for found in done.findings] == ["AB602"]


def test_an_item_that_citeproc_py_cannot_print_has_a_plain_form(tmp_path: Path) -> None:
    path = tmp_path / "broken.csl"  # a term of a form that the engine trips over
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation><layout>'
        '<text variable="title"/></layout></citation><bibliography><layout><number variable="volume" form="odd"/>'
        "</layout></bibliography></style>",
        "utf-8",
    )
    ours = format_references([replace(BOOK, volume="3"), NEWS], style=path)
    assert [entry.text for entry in ours] == ["3", "Will the CSTO expand?"]
    done = format_references([replace(BOOK, volume="3"), NEWS], style=path, engine="citeproc-py")
    assert [entry.text for entry in done] == [
        "Davidzon, Igor (2021). Regional Security Governance. Springer.",
        "Will the CSTO expand?",
    ]
    assert [found.code for found in done.findings] == ["AB602", "AB601"]


@pytest.mark.parametrize(
    ("locale", "edition"),
    [("de-DE", "2. Aufl."), ("fr-FR", "2ᵉ éd."), ("ru-RU", "2-е изд."), ("en-GB", "2nd edn"), ("en-US", "2nd ed.")],
)
@pytest.mark.parametrize("style", ["apa", "alliance-literature", "harvard-cite-them-right"])
def test_ordinals_are_those_of_the_language(style: str, locale: str, edition: str) -> None:
    [entry] = format_references([replace(BOOK, edition="2")], style=style, locale=locale)
    assert edition in entry.text


def test_a_part_that_stays_empty_leaves_no_second_stop() -> None:
    nobody = Reference(id="x", kind="article-journal", issued=PartialDate(year=2016), publisher="IEEE", doi="10.1/x")
    [entry] = format_references([nobody], style="elsevier-harvard")
    assert ".." not in entry.text
    assert " ." not in entry.text


def test_stops_that_a_title_holds_stay() -> None:
    [entry] = format_references([replace(BOOK, title="Synthesis of .alpha.,.beta. rings ... today")], style="apa")
    assert "Synthesis of .alpha.,.beta. rings ... today" in entry.text


def styled(folder: Path, variable: str) -> Path:
    path = folder / "one.csl"
    path.write_text(style_xml(f'<text variable="{variable}"/>', f'<text variable="{variable}"/>'), "utf-8")
    return path


@pytest.mark.parametrize("output", ["text", "html", "markdown", "rst", "latex"])
def test_what_prints_nothing_is_noticed_in_every_output(tmp_path: Path, output: str) -> None:
    nobody = Reference(id="t", title="T")
    path = styled(tmp_path, "publisher")
    done = format_references([nobody], style=path, output=output)
    assert ([entry.text for entry in done], [found.code for found in done.findings]) == (["T."], ["AB601"])
    assert cite_references([nobody], style=path, output=output) == "(T)"


@pytest.mark.parametrize("output", ["text", "html", "markdown", "rst", "latex"])
def test_a_title_that_looks_like_a_tag_is_something(tmp_path: Path, output: str) -> None:
    path, reference = styled(tmp_path, "title"), Reference(id="t", title="<Untitled>")
    done = format_references([reference], style=path, output=output)
    assert (len(done), done.findings) == (1, ())
    assert "Untitled" in done.entries[0].text
    assert not cite_references([reference], style=path, output=output).startswith("(")


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("ieee", "[1] The line itself"),
        ("vancouver", "1. The line itself"),
        ("apa", "The line itself"),
        ("modern-language-association", "The line itself"),
    ],
)
def test_a_number_and_no_date_say_nothing_of_a_reference(style: str, text: str) -> None:
    done = format_references([Reference(id="x", origins=(Origin(raw="The line itself"),))], style=style)
    assert ([entry.text for entry in done], [found.code for found in done.findings]) == ([text], ["AB601"])
