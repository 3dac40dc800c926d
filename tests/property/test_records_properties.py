"""Whatever a service sends: a reference comes out, plain and named; whatever is locked comes back."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from alliancebib.lock import Lock, accepted, load_lock, lock_text
from alliancebib.model import KINDS, Reference
from alliancebib.resolvers._markup import calm_name, calm_title, plain
from alliancebib.resolvers._records import record_to_reference
from alliancebib.web.pace import Pace, limits_of
from services import Jumps
from strategies import sensible_references

PIECES = """<i> </i> <sub>2</sub> <mml:mi>x</mml:mi> &amp; &lt;b&gt; &#8217; NATO words A < > & é ИВАНОВ - : <math>
    </math> al.""".split()
MARKED = st.lists(
    st.sampled_from([*PIECES, " ", "\n", "\x00", "\ud800"]),
    max_size=8,
).map("".join)

JSON: SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers(-3000, 3000) | st.floats(allow_nan=False) | MARKED,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "given", "name", "suffix", "date-parts", "value", "type", "DOI", "updated"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)
FIELDS = (
    "DOI type title subtitle original-title author editor translator issued published-print published-online posted "
    "container-title short-container-title volume issue page article-number publisher publisher-location ISSN "
    "issn-type ISBN event degree update-to updated-by institution journal-issue language edition-number subtype"
).split()


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8))
def test_no_record_raises_and_no_one_is_unnamed(record: dict[str, object]) -> None:
    reference = record_to_reference(record)
    assert reference.kind in KINDS
    people = (*reference.author, *reference.editor, *reference.translator)
    assert all(name.family or name.literal or name.others for name in people)
    reference.title.encode("utf-8")
    assert record_to_reference(record) == reference


@settings(max_examples=200, deadline=None)
@given(MARKED)
def test_plain_text_is_one_line_and_has_no_known_tags(text: str) -> None:
    line = plain(text)
    assert line == " ".join(line.split())
    assert not re.search(r"</?(?:i|sub|math|mml:\w+)>", line)


@given(MARKED)
def test_calming_keeps_every_letter(text: str) -> None:
    assert calm_title(text).casefold() == text.casefold()
    assert calm_name(text).casefold() == text.casefold()


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=8), sensible_references(), max_size=3))
def test_a_lock_comes_back_whole(records: dict[str, Reference]) -> None:
    works = {
        name: accepted(record, resolver="crossref", date="2026-11-23", score=0.5) for name, record in records.items()
    }
    lock = Lock(works=works)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "the.lock"
        path.write_text(lock_text(lock), "utf-8")
        assert load_lock(path) == lock


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 60),
    st.sampled_from([0.5, 1.0, 10.0, 60.0]),
    st.lists(st.floats(0, 3), min_size=2, max_size=120),
)
def test_no_window_ever_holds_more_than_the_limit(limit: int, window: float, gaps: list[float]) -> None:
    clock = Jumps()
    pace = Pace(clock=clock, sleep=clock.sleep)
    headers = {"x-rate-limit-limit": str(limit), "x-rate-limit-interval": f"{window:g}s"}
    allowed = limits_of(headers).questions
    starts = []
    for gap in gaps:
        clock.time += gap
        with pace.turn("a.example", "list"):
            starts.append(clock())
        pace.learn("a.example", "list", headers)
    for begin in starts:
        assert sum(1 for start in starts if begin <= start <= begin + window) <= allowed
