"""Names: order, initials, particles, "and", "et al.", labels, substitutes (CSL 1.0.2, "Names")."""

from __future__ import annotations

import pytest

from small_styles import cited, name

PEOPLE = [name("Doe", "Jane"), name("Roe", "John"), name("Poe", "Ann"), name("Moe", "Tom"), name("Zoe", "Zed")]


def named(attributes: str, count: int = 1, *, inner: str = "", people: list[dict[str, object]] | None = None) -> str:
    layout = f'<names variable="author"><name {attributes}>{inner}</name></names>'
    return cited(layout, {"author": people if people is not None else PEOPLE[:count]})


@pytest.mark.parametrize(
    ("attributes", "count", "right"),
    [
        ("", 1, "Jane Doe"),
        ("", 3, "Jane Doe, John Roe, Ann Poe"),
        ('form="short"', 2, "Doe, Roe"),
        ('form="short" and="text"', 2, "Doe and Roe"),
        ('form="short" and="symbol"', 2, "Doe & Roe"),
        ('form="short" and="text"', 3, "Doe, Roe, and Poe"),
        ('form="short" and="text" delimiter-precedes-last="always"', 2, "Doe, and Roe"),
        ('form="short" and="text" delimiter-precedes-last="never"', 3, "Doe, Roe and Poe"),
        ('and="text" name-as-sort-order="first" delimiter-precedes-last="contextual"', 2, "Doe, Jane and John Roe"),
        (
            'and="text" name-as-sort-order="first" delimiter-precedes-last="after-inverted-name"',
            2,
            "Doe, Jane, and John Roe",
        ),
        (
            'and="text" name-as-sort-order="first" delimiter-precedes-last="after-inverted-name"',
            3,
            "Doe, Jane, John Roe and Ann Poe",
        ),
        ('name-as-sort-order="all" delimiter="; "', 2, "Doe, Jane; Roe, John"),
        ('name-as-sort-order="all" sort-separator=" "', 1, "Doe Jane"),
        ('form="short" et-al-min="3" et-al-use-first="1"', 3, "Doe et al."),
        ('form="short" et-al-min="3" et-al-use-first="2"', 3, "Doe, Roe, et al."),
        ('form="short" et-al-min="4" et-al-use-first="1"', 3, "Doe, Roe, Poe"),
        ('form="short" et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="always"', 3, "Doe, et al."),
        ('form="short" et-al-min="3" et-al-use-first="2" delimiter-precedes-et-al="never"', 3, "Doe, Roe et al."),
        ('form="short" et-al-min="5" et-al-use-first="2" et-al-use-last="true"', 5, "Doe, Roe, … Zoe"),
        ('form="count"', 4, "4"),
        ('form="count" et-al-min="3" et-al-use-first="2"', 4, "2"),
    ],
)
def test_lists(attributes: str, count: int, right: str) -> None:
    assert named(attributes, count) == right


@pytest.mark.parametrize(
    ("given", "attributes", "right"),
    [
        ("Jane", 'initialize-with="."', "J. X"),
        ("Jane Ann", 'initialize-with=". "', "J. A. X"),
        ("Jane Ann", 'initialize-with=""', "JA X"),
        ("Jean-Luc", 'initialize-with="."', "J.-L. X"),
        ("J. R. R.", 'initialize-with=". "', "J. R. R. X"),
        ("Jane A.", 'initialize-with="." initialize="false"', "Jane A. X"),
        ("", 'initialize-with="."', "X"),
    ],
)
def test_initials(given: str, attributes: str, right: str) -> None:
    assert named(attributes, people=[name("X", given)]) == right


def test_hyphens_of_initials_can_go() -> None:
    layout = '<names variable="author"><name initialize-with="."/></names>'
    item = {"author": [name("X", "Jean-Luc")]}
    assert cited(layout, item, style_attributes='initialize-with-hyphen="false"') == "J.L. X"


@pytest.mark.parametrize(
    ("demote", "right"),
    [("never", "van Dam, P."), ("sort-only", "van Dam, P."), ("display-and-sort", "Dam, P. van")],
)
def test_particles_that_do_not_drop(demote: str, right: str) -> None:
    item = {"author": [name("Dam", "P.", **{"non-dropping-particle": "van"})]}
    attributes = f'demote-non-dropping-particle="{demote}"'
    layout = '<names variable="author"><name name-as-sort-order="all"/></names>'
    assert cited(layout, item, style_attributes=attributes) == right
    assert cited('<names variable="author"/>', item, style_attributes=attributes) == "P. van Dam"
    short = '<names variable="author"><name form="short"/></names>'
    assert cited(short, item, style_attributes=attributes) == "van Dam"


