"""Text case where words are hard to tell: signs before them, parts of them, what is not English (CSL 1.0.2)."""

from __future__ import annotations

import pytest

from alliancebib.csl.output.text_case import recased
from alliancebib.csl.output.tree import Leaf, plain
from small_styles import cited

TITLE = '<text variable="title" text-case="title"/>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("water &amp; facts", "Water &amp; Facts"),
        ("the #war and the $cost", "The #war and the $cost"),
        ("the (art) of [war]", "The (Art) of [War]"),
        ("war and/or peace in/of time", "War and/or Peace in/of Time"),
        ("the example.org domain", "The Example.Org Domain"),
        ("function(ary) arts", "Function(Ary) Arts"),
        ("the x-ray and the e-mail", "The X-Ray and the E-Mail"),
        ("β-carotene and α,β-dimethyl", "β-Carotene and α,β-Dimethyl"),
        ("the 07-x of it", "The 07-x of It"),
    ],
)
def test_words_of_a_title(before: str, after: str) -> None:
    assert plain(recased(Leaf(before), "title")) == after


@pytest.mark.parametrize("case", ["capitalize-first", "capitalize-all", "sentence"])
def test_a_sign_before_a_word_keeps_its_letter_small(case: str) -> None:
    assert plain(recased(Leaf("*word"), case)) == "*word"
    assert plain(recased(Leaf("(word)"), case)) == "(Word)"


def test_title_case_of_titles_is_for_english() -> None:
    title = {"title": "der kalte krieg"}
    assert cited(TITLE, title, locale="de-DE") == "der kalte krieg"
    assert cited(TITLE, {**title, "language": "de"}) == "der kalte krieg"
    assert cited(TITLE, {**title, "language": "en"}, locale="de-DE") == "Der Kalte Krieg"


def test_words_of_the_style_are_in_title_case_in_every_language() -> None:
    assert cited('<text value="eine reise" text-case="title"/>', {}, locale="de-DE") == "Eine Reise"


def test_a_law_keeps_its_name_as_it_was_enacted() -> None:
    law = {"type": "legislation", "title": "An act for the protection of seals"}
    assert cited(TITLE, law) == "An Act for the Protection of Seals"
    assert cited(TITLE, {**law, "jurisdiction": "us"}) == law["title"]


def test_labels_are_raised_as_the_language_raises_letters() -> None:
    label = '<label variable="volume" text-case="uppercase"/>'
    assert cited(label + '<text variable="volume"/>', {"volume": "2"}, locale="tr-TR") == "CİLT2"
