"""What the processor keeps, whatever items hold: no error, the same again, nothing unescaped, labels on all text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancebib.csl import Processor, load_style
from alliancebib.csl.items import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

TEXT = st.text(st.characters(), max_size=12) | st.text("ab<>&\"'i/b .,;:?!-–1 9", max_size=14)
MARKED = st.sampled_from(["<script>x</script>", "<i>a", "<i>a</i>", "a</b>", "&amp;", "\"a\" 'b'", "<b><i>x</b></i>"])
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT | MARKED
JSON = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2), max_leaves=4
)
PART = st.none() | st.integers(-3000, 3000) | st.sampled_from(["2004", "5", "", "x"])
NAME = st.dictionaries(
    st.sampled_from(["family", "given", "suffix", "literal", "dropping-particle", "non-dropping-particle"]),
    TEXT | MARKED | SCALAR,
    max_size=4,
)
DATE = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": st.lists(st.lists(PART, max_size=4), max_size=3) | JSON,
        "season": SCALAR,
        "circa": SCALAR,
        "literal": SCALAR,
        "raw": SCALAR,
    },
)
FIELDS = {
    **dict.fromkeys(sorted(TEXT_VARIABLES), TEXT | MARKED | JSON),
    **{variable: st.lists(NAME, max_size=4) | JSON for variable in sorted(NAME_VARIABLES)},
    **dict.fromkeys(sorted(DATE_VARIABLES), DATE | JSON),
    "type": st.sampled_from(["book", "chapter", "article-journal", "legal_case", "thesis", "", "x"]) | SCALAR,
}


@st.composite
def items(draw: st.DrawFn) -> list[dict[str, object]]:
    """Up to three items with ids, each with some variables of any shape."""
    made: list[dict[str, object]] = []
    for place in range(draw(st.integers(1, 3))):
        chosen = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=8, unique=True))
        usual = ["title", "author", "issued"] if draw(st.booleans()) else []
        item: dict[str, object] = {variable: draw(FIELDS[variable]) for variable in sorted({*chosen, *usual})}
        made.append({**item, "id": str(place)})
    return made


STYLES = st.sampled_from(["apa", "ieee", "chicago-notes-bibliography", "modern-language-association"])
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def run(many: list[dict[str, object]], style: str, output: str) -> tuple[str, list[str]]:
    processor = Processor(load_style(style), output=output)
    processor.register(many)
    cite = processor.cite([str(item["id"]) for item in many])
    return cite, [entry.text for entry in processor.bibliography(all_items=True).entries]


@QUICK
@given(items(), STYLES, st.sampled_from(["text", "html", "markdown", "rst", "latex"]))
def test_any_items_give_the_same_text_twice(many: list[dict[str, object]], style: str, output: str) -> None:
    first = run(many, style, output)
    assert first == run(many, style, output)
    assert len(first[1]) == len(many)


@QUICK
@given(items(), STYLES)
def test_html_has_no_tags_but_its_own_and_all_are_closed(many: list[dict[str, object]], style: str) -> None:
    cite, entries = run(many, style, "html")
    for text in [cite, *entries]:
        open_: list[str] = []
        for closing, tag in re.findall(r"<(/?)(\w+)", text):
            assert tag in {"i", "b", "sup", "sub", "span", "div"}
            if closing:
                assert open_.pop() == tag
            else:
                open_.append(tag)
        assert open_ == []
        bare = re.sub(r'</?(?:i|b|sup|sub|span|div)(?: (?:style|class)="[\w:;-]+")?>', "", text)
        assert not re.search(r"[<>]|&(?!(?:amp|lt|gt);)", bare)


@QUICK
@given(items(), STYLES)
def test_labelled_runs_join_to_the_text(many: list[dict[str, object]], style: str) -> None:
    processor = Processor(load_style(style))
    processor.register(many)
    for entry in processor.bibliography(labels=True).entries:
        assert "".join(run.text for run in entry.runs) == entry.text


@QUICK
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 6), TEXT), max_size=6))
def test_citations_can_be_inserted_in_any_order(rows: list[tuple[str, int, str]]) -> None:
    processor = Processor(load_style("chicago-notes-bibliography"))
    processor.register([{"id": id_, "type": "book", "title": f"T{id_}"} for id_ in "abc"])
    before: list[tuple[str, int]] = []
    for place, (id_, note, locator) in enumerate(rows):
        new: Mapping[str, object] = {
            "citationID": str(place),
            "citationItems": [{"id": id_, "locator": locator}],
            "properties": {"noteIndex": note},
        }
        assert processor.insert(new, before=before)
        before.append((str(place), note))
    assert [change.id for change in processor.citations()] == [id_ for id_, _ in before]
