"""A document that changes: what is put in, taken out or registered later shows at once, and only what it touches."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from alliancebib.csl import Processor, Style, load_style
from alliancebib.csl.citing import clusters, readings, registry
from alliancebib.errors import UnknownName, UsageError
from small_styles import book, name, style_of

TITLE = '<text variable="title"/>'
NOTES = (
    '<choose><if position="ibid"><text value="ibid"/></if><else-if position="subsequent"><text variable="title"/>'
    '<text value=" again"/></else-if><else><text variable="title"/></else></choose>'
)
YEARS = (
    '<group delimiter=" "><names variable="author"><name form="short" initialize-with=". " et-al-min="3"'
    ' et-al-use-first="1"/></names><date variable="issued"><date-part name="year"/></date>'
    '<choose><if disambiguate="true"><text variable="title"/></if></choose></group>'
)


def citation(id_: str, *ids: str, note: int = 0, **properties: object) -> dict[str, Any]:
    items = [{"id": one} for one in ids]
    return {"citationID": id_, "citationItems": items, "properties": {"noteIndex": note, **properties}}


def texts(processor: Processor) -> dict[str, str]:
    return {change.id: change.text for change in processor.citations()}


def titled(layout: str = TITLE, **more: str) -> Processor:
    processor = Processor(style_of(layout, TITLE, layout_attributes='delimiter="; "', **more))
    processor.register([book("a", title="alpha"), book("b", title="beta")])
    return processor


# what is registered after it is cited


def test_an_item_that_is_registered_after_it_was_cited_is_there() -> None:
    processor = titled()
    processor.insert(citation("1", "z"))
    assert (texts(processor), len(processor.bibliography())) == ({"1": ""}, 0)
    processor.register(book("z", title="omega"))
    assert texts(processor) == {"1": "omega"}
    assert [entry.text for entry in processor.bibliography()] == ["omega"]


def test_an_item_that_is_replaced_is_new_in_the_text_too() -> None:
    processor = titled()
    processor.insert(citation("1", "a"))
    processor.register(book("a", title="new"))
    assert texts(processor) == {"1": "new"}
    assert [entry.text for entry in processor.bibliography()] == ["new"]
    assert processor.insert(citation("2", "b"), before=[("1", 0)])[-1].text == "beta"


def test_a_citation_by_itself_may_cite_what_the_document_does_not() -> None:
    processor = titled()
    processor.insert(citation("1", "a"))
    assert processor.cite(["b"]) == "beta"
    assert processor.cite(["b", "a"]) == "beta; alpha"
    assert [entry.id for entry in processor.bibliography()] == ["a"]


def test_a_citation_by_itself_is_told_apart_from_the_document() -> None:
    processor = Processor(style_of(YEARS, YEARS, citation_attributes='disambiguate-add-year-suffix="true"'))
    processor.register([book(id_, author=[name("Doe", "J.")], issued=2000) for id_ in "ab"])
    processor.insert(citation("1", "a"))
    assert texts(processor) == {"1": "Doe 2000"}
    assert processor.cite(["b"]) == "Doe 2000b"
    assert texts(processor) == {"1": "Doe 2000"}


def test_a_number_of_an_uncited_item_follows_those_of_the_document() -> None:
    processor = titled('<text variable="citation-number"/>')
    processor.insert(citation("1", "b"))
    assert (processor.cite(["b"]), processor.cite(["a"])) == ("1", "2")


# positions


def test_positions_follow_the_order_in_which_cites_are_printed() -> None:
    sort = '<key variable="title"/>'
    processor = titled(NOTES, style_attributes='class="note"', citation_sort=sort)
    processor.insert(citation("1", "b", "a", "b", note=1))
    assert texts(processor)["1"].lower() == "alpha; beta; ibid"
    processor.insert(citation("1", "b", "a", "b", note=1, unsorted=True))
    assert texts(processor)["1"].lower() == "beta; alpha; beta again"


def test_the_cite_before_a_citation_is_the_last_that_was_printed() -> None:
    processor = titled(NOTES, style_attributes='class="note"', citation_sort='<key variable="title"/>')
    processor.insert(citation("1", "a", note=1))
    processor.insert(citation("2", "b", "a", note=2), before=[("1", 1)])
    assert texts(processor)["2"].lower() == "ibid; beta"


# ids of citations


def test_a_citation_that_is_named_twice_stands_once() -> None:
    processor = titled(NOTES, style_attributes='class="note"')
    processor.insert(citation("1", "a", note=1))
    processor.insert(citation("2", "b", note=2), before=[("1", 1), ("1", 1)], after=[("1", 3)])
    assert list(texts(processor).items()) == [("1", "alpha"), ("2", "beta")]


@pytest.mark.parametrize("wrong", [citation("", "a"), {"citationItems": [{"id": "a"}]}])
def test_a_citation_of_a_document_needs_an_id(wrong: dict[str, Any]) -> None:
    processor = titled()
    with pytest.raises(UsageError, match="needs an id"):
        processor.insert(wrong)
    assert processor.citations() == ()


def test_a_neighbour_that_nobody_put_in_is_named_and_nothing_is_lost() -> None:
    processor = titled()
    processor.insert(citation("c1", "a"))
    for sides in ({"before": [("c2", 0)]}, {"after": [("c2", 0)]}):
        with pytest.raises(UnknownName, match="no citation `c2`"):
            processor.insert(citation("c3", "b"), **sides)
    assert texts(processor) == {"c1": "alpha"}


# taking out, and many at once


def test_a_citation_is_taken_out() -> None:
    processor = titled(NOTES, style_attributes='class="note"')
    processor.update([citation("1", "a", note=1), citation("2", "b", note=2), citation("3", "a", note=3)])
    assert texts(processor)["3"] == "alpha again"
    assert [(change.id, change.place, change.text) for change in processor.remove("1")] == [("3", 1, "alpha")]
    assert list(texts(processor)) == ["2", "3"]
    with pytest.raises(UnknownName, match="no citation `1`"):
        processor.remove("1")


def test_with_the_last_citation_gone_all_items_are_listed_again() -> None:
    processor = titled()
    processor.insert(citation("1", "a"))
    assert [entry.id for entry in processor.bibliography()] == ["a"]
    assert processor.remove("1") == ()
    assert [entry.id for entry in processor.bibliography()] == ["a", "b"]


def test_an_update_puts_all_citations_in_and_others_out() -> None:
    processor = titled()
    assert [change.text for change in processor.update([citation("1", "a"), citation("2", "b")])] == ["alpha", "beta"]
    changes = processor.update([citation("2", "b"), citation("3", "a"), citation("1", "b")])
    assert [(change.id, change.place, change.text) for change in changes] == [("3", 1, "alpha"), ("1", 2, "beta")]
    assert processor.update([]) == ()
    assert processor.citations() == ()


def test_an_update_is_made_whole_or_not_at_all() -> None:
    processor = titled()
    processor.insert(citation("1", "a"))
    with pytest.raises(UsageError, match="2 citations are called `2`"):
        processor.update([citation("2", "b"), citation("2", "a")])
    with pytest.raises(UsageError, match="list of citations"):
        processor.update(citation("2", "b"))  # type: ignore[arg-type]
    assert texts(processor) == {"1": "alpha"}


# the same whatever the way

PEOPLE = [name("Doe", "Jane"), name("Doe", "John"), name("Doe", "Karl"), name("Roe", "Ann"), name("Poe", "Eve")]
KEYS = '<key variable="author"/><key variable="issued" sort="descending"/><key variable="title"/>'
LETTERS = 'disambiguate-add-names="true" disambiguate-add-givenname="true" disambiguate-add-year-suffix="true"'
STYLES: dict[str, Callable[[], Style]] = {
    "apa": lambda: load_style("apa"),
    "ieee": lambda: load_style("ieee"),
    "chicago": lambda: load_style("chicago-notes-bibliography"),
    "mla": lambda: load_style("modern-language-association"),
    "by-cite": lambda: style_of(YEARS, YEARS, sort=KEYS, citation_sort=KEYS, citation_attributes=LETTERS),
    "numbers": lambda: style_of(
        f'<text variable="citation-number"/>{YEARS}',
        '<text variable="citation-number"/>',
        sort='<key variable="citation-number" sort="descending"/>',
        citation_attributes=LETTERS,
    ),
}


def made_item(dice: random.Random, id_: str) -> dict[str, Any]:
    author = dice.sample(PEOPLE, dice.randrange(4))
    return book(id_, author=author, issued=dice.choice([1999, 2000]), title=dice.choice("TUV"))


def made_citation(dice: random.Random, id_: str) -> dict[str, Any]:
    return citation(id_, *(dice.choice("abcdefghxy") for _ in range(dice.randint(1, 3))))


def change_something(
    dice: random.Random, processor: Processor, rows: list[dict[str, Any]], items: dict[str, dict[str, Any]], step: int
) -> None:
    """Insert, remove or replace a citation, or register an item; ``rows`` and ``items`` say how the document is now."""
    place = dice.randint(0, len(rows))
    kind = dice.choice(["insert", "insert", "insert", "remove", "replace", "register"])
    if kind == "register":
        item = made_item(dice, dice.choice("abcdefghx"))
        items[item["id"]] = item
        processor.register(item)
    elif kind == "remove" and rows:
        processor.remove(rows.pop(place % len(rows))["citationID"])
    else:
        new = made_citation(dice, f"c{step}")
        if kind == "replace" and rows:
            place %= len(rows)
            new["citationID"] = rows.pop(place)["citationID"]
        rows.insert(place, new)
        for note, row in enumerate(rows, 1):
            row["properties"]["noteIndex"] = note
        named = [(row["citationID"], row["properties"]["noteIndex"]) for row in rows]
        processor.insert(new, before=named[:place], after=named[place + 1 :])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("style", STYLES)
def test_a_document_that_grew_reads_like_one_that_was_opened(style: str, seed: int) -> None:
    dice = random.Random(f"{style} {seed}")
    sheet = STYLES[style]()
    processor = Processor(sheet)
    items = {id_: made_item(dice, id_) for id_ in "abcdefgh"}
    processor.register(items.values())
    rows: list[dict[str, Any]] = []
    for step in range(25):
        change_something(dice, processor, rows, items, step)
        if step % 4 == 0:
            fresh = Processor(sheet)
            fresh.register(items.values())
            fresh.update(rows)
            assert texts(processor) == texts(fresh)
            assert processor.bibliography().entries == fresh.bibliography().entries


# how much work it is


class Count:
    """Counts how often something is rendered."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: Counter[str] = Counter()
        for room, what in ((clusters, "render_all"), (readings, "render_all"), (registry, "sort_value")):
            monkeypatch.setattr(room, what, self._counted(f"{room.__name__} {what}", getattr(room, what)))

    def _counted(self, key: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any) -> Any:
            self.calls[key] += 1
            return function(*given)

        return counted

    def since(self, work: Callable[[], object]) -> int:
        """Give how much was rendered by some work."""
        self.calls.clear()
        work()
        return self.calls.total()


def document(style: str, count: int) -> tuple[Processor, Sequence[dict[str, Any]]]:
    processor = Processor(load_style(style))
    processor.register(
        [book(f"i{n}", author=[name(f"Name{n}", "A. B.")], issued=2000, title=f"T{n}") for n in range(count + 1)]
    )
    rows = [citation(f"c{n}", f"i{n}", note=n + 1) for n in range(count + 1)]
    processor.update(rows[:-1])
    return processor, rows


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-notes-bibliography"])
def test_one_more_citation_is_as_much_work_in_a_long_document_as_in_a_short_one(
    style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = Count(monkeypatch)
    work = {}
    for size in (5, 40):
        processor, rows = document(style, size)
        named = [(row["citationID"], row["properties"]["noteIndex"]) for row in rows[:-1]]
        work[size] = count.since(lambda: processor.insert(rows[-1], before=named))  # noqa: B023 - called at once
    assert work[40] == work[5] <= 4


def test_opening_a_document_renders_each_item_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count = Count(monkeypatch)
    assert count.since(lambda: document("apa", 40)) <= 3 * 40 + 3
