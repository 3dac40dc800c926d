"""Citation keys that cannot be used."""

from __future__ import annotations

import pytest

from alliancebib.checkers import keys
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.model import Reference
from no_web import NoWeb


def checked(*names: str) -> tuple[Finding, ...]:
    library = Library([Reference(id=f"r{place}", key=key) for place, key in enumerate(names)])
    return keys.check(library, web=NoWeb(), settings=CheckSettings()).findings


def test_good_keys_and_missing_keys_are_no_findings() -> None:
    assert checked("roe2020", "roe2020a", "иванов:2020", "a-b_c.d/e+f", "", "") == ()


def test_the_second_of_two_equal_keys_is_told() -> None:
    (finding,) = checked("roe2020", "doe2020", "roe2020")
    assert (finding.code, finding.reference, finding.related) == ("AB208", "r2", ("r0",))


def test_keys_that_differ_in_case_only_are_told() -> None:
    (finding,) = checked("Roe2020", "roe2020")
    assert "differs only in case" in finding.message


@pytest.mark.parametrize(
    "key", ["a b", "a,b", "a{b", "a}b", "a%b", "a#b", "a\\b", 'a"b', "a=b", "a~b", "a(b", "a\tb", "a&b"]
)
def test_keys_with_characters_that_bibtex_refuses(key: str) -> None:
    assert [finding.code for finding in checked(key)] == ["AB208"]
