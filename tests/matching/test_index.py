"""Which pairs are looked at: all that share a key, each once; in large blocks those that stand near each other."""

from __future__ import annotations

from itertools import combinations

from msgspec.structs import replace

from alliancebib.library import Library
from alliancebib.matching import find_clusters
from alliancebib.matching.forms import Forms, form_of, order_of
from alliancebib.matching.index import LARGEST_BLOCK, WINDOW, Index, pairs_of_block
from alliancebib.matching.keys import keys_of
from alliancebib.model import Name, PartialDate, Reference
from growth import in_proportion

ARTICLE = Reference(
    kind="article-journal",
    title="Why alliances endure or collapse in the long run",
    author=(Name(family="Smith", given="John"),),
    issued=PartialDate(year=1997),
    container_title="Survival",
    volume="39",
    page="156-179",
)


def copies(count: int) -> list[Forms]:
    """Give forms that differ in what no key holds."""
    return [form_of(replace(ARTICLE, issue=str(number))) for number in range(count)]


def indexed(all_forms: list[Forms]) -> tuple[Index, list[int]]:
    index = Index()
    return index, [index.add(forms) for forms in all_forms]


def test_a_small_block_gives_all_pairs_once() -> None:
    index, numbers = indexed(copies(LARGEST_BLOCK))
    assert sorted(index.pairs(set(numbers))) == list(combinations(numbers, 2))
    assert list(index.pairs(set(numbers))) == []


def test_what_is_added_later_is_paired_with_what_was_there() -> None:
    index, numbers = indexed(copies(4))
    assert len(list(index.pairs(set(numbers)))) == 6
    later = index.add(form_of(replace(ARTICLE, issue="9")))
    among = {1, 2, later}
    assert sorted(index.pairs(among)) == [(1, later), (2, later)]
    index.restart()
    assert sorted(index.pairs(among)) == [(1, 2), (1, later), (2, later)]


def test_a_merged_reference_that_is_like_an_earlier_one_is_looked_at_again() -> None:
    index, numbers = indexed(copies(4))
    list(index.pairs(set(numbers)))
    assert index.add(form_of(replace(ARTICLE, issue="1"))) == 1
    assert sorted(index.pairs({0, 1, 3})) == [(0, 1), (1, 3)]
    assert list(index.pairs({0, 1, 3})) == []


def test_what_differs_has_an_order_whoever_stands_first() -> None:
    edited = replace(ARTICLE, author=(), editor=ARTICLE.author)
    several = replace(ARTICLE, extra={"number-of-volumes": "2"})
    ordered = [order_of(form_of(one)) for one in (ARTICLE, edited, several)]
    assert all(one != other for one, other in combinations(ordered, 2))
    assert sorted(ordered) == sorted([*ordered[1:], ordered[0]])


def test_of_a_large_block_everyone_has_neighbours() -> None:
    index, numbers = indexed(copies(5 * LARGEST_BLOCK))
    pairs = set(index.pairs(set(numbers)))
    assert {number for pair in pairs for number in pair} == set(numbers)
    assert len(pairs) <= WINDOW * len(numbers)


def test_a_large_block_of_which_little_is_left_is_no_window_any_more() -> None:
    index, numbers = indexed(copies(5 * LARGEST_BLOCK))
    list(index.pairs(set(numbers)))
    assert set(index.pairs({0, 100, 200})) == {(0, 100), (0, 200), (100, 200)}


def test_the_neighbours_in_a_large_block_do_not_depend_on_the_order() -> None:
    all_forms = copies(2 * LARGEST_BLOCK)
    turned = all_forms[::-1]

    def named(forms: list[Forms]) -> set[frozenset[str]]:
        return {frozenset((forms[a].issue, forms[b].issue)) for a, b in pairs_of_block(range(len(forms)), forms)}

    assert named(all_forms) == named(turned)


def test_equal_forms_have_one_number() -> None:
    index, numbers = indexed([form_of(ARTICLE), form_of(replace(ARTICLE, note="read")), form_of(ARTICLE)])
    assert numbers == [0, 0, 0]
    assert len(index.forms) == 1


def test_a_reference_has_few_keys_and_they_are_text() -> None:
    keys = keys_of(form_of(ARTICLE))
    assert 5 < len(keys) < 15
    assert all(isinstance(key, str) for key in keys)


def test_many_alike_are_clustered_in_proportion_to_their_number() -> None:
    def made(count: int) -> Library:
        titles = (f"Chronicle of the alliance, number {number}" for number in range(count))
        return Library(replace(ARTICLE, title=title, page="", volume="") for title in titles)

    in_proportion(made, find_clusters, 100)
