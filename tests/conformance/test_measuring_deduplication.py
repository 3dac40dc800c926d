"""The measuring of deduplication: records that are made, their truth, scores and rows, without any program run."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from typing import Any

import pytest
from rapidfuzz.fuzz import partial_ratio as ratio

from alliancebib.csl.items import from_csl
from benchmarks.deduplication import Score, exponent, judge_pairs, score
from benchmarks.deduplication_jobs import Given, row_of
from benchmarks.made_records import made_records, name_of, truth_of

COUNT = 1_500
#: What every change leaves as it is, in these types of records.
KEPT = {"article-journal": ("type", "volume"), "article-newspaper": ("type", "container-title"), "book": ("type",)}


@pytest.fixture(scope="module")
def made() -> list[dict[str, Any]]:
    return list(made_records(COUNT))


def test_the_same_seed_makes_the_same_records(made: list[dict[str, Any]]) -> None:
    assert list(islice(made_records(10 * COUNT), 50)) == made[:50]
    assert list(made_records(50, seed=2)) != made[:50]
    assert [record["id"] for record in made] == [name_of(number) for number in range(COUNT)]
    assert json.loads(json.dumps(made)) == made


def test_a_fifth_are_copies_of_earlier_works_and_stay_recognisable(made: list[dict[str, Any]]) -> None:
    truth = truth_of(COUNT)
    assert list(truth) == [record["id"] for record in made]
    by_id = {record["id"]: record for record in made}
    copies = [(by_id[one], by_id[work]) for one, work in truth.items() if one != work]
    assert 0.17 < len(copies) / COUNT < 0.23
    assert all(truth[work["id"]] == work["id"] for _, work in copies)
    for copy, work in copies:
        assert int(copy["id"][1:]) > int(work["id"][1:])
        assert [copy[field] for field in KEPT[work["type"]]] == [work[field] for field in KEPT[work["type"]]]
        assert abs(copy["issued"]["date-parts"][0][0] - work["issued"]["date-parts"][0][0]) <= 1
        assert set(copy) <= set(work)
        assert ratio(copy["title"].casefold(), work["title"].casefold()) > 75
    assert sum({**copy, "id": ""} == {**work, "id": ""} for copy, work in copies) < len(copies) / 10


def test_made_records_are_as_unequal_as_real_ones(made: list[dict[str, Any]]) -> None:
    types = Counter(record["type"] for record in made)
    assert 0.08 < types["article-newspaper"] / COUNT < 0.12
    assert 0.03 < types["book"] / COUNT < 0.07
    articles = [record for record in made if record["type"] == "article-journal"]
    assert 0.5 < sum("DOI" in record for record in articles) / len(articles) < 0.75
    assert 0.4 < sum("abstract" in record for record in articles) / len(articles) < 0.55
    names = Counter(who["family"] for record in made for who in record.get("author", ()))
    assert names.most_common(1)[0][1] > 5 * names.total() / len(names)


def test_made_records_are_valid_in_every_field(made: list[dict[str, Any]]) -> None:
    for record in made[:300]:
        reference, findings = from_csl(record)
        assert findings == ()
        assert bool(reference.doi) == ("DOI" in record)
        assert bool(reference.isbn) == ("ISBN" in record)
        assert bool(reference.url) == ("URL" in record)


def test_scores_over_closed_clusters() -> None:
    truth = {"a": "a", "b": "a", "c": "a", "d": "d", "e": "e"}
    assert score(truth, [["a", "b", "c"]]) == Score(precision=1, recall=1, lost=0)
    assert score(truth, []) == Score(precision=1, recall=0, lost=0)
    assert score(truth, [["a", "b", "d", "e"]]) == Score(precision=1 / 6, recall=1 / 3, lost=2)
    assert score(truth, []).f1 == 0
    assert score(truth, [["a", "b", "d", "e"]]).f1 == pytest.approx(2 / 9)


def test_pairs_are_judged_one_by_one() -> None:
    pairs = [
        {"label": label, "a": {"id": f"{number}a"}, "b": {"id": f"{number}b"}}
        for number, label in enumerate(["different", "different", "same", "same", "same"])
    ]
    assert judge_pairs(pairs, [["0a", "0b"], ["3b", "3a"]]) == {"different": (1, 2), "same": (2, 3)}


def test_the_exponent_is_that_of_the_growth() -> None:
    assert exponent((1_000, 0.5), (10_000, 5.0)) == pytest.approx(1)
    assert exponent((1_000, 0.5), (10_000, 50.0)) == pytest.approx(2)


def test_records_become_rows_of_the_peer() -> None:
    record = {
        "id": "x",
        "type": "chapter",
        "title": "T",
        "author": [{"family": "Smith", "given": "J."}, {"family": "Li"}, {"literal": "The Body"}],
        "issued": {"date-parts": [[2001, 5]]},
        "container-title": "Book",
        "page": "1-2",
    }
    row = row_of(record)
    assert row["author"] == "Smith, J. and Li and The Body"
    assert (row["ENTRYTYPE"], row["journal"], row["booktitle"]) == ("inbook", "", "Book")
    assert (row["year"], row["pages"], row["doi"], row["abstract"]) == ("2001", "1-2", "", "")


def test_what_is_given_is_given_once() -> None:
    assert list(Given([{"id": "a"}, {"id": "b"}])) == [{"id": "a"}, {"id": "b"}]
