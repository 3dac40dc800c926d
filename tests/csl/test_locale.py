"""Locales: files, fallbacks, what a style adds (CSL 1.0.2, "Locale Fallback")."""

from __future__ import annotations

import pytest

from alliancebib.csl.locale import load_locale
from small_styles import cited


@pytest.mark.parametrize(
    ("language", "right"),
    [
        ("en-US", "and"),
        ("de-DE", "und"),
        ("de-AT", "und"),
        ("de", "und"),
        ("fr-CA", "et"),
        ("xx-XX", "and"),
        ("", "and"),
    ],
)
def test_terms_of_a_language(language: str, right: str) -> None:
    assert load_locale(language).term("and") == right


def test_a_form_that_is_missing_falls_back() -> None:
    locale = load_locale("en-US")
    assert locale.term("and", "symbol") == "&"
    assert locale.term("editor", "verb") == "edited by"
    assert locale.term("editor", "verb-short") == "ed. by"
    assert locale.term("and others", "verb-short") == locale.term("and others")
    assert locale.term("page", "symbol") == locale.term("page", "short") == "p."
    assert locale.term("page", "short", plural=True) == "pp."


def test_unknown_terms_are_empty() -> None:
    locale = load_locale("en-US")
    assert (locale.term("no-such-term"), locale.find("no-such-term")) == ("", None)


def test_options_and_quotes() -> None:
    assert load_locale("en-US").punctuation_in_quote
    assert not load_locale("en-GB").punctuation_in_quote
    assert load_locale("de-DE").quotes.open == "„"


@pytest.mark.parametrize(
    "language",
    ["../../etc/passwd", "en-US/../en-GB", "\x00", pytest.param("a" * 300, id="300 letters")],
)
def test_a_language_is_no_path(language: str) -> None:
    assert load_locale(language).term("and") == "and"


def words(lang: str, text: str) -> str:
    where = f'xml:lang="{lang}"' if lang else ""
    return f'<locale {where}><terms><term name="and">{text}</term></terms></locale>'


@pytest.mark.parametrize(
    ("layers", "right"),
    [
        ([("", "all")], "all"),
        ([("", "all"), ("de", "language")], "language"),
        ([("de-AT", "dialect"), ("de", "language"), ("", "all")], "dialect"),
        ([("fr", "other")], "und"),
        ([("de-CH", "sister")], "und"),
    ],
)
def test_the_narrowest_words_of_a_style_win(layers: list[tuple[str, str]], right: str) -> None:
    before = "".join(words(lang, text) for lang, text in layers)
    assert cited('<text term="and"/>', {"type": "book"}, locale="de-AT", before=before) == right


def test_one_term_of_a_style_leaves_the_others() -> None:
    assert cited('<text term="page"/>', {"type": "book"}, before=words("", "plus")) == "page"


def test_ordinals_of_a_style_replace_the_set() -> None:
    before = '<locale><terms><term name="ordinal">.</term></terms></locale>'
    layout = '<number variable="edition" form="ordinal"/>'
    assert cited(layout, {"edition": "2"}, before=before) == "2."
    assert cited(layout, {"edition": "2"}) == "2nd"
    assert [cited(layout, {"edition": str(number)}) for number in (1, 3, 11, 12, 13, 21, 111)] == [
        "1st", "3rd", "11th", "12th", "13th", "21st", "111th",
    ]  # fmt: skip


def test_forms_of_a_term_come_from_one_language() -> None:
    spanish = load_locale("es-ES")
    assert load_locale("en-US").term("retrieved", "short") == "rtvd."
    assert spanish.term("retrieved", "short") == spanish.term("retrieved") == "recuperado"


def test_a_style_replaces_one_form_alone() -> None:
    words = '<locale xml:lang="es"><terms><term name="page">XX</term></terms></locale>'
    layout = '<text term="page" form="short"/><text term="page" prefix=" "/>'
    assert cited(layout, {"title": "x"}, before=words, locale="es-ES") == "p. XX"


@pytest.mark.parametrize("language", ["en-US", "de-DE", "es-ES", "zh-CN"])
def test_names_with_a_sign_between_them(language: str) -> None:
    layout = '<names variable="author"><name form="short" and="symbol"/></names>'
    people = [{"family": "Doe"}, {"family": "Roe"}]
    assert cited(layout, {"author": people}, locale=language) == "Doe & Roe"
