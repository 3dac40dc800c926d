"""Pairs of two works of many fields that look like one, rich and poor in data: none of them may be "same".

Each pair is made up. Where one looks at the two and cannot tell, "maybe" is right, and so is "different".
"""

from __future__ import annotations

import pytest

from alliancebib.matching import compare
from alliancebib.model import Reference
from made_up import article, book, made, news, people

ORBIS = "Orbis | 62(3), 31-43"
TITLE = "Burden sharing in alliances of unequal members"

#: Two titles in the same words but for one, in one journal and year, without pages: the title alone tells them apart.
ONE_WORD = [
    ("Adsorption of nickel on clay minerals", "Absorption of nickel on clay minerals"),
    ("Nitrate in ground water of the northern plains", "Nitrite in ground water of the northern plains"),
    ("Oxidation of propane over cobalt catalysts", "Oxidation of propene over cobalt catalysts"),
    ("Vitamin D and fractures in old age", "Vitamin E and fractures in old age"),
    ("Vaccination against hepatitis A in travellers", "Vaccination against hepatitis B in travellers"),
    ("Expression of BRCA1 in ovarian tumours of the mouse", "Expression of BRCA2 in ovarian tumours of the mouse"),
    ("Interleukin-6 in acute pancreatitis", "Interleukin-8 in acute pancreatitis"),
    ("A trial of cefoxitin for fever in neutropenia", "A trial of cefotaxime for fever in neutropenia"),
    ("Songs of Parus major in urban parks of the west", "Songs of Parus minor in urban parks of the west"),
    ("Effects of hypothermia on the neonatal brain", "Effects of hyperthermia on the neonatal brain"),
    ("Legal migration to the union and its limits", "Illegal migration to the union and its limits"),
    ("Strategic stability among nuclear powers", "Strategic instability among nuclear powers"),
    ("Symmetric games of entry and their solution", "Asymmetric games of entry and their solution"),
    ("Economic dependence of small states on allies", "Economic independence of small states from allies"),
    ("The causal effect of schooling on wages", "The casual effect of schooling on wages"),
    ("Immigration and wages in border towns", "Emigration and wages in border towns"),
    ("Constitutional courts and the rule of law", "Unconstitutional courts and the rule of law"),
    ("Economic growth and sanctions in Iran", "Economic growth and sanctions in Iraq"),
    ("Banking crises in Austria between the wars", "Banking crises in Australia between the wars"),
    ("Ethnic voting in Slovakia since independence", "Ethnic voting in Slovenia since independence"),
    ("Oil and conflict in Niger since 1999", "Oil and conflict in Nigeria since 1999"),
    ("La politique étrangère de la Russie en Arménie", "La politique étrangère de la Russie en Géorgie"),
    ("Die Sicherheitspolitik Polens nach 1990", "Die Sicherheitspolitik Finnlands nach 1990"),
    ("La defensa colectiva en Kazajistán y sus vecinos", "La defensa colectiva en Kirguistán y sus vecinos"),
    ("Военная политика Армении в новом веке", "Военная политика Азербайджана в новом веке"),
    ("Learning Dutch as a second language at school", "Learning Danish as a second language at school"),
    ("Treaties with reservations and their effect", "Treaties without reservations and their effect"),
    ("The first five years of the common market", "The first nine years of the common market"),
    ("Heat transfer in tubes of 5 mm diameter", "Heat transfer in tubes of 8 mm diameter"),
    ("Prospective study of falls in nursing homes", "Retrospective study of falls in nursing homes"),
    ("Supervised detection of anomalies in logs", "Unsupervised detection of anomalies in logs"),
    ("Studies of the periodic table. I", "Studies of the periodic table. II"),
    ("On the spectra of graphs with loops, A", "On the spectra of graphs with loops, B"),
    ("Chess openings of the tournament: Round 1", "Chess openings of the tournament: Round 2"),
    ("Moral judgement in patients with lesions", "Mortal judgement in patients with lesions"),
    ("Inflation and the vote in new democracies", "Deflation and the vote in new democracies"),
    ("Upward mobility in a northern town", "Downward mobility in a northern town"),
    ("Spectroscopy of H+ in magnetic traps", "Spectroscopy of H- in magnetic traps"),
    ("Chemotherapy in HER2+ breast cancer", "Chemotherapy in HER2− breast cancer"),
    ("Synthesis of (+)-catechin from tea leaves", "Synthesis of (-)-catechin from tea leaves"),
    ("Secure programming in C for beginners", "Secure programming in C++ for beginners"),
    ("Outcome of infants with birth weight < 1500 g", "Outcome of infants with birth weight > 1500 g"),
    ("Decay of the ε particle in nuclear matter", "Decay of the υ particle in nuclear matter"),
    ("Mourning in the theatre of the south", "Morning in the theatre of the south"),
    ("Tumours of the mouth and their causes", "Tumours of the moth and their causes"),
    ("Poets and their friends in the city", "Pets and their friends in the city"),
    ("Phishing in the waters of the north", "Fishing in the waters of the north"),
    ("Macroeconomic effects of oil price shocks", "Microeconomic effects of oil price shocks"),
    ("Der Vater in der Literatur", "Die Väter in der Literatur"),
    ("El año en la poesía", "El ano en la poesía"),
    ("Coaching of older people by telephone", "Coaching of older people by telephone: study protocol"),
    ("Structure of the human insulin gene", "Structure of the human insulin genes"),
    ("Coding of audio-visual objects - Part 10", "Coding of audio-visual objects - Part 10 - Amendment 1"),
    ("Fusion of light nuclei at low energies", "Fission of light nuclei at low energies"),
]
PLACES = [
    # One journal, other places, kinds or people.
    (article("Editorial", place=ORBIS), article("Editorial", place="Orbis | 62(4), 31-43")),
    (article("Book reviews", place="Orbis | 62(3), 5-5"), article("Book reviews", place="Orbis | 62(4), 5-5")),
    (
        article("Questions and answers", "", place="Guide | 9(2), 4-5"),
        article("Questions and answers", "", place="Guide | 9(3), 4-5"),
    ),
    (
        article("Dosage of statins in the old: a letter", "", place="Lancet | 308(11), 1088"),
        article("Dosage of statins in the old: a letter", "", place="Lancet | 308(11), 1088"),
    ),
    (article(TITLE, place=ORBIS), article(f"{TITLE}—Reply", "Poe, A.", place="Orbis | 62(3), 43")),
    (article(TITLE, place=ORBIS), article(f"{TITLE} (vol 62, pg 31, 2018)", place="Orbis | 62(4), 99")),
    (article(TITLE, place=ORBIS), article(f"{TITLE} (Orbis (2018) 62 (31-43))", place="Orbis | 62(4), 99")),
    (article(TITLE, place=ORBIS), article(f"Retraction: {TITLE}", place="Orbis | 63(1), 2")),
    (article(TITLE, place=ORBIS), article(f"Comment on: {TITLE}", "Poe, A.", place="Orbis | 62(4), 77-79")),
    (article(TITLE, place=ORBIS), article(f"Authors' response: {TITLE}", place="Orbis | 62(4), 80")),
    (article(TITLE, place=ORBIS), article(f"Expression of concern: {TITLE}", place="Orbis | 62(4), 80")),
    (article(f"{TITLE} (Part II)", place="Orbis | 62(3), 6-9"), article(TITLE, place="Orbis | 62, 6-8")),
    (article(TITLE, place=ORBIS), article(TITLE, place="Survival | 60(1), 5-9")),
    (article(TITLE, place=ORBIS), article(TITLE, "Smith, Jane", place="Survival | 60(1), 5-9")),
    (article("The price of peace", "Smith, John"), article("The price of peace", "Smith, Mary")),
    (article("A week in politics", "Smith, John", "2018-03-02"), article("A week in politics", "Smith, John", 2019)),
    (article(TITLE, place=ORBIS), article(TITLE, year=2012, place="Orbis | 56(1), 3-9")),
    (
        article("Trade and war in the east", place="Annals | 2(1), 5-9"),
        article("Trade and war in the west", place="Annals | 2(1), 5-9"),
    ),
    (
        article("Legal update: new rules in one state", place="Guide | 2, 6-6", year=1997),
        article("Legal update: how to use the tables", place="Guide | 2, 6-6", year=1997),
    ),
    (article("Who is who 1986", place="Affairs | 62(4), 718-718"), article("A yearbook", place="Affairs | 62(4), 718")),
    (
        article("Kidney stones in children", "", place="Archives | 105(2), 296b-297"),
        article("Kidney stones in children", "", place="Archives | 105(2), 297b-297"),
    ),
    (
        article("Evolutionary Ecology", "", 1998, "Evolutionary Ecology | 12(1), 0-0"),
        article("Evolutionary Ecology", "", 1998, "Evolutionary Ecology | 12(1), 0-0"),
    ),
    (
        article("Nevus of the palm", place="Archives | 9(2), 5"),
        article("Nevus of the palm", place="Archives | 9(3), 5"),
    ),
    (
        article("Treatment of warts", place="Letters | 280(6220), 1012"),
        article("Treatment of warts in children", place="Letters | 280(6220), 1012"),
    ),
    # People of one family name, or whose names share letters.
    (article(TITLE, "Smith, John", place="Orbis"), article(TITLE, "Carla Smith", place="Orbis")),
    (article(TITLE, "Peters, A.", place="Orbis | 62"), article(TITLE, "Peterson, A.", place="Orbis | 62")),
    (article(TITLE, "Martin, A.", place="Orbis | 62"), article(TITLE, "Martinez, A.", place="Orbis | 62")),
    (article(TITLE, "Lee, J. K.", place="Orbis | 62"), article(TITLE, "Lee, J. H.", place="Orbis | 62")),
    (
        article(TITLE, "Wang, Xiaoyan; Li, Na", place="Orbis | 62"),
        article(TITLE, "Wang, Xiaoming; Li, Na", place="Orbis | 62"),
    ),
    (article(TITLE, "Li, W.; Zhang, Y.", place="Orbis | 62"), article(TITLE, "Li, W.; Wang, Q.", place="Orbis | 62")),
    (
        article("Jets from young stars", year=2006, place="New Generation of Telescopes"),
        article("Jets from young stars", year=2007, place="New Generation of Telescopes"),
    ),
]
KINDS = [
    (
        made("report", TITLE, "Smith, John", 2018, publisher="National Bureau"),
        made("report", TITLE, "Smith, John", 2018, publisher="Centre for Policy"),
    ),
    (
        made("entry-encyclopedia", "Alliance", "Roe, J.", 2010, "Encyclopedia of War"),
        made("entry-encyclopedia", "Alliance", "Roe, J.", 2010, "Dictionary of Law"),
    ),
    (article(TITLE, "Roe, J.", 2018), article(TITLE, "Roe, J.", 2018)),
    (article(TITLE, "Roe, J.; Poe, A.", 2018, "Orbis"), article(TITLE, "Poe, A.; Roe, J.", 2018, "Orbis")),
    (made("article", TITLE, "Smith, John", 2018, "arXiv"), article(TITLE, place=ORBIS)),
    (article(TITLE, doi="10.48550/arxiv.1801.00001"), article(TITLE, place=ORBIS)),
    (article(TITLE, url="https://arxiv.org/abs/1801.00001"), article(TITLE, place=ORBIS)),
    (made("report", TITLE, "Smith, John", 2018, publisher="Bureau"), article(TITLE, place=ORBIS)),
    (made("thesis", TITLE, "Smith, John", 2018), book(TITLE, year=2018)),
    (made("thesis", TITLE, "Smith, John", 2018), article(TITLE, place=ORBIS)),
    (made("paper-conference", TITLE, "Smith, John", 2018, "Annual Convention"), article(TITLE, place=ORBIS)),
    (made("chapter", TITLE, "Smith, John", 2018, "A handbook"), book(TITLE, year=2018)),
    (made("chapter", TITLE, "Smith, John", 2018, "A handbook"), article(TITLE, place=ORBIS)),
    (made("dataset", TITLE, "Smith, John", 2018), article(TITLE, place=ORBIS)),
    (made("motion_picture", "Quiet flows the river", "", 1957), book("Quiet flows the river", year=1957)),
    (made("review-book", "Alliance politics", "Poe, A.", 2010), book("Alliance politics")),
    (article("Review of Alliance politics, by John Smith", "Poe, A.", 2010), book("Alliance politics")),
    (made("chapter", "Introduction", "Roe, J.", 2010, "One book"), made("chapter", "Introduction", "Roe, J.", 2010)),
    (
        made("chapter", "The army in the south", "Roe, J.", 2010, "Wars | , 10-20"),
        made("chapter", "The army in the north", "Roe, J.", 2010, "Wars | , 21-30"),
    ),
    (book("Modern optics", edition="2"), book("Modern optics", edition="3")),
    (
        book("Modern optics of solids and thin films", isbn="9780674537514"),
        book("Modern optics of solids and thin films", isbn="9780521853422"),
    ),
    (book("A history of the pact, volume 1"), book("A history of the pact, volume 2")),
    (book("A history of the pact", volume="1"), book("A history of the pact", volume="2")),
    (
        book("Crime and guilt", publisher="Vintage", translator=people("Poe, R.")),
        book("Crime and guilt", publisher="Vintage", translator=people("Roe, C.")),
    ),
    (
        book("History of the crusades", year=1951, publisher="University", isbn="9780674537514"),
        book(
            "History of the crusades: the kingdom of the east", year=1952, publisher="University", isbn="9780674537514"
        ),
    ),
    (
        made("standard", "Information technology - Coding of objects", "ISO", 2012),
        made("standard", "Information technology - Coding of objects - Systems", "ISO", 2012),
    ),
    (made("software", "Solver of games", "Roe, J.", 2011), made("report", "Solver of games", "Roe, J.", 2011)),
    (
        made("legal_case", "Roe v. Wade, 410 U.S. 113 (1973)", "", 1973),
        made("legal_case", "Roe v. Wade, 314 F. 1217 (1970)", "", 1970),
    ),
    (
        made("review-book", "Review of Alliance politics", "Roe, J.", 2002, "Orbis"),
        made("review-book", "Alliance politics", "Roe, J.", 2002, "Survival"),
    ),
    (
        book("Studies in peace and war", publisher="Press", extra={"collection-number": "12"}),
        book("Studies in peace and war", publisher="Press", extra={"collection-number": "14"}),
    ),
    (book("Krieg und Frieden in Europa"), book("War and peace in Europe")),
    (
        book("Recycling of town waste on farms and its limits"),
        made(
            "chapter",
            "Recycling of town waste on farms and its limits",
            "Smith, John",
            2010,
            "Recycling of town waste on farms and its limits | , 7-26",
        ),
    ),
    (made("report", "Annual report 2019", "", 2019), made("report", "Annual report 2020", "", 2020)),
    (made("report", "Annual report", "Council", 2019), made("report", "Annual report", "Council", 2020)),
    (made("report", "World outlook", "Bank", 2019), made("report", "World outlook", "Fund", 2019)),
    (
        made("report", "Trade in arms", "Roe, J.", 2019, extra={"number": "12"}),
        made("report", "Trade in arms", "Roe, J.", 2019, extra={"number": "13"}),
    ),
    (made("legislation", "Defence Act", "", 2009), made("legislation", "Defence Act", "", 2019)),
    (made("legislation", "Resolution 1373 (2001)", "", 2001), made("legislation", "Resolution 1368 (2001)", "", 2001)),
    (made("legal_case", "Smith v. Jones", "", 1999), made("legal_case", "Jones v. Smith", "", 1999)),
    (
        made("treaty", "Treaty of friendship between Armenia and Georgia", "", 1997),
        made("treaty", "Treaty of friendship between Armenia and Greece", "", 1997),
    ),
    (
        made("hearing", "Hearing on arms sales, part 1", "", 1987),
        made("hearing", "Hearing on arms sales, part 2", "", 1987),
    ),
    (made("software", "Solver 1.2", "Roe, J.", 2019), made("software", "Solver 1.3", "Roe, J.", 2019)),
    (
        made("standard", "ISO 9001:2008 Quality management", "", 2008),
        made("standard", "ISO 9001:2015 Quality management", "", 2015),
    ),
    (
        made("standard", "Wear of knee joint implants: part 1", "", 2009),
        made("standard", "Wear of knee joint implants: part 2", "", 2009),
    ),
]
#: Exchanged words at one exact place, numbers in brackets, days, volumes and editions, notices.
EXCHANGED = [
    (
        article("Outcome of treatment and its cost in Armenia and beyond", "Roe, J.", 2010, "Lancet | 12(3), 101-104"),
        article("Outcome of treatment and its cost in Georgia and beyond", "Roe, J.", 2010, "Lancet | 12(3), 101-104"),
    ),
    (
        article("Long term outcome of stroke in rats with aspirin", "Roe, J.", 2010, "Lancet | 12(3), S100-S220"),
        article("Long term outcome of stroke in rats with heparin", "Roe, J.", 2010, "Lancet | 12(3), S100-S220"),
    ),
    (
        article("Yields in alliances (1)", "Roe, J.", 2010, ORBIS),
        article("Yields in alliances (2)", "Roe, J.", 2010, ORBIS),
    ),
    (
        made("report", "Freedom and democracy in Armenia (2018)", "", 2020, publisher="House"),
        made("report", "Freedom and democracy in Armenia (2019)", "", 2020, publisher="House"),
    ),
    (
        book("Grammar of a lost tongue (English)", "Roe, J.", 2010),
        book("Grammar of a lost tongue (Russian)", "Roe, J.", 2010),
    ),
    (
        news("Bloc begins exercise in the north of the republic (1)", "TASS", "2021"),
        news("Bloc begins exercise in the north of the republic (2)", "TASS", "2021"),
    ),
    (
        news("Bloc begins exercise in the north", "TASS", "2021-10"),
        news("Bloc begins exercise in the north", "TASS", "2021-12-05"),
    ),
    (
        made("report", "Conflict monitor for the southern mountains", "", "2022-05", publisher="House"),
        made("report", "Conflict monitor for the southern mountains", "", "2022-06", publisher="House"),
    ),
    (
        book("Selected writings on war and peace", "Roe, J.", 2010, publisher="House", volume="3"),
        book("Selected writings on war and peace", "Roe, J.", 2010, publisher="House"),
    ),
    (
        book("Selected writings on war and peace", "Roe, J.", 2010, publisher="House", edition="2"),
        book("Selected writings on war and peace", "Roe, J.", 2010, publisher="House"),
    ),
    (
        article("Author Correction: Yields in alliances of states", "Roe, J.", 2010, "Orbis | 12"),
        article("Publisher Correction: Yields in alliances of states", "Roe, J.", 2010, "Orbis | 12"),
    ),
    (
        made("thesis", TITLE, "Smith, John", 2018, publisher="Oxford"),
        made("thesis", TITLE, "Smith, John", 2018, publisher="Cambridge"),
    ),
]
NEWS = [
    (news("The week ahead", "The Times", "2019"), news("The week ahead", "The Times", "2019")),
    (
        news("Weekly news from the bloc and its members", "The Bloc", 2019),
        news("Weekly news from the bloc and its members", "The Bloc", 2019),
    ),
    (
        news("Newsletter of the alliance and its friends", "The Bloc", "2019-01-02"),
        news("Newsletter of the alliance and its friends", "The Bloc", "2019-02-02"),
    ),
    (
        news("The lights are going out", "Times", "2019-03-01", "Roe, Jane"),
        news("The lights are going out", "Times", "2019-03-08", "Roe, Jane"),
    ),
    (news("Bloc to hold drills in Belarus", "TASS", 2021), news("Bloc to hold drills in Belarus", "TASS", 2022)),
    (news("Bloc to hold drills in Belarus in May", "TASS"), news("Bloc to hold drills in Belarus in May", "Reuters")),
    (news("Bloc to hold drills in Belarus", "TASS", 2021), news("Bloc to hold drills in Armenia", "TASS", 2021)),
    (news("Minister: bloc not ready for war", "TASS", 2021), news("Minister: bloc ready for war", "TASS", 2021)),
    (
        news("Live updates: leaders arrive in the capital", "BBC", 2021),
        news("Leaders arrive in the capital", "BBC", 2021),
    ),
    (news("Podcast: what the bloc is for", "BBC", 2021), news("What the bloc is for", "BBC", 2021)),
    (news("What the bloc is for, episode 4", "BBC", 2021), news("What the bloc is for, episode 5", "BBC", 2021)),
    (news("Interview: the general on the drills", "BBC", 2021), news("The general on the drills", "BBC", 2021)),
    (news("Opinion: the bloc has no future", "BBC", 2021), news("The bloc has no future", "BBC", 2021)),
    (news("Troops number 3,600 after the vote", "RIA", 2022), news("Troops number 2,500 after the vote", "RIA", 2022)),
    (
        news("Страны ОДКБ начали учения в Киргизии", "РИА", 2022),
        news("Страны ОДКБ завершили учения в Киргизии", "РИА", 2022),
    ),
    (news("Обзор прессы", "РИА", 2022), news("Обзор прессы", "РИА", 2022)),
    (
        news("Bündnis beendet Manöver an der Grenze", "dpa", 2022),
        news("Bündnis beginnt Manöver an der Grenze", "dpa", 2022),
    ),
    (news("Press releases", url="https://a.example.org/p"), news("Press releases", url="https://b.example.org/p")),
    (
        made("webpage", "About us", url="https://a.example.org/about"),
        made("webpage", "About us", url="https://a.example.org/en/about"),
    ),
    (made("document", "Gown of the later middle ages"), made("document", "Gown of the later middle ages")),
]


@pytest.mark.parametrize(("one", "other"), ONE_WORD)
@pytest.mark.parametrize("place", ["Annals of Science | 12(3)", "Annals of Science", ""])
def test_one_word_makes_another_work(one: str, other: str, place: str) -> None:
    found = compare(article(one, place=place), article(other, place=place))
    assert found.verdict != "same", found.reasons
    assert compare(article(other, place=place), article(one, place=place)).verdict == found.verdict


@pytest.mark.parametrize(("a", "b"), [*PLACES, *KINDS, *EXCHANGED, *NEWS])
def test_two_works_are_never_joined(a: Reference, b: Reference) -> None:
    found = compare(a, b)
    assert found.verdict != "same", found.reasons
    assert compare(b, a).verdict == found.verdict
