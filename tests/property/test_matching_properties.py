"""Matching: symmetric, deterministic, idempotent, independent of order; merging and filling lose nothing."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib import matching
from alliancebib.library import Library
from alliancebib.lock import THRESHOLD
from alliancebib.matching.agreement import as_text
from alliancebib.matching.extras import holds
from alliancebib.matching.forms import form_of
from alliancebib.matching.screening import hopeless
from alliancebib.model import Name, Origin, PartialDate, Reference
from strategies import references, sensible_references

TITLES = [
    "",
    "Editorial",
    "Alliance politics",
    "The alliance politics",
    "Alliance politics, part I",
    "Alliance politics, part II",
    "Protective integration and security policy coordination: Comparing the SCO and CSTO",
    "Protective integration and security policy coordination",
    "PROTECTIVE INTEGRATION AND SECURITY POLICY COORDINATION: COMPARING THE SCO AND CSTO",
    "Leaders say alliance has developed contacts with natural partners",
    "2023. Leaders say alliance has developed contacts with natural partners",
]
PEOPLE = [
    (),
    (Name(family="Allison", given="R."),),
    (Name(family="Allison", given="Roy"),),
    (Name(family="Allison", given="Graham"),),
    (Name(family="Snyder", given="Glenn H."), Name(family="Allison", given="Roy")),
    (Name(literal="NATO"),),
]


EXTRAS: list[dict[str, str]] = [
    {},
    {},
    {"number": "1"},
    {"number": "2"},
    {"keyword": "war, peace", "bibtex:ids": "old"},
    {"keyword": "peace; war; law", "annote": "read", "bibtex:file": ":a.pdf:PDF"},
    {"annote": "Read twice", "bibtex:file": ":b.pdf:PDF", "bibtex:tex:title": "{A}lliance"},
]


def _few(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


@st.composite
def alike(draw: st.DrawFn) -> Reference:
    """Make references from few values, so that many of them are one work, or nearly."""
    year = draw(st.sampled_from([None, None, 2018, 2018, 2019, 2023]))
    return Reference(
        kind=draw(st.sampled_from(["article-journal", "article-journal", "book", "chapter", "webpage", "document"])),
        title=draw(st.sampled_from(TITLES)),
        author=draw(st.sampled_from(PEOPLE)),
        issued=PartialDate(year=year) if year else None,
        container_title=draw(_few("The Chinese Journal of International Politics", "Chinese J. Int. Politics", "TASS")),
        volume=draw(_few("11", "11", "12")),
        issue=draw(_few("3")),
        page=draw(_few("297-338", "297–338", "297", "1-9")),
        doi=draw(_few("10.1093/cjip/poy008", "10.1093/cjip/poy009")),
        url=draw(_few("https://example.org/a", "http://www.example.org/a#top", "https://example.net/b")),
        note=draw(_few("Translated", "translated", "A note", "Not translated; a note", "note")),
        extra=draw(st.sampled_from(EXTRAS)),
        key=draw(_few("allison2018", "snyder")),
        archive_url=draw(_few("https://archive.example/1", "https://archive.example/2")),
        leftover=draw(st.sampled_from([(), ("[3 refs]",), ("?", "sic")])),
    )


def placed(items: list[Reference]) -> list[Reference]:
    """Give each reference an id and a place of its own."""
    return [
        msgspec.structs.replace(item, id=f"r{place}", origins=(Origin(page="made.txt", line=place + 1),))
        for place, item in enumerate(items)
    ]


#: Fields that are looked at by themselves, and what tells of the first member alone: its id, the parts of its line.
ASIDE = {"id", "origins", "provenance", "spans", "leftover", "url", "note", "extra"}
LISTS = st.lists(alike(), min_size=2, max_size=7).map(placed)


@settings(max_examples=50, deadline=None)
@given(references() | alike(), references() | alike())
def test_comparing_never_raises_and_is_symmetric(a: Reference, b: Reference) -> None:
    one, other = matching.compare(a, b), matching.compare(b, a)
    assert (one.verdict, one.score) == (other.verdict, other.score)
    assert one.reasons


@settings(max_examples=50, deadline=None)
@given(LISTS)
def test_deduplication_is_idempotent_and_loses_no_reference(items: list[Reference]) -> None:
    once = matching.dedupe(Library(items))
    assert matching.dedupe(once) == once
    kept = {reference.id for reference in once}
    assert {item.id for item in items} == kept | set(once.aliases)
    assert not kept & set(once.aliases)
    assert set(once.aliases.values()) <= kept
    assert {origin for item in items for origin in item.origins} == {o for ref in once for o in ref.origins}
    assert [item.id for item in items if item.id in kept] == [reference.id for reference in once]


@settings(max_examples=50, deadline=None)
@given(LISTS, st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_the_order(items: list[Reference], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one = {frozenset(group) for group in matching.find_clusters(Library(items)).clusters}
    other = {frozenset(group) for group in matching.find_clusters(Library(shuffled)).clusters}
    assert one == other


def pieces_of(note: str) -> set[str]:
    return {" ".join(piece.casefold().split()) for piece in note.split(";")} - {""}


@settings(max_examples=60, deadline=None)
@given(st.lists(alike() | sensible_references() | references(), min_size=2, max_size=4).map(placed), st.integers(0, 3))
def test_every_value_of_every_field_of_every_member_is_found_again(items: list[Reference], published: int) -> None:
    merged, _ = matching.merge(items, published=items[-published:] if published else ())
    told = {pair for record in merged.provenance for pair in record.refused}
    urls = str(merged.extra.get("alliancebib:urls", "")).split()
    assert (merged.id, merged.origins[0]) == (items[0].id, items[0].origins[0])
    for item in items:
        assert set(item.origins) <= set(merged.origins)
        assert set(item.provenance) <= set(merged.provenance)
        assert set(item.leftover) <= {*merged.leftover, *(text for field, text in told if field == "leftover")}
        assert item.url in ("", merged.url, *urls) or ("url", item.url) in told
        assert pieces_of(item.note) <= pieces_of(merged.note)
        for field in set(Reference.__struct_fields__) - ASIDE:
            value = getattr(item, field)
            assert value in ("", (), None, getattr(merged, field)) or (field, as_text(value)) in told
        for name, value in item.extra.items():
            if name != "alliancebib:urls":
                assert holds(merged.extra.get(name, ""), value, name) or (name, as_text(value)) in told
    assert matching.merge([merged, merged])[0].extra == merged.extra


@settings(max_examples=30, deadline=None)
@given(references() | alike(), st.lists(references() | alike(), max_size=4))
def test_judging_never_raises_and_accepts_only_a_candidate_with_a_doi(
    item: Reference, candidates: list[Reference]
) -> None:
    found = matching.judge(item, candidates)
    assert 0 <= found.probability <= 1
    assert len(found.proposals) <= 3
    if found.accepted:
        assert found.accepted in candidates
        assert found.accepted.doi
        assert found.probability >= THRESHOLD


@settings(max_examples=50, deadline=None)
@given(references() | alike(), references() | alike())
def test_filling_changes_no_value_but_initials_and_first_pages(item: Reference, record: Reference) -> None:
    filled, _ = matching.fill(item, record, by="crossref", confidence=0.95)
    for field in ("title", "issued", "container_title", "volume", "doi", "url", "note", "editor", "id", "key"):
        assert getattr(item, field) in (getattr(filled, field), "", (), None)
    assert len(filled.author) == len(item.author) or not item.author
    assert filled.page.startswith(item.page[:1])
    assert item.extra.items() <= filled.extra.items()


@settings(max_examples=200, deadline=None)
@given(alike() | sensible_references(), alike() | sensible_references())
def test_a_hopeless_pair_is_two_works_to_the_rules(a: Reference, b: Reference) -> None:
    one, other = form_of(a), form_of(b)
    assert hopeless(one, other) == hopeless(other, one)
    if hopeless(one, other):
        assert matching.compare(a, b).verdict == "different"
