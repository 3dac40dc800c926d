"""Word documents: every paragraph that a reader sees is a line, with its links; what cannot be read is said."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancebib import pipeline
from alliancebib.errors import InputError
from alliancebib.files import read_text, source_of
from alliancebib.page import Line, Page, Role
from alliancebib.plugins import reader_for
from alliancebib.readers import docx
from growth import in_proportion
from word_files import WORD, p, packed, word_file

_LINK = '<w:hyperlink r:id="{}"{}><w:r><w:t>{}</w:t></w:r></w:hyperlink>'


def page_of(data: bytes) -> Page:
    return docx.read(source_of(data, name="list.docx"))


def texts(data: bytes) -> list[str]:
    return [line.text for line in page_of(data).lines]


def told(line: Line) -> tuple[str, int, bool]:
    return (line.text, line.level, line.item)


def linked(line: Line) -> list[tuple[str, str]]:
    return [(line.text[link.start : link.end], link.url) for link in line.links]


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_what_python_docx_writes_is_read() -> None:
    document = python_docx.Document()
    document.add_heading("The alliance", 0)
    document.add_heading("Literature", 1)
    document.add_paragraph("Smith, J. (2010). One.", style="List Number")
    document.add_paragraph("Jones, K. (2011). Two.", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Doe, J.", "Three"
    document.add_paragraph("An end")
    data = io.BytesIO()
    document.save(data)
    page = page_of(data.getvalue())
    assert [told(line) for line in page.lines] == [
        ("The alliance", 1, False), ("Literature", 1, False), ("Smith, J. (2010). One.", 0, True),
        ("Jones, K. (2011). Two.", 0, True), ("Doe, J. | Three", 0, False), ("An end", 0, False),
    ]  # fmt: skip
    assert page.title == "The alliance"
    assert [line.number for line in page.lines] == [1, 2, 3, 4, 5, 7]


def test_styles_say_what_is_a_heading_or_an_item() -> None:
    numbered = '<w:p><w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    body = (
        p("Title", style="Titel") + p("One", style="berschrift1") + p("Own", style="Meine") + p("Deep", style="Tief")
        + p("Item", style="Liste") + p("Circle", style="Kreis") + p("Unknown", style="None")
        + numbered.format(3, "Direct") + numbered.format(0, "Off") + p("Contents  3", style="Verzeichnis1")
    )  # fmt: skip
    lines = page_of(word_file(body)).lines
    assert [told(line) for line in lines] == [
        ("Title", 1, False), ("One", 1, False), ("Own", 1, False), ("Deep", 3, False), ("Item", 0, True),
        ("Circle", 0, False), ("Unknown", 0, False), ("Direct", 0, True), ("Off", 0, False), ("Contents 3", 0, False),
    ]  # fmt: skip
    assert [line.role for line in lines if line.role] == [Role.CONTENTS]


def test_links_are_those_of_relationships_and_of_fields() -> None:
    body = "".join(
        p("See ", inside=inside)
        for inside in (
            _LINK.format("a", "", "one") + "<w:r><w:t>, TASS</w:t></w:r>",
            _LINK.format("a", ' w:anchor="part"', "two"),
            _LINK.format("", ' w:anchor="bookmark"', "inner"),
            _LINK.format("mail", "", "mail"),
            field(' HYPERLINK "https://f.example/x" \\o "tip"', "<w:r><w:t>field</w:t></w:r>"),
            field(' HYPERLINK "https://f.example/x" \\l "y"', "<w:r><w:t>place</w:t></w:r>"),
            '<w:fldSimple w:instr="HYPERLINK &quot;www.s.example&quot;"><w:r><w:t>simple</w:t></w:r></w:fldSimple>',
            field(" PAGE ", "<w:r><w:t>7</w:t></w:r>"),
        )
    )
    lines = page_of(word_file(body, links={"a": "https://a.example/1", "mail": "mailto:a@b.org"})).lines
    assert lines[0].text == "See one, TASS"
    assert [linked(line) for line in lines] == [
        [("one", "https://a.example/1")], [("two", "https://a.example/1#part")], [], [],
        [("field", "https://f.example/x")], [("place", "https://f.example/x#y")], [("simple", "https://www.s.example")],
        [],
    ]  # fmt: skip


def test_bibliographies_of_reference_managers_are_text() -> None:
    code = 'ADDIN ZOTERO_BIBL {"uncited":[]} CSL_BIBLIOGRAPHY '
    inner = "<w:r><w:t>Doe, J. (2012). Three.</w:t></w:r></w:p><w:p><w:r>"
    inner += '<w:t xml:space="preserve">Roe, M. (2013). </w:t></w:r>'
    zotero = p(inside=field(code, inner + field('HYPERLINK "https://d.example"', "<w:r><w:t>Four.</w:t></w:r>")))
    nested = f"<w:sdt><w:sdtContent>{p('Two.')}</w:sdtContent></w:sdt>"
    held = f"<w:sdtContent>{p('Smith (2010). One.')}{nested}</w:sdtContent>"
    word = f"<w:sdt><w:sdtPr><w:bibliography/></w:sdtPr>{held}</w:sdt>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Click here')}</w:sdtContent></w:sdt>"
    data = word_file(zotero + word + empty)
    assert texts(data) == ["Doe, J. (2012). Three.", "Roe, M. (2013). Four.", "Smith (2010). One.", "Two."]
    assert linked(page_of(data).lines[1]) == [("Four.", "https://d.example")]


def test_breaks_part_lines_but_not_headings() -> None:
    two = "<w:r><w:t>One</w:t><w:br/><w:t>Two</w:t><w:br w:type='page'/><w:t>still two</w:t></w:r>"
    lines = page_of(word_file(p(inside=two) + p(inside=two, style="berschrift1"))).lines
    assert [(line.number, line.column, line.text) for line in lines] == [
        (1, 1, "One"), (1, 5, "Two still two"), (2, 1, "One Two still two"),
    ]  # fmt: skip


def test_what_is_seen_is_read_and_what_is_not_is_not() -> None:
    runs = (
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r><w:r><w:tab/><w:t>a</w:t><w:noBreakHyphen/>'
        '<w:t>b</w:t><w:softHyphen/><w:t>c</w:t><w:sym w:char="2192"/><w:sym w:char="F0B7"/></w:r>'
        "<w:smartTag><w:customXml><w:r><w:t> tag</w:t></w:r></w:customXml></w:smartTag>"
        "<m:oMath><m:r><m:t> x+1</m:t></m:r></m:oMath><w:ruby><w:rt><w:r><w:t>aid</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t> ruby</w:t></w:r></w:rubyBase></w:ruby>"
    )
    assert texts(word_file(p(inside=runs))) == ["new shown a-bc→ tag x+1 ruby"]


def test_text_boxes_stand_below_their_paragraph_and_once() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    ).format(p("In a box"))
    assert texts(word_file(p("Around ", inside=box + "<w:r><w:t>it</w:t></w:r>") + p("After"))) == [
        "Around it", "In a box", "After",
    ]  # fmt: skip


def test_tables_give_rows_and_layout_tables_their_paragraphs() -> None:
    cell = "<w:tc><w:tcPr/>{}</w:tc>".format
    held = f"<w:sdt><w:sdtContent><w:tr>{cell(p('D'))}</w:tr></w:sdtContent></w:sdt>"
    rows = f"<w:tr>{cell(p('A'))}{cell(p())}{cell(p('C'))}</w:tr>{held}"
    layout = f"<w:tr>{cell(p('One') + p('Two'))}{cell('<w:tbl><w:tr>' + cell(p('In')) + '</w:tr></w:tbl>')}</w:tr>"
    assert texts(word_file(f"<w:tbl><w:tblPr/>{rows}</w:tbl><w:tbl>{layout}</w:tbl>")) == [
        "A | | C", "D", "One", "Two", "In",
    ]  # fmt: skip


def test_a_row_that_names_the_columns_is_a_label() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>".format
    head = row("<w:trPr><w:tblHeader/></w:trPr>", p("Author"), p("Title"))
    lines = page_of(word_file(f"<w:tbl>{head}{row('', p('Smith'), p('One'))}</w:tbl>")).lines
    assert [(line.text, line.role) for line in lines] == [("Author | Title", Role.LABEL), ("Smith | One", None)]


def test_notes_follow_the_text_and_what_stands_aside_has_a_role() -> None:
    parts = {
        "footnotes": '<w:footnote w:type="separator" w:id="-1">' + p("---") + '</w:footnote><w:footnote w:id="1">'
        + p("Smith, J. (2010). One.") + "</w:footnote>",
        "endnotes": f'<w:endnote w:id="2">{p("Jones, K. (2011). Two.")}</w:endnote>',
        "hdr": p("A header"),
        "comments": f'<w:comment w:id="1">{p("Is this right?")}</w:comment>',
    }  # fmt: skip
    body = p("Text", inside='<w:r><w:footnoteReference w:id="1"/></w:r>')
    lines = page_of(word_file(body, parts=parts)).lines
    assert [(line.text, line.role, line.item) for line in lines] == [
        ("Text", None, False), ("Smith, J. (2010). One.", None, True), ("Jones, K. (2011). Two.", None, True),
        ("A header", Role.NAVIGATION, False), ("Is this right?", Role.PROSE, False),
    ]  # fmt: skip


def test_documents_of_the_strict_kind_and_with_macros_are_read() -> None:
    data = word_file(p("Text"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: text.replace(WORD.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
            b"schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, text in members.items()
    }
    macros = {name: text.replace(b"document.main+xml", b"macro.main+xml") for name, text in members.items()}
    assert texts(packed(strict)) == texts(packed(macros)) == ["Text"]


def test_a_document_becomes_a_bibliography(tmp_path: Path) -> None:
    body = p("Literature", style="berschrift1") + p(
        "Deyermond, R. (2018). The alliance. In Handbook (pp. 421-429). Routledge."
    )
    (tmp_path / "list.docx").write_bytes(word_file(body))
    library = pipeline.parse(pipeline.read(tmp_path / "list.docx"))
    assert [(one.title, one.origin.line) for one in library] == [("The alliance", 2)]
    assert [line.role for line in pipeline.read_each_line(tmp_path / "list.docx").lines] == [Role.ENTRY] * 2


def test_a_document_is_told_by_its_content_and_never_read_as_text(tmp_path: Path) -> None:
    source = source_of(word_file(p("Text")), name="list.txt")
    assert reader_for(source) is docx
    with pytest.raises(InputError, match="`html` reads text"):
        pipeline.read(source, reader="html")
    with pytest.raises(InputError, match="no Word document"):
        pipeline.read(source_of("text"), reader="docx")
    (tmp_path / "urls").write_bytes(source.data)
    with pytest.raises(InputError, match="looks like a Word document"):
        read_text(tmp_path / "urls")


def test_without_python_docx_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "docx"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError, match="not installed") as caught:
        page_of(word_file(p("Text")))
    assert caught.value.exit_code == 2
    assert "alliancebib[docx]" in caught.value.help


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 word/document.xml and nothing else", "damaged"),
        (word_file(p("Text"))[:-40], "damaged"),
        (packed({"word/document.xml": "<w/>"}), "damaged"),
        (word_file("<w:p>"), "damaged"),
        (word_file("<w:p><w:smartTag>" * 300 + "</w:smartTag></w:p>" * 300), "damaged"),
        (packed({"word/document.xml": b" " * 100_000_000}), "100 MB when it is unpacked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        page_of(data)
    assert caught.value.help


def test_entities_are_not_expanded() -> None:
    data = word_file("")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    members["word/document.xml"] = (
        f'{bomb}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>x&a;&f;</w:t></w:r></w:p></w:body></w:document>'
    ).encode()
    with pytest.raises(InputError, match="damaged"):
        texts(packed(members))


_PIECES = st.sampled_from(
    "p r t tbl tr tc sdt sdtContent hyperlink ins del br tab smartTag txbxContent footnote ruby rt pPr numPr".split()
)


@st.composite
def soup(draw: st.DrawFn, depth: int = 4) -> str:
    name = draw(_PIECES)
    inside = "".join(draw(st.lists(soup(depth - 1), max_size=3))) if depth else draw(st.sampled_from(["", "word", " "]))
    kind = draw(st.sampled_from(["", ' w:val="1"', ' w:type="page"', ' r:id="a"', ' w:char="FFFFF"']))
    return f"<w:{name}{kind}>{inside}</w:{name}>"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=soup())
def test_no_order_of_elements_raises(body: str) -> None:
    page = page_of(word_file(body, links={"a": "https://a.example"}))
    assert [line.number for line in page.lines] == sorted(line.number for line in page.lines)
    for line in page.lines:
        assert line.text == line.text.strip() != ""
        assert all(0 <= link.start < link.end <= len(line.text) for link in line.links)


_VALID = word_file(p("Text", style="Liste") * 20, parts={"footnotes": p("Note")})


@settings(max_examples=150, deadline=None)
@given(place=st.integers(4, len(_VALID) - 1), new=st.binary(max_size=6), cut=st.integers(0, 8))
def test_damaged_bytes_are_read_or_refused(place: int, new: bytes, cut: int) -> None:
    try:
        page_of(_VALID[:place] + new + _VALID[place + cut :])
    except InputError as said:
        assert said.help  # noqa: PT017 - reading on is right as well


LONG: dict[str, tuple[Callable[[int], str], int]] = {
    "paragraphs": (lambda size: p("A title") * size, 250),
    "words": (lambda size: p("a " * size), 5_000),
    "fields": (lambda size: p(inside=field("PAGE", "") * size), 250),
    "tables in tables": (lambda size: "<w:tbl>" * size + "</w:tbl>" * size, 9),
}


@pytest.mark.parametrize("what", LONG)
def test_long_documents_take_no_longer_than_they_are(what: str) -> None:
    body, size = LONG[what]
    in_proportion(lambda size: word_file(body(size)), page_of, size)
