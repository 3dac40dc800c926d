"""Documents: a text that cites nothing never changes, nothing raises, and a key is never changed within a word."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.documents import LANGUAGES, rewrite
from strategies import any_text

LANGUAGE = st.sampled_from(sorted(LANGUAGES))
#: Pieces of which documents are made, in any order: keys, what cites, what hides, what only looks so.
_WORDS = r"""a a2 a:b b \cite{ \cites \citep[ ( ) ] } { [@ @ -@ @{ ; , ` `` ``` ~~~ % \% \\ \verb| | [cite: cite: &
    :cite:` :: #cite( < > // /* */ <!-- --> \begin{verbatim} \end{verbatim} https://e.org/ me@ = # $ - * .. p. see"""
PIECES = st.sampled_from([*_WORDS.split(), "\n", "\r\n", "\r", "\n\n", " ", "    ", "\t", '"'])
DOCUMENTS = st.lists(PIECES, max_size=25).map("".join) | any_text(60)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, LANGUAGE)
def test_nothing_raises_and_what_changes_are_keys(text: str, language: str) -> None:
    found = rewrite(text, {"a": "KEY"}, language)
    assert bool(found.changed) is (found.text != text)
    # A lone `a` alone may have become the new key; `a2`, `a:b` and words around stay.
    back = re.sub(r"#cite\(<KEY>\)|#cite\(label\(\"KEY\"\)\)", "@a", found.text).replace("KEY", "a")
    assert back == text
    for place in re.finditer("KEY", found.text):
        assert not re.match(r"\w", found.text[place.end() : place.end() + 1])
        assert not re.search(r"\w$", found.text[: place.start()])


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS, LANGUAGE)
def test_keys_that_stand_nowhere_change_nothing(text: str, language: str) -> None:
    assert rewrite(text, {"nowhere-at-all": "a"}, language) == (text, 0)
    assert rewrite(text, {}, language) == (text, 0)


@settings(max_examples=200, deadline=None)
@given(st.text("abc \n.;,-", max_size=40), LANGUAGE)
def test_a_text_without_citations_never_changes(text: str, language: str) -> None:
    assert rewrite(text, {"a": "x", "b": "y", "ab": "z"}, language) == (text, 0)


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS, LANGUAGE)
def test_rewriting_once_is_enough(text: str, language: str) -> None:
    once = rewrite(text, {"a": "b", "a2": "b"}, language).text
    assert rewrite(once, {"a": "b", "a2": "b"}, language) == (once, 0)
