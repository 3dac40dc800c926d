"""Addresses in the text of CSL-JSON: only they change, whatever the layout."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.csl.editing import edited
from alliancebib.csl.items import from_csl

NEW = "https://example.org/new"
#: Everything that JSON has, and what a careless search in its text would stumble over.
values = st.sampled_from(
    [
        None,
        True,
        1.5,
        "",
        'a "URL": "x", \\',
        "é\u2028",
        [],
        {},
        [{"URL": "y"}],
        {"URL": {"custom": "]}"}, "é\n": [1, {}]},
    ]
)
items = st.fixed_dictionaries(
    {"id": values},
    optional={"URL": values, "title": values, "custom": st.dictionaries(st.sampled_from(["mine", "URL"]), values)},
)


@given(
    st.lists(items, min_size=1, max_size=4),
    st.data(),
    st.sampled_from([None, 1, "\t"]),
    st.booleans(),
)
def test_only_the_addresses_change(
    found: list[dict[str, object]], data: st.DataObject, indent: int | str | None, ascii_only: bool
) -> None:
    place = data.draw(st.integers(0, len(found) - 1))
    fields = data.draw(st.sampled_from([("url",), ("archive_url",), ("url", "archive_url")]))
    text = json.dumps(found, indent=indent, ensure_ascii=ascii_only)
    after = json.loads(edited(text, {place: dict.fromkeys(fields, NEW)}))
    wanted = json.loads(text)
    if "url" in fields:
        wanted[place]["URL"] = NEW
    if "archive_url" in fields:
        wanted[place].setdefault("custom", {})["alliancebib"] = {"archive_url": NEW}
        assert from_csl(after[place])[0].archive_url == NEW
    assert after == wanted
    assert edited(text, {}) == text


@pytest.mark.parametrize(
    "text",
    [
        '{"items": [{"id": "a", "URL": "x"}]}',
        '{"more": [1], "references": {"items": [{"id": "a", "URL": "x"}]}}',
        '{"id": "a", "URL": "x"}\n{"id": "b"}\n',
        '\ufeff \n[\n{"URL": "y", "id": "a", "URL"\r\n:\t"x"} ]\n',
    ],
)
def test_wrappers_lines_and_odd_layouts(text: str) -> None:
    assert edited(text, {0: {"url": NEW}}) == text.replace('"x"', json.dumps(NEW))


def test_what_stands_in_the_way_is_not_thrown_away() -> None:
    assert '"custom": {"alliancebib"' in edited('[{"id": "a", "custom": null}]', {0: {"archive_url": NEW}})
    with pytest.raises(ValueError, match="custom"):
        edited('[{"id": "a", "custom": 5}]', {0: {"archive_url": NEW}})
    with pytest.raises(IndexError):
        edited("[]", {0: {"url": NEW}})
