"""What stands in an entry of a .bib file and reaches no list, and the line that it is told at."""

from __future__ import annotations

import pytest

from alliancebib.bibtex.datamodel import is_known_field, is_known_type, meant_field, meant_type
from alliancebib.bibtex.locating import field_origin
from alliancebib.checkers import entries, fields
from alliancebib.config import CheckSettings
from alliancebib.files import source_of
from alliancebib.finding import Finding
from alliancebib.model import Origin, Reference
from alliancebib.readers import bibtex
from no_web import NoWeb


def found(text: str) -> list[Finding]:
    library = bibtex.read(source_of(text, name="a.bib"))
    return list(entries.check(library, web=NoWeb(), settings=CheckSettings()).findings)


def test_a_misspelt_type_is_told_with_what_is_meant() -> None:
    [finding] = found("\n@artcle{k, title = {A}, year = 2000}")
    assert (finding.code, finding.origin.line, finding.fix, finding.severity) == ("AB209", 2, "article", "warning")


def test_a_type_of_somebodys_own_is_a_note() -> None:
    [finding] = found("@recipe{k, title = {A}}")
    assert (finding.code, finding.severity, finding.fix) == ("AB209", "note", "")


def test_a_misspelt_field_is_told_where_it_stands() -> None:
    [finding] = found("@misc{k,\r\n  author = {A},\r\n  titel = {B},\r\n}")
    assert (finding.code, finding.fix) == ("AB210", "title")
    assert (finding.origin.line, finding.origin.column) == (3, 3)


@pytest.mark.parametrize(
    "field",
    [
        "titel = {A}, title = {B}",  # the title is there: the other is somebody's own
        "shelfmark = {A}",
        "bdsk-url-1 = {A}",
        "author+an = {1=x}",
        "userb = {A}",
        "date-added = {2001}",
        "rate = {5}",
    ],
)
def test_other_fields_are_left_alone(field: str) -> None:
    assert found(f"@misc{{k, {field}}}") == []


def test_what_is_no_date_is_told() -> None:
    odd = found("@misc{k,\n title = {A},\n year = {20x1},\n month = {13}}")
    assert [(one.code, one.origin.line) for one in odd] == [("AB211", 4), ("AB211", 3)]
    assert found("@misc{k, title = {A}, year = {forthcoming}}") == []
    assert found("@misc{k, title = {A}, year = 2001, month = mar}") == []


def test_parts_beside_a_date_are_told_only_where_they_contradict_it() -> None:
    assert found("@misc{k, title = {A}, date = {2004-04-25}, month = {4}, day = 25}") == []
    assert found("@misc{k, title = {A}, date = {2004-04}, month = apr}") == []
    [finding] = found("@misc{k, title = {A}, date = {2000}, year = 1999}")
    assert finding.message == "The year `1999` is another than that of the date `2000`."


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("date = {Mar 3}, year = {2015}", ""),
        ("date = {3. März}, year = {2015}", "The date `3. März` cannot be read as a date."),
        ("date = {forthcoming}, year = {2015}", ""),
        ("date = {199X}", ""),
        ("date = {/2004-01-01}", ""),
        ("date = {../2004-01-01}", ""),
        ("date = {199X}, year = {1990}", "The year `1990` stands beside `199X`, which counts as the date."),
        ("month = apr", "The month `April` stands without a year and is no date."),
        ("month = {13}", "The month `13` cannot be read as a date."),
        ("day = 3", "The day `3` stands without a year and is no date."),
        ("date = {2015-21}, month = {spring}", ""),
        ("date = {2015}, month = {spring}", "The month `spring` is another than that of the date `2015`."),
    ],
)
def test_dates_are_called_odd_for_what_is_odd_in_them(fields: str, told: str) -> None:
    assert [one.message for one in found(f"@misc{{k, title = {{A}}, {fields}}}")] == ([told] if told else [])


