"""Lines of which the labels could make a reference: which are one, and which are headlines."""

from __future__ import annotations

import pytest

from alliancebib.page import Line, Section
from alliancebib.parsers import labelled
from alliancebib.parsers._evidence import is_reference


def is_one(text: str, expects: str = "") -> bool:
    section = Section(title="", expects=expects)
    found = labelled.parse(Line(number=1, text=text), section, page="x")
    return found is not None and is_reference(found, section)


@pytest.mark.parametrize(
    "text",
    [
        "J. Griffin, Homer on Life and Death, Oxford 1980.",
        "M. Dugave, Formfaktorzugang zu thermischen Korrelationsfunktionen, Ph.D. thesis, Universität Wuppertal, 2015.",
        "T. Aaltonen, Phys. Rev. D 85, 054512 (2012).",
        "Keupp, H./Röhrle, B.: Soziale Netzwerke. Frankfurt a. M. 1987",
        "岡村秀典, 1984, 前漢鏡の編年と樣式, 史林 67-5.",
        "N. Bultinck, F. Verstraete, Fermionic projected entangled-pair states, arXiv:1707.00470.",
    ],
)
def test_reference_strings(text: str) -> None:
    assert is_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "NATO leaders gather in Washington for anniversary summit - Reuters",
        "Turkey approves Sweden's bid, Associated Press, 24 January 2024",
        "Putin, Lukashenko discuss joint drills in Minsk",
        "Air defence of the bloc is ready - minister",
        "Website of the alliance https://www.nato.int/",
        "Charter of the African Union, 2000",
    ],
)
def test_headlines_and_other_lines(text: str) -> None:
    assert not is_one(text)
    assert not is_one(text, "news")


def test_in_a_section_of_news_more_is_asked_for() -> None:
    text = "Keupp, H./Röhrle, B.: Soziale Netzwerke. Frankfurt a. M. 1987"
    assert is_one(text, "literature")
    assert is_one("Francis, D. J. Peacekeeping in a bad neighbourhood. African Journal 9(3), 87-116, 2009.", "news")
