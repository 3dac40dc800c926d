"""Markup in titles does no harm where titles are compared, searched or shown in plain words."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from alliancebib.csl.plain import short_title
from alliancebib.library import Library
from alliancebib.matching.forms import form_of
from alliancebib.model import Name, Reference
from alliancebib.resolvers._wanted import citation_of
from alliancebib.rich_text import without_markup, without_nocase
from alliancebib.rules import titles, unicode
from alliancebib.verification.wording import named
from alliancebib.writers import Options, bibtex, csl_json, html, markdown, ris

PLAIN = Reference(
    id="1",
    key="k",
    kind="chapter",
    title="The Blue Bloc and others",
    container_title="A Book of Blocs",
    author=(Name(family="Doe", given="J."),),
)
SPANNED = replace(
    PLAIN,
    title='The <span class="nocase">Blue Bloc</span> and others',
    container_title='A <span class="nocase">Book</span> of Blocs',
)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ('<span class="nocase">a</span> b</span>', "a b</span>"),
        ('<span class="nocase">a', '<span class="nocase">a'),
        (
            '<span class="nocase">a <span style="font-variant:small-caps;">b</span> c</span>',
            'a <span style="font-variant:small-caps;">b</span> c',
        ),
        ("nocase", "nocase"),
    ],
)
def test_spans_that_keep_case_are_taken_out(text: str, bare: str) -> None:
    assert without_nocase(text) == bare
    assert without_markup(without_nocase("a <b>b</b>")) == "a b"


def test_nothing_that_looks_at_titles_sees_the_span() -> None:
    assert form_of(SPANNED) == form_of(PLAIN)
    assert short_title(SPANNED) == short_title(PLAIN)
    assert named(SPANNED) == named(PLAIN)
    assert citation_of(SPANNED) == citation_of(PLAIN)
    assert Library([replace(SPANNED, key="")]).keyed()[0].key == Library([replace(PLAIN, key="")]).keyed()[0].key


@pytest.mark.parametrize("writer", [markdown, ris])
def test_what_is_written_for_readers_has_no_span(writer: object) -> None:
    options = Options(style="apa")
    assert writer.write(Library([SPANNED]), options) == writer.write(Library([PLAIN]), options)  # type: ignore[attr-defined]


def test_a_page_has_no_span_but_in_its_copies_of_records() -> None:
    page = html.write(Library([SPANNED]), Options(style="apa"))
    assert "nocase" not in page
    assert "<bdi>The Blue Bloc and others</bdi>" in page


def test_formats_that_can_hold_it_do() -> None:
    assert json.loads(csl_json.write(Library([SPANNED])))[0]["title"] == SPANNED.title
    assert "title = {The {Blue Bloc} and others}" in bibtex.write(Library([SPANNED]))


def test_rules_leave_it_alone() -> None:
    for rule in (titles, unicode):
        assert rule.apply(SPANNED)[0].title == SPANNED.title
