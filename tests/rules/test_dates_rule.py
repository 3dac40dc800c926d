from __future__ import annotations

import pytest

from alliancebib.model import Origin, PartialDate, Reference
from alliancebib.rules.dates import apply


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2021-08-02", "2021-08-02"),
        ("2021-08-02T10:15:00Z", "2021-08-02"),
        ("12 August 2021", "2021-08-12"),
        ("August 12, 2021", "2021-08-12"),
        ("August 2021.", "2021-08"),
        ("(2021)", "2021"),
        ("3. März 2021", "2021-03-03"),
        ("1er août 2021", "2021-08-01"),
        ("12 мая 2023 г.", "2023-05-12"),
        ("12.05.2023", "2023-05-12"),
        ("31/12/2023", "2023-12-31"),
        ("Spring 2020", "2020-21"),
        ("2020, Autumn", "2020-23"),
        ("Frühjahr 2019", "2019-21"),
        ("c. 1990", "1990~"),
        ("2019-2020", "2019/2020"),
        ("2019–2021", "2019/2021"),
        ("12-14 May 2021", "2021-05-12/2021-05-14"),
        ("May–June 2021", "2021-05/2021-06"),
        ("2021-05-12/2021-05-14", "2021-05-12/2021-05-14"),
        ("28 May – 2 June 2021", None),
        ("12–14 мая 2023 г.", "2023-05-12/2023-05-14"),
        ("Spring 2020 – Winter 2021", "2020-21/2021-24"),
    ],
)
def test_words_that_are_dates_are_read(words: str, date: str | None) -> None:
    reference = Reference(issued=PartialDate(literal=words))
    tidy, findings = apply(reference)
    assert str(tidy.issued) == (date or words)
    assert findings == ()
    if date:
        assert tidy.issued
        assert tidy.issued.literal == ""
        assert tidy.provenance[-1].actor == "dates"


@pytest.mark.parametrize(
    "words", ["forthcoming", "n.d.", "02/08/2021", "30 February 2021", "2021-13", "Summit 2021", "", "May 2021 edition"]
)
def test_other_words_stay(words: str) -> None:
    reference = Reference(accessed=PartialDate(literal=words))
    assert apply(reference) == (reference, ())


@pytest.mark.parametrize(
    ("date", "word"),
    [
        (PartialDate(year=202), "before printing"),
        (PartialDate(year=2201), "future"),
        (PartialDate(year=2020, end=PartialDate(year=2200)), "future"),
        (PartialDate(year=2021, end=PartialDate(year=2020)), "ends before"),
        (PartialDate(year=2021, month=5, day=9, end=PartialDate(year=2021, month=5, day=3)), "ends before"),
        (PartialDate(year=2021, month=13), "calendar"),
        (PartialDate(literal="2021-2019"), "ends before"),
    ],
)
def test_impossible_dates_are_named_and_kept(date: PartialDate, word: str) -> None:
    tidy, [finding] = apply(Reference(id="a1", issued=date, origins=(Origin(page="x.txt", line=7),)))
    assert (finding.code, finding.reference, finding.origin.line) == ("AB206", "a1", 7)
    assert word in finding.message
    assert tidy.issued == date or tidy.issued == PartialDate(year=2021, end=PartialDate(year=2019))


@pytest.mark.parametrize(
    "reference",
    [
        Reference(kind="classic", issued=PartialDate(year=-400)),
        Reference(issued=PartialDate(year=2020, month=5, end=PartialDate(year=2020))),
        Reference(issued=PartialDate(year=2020, end=PartialDate())),
        Reference(issued=PartialDate(year=2020, season=4, end=PartialDate(year=2021, season=1))),
    ],
)
def test_possible_dates_are_not_named(reference: Reference) -> None:
    assert apply(reference) == (reference, ())
