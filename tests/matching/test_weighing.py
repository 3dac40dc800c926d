"""Fields are weighed by what data taught: more that agrees is more probable, and rivals make less sure."""

from __future__ import annotations

from msgspec.structs import replace

from alliancebib.matching import judge
from alliancebib.matching.languages import other_languages
from alliancebib.matching.pairs import pair_of
from alliancebib.matching.weighing import ALONE, BESIDE, facts_of, probabilities, settled
from alliancebib.model import Name, PartialDate, Reference

RECORD = Reference(
    kind="article-journal",
    title="Burden sharing among unequal allies in the new century",
    author=(Name(family="Novak", given="Petr"),),
    issued=PartialDate(year=2012),
    container_title="Conflict Management and Peace Science",
    volume="29",
    page="300-320",
    doi="10.5555/x",
)
OURS = replace(RECORD, doi="")


def sure(*records: Reference) -> float:
    facts = [facts_of(pair_of(OURS, record), contradicted=False) for record in records]
    return probabilities(facts)[0][1]


def test_every_fact_has_a_weight() -> None:
    facts = facts_of(pair_of(OURS, RECORD), contradicted=False)
    assert facts.keys() == ALONE.keys()
    assert settled(0.0, 0.0, facts).keys() == BESIDE.keys()


def test_what_differs_is_less_probable() -> None:
    stranger = replace(RECORD, author=(Name(family="Roe", given="Ann"),))
    elsewhere = replace(RECORD, volume="12", page="1-9")
    assert sure(RECORD) > 0.99
    assert sure(RECORD) > max(sure(stranger), sure(elsewhere), sure(replace(RECORD, title="Fish of the north")))


def test_a_rival_makes_less_sure() -> None:
    assert sure(RECORD, replace(RECORD, doi="10.5555/y")) < sure(RECORD)


def test_nothing_is_lost_where_a_sibling_is_refused() -> None:
    erratum = replace(RECORD, title=f"Erratum: {RECORD.title}", doi="10.5555/erratum")
    found = judge(OURS, [erratum, RECORD])
    assert found.accepted is RECORD
    assert [one.candidate for one in found.proposals] == [RECORD, erratum]
    assert found.proposals[1].reasons[0] == "only one is marked as erratum"


def test_languages_are_told_by_little_words_or_by_what_is_said() -> None:
    german = Reference(title="Die Lasten der Bündnisse im neuen Jahrhundert")
    bare = Reference(title="Bündnispolitik Russlands", language="de-DE")
    assert other_languages(german, RECORD)
    assert other_languages(bare, RECORD)
    assert not other_languages(replace(bare, language=""), RECORD)
    assert not other_languages(german, bare)
