"""Lists in Markdown: sections in their order, each in its style, everything escaped, every address to follow."""

from __future__ import annotations

from markdown_it import MarkdownIt

from alliancebib import pipeline
from alliancebib.library import Library
from alliancebib.model import Name, Origin, PartialDate, Reference
from alliancebib.page import Page, Section
from alliancebib.writers import Options
from alliancebib.writers.markdown import compose, write

NEWS, LITERATURE = (
    Origin(page="list.txt", section="In the *news*", line=3),
    Origin(page="list.txt", section="Literature"),
)
REFERENCES = (
    Reference(id="1", kind="article-newspaper", title="Zebra: 1 [x] <b>", container_title="TASS", origins=(NEWS,)),
    Reference(
        id="2",
        kind="article-newspaper",
        title="Apples?",
        url="https://example.org/a_b?c=d&e",
        archive_url="https://web.archive.org/web/2024/https://example.org/a_b",
        origins=(NEWS, LITERATURE),
    ),
    Reference(
        id="3",
        kind="book",
        title="On order",
        author=(Name(family="Aris", given="S."),),
        issued=PartialDate(year=2014),
        origins=(LITERATURE,),
        archive_url="https://web.archive.org/b",
    ),
)
PAGE = Page(
    name="list.txt",
    title="A list",
    sections=(Section(title="In the *news*", expects="news"), Section(title="Literature", expects="literature")),
)
LIBRARY = Library(REFERENCES, pages=[PAGE])
OPTIONS = Options(style="apa", section_styles={"news": "alliance-news"})


def test_a_document() -> None:
    assert write(LIBRARY, OPTIONS) == (
        "# A list\n\n"
        "## In the \\*news\\*\n\n"
        "- Zebra: 1 \\[x\\] \\<b\\>. *TASS*.\n"
        "- Apples? <https://example.org/a_b?c=d&e> "
        "\\[<https://web.archive.org/web/2024/https://example.org/a_b>\\]\n\n"
        "## Literature\n\n"
        "- Aris, S. (2014). *On order*. [Archived copy](<https://web.archive.org/b>)\n"
    )


def test_every_address_can_be_followed() -> None:
    rendered = MarkdownIt("commonmark").render(write(LIBRARY, OPTIONS))
    for reference in REFERENCES:
        for address in filter(None, (reference.url, reference.archive_url)):
            assert f'href="{address.replace("&", "&amp;")}"' in rendered
    assert "<b>" not in rendered


def test_a_title_of_its_own_and_an_empty_library() -> None:
    assert write(Library(), Options(title="Nothing")) == "# Nothing\n"
    assert write(Library()) == ""


def test_sections_of_two_pages_with_one_name_stay_apart() -> None:
    other = Reference(id="4", title="Elsewhere", origins=(Origin(page="other.txt", section="Literature"),))
    both = Library((*REFERENCES, other), pages=[PAGE, Page(name="other.txt", title="Another")])
    text = write(both, OPTIONS)
    assert "## A list: Literature" in text
    assert text.index("## Another: Literature") < text.index("Elsewhere")


def test_numbers_go_on_across_sections() -> None:
    lines = write(LIBRARY, Options(style="ieee")).splitlines()
    assert [line[:6] for line in lines if line.startswith("- ")] == [r"- \[1\] "[:6], r"- \[2\] "[:6], r"- \[3\] "[:6]]
    assert r"- \[3\]" in "\n".join(lines)


def test_without_sections_there_is_no_heading() -> None:
    assert write(Library([Reference(id="1", title="Alone")]), Options(style="alliance-news")) == "- Alone.\n"


def test_what_formatting_noticed_goes_with_the_text() -> None:
    options = Options(style="pisa-university-press")
    written = compose(LIBRARY, options)
    assert written.text == write(LIBRARY, options)
    assert [finding.code for finding in written.findings] == ["AB602"]
    assert pipeline.compose(LIBRARY, to="markdown", options=options) == written
    assert pipeline.compose(LIBRARY, to="html", options=options).findings == written.findings
    assert pipeline.compose(LIBRARY, to="bibtex", options=options).findings == ()
