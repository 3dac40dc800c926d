"""Records as the service really gives them become references; the oddities are those of real records."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from alliancebib.model import KINDS, Name, PartialDate
from alliancebib.resolvers._markup import calm_name, calm_title, plain
from alliancebib.resolvers._records import KIND_OF, record_to_reference
from alliancebib.updates import Update, later_forms, updates_of
from shared_data import shared


def made(**fields: object) -> dict[str, object]:
    return {"DOI": "10.5555/X.1", "type": "journal-article"} | {
        name.replace("_", "-"): value for name, value in fields.items()
    }


def dated(*parts: int | None) -> dict[str, object]:
    return {"date-parts": [list(parts)]}


def test_a_whole_record() -> None:
    reference = record_to_reference(
        made(
            title=["Protective Integration"],
            subtitle=["Comparing the SCO and CSTO"],
            author=[{"given": "Roy", "family": "Allison", "sequence": "first", "affiliation": []}],
            container_title=["The Chinese Journal of International Politics"],
            short_container_title=["CJIP"],
            issued=dated(2018, 7, 2),
            published_online=dated(2018, 7, 2),
            published_print=dated(2018, 9, 1),
            volume="11",
            issue="3",
            page="297-338",
            publisher="Oxford University Press (OUP)",
            ISSN=["1750-8916", "1750-8924"],
            issn_type=[{"value": "1750-8924", "type": "electronic"}, {"value": "1750-8916", "type": "print"}],
            score=None,
            URL="http://dx.doi.org/10.5555/x.1",
        )
    )
    assert reference.kind == "article-journal"
    assert reference.title == "Protective Integration: Comparing the SCO and CSTO"
    assert reference.author == (Name(given="Roy", family="Allison"),)
    assert reference.issued == PartialDate(year=2018, month=9, day=1)
    assert reference.extra["available-date"] == PartialDate(year=2018, month=7, day=2)
    assert (reference.volume, reference.issue, reference.page) == ("11", "3", "297-338")
    assert (reference.doi, reference.issn, reference.url) == ("10.5555/x.1", "1750-8916", "")
    assert reference.extra["container-title-short"] == "CJIP"
    assert reference.provenance[0].actor == "crossref"
    assert reference.id == record_to_reference(made()).id


@pytest.mark.parametrize(
    ("titles", "subtitles", "title"),
    [
        ([], [], ""),
        (["  "], ["Sub"], ""),
        (["Title"], [""], "Title"),
        (["Title: a sub"], ["A Sub"], "Title: a sub"),
        (["Collapse and Total War:"], ["The Indigenous West"], "Collapse and Total War: The Indigenous West"),
        (["Terug naar de essentie?"], ["De invloed"], "Terug naar de essentie? De invloed"),
        (["Title", "Заглавие"], [], "Title"),
        (["HEREDITARY ATAXIA IN SWEDEN"], ["A study"], "Hereditary Ataxia in Sweden: A study"),
    ],
)
def test_title_and_subtitle(titles: list[str], subtitles: list[str], title: str) -> None:
    assert record_to_reference(made(title=titles, subtitle=subtitles)).title == title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fish &amp; Ships", "Fish & Ships"),
        ("Mathematical Inequalities &amp;amp; Applications", "Mathematical Inequalities & Applications"),
        ("Q&A: R&D, AT&T; p &gt; 1", "Q&A: R&D, AT&T; p > 1"),
        ("after &lt;i&gt;Lucia&lt;/i&gt; and", "after Lucia and"),
        ("ecology and<i>Functional Ecology</i>", "ecology and Functional Ecology"),
        ("Profile of<i>Leishmania</i>Promastigote", "Profile of Leishmania Promastigote"),
        ("a <i>Q</i>-Absorbance of <i>N</i>-acetyl, x<i>y</i>", "a Q-Absorbance of N-acetyl, xy"),
        ("N<sub>2</sub>O, Ca<sup>2+</sup>, H<jats:sub>2</jats:sub>O", "N₂O, Ca²⁺, H₂O"),
        ("Cu<sub>2−<i>x</i>\n                  </sub>Se", "Cu₂₋ₓSe"),
        ("Ketone<sup>Ω</sup>", "KetoneΩ"),
        ("of\n            <scp>EGFR</scp>\n            ‐mutant", "of EGFR‐mutant"),
        (
            'the<mml:math xmlns:mml="x"><mml:mi>N</mml:mi>\n<mml:mo>=</mml:mo><mml:mn>88</mml:mn></mml:math>nucleus',
            "the N=88 nucleus",
        ),
        ("<math><mi>d</mi><annotation>\\it d</annotation></math>-forms", "d-forms"),
        ("if a < b and c > d, <Gly> stays", "if a < b and c > d, <Gly> stays"),
        ("One<br/>two<p>three</p>", "One two three"),
        ("<!-- note --><title>T</title>", "T"),
        ("nbsp\xa0and\u2009thin\x00\x1f\ud800", "nbsp and thin"),
        (None, ""),
        (7, ""),
    ],
)
def test_markup_becomes_text(text: object, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"family": "WALLGREN", "given": "ARVID"}, Name(family="Wallgren", given="Arvid")),
        ({"family": "McAdams, III", "given": "Louis"}, Name(family="McAdams", given="Louis", suffix="III")),
        ({"family": "Raimundo, Jr.", "given": "Ivo M."}, Name(family="Raimundo", given="Ivo M.", suffix="Jr.")),
        ({"family": "Gouveia", "given": "A", "suffix": "Jr."}, Name(family="Gouveia", given="A", suffix="Jr.")),
        ({"family": "Mullen", "given": "Dr. Carol A."}, Name(family="Mullen", given="Carol A.")),
        ({"name": "World &amp; Health"}, Name(literal="World & Health")),
        ({"family": "et al."}, Name(others=True)),
        ({"given": "Aristotle"}, Name(literal="Aristotle")),
        ({"family": "Elnaz Nadermahmoudi"}, Name(literal="Elnaz Nadermahmoudi")),
        ({"family": "the NOTES Development Group"}, Name(literal="the NOTES Development Group")),
        ({"family": "van Dijk"}, Name(family="van Dijk")),
        ({"family": "<b>O'NEIL</b>", "given": "H. S. C."}, Name(family="O'Neil", given="H. S. C.")),
        ({"family": "Иванов", "given": "И."}, Name(family="Иванов", given="И.")),
    ],
)
def test_people(person: dict[str, str], name: Name) -> None:
    assert record_to_reference(made(author=[person])).author == (name,)


def test_the_order_of_the_list_is_that_of_the_authors() -> None:
    """In most records no author, or another one, is marked as the first."""
    people = [{"family": "Roe", "sequence": "additional"}, {"family": "Doe", "sequence": "first"}, {"family": "Poe"}]
    assert [name.family for name in record_to_reference(made(author=people)).author] == ["Roe", "Doe", "Poe"]


def test_without_authors_there_are_editors_or_nobody() -> None:
    edited = record_to_reference(made(editor=[{"family": "Doe", "given": "J."}]))
    assert (edited.author, edited.editor) == ((), (Name(family="Doe", given="J."),))
    assert record_to_reference(made()).editor == ()


@pytest.mark.parametrize(
    "doi",
    [
        "10.1002/(SICI)1097-461X(1998)66:4<261::AID-QUA1>3.0.CO;2-T",
        "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-#",
        "http://dx.doi.org/10.5555/X.1",
        "https://doi.org/10.5555/a,b",
        "10.1371\\/journal.pone.0033693",
    ],
)
def test_any_doi_is_kept_whole_and_bare(doi: str) -> None:
    bare = doi.lower().replace("http://dx.doi.org/", "").replace("https://doi.org/", "").replace("\\/", "/")
    assert record_to_reference(made(DOI=doi, URL=f"http://dx.doi.org/{doi}")).doi == bare
    assert record_to_reference(made(DOI=doi, URL=f"http://dx.doi.org/{doi}")).url == ""


def test_two_hyphens_are_a_dash_in_titles_alone() -> None:
    reference = record_to_reference(made(title=["Porokeratosis--a disease --- or"], DOI="10.5555/a--b", page="1--3"))
    assert (reference.title, reference.doi, reference.page) == ("Porokeratosis—a disease --- or", "10.5555/a--b", "1-3")


@pytest.mark.parametrize("score", [None, 0, 17.3, "high"])
def test_a_score_is_no_part_of_a_work(score: object) -> None:
    """Records from dumps have none."""
    assert record_to_reference(made(title=["A"], score=score)) == record_to_reference(made(title=["A"]))


def test_nobody_is_nobody() -> None:
    empty = [{"name": "NA"}, {"sequence": "additional", "affiliation": []}, {"given": "", "family": ""}, {}, "x", None]
    assert record_to_reference(made(author=empty)).author == ()
    assert record_to_reference(made(author=None, editor={"family": "A"})).editor == ()


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ({"issued": {"date-parts": [[None]]}}, None),
        ({"issued": {"date-parts": [[]]}}, None),
        ({"issued": {"date-parts": []}}, None),
        ({"issued": {}}, None),
        ({"issued": None}, None),
        ({"issued": "2010"}, None),
        ({"issued": dated(0)}, None),
        ({"issued": dated(2020, 2, 30)}, PartialDate(year=2020, month=2)),
        ({"issued": dated(2020, 13)}, PartialDate(year=2020)),
        ({"issued": dated(2020, 22)}, PartialDate(year=2020, season=2)),
        ({"issued": {"date-parts": [["2020", "5"]]}}, PartialDate(year=2020, month=5)),
        ({"issued": {"date-parts": [[None]]}, "published-online": dated(2019)}, PartialDate(year=2019)),
    ],
)
def test_dates(fields: dict[str, object], issued: PartialDate | None) -> None:
    reference = record_to_reference(made() | fields)
    assert reference.issued == issued
    assert "available-date" not in reference.extra


@pytest.mark.parametrize(
    ("kind", "titles", "container", "series"),
    [
        ("book-chapter", ["Lecture Notes in Computer Science", "Computer Vision"], "Computer Vision", True),
        ("book-chapter", ["Of body snatchers", "Göttinger Schriften zur Philologie"], "Of body snatchers", True),
        ("book-chapter", ["European Population", "Shared Custody"], "Shared Custody", True),
        (
            "journal-article",
            ["Scand J Med", "Scandinavian Journal of Medicine"],
            "Scandinavian Journal of Medicine",
            False,
        ),
        ("journal-article", ["Trends in Ecology &amp; Evolution"], "Trends in Ecology & Evolution", False),
    ],
)
def test_containers(kind: str, titles: list[str], container: str, series: bool) -> None:
    reference = record_to_reference(made(type=kind, container_title=titles))
    assert reference.container_title == container
    assert bool(reference.collection_title) is series


def test_pages_and_article_numbers() -> None:
    assert record_to_reference(made(page="120274", article_number="120274")).page == "120274"
    assert record_to_reference(made(article_number="e12")).page == "e12"
    both = record_to_reference(made(page="1 – 12", article_number="e12"))
    assert (both.page, both.extra["number"]) == ("1-12", "e12")
    assert record_to_reference(made(page="1-3, 10")).page == "1-3, 10"
    assert record_to_reference(made(page="17")).page == "17"
    assert record_to_reference(made()).page == ""


def test_numbers_of_books_and_journals() -> None:
    assert record_to_reference(made(ISBN=["http://id.crossref.org/isbn/9783161484100"])).isbn == "9783161484100"
    assert record_to_reference(made(ISSN=["0003-9926", "1538-3679"])).issn == "0003-9926"
    assert record_to_reference(made(ISSN="none")).issn == ""


def test_a_preprint_names_the_article_that_it_became() -> None:
    published = [{"id-type": "doi", "id": "10.5555/Article", "asserted-by": "subject"}, {"id-type": "uri", "id": "x"}]
    relation = {"is-preprint-of": published, "has-review": published, "is-version-of": published}
    preprint = record_to_reference(made(type="posted-content", relation=relation))
    assert later_forms(preprint) == (Update(kind="is-preprint-of", doi="10.5555/article"),)
    assert later_forms(record_to_reference(made(relation={"is-preprint-of": "odd", "cites": None}))) == ()


def test_a_work_retracted_in_place_updates_itself() -> None:
    update = {"DOI": "10.5555/x.1", "type": "retraction", "label": "Retraction", "updated": dated(2022, 12)}
    retracted = record_to_reference(made(update_to=[update]))
    assert retracted.extra["status"] == "retracted"
    assert updates_of(retracted) == (Update(kind="retraction", doi="10.5555/x.1", date="2022-12"),)


def test_a_retracted_work_says_so() -> None:
    update = {"DOI": "10.5555/R", "type": "retraction", "label": "Retraction", "updated": dated(2024, 2, 1)}
    update |= {"source": "retraction-watch"}
    retracted = record_to_reference(made(updated_by=[update]))
    assert retracted.extra["status"] == "retracted"
    assert retracted.extra["crossref:updated-by"] == "retraction 10.5555/r (2024-02-01, by retraction-watch)"
    notice = record_to_reference(made(update_to=[update]))
    assert "status" not in notice.extra
    assert "crossref:update-to" in notice.extra


@pytest.mark.parametrize(("title", "calm"), [("NATO", "NATO"), ("HIV/AIDS", "HIV/AIDS"), ("PLOS ONE", "PLOS ONE")])
def test_short_capitals_stay(title: str, calm: str) -> None:
    assert calm_title(title) == calm


def test_shouting_in_other_scripts() -> None:
    assert calm_title("МИРОТВОРЧЕСКИЙ ПОТЕНЦИАЛ ОРГАНИЗАЦИИ") == "Миротворческий Потенциал Организации"
    assert calm_name("КОРНИЛЕНКО") == "Корниленко"


def test_every_kind_is_one_of_csl() -> None:
    assert set(KIND_OF.values()) <= KINDS
    assert record_to_reference(made(type=None)).kind == "document"
    assert record_to_reference({}).kind == "document"
    assert record_to_reference(made(type="something-new")).kind == "document"


def test_real_records_leave_no_markup_and_no_one_unnamed() -> None:
    with gzip.open(shared("crossref/records.jsonl.gz"), "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for place, line in enumerate(lines) if place % 4 == 0 or "<" in line or "&" in line]
    assert len(records) > 3000
    for record in records:
        reference = record_to_reference(record)
        texts = [reference.title, reference.container_title, reference.collection_title, *map(str, reference.author)]
        assert not [text for text in texts if re.search(r"</?[A-Za-z][\w:]*[ >/]|&#?\w+;|\s\s|\n", text)]
        assert all(name.family or name.literal or name.others for name in reference.author)
        people = [who for who in record.get("author") or [] if who.get("family") or who.get("name", "NA") != "NA"]
        assert len(reference.author) == len(people)
        assert reference.doi == record["DOI"].lower().replace("\\/", "/")
        assert bool(reference.title) is bool([title for title in record["title"] if title.strip()])
        assert reference.kind in KINDS
