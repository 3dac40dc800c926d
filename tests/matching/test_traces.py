"""What of a record stands in a string: each trace, in strings cut, misread, abbreviated, scrambled, without title."""

from __future__ import annotations

import pytest
from hypothesis import given
from msgspec.structs import replace

from alliancebib.matching.traces import Traces, said, traces
from alliancebib.model import Name, PartialDate, Reference
from growth import in_proportion
from strategies import any_text, references

ALLISON = Reference(
    kind="article-journal",
    title="Protective Integration and Security Policy Coordination: Comparing the SCO and CSTO",
    author=(Name(family="Allison", given="Roy"),),
    issued=PartialDate(year=2018),
    container_title="The Chinese Journal of International Politics",
    volume="11",
    issue="3",
    page="297-338",
    doi="10.1093/cjip/poy008",
)
ALBERT = Reference(
    kind="article-journal",
    title="On Involutorial Associative Division Algebras",
    author=(Name(family="Albert", given="A. A."), Name(family="Müller-Lüdenscheidt", given="B.")),
    issued=PartialDate(year=1961),
    container_title="Proceedings of the National Academy of Sciences",
    volume="D85",
    page="L00123",
)


def seen(text: str, work: Reference = ALLISON) -> Traces:
    return traces(said(text), work)


WHOLE = """Allison, R. (2018). Protective integration and security policy coordination: Comparing the SCO and CSTO. The
    Chinese Journal of International Politics, 11(3), 297-338."""


def test_a_whole_string_has_every_trace_and_nothing_strange() -> None:
    assert seen(WHOLE) == Traces(
        title=1.0,
        title_words=8,
        first=True,
        people=1.0,
        year=0,
        volume=True,
        issue=True,
        page=True,
        container=1.0,
        strange=0.0,
        strange_words=0,
        strange_numbers=0.0,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Protective integra- tion and security policy coordi-\nnation: Comparing the SCO and CSTO",
        "Protectiveintegration and secu rity policy coordination:Comparing the SCO and CSTO",
        "PROTECTIVE INTEGRATION AND SECURITY POLICY COORDINATION. COMPARING THE SCO AND CSTO",
        "comparing coordination security Protective policy integration CSTO and the and SCO",
        "<i>Protective integration</i> and security policy coordination: comparing the SCO & CSTO",
        "Protective integration and security policy coordination",  # without its subtitle
    ],
)
def test_a_title_is_found_however_it_is_written(text: str) -> None:
    assert seen(f"R. Allison, {text}, 2018, in the Chinese Journal of International Politics").title >= 0.95


def test_a_misread_title_is_nearly_there_and_another_is_not() -> None:
    misread = "R. Allison, Prolective iutegration and secuiity polcy coordination: Companng the SCO and CSTO, 2018"
    assert 0.85 < seen(misread).title < 1.0
    assert seen("R. Allison, Regionalism and bilateralism in Central Asia, CJIP 11 (2018) 297").title < 0.6
    assert seen("R. Allison, Protective").title < 0.6  # a part of a title is no title
    assert seen("").title == 0.0
    assert seen(WHOLE, replace(ALLISON, title="")).title == 0.0


@pytest.mark.parametrize(
    "text", ["Müller-Lüdenscheidt B", "MULLER- LUDENSCHEIDT", "Müller‐Lüdensch eidt", "Muller Ludenscheidt"]
)
def test_names_are_found_without_accents_and_with_blanks(text: str) -> None:
    assert seen(f"Albert, A.A., {text}, 1961", ALBERT).people == 1.0


@pytest.mark.parametrize(
    ("text", "first", "people"), [("Albrt AA", True, 0.5), ("Alberts A A et al.", True, 0.5), ("Aybrt A A", False, 0.0)]
)
def test_names_may_be_misread_by_a_letter(text: str, first: bool, people: float) -> None:
    found = seen(f"{text}, PNAS 85 (1961)", ALBERT)
    assert (found.first, found.people) == (first, people)


