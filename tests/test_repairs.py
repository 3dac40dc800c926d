"""Repairs: idempotent, in order, nothing else changed; what people decided and accepted stays."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.finding import Finding, LinkState, Report, Standing, Verdict
from alliancebib.library import Library
from alliancebib.lock import Lock, load_lock, lock_text
from alliancebib.model import Reference
from alliancebib.repairs import fixable, moved_to, remembered, repaired, still_cited

PLACES = [f"https://example.org/{name}" for name in "abcde"] + ["https://example.org/a#x", "http://127.0.0.1/"]
NOWHERE = ["", "javascript:alert(1)", "https://example.org/ x", "https://me:you@example.org/"]
COPIES = ["", "https://web.archive.org/web/20200101000000/https://example.org/a"]


@st.composite
def states(draw: st.DrawFn) -> dict[str, LinkState]:
    def state(url: str) -> LinkState:
        return LinkState(
            url=url,
            verdict=draw(st.sampled_from(Verdict)),
            outcome="ok",
            moved_to=draw(st.sampled_from([*PLACES, *NOWHERE])),
            archived=draw(st.sampled_from([*COPIES, *NOWHERE[1:]])),
            standing=draw(st.sampled_from([None, *Standing])),
            checked="2026-11-24",
        )

    return {url: state(url) for url in draw(st.lists(st.sampled_from(PLACES), unique=True))}


libraries = st.lists(
    st.builds(
        Reference,
        title=st.text(max_size=3),
        url=st.sampled_from(["", *PLACES]),
        archive_url=st.sampled_from([*COPIES, *PLACES]),
    ),
    max_size=6,
).map(lambda found: Library(msgspec.structs.replace(one, id=str(place)) for place, one in enumerate(found)))


@given(libraries, states())
def test_repairs_are_idempotent_and_change_addresses_alone(library: Library, known: dict[str, LinkState]) -> None:
    once = repaired(library, known)
    assert repaired(once, known) == once
    for old, new in zip(library, once, strict=True):
        bare = msgspec.structs.replace(new, url=old.url, archive_url=old.archive_url, provenance=old.provenance)
        assert bare == old
        assert not set(new.url + new.archive_url) & set(" \n")
        assert "javascript" not in new.url + new.archive_url
        if new is not old:
            assert {record.actor for record in new.provenance[len(old.provenance) :]} == {"check"}
        if new.url != old.url:
            assert old.url in new.provenance[len(old.provenance)].note
            assert "127.0.0.1" not in new.url or "127.0.0.1" in old.url


@given(libraries, states())
def test_what_was_decided_stays(library: Library, known: dict[str, LinkState]) -> None:
    decided = {reference.id: ("url", "archive_url") for reference in library}
    assert repaired(library, known, decided=decided) == library


@given(libraries, states(), states())
def test_what_a_lock_keeps_comes_back_and_means_the_same(
    library: Library, known: dict[str, LinkState], found: dict[str, LinkState]
) -> None:
    links = {
        url: msgspec.structs.replace(state, archived="" if state.archived in NOWHERE else state.archived)
        for url, state in remembered(known, found.values()).items()
        if moved_to(state) or state.archived not in NOWHERE
    }
    links = {url: one for url, one in links.items() if moved_to(one) or not one.moved_to}
    cited = still_cited(links, library)
    assert repaired(library, cited) == repaired(library, links)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "the.lock"
        path.write_text(lock_text(Lock(links=cited)), "utf-8")
        read = load_lock(path)
        assert lock_text(read) == path.read_text("utf-8")
    assert repaired(library, read.links) == repaired(library, links)


@given(states(), states())
def test_what_is_found_again_changes_no_lock(known: dict[str, LinkState], found: dict[str, LinkState]) -> None:
    links = {url: state for url, state in found.items() if not moved_to(state)}
    once = remembered(known, links.values())
    later = [msgspec.structs.replace(state, checked="2026-12-24", seconds=3.0) for state in links.values()]
    assert remembered(once, later) == once


def state(url: str, verdict: Verdict = Verdict.OK, **more: object) -> LinkState:
    return LinkState(url=url, verdict=verdict, outcome="ok", **more)  # type: ignore[arg-type]


def test_ways_are_followed_to_their_end_and_circles_nowhere() -> None:
    a, b, c = PLACES[:3]
    chain = {a: state(a, moved_to=b), b: state(b, moved_to=c)}
    library = Library([Reference(id="1", url=a)])
    assert repaired(library, chain)[0].url == c
    assert repaired(library, chain | {c: state(c, moved_to=a)})[0].url == a
    dead = {c: state(c, Verdict.DEAD, archived=COPIES[1])}
    assert repaired(library, chain | dead)[0].archive_url == COPIES[1]


def test_the_end_of_a_way_has_not_moved() -> None:
    a, b = PLACES[:2]
    known = {a: state(a, moved_to=b)}
    links = remembered(known, [state(b, moved_to=a)])
    assert list(links) == [b]


def test_what_is_well_again_is_dropped() -> None:
    a = PLACES[0]
    known = {a: state(a, Verdict.DEAD, archived=COPIES[1])}
    assert remembered(known, [], well={a}) == {}
    assert remembered(known, []) == known


def test_a_decision_about_a_merged_reference_counts() -> None:
    a, b = PLACES[:2]
    library = Library([Reference(id="1", url=a)], aliases={"2": "1"})
    assert repaired(library, {a: state(a, moved_to=b)}, decided={"2": {"url": a}})[0].url == a


def test_only_what_is_told_of_all_who_cite_it_is_mended() -> None:
    a, b = PLACES[:2]
    moved = state(a, moved_to=b, references=("1", "2"))
    told = [Finding.of("AB305", "moved", subject=a, reference=name) for name in ("1", "2")]
    assert fixable(Report(links=(moved,), findings=tuple(told))) == (moved,)
    assert fixable(Report(links=(moved,), findings=tuple(told[:1]))) == ()
    dead = state(a, Verdict.DEAD, archived=COPIES[1], references=("1",))
    for standing in Standing:
        whole = Report(
            links=(msgspec.structs.replace(dead, standing=standing),),
            findings=(Finding.of("AB301", "gone", subject=a, reference="1"),),
        )
        assert bool(fixable(whole)) is (standing is Standing.COUNTS)
