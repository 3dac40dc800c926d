"""TeX text and Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from alliancebib.bibtex.sources import balanced, encode_verbatim, inside_of_whole, is_group
from alliancebib.bibtex.tex import decode, encode
from alliancebib.bibtex.titles import encode_title
from strategies import typed_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\"a}\"o{\"{u}} Stra{\ss}e", "äöü Straße"),
        (r"{\L}{\'o}d{\'z} \k{a} Dvo{\v r}{\'a}k Erd{\H o}s", "Łódź ą Dvořák Erdős"),
        (r"{\AA}s {\O}re {\ae} {\'\i} {\c{s}}{\u g}{\.I}", "Ås Øre æ í şğİ"),
        (r"\cyrchar\CYRZH\cyrchar\cyrya", "Жя"),
        (r"A \& B \% \_ \# \$ \{x\}", "A & B % _ # $ {x}"),
        ("A~B--C---D ``E'' `F' don't", "A\u00a0B–C—D “E” ‘F’ don't"),
        (r"An \emph{in \textbf{vivo}} study, {\em also} H\textsubscript{2}O", None),
        (r"On $\alpha_1$ and {NATO} and {{X}}", r"On $\alpha_1$ and NATO and X"),
        (r"see \url{https://x.org/a_b}", "see https://x.org/a_b"),
        (r"\unknown{a} \other b", r"\unknown{a} \other b"),
        ("stray } and { brace", "stray  and  brace"),
        (r"\~{} \^{}", "~ ^"),
        ("{" * 5000 + "x" + "}" * 5000, "x"),
    ],
)
def test_decoding(source: str, text: str | None) -> None:
    rich = "An <i>in <b>vivo</b></i> study, <i>also</i> H<sub>2</sub>O"
    assert decode(source) == (rich if text is None else text)


@settings(max_examples=300, deadline=None)
@given(typed_text(40))
def test_decoding_undoes_encoding(text: str) -> None:
    for source in (encode(text), encode_title(text), encode_title(text, language="de")):
        assert decode(source) == text
        assert balanced(source)


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("NATO and the EU in McDonald's iPhone", "{NATO} and the {EU} in {McDonald's} {iPhone}"),
        ("Why members met in Minsk over winter", "Why members met in {Minsk} over winter"),
        ("The Rise of Regional Governance in Post-Soviet Eurasia", None),
        ("Handbook: A Practical Guide for Curious People", "Handbook: A Practical Guide for Curious People"),
        ("ОДКБ и НАТО", "{ОДКБ} и {НАТО}"),
        ("<i>Homo sapiens</i> in DNA-based work", r"\emph{Homo sapiens} in {DNA}-based work"),
        ("U.S. and AT&T", r"{U.S.} and {AT\&T}"),
    ],
)
def test_titles_keep_the_capitals_that_mean_something(title: str, source: str | None) -> None:
    assert encode_title(title) == (source or "The Rise of Regional Governance in Post-{Soviet} {Eurasia}")


def test_all_capitals_are_kept_in_languages_with_capitals_of_their_own() -> None:
    assert encode_title("Die Sicherheit in Asien", language="de") == "Die {Sicherheit} in {Asien}"


def test_addresses_stay_as_they_are_unless_they_break_the_entry() -> None:
    assert encode_verbatim("https://x.org/a_b%20c~d?e=1&f={2}#g") == "https://x.org/a_b%20c~d?e=1&f={2}#g"
    assert balanced(encode_verbatim("https://x.org/}{"))


@pytest.mark.parametrize(
    ("source", "is_balanced", "group", "inside"),
    [
        ("", True, False, ""),
        ("{}", True, True, ""),
        ("{a}", True, True, "a"),
        ("{a} b {c}", True, False, ""),
        ("{a}}", False, False, ""),
        ("{{a}", False, False, ""),
        ("}{", False, False, ""),
        ("{a}{}", True, False, ""),
        (r"{\em a}", True, True, ""),
        (r"{a\}", True, True, ""),
    ],
)
def test_braces_are_counted_in_one_way(source: str, *, is_balanced: bool, group: bool, inside: str) -> None:
    assert (balanced(source), is_group(source), inside_of_whole(source)) == (is_balanced, group, inside)
