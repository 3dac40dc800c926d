"""What every format must keep: reading what was written gives the same references."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.csl.items import from_csl, to_csl
from alliancebib.model import Reference
from strategies import references

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(references())
def test_csl_json_holds_every_reference_whole(reference: Reference) -> None:
    item = json.loads(json.dumps(to_csl(reference)))
    assert from_csl(item) == (reference, ())


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "type", "title", "author", "issued", "volume", "DOI", "URL", "custom", "unheard-of"]),
        JSON
        | st.fixed_dictionaries({"date-parts": JSON})
        | st.fixed_dictionaries({"alliancebib": JSON})
        | st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal"]), JSON), max_size=2),
        max_size=5,
    )
    | JSON
)
def test_no_json_value_raises_and_what_was_read_is_stable(item: object) -> None:
    reference, _ = from_csl(item)
    again, _ = from_csl(to_csl(reference))
    assert again == reference
