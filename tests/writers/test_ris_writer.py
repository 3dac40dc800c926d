"""Writing RIS: what a person sees, and that what was read comes back."""

from __future__ import annotations

from alliancebib.bibtex.reading import read_library as read_bib
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.readers import ris as ris_reader
from alliancebib.ris import read_library
from alliancebib.writers import ris

REPORT = Reference(
    key="berg2020report",
    kind="report",
    title="A Report",
    author=(Name(family="Berg", given="Ana", non_dropping_particle="van der"), Name(literal="UN"), Name(others=True)),
    issued=PartialDate(year=2020, month=5, end=PartialDate(year=2021)),
    accessed=PartialDate(year=2024, month=1, day=2),
    publisher="An Institute",
    publisher_place="Oslo",
    collection_title="Papers",
    page="12-34",
    url="https://example.org/a_b%20c#d",
    extra={"number": "7", "reviewed-title": "A Book", "keyword": "pacts, blocs"},
)
TREATY = Reference(kind="treaty", title="A Treaty", issued=PartialDate(year=1992, month=5, day=15))


def test_what_a_person_sees() -> None:
    assert ris.write(Library([REPORT, TREATY])) == (
        "TY  - RPRT\n"
        "ID  - berg2020report\n"
        "AU  - van der Berg, Ana\n"
        "AU  - UN,\n"
        "AU  - et al.\n"
        "TI  - A Report\n"
        "PY  - 2020\n"
        "T2  - Papers\n"
        "M1  - 7\n"
        "SP  - 12\n"
        "EP  - 34\n"
        "CY  - Oslo\n"
        "PB  - An Institute\n"
        "UR  - https://example.org/a_b%20c#d\n"
        "Y2  - 2024/01/02/\n"
        "KW  - pacts\n"
        "KW  - blocs\n"
        "RI  - A Book\n"
        "M2  - issued: 2020-05/2021\n"
        "ER  - \n"
        "\n"
        "TY  - LEGAL\n"
        "TI  - A Treaty\n"
        "PY  - 1992\n"
        "DA  - 1992/05/15/\n"
        "M2  - type: treaty\n"
        "ER  - \n"
    )


def test_what_was_read_comes_back() -> None:
    text = (
        "TY  - EJOUR\nTI  - A\nPY  - 2004\nDA  - 2004/05/06/Epub\nUR  - https://a.org/\nN1  - one\nN1  - two\n"
        "AN  - 7\nL1  - a.pdf\nL1  - b.pdf\nXX  - odd\nM2  - a remark\nER  - \n"
    )
    written = ris.write(ris_reader.read(source_of(text, name="x.ris")))
    for line in text.splitlines():
        assert f"{line}\n" in written
    assert ris.write(ris_reader.read(source_of(written, name="x.ris"))) == written


def test_a_text_of_many_lines_is_one_line() -> None:
    text = ris.write(Library([Reference(title="A\nER  - \nTY  - BOOK", abstract="one\n\ntwo\0")]))
    assert len(ris_reader.read(source_of(text, name="x.ris"))) == 1
    assert "AB  - one two\n" in text


def test_people_are_seen_by_every_program() -> None:
    odd = Reference(author=(Name(family="Pliny Elder"), Name(family="Nye", given="J.")))
    text = ris.write(Library([odd]))
    assert "AU  - Pliny Elder\nAU  - Nye, J.\n" in text
    assert "M2  - author: Pliny Elder ||\nM2  - author: Nye || J.\n" in text
    assert ris_reader.read(source_of(text, name="x.ris"))[0].author == odd.author


def test_people_who_stand_twice_come_back_twice() -> None:
    twice = Reference(
        author=(Name(family="Nye", given="J."), Name(family="Nye", given="J.")), url="https://doi.org/10.1/x"
    )
    [back] = ris_reader.read(source_of(ris.write(Library([twice])), name="x.ris"))
    assert (back.author, back.doi) == (twice.author, "")


def test_an_empty_library() -> None:
    assert ris.write(Library()) == ""


BIB = r"@manual{k, title={T}, file={a\_b.pdf}, eprint={2101.1}, keywords={a; b}, date={2024-05-06T10:00}}"


def test_fields_of_bib_files_are_lines_that_give_them_back() -> None:
    [before] = read_bib(BIB)
    text = ris.write(Library([before]))
    assert "M2  - tex.file= a\\_b.pdf\n" in text
    [after] = read_library(text)
    assert {name: after.extra.get(name) for name in before.extra} == before.extra | {"bibtex:tex:date": None}


def test_what_no_line_holds_is_told() -> None:
    library = Library([*read_bib(BIB), Reference(key="b", extra={"hayagriva:parent": "[]", "colour": "blue"})])
    [finding] = ris.compose(library).findings
    assert finding.code == "AB111"
    assert "1 × `bibtex:tex:date`, 1 × `colour`, 1 × `hayagriva:parent`." in finding.message
    assert not ris.compose(Library([Reference(key="a", extra={"bibtex:file": "x", "ris:AN": "7"})])).findings
