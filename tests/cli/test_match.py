"""``match`` answers each line with one line, in its order, whatever happens; a stated DOI is never replaced."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alliancebib.resolvers.local import make_index
from cli.running import Ran, alliancebib
from services import Said, Scripted, StandIn, record, standin

RECORDS = [
    record(
        "10.1093/cjip/poy008",
        "Protective Integration and Security Policy Coordination: Comparing the SCO and CSTO",
        ("Roy", "Allison"),
        2018,
        "The Chinese Journal of International Politics",
        ("11", "3", "297-338"),
    ),
    record("10.5555/aris", "Collective security treaty organization", ("Stephen", "Aris"), 2014, kind="book-chapter"),
    *(record(f"10.5555/n{number}", f"Alliances, part {number}", ("Ole", "Øre"), 2000) for number in range(20)),
]
ALLISON = """Allison R. Protective integration and security policy coordination: comparing the SCO and CSTO. Chin J Int
    Polit. 2018;11(3):297-338."""
ALLISON = " ".join(ALLISON.split())
UNKNOWN = "Snyder, G. H. (1984). The security dilemma in alliance politics. World Politics, 36(4), 461-495."
STATED = f"{UNKNOWN} https://doi.org/10.2307/2010183"
WRONG = f"{UNKNOWN} https://doi.org/10.5555/aris"
LINES = [UNKNOWN, ALLISON, "Summit of the alliance ends in Minsk, TASS", STATED, ALLISON, WRONG]
SETTINGS = '[enrich]\nresolvers = ["local"]\nindex = "here/records.index"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a list, an index, and settings that name it."""
    (tmp_path / "records.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in RECORDS), "utf-8")
    make_index([tmp_path / "records.jsonl"], tmp_path / "here" / "records.index")
    (tmp_path / "alliancebib.toml").write_text(SETTINGS, "utf-8")
    (tmp_path / "list.txt").write_text("\n\n".join(LINES), "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with standin(RECORDS, tmp_path_factory.mktemp("corpus")) as running:
        yield running


def rows_of(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def test_each_line_is_answered_in_its_order_without_network(folder: Path) -> None:
    ran = alliancebib("match", "list.txt", "--lines", "--offline", cwd=folder)
    assert ran.code == 0, ran.err
    rows = rows_of(ran)
    assert [row["text"] for row in rows] == LINES
    assert [row["doi"] for row in rows] == [None, "10.1093/cjip/poy008", None, None, "10.1093/cjip/poy008", None]
    for row in rows:
        assert set(row) == {"id", "text", "doi", "score", "candidates"}
        assert 0.0 <= row["score"] <= 1.0
        assert len(row["candidates"]) <= 3
    best = rows[1]["candidates"][0]
    assert (best["doi"], best["score"]) == ("10.1093/cjip/poy008", rows[1]["score"])
    assert "the first author is there" in best["reasons"]
    assert ran.err.splitlines()[-1] == "6 entries: 2 with a DOI."


def test_a_stated_doi_is_not_replaced_by_another(folder: Path) -> None:
    unknown = f"{ALLISON} doi:10.5555/nobody"
    ran = alliancebib(
        "match", "-", "--lines", cwd=folder, stdin=f"{unknown}\n{ALLISON} doi:10.1093/CJIP/poy008".encode()
    )
    first, second = rows_of(ran)
    assert (first["doi"], first["candidates"]) == (None, [])
    assert second["doi"] == "10.1093/cjip/poy008"
    assert ran.code == 0


def test_the_threshold_of_the_call_goes_before_that_of_the_settings(folder: Path) -> None:
    line = "Roy Allison, Protective integration and security policy, in: Chinese Journal of Int. Politics, Oxford"
    (score,) = [row["score"] for row in rows_of(alliancebib("match", "-", "--lines", cwd=folder, stdin=line.encode()))]
    assert 0.05 < score < 0.999
    for threshold, taken in ((score - 0.01, True), (score + 0.0005, False)):
        ran = alliancebib("match", "-", "--lines", "--threshold", f"{threshold}", cwd=folder, stdin=line.encode())
        assert [row["doi"] is not None for row in rows_of(ran)] == [taken]
    refused = alliancebib("match", "-", "--lines", "--threshold", "80", cwd=folder, stdin=line.encode())
    assert refused.code == 2


def test_a_service_is_asked_and_its_answers_are_kept(tmp_path: Path, service: StandIn) -> None:
    (tmp_path / "list.txt").write_text(f"{ALLISON}\n{UNKNOWN}\n", "utf-8")
    words = ("match", "list.txt", "--lines", "--base-url", service.url, "-o", "found.jsonl")
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    asked = service.stats()["requests"]
    ran = alliancebib(*words, cwd=tmp_path, env=cache)
    assert (ran.code, ran.out) == (0, ""), ran.err
    kept = (tmp_path / "found.jsonl").read_bytes()
    assert [json.loads(line)["doi"] for line in kept.splitlines()] == ["10.1093/cjip/poy008", None]
    asked, before = service.stats()["requests"], asked
    assert asked - before == 2
    assert alliancebib(*words, "--offline", cwd=tmp_path, env=cache).code == 0
    assert service.stats()["requests"] == asked
    assert (tmp_path / "found.jsonl").read_bytes() == kept


def test_a_service_that_is_down_costs_no_line(tmp_path: Path) -> None:
    stdin = "\n".join(LINES).encode()
    words = ("match", "-", "--lines", "--base-url", "http://127.0.0.1:9/")
    for more in ((), ("--offline",)):
        ran = alliancebib(*words, *more, cwd=tmp_path, stdin=stdin, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
        rows = rows_of(ran)
        assert ran.code == 3
        assert [row["text"] for row in rows] == LINES
        assert all(row["doi"] is None and row["candidates"] == [] and row["problem"] for row in rows)
        assert "6 entries could not be asked about." in ran.err
        assert "Traceback" not in ran.err


def test_a_service_that_breaks_off_in_the_middle_costs_no_line(tmp_path: Path) -> None:
    found = json.dumps({"message": {"items": RECORDS[:1]}}).encode()

    def script(path: str, number: int) -> Said:
        return (
            Said(body=found) if number == 1 else Said(status=404, body=b"<html>", headers={"Content-Type": "text/html"})
        )

    stdin = "\n".join([ALLISON, *(f"{UNKNOWN[:-4]}{number}." for number in range(5))]).encode()
    with Scripted(script) as running:
        words = ("match", "-", "--lines", "--base-url", running.url)
        ran = alliancebib(*words, cwd=tmp_path, stdin=stdin, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    rows = rows_of(ran)
    assert ran.code == 3
    assert len(rows) == 6
    assert 4 <= sum("problem" in row for row in rows) <= 5  # whichever line was asked about first got an answer


def test_that_there_is_none_is_no_answer_while_a_service_is_down(folder: Path) -> None:
    (folder / "alliancebib.toml").write_text(SETTINGS.replace('"local"', '"local", "crossref"'), "utf-8")
    stdin = f"{UNKNOWN}\n{ALLISON}\n".encode()
    words = ("match", "-", "--lines", "--base-url", "http://127.0.0.1:9/")
    ran = alliancebib(*words, cwd=folder, stdin=stdin, env={"XDG_CACHE_HOME": str(folder / "cache")})
    unknown, known = rows_of(ran)
    assert ran.code == 3
    assert unknown["doi"] is None
    assert unknown["problem"]
    assert known["doi"] == "10.1093/cjip/poy008"
    assert "problem" not in known


def test_a_line_that_is_too_long_has_its_row_too(folder: Path) -> None:
    long = "Alliance " * 2500
    ran = alliancebib("match", "-", "--lines", cwd=folder, stdin=f"{ALLISON}\n{long}\n\n{ALLISON}\n".encode())
    rows = rows_of(ran)
    assert ran.code == 3
    assert [row["text"] for row in rows] == [ALLISON, long.strip(), ALLISON]
    assert [row["doi"] for row in rows] == ["10.1093/cjip/poy008", None, "10.1093/cjip/poy008"]
    assert "was not read" in rows[1]["problem"]
    assert "AB108 Line 2 has" in ran.err
    assert "1 entry could not be asked about." in ran.err


def test_rows_come_as_soon_as_they_are_known(tmp_path: Path) -> None:
    found = json.dumps({"message": {"items": RECORDS[:1]}}).encode()
    going_on = threading.Event()

    def script(path: str, _: int) -> Said:
        if "Snyder" in path:
            going_on.wait(30)
        return Said(body=found)

    (tmp_path / "list.txt").write_text(f"{ALLISON}\n{UNKNOWN}\n", "utf-8")
    with Scripted(script) as running:
        process = subprocess.Popen(
            [sys.executable, "-m", "alliancebib", "match", "list.txt", "--lines", "--base-url", running.url],
            cwd=tmp_path,
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        with process:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline())["doi"] == "10.1093/cjip/poy008"
            assert not going_on.is_set()
            going_on.set()
            assert json.loads(process.stdout.readline())["doi"] is None
    assert process.returncode == 0


def test_an_index_is_named_in_the_call(folder: Path) -> None:
    (folder / "alliancebib.toml").unlink()
    words = ("match", "list.txt", "--lines", "--index", "here/records.index")
    ran = alliancebib(*words, cwd=folder)
    assert ran.code == 0, ran.err
    assert ran.err.splitlines()[-1] == "6 entries: 2 with a DOI."
    refused = alliancebib(*words, "--base-url", "http://127.0.0.1:9", cwd=folder)
    assert (refused.code, refused.out) == (2, "")
    assert "`--index` asks no service" in refused.err
    missing = alliancebib("match", "list.txt", "--lines", "--index", "missing.index", cwd=folder)
    assert (missing.code, missing.out) == (2, "")


def test_a_service_of_the_call_that_nobody_asks_is_told(folder: Path) -> None:
    ran = alliancebib("match", "list.txt", "--lines", "--base-url", "http://127.0.0.1:9", cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert "`--base-url` names a service in the place of Crossref, and `resolvers` names local" in ran.err


@pytest.mark.parametrize("content", [None, b"", b"no index at all" * 100])
def test_a_broken_index_stops_nothing_where_another_service_can_be_asked(
    folder: Path, service: StandIn, content: bytes | None
) -> None:
    path = folder / "here" / "records.index"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    (folder / "alliancebib.toml").write_text(SETTINGS.replace('"local"', '"local", "crossref"'), "utf-8")
    env = {"XDG_CACHE_HOME": str(folder / "cache")}
    words = ("match", "-", "--lines", "--base-url", service.url)
    ran = alliancebib(*words, cwd=folder, stdin=f"{ALLISON}\n{UNKNOWN}\n".encode(), env=env)
    known, unknown = rows_of(ran)
    assert ran.code == 3
    assert known["doi"] == "10.1093/cjip/poy008"
    assert "records.index" in unknown["problem"]  # it might have known
    assert ran.err.count("records.index") == 1
    assert "no such table" not in ran.err
    assert "file is not a database" not in ran.err
    whole = alliancebib(*words, cwd=folder, stdin=f"{ALLISON}\n".encode(), env=env)
    assert whole.code == 3
    assert whole.err.count("records.index") == 1


def test_no_index_is_a_mistake_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "alliancebib.toml").write_text(SETTINGS, "utf-8")
    ran = alliancebib("match", "-", "--lines", cwd=tmp_path, stdin=ALLISON.encode())
    assert (ran.code, ran.out) == (2, "")
    assert "there is no index of records" in ran.err
    assert "alliancebib index" in ran.err


def test_nothing_to_match_is_no_mistake(folder: Path) -> None:
    ran = alliancebib("match", "-", "--lines", cwd=folder, stdin=b"\n\n")
    assert (ran.code, ran.out) == (0, "")
    assert "0 entries" in ran.err


def test_entries_of_a_bibliography_are_matched_by_their_fields(folder: Path) -> None:
    title = "Protective integration and security policy coordination: Comparing the SCO and CSTO"
    journal = "The Chinese Journal of International Politics"
    text = f"@article{{k, author={{Allison, Roy}}, year=2018, title={{{title}}}, journal={{{journal}}}, volume=11}}\n"
    (folder / "mine.bib").write_text(text, "utf-8")
    (row,) = rows_of(alliancebib("match", "mine.bib", cwd=folder))
    assert row["doi"] == "10.1093/cjip/poy008"