def test_particles_that_drop_and_suffixes() -> None:
    drops = [name("Humboldt", "A.", **{"dropping-particle": "von"})]
    assert named("", people=drops) == "A. von Humboldt"
    assert named('form="short"', people=drops) == "Humboldt"
    assert named('name-as-sort-order="all"', people=drops) == "Humboldt, A. von"
    junior = [name("King", "Martin", suffix="Jr.")]
    assert named("", people=junior) == "Martin King Jr."
    assert named('name-as-sort-order="all"', people=junior) == "King, Martin, Jr."
    assert named("", people=[name("King", "Martin", suffix="Jr.", **{"comma-suffix": True})]) == "Martin King, Jr."


def test_institutions_and_scripts_without_spaces() -> None:
    assert named('initialize-with="." name-as-sort-order="all"', people=[{"literal": "United Nations"}]) == (
        "United Nations"
    )
    assert named("", people=[name("山田", "太郎")]) == "山田太郎"


def test_affixes_of_parts_are_for_names_that_have_spaced_parts() -> None:
    given = '<name-part name="given" prefix="(" suffix=")"/>'
    people: list[dict[str, object]] = [name("Doe", "Jane"), name("山田", "太郎"), {"literal": "Nations"}]
    assert named("", people=people, inner=given) == "(Jane) Doe, 山田太郎, Nations"
    family = '<name-part name="family" suffix="!" text-case="uppercase"/>'
    assert named("", people=people, inner=family) == "Jane DOE!, 山田太郎, NATIONS"


def test_name_parts() -> None:
    inner = '<name-part name="family" text-case="uppercase" font-style="italic"/>'
    assert named("", inner=inner) == "Jane DOE"


def test_labels() -> None:
    layout = '<names variable="editor"><name form="short"/><label form="short" prefix=" (" suffix=")"/></names>'
    assert cited(layout, {"editor": PEOPLE[:1]}) == "Doe (ed.)"
    assert cited(layout, {"editor": PEOPLE[:2]}) == "Doe, Roe (eds.)"


SUBSTITUTE = (
    '<names variable="author"><name form="short"/><label prefix=" "/>'
    '<substitute><names variable="editor"/><text variable="title"/></substitute></names>'
    '<names variable="editor" prefix="|"/><text variable="title" prefix="|"/>'
)


def test_substitutes_are_printed_once() -> None:
    editor = {"editor": PEOPLE[:1], "title": "T"}
    assert cited(SUBSTITUTE, {"author": PEOPLE[1:2], **editor}).startswith("Roe")
    assert cited(SUBSTITUTE, editor) == "Doe editor|T"
    assert cited(SUBSTITUTE, {"title": "T"}) == "T"


@pytest.mark.parametrize(
    "stands_in",
    ['<names variable="editor"/>', '<names variable="editor"><name/></names>', '<text macro="editors"/>'],
)
def test_who_stands_in_for_an_author_looks_like_one(stands_in: str) -> None:
    part = '<name-part name="family" text-case="uppercase"/>'
    layout = f'<names variable="author"><name>{part}</name><substitute>{stands_in}</substitute></names>'
    macro = '<macro name="editors"><names variable="editor"><name/></names></macro>'
    assert cited(layout, {"editor": PEOPLE[:1]}, before=macro) == "Jane DOE"
    alone = '<text macro="editors"/>'
    assert cited(layout + alone, {"author": PEOPLE[1:2], "editor": PEOPLE[:1]}, before=macro) == "John ROEJane Doe"


def test_the_label_of_a_number_that_stands_in_is_printed() -> None:
    pages = '<group delimiter=" "><text variable="page"/><label variable="page" form="short"/></group>'
    layout = f'<names variable="author"><substitute>{pages}</substitute></names>'
    assert cited(layout, {"page": "7"}) == "7 p."


def test_what_a_condition_chooses_stands_in_one_by_one() -> None:
    chosen = '<choose><if type="book"><text variable="publisher"/><text variable="title"/></if></choose>'
    layout = f'<names variable="author"><substitute>{chosen}</substitute></names><text variable="title" prefix="|"/>'
    assert cited(layout, {"type": "book", "publisher": "P", "title": "T"}) == "P|T"


def test_numbers_of_names_may_have_blanks_round_them() -> None:
    assert named('et-al-min="2 " et-al-use-first=" 1"', 3) == "Jane Doe et al."


def test_options_are_inherited() -> None:
    layout = '<names variable="author"><name/></names>'
    item = {"author": PEOPLE[:3]}
    assert cited(layout, item, style_attributes='name-form="short" name-delimiter="/"') == "Doe/Roe/Poe"
    attributes = 'et-al-min="2" et-al-use-first="1" name-form="short"'
    assert cited(layout, item, citation_attributes=attributes) == "Doe et al."


def test_several_variables() -> None:
    layout = '<names variable="author editor" delimiter="; "><name form="short"/></names>'
    assert cited(layout, {"author": PEOPLE[:1], "editor": PEOPLE[1:2]}) == "Doe; Roe"


