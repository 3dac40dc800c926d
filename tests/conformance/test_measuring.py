"""The measuring programs of this folder: what they make and how they judge, without any engine."""

from __future__ import annotations

import json
from pathlib import Path

import citeproc
import pytest
from lxml import etree

from conformance.differences import changes, classify
from conformance.every_style import LABELS, LOCATORS, ODD, clusters_of
from conformance.varied_items import CROSSREF, TABLES, crossref_items, ordinary_items, timing_items, varied_items

CSL_TYPES = 45


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ("A. B, 2001.", "A. B, 2001.", ""),
        ("“A,” B", "“A”, B", "quotes"),
        ("“A” B", '"A" B', "quotes"),
        ("A : B", "A\u202f: B", "space"),
        ("A b", "A B", "case"),
        ("A, B", "A B.", "punctuation"),
        ("A, b", "A B.", "case and punctuation"),
        ("A 2001. B", "A B 2001.", "words moved"),
        ("A, ed. B", "A, eds. B", "words"),
        ("", "A", "missing"),
        ("A", "", "too many"),
    ],
)
def test_classes_of_difference(ours: str, theirs: str, kind: str) -> None:
    assert classify(ours, theirs) == kind


def test_a_label_is_no_difference_of_words_where_the_order_differs() -> None:
    assert classify("[3] A", "[12] A", same_order=False) == "label"
    assert classify("[3] A", "[12] A") == "words"
    assert classify("[3] A", "[12] B", same_order=False) == "words"


def test_changes_are_aligned_and_masked() -> None:
    item = {
        "id": "a",
        "type": "book",
        "title": "On Peace",
        "author": [{"family": "Smith", "given": "Jo"}],
        "volume": "7",
    }
    ours = "Smith, Jo, ed. On Peace. Vol 7."
    theirs = "Smith, Jo, eds. War. Vol."
    assert [str(change) for change in changes(ours, theirs, item)] == [
        "` ed.` -> ` eds.`",
        "` {title}.` -> ` War.`",
        "`… {volume}.` -> `….`",
    ]


def test_equal_texts_have_no_changes() -> None:
    assert changes("A b.", "A b.", {}) == []


def test_made_items_have_all_types_and_are_always_the_same() -> None:
    items = varied_items(CSL_TYPES, seed=3)
    assert len({item["type"] for item in items}) == CSL_TYPES
    assert items == varied_items(CSL_TYPES, seed=3) != varied_items(CSL_TYPES, seed=4)
    assert varied_items(10, seed=3) == items[:10]


def test_the_types_are_those_of_the_schema() -> None:
    values = etree.parse(citeproc.SCHEMA_PATH).findall(".//{*}value")
    assert set(TABLES["fields"]) <= {value.text for value in values}
    assert {item["type"] for item in ordinary_items()} <= set(TABLES["fields"])


@pytest.mark.parametrize("wanted", ["non-dropping-particle", "dropping-particle", "suffix", "comma-suffix", "literal"])
def test_many_items_have_every_trap_of_names(wanted: str) -> None:
    assert any(wanted in name for item in varied_items(300) for name in item.get("author", ()))


def test_many_items_have_every_trap_of_dates() -> None:
    dates = [item["issued"] for item in varied_items(600) if "issued" in item]
    assert {name for date in dates for name in date} == {"date-parts", "season", "circa", "literal", "raw"}
    assert {len(date["date-parts"]) for date in dates if "date-parts" in date} == {1, 2}
    assert any(int(date["date-parts"][0][0]) < 0 for date in dates if "date-parts" in date)


@pytest.mark.parametrize("items", [ordinary_items(), varied_items(200), timing_items(50), ODD])
def test_ids_are_unique(items: list[dict[str, object]]) -> None:
    assert len({item["id"] for item in items}) == len(items)
    assert json.loads(json.dumps(items)) == items


def test_real_records_become_items() -> None:
    if not Path(CROSSREF).exists():
        pytest.skip("shared/data/crossref is not beside this repository")
    items = crossref_items(200)
    assert {item["type"] for item in items} <= set(TABLES["fields"])
    assert sum(isinstance(item.get("title"), str) for item in items) > 150


def test_clusters_cite_every_item_and_use_every_label() -> None:
    items = varied_items(80)
    cites = [cite for cluster in clusters_of(items)[:-1] for cite in cluster]
    assert [cite["id"] for cite in cites] == [item["id"] for item in items]
    assert {cite["label"] for cite in cites} == set(LABELS)
    assert {cite["locator"] for cite in cites} == set(LOCATORS)
