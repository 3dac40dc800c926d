"""Versions, kinds, parts, places and years that contradict a record: one list for texts, fields, stated DOIs."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliancebib.matching import judge, objection_to
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.parsers import parse_reference


def name(text: str) -> Name:
    family, _, given = text.partition(", ")
    return Name(family=family, given=given)


def work(kind: str, title: str, author: str, year: int, **fields: object) -> Reference:
    return Reference(
        kind=kind,
        title=title,
        author=tuple(name(one) for one in author.split("; ") if one),
        issued=PartialDate(year=year),
        **fields,  # type: ignore[arg-type]
    )


RIS = {"container_title": "Review of International Studies", "volume": "49", "issue": "1", "page": "12-34"}
ARTICLE = work(
    "article-journal",
    "Regional orders and the limits of delegation in Eurasia",
    "Morel, Claire; Haas, Peter",
    2024,
    **RIS,
    extra={"available-date": PartialDate(year=2021)},
    doi="10.5555/on",
)
JCR = work(
    "article-journal",
    "Coalition warfare and the distribution of burdens",
    "Novak, Petr",
    2011,
    container_title="Journal of Conflict Resolution",
    volume="55",
    issue="4",
    page="523-549",
    doi="10.5555/jcr",
)
BASES = work(
    "article-journal",
    "The politics of military bases abroad",
    "Cooley, Alexander",
    2008,
    container_title="International Affairs",
    volume="84",
    page="1173-1192",
    doi="10.5555/ia",
)
PREPRINT = work(
    "article", "Sparse voting models of the General Assembly", "Sato, Yuki", 2022, publisher="arXiv", doi="10.5555/ax"
)
CHAPTER = work(
    "chapter",
    "Peacekeeping without peace: the Transnistrian case",
    "Popescu, Nicu",
    2010,
    container_title="Security in Eastern Europe",
    page="77-98",
    publisher="Palgrave Macmillan",
    doi="10.5555/ch",
)
BOOK = work(
    "book",
    "Neighbours and Guarantors: Small States in Alliances",
    "Lind, Greta",
    2009,
    publisher="Cambridge University Press",
    doi="10.5555/book",
)
REPORT = work(
    "report",
    "Energy security in the Black Sea region",
    "Weiss, Andrew",
    2015,
    publisher="RAND Corporation",
    doi="10.5555/rep",
)
PAPER = work(
    "paper-conference",
    "Detecting alliances in event data",
    "Kim, Soo; Lee, Jae",
    2016,
    container_title="Proceedings of the 10th International Conference on Web and Social Media",
    page="211-220",
    publisher="AAAI",
    doi="10.5555/proc",
)
PNAS = work(
    "article-journal",
    "Sanctions and the cohesion of blocs",
    "Ferrari, Marco",
    2013,
    container_title="Proceedings of the National Academy of Sciences",
    volume="110",
    issue="3",
    page="1000-1005",
    doi="10.5555/pnas",
)
ARMS = work(
    "article-journal",
    "Arms transfers after the Cold War",
    "Berg, Anna",
    2005,
    container_title="Security Studies",
    volume="14",
    issue="2",
    page="201-230",
    doi="10.5555/arms",
)
THESIS = work(
    "thesis",
    "The making of collective defence in Central Asia",
    "Ivanova, Olga",
    2016,
    publisher="University of Oxford",
    doi="10.5555/thesis",
)

RIGHT = [
    (ARTICLE, "Morel, C., & Haas, P. (2021). {title}. Review of International Studies, 1-23."),
    (ARTICLE, "Morel, C., & Haas, P. (2024). {title}. Review of International Studies, 49(1), 12-34."),
    (ARTICLE, "Morel C, Haas P. {title}. Rev Int Stud. 2021."),
    (JCR, "Novak, P. (2011). {title}. J. Confl. Resolut. 55, 523."),
    (JCR, "P. Novak, J. Confl. Resolut. 55 (2011) 523."),
    (BASES, "A. Cooley, Int. Aff. 84 (2008) 1173."),
    (BASES, "Cooley A. {title}. Int Aff 2008;84:1173-92."),
    (BASES, "Cooley, Alexander. '{title}.' International Affairs (London), 2008."),
    (PREPRINT, "Sato, Y. (2022). {title}. arXiv:2201.01234."),
    (PREPRINT, "Y. Sato, {title}, arXiv preprint arXiv:2201.01234, 2022."),
    (CHAPTER, "Popescu, N. (2010). {title}. In R. Hill (Ed.), Security in Eastern Europe (pp. 77-98). Palgrave."),
    (CHAPTER, "Popescu, N. (2010). {title}. In Security in Eastern Europe. Palgrave."),
    (BOOK, "Lind, Greta. {title}. Cambridge: Cambridge University Press, 2009."),
    (BOOK, "Lind, G. (2009). Neighbours and Guarantors. CUP."),
    (REPORT, "Weiss, A. (2015). {title}. Santa Monica: RAND Corporation."),
    (REPORT, "Weiss, A. (2015). {title} (RR-1234). RAND."),
    (PAPER, "Kim S, Lee J. {title}. In: ICWSM 2016; pp. 211-220."),
    (PAPER, 'S. Kim and J. Lee, "{title}," in Proc. ICWSM, 2016, pp. 211–220.'),
    (PNAS, "Ferrari, M. (2013). {title}. PNAS, 110(3), 1000-1005."),
    (PNAS, "Ferrari M. {title}. PNAS 2013."),
    (ARMS, "Berg, A. (2005). {title}: causes and consequences. Security Studies, 14(2), 201-230."),
    (ARMS, "Berg A. {title}. Secur. Stud. 2005."),
    (THESIS, "Ivanova, O. (2016). {title} [Doctoral dissertation, University of Oxford]."),
]
OTHERS = [
    (JCR, "P. Novak, J. Confl. Resolut. 55 (2011) 533."),
    (JCR, "P. Novak, J. Confl. Resolut. 55 (2011) 823."),
    (JCR, "P. Novak, J. Confl. Resolut. 55 (2001) 523."),
    (JCR, "P. Novak, J. Peace Res. 55 (2011) 523."),
    (BASES, "A. Cooley, Europe-Asia Stud. 84 (2008) 1173."),
    (BASES, "Cooley, A. (2008). {title}. Palgrave Macmillan."),
    (BASES, "Cooley, A. (2008). {title}. Berlin: Springer."),
    (PREPRINT, "Sato, Y. (2022). {title}. Political Analysis, 30(4), 511-530."),
    (PREPRINT, "Sato, Y. (2022). {title}. Political Analysis."),
    (BASES, "Cooley, A. (2008). {title}. arXiv preprint arXiv:0801.00001."),
    (CHAPTER, "Popescu, N. (Ed.). (2010). Security in Eastern Europe. Palgrave Macmillan."),
    (BOOK, "Lind, G. (2009). {title}. International Organization, 63(1), 1-30."),
    (BOOK, "Lind, G. (2009). Small States in Alliances. In J. Roe (Ed.), Neighbours (pp. 1-20). Routledge."),
    (REPORT, "Weiss, A. (2015). {title}. Survival, 57(2), 10-30."),
    (REPORT, "Weiss, A. (2015). {title}. Foreign Affairs."),
    (PAPER, "Kim, S., & Lee, J. (2016). {title}. Social Media + Society, 2(1), 1-14."),
    (PAPER, "Kim, S., & Lee, J. (2016). {title}. Journal of Web Science."),
    (ARMS, "Berg, A. (2005). {title}: a handbook. Routledge."),
    (ARMS, "Berg, A. (2006). {title}: a reply to Smith. Security Studies, 15."),
    (ARMS, "Berg, A. (2005). {title}: evidence from Africa. Orbis."),
    (THESIS, "Ivanova, O. (2016). {title}. London: Routledge."),
    (THESIS, "Ivanova, O. (2017). {title}. Europe-Asia Studies, 69(1), 1-20."),
]


@pytest.mark.parametrize(("record", "line"), RIGHT)
def test_a_text_means_its_work(record: Reference, line: str) -> None:
    found = judge(parse_reference(line.format(title=record.title)), [record])
    assert found.accepted is record, found.reason


@pytest.mark.parametrize(("record", "line"), OTHERS)
def test_a_text_means_no_other_version_part_or_place(record: Reference, line: str) -> None:
    found = judge(parse_reference(line.format(title=record.title)), [record])
    assert found.accepted is None
    assert not found.proposals or found.proposals[0].candidate is record


def bare(record: Reference, **changes: object) -> Reference:
    """Give a work as a .bib file may have it: people, title, year and what is said here."""
    lean = Reference(kind=record.kind, title=record.title, author=record.author, issued=record.issued)
    return replace(lean, **changes)


@pytest.mark.parametrize(
    ("record", "changes", "word"),
    [
        (ARMS, {"title": f"{ARMS.title}: a reply to critics", "container_title": "Security Studies"}, "reply"),
        (ARMS, {"title": f"{ARMS.title}: evidence from Africa"}, "subtitle"),
        (ARMS, {"title": f"{ARMS.title}: a rejoinder"}, "reply"),
        (ARMS, {"title": f"{ARMS.title}: a response to Walt"}, "reply"),
        (ARMS, {"title": f"{ARMS.title}: comment on Walt"}, "reply"),
        (ARMS, {"kind": "webpage", "url": "https://blog.example.org/arms"}, "versions"),
        (ARMS, {"kind": "manuscript"}, "versions"),
        (ARMS, {"kind": "report", "publisher": "RAND"}, "versions"),
        (ARMS, {"kind": "book", "publisher": "Routledge"}, "one is a book"),
        (ARMS, {"container_title": "Orbis"}, "containers differ"),
        (ARMS, {"issued": PartialDate(year=2008)}, "year"),
        (PREPRINT, {"kind": "article-journal", "container_title": "Political Analysis"}, "versions"),
        (REPORT, {"kind": "article-journal", "container_title": "Survival"}, "versions"),
        (PAPER, {"kind": "article-journal", "container_title": "Journal of Web Science"}, "versions"),
        (THESIS, {"kind": "book", "publisher": "Routledge"}, "versions"),
    ],
)
def test_fields_mean_no_other_version_part_or_place(record: Reference, changes: dict[str, object], word: str) -> None:
    found = judge(bare(record, **changes), [record])
    assert found.accepted is None
    assert word in " ".join((found.reason, *found.proposals[0].reasons))


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        (ARTICLE, {"issued": PartialDate(year=2021)}),
        (ARTICLE, {"issued": PartialDate(year=2024)}),
        (ARTICLE, {"issued": PartialDate(year=2020)}),
        (JCR, {"container_title": "J. Confl. Resolut."}),
        (JCR, {"title": "", "container_title": "J. Confl. Resolut.", "volume": "55", "page": "523"}),
        (BASES, {"container_title": "Int. Aff.", "volume": "84"}),
        (PREPRINT, {"kind": "document"}),
        (PREPRINT, {"kind": "article-journal", "container_title": "arXiv preprint arXiv:2201.01234"}),
        (PREPRINT, {"kind": "manuscript"}),
        (CHAPTER, {"container_title": "Security in Eastern Europe"}),
        (BOOK, {"publisher": "Cambridge University Press"}),
        (REPORT, {"kind": "webpage", "url": "https://www.rand.org/pubs/1"}),
        (PAPER, {"kind": "article-journal", "container_title": PAPER.container_title}),
        (ARMS, {"title": f"{ARMS.title}: causes and effects", "container_title": "Security Studies", "volume": "14"}),
        (THESIS, {"publisher": "Oxford"}),
    ],
)
def test_fields_mean_their_work(record: Reference, changes: dict[str, object]) -> None:
    found = judge(bare(record, **changes), [record])
    assert found.accepted is record, found.reason


def test_a_place_without_title_is_exact() -> None:
    place = {"title": "", "container_title": "J. Confl. Resolut.", "volume": "55", "page": "523"}
    for other in (
        {"page": "533"},
        {"volume": "54"},
        {"container_title": "J. Peace Res."},
        {"author": (name("Roe, A."),)},
    ):
        assert judge(bare(JCR, **(place | other)), [JCR]).accepted is None


def test_publisher_and_all_people_bear_a_short_title_out() -> None:
    short = replace(BOOK, title="Small Guarantors")
    lean = bare(short, author=(name("Lind, G."),))
    assert judge(lean, [short]).accepted is None
    assert judge(replace(lean, publisher="Cambridge UP"), [short]).accepted is short
    assert judge(bare(short), [short]).accepted is short  # the given name in full
    several = replace(short, author=(*short.author, name("Roe, A.")))
    assert judge(bare(several, author=(name("Lind, G."), name("Roe, A."))), [several]).accepted is several
    generic = replace(short, title="Introduction")
    assert judge(bare(generic, publisher=BOOK.publisher), [generic]).accepted is None


def stated(record: Reference, **changes: object) -> str:
    found = objection_to(bare(record, **changes), replace(record, doi=""))
    return "" if found is None else "another work" if found.sure else "doubtful"


@pytest.mark.parametrize("year", [2019, 2021, 2022, 2026, 2034, 1024])
@pytest.mark.parametrize("journal", ["Review of International Studies", ""])
def test_another_year_alone_is_no_other_work(year: int, journal: str) -> None:
    assert stated(ARTICLE, issued=PartialDate(year=year), container_title=journal) == ""


def test_a_year_weighs_where_little_else_is_known_or_another_edition_is_meant() -> None:
    late = PartialDate(year=2016)
    assert stated(ARTICLE, issued=late, author=(), container_title="Review of International Studies") == "doubtful"
    assert stated(ARTICLE, issued=PartialDate(year=1999), author=()) == "another work"
    assert stated(ARTICLE, issued=late, container_title="Orbis") == "doubtful"
    assert stated(replace(BOOK, edition="2"), issued=PartialDate(year=2003), edition="1") == "another work"


def test_a_stated_version_is_believed() -> None:
    """What it was taken from is told where the record fills the reference."""
    assert stated(PREPRINT, kind="article-journal", container_title="Political Analysis") == ""
    assert stated(ARMS, kind="webpage", url="https://blog.example.org/arms") == ""


def test_a_translated_title_may_be_the_works() -> None:
    german = {"title": "Grenzen der Delegation und die regionale Ordnung im eurasischen Raum"}
    journal = {"container_title": "Review of International Studies"}
    assert stated(ARTICLE, **german, **journal) == "doubtful"
    assert stated(ARTICLE, **german, **journal, author=(name("Roe, A."),)) == "another work"
    assert stated(ARTICLE, **german, container_title="Osteuropa") == "another work"
    assert stated(ARTICLE, title="The fish of the northern seas and of the Baltic", **journal) == "another work"
