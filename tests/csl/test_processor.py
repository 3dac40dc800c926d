"""The public face: register, cite, insert, list; the same input gives the same output, whatever was done before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from alliancebib.csl import Citation, Cite, Processor, load_style
from alliancebib.csl.output.tree import Branch
from alliancebib.errors import UnknownName
from alliancebib.model import Name, Reference
from small_styles import book, entries, name, style_of

NOTE_LAYOUT = """
<choose>
  <if position="ibid-with-locator"><text value="ibid" suffix=" "/><text variable="locator"/></if>
  <else-if position="ibid"><text value="ibid"/></else-if>
  <else-if position="near-note"><text variable="title" form="short" suffix=" near "/>
    <text variable="first-reference-note-number"/></else-if>
  <else-if position="subsequent"><text variable="title" form="short" suffix=" far "/>
    <text variable="first-reference-note-number"/></else-if>
  <else><text variable="title"/></else>
</choose>"""
YEARS = (
    '<group delimiter=" "><names variable="author"><name form="short"/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
)
A, B = book("a", title="alpha", title_short="al"), book("b", title="beta", title_short="be")


def notes(distance: int = 2) -> Processor:
    attributes = {"style_attributes": 'class="note"', "layout_attributes": 'delimiter="; "'}
    style = style_of(NOTE_LAYOUT, citation_attributes=f'near-note-distance="{distance}"', **attributes)
    processor = Processor(style)
    processor.register([A, B])
    return processor


def citation(id_: str, note: int, *cites: str | dict[str, object]) -> dict[str, object]:
    items = [{"id": cite} if isinstance(cite, str) else cite for cite in cites]
    return {"citationID": id_, "citationItems": items, "properties": {"noteIndex": note}}


def put(processor: Processor, *rows: tuple[str, int, str]) -> dict[str, str]:
    """Insert citations of one item each behind one another, and give all texts."""
    before: list[tuple[str, int]] = []
    for id_, note, item in rows:
        processor.insert(citation(id_, note, item), before=before)
        before.append((id_, note))
    return {change.id: change.text.lower() for change in processor.citations()}


def test_cite_gives_the_text_of_one_citation_and_remembers_nothing() -> None:
    processor = Processor(style_of(layout_attributes='prefix="(" suffix=")" delimiter="; "'))
    processor.register([A, B])
    assert processor.cite(["b", Cite(id="a")]) == "(beta; alpha)"
    assert processor.cite([{"id": "a"}]) == "(alpha)"
    assert processor.citations() == ()


def test_a_cite_of_nothing_known_is_empty() -> None:
    processor = Processor(style_of())
    processor.register([A])
    assert processor.cite(["missing"]) == ""
    assert processor.cite([]) == ""
    assert processor.cite(["missing", "a"]) == "alpha"


def test_the_same_id_again_replaces_the_item() -> None:
    processor = Processor(style_of("", '<text variable="title"/>'))
    processor.register([A, B])
    processor.register([book("a", title="new")])
    assert processor.cite(["a"]) == "new"
    assert [entry.text for entry in processor.bibliography().entries] == ["new", "beta"]


def test_references_are_items_too() -> None:
    processor = Processor(style_of('<names variable="author"/><text variable="title" prefix=", "/>'))
    processor.register([Reference(id="r", kind="book", title="On War", author=(Name(family="Clausewitz"),))])
    assert processor.cite(["r"]) == "Clausewitz, On War"


def test_prefix_suffix_and_locator_of_a_cite() -> None:
    layout = '<group delimiter=", "><text variable="title"/><group delimiter=" ">'
    layout += '<label variable="locator" form="short"/><text variable="locator"/></group></group>'
    processor = Processor(style_of(layout))
    processor.register([A])
    assert processor.cite([{"id": "a", "locator": "5", "label": "page"}]) == "alpha, p. 5"
    assert processor.cite([{"id": "a", "locator": "5-7", "label": "page"}]).startswith("alpha, pp. 5")
    assert processor.cite([{"id": "a", "locator": "2", "label": "chapter"}]) == "alpha, chap. 2"
    assert processor.cite([{"id": "a", "prefix": "see ", "suffix": " and more"}]) == "see alpha and more"


def test_ibid_subsequent_and_note_numbers() -> None:
    texts = put(notes(), ("1", 1, "a"), ("2", 2, "a"), ("3", 3, "b"), ("4", 4, "a"), ("5", 9, "b"))
    assert texts == {"1": "alpha", "2": "ibid", "3": "beta", "4": "al near 1", "5": "be far 3"}


def test_near_note_counts_notes_up_to_the_distance() -> None:
    assert put(notes(2), ("1", 1, "a"), ("2", 2, "b"), ("3", 3, "a"))["3"] == "al near 1"
    assert put(notes(1), ("1", 1, "a"), ("2", 2, "b"), ("3", 3, "a"))["3"] == "al far 1"


@pytest.mark.parametrize(
    ("first", "second", "right"),
    [
        ("", "", "ibid"),
        ("", "7", "ibid 7"),
        ("7", "7", "ibid"),
        ("7", "8", "ibid 8"),
        ("7", "", "al near 1"),
    ],
)
def test_ibid_looks_at_locators(first: str, second: str, right: str) -> None:
    processor = notes()
    processor.insert(citation("1", 1, {"id": "a", "locator": first}))
    processor.insert(citation("2", 2, {"id": "a", "locator": second}), before=[("1", 1)])
    assert processor.citations()[1].text.lower() == right


def test_ibid_inside_one_citation_and_none_after_several_items() -> None:
    processor = notes()
    processor.insert(citation("1", 1, "a", "a", "b"))
    assert processor.citations()[0].text.lower() == "alpha; ibid; beta"
    processor.insert(citation("2", 2, "b"), before=[("1", 1)])
    assert processor.citations()[1].text.lower() == "be near 1"


def test_insert_between_tells_what_changed() -> None:
    processor = notes()
    put(processor, ("1", 1, "a"), ("3", 2, "a"))
    changes = processor.insert(citation("2", 2, "b"), before=[("1", 1)], after=[("3", 3)])
    assert [(change.id, change.place, change.text.lower()) for change in changes] == [
        ("2", 1, "beta"),
        ("3", 2, "al near 1"),
    ]


def test_insert_with_a_known_id_replaces() -> None:
    processor = notes()
    put(processor, ("1", 1, "a"), ("2", 2, "b"))
    changes = processor.insert(citation("2", 2, "a"), before=[("1", 1)])
    assert [(change.id, change.text.lower()) for change in changes] == [("2", "ibid")]
    assert [change.id for change in processor.citations()] == ["1", "2"]


def test_a_citation_on_neither_side_is_taken_out() -> None:
    processor = notes()
    put(processor, ("1", 1, "a"), ("2", 2, "a"))
    changes = processor.insert(citation("3", 1, "b"), after=[("2", 2)])
    assert [change.id for change in processor.citations()] == ["3", "2"]
    assert {change.id: change.text.lower() for change in changes} == {"3": "beta", "2": "alpha"}


def test_citation_objects_do_what_mappings_do() -> None:
    processor = notes()
    changes = processor.insert(Citation(id="1", cites=(Cite(id="a"),), note=1))
    assert [change.text.lower() for change in changes] == ["alpha"]


def test_year_suffixes_come_in_cites_and_entries() -> None:
    style = style_of(
        YEARS, YEARS, citation_attributes='disambiguate-add-year-suffix="true"', sort='<key variable="title"/>'
    )
    processor = Processor(style)
    author = [name("Doe", "J.")]
    processor.register([book(id_, author=author, issued=2000, title=title) for id_, title in [("x", "Z"), ("y", "A")]])
    assert (processor.cite(["x"]), processor.cite(["y"])) == ("Doe 2000b", "Doe 2000a")
    assert [(entry.id, entry.text) for entry in processor.bibliography().entries] == [
        ("y", "Doe 2000a"),
        ("x", "Doe 2000b"),
    ]


def test_one_item_alone_has_no_year_suffix() -> None:
    processor = Processor(style_of(YEARS, citation_attributes='disambiguate-add-year-suffix="true"'))
    processor.register([book("x", author=[name("Doe")], issued=2000), book("y", author=[name("Roe")], issued=2000)])
    assert processor.cite(["x"]) == "Doe 2000"


def test_layout_parameters() -> None:
    attributes = 'hanging-indent="true" line-spacing="2" entry-spacing="0"'
    processor = Processor(style_of("", '<text variable="title"/>', bibliography_attributes=attributes))
    processor.register([A])
    layout = processor.bibliography().layout
    assert (layout.hanging_indent, layout.line_spacing, layout.entry_spacing) == (True, 2, 0)
    plain = Processor(style_of("", '<text variable="title"/>')).bibliography().layout
    assert (plain.hanging_indent, plain.line_spacing, plain.entry_spacing, plain.second_field_align) == (
        False,
        1,
        1,
        "",
    )


def test_second_field_align_parts_the_first_field() -> None:
    style = style_of(
        "",
        '<text variable="citation-number" suffix=". "/><text variable="title"/>',
        bibliography_attributes='second-field-align="flush"',
    )
    processor = Processor(style, output="html")
    processor.register([book(str(number), title="T") for number in range(10)])
    done = processor.bibliography()
    assert done.layout.second_field_align == "flush"
    assert done.layout.max_offset == len("10. ")
    assert '<div class="csl-left-margin">10. </div>' in done.entries[9].text
    assert '<div class="csl-right-inline">T</div>' in done.entries[9].text


@pytest.mark.parametrize("output", ["text", "html", "latex"])
def test_labelled_runs_join_to_the_text(output: str) -> None:
    layout = (
        '<names variable="author" suffix=". "><name name-as-sort-order="all"/></names>'
        '<text variable="title" font-style="italic" suffix=". "/>'
        '<date variable="issued"><date-part name="year"/></date>'
    )
    processor = Processor(style_of("", layout), output=output)
    processor.register([book("a", author=[name("Doe", "Jane")], title="Tigers & lions", issued=2001)])
    (entry,) = processor.bibliography(labels=True).entries
    assert "".join(run.text for run in entry.runs) == "Doe, Jane. Tigers & lions. 2001"
    assert [(run.label, run.text) for run in entry.runs if run.label] == [
        ("author:family", "Doe"),
        ("author:given", "Jane"),
        ("title", "Tigers & lions"),
        ("issued:year", "2001"),
    ]
    if output == "text":
        assert entry.text == "".join(run.text for run in entry.runs)


def test_runs_of_one_line_join_to_its_text() -> None:
    layout = '<text value="A  B "/><text variable="publisher" display="block"/>'
    layout += '<text variable="DOI" prefix=" https://doi.org/"/>'
    processor = Processor(style_of("", layout), one_line=True)
    processor.register([book("a", publisher="P", DOI="10.1/x")])
    (entry,) = processor.bibliography(labels=True).entries
    assert entry.text == "A B P https://doi.org/10.1/x"
    assert "".join(run.text for run in entry.runs) == entry.text
    assert [run.label for run in entry.runs if run.label] == ["publisher", "DOI"]


def test_runs_are_only_there_when_asked_for() -> None:
    processor = Processor(style_of("", '<text variable="title"/>'))
    processor.register([A])
    assert processor.bibliography().entries[0].runs == ()


def test_a_style_without_bibliography_lists_nothing() -> None:
    processor = Processor(style_of())
    processor.register([A])
    assert processor.bibliography().entries == ()


def test_items_that_print_nothing_are_left_out_unless_asked_for() -> None:
    processor = Processor(style_of("", '<text variable="publisher"/>'))
    processor.register([A, book("c", publisher="P")])
    assert [entry.id for entry in processor.bibliography().entries] == ["c"]
    assert [(entry.id, entry.text) for entry in processor.bibliography(all_items=True).entries] == [
        ("a", ""),
        ("c", "P"),
    ]


def test_sort_and_keep_order() -> None:
    style = style_of("", '<text variable="title"/>', sort='<key variable="title"/>')
    for keep, right in ((False, ["alpha", "beta"]), (True, ["beta", "alpha"])):
        processor = Processor(style, keep_order=keep)
        processor.register([B, A])
        assert [entry.text for entry in processor.bibliography().entries] == right


def test_a_document_lists_what_it_cites() -> None:
    processor = Processor(style_of("", '<text variable="citation-number"/><text variable="title"/>'))
    processor.register([A, B])
    processor.insert(citation("1", 0, "b"))
    assert [entry.text for entry in processor.bibliography().entries] == ["1beta"]


def test_an_unknown_output_is_named() -> None:
    with pytest.raises(UnknownName, match="pdf"):
        Processor(style_of(), output="pdf")


@pytest.mark.parametrize(
    ("output", "right"),
    [
        ("text", "A & B"),
        ("html", "<i>A &amp; B</i>"),
        ("markdown", "*A & B*"),
        ("rst", ":emphasis:`A & B`"),
        ("latex", r"\textit{A \& B}"),
    ],
)
def test_outputs(output: str, right: str) -> None:
    layout = '<text variable="title" font-style="italic"/>'
    assert entries(layout, [book("a", title="A & B")], output=output) == [right]


def test_the_language_of_the_style_and_of_the_processor() -> None:
    style = style_of('<text term="and"/>', style_attributes='default-locale="de-DE"')
    for locale, right in (("", "und"), ("fr-FR", "et"), ("en-US", "and")):
        processor = Processor(style, locale=locale)
        processor.register([A])
        assert processor.cite(["a"]) == right


def everything(item: dict[str, object], output: str = "html") -> tuple[str, str]:
    layout = '<names variable="author"/><text variable="title" quotes="true" prefix=", "/>'
    layout += '<date variable="issued" form="text" prefix=", "/>'
    processor = Processor(style_of(layout, layout), output=output)
    processor.register([item])
    return processor.cite([str(item["id"])]), processor.bibliography().entries[0].text


def test_a_then_b_then_a_gives_the_same() -> None:
    one = book("a", author=[name("O'Neil", "Jane")], title='The "big" <i>one</i>', issued=2001)
    other = book("b", author=[name("van Dam", "P.")], title="Zwei", issued={"raw": "2004-05-06"})
    first = everything(one)
    everything(other, output="text")
    everything(other)
    assert everything(one) == first


def test_one_processor_says_the_same_again() -> None:
    processor = notes()
    processor.register([book("c", title="gamma")])
    first = processor.cite(["a", "b"])
    processor.cite(["c"])
    assert processor.cite(["a", "b"]) == first


def test_threads_do_not_meet() -> None:
    items = [book(str(number), author=[name(f"N{number % 7}", "J.")], title=f"T{number}") for number in range(60)]
    style = style_of(YEARS, '<text variable="title" quotes="true"/>', sort='<key variable="title"/>')

    def run(output: str) -> list[str]:
        processor = Processor(style, output=output)
        processor.register(items)
        return [entry.text for entry in processor.bibliography().entries]

    alone = [run("text"), run("html")] * 4
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, ["text", "html"] * 4)) == alone


#: For real styles.
ITEMS = [
    book("a", title="Alpha", author=[name("Doe", "John")], issued=2001),
    book("b", title="Beta", author=[name("Doe", "John")], issued=2001),
    book("c", title="Gamma", author=[name("Roe", "Jane")], issued=1999),
]


def test_ibid_is_the_word_of_the_language_and_opens_a_note_with_a_capital() -> None:
    layout = """<choose><if position="ibid-with-locator"><group delimiter=", "><text term="ibid"/>
    <text variable="locator"/></group></if><else-if position="ibid"><text term="ibid"/></else-if>
    <else><text variable="title"/></else></choose>"""
    processor = Processor(style_of(layout, style_attributes='class="note"', layout_attributes='suffix="."'))
    processor.register([A])
    for place, locator in enumerate(["", "", "7"], 1):
        before = [(str(other), other) for other in range(1, place)]
        processor.insert(citation(str(place), place, {"id": "a", "locator": locator}), before=before)
    assert [change.text for change in processor.citations()] == ["alpha.", "Ibid.", "Ibid., 7."]


def test_years_get_letters_and_give_them_back() -> None:
    processor = Processor(load_style("apa"))
    processor.register(ITEMS[:1])
    assert processor.cite(["a"]) == "(Doe, 2001)"
    processor.register(ITEMS[1:])
    assert processor.cite(["a", "b", "c"]) == "(Doe, 2001a, 2001b; Roe, 1999)"
    entries = [entry.text for entry in processor.bibliography().entries]
    assert [text[:18] for text in entries] == ["Doe, J. (2001a). A", "Doe, J. (2001b). B", "Roe, J. (1999). Ga"]


def test_locators_and_what_a_person_writes_round_a_cite() -> None:
    processor = Processor(load_style("apa"), output="html")
    processor.register(ITEMS)
    cites = [
        Cite(id="a", prefix="see ", locator="3-5", suffix=", <i>passim</i>"),
        Cite(id="c", label="chapter", locator="2"),
    ]
    assert processor.cite(cites) == "(see Doe, 2001a, pp. 3–5, <i>passim</i>; Roe, 1999, Chapter 2)"
    assert processor.cite([{"id": "c", "suppress-author": True}]) == "(1999)"
    assert processor.cite(["nobody knows it"]) == ""


def test_labels_say_where_each_character_came_from() -> None:
    processor = Processor(load_style("apa"))
    processor.register([{**ITEMS[0], "publisher": "Press", "DOI": "10.1/x"}])
    [entry] = processor.bibliography(labels=True).entries
    assert "".join(run.text for run in entry.runs) == entry.text
    labelled = [(run.label, run.text) for run in entry.runs if run.label]
    assert labelled == [
        ("author:family", "Doe"),
        ("author:given", "J."),
        ("issued:year", "2001"),
        ("title", "Alpha"),
        ("publisher", "Press"),
        ("DOI", "10.1/x"),
    ]


def test_one_line_has_links_and_no_blocks() -> None:
    processor = Processor(load_style("ieee"), output="html", one_line=True)
    processor.register([{**ITEMS[0], "URL": "https://example.org/?a=1&b=2"}])
    [entry] = processor.bibliography().entries
    assert "\n" not in entry.text
    assert "<div" not in entry.text
    assert 'href="https://example.org/?a=1&amp;b=2"' in entry.text


def test_layouts_of_real_styles() -> None:
    assert Processor(load_style("apa")).bibliography().layout.hanging_indent
    processor = Processor(load_style("ieee"))
    processor.register(ITEMS)
    done = processor.bibliography()
    assert (done.layout.second_field_align, done.layout.max_offset) == ("flush", 3)
    assert done.entries[0].text.startswith("[1] ")


@pytest.mark.parametrize(("case", "right"), [("", "O.V."), ('text-case="lowercase"', "o.v.")])
def test_an_entry_begins_with_a_capital(case: str, right: str) -> None:
    words = '<locale><terms><term name="anonymous">o.V.</term></terms></locale>'
    style = style_of("", f'<text term="anonymous" {case}/>', before=words)
    processor = Processor(style)
    processor.register([{"id": "1", "type": "book", "title": "T"}])
    assert processor.bibliography().entries[0].text == right


def test_a_reference_is_the_same_item_for_the_processor_and_for_the_stages() -> None:
    people = (Name(family="Doe", given="Jane"), Name(others=True))
    reference = Reference(id="1", key="doe", kind="book", title="Война и мир на земле", author=people)
    processor = Processor(style_of('<names variable="author"/><text variable="title" prefix=": " text-case="title"/>'))
    processor.register(reference)
    assert processor.cite("doe") == "Jane Doe et al.: Война и мир на земле"


def test_the_first_term_is_raised_as_its_language_does() -> None:
    style = style_of("", '<text term="in"/><text variable="title" prefix=" "/>')
    processor = Processor(style, locale="tr-TR")
    processor.register({"id": "a", "type": "book", "title": "T"})
    assert [entry.text for entry in processor.bibliography()] == ["İçinde T"]


def test_a_tree_of_nothing_is_written_as_nothing() -> None:
    assert Processor("apa").write(Branch(())) == ""
