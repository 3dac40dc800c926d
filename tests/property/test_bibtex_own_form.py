"""Any text reads as BibTeX, is written back byte for byte, and says the same in our own form, in both dialects."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.bibtex.fields import EXTRA_TEXT, NAMES, TEXT
from property.fuzz_bibtex import SMALL, SNIPPETS, fault_of, mutated

FIELDS = sorted(
    {
        "title",
        "subtitle",
        "journal",
        "journaltitle",
        "booktitle",
        "date",
        "year",
        "month",
        "day",
        "type",
        "number",
        "url",
    }
    | {"school", "institution", "organization", "howpublished", "entrysubtype", "options", "crossref", "pages", "eid"}
    | {name for names in (*TEXT.values(), *EXTRA_TEXT.values()) for name in names}
    | set(NAMES)
)
VALUES = (
    "A {NATO} {b}ear", "{{Whole}}", r"\foo{x}", r"{\'E}t{\'e}", "2020", "2020-03/2021", "soon", "{}", "{B} and {C}",
    "Doe, Jr, Ann and others", "von {X}, Y", "useprefix=true, a", "magazine", "jan", "https://x.org/{a}", "1--2", "k0",
)  # fmt: skip
ENTRIES = st.builds(
    "@{}{{k, {}}}\n".format,
    st.sampled_from(["article", "book", "inproceedings", "phdthesis", "thesis", "techreport", "misc", "online", "x"]),
    st.lists(
        st.builds("{} = {{{}}}".format, st.sampled_from(FIELDS), st.sampled_from(VALUES)), min_size=1, max_size=7
    ).map(", ".join),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=2).map("".join))
def test_entries_with_fields_that_stand_in_each_others_way(text: str) -> None:
    assert fault_of(text) == ""


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(SNIPPETS), max_size=12).map("".join)
    | st.text('@{}()",=#%\\ \n~$&_^abmisc{k,t=', max_size=60)
)
def test_any_text(text: str) -> None:
    assert fault_of(text) == ""


@pytest.mark.parametrize("seed", range(60))
def test_small_files_with_mutations(seed: int) -> None:
    dice = random.Random(seed)
    text = dice.choice(SMALL)
    for _ in range(dice.randint(1, 6)):
        text = mutated(dice, text, dice.choice(SMALL))
    assert fault_of(text) == ""
