"""Services that fail, runs that are killed, programs that share a cache: nothing is lost and nothing asked twice.

`tests/conformance/crossref_faults.py` does the same with sixty real works and the limits of the real services.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from cli.running import alliancebib
from loopback import Site
from registries import Registries
from services import Said, Scripted, record

NUMBER = 9
WORDS = "alpine Baltic Caspian Danubian eastern Finnish Georgian Hungarian Iberian".split()
WORKS = [
    record(f"10.5555/{number}", f"Small alliances and {word} security after the war", ("Jane", "Doe"), 2001 + number)
    for number, word in enumerate(WORDS)
]
LIST = "".join(
    f"@article{{k{number},\n  author = {{Doe, Jane}},\n  title = {{{work['title'][0]}}},\n"  # type: ignore[index]
    f"  year = {2001 + number},\n}}\n"
    for number, work in enumerate(WORKS)
)
BROKEN = Said(503, b"<html>Service Temporarily Unavailable</html>", {"Content-Type": "text/html"})
PAGE = Said(200, b"<html>gateway</html>", {"Content-Type": "text/html"})


def words_for(server: Scripted) -> list[str]:
    return ["enrich", "list.bib", "--to", "bibtex", "--base-url", server.url]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.bib").write_text(LIST, "utf-8")
    return tmp_path


def started(folder: Path, server: Scripted) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "alliancebib", *words_for(server)],
        cwd=folder,
        env=os.environ | {"XDG_CACHE_HOME": str(folder / "cache")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_service_that_is_out_of_order_now_and_then(folder: Path) -> None:
    registries = Registries(WORKS)
    with Scripted(lambda path, number: BROKEN if number % 3 == 0 else registries.answer(path)) as server:
        ran = alliancebib(*words_for(server), cwd=folder, env={"XDG_CACHE_HOME": str(folder / "cache")})
    assert (ran.code, ran.out.count("doi = ")) == (0, NUMBER)


@pytest.mark.parametrize("said", [BROKEN, PAGE])
def test_a_service_that_never_answers_costs_no_entry_and_is_soon_left(folder: Path, said: Said) -> None:
    with Scripted(lambda path, number: said) as server:
        ran = alliancebib(*words_for(server), cwd=folder, env={"XDG_CACHE_HOME": str(folder / "cache")})
        assert len(server.asked) <= 2 * NUMBER
    assert (ran.code, ran.out.count("@article"), ran.out.count("doi = ")) == (3, NUMBER, 0)
    assert "could not be asked" in ran.err


@pytest.mark.parametrize("status", [400, 500])
def test_a_doi_that_a_service_stumbles_over_costs_no_other_entry(folder: Path, status: int) -> None:
    dois = ["10.5555/bad", *(str(work["DOI"]) for work in WORKS[1:])]
    entries = LIST.split("}\n@")
    stated = "}\n@".join(f"{entry}  doi = {{{doi}}},\n" for entry, doi in zip(entries, dois, strict=True)) + "}\n"
    stated = stated.replace("}\n  doi = {" + dois[-1], "  doi = {" + dois[-1])
    (folder / "list.bib").write_text(stated, "utf-8")
    registries = Registries(WORKS)
    with Scripted(lambda path, _: Said(status) if "bad" in path else registries.answer(path)) as server:
        (folder / "alliancebib.toml").write_text(f'check.doi-base-url = "{server.url}"\n', "utf-8")
        env = {"XDG_CACHE_HOME": str(folder / "cache")}
        ran = alliancebib(*words_for(server), cwd=folder, env=env)
        assert ran.code == 3
        assert f"{NUMBER - 1} of {NUMBER} answered; 1 not asked." in ran.err
        checked = alliancebib("check", "list.bib", "--only", "records", "--base-url", server.url, cwd=folder, env=env)
    assert checked.code == 3
    assert f"{NUMBER} works: {NUMBER - 1} confirmed, 1 not asked about." in checked.out


@pytest.mark.parametrize("checkers", [["records"], ["dois", "records"]])
def test_a_deadline_ends_the_run_whatever_a_service_does(folder: Path, checkers: list[str]) -> None:
    """A byte a second is a sign of life each time, and would be waited for."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(60):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(1)

    (folder / "list.bib").write_text(LIST.replace("  year", "  doi = {10.5555/x},\n  year"), "utf-8")
    with Site({"*": drip}) as site:
        address = site.url("")
        (folder / "alliancebib.toml").write_text(f'check.doi-base-url = "{address}"\n', "utf-8")
        only = [word for name in checkers for word in ("--only", name)]
        began = time.monotonic()
        ran = alliancebib("check", "list.bib", *only, "--base-url", address, "--deadline", "1.5", cwd=folder)
        assert time.monotonic() - began < 20  # most of it is the interpreter's on a busy machine
    assert ran.code == 3
    assert "within the deadline" in ran.out
    assert f"{NUMBER} not asked about" in ran.out


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has SIGKILL")
def test_a_run_that_was_killed_is_taken_up_where_it_was(folder: Path) -> None:
    registries = Registries(WORKS)
    with Scripted(lambda path, number: registries.answer(path)) as server:
        process = started(folder, server)
        while len(server.asked) < NUMBER // 2 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        ran = alliancebib(*words_for(server), cwd=folder, env={"XDG_CACHE_HOME": str(folder / "cache")})
        times = Counter(path for path, _ in server.asked)
    assert (ran.code, ran.out.count("doi = ")) == (0, NUMBER)
    assert sum(times.values()) <= NUMBER + 1  # the one that was under way
    assert (folder / "list.bib").read_text("utf-8") == LIST


def test_two_programs_over_one_cache(folder: Path) -> None:
    registries = Registries(WORKS)
    with Scripted(lambda path, number: registries.answer(path)) as server:
        processes = [started(folder, server) for _ in range(2)]
        outputs = [process.communicate(timeout=60)[0] for process in processes]
        assert len(server.asked) <= NUMBER + 2
        assert server.most_at_a_time == 1
    assert [process.returncode for process in processes] == [0, 0]
    assert [text.count("doi = ") for text in outputs] == [NUMBER, NUMBER]
