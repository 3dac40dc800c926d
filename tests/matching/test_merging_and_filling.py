"""Several references become one, and a record completes a reference: nothing is lost, nothing corrected in silence."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliancebib.matching import fill, merge
from alliancebib.model import Name, Origin, PartialDate, Provenance, Reference, Span

POOR = Reference(
    id="a",
    kind="webpage",
    title="Alliances: why write them down",
    author=(Name(family="Morrow", given="J. D."),),
    issued=PartialDate(year=2000),
    container_title="Annu. Rev. Polit. Sci.",
    page="63",
    url="https://example.org/a",
    note="Translated",
    origins=(Origin(page="x", line=3, raw="first"),),
    provenance=(Provenance(actor="headline", confidence=0.7),),
)
RICH = Reference(
    id="b",
    key="morrow2000",
    kind="article-journal",
    title="Alliances: Why Write Them Down? A review",
    author=(Name(family="Morrow", given="James D."), Name(family="Roe", given="J.")),
    issued=PartialDate(year=2000, month=6),
    container_title="Annual Review of Political Science",
    volume="3",
    page="63–83",
    doi="10.1146/annurev.polisci.3.1.63",
    url="https://example.net/b",
    note="Open access",
    extra={"number": "7"},
    origins=(Origin(page="x", line=9, raw="second"),),
)


def test_merging_fills_gaps_and_takes_the_fuller_value() -> None:
    merged, findings = merge([POOR, RICH])
    assert (merged.id, merged.key, merged.kind) == ("a", "morrow2000", "article-journal")
    assert merged.title == RICH.title
    assert merged.author == RICH.author
    assert merged.issued == RICH.issued
    assert (merged.container_title, merged.page, merged.volume) == (RICH.container_title, "63–83", "3")
    assert merged.url == POOR.url
    assert merged.extra == {"number": "7", "alliancebib:urls": RICH.url}
    assert merged.note == "Translated; Open access"
    assert [origin.line for origin in merged.origins] == [3, 9]
    assert merged.provenance[0].actor == "headline"
    refused = dict(pair for record in merged.provenance for pair in record.refused)
    assert (refused["title"], refused["page"], refused["author"]) == (POOR.title, "63", "Morrow, J. D.")
    assert findings == ()


def test_merging_takes_full_names_person_by_person() -> None:
    one = Reference(author=(Name(family="Roe", given="Jane"), Name(family="Poe", given="A.")))
    other = Reference(author=(Name(family="Roe", given="J."), Name(family="Poe", given="Ann")))
    assert [name.given for name in merge([one, other])[0].author] == ["Jane", "Ann"]


def test_merging_tells_of_names_that_differ_in_a_part() -> None:
    plain, junior = Name(family="Roe", given="Jane"), Name(family="Roe", given="Jane", suffix="Jr.")
    for refused in (plain, junior):
        kept = junior if refused is plain else plain
        merged, _ = merge(
            [Reference(author=(kept, Name(family="Poe"))), Reference(author=(refused, Name(family="Poe")))]
        )
        told = {pair for record in merged.provenance for pair in record.refused}
        assert merged.author[0] == junior
        assert told == {("author", "Roe, Jane; Poe")}


def test_merging_tells_of_values_that_differ() -> None:
    one = Reference(id="a", title="A title", issued=PartialDate(year=2019), volume="3")
    other = Reference(id="b", title="A title", issued=PartialDate(year=2020), volume="4")
    merged, findings = merge([one, other])
    assert merged.year == 2020
    assert [finding.code for finding in findings] == ["AB503", "AB503"]
    assert "'2019'; '2020' was kept" in findings[0].message
    assert ("issued", "2019") in [pair for record in merged.provenance for pair in record.refused]


def test_the_value_that_more_members_have_is_kept() -> None:
    volumes = [Reference(volume=volume) for volume in ("12", "121", "12")]
    assert merge(volumes)[0].volume == "12"
    assert merge([Reference(issued=PartialDate(year=year)) for year in (2019, 2019, 2020)])[0].year == 2019


def test_a_shouted_or_cut_title_gives_way() -> None:
    titles = [
        "ALLIANCES: WHY WRITE THEM DOWN, AND KEEP",
        "Alliances: why write them …",
        "Alliances: why write them",
    ]
    assert merge([Reference(title=title) for title in titles])[0].title == titles[2]


def test_merging_one_changes_nothing_and_merging_none_is_an_error() -> None:
    assert merge([POOR]) == (POOR, ())
    with pytest.raises(ValueError, match="nothing to merge"):
        merge([])


def test_filling_completes_and_keeps() -> None:
    bare = Reference(
        id="a",
        kind="article-journal",
        title=POOR.title,
        author=POOR.author,
        issued=POOR.issued,
        page="63",
        spans=(Span("title", 0, 9),),
    )
    record = Reference(
        kind="article-journal",
        title="Alliances: Why Write Them Down?",
        author=(Name(family="Morrow", given="James D."),),
        issued=PartialDate(year=2000, month=6),
        container_title="Annual Review of Political Science",
        volume="3",
        page="63-83",
        doi="10.1146/annurev.polisci.3.1.63",
        issn="1094-2939",
    )
    filled, findings = fill(bare, record, by="crossref", confidence=0.98)
    assert (filled.doi, filled.volume, filled.page, filled.issn) == (record.doi, "3", "63-83", "1094-2939")
    assert filled.author[0].given == "James D."
    assert (filled.title, filled.issued) == (bare.title, bare.issued)
    assert findings == ()
    (provenance,) = filled.provenance
    assert (provenance.actor, provenance.confidence) == ("crossref", 0.98)
    assert ("title", record.title) in provenance.refused
    assert fill(filled, filled, by="crossref", confidence=0.98) == (filled, ())


TYPED = Reference(
    kind="article-journal",
    title="Writing alliances down: What for?",
    author=(Name(family="Morrow", given="J. D."), Name(family="Roe", given="R.")),
    issued=PartialDate(year=2000),
    container_title="Ann. Rev. Polit. Sci.",
    volume="3",
    page="63--83",
)
AS_RECORDED = Reference(
    kind="article-journal",
    title="Writing Alliances Down: What For?",
    author=(Name(family="Morrow", given="James D."), Name(family="Roe", given="Richard")),
    issued=PartialDate(year=2000, month=6),
    container_title="Annual Review of Political Science",
    volume="3",
    issue="1",
    page="63-83",
    doi="10.5555/1",
)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"title": "writing alliances down"},
        {"title": "writing alliances down: What for?"},
        {"page": "63"},
        {"page": "63–83"},
        {"author": (Name(family="Morrow", given="James"), Name(family="Roe", given="R"))},
        {"author": (Name(family="Morrow", given="JD"), Name(others=True))},
        {"container_title": "Annual review of political science"},
    ],
)
def test_what_somebody_typed_into_a_field_stays_and_contradicts_nothing(typed: dict[str, object]) -> None:
    reference = replace(TYPED, **typed)
    filled, findings = fill(reference, AS_RECORDED, by="crossref", confidence=1)
    assert (filled.doi, filled.issue) == ("10.5555/1", "1")
    assert replace(filled, doi="", issue="", provenance=()) == reference
    assert findings == ()


def test_either_date_of_a_work_is_right() -> None:
    record = replace(AS_RECORDED, extra={"available-date": PartialDate(year=1999, month=12, day=30)})
    for year, told in ((1998, ["AB404"]), (1999, []), (2000, []), (2001, ["AB404"])):
        reference = replace(TYPED, issued=PartialDate(year=year))
        filled, findings = fill(reference, record, by="crossref", confidence=1)
        assert filled.issued == reference.issued
        assert [finding.code for finding in findings] == told
        assert not findings or f"The date is '{year}' here and '2000-06' at crossref" in findings[0].message


def test_a_title_of_before_the_retraction_is_no_other_title() -> None:
    record = replace(AS_RECORDED, title=f"RETRACTED: {AS_RECORDED.title}")
    assert fill(TYPED, record, by="crossref", confidence=1)[1] == ()
    assert fill(replace(TYPED, title=""), record, by="crossref", confidence=1)[0].title == record.title


def test_a_doi_alone_is_completed_with_the_title() -> None:
    filled, findings = fill(Reference(doi="10.5555/1"), RICH, by="crossref", confidence=1.0)
    assert (filled.title, filled.author) == (RICH.title, RICH.author)
    assert "title" in filled.provenance[-1].fields
    assert {finding.code for finding in findings} <= {"AB404"}


def test_filling_contradicts_aloud() -> None:
    record = Reference(
        kind="article-journal",
        title="Something else",
        author=(Name(family="Hoffmann", given="A."),),
        issued=PartialDate(year=2001),
        volume="4",
        page="1-9",
    )
    filled, findings = fill(RICH, record, by="crossref", confidence=0.9)
    assert filled.title == RICH.title
    assert filled.volume == "3"
    assert {finding.code for finding in findings} == {"AB404"}
    assert len(findings) == 5
    assert any("'3' here and '4' at crossref" in finding.message for finding in findings)
    assert ("volume", "4") in filled.provenance[-1].refused


def test_other_given_names_are_not_written_over() -> None:
    record = Reference(author=(Name(family="Morrow", given="Vivian"),))
    assert fill(POOR, record, by="crossref", confidence=1)[0].author == POOR.author


SAID = Reference(
    kind="report",
    title="Energy security in the Black Sea region",
    author=(Name(family="Weiss", given="Andrew"),),
    issued=PartialDate(year=2015),
    publisher="RAND Corporation",
)


@pytest.mark.parametrize(("ours", "theirs"), [("report", "article-journal"), ("article-journal", "book")])
def test_nothing_of_the_place_is_filled_in_from_another_kind(ours: str, theirs: str) -> None:
    record = replace(
        SAID, kind=theirs, container_title="Survival", volume="57", page="10-30", edition="2", doi="10.5/x"
    )
    filled, told = fill(replace(SAID, kind=ours), record, by="crossref", confidence=1.0)
    assert (filled.container_title, filled.volume, filled.page, filled.edition) == ("", "", "", "")
    assert filled.doi == record.doi
    assert [finding.message for finding in told] == [
        f"The kind is '{ours}' here and '{theirs}' at crossref; the value here was kept."
    ]


def test_a_preprint_gives_an_article_no_place() -> None:
    article = replace(SAID, kind="article-journal", container_title="Survival", volume="57")
    posted = replace(SAID, kind="article", publisher="arXiv", page="1-9", doi="10.5/x")
    filled, told = fill(article, posted, by="crossref", confidence=1.0)
    assert (filled.page, [finding.code for finding in told]) == ("", ["AB404"])


@pytest.mark.parametrize("kind", ["paper-conference", "article-journal"])
def test_in_the_same_book_or_journal_the_kind_is_a_matter_of_words(kind: str) -> None:
    ours = replace(SAID, kind="article-journal", container_title="Proceedings of the Alliance Conference")
    record = replace(ours, kind=kind, volume="57", page="10-30", doi="10.5/x")
    filled, told = fill(ours, record, by="crossref", confidence=1.0)
    assert (filled.volume, filled.page, told) == ("57", "10-30", ())


def test_a_particle_is_written_in_many_ways() -> None:
    ours = replace(SAID, author=(Name(family="Ochoa", given="Ofelia", dropping_particle="Espejo de"),))
    for theirs in (
        Name(family="Espejo de Ochoa", given="Ofelia"),
        Name(family="de Ochoa", given="O.", non_dropping_particle="Espejo"),
    ):
        record = replace(SAID, author=(theirs,), doi="10.5/x")
        assert fill(ours, record, by="crossref", confidence=1.0)[1] == ()
    other = replace(SAID, author=(Name(family="Ochoa", given="Maria"),), doi="10.5/x")
    assert fill(ours, other, by="crossref", confidence=1.0)[1] != ()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Search for H$_2$O near $\\alpha$ Centauri", "Search for H₂O near α Centauri"),
        ("Decay of $^{14}$C and \\(\\lambda\\)", "Decay of ¹⁴C and λ"),
        ("CO$_{2}$ prices", "CO2 prices"),
    ],
)
def test_titles_with_formulas_are_one(ours: str, theirs: str) -> None:
    record = replace(SAID, title=theirs, doi="10.5/x")
    assert fill(replace(SAID, title=ours), record, by="crossref", confidence=1.0)[1] == ()
    assert fill(
        replace(SAID, title=ours), replace(record, title="Search for CO near Centauri"), by="x", confidence=1.0
    )[1]


def test_merging_unites_what_is_a_list_and_keeps_every_remark() -> None:
    raw = Origin(page="a.bib", line=1, raw="@book{one, } @book{two, }")
    one = Reference(
        key="one",
        extra={"keyword": "war, peace", "bibtex:file": ":a.pdf:PDF", "annote": "Read", "bibtex:related": "two, third"},
        origins=(raw,),
        leftover=("[3 refs]",),
    )
    other = Reference(
        key="two",
        extra={"keyword": "peace; law", "bibtex:file": ":b.pdf:PDF", "annote": "Lent", "bibtex:ids": "older"},
        origins=(raw,),
        leftover=("sic",),
    )
    merged, findings = merge([one, other])
    assert merged.extra == {
        "keyword": "war; peace; law",
        "bibtex:file": ":a.pdf:PDF;:b.pdf:PDF",
        "annote": "Read; Lent",
        "bibtex:related": "third",
        "bibtex:ids": "older, two",
    }
    assert merged.leftover == ("[3 refs]",)
    told = {pair for record in merged.provenance for pair in record.refused}
    assert told == {("key", "two"), ("leftover", "sic"), ("bibtex:related", "two, third")}
    assert [finding.code for finding in findings] == ["AB503"]


def test_a_key_that_was_made_up_is_no_further_name() -> None:
    origin = Origin(page="a.bib", line=1, raw="@book{one, title = {A}}")
    merged, _ = merge([Reference(key="one", origins=(origin,)), Reference(key="one-2", origins=(origin,))])
    assert "bibtex:ids" not in merged.extra


def test_of_tex_sources_that_of_the_value_is_kept() -> None:
    one = Reference(title="A", extra={"bibtex:tex:title": "A\\LongCommand{}"})
    other = Reference(title="A longer title", extra={"bibtex:tex:title": "\\b A longer title"})
    merged, _ = merge([one, other])
    assert merged.extra["bibtex:tex:title"] == "\\b A longer title"


def test_other_values_than_those_of_a_title_are_told_too() -> None:
    one, other = Reference(id="a", publisher="Sea Press"), Reference(id="b", publisher="Hill and Sons", note="x")
    _, findings = merge([one, other])
    assert ["publisher" in finding.message for finding in findings] == [True]
    months = [Reference(issued=PartialDate(year=2020, month=month)) for month in (3, 9)]
    assert [finding.code for finding in merge(months)[1]] == ["AB503"]


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "NATO and Russia in the Black Sea", "NATO and russia in the black sea"),
        ("title", "CSTO drills", "CSTO drills - TASS"),
        ("title", "Das Bündnis im Norden", "Das Buendnis im Norden"),
        ("title", "Reading <i>Walt</i> again", "Reading Walt again"),
        ("title", "Reading Walt again", "READING WALT AGAIN"),
        ("container_title", "Zeitschrift für Bündnisse", "Zeitschrift fuer Buendnisse"),
        ("doi", "10.1000/abc", "https://doi.org/10.1000/abc"),
        ("volume", "12", "Vol. 12"),
        ("issue", "3", "№ 3"),
        ("language", "en", "german"),
    ],
)
def test_the_better_written_value_is_kept(field: str, one: str, other: str) -> None:
    both = [replace(Reference(), **{field: one}), replace(Reference(), **{field: other})]
    for members in (both, both[::-1]):
        assert getattr(merge(members)[0], field) == one


def test_what_more_members_have_goes_before_how_it_is_written() -> None:
    titles = ["A plain title", "A Plain Title", "A plain title"]
    assert merge([Reference(title=title) for title in titles])[0].title == "A plain title"
    assert merge([Reference(volume=volume) for volume in ("7", "Vol. 12", "12")])[0].volume == "12"


def test_a_note_of_a_parent_does_not_become_that_of_its_child() -> None:
    origin = Origin(raw="@inproceedings{a, title={A}, crossref={p}}")
    child = Reference(key="a", note="Of the whole", origins=(origin,), extra={"bibtex:crossref": "p"})
    other = Reference(key="b", note="Read")
    assert merge([child, other])[0].note == merge([other, child])[0].note == "Read"
    assert merge([child, Reference(key="b")])[0].note == "Of the whole"
