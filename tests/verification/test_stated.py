"""A stated DOI is believed until its record speaks against it: the same for completing, checking and matching."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from alliancebib.errors import UnreachableError
from alliancebib.library import Library
from alliancebib.lock import THRESHOLD, Accepted, Open
from alliancebib.matching import fill, judge
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.pipeline import enrich, match
from alliancebib.verification import Asker, Question, Services, search_all

ALLISON = Reference(
    id="a",
    kind="article-journal",
    title="Alliance politics in Central Asia after the war",
    author=(Name(family="Allison", given="Roy"),),
    issued=PartialDate(year=2018),
    container_title="World Politics",
    volume="3",
    issue="2",
    page="12-30",
    doi="10.5555/x",
)
SHORT = replace(ALLISON, title="The war")
STRANGER = {
    "author": (Name(family="Zhang", given="Wei"),),
    "issued": PartialDate(year=2017),
    "container_title": "Drug Studies",
    "volume": "99",
    "issue": "4",
    "page": "1-5",
}
RUSSIAN = replace(
    ALLISON,
    title="Организация Договора о коллективной безопасности",
    author=(Name(family="Никитина", given="Юлия"),),
    container_title="Вестник МГИМО",
)
TRANSLATED = replace(
    ALLISON,
    title="The Collective Security Treaty Organization",
    author=(Name(family="Nikitina", given="Yulia"),),
    container_title="MGIMO Review of International Relations",
)


class Registry:
    """A resolver that has one record for every DOI, or finds candidates, or cannot be asked."""

    def __init__(self, *works: Reference, name: str = "crossref", problem: str = "") -> None:
        self.name = name
        self.works = works
        self.problem = problem
        self.searches = 0

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        if self.problem:
            raise UnreachableError(self.problem)
        self.searches += 1
        return self.works

    def lookup(self, doi: str) -> Reference | None:
        if self.problem:
            raise UnreachableError(self.problem)
        return next(iter(self.works), None)


def asked(reference: Reference, *resolvers: Registry) -> Accepted | Open | None:
    asker = Asker(resolvers, threshold=THRESHOLD, today=date(2026, 11, 28))
    return asker.ask([Question(0, reference, human=False)], None)[0].entry


def verdict(reference: Reference, record: Reference) -> str:
    entry = asked(reference, Registry(record))
    found = "accepted" if isinstance(entry, Accepted) else entry.verdict if entry else ""
    (matched,) = search_all([reference], [Registry(record)], threshold=THRESHOLD)
    assert matched.judgement is not None
    assert (matched.judgement.accepted is not None) == (found == "accepted")  # matching says the same
    return found


def test_a_record_without_title_is_told_by_people_year_and_place() -> None:
    bare = replace(ALLISON, title="")
    assert verdict(ALLISON, bare) == "accepted"
    assert verdict(ALLISON, replace(bare, **STRANGER)) == "other-work"
    assert verdict(ALLISON, replace(bare, author=(), volume="60", issue="", page="")) == "doubtful"
    assert verdict(replace(ALLISON, title=""), replace(ALLISON, **STRANGER)) == "other-work"
    assert verdict(Reference(id="a", doi="10.5555/x"), ALLISON) == "accepted"


@pytest.mark.parametrize("author", [ALLISON.author, ()])
def test_the_beginning_of_a_title_is_a_title_of_its_own(author: tuple[Name, ...]) -> None:
    longer = replace(ALLISON, title="The war on drugs in northern Mexico: a survey", **STRANGER)
    assert verdict(replace(SHORT, author=author), longer) == "other-work"
    placeless = {"volume": "", "issue": "", "page": ""}
    assert verdict(replace(SHORT, author=author, **placeless), longer) == "other-work"


def test_the_beginning_of_a_title_is_enough_where_people_or_place_bear_it_out() -> None:
    record = replace(ALLISON, title="The war: how alliances in the north of Asia were lost")
    bare = replace(SHORT, container_title="", volume="", issue="", page="")
    assert verdict(SHORT, record) == "accepted"
    assert verdict(bare, record) == "accepted"
    assert (
        verdict(replace(ALLISON, title="Alliance politics in Central Asia", container_title=""), ALLISON) == "accepted"
    )


def test_a_title_without_letters_says_nothing() -> None:
    blank = Reference(id="a", kind="article-journal", title="???", doi="10.5555/x")
    assert verdict(blank, ALLISON) == "doubtful"
    assert verdict(replace(ALLISON, title="???"), ALLISON) == "accepted"


@pytest.mark.parametrize("title", ["Literature Review", "Conclusion", "Soil Ecology", ALLISON.title])
def test_the_same_title_in_another_place_is_another_work(title: str) -> None:
    stated = replace(ALLISON, title=title)
    assert verdict(stated, replace(stated, volume="4", issue="1", page="112-118")) == "other-work"
    assert verdict(stated, replace(stated, issue="6", page="412-450")) == "other-work"


def test_a_title_of_many_works_is_doubtful_elsewhere() -> None:
    stated = replace(ALLISON, title="Conclusion", kind="chapter", volume="", issue="", page="")
    assert verdict(stated, replace(stated, container_title="NATO enlargement")) == "doubtful"
    assert verdict(stated, stated) == "accepted"


def test_part_of_a_title_in_another_place_completes_nothing() -> None:
    record = replace(ALLISON, title=f"{ALLISON.title}: reply to critics of the author", page="311-320", issue="")
    assert verdict(ALLISON, record) in ("doubtful", "other-work")


def test_one_slip_is_no_other_work() -> None:
    assert verdict(replace(ALLISON, page="112-130"), ALLISON) == "accepted"
    assert verdict(replace(ALLISON, volume="4"), ALLISON) == "accepted"
    assert verdict(replace(ALLISON, issued=PartialDate(year=2016)), ALLISON) == "accepted"


def test_names_and_titles_in_two_scripts_are_not_accused() -> None:
    assert verdict(replace(RUSSIAN, title=TRANSLATED.title), TRANSLATED) == "accepted"
    assert verdict(RUSSIAN, TRANSLATED) == "accepted"
    stranger = replace(TRANSLATED, **STRANGER)
    assert verdict(RUSSIAN, stranger) == "other-work"


def test_the_original_title_of_a_record_is_its_title() -> None:
    record = replace(TRANSLATED, extra={"original-title": RUSSIAN.title})
    assert verdict(RUSSIAN, record) == "accepted"
    _, differing = fill(RUSSIAN, record, by="crossref", confidence=1.0)
    assert not [one for one in differing if "title is" in one.message and "container" not in one.message]
    assert not [one for one in differing if "author" in one.message]
    other = replace(record, extra={"original-title": "Рыболовство северных морей"}, volume="9", issue="9", page="99")
    assert verdict(RUSSIAN, other) == "other-work"
    german = replace(ALLISON, title="Bündnisse in Zentralasien nach dem Krieg", volume="", issue="", page="")
    english = replace(german, title=ALLISON.title, extra={"original-title": german.title})
    assert verdict(german, english) == "accepted"


def test_a_search_knows_the_original_title_too() -> None:
    record = replace(TRANSLATED, extra={"original-title": RUSSIAN.title})
    (found,) = search_all([replace(RUSSIAN, doi="")], [Registry(record)], threshold=THRESHOLD)
    assert found.judgement is not None
    assert found.judgement.accepted is record


def test_matching_believes_a_stated_doi_as_completing_does() -> None:
    retracted = replace(ALLISON, title=f"RETRACTED: {ALLISON.title}")
    bare = replace(ALLISON, author=(), container_title="", volume="", issue="", page="")
    assert verdict(ALLISON, retracted) == "accepted"
    assert verdict(bare, ALLISON) == "accepted"
    assert judge(replace(bare, doi=""), [ALLISON]).accepted is None  # which a search would not


def test_nothing_is_settled_while_a_service_cannot_be_asked() -> None:
    reference = replace(ALLISON, doi="")
    like = replace(ALLISON, author=(Name(family="Roe", given="Mary"),))
    down = Registry(name="datacite", problem="down")
    assert isinstance(asked(reference, Registry(like)), Open)
    assert asked(reference, Registry(like), down) is None
    assert isinstance(asked(reference, Registry(ALLISON), down), Accepted)
    enriched = enrich(Library([reference]), [Registry(like), down])
    assert (dict(enriched.lock.open), enriched.not_asked) == ({}, 1)
    (found,) = match(Library([reference]), [Registry(like), down])
    assert found.problem is not None


def test_there_is_one_bar() -> None:
    assert Services().threshold == THRESHOLD
