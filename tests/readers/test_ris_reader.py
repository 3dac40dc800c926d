"""Reading RIS in the dialects in which it is found, whole and damaged."""

from __future__ import annotations

import pytest

from alliancebib import plugins
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import Name, PartialDate
from alliancebib.readers import ris

# One line a keyword without a tag, a link that is none, trailing blank after ER: as EndNote exports.
ENDNOTE = """TY  - JOUR
AU  - Petrosyan, Anahit
AU  - Berg, Jan van der
DA  - Sum
DO  - 10.1234/ALLIANCE.2019.007
IS  - 3
J2  - J. Alliance Stud.
KW  - alliances
collective security
CSTO
N1  - 17
N1  - Times Cited:4
PY  - 2019
SE  - 211
SN  - 1463-1377
SP  - 211-230
ST  - Who guards the guards?
T2  - Journal of Alliance Studies
TI  - Who guards the guards? Burden sharing in the CSTO
UR  - <Go to ISI>://WOS:000400000100007
VL  - 12
ID  - 17
ER  -\x20


"""
# Zotero: dates with slashes, several serial numbers, Extra in M2, files in L1.
ZOTERO = """TY  - CHAP
TI  - The bloc that never was
AU  - Nye, Ana
A2  - Øre, Per
A2  - Müller-Lüdenscheidt, Eva
A3  - Braun, Karl
A4  - Иванов, Пётр
T2  - Handbook of Pacts
T3  - Studies in Security
PY  - 2004
DA  - 2004/05/06/
SP  - 12
EP  - 34
CY  - Leiden
PB  - Brill
SN  - 978-3-16-148410-0
UR  - https://example.org/bloc
Y2  - 2024/01/02/10:11:12
L1  - internal-pdf://bloc.pdf
M2  - Original Date: 1999
M2  - interviewer: Doe || Jane
KW  - blocs
KW  - pacts, treaties
ER  -

"""
# Springer's and JSTOR's: older tags, full dates in Y1, a DOI in N1 or with its resolver, ID that is the DOI.
PUBLISHERS = """TY  - JOUR
AU  - Sahin, Deniz
PY  - 2021
DA  - 2021/03/01
TI  - Summits
JO  - Summit Review
JF  - The Summit Review
SP  - 1
EP  - 9
VL  - 2
IS  - 1
AB  - What summits do.
SN  - 1573-0522
UR  - https://doi.org/10.1007/s00000-021-00001-x
DO  - 10.1007/s00000-021-00001-x
ID  - Sahin2021
ER  -
TY  - JOUR
AU  - John Doe
T1  - Regional pacts
N1  - 10.2307/1234567
Y1  - 1994/10/01/
JF  - Pact Quarterly
SP  - 55
L1  - https://example.org/stable/1
M1  - 4
CP  - 2
ER  -
"""


def read(text: str | bytes, name: str = "x.ris") -> Library:
    return ris.read(source_of(text, name=name))


def codes(library: Library) -> list[tuple[str, int]]:
    return [(finding.code, finding.origin.line) for finding in library.findings]


def test_endnote() -> None:
    library = read(ENDNOTE)
    [article] = library
    assert (article.key, article.kind, article.page, article.doi) == (
        "17",
        "article-journal",
        "211-230",
        "10.1234/alliance.2019.007",
    )
    assert article.author[1] == Name(family="Berg", given="Jan", dropping_particle="van der")
    assert str(article.issued) == "2019-22"
    assert (article.container_title, article.issn, article.note) == ("Journal of Alliance Studies", "1463-1377", "17")
    assert article.extra == {
        "keyword": "alliances, collective security, CSTO",
        "container-title-short": "J. Alliance Stud.",
        "title-short": "Who guards the guards?",
        "ris:N1": "Times Cited:4",
        "ris:UR": "<Go to ISI>://WOS:000400000100007",
    }
    assert codes(library) == [("AB202", 1)]


