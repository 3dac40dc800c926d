"""Where parts meet: punctuation, spaces and quotation marks."""

from __future__ import annotations

import pytest

from alliancebib.csl import Processor
from alliancebib.csl.output.seams import mended
from alliancebib.csl.output.stream import Mark, Piece
from small_styles import cited, style_of

WINNERS = [
    *((one, one, one) for one in ".,;:!?"),
    (":", ".", ":"),
    ("!", ".", "!"),
    ("?", ".", "?"),
    (";", ".", ";"),
    ("!", ":", "!"),
    ("?", ":", "?"),
    ("!", "?", "!?"),
    ("?", "!", "?!"),
    (".", ",", ".,"),
    (",", ".", ",."),
    (".", "?", ".?"),
]


def text(*pieces: Piece | Mark, into: bool = False) -> str:
    tokens = mended(list(pieces), punctuation_in_quote=into)
    return "".join(token.text for token in tokens if isinstance(token, Piece))


@pytest.mark.parametrize(("there", "comes", "right"), WINNERS)
def test_two_marks(there: str, comes: str, right: str) -> None:
    assert text(Piece(f"a{there}"), Piece(comes, affix=True)) == f"a{right}"


def test_text_of_fields_stays_as_it_is() -> None:
    assert text(Piece("a.. b,,")) == "a.. b,,"
    assert text(Piece("a."), Piece(".NET")) == "a..NET"


def test_a_style_between_is_no_hindrance() -> None:
    opening, closing = Mark("font-style", "italic", opens=True), Mark("font-style", "italic", opens=False)
    assert text(opening, Piece("Why?"), closing, Piece(". ", affix=True), Piece("Next")) == "Why? Next"


def test_spaces_of_the_style_are_not_repeated() -> None:
    assert text(Piece("a"), Piece(", ", affix=True), Piece(" ", affix=True), Piece("b")) == "a, b"


QUOTED = '<text variable="title" quotes="true" suffix="{suffix}"/>'


@pytest.mark.parametrize(
    ("locale", "title", "suffix", "right"),
    [
        ("en-US", "T", ".", "“T.”"),
        ("en-US", "T", ",", "“T,”"),
        ("en-US", "T", ";", "“T”;"),
        ("en-US", "T", ":", "“T”:"),
        ("en-GB", "T", ".", "‘T’."),
        ("en-GB", "T", ",", "‘T’,"),
        ("de-DE", "T", ".", "„T“."),
        ("en-US", "T.", ".", "“T.”"),
    ],
)
def test_quotes_take_points_in_where_the_language_does(locale: str, title: str, suffix: str, right: str) -> None:
    assert cited(QUOTED.format(suffix=suffix), {"title": title}, locale=locale) == right


def test_a_style_can_say_that_points_stay_outside() -> None:
    before = '<locale><style-options punctuation-in-quote="false"/></locale>'
    assert cited(QUOTED.format(suffix="."), {"title": "T"}, before=before) == "“T”."


PUBLISHED = {"title": "T", "publisher": "P", "volume": "3", "author": [{"family": "Doe"}]}
AFTER = '<text variable="title" prefix=" "/>'


@pytest.mark.parametrize(
    ("layout", "right"),
    [
        (f'<text variable="publisher" suffix=". "/>{AFTER}', "P. T"),
        (f'<text variable="publisher" font-style="italic" suffix=". "/>{AFTER}', "P.  T"),
        (f'<text variable="publisher" font-style="italic" suffix=". "/><group>{AFTER}</group>', "P.  T"),
        (f'<group><text variable="publisher" font-style="italic" suffix=". "/></group>{AFTER}', "P. T"),
        (f'<group font-style="italic"><text variable="publisher" suffix=" "/></group>{AFTER}', "P  T"),
        ('<group font-style="italic" suffix=" "><text variable="publisher" suffix=" "/></group>', "P "),
        (f'<group delimiter=" "><text variable="publisher" font-weight="bold" suffix=" "/>{AFTER}</group>', "P T"),
        (f'<text variable="publisher" quotes="true" suffix=" "/>{AFTER}', "“P”  T"),
        (f'<text variable="volume" suffix=", "/>{AFTER}', "3,  T"),
        ('<text variable="publisher" suffix=" "/><text variable="title" prefix="   "/>', "P   T"),
        ('<text variable="publisher" suffix="&#160;"/><text variable="title" prefix="&#160;"/>', "P\u00a0T"),
        ('<text variable="publisher" suffix=" "/><text variable="title" prefix="&#160;"/>', "P \u00a0T"),
    ],
)
def test_blanks_that_a_style_parts_stay(layout: str, right: str) -> None:
    assert cited(layout, PUBLISHED) == right


def test_one_line_has_no_doubled_blanks() -> None:
    style = style_of("", f'<text variable="publisher" font-style="italic" suffix=". "/>{AFTER}')
    processor = Processor(style, output="text", one_line=True)
    processor.register([{"id": "x", "type": "book", **PUBLISHED}])
    assert [entry.text for entry in processor.bibliography().entries] == ["P. T"]
