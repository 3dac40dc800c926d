"""Languages: every locale of CSL, dialects, ordinals, quotation marks, and the order of words."""

from __future__ import annotations

import pytest

from alliancebib.csl import Processor, load_style, parse_style
from alliancebib.csl.citing.collation import collation_key
from alliancebib.csl.locale import load_locale
from alliancebib.csl.locales import locale_names
from alliancebib.csl.numbers import long_ordinal, ordinal

ITEM = {
    "id": "1",
    "type": "article-journal",
    "title": "On 'quotes' and more",
    "author": [{"family": "Doe", "given": "J."}, {"family": "Roe", "given": "K."}],
    "issued": {"date-parts": [[2004, 3, 1]]},
    "page": "11-19",
}


@pytest.mark.parametrize("name", locale_names())
def test_every_locale_formats(name: str) -> None:
    locale = load_locale(name)
    assert all(locale.term(f"month-{month:02}") for month in range(1, 13))
    assert locale.dates["text"].parts
    processor = Processor(load_style("apa"), locale=name)
    processor.register([ITEM])
    assert "2004" in processor.bibliography().entries[0].text
    assert processor.cite(["1"]).startswith("(Doe")


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("de-DE", "and", "und"),
        ("de-LU", "and", "und"),  # the main dialect of the language
        ("xx", "and", "and"),  # nothing known: English
        ("fr-CA", "edition", "édition"),
    ],
)
def test_a_language_falls_back(language: str, term: str, text: str) -> None:
    assert load_locale(language).term(term) == text


def test_a_term_falls_back_to_its_wider_form() -> None:
    locale = load_locale("en-US")
    assert locale.term("editor", "verb-short") == "ed. by"
    assert locale.term("accessed", "short") == locale.term("accessed")
    assert locale.term("page", "short", plural=True) == "pp."
    assert locale.term("no such term") == ""


def test_the_wider_form_of_a_language_comes_before_an_english_one() -> None:
    assert load_locale("es-ES").term("retrieved", "short") == "recuperado"


def test_the_sign_for_and_is_no_word() -> None:
    assert load_locale("es-ES").ampersand == "&"


def test_a_style_has_the_last_word_for_its_dialect() -> None:
    words = "".join(
        f'<locale {language}><terms><term name="and">{text}</term></terms></locale>'
        for language, text in (("", "plus"), ('xml:lang="de"', "samt"), ('xml:lang="de-AT"', "sowie"))
    )
    text = (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">{words}<citation><layout>'
        '<text term="and"/></layout></citation></style>'
    )
    said = {}
    for language in ("de-AT", "de-DE", "fr-FR"):
        processor = Processor(parse_style(text), locale=language)
        processor.register([{"id": "1"}])
        said[language] = processor.cite(["1"])
    assert said == {"de-AT": "sowie", "de-DE": "samt", "fr-FR": "plus"}


@pytest.mark.parametrize(
    ("language", "number", "gender", "text"),
    [
        ("en-US", 1, "", "1st"),
        ("en-US", 11, "", "11th"),
        ("en-US", 22, "", "22nd"),
        ("en-US", 113, "", "113th"),
        ("fr-FR", 1, "feminine", "1ʳᵉ"),
        ("fr-FR", 1, "masculine", "1ᵉʳ"),
        ("fr-FR", 21, "masculine", "21ᵉ"),
        ("de-DE", 3, "", "3."),
    ],
)
def test_ordinals(language: str, number: int, gender: str, text: str) -> None:
    assert ordinal(number, load_locale(language), gender=gender) == text


def test_long_ordinals_end_at_ten() -> None:
    locale = load_locale("en-US")
    assert (long_ordinal(3, locale), long_ordinal(11, locale)) == ("third", "11th")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-US", "“On ‘quotes’ and more,” 2004"),
        ("en-GB", "‘On “quotes” and more’, 2004"),
        ("de-DE", "„On ‚quotes‘ and more“, 2004"),
        ("fr-FR", "«\u00a0On “quotes” and more\u00a0», 2004"),
    ],
)
def test_quotation_marks_and_what_follows_them(language: str, text: str) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation><layout>'
        '<group delimiter=", "><text variable="title" quotes="true"/><date variable="issued" form="text" '
        'date-parts="year"/></group></layout></citation></style>'
    )
    processor = Processor(parse_style(style), locale=language)
    processor.register([ITEM])
    assert processor.cite(["1"]) == text


def test_words_are_sorted_as_readers_expect() -> None:
    titles = [
        "Zebra",
        "apple 10",
        "Äpfel",
        "apple 9",
        "“Apple”",
        "d’Artagnan",
        "Smith, Z",
        "Smithson, A",
        "Smith-Jones",
    ]
    ordered = sorted(titles, key=lambda title: collation_key(title, "en-US"))
    assert ordered == [
        "Äpfel", "“Apple”", "apple 9", "apple 10", "d’Artagnan", "Smith, Z", "Smith-Jones", "Smithson, A", "Zebra",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en-US", "U, s|U S y|United|Uq|Urban|U.S. Court|U-S x"),
        ("sv-SE", "Apa|Oskar|Zebra|Ål|Ärla|Öl"),
        ("da-DK", "Apa|Zebra|Ærla|Øl|Aal"),
        ("de-DE", "Ärger|Azur|Öl|Oz"),
        ("es-ES", "Nube|Nz|Ñu|Oso"),
        ("tr-TR", "Can|Cz|Çam|Hız|Iz|İz|Jar"),
        ("cs-CZ", "Cena|Čas|Hora|Chlad|Igor|Rz|Řeka"),
        ("hu-HU", "Cukor|Csak|Dél|Dzs|Gzz|Gyula|Oz|Öl|Szr|Szta"),
        ("pl-PL", "Czar|Ćwik|Lzy|Łoś|Zet|Źle|Żar"),
        ("uk-UA", "Гуц|Ґава|Дім|Іван|Їжак|Йод|Abc"),
        ("ru-RU", "Ежик|Ель|Ивот|Йод|Яма|Abc"),
        ("en-US", "Abc|Αθήνα|Йод"),
    ],
)
def test_alphabets(language: str, ordered: str) -> None:
    words = ordered.split("|")
    mixed = [*words[3:], *words[:3]]
    assert sorted(mixed, key=lambda word: collation_key(word, language)) == words
