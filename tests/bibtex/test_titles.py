"""Letters that keep their case: braces in titles are spans "nocase", and spans are braces again."""

from __future__ import annotations

import pytest

from alliancebib.bibtex.cased import decode_cased
from alliancebib.bibtex.reading import read_library
from alliancebib.bibtex.tex import decode, encode
from alliancebib.bibtex.titles import cased_title, encode_title
from alliancebib.bibtex.writing import write_library
from alliancebib.library import Library
from alliancebib.model import Reference
from growth import in_proportion


def cased(text: str) -> str:
    """Give spans for square brackets, so that examples can be read."""
    return text.replace("[", '<span class="nocase">').replace("]", "</span>")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The {Blue Moon} Over Many Long Words", "The [Blue Moon] Over Many Long Words"),
        ("The {NATO} in {Moscow}, {mRNA} and {Kyiv's} bloc", None),  # the rule protects them by itself
        ("A {b}lue {Moon over words}", "A [b]lue [Moon over words]"),
        (r"{\'E}tude de l'{\oe}uvre, {\'{e}}t{\'e}, {\c c}a", None),  # accented letters
        (r"une {\'Etude Fine} et {{\'E}cole} ici", "une [Étude Fine] et [École] ici"),
        ("on {12} and {$x^2$} and {} and { } and {---}", None),  # no letters
        (r"on \emph{blue Words} and \textbf{so}", None),  # arguments
        (r"on \mbox{Foo bar} and {\em Blue} and {\tt Blue} again small words", None),
        (r"on {\emph{Blue}} here and \NoCaseChange{Blue} there", "on [<i>Blue</i>] here and [Blue] there"),
        (r"on \emph{a {Blue} thing}", "on <i>a [Blue] thing</i>"),
        (r"on {a \emph{Blue} thing}", "on [a <i>Blue</i> thing]"),
        (r"on {\em a {Blue} thing}", "on <i>a [Blue] thing</i>"),
        ("on {a {Blue} thing} here", "on [a Blue thing] here"),
        (r"on $x^2$ {of $y_1$ Blue}", "on $x^2$ [of $y_1$ Blue]"),
        (r"on $x^{a{b}}$ and words", None),  # mathematics that is not understood
        (r"on \textsc{blue} and {a \textsc{Blue} thing}", None),
    ],
)
def test_braces_of_a_title_are_spans(source: str, text: str | None) -> None:
    found = cased_title(source)
    if text is not None:
        assert found == cased(text)
    elif "textsc" not in source:
        assert "nocase" not in found
    assert cased_title(encode_title(found)) == found
    assert found.replace('<span class="nocase">', "").count("nocase") == 0


@pytest.mark.parametrize(
    "text", ["on [the NA]TO side of things", "[a]b[c] of small words", "Long Words About [blue][moon] Nowadays"]
)
def test_spans_that_cut_words_come_back(text: str) -> None:
    assert cased_title(encode_title(cased(text))) == cased(text)


def test_spans_are_braces_in_other_fields_too() -> None:
    assert encode(cased("on [Blue] & so")) == r"on {Blue} \& so"
    assert encode_title("on <span class='nocase'>blue</span> words") == "on {blue} words"
    assert decode("on {Blue}") == "on Blue"


@pytest.mark.parametrize("classic", [True, False])
def test_which_fields_are_titles(*, classic: bool) -> None:
    text = """@inproceedings{k, title={A {blue} word}, subtitle={a {Red} Title Over Long Words},
        booktitle={the {blue} book}, shorttitle={the {blue} word}, publisher={{Blue} House},
        note={the {Blue} note}, author={{Blue} Doe, Jane}, eventtitle={the {Blue} event}}"""
    [reference] = read_library(text)
    assert reference.title == cased("A [blue] word: a [Red] Title Over Long Words")
    assert reference.container_title == cased("the [blue] book")
    assert reference.extra["title-short"] == cased("the [blue] word")
    assert (reference.publisher, reference.note) == ("Blue House", "the Blue note")
    assert reference.extra["event-title"] == "the Blue event"
    written = write_library(Library([reference]), classic=classic)
    assert "title = {A {blue} word: a {Red} Title Over Long Words}" in written
    [again] = read_library(written)
    assert (again.title, again.container_title, again.extra) == (
        reference.title,
        reference.container_title,
        reference.extra,
    )


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("title={{The Whole Title of It}}", "The Whole Title of It"),
        ("title={{The Whole Title}}, subtitle={{Below It}}", "The Whole Title: Below It"),
        ("title={{The {whole} title of it}}", cased("The [whole] title of it")),
    ],
)
def test_braces_round_a_whole_title_are_kept_as_they_were(fields: str, title: str) -> None:
    [reference] = read_library(f"@misc{{k, {fields}}}")
    assert reference.title == title
    written = write_library(Library([reference]), classic=True)
    assert "title = {{The Whole" in written or "title = {{The {whole" in written
    [again] = read_library(written)
    assert (again.title, again.extra) == (reference.title, reference.extra)
    changed = reference.amended("human", {"title": "Another one"})
    assert "title = {Another one}" in write_library(Library([changed]), classic=True)


def test_braces_that_the_rule_sets_anyway_are_not_kept() -> None:
    [reference] = read_library("@misc{k, title={{NATO}}, shorttitle={{2020}}}")
    assert reference.extra == {"title-short": "2020"}


def test_the_language_of_a_title_decides_the_rule() -> None:
    [german] = read_library("@misc{k, langid={german}, title={Die {Sicherheit} in {Asien}}}")
    assert german.title == "Die Sicherheit in Asien"


@pytest.mark.parametrize(("opened", "closed"), [("{a}", ""), ("{", "}"), (r"{\em ", "}")])
def test_titles_of_braces_take_time_by_their_length(opened: str, closed: str) -> None:
    def read_and_written(text: str) -> None:
        encode_title(cased_title(text))
        decode_cased(text + "$")

    in_proportion(lambda size: opened * size + "a" + closed * size, read_and_written, 500)


@pytest.mark.parametrize(("piece", "end"), [("[", ""), ("[A]", ""), ("[A ", "]")])
def test_a_title_of_spans_alone_takes_time_by_its_length(piece: str, end: str) -> None:
    def read_and_written(text: str) -> None:
        cased_title(text)
        encode_title(text)

    in_proportion(lambda size: cased(piece * size + end), read_and_written, 500)


def test_references_without_braces_are_read_as_before() -> None:
    assert write_library(Library([Reference(key="k", title="on <b>bold</b> words")]), classic=True).count("{") == 3


@pytest.mark.parametrize("title", ["On {N}-{}-tri", "On {N}'{}'-tri"])
def test_empty_braces_part_what_would_be_one_sign(title: str) -> None:
    assert decode_cased(title) == title.replace("{}", "").replace("{N}", '<span class="nocase">N</span>')
