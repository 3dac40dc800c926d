"""Which work does a string mean? The right record is the most probable one, and another one is never certain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliancebib.matching import judge
from alliancebib.matching.recognition import ALONE, BESIDE, facts_of, recognise, settled
from alliancebib.matching.traces import said, traces
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.parsers import parse_reference
from strategies import any_text, references, sensible_references

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
NEXT = replace(
    ALLISON,
    title="Regionalism and Alliances in Central Asia",
    author=(Name(family="Aris", given="Stephen"),),
    page="339-360",
    doi="10.5555/next",
)
ERRATUM = replace(ALLISON, title=f"Erratum to: {ALLISON.title}", page="480", doi="10.5555/erratum")
BOOK = Reference(
    kind="chapter",
    title="Collective Security Treaty Organization",
    author=(Name(family="Sakhariyev", given="S."),),
    issued=PartialDate(year=2022),
    container_title="International Conflict and Security Law",
    page="609-618",
    doi="10.5555/chapter",
)
OTHERS = [NEXT, BOOK]

STRINGS = {
    "APA": """Allison, R. (2018). Protective integration and security policy coordination: Comparing the SCO and CSTO.
        The Chinese Journal of International Politics, 11(3), 297-338.""",
    "abbreviated": """1. Allison R. Protective integration and security policy coordination: comparing the SCO and CSTO.
        Chin J Int Polit. 2018;11(3):297-338.""",
    "cut": """Allison, Roy. "Protective integration and security policy coordination." Chinese Journal of International
        Politics 11 (2018): 297.""",
    "misread": """AUison, R. (2018). Prolective integration and secuiity policy coordin- ation: Comparing the SCO and
        CSTO. The Chinese Joumal of International Politics, ll(3), 297-338.""",
    "scrambled": """Allison, Roy. CSTO and coordination the SCO Comparing policy security and integration Protective.
        The Chinese Journal of International Politics. 2018. 11. 3. 297-338""",
    "without title": "[7] R. Allison, Chin. J. Int. Polit. 11 (2018) 297.",
    "title, author and year alone": """Roy Allison, Protective integration and security policy coordination: comparing
        the SCO and CSTO, 2018""",
}


@pytest.mark.parametrize("form", STRINGS)
def test_the_work_is_recognised(form: str) -> None:
    best, *rest = recognise(STRINGS[form], [*OTHERS, ALLISON])
    assert best.candidate is ALLISON
    assert best.probability >= 0.8
    assert all(one.probability < 0.2 for one in rest)
    assert "the first author is there" in best.reasons or form == "misread"


@pytest.mark.parametrize("form", STRINGS)
def test_a_work_that_is_not_among_the_candidates_is_not_replaced(form: str) -> None:
    assert all(one.probability < 0.5 for one in recognise(STRINGS[form], OTHERS))


@pytest.mark.parametrize(
    "text",
    [
        "Aris, S. (2018). Collective security in Central Asia. Chinese Journal of International Politics, 11(3), 1-20.",
        "Allison, R. (2004). Regionalism, regional structures and security management in Central Asia. Int. Aff., 80.",
        "Protective factors in integration policy. 2018",
        "The Chinese Journal of International Politics, 11(3), 2018",
        "Allison",
        "",
    ],
)
def test_another_work_is_not_taken_for_it(text: str) -> None:
    assert all(one.probability < 0.5 for one in recognise(text, [ALLISON, *OTHERS]))


def test_two_records_that_are_equal_are_less_sure_than_one() -> None:
    twin = replace(ALLISON, doi="10.5555/twin")
    alone, together = recognise(STRINGS["APA"], [ALLISON]), recognise(STRINGS["APA"], [ALLISON, twin])
    assert together[0].probability < alone[0].probability
    assert {one.probability for one in together} == {together[0].probability}


def test_an_erratum_is_another_work() -> None:
    line = " ".join(STRINGS["APA"].split())
    found = judge(parse_reference(line), [ERRATUM], threshold=0.8)
    assert found.accepted is None
    assert judge(parse_reference(line), [ERRATUM, ALLISON], threshold=0.8).accepted is ALLISON


@pytest.mark.parametrize("title", ["Book Reviews : World Government", "Erratum to: World Government and its enemies"])
def test_a_mark_that_stands_in_the_string_is_no_veto(title: str) -> None:
    work = replace(ALLISON, title=title, doi="10.5555/review")
    line = f"Allison, R.. {title}. The Chinese Journal of International Politics. 2018. 11. 3. 297-338"
    assert judge(parse_reference(line), [work], threshold=0.8).accepted is work


def test_what_speaks_against_it_is_said_in_words() -> None:
    (found,) = recognise("Aris, S. Another title of words that nobody knows. Leviathan, 2016", [ALLISON])
    assert "its title does not stand there" in found.reasons
    assert "the first author is not there" in found.reasons
    assert "the year is 2 off" in found.reasons
    assert "the volume is not there" in found.reasons
    assert any(reason.endswith("words that its record does not have") for reason in found.reasons)
    (one,) = recognise(f"{STRINGS['APA']} Leviathan", [ALLISON])
    assert "1 word that its record does not have" in one.reasons


def test_what_is_weighed_has_a_weight() -> None:
    found = traces(said(STRINGS["APA"]), ALLISON)
    assert facts_of(found).keys() == ALONE.keys()
    assert settled(1.0, 1.0, found).keys() == BESIDE.keys()


@given(any_text(120), st.lists(references() | sensible_references(), max_size=4), st.randoms())
def test_any_text_and_any_records_in_any_order(text: str, works: list[Reference], order: object) -> None:
    works = [replace(work, doi=f"10.5555/{number}") for number, work in enumerate(works)]
    found = recognise(text, works)
    assert all(0.0 <= one.probability <= 1.0 for one in found)
    assert len(found) == len(works)
    shuffled = list(works)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert recognise(text, shuffled) == found
