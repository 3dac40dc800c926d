"""One thing under several names in a list."""

from __future__ import annotations

import unicodedata

import pytest

from alliancebib.checkers import consistency
from alliancebib.config import CheckSettings
from alliancebib.files import source_of
from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.model import Name, Reference
from alliancebib.readers import bibtex
from growth import in_proportion
from no_web import NoWeb


def told(*references: Reference) -> list[Finding]:
    return list(consistency.check(Library(references), web=NoWeb(), settings=CheckSettings()).findings)


def article(number: int, journal: str = "", *, author: tuple[Name, ...] = (), publisher: str = "") -> Reference:
    return Reference(
        id=f"r{number}", kind="article-journal", container_title=journal, author=author, publisher=publisher
    )


def test_the_rarer_spelling_is_told() -> None:
    [finding] = told(article(1, "Foreign affairs"), article(2, "Foreign Affairs"), article(3, "Foreign Affairs"))
    assert (finding.code, finding.reference, finding.fix) == ("AB212", "r1", "Foreign Affairs")
    assert finding.message == (
        "The title of the container is `Foreign affairs` here and `Foreign Affairs` in 2 other entries."
    )


def test_of_two_alike_the_one_that_is_not_shouted_counts() -> None:
    [finding] = told(article(1, "NATURE"), article(2, "Nature"))
    assert finding.reference == "r1"


def test_publishers_too_but_each_field_by_itself() -> None:
    [finding] = told(article(1, publisher="Sage"), article(2, publisher="SAGE"), article(3, "sage"))
    assert (finding.reference, finding.fix) == ("r2", "Sage")


def test_an_abbreviated_journal_is_told_where_one_title_fits() -> None:
    [finding] = told(article(1, "Int. Org."), article(2, "International Organization"), article(3, "Interna"))
    assert (finding.reference, finding.fix) == ("r1", "International Organization")
    assert told(article(1, "J. Pol."), article(2, "Journal of Politics"), article(3, "Journal of Policy")) == []


def test_a_name_in_two_forms_is_told_as_a_doubt() -> None:
    short, full = Name(family="Aris", given="S."), Name(family="Aris", given="Stephen")
    [finding] = told(article(1, author=(short,)), article(2, author=(full,)))
    assert finding.reference == "r1"
    assert "perhaps the same as `Stephen Aris`" in finding.message


def test_initials_that_fit_two_persons_are_nobodys() -> None:
    names = [Name(family="Wang", given=given) for given in ("J.", "Jun", "Jing")]
    assert told(*(article(place, author=(name,)) for place, name in enumerate(names))) == []


def test_of_three_forms_the_fullest_is_proposed() -> None:
    names = [Name(family="Roe", given=given) for given in ("J.", "J. D.", "Jane D.")]
    findings = told(*(article(place, author=(name,)) for place, name in enumerate(names)))
    assert {finding.fix for finding in findings} == {"Jane D. Roe"}
    assert [finding.reference for finding in findings] == ["r0", "r1"]


def test_the_line_is_that_of_the_field() -> None:
    text = "@article{a,\n journal = {Nature}}\n@article{b,\n title = {T},\n journal = {NATURE}}\n"
    library = bibtex.read(source_of(text, name="a.bib"))
    [finding] = consistency.check(library, web=NoWeb(), settings=CheckSettings()).findings
    assert finding.origin.line == 5


def test_marks_that_mean_something_and_braces_are_no_other_spelling() -> None:
    assert told(article(1, "C"), article(2, "C++")) == []
    assert told(article(1, 'The <span class="nocase">Great War</span>'), article(2, "The Great War")) == []


def test_two_persons_are_two() -> None:
    short, full = Name(family="Wang", given="L."), Name(family="Wang", given="Lei")
    assert told(article(1, author=(short, full))) == []
    junior = Name(family="Smith", given="J.", suffix="Jr.")
    assert told(article(1, author=(junior,)), article(2, author=(Name(family="Smith", given="John"),))) == []
    two = Name(family="Roe", given="J. A.")
    assert told(article(1, author=(two,)), article(2, author=(Name(family="Roe", given="John"),))) == []