@pytest.mark.parametrize(
    ("names", "told", "fix"),
    [
        ("Doe, J.; Roe, R.", "Doe, J.; Roe, R.", "Doe, J. and Roe, R."),
        ("Poe, E. and Doe J; Roe R", "Doe J; Roe R", "Poe, E. and Doe J and Roe R"),
        ("Doe, Jane, Roe, Richard and Poe, E.", "Doe, Jane, Roe, Richard", ""),
        ("Adam Roe; Eve Doe;", "Adam Roe; Eve Doe;", "Adam Roe and Eve Doe"),
        ("A, B, C, D, E", "A, B, C, D, E", ""),
        ("Doe &amp; Sons; Roe, R.", "Doe &amp; Sons; Roe, R.", "Doe &amp; Sons and Roe, R."),
        ("D{\\'o}e, J.; Roe, R.", "D{\\'o}e, J.; Roe, R.", ""),
    ],
)
def test_names_that_run_together_are_told(names: str, told: str, fix: str) -> None:
    [finding] = found(f"@misc{{k,\n  title = {{A}},\n  author = {{{names}}}}}")
    assert (finding.code, finding.origin.line, finding.fix) == ("AB213", 3, fix)
    assert finding.message == f"`{told}` is read as one name; between persons stands `and`."


@pytest.mark.parametrize("names", ["Doe, J.; Roe, R.", "Doe, Jane, Roe, Richard", "Doe J; Roe R"])
@pytest.mark.parametrize("value", ["w", '"" # W', 'w # " and Poe, E."'])
def test_names_that_run_together_in_a_macro_are_told_without_a_fix(names: str, value: str) -> None:
    for macro in (f'@string{{w = "{names}"}}', f"@string{{w = {{{names}}}}}"):
        [finding] = found(f"{macro}\n@misc{{e, author = {{Roe}}}} @misc{{d,\n  author = {value}}}")
        assert (finding.code, finding.origin.line, finding.fix) == ("AB213", 3, "")
        assert finding.message.startswith(f"`{names}` is read as one name;")
    assert found('@string{w = "{A; B}, Jane and Doe, Jr., Jane"} @misc{d, author = w}') == []


@pytest.mark.parametrize(
    "names",
    [
        "Doe, Jr., Jane and de la Cruz, III, Jos{\\'e}",
        "{Doe, Roe, Poe, Low; Partners} and Doe, Jane",
        "family=Doe, given=Jane, suffix=Jr., prefix=von",
        "M&uuml;ller, J.",
    ],
)
def test_names_that_have_marks_of_their_own(names: str) -> None:
    assert found(f"@misc{{k, title = {{A}}, author = {{{names}}}}}") == []


def test_references_of_other_sources_have_no_entry_to_look_at() -> None:
    assert list(entries.check_entry(Reference(title="A", origins=(Origin(line=3, raw="A line"),)))) == []


def test_other_checkers_name_the_line_of_the_field() -> None:
    text = "@article{k,\n  title = {A},\n  pages = {20--10},\n  issn = {1234-5678}}"
    report = fields.check(bibtex.read(source_of(text, name="a.bib")), web=NoWeb(), settings=CheckSettings())
    assert {(one.code, one.origin.line) for one in report.findings} >= {("AB207", 3), ("AB204", 4), ("AB205", 1)}


def test_reading_names_the_line_of_the_field() -> None:
    text = "@misc{k,\n  title = {A},\n  doi = {none},\n  url = {www.example.org},\n  title = {B}\n}"
    lines = {one.code: one.origin.line for one in bibtex.read(source_of(text, name="a.bib")).findings}
    assert lines == {"AB201": 3, "AB202": 4, "AB109": 2}


def test_the_place_of_a_field() -> None:
    entry = Origin(
        page="a.bib", line=5, column=3, raw="@misc{k, TITLE = {title = {x}},\n % pages = {1},\n\tpages = {2}}"
    )
    assert [(place.line, place.column) for place in (field_origin(entry, "title"), field_origin(entry, "page"))] == [
        (5, 12),
        (7, 2),
    ]
    assert field_origin(entry, "volume") == entry


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *{"titel": "title", "authors": "author", "bootitle": "booktitle", "jounral": "journal", "yaer": "year"}.items(),
        *{"adress": "address", "authhor": "author", "titlee": "title", "page": "pages"}.items(),
        *dict.fromkeys(["di", "rate", "crossrefold", "topic"], "").items(),
    ],
)
def test_fields_that_are_meant(name: str, meant: str) -> None:
    assert not is_known_field(name)
    assert meant_field(name) == meant


@pytest.mark.parametrize(
    "name",
    "published folder ajournal stitle titre organisation rights handle subject autores editions2".split(),
)
def test_other_words_are_no_misspellings(name: str) -> None:
    assert meant_field(name) == ""


def test_types_that_are_known_and_meant() -> None:
    assert all(map(is_known_type, ["ARTICLE", "online", "mvbook", "techreport", "software", "bibnote"]))
    assert meant_type("inproceeding") == "inproceedings"
    assert meant_type("talk") == ""
