"""The door of the processor: what it accepts, what it refuses in one sentence, what it noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from alliancebib import csl
from alliancebib.csl import Cite, Processor, load_style
from alliancebib.errors import UnknownName, UsageError
from alliancebib.model import Name, Reference
from small_styles import book, style_of, style_xml

TITLE = '<text variable="title"/>'


def processor(layout: str = TITLE) -> Processor:
    made = Processor(style_of(layout, layout, layout_attributes='delimiter="; "'))
    made.register([book("a", title="alpha"), book("b", title="beta"), book("7", title="seven")])
    return made


# what is accepted


@pytest.mark.parametrize("cite", ["a", Cite(id="a"), {"id": "a"}, ["a"], ("a",), iter(["a"])])
def test_a_cite_may_come_alone(cite: Any) -> None:
    assert processor().cite(cite) == "alpha"


def test_ids_may_be_numbers_as_in_csl_json() -> None:
    made = processor()
    made.register({"id": 8, "title": "eight"})
    assert made.cite([7, {"id": 8}]) == "seven; eight"


def test_an_item_may_come_alone() -> None:
    made = Processor(style_of())
    made.register(book("a", title="alpha"))
    made.register(Reference(id="r", title="ref"))
    assert made.cite(["a", "r"]) == "alpharef"


def test_a_style_may_come_by_name_or_as_a_file(tmp_path: Path) -> None:
    file = tmp_path / "small.csl"
    file.write_text(style_xml(), encoding="utf-8")
    for style in ("apa", load_style("apa"), file):
        made = Processor(style)
        made.register(book("a", title="alpha", issued=2000))
        assert "lpha" in made.cite("a")
    with pytest.raises(UnknownName, match="apaa"):
        Processor("apaa")


@pytest.mark.parametrize(("locale", "word"), [("de_DE", "und"), ("DE", "und"), ("fr", "et"), ("", "and")])
def test_languages_go_by_the_names_that_people_write(locale: str, word: str) -> None:
    made = Processor(style_of('<text term="and"/>'), locale=locale)
    made.register(book("a"))
    assert made.cite("a") == word


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(UnknownName, match="no locale `german`"):
        Processor(style_of(), locale="german")


def test_a_style_in_a_language_of_its_own_is_in_english() -> None:
    style = style_of('<text term="and"/>', style_attributes='default-locale="gx"')
    for locale in ("", "gx"):
        made = Processor(style, locale=locale)
        made.register(book("a"))
        assert made.cite("a") == "and"


# what is refused


@pytest.mark.parametrize("wrong", [[None], None, ["a", 1.5], [["a"]], 3.5, [object()]])
def test_what_is_no_cite_is_refused_in_one_sentence(wrong: Any) -> None:
    with pytest.raises(UsageError, match=r"ids? of (an item|items) or"):
        processor().cite(wrong)


@pytest.mark.parametrize("wrong", [[None], "a", ["a"], [7], [[]]])
def test_what_is_no_item_is_refused_and_nothing_registered(wrong: Any) -> None:
    made = processor()
    with pytest.raises(UsageError, match=r"a mapping in the shape of CSL-JSON or a `Reference`"):
        made.register([book("x", title="x"), *wrong])
    assert made.cite("x") == ""


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (None, "A citation is a `Citation` or a mapping"),
        ("c1", "A citation is a `Citation` or a mapping"),
        ({"citationID": "1", "citationItems": "a"}, "`citationItems` is a list of cites"),
        ({"citationID": "1", "citationItems": {"id": "a"}}, "`citationItems` is a list of cites"),
        ({"citationID": "1", "citationItems": [None]}, "A cite is"),
    ],
)
def test_what_is_no_citation_is_refused_in_one_sentence(wrong: Any, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        processor().insert(wrong)


@pytest.mark.parametrize("wrong", [["c1"], ["ab"], [("c1",)], [None]])
def test_neighbours_without_notes_are_refused_in_one_sentence(wrong: Any) -> None:
    with pytest.raises(UsageError, match="is named with its note"):
        processor().insert({"citationID": "1", "citationItems": [{"id": "a"}]}, before=wrong)


@pytest.mark.parametrize("wrong", [None, 7, b"<style/>"])
def test_what_is_no_style_is_refused_in_one_sentence(wrong: Any) -> None:
    with pytest.raises(UsageError, match="A style is what `load_style` gives"):
        Processor(wrong)


# what was noticed


def test_unknown_items_are_named_by_changes_and_by_the_bibliography() -> None:
    made = processor()
    (change,) = made.insert({"citationID": "1", "citationItems": [{"id": "typo"}, {"id": "a"}, {"id": "typo"}]})
    assert (change.text, change.unknown) == ("alpha", ("typo",))
    assert made.unknown(["a", "typo", "b", "other"]) == ("typo", "other")
    (finding,) = made.bibliography().findings
    assert (finding.code, finding.reference) == ("AB603", "typo")
    made.register(book("typo", title="now there"))
    assert made.bibliography().findings == ()
    assert made.citations()[0].unknown == ()


def test_items_of_which_nothing_is_printed_are_named() -> None:
    made = processor('<text variable="publisher"/>')
    book_ = made.bibliography()
    assert [(finding.code, finding.reference) for finding in book_.findings] == [
        ("AB601", "a"),
        ("AB601", "b"),
        ("AB601", "7"),
    ]
    assert len(book_) == 0


def test_doubled_and_missing_ids_are_noticed() -> None:
    made = Processor(style_of("", TITLE))
    found = made.register([book("a", title="one"), book("a", title="two"), {"title": "no id"}, {"title": "none"}])
    assert [(finding.code, finding.message) for finding in found] == [
        ("AB604", "2 items are called `a`; the last of them stands."),
        ("AB604", "An item was registered without an id; nothing can cite it."),
    ]
    assert made.bibliography().findings == found
    assert made.register(book("a", title="three")) == ()
    assert [finding.reference for finding in made.bibliography().findings] == [""]


def test_a_bibliography_is_counted_and_walked_like_a_list() -> None:
    listed = processor().bibliography()
    assert (len(listed), [entry.id for entry in listed]) == (3, ["a", "b", "7"])


# references


def test_references_are_cited_by_key_or_id() -> None:
    made = processor()
    made.register([Reference(id="x1", key="doe2000", title="On War", author=(Name(family="Doe"),))])
    assert made.cite("x1") == made.cite("doe2000") == "On War"
    made.update([{"citationID": "1", "citationItems": [{"id": "x1"}, {"id": "a"}, {"id": "doe2000"}]}])
    assert made.citations()[0].text == "On War; alpha; On War"
    assert [entry.id for entry in made.bibliography()] == ["doe2000", "a"]


def test_a_reference_that_is_registered_later_is_found_by_its_id() -> None:
    made = processor()
    made.insert({"citationID": "1", "citationItems": [{"id": "x1"}]})
    made.register(Reference(id="x1", key="doe2000", title="On War"))
    assert made.citations()[0].text == "On War"
    assert made.bibliography().findings == ()


def test_two_references_of_one_key_are_noticed() -> None:
    (finding,) = processor().register([Reference(id="x", key="k", title="A"), Reference(id="y", key="k", title="B")])
    assert (finding.code, finding.reference) == ("AB604", "k")


def test_every_type_that_the_face_gives_is_exported() -> None:
    made = processor()
    (change,) = made.insert({"citationID": "1", "citationItems": [{"id": "a"}]})
    book_ = made.bibliography(labels=True)
    for value in (change, book_, book_.layout, book_.entries[0], book_.entries[0].runs[0]):
        assert getattr(csl, type(value).__name__) is type(value)
        assert type(value).__name__ in csl.__all__