def people(*names: tuple[str, str]) -> list[tuple[str, str]]:
    findings = told(*(article(n, author=(Name(family=one, given=two),)) for n, (one, two) in enumerate(names)))
    assert all("perhaps the same as" in finding.message for finding in findings)
    return [(finding.reference, finding.fix) for finding in findings]


def test_other_accents_are_told_as_a_doubt() -> None:
    assert people(("Über", "Hans"), ("Uber", "Hans")) == [("r1", "Hans Über")]
    assert people(("Uber", "H."), ("Über", "Hans")) == [("r0", "Hans Über")]
    assert people(("Garcia", "Jose"), ("García", "José"), ("Garcia", "Jose")) == [("r1", "Jose Garcia")]
    assert people(("Ueber", "Hans"), ("Über", "Hans"), ("Über", "Hans")) == [("r0", "Hans Über")]
    [finding] = told(article(1, "Revista de Politica"), article(2, "Revista de Política"))
    assert finding.message.startswith("The title of the container is `Revista de Politica` here and perhaps the same")
    [finding] = told(article(1, "Zeitschrift für Politik"), article(2, "Zeitschrift fuer Politik"))
    assert (finding.reference, finding.fix) == ("r2", "Zeitschrift für Politik")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Мой мир", "Мои мир"),  # й is no accented и
        ("Мой мир", "Мои\u0306 мир!"),
        ("Журнал України", "Журнал Украіни"),
        ("はし", "ばし"),
        ("ばし", "ぱし"),
        ("किताब", "कुताब"),  # vowels of Indian scripts are marks
    ],
)
def test_marks_that_make_another_letter_are_no_accents(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", other).rstrip("!") == one
    assert len(told(article(1, one), article(2, other))) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [("Всё о книгах", "Все о книгах"), ("Замо\u0301к", "Замок"), ("Ελλάδα", "Ελλαδα"), ("أخبار", "اخبار")],
)
def test_marks_that_are_left_out_as_often_as_not_are_accents(one: str, other: str) -> None:
    assert len(told(article(1, one), article(2, other))) == 1


@pytest.mark.parametrize(
    "names", [(("Baer", "J."), ("Bar", "John")), (("Ueber", "Hans"), ("Uber", "Hans")), (("Roe", "Jo"), ("Roe", "Joe"))]
)
def test_vowels_side_by_side_are_no_accents(names: tuple[tuple[str, str], ...]) -> None:
    assert people(*names) == []


def test_initials_fit_a_name_with_a_slip() -> None:
    assert people(("Roe", "Stephen"), ("Roe", "Stpehen James")) == [("r0", "Stpehen James Roe")]
    assert people(("Roe", "Steven"), ("Roe", "Jonas Peter")) == []


def test_of_two_that_say_as_much_the_first_is_proposed() -> None:
    names = [("Roe", "Jonathan"), ("Roe", "Jonathan Abcd"), ("Roe", "Jonathaan Abc"), ("Roe", "Jonathn Abcde")]
    assert dict(people(*names))["r0"] == "Jonathan Abcd Roe"


def test_acronyms_and_words_written_together_are_found() -> None:
    assert [one.reference for one in told(article(1, "APSR."), article(2, "American Political Science Review"))] == [
        "r1"
    ]
    assert [one.reference for one in told(article(1, "Am. Polit. Sci. Rev."), article(2, "APSR"))] == ["r1"]


def test_time_grows_with_the_list() -> None:
    def library(count: int) -> Library:
        names = [Name(family="Roe", given=f"J{chr(97 + n % 26)}{n:x} {chr(65 + n % 7)}") for n in range(count)]
        names += [Name(family="Roe", given=f"Jane {n:x}") for n in range(count)]
        return Library(
            article(n, f"J{'.' * (n % 2)} {n:x} Studies of {n * 7919:x}", author=(name,))
            for n, name in enumerate(names)
        )

    in_proportion(library, lambda made: consistency.check(made, web=NoWeb(), settings=CheckSettings()), 125)
