"""Citation keys by pattern: the language, its parts, its errors, and keys that stay."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliancebib.citation_key import key_parts, new_keys
from alliancebib.errors import UnknownName, UsageError
from alliancebib.model import Name, PartialDate, Reference

WORK = Reference(
    id="0a",
    title="The Collective Security of Small States",
    author=(Name(family="Müller", given="A."), Name(family="Haas", non_dropping_particle="de"), Name(family="Roe")),
    container_title="Journal of Small States",
    issued=PartialDate(year=2007, month=3),
    page="e12-15",
)
BARE = Reference(id="0b", title="Blocs")


def made(pattern: str, reference: Reference = WORK) -> str:
    return "".join(part(reference) for part in key_parts(pattern))


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("auth+year+word", "muller2007collective"),
        ("auth(3)", "mul"),
        ("auths", "mullerdehaasroe"),
        ("auths(2)", "mullerdehaasetal"),
        ("auths(2):title", "MullerDehaasEtAl"),
        ("auths(3):abbr:upper", "MDR"),
        ("shortyear+month", "0703"),
        ("word(3):title", "CollectiveSecuritySmall"),
        ("title", "collective-security-small-states"),
        ("title(2)", "collective-security"),
        ("title:abbr", "csss"),
        ("journal", "journalsmallstates"),
        ("journal:abbr:upper", "JSS"),
        ("journal(1)", "journal"),
        ("firstpage", "e12"),
        ("auth:upper + ':' + year", "MULLER:2007"),
        ("'x' + \"Y\":lower", "xy"),
        ("id", "0a"),
    ],
)
def test_parts_and_modifiers(pattern: str, key: str) -> None:
    assert made(pattern) == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("auth+year", "blocs-nd-"),
        ("year|'nd'", "nd"),
        ("month|shortyear|title", "blocs"),
        ("firstpage", ""),
        ("auths(2)", "blocs"),
        ("journal|'x'", "x"),
    ],
)
def test_alternatives_stand_in_for_what_is_empty(pattern: str, key: str) -> None:
    assert made(pattern, BARE) == key


def test_a_cut_list_of_authors_says_so() -> None:
    cut = replace(WORK, author=(WORK.author[0], Name(others=True)))
    assert made("auths:title", cut) == "MullerEtAl"
    assert made("auths", replace(WORK, author=(), editor=WORK.author[:1])) == "muller"


@pytest.mark.parametrize(
    ("pattern", "place", "words"),
    [
        ("", 1, "a part or a text in quotes is expected."),
        ("auth+", 6, "a part or a text in quotes is expected."),
        ("auth++year", 6, "a part or a text in quotes is expected, not `+`."),
        ("auth year", 6, "`+`, `|`, `:` or `(` is expected, not `y`."),
        ("year(2)", 5, "`year` takes no number."),
        ("word(0)", 6, "a number from 1 to 99 is expected, not `0`."),
        ("word(3", 7, "`)` is expected."),
        ("auth+'a b'", 6, "a key cannot hold ` `."),
        ("auth+'a", 6, "a part or a text in quotes is expected, not `'`."),
        ("auth:", 6, "one of upper, lower, title, abbr is expected."),
    ],
)
def test_errors_are_one_sentence_with_the_place(pattern: str, place: int, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        key_parts(pattern)
    assert str(caught.value) == f"pattern `{pattern}`, character {place}: {words}"


@pytest.mark.parametrize(("pattern", "near"), [("auth+yeer", "year"), ("auth:uper", "upper")])
def test_unknown_names_are_told_with_the_nearest(pattern: str, near: str) -> None:
    with pytest.raises(UnknownName, match=f"`{near}`") as caught:
        key_parts(pattern)
    assert "character 6" in str(caught.value)


@given(st.text("auth+yer|:(3)'\" word", max_size=20))
def test_any_pattern_is_read_or_refused(pattern: str) -> None:
    with suppress(UsageError):
        made(pattern)


def test_keys_come_out_the_same_in_every_order_and_stay_when_made_again() -> None:
    works = [replace(WORK, id=f"{number:02}", key=key) for number, key in enumerate(["", "z", "muller2007b", "", "y"])]
    keys = {works[place].id: key for place, key in new_keys(works, pattern="auth+year").items()}
    assert sorted(keys.values()) == ["muller2007", "muller2007b", "muller2007c", "muller2007d", "muller2007e"]
    random.Random(1).shuffle(works)
    again = {works[place].id: key for place, key in new_keys(works, pattern="auth+year").items()}
    assert again == keys
    # The ids of entries of a .bib file are made of their keys: others next time.
    renamed = [replace(work, key=keys[work.id], id=f"{99 - int(work.id)}") for work in works]
    assert new_keys(renamed, pattern="auth+year") == {place: work.key for place, work in enumerate(renamed)}


def test_a_work_of_which_the_pattern_says_nothing_keeps_its_key() -> None:
    assert new_keys([Reference(id="1", key="mine"), Reference(id="2")], pattern="journal") == {0: "mine", 1: "ref2"}
