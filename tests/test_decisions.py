"""Decisions: names are ids or citation keys, and what is added to the file changes nothing else of it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.decisions import Decisions, Judged, apply_fields, names_in, with_judged
from alliancebib.errors import SettingsError
from alliancebib.library import Library
from alliancebib.model import Reference
from strategies import any_text

LIBRARY = Library(
    [Reference(id="1", key="roe", extra={"bibtex:ids": "old, older"}), Reference(id="2", key="1"), Reference(id="3")],
    aliases={"9": "3"},
)


def test_a_name_is_an_id_else_a_key_else_a_further_key() -> None:
    assert names_in(LIBRARY) == {"1": "1", "2": "2", "3": "3", "9": "9", "roe": "1", "old": "1", "older": "1"}
    decisions = Decisions(same=(Judged(ids=("roe", "2")),), different=(Judged(ids=("older", "x"), reason="so"),))
    found = decisions.by_id(LIBRARY)
    assert found.same == (Judged(ids=("1", "2")),)
    assert found.different == (Judged(ids=("1", "x"), reason="so"),)


def test_only_names_that_nothing_has_are_told() -> None:
    decisions = Decisions(same=(Judged(ids=("roe", "old", "9", "gone")),))
    (finding,) = apply_fields(LIBRARY, decisions).findings
    assert (finding.code, "gone" in finding.message) == ("AB701", True)


@given(
    st.lists(st.tuples(any_text(8), any_text(8)), min_size=1, max_size=3), any_text(10), st.sampled_from(["\n", "\r\n"])
)
def test_what_is_added_is_read_again_and_the_rest_stays(
    pairs: list[tuple[str, str]], reason: str, newline: str
) -> None:
    text = f"# mine{newline}[fields.x]{newline}title = 'T' # why"
    whole = with_judged(text, [("same", Judged(ids=pair, reason=reason)) for pair in pairs])
    assert whole.startswith(text)
    value = tomllib.loads(whole)
    assert [tuple(group["ids"]) for group in value["same"]] == pairs
    assert [group.get("reason", "") for group in value["same"]] == [reason] * len(pairs)


@pytest.mark.parametrize("text", ["same = []\n", "[same]\nids = []\n", "[x", "unknown = 1\n"])
def test_a_file_that_nothing_can_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(SettingsError) as problem:
        with_judged(text, [("same", Judged(ids=("a", "b")))], place="d.toml")
    assert "[[same]]" in problem.value.help