def test_zotero() -> None:
    library = read(ZOTERO)
    [chapter] = library
    assert chapter.kind == "chapter"
    assert [str(name) for name in chapter.editor] == ["Per Øre", "Eva Müller-Lüdenscheidt"]
    assert [str(name) for name in chapter.translator] == ["Пётр Иванов"]
    assert (chapter.container_title, chapter.collection_title) == ("Handbook of Pacts", "Studies in Security")
    assert (str(chapter.issued), str(chapter.accessed), chapter.page) == ("2004-05-06", "2024-01-02", "12-34")
    assert chapter.extra["keyword"] == "blocs; pacts, treaties"
    assert chapter.extra["interviewer"] == (Name(family="Doe", given="Jane"),)
    assert str(chapter.extra["original-date"]) == "1999"
    assert chapter.extra["ris:L1"] == "internal-pdf://bloc.pdf"
    assert library.findings == ()


def test_publishers() -> None:
    springer, jstor = read(PUBLISHERS)
    assert (springer.container_title, springer.extra["container-title-short"]) == (
        "The Summit Review",
        "Summit Review",
    )
    assert (springer.doi, springer.url) == (
        "10.1007/s00000-021-00001-x",
        "https://doi.org/10.1007/s00000-021-00001-x",
    )
    assert str(springer.issued) == "2021-03-01"
    assert (jstor.title, jstor.doi, jstor.issue, str(jstor.issued)) == (
        "Regional pacts",
        "10.2307/1234567",
        "2",
        "1994-10-01",
    )
    assert jstor.author == (Name(literal="John Doe"),)


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("EJOUR", "article-journal"),
        ("MGZN", "article-magazine"),
        ("NEWS", "article-newspaper"),
        ("BLOG", "post-weblog"),
        ("ELEC", "webpage"),
        ("WEB", "webpage"),
        ("ICOMM", "personal_communication"),
        ("CPAPER", "paper-conference"),
        ("EDBOOK", "book"),
        ("STAT", "legislation"),
        ("BILL", "bill"),
        ("CASE", "legal_case"),
        ("HEAR", "hearing"),
        ("MPCT", "motion_picture"),
        ("UNPB", "manuscript"),
        ("jour", "article-journal"),
    ],
)
def test_types(type_: str, kind: str) -> None:
    [found] = read(f"TY  - {type_}\nTI  - A\nER  - \n")
    assert found.kind == kind


def test_a_type_that_says_more_is_kept() -> None:
    [found] = read("TY  - EJOUR\nTI  - A\nER  - \n")
    assert found.extra == {"ris:TY": "EJOUR"}


def test_editors_of_books_under_either_tag() -> None:
    alone, both = read("TY  - BOOK\nA2  - A, B\nER  - \nTY  - BOOK\nA2  - S, T\nA3  - A, B\nER  - \n")
    assert alone.editor == both.editor == (Name(family="A", given="B"),)
    assert both.extra["collection-editor"] == (Name(family="S", given="T"),)


def test_a_paper_of_a_conference_with_proceedings() -> None:
    [paper] = read("TY  - CONF\nTI  - P\nT2  - Summit\nC3  - Summit papers\nCY  - Vienna\nC1  - Berlin\nER  - \n")
    assert (paper.container_title, paper.publisher_place) == ("Summit papers", "Berlin")
    assert (paper.extra["event-title"], paper.extra["event-place"]) == ("Summit", "Vienna")


def test_the_pages_of_a_book_are_counted() -> None:
    [book] = read("TY  - BOOK\nSP  - xii, 345 p.\nSN  - 3161484100\nSN  - 978-3-16-148410-0\nER  - \n")
    assert book.extra["number-of-pages"] == "xii, 345 p."
    assert book.isbn == "3161484100, 978-3-16-148410-0"


def test_a_doi_among_other_things() -> None:
    for line in ("M3  - 10.1234/x", "L3  - https://dx.doi.org/10.1234/X", "DI  - doi:10.1234/x", "N1  - 10.1234/x"):
        [found] = read(f"TY  - JOUR\n{line}\nER  - \n")
        assert (found.doi, found.extra, found.genre, found.note) == ("10.1234/x", {}, "", "")


def test_more_addresses_are_kept() -> None:
    [found] = read("TY  - ELEC\nUR  - https://a.org/x; https://b.org/y\nUR  - https://c.org/\nER  - \n")
    assert found.url == "https://a.org/x"
    assert found.extra == {"ris:UR": "https://b.org/y", "ris:UR-2": "https://c.org/"}


