"""Small rooms of the processor: seams, text case, initials, particles, numbers, ranges of pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.csl.elements.initials import initialized
from alliancebib.csl.numbers import is_numeric, is_plural, locator_of, number_parts, roman
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.seams import mended
from alliancebib.csl.output.stream import Piece, stream
from alliancebib.csl.output.text_case import CASES, recased
from alliancebib.csl.output.tree import Branch, Leaf, leaves, plain
from alliancebib.csl.page_ranges import page_range
from alliancebib.csl.particles import with_particles
from small_styles import cited

TEXT = st.text(max_size=60)
PLAIN = st.text(st.characters(exclude_characters="<"), max_size=60)


@pytest.mark.parametrize(
    ("content", "affix", "text"),
    [
        ("Who?", ". x", "Who? x"),
        ("Who!", ": x", "Who! x"),
        ("Mich.", ": x", "Mich.: x"),
        ("a;", "! x", "a! x"),
        ("etc.", ". x", "etc. x"),
        ("a:", ", x", "a:, x"),
        ("a,", ", x", "a, x"),
        ("a", " . x", "a . x"),
    ],
)
def test_where_two_marks_meet(content: str, affix: str, text: str) -> None:
    assert "".join(piece.text for piece in mended([Piece(content), Piece(affix, affix=True)])) == text  # type: ignore[union-attr]


@pytest.mark.parametrize(("inside", "text"), [(True, "“A title,” 5"), (False, "“A title”, 5")])
def test_a_comma_goes_into_the_quotation_where_that_is_usage(inside: bool, text: str) -> None:
    tree = Branch([Leaf("A title")], quotes="style", suffix=", 5")
    assert "".join(token.text for token in mended(stream(tree), punctuation_in_quote=inside)) == text  # type: ignore[union-attr]


@given(PLAIN)
@settings(max_examples=60)
def test_text_of_a_field_is_never_mended_away(text: str) -> None:
    node = field_nodes(text, "title")
    letters = [character for character in text if character.isalnum()]
    printed = "".join(token.text for token in mended(stream(node)) if isinstance(token, Piece)) if node else ""
    assert [character for character in printed if character.isalnum()] == letters


@pytest.mark.parametrize(
    ("case", "before", "after"),
    [
        ("title", "the low-level war of the worlds: a story", "The Low-Level War of the Worlds: A Story"),
        ("title", "out-of-fashion initiatives", "Out-of-Fashion Initiatives"),
        ("title", "iPad is a thing for NATO", "iPad Is a Thing for NATO"),
        ("title", "what to live for", "What to Live For"),
        ("title", "p < 0.05 and the e-mail", "P < 0.05 and the E-Mail"),
        ("title", "response to Shafi'i comment", "Response to Shafi'i Comment"),
        ("sentence", "The Case of Alliances", "The case of alliances"),
        ("capitalize-first", "the case of alliances", "The case of alliances"),
        ("capitalize-all", "the case of alliances", "The Case Of Alliances"),
        ("uppercase", "straße", "STRAßE"),
        ("lowercase", "THE Case", "the case"),
    ],
)
def test_text_case(case: str, before: str, after: str) -> None:
    assert plain(recased(Leaf(before), case)) == after


def test_letters_are_raised_as_a_language_raises_them() -> None:
    assert plain(recased(Leaf("istanbul"), "uppercase", language="tr-TR")) == "İSTANBUL"


@given(TEXT, st.sampled_from(sorted(CASES)))
@settings(max_examples=60)
def test_case_changes_letters_only_in_their_case(text: str, case: str) -> None:
    tree = field_nodes(text) or Leaf("")
    after = recased(tree, case)
    for one, other in zip(leaves(tree), leaves(after), strict=True):
        assert len(one.text) == len(other.text)
        pairs = zip(one.text, other.text, strict=True)
        assert all(after in (before, before.upper(), before.lower()) for before, after in pairs)


@pytest.mark.parametrize(
    ("given", "mark", "text"),
    [
        ("Jean-Luc", ". ", "J.-L."),
        ("Jean-Luc", "", "J-L"),
        ("M.E.", ".", "M.E."),
        ("John M.E.", ". ", "J. M. E."),
        ("ME", ".", "M."),
        ("Ph.M.", ". ", "Ph. M."),
        ("Guo-ping", ".", "G."),
        ("Jean de la Croix", "", "J de la C"),
        ("Иван Иванович", ".", "И.И."),
        ("Đức Anh", ". ", "Đ. A."),
        ("TSerendorj", ".", "Ts."),
        ("<b>Ann</b> Marie", ".", "<b>A.</b>M."),
        ("太郎", ".", "太郎"),
    ],
)
def test_initials(given: str, mark: str, text: str) -> None:
    assert initialized(given, mark) == text


@given(TEXT, st.sampled_from(["", ".", ". ", " "]), st.booleans(), st.booleans())
@settings(max_examples=60)
def test_initials_are_letters_of_the_name_in_their_order(text: str, mark: str, shorten: bool, hyphens: bool) -> None:
    def letters(name: str) -> list[str]:
        return [letter for letter in name.lower() if letter.isalpha()]

    rest = iter(letters(text))
    assert all(letter in rest for letter in letters(initialized(text, mark, shorten=shorten, hyphens=hyphens)))


@pytest.mark.parametrize(
    ("family", "given", "parts"),
    [
        ("van der Vlist", "Eric", ("Vlist", "Eric", "", "van der")),
        ("d'Aubignac", "François", ("Aubignac", "François", "", "d'")),
        ("al-Ghazali", "Abu", ("Ghazali", "Abu", "", "al-")),
        ("Humboldt", "Alexander von", ("Humboldt", "Alexander", "von", "")),
        ("Van Dyke", "Dick", ("Van Dyke", "Dick", "", "")),
        ("Иванов", "Иван Иванович", ("Иванов", "Иван Иванович", "", "")),
        ("hooks", "bell", ("hooks", "bell", "", "")),
    ],
)
def test_particles(family: str, given: str, parts: tuple[str, str, str, str]) -> None:
    assert with_particles(family, given) == parts


@given(TEXT, TEXT)
@settings(max_examples=60)
def test_no_letter_of_a_name_is_lost(family: str, given: str) -> None:
    def letters(*texts: str) -> list[str]:
        return sorted("".join("".join(texts).split()))

    assert letters(*with_particles(family, given)) == letters(family, given)


@pytest.mark.parametrize(
    ("text", "numeric", "plural"),
    [
        ("12", True, False),
        ("12-15", True, True),
        ("1, 2 & 3", True, True),
        ("2nd", True, False),
        ("second", False, False),
        ("2nd edition", False, False),
        ("S213-S235", True, True),
        ("RM-3420-PR", False, False),
        ("1,000", False, False),
        ("xii", True, False),
        ("", False, False),
    ],
)
def test_numbers(text: str, numeric: bool, plural: bool) -> None:
    assert (is_numeric(text), is_plural(text)) == (numeric, plural)


def test_locators_bring_labels_of_their_own() -> None:
    assert locator_of("vol. 3", "") == ("volume", "3")
    assert locator_of("12", "chapter") == ("chapter", "12")
    assert (roman(1994), roman(0), roman(4000)) == ("mcmxciv", "0", "4000")


@pytest.mark.parametrize(
    ("shape", "typed", "text"),
    [
        ("", "42-45", "42–45"),
        ("expanded", "110-5", "110–115"),
        ("minimal", "321-328", "321–8"),
        ("minimal-two", "321-328", "321–28"),
        ("chicago-15", "101-108", "101–8"),
        ("chicago-15", "1496-1504", "1496–1504"),
        ("chicago-16", "1496-1500", "1496–500"),
        ("chicago-16", "100-104", "100–104"),
        ("expanded", "N110-N5", "N110–N115"),
        ("expanded", "N110-5", "N110-5"),
        ("expanded", "RM-3420", "RM-3420"),
    ],
)
def test_ranges_of_pages(shape: str, typed: str, text: str) -> None:
    assert "".join(part.joiner + part.text for part in page_range(number_parts(typed), shape)) == text


def test_attributes_that_are_escaped_twice_mean_the_character() -> None:
    layout = '<group delimiter="&amp;#160;" suffix="&amp;#33;"><text value="a"/><text value="b"/></group>'
    assert cited(layout, {}) == "a\u00a0b!"
