"""One work, written in two ways as databases, styles and people do: each pair is found to be "same".

The same pairs with less in them are at least shown to a person: nothing is passed over without a word.
"""

from __future__ import annotations

import pytest

from alliancebib.matching import compare
from alliancebib.model import Reference
from made_up import article, book, made, news, people

TITLE = "Burden sharing in alliances of unequal members"
FULL = article(TITLE, "Smith, John; Roe, Jane Ann", 2018, "Journal of Strategic Studies | 62(3), 554-570")
ONE_WORK = [
    (FULL, article(TITLE.upper(), "Smith, J.; Roe, J. A.", 2018, "J. Strateg. Stud. | 62(3), 554-70")),
    (FULL, article(f"{TITLE} [Review] [33 refs]", "Smith, J; et al.", 2018, "J Strateg Stud | 62, 554")),
    (FULL, article(f"{TITLE}.", "Smith; Roe", 2018, "Journal of Strategic Studies | 62(3), 554-570")),
    (
        FULL,
        article(
            "{Burden} sharing in {A}lliances of unequal members",
            "Smith, John",
            2018,
            "Journal of Strategic Studies | 62",
        ),
    ),
    (
        FULL,
        article(
            "Burden sharing in aliances of unequal members",
            "Smith, John; Roe, Jane",
            2018,
            "Journal of Strategic Studies | 62(3), 554-570",
        ),
    ),
    (
        FULL,
        article(
            f"{TITLE}: evidence from two wars",
            "Smith, John; Roe, Jane",
            2018,
            "Journal of Strategic Studies | 62(3), 554-570",
        ),
    ),
    (FULL, article(TITLE, "Smith, John; Roe, Jane", 2019, "Journal of Strategic Studies | 62(3), 554-570")),
    (FULL, article(TITLE, "Smith, John; Roe, Jane", 2018, "Journal of Strategic Studies")),
    (FULL, article(TITLE, "Smith, John; Roe, Jane", 2018, "Journal of Strategic Studies | 62(4), 554-570")),
    (FULL, article(TITLE, "", 2018, "Journal of Strategic Studies | 62(3), 554-570")),
    (FULL, article(TITLE.replace(" ", "  "), "Smith, John", 2018, "Journal of Strategic Studies | 62(3), 554-570")),
    (
        article("Defence &amp; detente in the organisation of states", "Roe, J.", 2018, "Orbis | 18(1)"),
        article("Defense & Détente in the Organization of States", "Roe, Jane", 2018, "Orbis | 18(1)"),
    ),
    (
        article("Haemolytic anaemia and tumours of the oesophagus", "Roe, J.", 2018, "Orbis | 18(1)"),
        article("Hemolytic anemia and tumors of the esophagus", "Roe, Jane", 2018, "Orbis | 18(1)"),
    ),
    (
        article("Zur Theorie der Bündnisse in der Außenpolitik", "Müller, K.", 2018, "Orbis | 18(1), 3-9"),
        article("Zur Theorie der Buendnisse in der Aussenpolitik", "Mueller, Karl", 2018, "Orbis | 18(1), 3-9"),
    ),
    (
        article("Medically assisted feeding for adult patients", "Roe, J.", 2008, "Database of Reviews | , CD006273"),
        article("Medically assisted feeding for patients", "Roe, J.", 2008, "Database of Reviews | , CD006273"),
    ),
    (
        article(
            "Control of pleural effusions by two new drugs", "Roe, J.", 1994, "European Journal of Tests | 30(2), S27"
        ),
        article(
            "Control of pleural effusing by two new drugs", "Roe, J.", 1994, "European Journal of Tests | 30(2), S27"
        ),
    ),
    (
        article("A general theory of peace and of the order of a region", "Roe, J.", 1994, "Annals | 30(2), 227-240"),
        article(
            "Eine allgemeine Theorie des Friedens und der Ordnung einer Region",
            "Roe, J.",
            1994,
            "Annals | 30(2), 227-240",
        ),
    ),
    (
        article(
            "Outcome of operations on the upper lung lobe and complications",
            "Roe, J.",
            1984,
            "Weekly of Medicine | 109, 935-940",
        ),
        article("Outcome of local operations on the lung lobe", "", 1984, "Wkly Med | 109, 935-940"),
    ),
    (
        article("Haemolytic syndrome", "Roe, J.; Poe, A.", 2011, "Nephron | 118(1), c37-c42"),
        article("Hemolytic syndrome", "Roe, J.; Poe, A.", 2010, "Nephron | 118(1), 37-42"),
    ),
    (
        article("Decay of the μ meson in thin layers", "Roe, J.", 1947, "Annals | 71, 209"),
        article("Decay of the mu meson in thin layers", "Roe, J.", 1947, "Annals | 71, 209-210"),
    ),
    (
        article("Role of TNFα in bone resorption of mice", "Roe, J.", 1997, "Annals | 71, 209-219"),
        article("Role of TNF-alpha in bone resorption of mice", "Roe, J.", 1997, "Annals | 71, 209-219"),
    ),
    (
        article("Activated CD4(+) T cells in early sepsis", "Roe, J.", 1997, "Annals | 71, 209-219"),
        article("Activated CD4 T cells in early sepsis", "Roe, J.", 1997, "Annals | 71, 209-219"),
    ),
    (
        article("Of pulp and kagit and other paper", "Roe, J.", 1997, "Annals | 71, 209-219"),
        article("Of pulp andk agit and other paper", "Roe, J.", 1997, "Annals | 71, 209-219"),
    ),
    (
        book("Die Grenzen der Macht: Politik in der Übergangszeit", "Schröder, J.", publisher="Beck"),
        book("Die Grenzen der Macht. Politik in der Uebergangszeit", "Schroeder, Jürgen", publisher="C. H. Beck"),
    ),
    (
        article(TITLE, "Dix-Carneiro, R.", 1997, "Orbis | 71, 3-19"),
        article(TITLE, "Carneiro RD", 1997, "Orbis | 71, 3-19"),
    ),
    (article(TITLE, "Jane Roe", 1997, "Orbis | 71, 3-19"), article(TITLE, "Roe, J.", 1997, "Orbis | 71, 3-19")),
    (article(TITLE, "Roe, J. K.", 1997, "Orbis | 71, 3-19"), article(TITLE, "Roe, J. H.", 1997, "Orbis | 71, 3-19")),
    (
        made("review-book", "Review of The Twilight of the Pact, by A. Poe", "Roe, T.", 1983, "Orbis | 7, 78-86"),
        made("review-book", "The Twilight of the Pact by A. Poe", "Roe, Tamara", 1983, "Orbis | 7, 78-86"),
    ),
    (
        article("Editorial", "Roe, J.", 2011, "Orbis | 18(1), 3-5"),
        article("Editorial", "Roe, Jane", 2011, "Orbis | 18(1), 3-5"),
    ),
    (
        article("Price theory", "Roe, J.", 2011, "Orbis | 18(1), 3-5"),
        article("Price theory", "Roe, Jane", 2011, "Orbis | 18, 3-5"),
    ),
    (
        article("The Bloc", "Xi, Jinping", 2011, "Orbis | 18(1), 3-5"),
        article("The Bloc", "Jinping, Xi", 2011, "Orbis | 18, 3-5"),
    ),
    (
        article("Peacekeeping of the security treaty organization (CSTO)", "Roe, J.", 2018, "Orbis | 18(1)"),
        article("Peacekeeping of the security treaty organization", "Roe, J.", 2018, "Orbis | 18(1)"),
    ),
    (
        article("Studies of ions in flames and plasmas. Part II", "Roe, J.", 2018, "Orbis"),
        article("Studies of ions in flames and plasmas. Part 2", "Roe, J.", 2018, "Orbis"),
    ),
    (
        article("Twelve years of war and the peace of states", "Roe, J.", 2018, "Orbis"),
        article("12 years of war and the peace of states", "Roe, J.", 2018, "Orbis"),
    ),
    (
        article("Ecology of fishes", "Roe, J.", doi="10.5555/ABC"),
        article("Ecology of fishes", "Roe, J.", url="https://doi.org/10.5555/abc"),
    ),
    (
        book("Alliance politics", publisher="Cornell University Press"),
        book("Alliance Politics.", "Smith, J.", publisher="Ithaca: Cornell"),
    ),
    (
        book("Alliance politics", edition="2nd", publisher="Cornell"),
        book("Alliance politics", edition="second", publisher="Cornell"),
    ),
    (book("Alliance politics", isbn="0-674-53751-3"), book("Alliance politics", isbn="9780674537514")),
    (
        book("The origins of alliances and their end in the new century"),
        book("Origins of Alliances and Their End in the New Century", "Smith"),
    ),
    (
        made("chapter", "The army in the south", "Roe, J.", 2010, "Wars | , 10-20"),
        made("chapter", "Army in the South", "Roe, Jane", 2010, "Wars | , 10-20"),
    ),
    (
        made("thesis", TITLE, "Smith, John", 2018, "Dissertation Abstracts International | 73, 1524"),
        made("thesis", TITLE, "Smith, John", 2018, "", page="215 p"),
    ),
    (
        made(
            "paper-conference",
            "Deep nets for parsing of long sentences",
            "Roe, J.",
            2018,
            "Proceedings of the Meeting on Parsing",
        ),
        made(
            "paper-conference",
            "Deep Nets for Parsing of Long Sentences",
            "Roe, Jane",
            2018,
            "Proc. Meeting on Parsing | , 10-20",
        ),
    ),
    (
        made("report", "Trade in arms among small states of Asia", "Roe, J.", 2019, extra={"number": "12"}),
        made("report", "Trade in Arms among Small States of Asia", "Roe, Jane", 2019),
    ),
    (
        news("Bloc to hold drills in Belarus in May", "TASS", 2021),
        news("Bloc to hold drills in Belarus in May - TASS", "", 2021),
    ),
    (
        news("Bloc to hold drills in Belarus in May", "TASS", 2021),
        news("2021. Bloc to hold drills in Belarus in May", "TASS"),
    ),
    (
        news("Bloc to hold drills", url="https://www.tass.com/a/1?utm_source=x#top"),
        news("Bloc to hold drills", url="http://tass.com/a/1"),
    ),
    (
        news("‘Bloc to hold drills’ in Belarus, says minister", "TASS", "2021-05-01"),
        news('"Bloc to hold drills" in Belarus, says minister', "TASS", 2021),
    ),
    (
        news("Учения ОДКБ пройдут в Белоруссии в мае", "ТАСС", 2021),
        news("Учения ОДКБ пройдут в Белоруссии в мае", "ТАСС", "2021-05-01"),
    ),
]
DOUBTFUL = [
    (article(TITLE, "Smith, John; Roe, Jane"), article(TITLE, "Smith, John; Roe, Jane")),
    (article(TITLE, "Smith"), article(TITLE, "Smith")),
    (article(TITLE, "Roe, Jane; Smith, John", 2018), FULL),
    (FULL, article(TITLE, "", "")),
    (FULL, article(TITLE, "Smith, John", 2018)),
    (FULL, article(TITLE, "Smith, John", 2019)),
    (FULL, article(TITLE, "", 2018)),
    (FULL, article("Burden sharing in alliances", "Smith, John", 2018)),
    (FULL, article("Burden shraing in alliances of unequal members", "Smith, John", 2018)),
    (FULL, article(TITLE, "Smith, John; Roe, Jane", 2018, "Orbis | 12(3), 5-9")),
    (book("Alliance politics", isbn="9780674537514"), book("Alliance politics", isbn="9780521853422")),
    (book("Alliance politics"), book("Alliance politics")),
    (book("Alliance politics"), book("Alliance politics", year=2011)),
    (made("thesis", TITLE, "Smith, John", 2018), book(TITLE, year=2018)),
    # Bodies, manuals, laws, what was cut, and what a title says of its number.
    (
        made("report", "The yearly report of the secretary", "NATO", 2020),
        made("report", "The yearly report of the secretary", "North Atlantic Treaty Organization", 2020),
    ),
    (
        made("report", "World economic situation and prospects", "UNCTAD", 2018),
        made(
            "report",
            "World economic situation and prospects",
            "United Nations Conference on Trade and Development",
            2018,
        ),
    ),
    (
        made("report", "An agenda for peace among states (A/47/277)", "UN Secretary-General", 1992),
        made("report", "An agenda for peace among states", "Roe, Jane", 1992, extra={"number": "A/47/277"}),
    ),
    (
        book("A language for statistical computing", "Core Team", 2020),
        made("software", "A language for statistical computing", "Core Team", 2020),
    ),
    (
        made("legal_case", "Roe v. Wade, 410 U.S. 113 (1973)", "", 1973),
        made("legal_case", "Roe v. Wade", "", 1973),
    ),
    (made("treaty", "Security Treaty, 15 May 1992", "", 1992), made("treaty", "Security Treaty", "", "1992-05-15")),
    (
        article("A survey of deep learning for the organiz...", "Roe, J.", 2017, "Annals"),
        article("A survey of deep learning for the organization of images", "Roe, J.", 2017, "Annals | 42, 60-88"),
    ),
    (
        book("The Cambridge history of the long war", "Roe, J.; Poe, A.", 2010, volume="1"),
        book("The Cambridge history of the long war, volume 1: Origins", "", 2010, editor=people("Roe, J.; Poe, A.")),
    ),
    (
        article("Incidence of broken hips in Finland", "Roe, J.", 2008, "Orbis | 371, 1777"),
        article("Time trends in the incidence of broken hips of Finns", "Roe, J.", 2008, "Orbis | 371, 1777-82"),
    ),
    (FULL, article(f"{TITLE}: evidence", "Smith, John; Roe, Jane Ann", 2018, "Journal of Strategic Studies | 62")),
    (news("Bloc to hold drills in Belarus in May", "TASS"), news("Bloc to hold drills in Belarus in May", "Reuters")),
    (news("Bloc to hold drills", "TASS", 2021), news("Bloc to hold drills", "", 2021)),
]


@pytest.mark.parametrize(("a", "b"), ONE_WORK)
def test_one_work_is_found(a: Reference, b: Reference) -> None:
    found = compare(a, b)
    assert found.verdict == "same", found.reasons
    assert compare(b, a).verdict == "same"


@pytest.mark.parametrize(("a", "b"), DOUBTFUL)
def test_what_may_be_one_work_is_shown(a: Reference, b: Reference) -> None:
    assert compare(a, b).verdict == compare(b, a).verdict == "maybe"


def test_where_nothing_but_title_people_and_year_is_known_the_bold_join() -> None:
    bare = article(TITLE, "Smith, John; Roe, Jane", 2018)
    assert compare(FULL, bare).verdict == "maybe"
    assert compare(FULL, bare, preset="relaxed").verdict == "same"
