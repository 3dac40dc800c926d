"""One citation: authors that are words of the sentence, and what people write round a cite."""

from __future__ import annotations

import math

import pytest

from alliancebib.csl import Processor, load_style
from small_styles import book, name, style_of

YEAR = '<date variable="issued" prefix=" "><date-part name="year"/></date>'
AUTHOR_YEAR = f'<names variable="author"><name form="short"/></names>{YEAR}'
ROUND = 'prefix="(" suffix=")" delimiter="; " font-weight="bold"'
NUMBERED = '<text variable="citation-number" prefix="[" suffix="]"/>'
AUTHORS = [name("Doe", "Jane"), name("Roe", "Ann"), name("Poe", "Eve")]
WORKS = [
    book("1", author=AUTHORS[:1], issued=2000, title="T"),
    book("2", author=AUTHORS[:2], issued=2001, title="T"),
    book("3", author=AUTHORS, issued=2002, title="T"),
    book("4", editor=AUTHORS[1:2], issued=2003, title="T"),
    book("5", issued=2004, title="T"),
]


def alone(id_: str, layout: str = AUTHOR_YEAR, **more: str) -> str:
    processor = Processor(style_of(layout, **more), output="html")
    processor.register(WORKS)
    return processor.cite([{"id": id_, "author-only": True}])


def test_authors_alone_have_nothing_of_the_layout_round_them() -> None:
    assert alone("1", layout_attributes=ROUND) == "Doe"
    processor = Processor(load_style("apa"))
    processor.register(WORKS)
    author, year = {"id": "2", "author-only": True}, {"id": "2", "suppress-author": True}
    assert f"{processor.cite([author])} {processor.cite([year])} argue" == "Doe & Roe (2001) argue"


def test_authors_beside_a_whole_cite_stay_in_the_layout() -> None:
    processor = Processor(style_of(AUTHOR_YEAR, layout_attributes='prefix="(" suffix=")" delimiter="; "'))
    processor.register(WORKS)
    assert processor.cite([{"id": "1", "author-only": True}, {"id": "2"}]) == "(Doe; Doe, Roe 2001)"


@pytest.mark.parametrize(("id_", "right"), [("1", "Doe"), ("2", "Doe and Roe"), ("3", "Doe et al."), ("4", "Roe")])
def test_a_style_of_numbers_names_the_authors_all_the_same(id_: str, right: str) -> None:
    assert alone(id_, NUMBERED) == right
    processor = Processor(load_style("ieee"))
    processor.register(WORKS)
    assert processor.cite([{"id": id_, "author-only": True}]) == right


def test_a_style_of_numbers_gives_the_number_of_a_work_of_nobody() -> None:
    assert alone("5", NUMBERED, layout_attributes='prefix="(" suffix=")"') == "([5])"


@pytest.mark.parametrize("text", ["<i></i>", '""', "<b><i></i></b>"])
@pytest.mark.parametrize("side", ["prefix", "suffix"])
def test_markup_without_text_round_a_cite_prints_nothing(side: str, text: str) -> None:
    processor = Processor(style_of())
    processor.register(WORKS)
    assert processor.cite([{"id": "1", side: text}]).strip(' "“”') == "T"


def test_a_term_without_text_opens_a_note() -> None:
    before = '<locale><terms><term name="ibid">&lt;i&gt;&lt;/i&gt;</term></terms></locale>'
    layout = '<text term="ibid"/><text variable="title"/>'
    style = style_of(layout, style_attributes='class="note"', before=before)
    processor = Processor(style)
    processor.register(WORKS)
    assert processor.cite(["1"]) == "T"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, "x", "9" * 5000, None])
def test_positions_and_notes_that_are_no_numbers_count_nothing(number: object) -> None:
    processor = Processor(style_of())
    processor.register(WORKS)
    assert processor.cite([{"id": "1", "position": number, "first-reference-note-number": number}]) == "T"
    citation = {"citationID": "1", "citationItems": [{"id": "1"}], "properties": {"noteIndex": number}}
    assert [change.text for change in processor.insert(citation)] == ["T"]


def test_the_number_of_a_note_may_be_text() -> None:
    layout = '<text variable="title"/><text variable="first-reference-note-number" prefix=" in note "/>'
    processor = Processor(style_of(layout, style_attributes='class="note"'))
    processor.register(WORKS)
    for id_, before in (("3", []), ("4", [("3", 3)])):
        processor.insert(
            {"citationID": id_, "citationItems": [{"id": "1"}], "properties": {"noteIndex": id_}}, before=before
        )
    assert [change.text for change in processor.citations()] == ["T", "T in note 3"]