def test_a_short_name_is_not_found_inside_of_words() -> None:
    work = Reference(title="Alliances", author=(Name(family="Rai"),))
    assert seen("Training in alliances", work).first is False
    assert seen("RAI, alliances", work).first is True


def test_editors_stand_in_where_there_is_no_author() -> None:
    work = replace(ALLISON, author=(), editor=(Name(family="Aris"), Name(others=True)))
    assert seen("Aris et al. (eds)", work).people == 1.0
    assert seen("Allison", work).first is False


@pytest.mark.parametrize(("text", "apart"), [("2018", 0), ("in press, 2017/8", 1), ("1988a; 2025", 7), ("(218)", None)])
def test_the_distance_of_the_year(text: str, apart: int | None) -> None:
    assert seen(text).year == apart


def test_what_a_record_does_not_say_is_no_trace() -> None:
    found = seen(WHOLE, Reference(title="Protective integration"))
    assert (found.first, found.people, found.year, found.volume, found.issue, found.page, found.container) == (
        None,
    ) * 7


@pytest.mark.parametrize(
    ("text", "volume", "page"),
    [
        ("Proc. Natl. Acad. Sci. D85, L00123", True, True),
        ("Proc Natl Acad Sci 85:123", True, True),  # without letters and zeros
        ("Proc Natl Acad Sci 850:1234", False, False),  # parts of numbers are none
        ("Proc Natl Acad Sci vol. LXXXV", False, False),
    ],
)
def test_numbers_stand_there_as_wholes(text: str, volume: bool, page: bool) -> None:
    found = seen(text, ALBERT)
    assert (found.volume, found.page) == (volume, page)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Proc. Natl. Acad. Sci.", 1.0),
        ("Proceedings of the National Academy of Sciences", 1.0),
        ("Proc. Royal Soc.", 0.25),
        ("Nature", 0.0),
        ("", 0.0),
    ],
)
def test_containers_are_found_by_their_abbreviations(text: str, share: float) -> None:
    assert seen(f"{text} 85 (1961) 123", ALBERT).container == share


def test_the_words_of_the_title_are_no_container() -> None:
    work = replace(ALLISON, title="Comparing politics", container_title="Politics")
    assert seen("R. Allison, Comparing politics, 2018", work).container == 0.0


def test_what_the_record_does_not_have_is_strange() -> None:
    found = seen(f"{WHOLE} Reprinted in: Leviathan, 77, 1999.")
    assert found.strange_words == 2
    assert 0 < found.strange < 0.2
    assert 0 < found.strange_numbers < 0.5
    assert seen("[12] R. Allison, CJIP 11 (2018) 297").strange_numbers == 0.0  # the number of the entry is none of it


@pytest.mark.parametrize(
    "unit", ["alliance and security 12 ", "a- ", "<", "a", "1", "[1] ", "é", "Protective integration and ", "-\n"]
)
def test_long_strings_take_time_in_proportion(unit: str) -> None:
    """The people grow with the string: looking for each of them in all of it would be the square."""

    def both(length: int) -> tuple[str, Reference]:
        people = tuple(Name(family=f"Allison{number}") for number in range(length // 8))
        return (unit * length)[:length], replace(ALLISON, author=people)

    in_proportion(both, lambda both: traces(said(both[0]), both[1]), 2_500)


def test_long_records_take_time_in_proportion() -> None:
    def both(words: int) -> tuple[str, Reference]:
        text = " ".join(f"word{number}" for number in range(words))
        return text, replace(ALLISON, title=f"Another {text}", container_title=text, page=text, volume=text)

    in_proportion(both, lambda both: traces(said(both[0]), both[1]), 500)


@given(any_text(200), references())
def test_any_text_and_any_record_have_traces(text: str, work: Reference) -> None:
    found = seen(text, work)
    for share in (found.title, found.people, found.container, found.strange, found.strange_numbers):
        assert share is None or 0.0 <= share <= 1.0
    assert found.title_words >= 0
    assert found.strange_words >= 0
    assert found.year is None or found.year >= 0
    assert seen(text, work) == found
