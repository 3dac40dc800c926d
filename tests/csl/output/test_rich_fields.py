"""Fields as rich text: markup, quotation marks, apostrophes, flip-flop."""

from __future__ import annotations

import pytest

from alliancebib.csl import Processor
from alliancebib.csl.output.fields import field_nodes
from alliancebib.rich_text import without_markup
from small_styles import book, cited, style_of

TITLE = '<text variable="title"/>'


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("plain", "plain"),
        ("a <i>b</i> c", "a <i>b</i> c"),
        ("a <b>b</b>", "a <b>b</b>"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("x<sup>2</sup>", "x<sup>2</sup>"),
        ("<i>a <i>b</i> c</i>", '<i>a <span style="font-style:normal;">b</span> c</i>'),
        ('<span style="font-variant:small-caps;">sc</span>', '<span style="font-variant:small-caps;">sc</span>'),
        ('<span class="nocase">nc</span>', "nc"),
        ("<u>x</u>", "&lt;u&gt;x&lt;/u&gt;"),
    ],
)
def test_markup(title: str, html: str) -> None:
    assert cited(TITLE, {"title": title}, output="html") == html


def test_a_span_of_another_class_is_text() -> None:
    assert "<span" not in cited(TITLE, {"title": '<span class="other">x</span>'}, output="html")


def test_italic_in_italic_turns_round() -> None:
    layout = '<text variable="title" font-style="italic"/>'
    html = cited(layout, {"title": "On <i>Homo</i> now"}, output="html")
    assert html == '<i>On <span style="font-style:normal;">Homo</span> now</i>'


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("the dog's day", "the dog’s day"),
        ("the dogs' day", "the dogs’ day"),
        ('a "b" c', "a “b” c"),
        ("in the '60s", "in the ’60s"),
        ('5" disks', '5" disks'),
        ("She said 'no' to \"it\"", "She said “no” to “it”"),
        ("the class of '68", "the class of ’68"),
        ('of <mml:mi id="M1">x', 'of <mml:mi id="M1">x'),
    ],
)
def test_marks_of_a_field(title: str, right: str) -> None:
    assert cited(TITLE, {"title": title}) == right


def test_quotes_in_quotes_change_their_shape() -> None:
    layout = '<text variable="title" quotes="true"/>'
    assert cited(layout, {"title": 'the "best" one'}) == "“the ‘best’ one”"
    assert cited(layout, {"title": 'the "best" one'}, locale="de-DE") == "„the ‚best‘ one“"


def test_where_a_style_wants_no_quotes_typed_ones_become_outer_ones() -> None:
    layout = '<text variable="title" quotes="false"/>'
    assert cited(layout, {"title": "the ‘best’ one"}) == "the “best” one"
    assert cited(layout, {"title": "the “best” one"}, locale="en-GB") == "the ‘best’ one"
    assert cited(TITLE, {"title": "the ‘best’ one"}) == "the ‘best’ one"


def test_text_case_leaves_nocase_alone() -> None:
    layout = '<text variable="title" text-case="uppercase"/>'
    assert cited(layout, {"title": 'a <span class="nocase">iPad</span> b'}) == "A iPad B"


def test_nothing_is_nothing() -> None:
    assert field_nodes("") is None
    assert without_markup("<i>a</i> <u>b</u>") == "a <u>b</u>"


@pytest.mark.parametrize("title", ["<i></i>", '""', "“”", "  ", "<i><b> </b></i>", '<span class="nocase"></span>'])
def test_markup_round_nothing_is_nothing(title: str) -> None:
    layout = f'<choose><if variable="title">{TITLE}</if><else><text value="none"/></else></choose>'
    assert cited(layout, {"title": title}) == "none"
    assert cited(f'<group delimiter=". ">{TITLE}<text variable="publisher"/></group>', {"title": title}) == (
        "[CSL STYLE ERROR: reference with no printed form.]"
    )
    assert cited(f'{TITLE}<text variable="publisher" prefix=". "/>', {"title": title, "publisher": "P"}) == ". P"


@pytest.mark.parametrize(
    ("opening", "closing"), [("<i>", "</i>"), ('<span class="nocase">', "</span>"), ("(“", "”)"), ("«", "»")]
)
@pytest.mark.parametrize("case", ["title", "uppercase", "sentence"])
def test_deep_markup_is_printed_whole(opening: str, closing: str, case: str) -> None:
    title = opening * 1_000 + "x" + closing * 1_000
    layout = f'<text variable="title" text-case="{case}" font-style="italic" quotes="true"/>'
    text = cited("<group>" * 20 + layout + "</group>" * 20, {"title": title}, output="html")
    assert "x" in text.lower()


def test_nobody_nests_as_deep_as_is_understood() -> None:
    title = "<i>" * 30 + "x" + "</i>" * 30
    assert cited(TITLE, {"title": title}) == "x"


def test_marks_that_never_close_spoil_no_quotation_behind_them() -> None:
    title = " ".join(["'twas"] * 30) + ' "so"'
    assert cited(TITLE, {"title": title}).endswith("“so”")


@pytest.mark.parametrize("title", ['a "b" c', "«a» c", "a 'b'"])
def test_quotation_marks_of_a_field_have_its_label(title: str) -> None:
    processor = Processor(style_of("", f'{TITLE}<text value="!"/>'))
    processor.register([book("a", title=title)])
    (entry,) = processor.bibliography(labels=True).entries
    assert [(run.label, run.text) for run in entry.runs] == [("title", entry.text[:-1]), ("", "!")]


def test_quotation_marks_of_the_style_have_none() -> None:
    processor = Processor(style_of("", '<text variable="title" quotes="true"/>'))
    processor.register([book("a", title="T")])
    (entry,) = processor.bibliography(labels=True).entries
    assert [(run.label, run.text) for run in entry.runs] == [("", "“"), ("title", "T"), ("", "”")]
