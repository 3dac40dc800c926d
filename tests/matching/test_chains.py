"""Chains: a third reference that leaves out what two others contradict each other in does not bring them together."""

from __future__ import annotations

from itertools import permutations

import msgspec
import pytest

from alliancebib.library import Library
from alliancebib.matching import find_clusters
from alliancebib.model import Name, PartialDate, Reference
from growth import in_proportion

HEADLINE = "Ministers of the alliance agree on joint manoeuvres in the mountains"


def news(identity: str, **fields: object) -> Reference:
    return Reference(id=identity, kind="article-newspaper", title=HEADLINE, **fields)  # type: ignore[arg-type]


def book(identity: str, **fields: object) -> Reference:
    given: dict[str, object] = {
        "title": "Alliance politics between the wars and after",
        "author": (Name(family="Smith", given="Jane"),),
        "issued": PartialDate(year=2004),
        "publisher": "Some Press",
        **fields,
    }
    return Reference(id=identity, kind="book", **given)  # type: ignore[arg-type]


def article(identity: str, container: str, volume: str, page: str) -> Reference:
    return Reference(
        id=identity,
        kind="article-journal",
        title="Why small states join alliances and why they leave them again",
        author=(Name(family="Smith", given="Jane"),),
        issued=PartialDate(year=2004),
        container_title=container,
        volume=volume,
        page=page,
    )


def by(identity: str, *people: tuple[str, str], title: str = "Songs of the sea and of the sky") -> Reference:
    authors = tuple(Name(family=family, given=given) for family, given in people)
    whole = article(identity, "Annals of Song", "62", "")
    return msgspec.structs.replace(whole, title=title, author=authors)


CHAINS = [
    [by("1", ("Lee", "J. K.")), by("2", ("Lee", "J.")), by("3", ("Lee", "J. H."))],
    [
        by("1", ("Li", "W."), ("Zhang", "Y.")),
        by("2", ("Li", "W.")),
        by("3", ("Li", "W."), ("Wang", "Q.")),
    ],
    [
        by("1", ("Lee", "J."), title="Therapy of HER2+ tumours of the breast"),
        by("2", ("Lee", "J."), title="Therapy of HER2 tumours of the breast"),
        by("3", ("Lee", "J."), title="Therapy of HER2- tumours of the breast"),
    ],
    [news("1", container_title="TASS"), news("2"), news("3", container_title="Reuters")],
    [news("1", url="https://one.example.org/a"), news("2"), news("3", url="https://two.example.net/b")],
    [
        news("1", issued=PartialDate(year=2023, month=5, day=1)),
        news("2", issued=PartialDate(year=2023)),
        news("3", issued=PartialDate(year=2023, month=9, day=1)),
    ],
    [
        news("1", issued=PartialDate(year=2023, month=5)),
        news("2", issued=PartialDate(year=2023)),
        news("3", issued=PartialDate(year=2023, month=9, day=1)),
    ],
    [book("1", isbn="9780674537514"), book("2"), book("3", isbn="9780801494185")],
    [
        book("1", extra={"number-of-volumes": "3"}),
        book("2", publisher="Some Press Ltd"),
        book("3", volume="2", extra={"number-of-volumes": "3"}),
    ],
    [article("1", "Survival", "39", "156-179"), article("2", "", "", ""), article("3", "World Politics", "12", "1-9")],
    [
        article("1", "Survival", "39", "156-179"),
        article("2", "Survival", "39", ""),
        article("3", "Survival", "39", "1-9"),
    ],
    [article("1", "Survival", "39", ""), article("2", "Survival", "", ""), article("3", "Survival", "41", "")],
    [
        article("1", "Proceedings of the 5th congress", "", ""),
        article("2", "Proceedings of the congress", "", ""),
        article("3", "Proceedings of the 6th congress", "", ""),
    ],
]


@pytest.mark.parametrize("chain", CHAINS)
def test_the_ends_of_a_chain_stay_apart_in_any_order(chain: list[Reference]) -> None:
    found = set()
    for order in permutations(chain):
        clusters = find_clusters(Library(order))
        assert not any({"1", "3"} <= set(cluster) for cluster in clusters.clusters)
        assert len(clusters.clusters) + len(clusters.review) >= 1
        found.add(frozenset(map(frozenset, clusters.clusters)))
    assert len(found) == 1


def test_a_line_with_an_address_goes_to_the_outlet_of_that_site() -> None:
    chain = [
        news("agency", container_title="TASS"),
        news("page", url="https://tass.com/world/12345"),
        news("paper", container_title="The Daily Mirror"),
    ]
    for order in permutations(chain):
        found = find_clusters(Library(order))
        assert [set(cluster) for cluster in found.clusters] == [{"agency", "page"}]
        assert found.review


def test_a_set_of_volumes_is_none_of_its_volumes() -> None:
    library = Library([book("1", extra={"number-of-volumes": "3"}), book("2", volume="2")])
    assert find_clusters(library).clusters == ()


def test_one_work_in_many_spellings_takes_no_ruling_for_each_pair() -> None:
    def made(count: int) -> Library:
        return Library(
            book(str(number), publisher=f"Some Press {number}", isbn="9780674537514") for number in range(count)
        )

    in_proportion(made, find_clusters, 40)
    assert len(find_clusters(made(40)).clusters) == 1