@pytest.mark.parametrize(
    ("family", "given", "straight", "turned"),
    [
        ("ঠাকুর", "রবীন্দ্রনাথ", "রবীন্দ্রনাথ ঠাকুর", "ঠাকুর, রবীন্দ্রনাথ"),
        ("பாரதி", "சுப்பிரமணிய", "சுப்பிரமணிய பாரதி", "பாரதி, சுப்பிரமணிய"),
        ("1", "2", "2 1", "1, 2"),
        ("山田", "太郎", "山田太郎", "山田太郎"),
        ("김", "철수", "김철수", "김철수"),
        ("山田", "Taro", "Taro 山田", "山田, Taro"),
    ],
)
def test_blanks_part_names_but_in_chinese_japanese_and_korean(
    family: str, given: str, straight: str, turned: str
) -> None:
    item = {"author": [{"family": family, "given": given}]}
    assert cited('<names variable="author"/>', item) == straight
    assert cited('<names variable="author"><name name-as-sort-order="all"/></names>', item) == turned


def test_a_name_in_quotes_keeps_the_particles_that_are_told() -> None:
    author = {"family": '"van Gogh"', "given": "V", "non-dropping-particle": "de"}
    assert cited('<names variable="author"/>', {"author": [author]}) == "V de van Gogh"


def test_others_in_a_list_are_nobody() -> None:
    layout = '<names variable="author"><name and="text"/></names>'
    assert cited(layout, {"author": [{"family": "A"}, {"literal": "others"}]}) == "A et al."
    assert cited(layout, {"author": [{"literal": "others"}]}) == "others"


def test_a_hyphen_before_a_small_letter_of_any_script_parts_no_names() -> None:
    layout = '<names variable="author"><name initialize-with="."/></names>'
    for given, right in (("Цзинь-пин", "Ц. A"), ("Xiao-ping", "X. A"), ("Жан-Люк", "Ж.-Л. A")):
        assert cited(layout, {"author": [{"family": "A", "given": given}]}) == right


EDITED = {"title": "T", "genre": "G", "editor": [name("Doe", "Jane"), name("Roe", "John"), name("Poe", "Ann")]}
CAPITALS = '<name-part name="family" text-case="uppercase"/>'


@pytest.mark.parametrize(
    ("own", "inside", "right"),
    [
        (f"<name>{CAPITALS}</name>", '<names variable="editor"><name/></names>', "Jane DOE, John ROE, Ann POE"),
        (f"<name>{CAPITALS}</name>", '<text macro="people"/>', "Jane DOE, John ROE, Ann POE"),
        ('<name et-al-min="2" et-al-use-first="1"/>', '<text macro="people"/>', "Jane Doe et al."),
        ('<name form="short" and="text"/>', '<names variable="editor"><name/></names>', "Jane Doe, John Roe, Ann Poe"),
        ('<name form="short"/>', '<names variable="editor"/>', "Doe, Roe, Poe"),
    ],
)
def test_what_names_hand_on_to_those_that_stand_in_for_them(own: str, inside: str, right: str) -> None:
    macros = '<macro name="people"><names variable="editor"><name/></names></macro>'
    layout = f'<names variable="author">{own}<substitute>{inside}</substitute></names>'
    assert cited(layout, EDITED, before=macros) == right


@pytest.mark.parametrize(
    ("inside", "right"),
    [
        ('<text variable="title"/><text variable="genre"/>', "T"),
        ('<names variable="editor"/><text term="anonymous"/>', "Jane Doe, John Roe, Ann Poe"),
        ('<names variable="translator"/><text term="anonymous"/>', "anonymous"),
    ],
)
def test_a_branch_in_a_substitute_holds_alternatives(inside: str, right: str) -> None:
    chosen = f'<choose><if type="book">{inside}</if></choose>'
    layout = f'<names variable="author"><name/><substitute>{chosen}</substitute></names>'
    assert cited(layout, {"type": "book", **EDITED}) == right


def test_an_institution_has_no_affixes_of_a_family_name() -> None:
    part = '<name-part name="family" suffix="," text-case="uppercase"/>'
    assert named("", inner=part, people=[{"literal": "United Nations"}]) == "UNITED NATIONS"
    assert named("", inner=part) == "Jane DOE,"


def test_names_are_raised_in_the_language_of_the_style() -> None:
    layout = '<names variable="author"><name><name-part name="family" text-case="uppercase"/></name></names>'
    item = {"author": [{"literal": "Birlik"}]}
    assert (cited(layout, item, locale="tr-TR"), cited(layout, item)) == ("BİRLİK", "BIRLIK")


def test_a_blank_behind_names_stands_behind_et_al() -> None:
    names = '<names variable="author"><name form="short" suffix=" " et-al-min="2" et-al-use-first="1"/></names>'
    assert cited(names + '<text variable="title"/>', {"author": PEOPLE, "title": "T"}) == "Doe et al. T"