def test_words_behind_a_date_are_kept() -> None:
    [found] = read("TY  - JOUR\nPY  - 2004\nDA  - 2004/05/06/Epub\nER  - \n")
    assert (str(found.issued), found.extra) == ("2004-05-06", {"ris:DA": "2004/05/06/Epub"})


def test_dates_that_contradict_each_other() -> None:
    library = read("TY  - JOUR\nPY  - 2004\nDA  - 2010/01/01\nER  - \n")
    assert str(library[0].issued) == "2004"
    assert library[0].extra == {"ris:DA": "2010/01/01"}
    assert codes(library) == [("AB109", 1)]


@pytest.mark.parametrize(
    ("text", "titles", "found"),
    [
        ("TY  - JOUR\nTI  - A\n", ["A"], [("AB109", 1)]),
        ("TY  - JOUR\nTI  - A\n\nTY  - JOUR\nTI  - B\nER  - \n", ["A", "B"], [("AB109", 1)]),
        ("TI  - A\nPY  - 2004\nER  - \nTY  - JOUR\nTI  - B\nER  - \n", ["A", "B"], [("AB109", 1)]),
        ("\ufeffTY  - JOUR\r\n\r\nTI  - A\r\n\r\nER  - \r\n", ["A"], []),
        ("TY  - JOUR\rTI  - A\rER  - \r", ["A"], []),
        ("Provider: P\nDatabase: D\n\nTY  - JOUR\nTI  - A\nER  - \nend", ["A"], [("AB111", 1), ("AB111", 7)]),
        ("TY  - COMIC\nTI  - A\nER  - \n", ["A"], [("AB109", 1)]),
        ("TY  - \nTI  - A\nER  - \n", ["A"], [("AB109", 1)]),
        ("TY  - JOUR\nlost words\nTI  - A\nER  - \n", ["A"], [("AB109", 1)]),
        ("TY  - JOUR\nTI  - A\nDO  - none\nER  - \n", ["A"], [("AB201", 1)]),
        ("TY  - JOUR\nTI  - A\nTI  - B\nER  - \n", ["A"], [("AB109", 1)]),
        ("TY  - JOUR\nTI  - A\nAU  - X, Y; Z, W\nER  - \n", ["A"], [("AB109", 1)]),
        ("TY  - JOUR\nID  - k\nTI  - A\nER  - \nTY  - JOUR\nID  - k\nTI  - B\nER  - \n", ["A", "B"], [("AB107", 5)]),
        ("", [], []),
        ("only words", [], [("AB111", 1)]),
    ],
)
def test_no_record_is_lost(text: str, titles: list[str], found: list[tuple[str, int]]) -> None:
    library = read(text)
    assert [reference.title for reference in library] == titles
    assert codes(library) == found


def test_other_encodings() -> None:
    source = source_of("TY  - NEWS\nTI  - Größe\nDA  - 12 März 2020\nER  - \n".encode("latin-1"), name="x.ris")
    [found] = ris.read(source)
    assert (found.title, found.issued) == ("Größe", PartialDate(year=2020, literal="12 März 2020"))
    assert [finding.code for finding in source.findings] == ["AB103"]


def test_records_know_their_line_and_text() -> None:
    _, second = read("TY  - JOUR\nTI  - A\nER  - \n\nTY  - BOOK\nTI  - B\nER  - \n")
    assert (second.origin.line, second.origin.raw) == (5, "TY  - BOOK\nTI  - B\nER  - ")


def test_equal_records_have_ids_of_their_own_and_take_no_longer_for_being_many() -> None:
    library = read("TY  - JOUR\nTI  - A\nER  - \n" * 3000)
    assert len({reference.id for reference in library}) == 3000


@pytest.mark.parametrize(
    ("name", "text", "reader"),
    [
        ("x.ris", "", "ris"),
        ("x.txt", ZOTERO, "ris"),
        ("x", "Provider: P\n\n" + ENDNOTE, "ris"),
        ("x.txt", "A work (2004). It begins TY  - JOUR somewhere.", "text"),
        ("x.nbib", "PMID- 1234\nTI  - A title\nAU  - Doe J\n", "text"),
    ],
)
def test_recognition(name: str, text: str, reader: str) -> None:
    assert plugins.reader_for(source_of(text, name=name)) is plugins.reader(reader)
