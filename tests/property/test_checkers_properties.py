"""Invariants of addresses, bodies, verdicts and reports: whatever comes in, what goes out keeps its promises."""

from __future__ import annotations

import json
import re
import zlib
from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib import plugins
from alliancebib.checkers._inspect import beside
from alliancebib.checkers._verdict import VERDICTS, judge, settle
from alliancebib.checkers.fields import check_fields
from alliancebib.finding import Finding, Report, register
from alliancebib.model import Origin, Reference
from alliancebib.web import Hop, Visit
from alliancebib.web.address import Address, join_address, read_address
from alliancebib.web.body import unpacked
from strategies import references

QUICK = settings(max_examples=80, deadline=None)
TEXT = st.text(st.characters(codec=None), max_size=40)
URLS = st.one_of(TEXT, TEXT.map("http://example.org/".__add__), TEXT.map("https://".__add__))
PROBLEMS = "dns connect timeout reset tls body loop hops scheme private address offline new".split()


@QUICK
@given(URLS, TEXT)
def test_an_address_is_ascii_and_reading_it_again_changes_nothing(text: str, location: str) -> None:
    address = read_address(text)
    if not isinstance(address, Address):
        assert address.problem in {"address", "scheme"}
        return
    assert re.fullmatch(r"[!-~]+", address.url)
    assert read_address(address.url) == msgspec.structs.replace(address, fragment="", user="")
    join_address(address, location)


@QUICK
@given(
    st.binary(max_size=200), st.sampled_from(["", "gzip", "deflate", "gzip, deflate", "br", "x, y"]), st.integers(1, 50)
)
def test_what_is_unpacked_fits(data: bytes, coding: str, cap: int) -> None:
    assert len(unpacked(data, coding, cap=cap)[0]) <= cap
    assert unpacked(zlib.compress(data), "deflate", cap=cap) == (data[:cap], True)


def visits() -> st.SearchStrategy[Visit]:
    bodies = st.sampled_from(
        ["<title>Page not found</title>", "<title>Just a moment...</title>", "<h1>A</h1>", "<" * 50]
    )
    return st.builds(
        Visit,
        url=URLS,
        final_url=URLS,
        status=st.none() | st.integers(100, 999),
        hops=st.lists(st.builds(Hop, URLS, st.sampled_from([301, 302, 308])), max_size=2).map(tuple),
        headers=st.dictionaries(
            st.sampled_from(["content-type", "cf-mitigated"]), TEXT | st.just("text/html"), max_size=2
        ),
        body=st.binary(max_size=30) | bodies.map(str.encode),
        problem=st.just("") | st.sampled_from(PROBLEMS),
        retry_after=st.none() | st.floats(0, 1e9),
    )


@QUICK
@given(visits(), visits())
def test_every_visit_has_a_verdict_and_only_a_clear_one_is_dead(visit: Visit, probe: Visit) -> None:
    judgement = judge(visit)
    if judgement.doubt:
        assert beside(judgement.doubt.beside)
        judgement = settle(judgement, probe)
    assert judgement.outcome in VERDICTS
    if visit.status in {401, 403, 429, 999}:
        assert judgement.outcome == "refused"
    if VERDICTS[judgement.outcome] == "dead" and visit.status is not None:
        assert visit.status in {404, 410} or 500 <= visit.status < 600 or 200 <= visit.status < 300
    if VERDICTS[judgement.outcome] == "dead" and visit.status is None:
        assert visit.problem not in {"private", "offline", "resolver", "body"}


@QUICK
@given(references())
def test_fields_of_any_reference_can_be_looked_at(reference: Reference) -> None:
    for finding in check_fields(reference, today=date(2026, 1, 1)):
        assert finding.code in register()


@QUICK
@given(st.lists(st.tuples(st.sampled_from(sorted(register())), TEXT, TEXT, TEXT, st.integers(0, 99)), max_size=4), TEXT)
def test_no_report_lets_foreign_text_steer(rows: list[tuple[str, str, str, str, int]], sentence: str) -> None:
    findings = [
        Finding.of(code, message, origin=Origin(page=page, line=line), fix=fix)
        for code, message, page, fix, line in rows
    ]
    report = Report(findings=tuple(findings), unavailable=(sentence,))
    for name in plugins.names("reporters"):
        text = plugins.reporter(name).report(report)
        text.encode("utf-8")
        if name == "json":
            assert [found["message"] for found in json.loads(text)["findings"]] == [row[1] for row in rows]
            continue
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text)
        if name == "github":
            commands = [line for line in text.split("\n") if line.startswith("::")]
            assert len(commands) == len(rows) + 1
