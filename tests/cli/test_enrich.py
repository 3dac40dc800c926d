"""``enrich`` adds what is missing, changes nothing that stands, and loses nothing that only the file itself holds."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path

import pytest

from alliancebib.model import reference_id
from cli.running import alliancebib
from registries import Registries
from services import Said, Scripted, record

ENTRY = "@article{k,\n  title = {One},\n  year = {2020},\n}\n"


@pytest.mark.parametrize(
    "extra", ["A remark of mine.\n\n", '@preamble{"\\newcommand{\\noop}[1]{}"}\n\n', "@comment{x}\n\n"]
)
def test_a_file_with_remarks_keeps_them(tmp_path: Path, extra: str) -> None:
    (tmp_path / "mine.bib").write_bytes((extra + ENTRY).encode())
    ran = alliancebib("enrich", "mine.bib", "--write", "--offline", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert (tmp_path / "mine.bib").read_bytes() == (extra + ENTRY).encode()


def test_what_is_added_is_the_only_change(tmp_path: Path) -> None:
    before = "% mine\r\n" + ENTRY.replace("\n", "\r\n")
    (tmp_path / "mine.bib").write_bytes(before.encode())
    (tmp_path / "references").mkdir()
    (tmp_path / "alliancebib.toml").write_text("", "utf-8")
    identity = reference_id("mine.bib", "k")
    decision = f'[fields."{identity}"]\nvolume = "7"\n'
    (tmp_path / "references" / "decisions.toml").write_text(decision, "utf-8")
    ran = alliancebib("enrich", "mine.bib", "--write", "--offline", cwd=tmp_path)
    assert ran.code == 0, ran.err
    after = (tmp_path / "mine.bib").read_bytes().decode()
    assert after == before.replace("{2020},\r\n", "{2020},\r\n  volume = {7},\r\n")


def test_a_plain_file_is_written_back(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(ENTRY, "utf-8")
    ran = alliancebib("enrich", "mine.bib", "--write", "--offline", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "title = {One}" in (tmp_path / "mine.bib").read_text("utf-8")


TITLE = "Protective integration and security policy coordination"
KNOWN = record(
    "10.5555/allison",
    f"{TITLE}: Comparing the <i>SCO</i> and CSTO",
    ("Roy", "Allison"),
    2018,
    "The Chinese Journal of International Politics",
    ("11", "3", "297-338"),
    publisher="A Press",
) | {"published-online": {"date-parts": [[2017, 12, 30]]}}
MINE = (
    "@article{my_Key:1,\n  AUTHOR = {Allison, R.},\n"
    "  title  = {Protective Integration and Security Policy Coordination: Comparing the {SCO} and {CSTO}},\n"
    '  journal = "Chin. J. Int. Polit.",\n  year = 2017,\n  pages = {297--338},\n}\n'
)
LIST = f"Allison, R. (2018). {TITLE}: Comparing the SCO and CSTO. The Chinese Journal of International Politics.\n"


def project(folder: Path, server: Scripted, text: str, **settings: str) -> dict[str, str]:
    """Make a project over services on this machine; give the environment of its runs."""
    (folder / "list.txt").write_text(text, "utf-8")
    made = {"inputs": "list.txt", "output": "out", "lock": "the.lock"} | settings
    lines = [f'{name} = ["{value}"]' if name == "inputs" else f'{name} = "{value}"' for name, value in made.items()]
    text = "\n".join([*lines, 'formats = ["bibtex"]', f'enrich.base-url = "{server.url}"\n'])
    (folder / "alliancebib.toml").write_text(text, "utf-8")
    return {"XDG_CACHE_HOME": str(folder / "cache")}


def test_what_the_user_wrote_stays_letter_for_letter(tmp_path: Path) -> None:
    """Case of titles, abbreviations of journals, initials, page ranges, years that are one off, keys, layout."""
    (tmp_path / "mine.bib").write_text(MINE, "utf-8")
    with Registries([KNOWN]).serve() as server:
        words = ("enrich", "mine.bib", "--base-url", server.url)
        env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        shown = alliancebib(*words, cwd=tmp_path, env=env)
        assert (tmp_path / "mine.bib").read_text("utf-8") == MINE  # the diff comes first
        ran = alliancebib(*words, "--write", cwd=tmp_path, env=env)
    assert ran.code == 0, ran.err
    after = (tmp_path / "mine.bib").read_text("utf-8")
    added = [line for line in after.splitlines() if line not in MINE.splitlines()]
    assert [line for line in MINE.splitlines() if line not in after.splitlines()] == []
    assert sorted(line.split()[0] for line in added) == ["doi", "number", "publisher", "volume"]
    assert "AB404" not in ran.err
    assert [line[1:] for line in shown.out.splitlines() if line.startswith("+ ")] == added


def test_only_the_doi_is_added_where_nothing_else_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(MINE, "utf-8")
    with Registries([KNOWN]).serve() as server:
        words = ("enrich", "mine.bib", "--base-url", server.url, "--only-dois", "--write")
        ran = alliancebib(*words, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert ran.code == 0, ran.err
    expected = MINE.replace("{297--338},\n", "{297--338},\n  doi = {10.5555/allison},\n")
    assert (tmp_path / "mine.bib").read_text("utf-8") == expected


def test_contradictions_are_told_with_both_values(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(MINE.replace("year = 2017", "year = 2018,\n  volume = 12"), "utf-8")
    with Registries([KNOWN]).serve() as server:
        words = ("enrich", "mine.bib", "--base-url", server.url)
        ran = alliancebib(*words, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert "AB404 The volume is '12' here and '11' at crossref; the value here was kept." in ran.err
    assert "volume" not in ran.out.replace("   volume = 12,", "")


def test_a_build_without_network_gives_the_same_bytes(tmp_path: Path) -> None:
    with Registries([KNOWN]).serve() as server:
        env = project(tmp_path, server, LIST)
        assert alliancebib("build", cwd=tmp_path, env=env).code == 0
    first = {name: (tmp_path / name).read_bytes() for name in ("out.bib", "the.lock")}
    assert b"10.5555/allison" in first["out.bib"]
    (tmp_path / "out.bib").unlink()
    nothing_kept = {"XDG_CACHE_HOME": str(tmp_path / "empty")}
    for words in (["build", "--offline"], ["build"]):  # asked to stay offline; the service is gone
        ran = alliancebib(*words, cwd=tmp_path, env=nothing_kept)
        assert ran.code == 0, ran.err
        assert {name: (tmp_path / name).read_bytes() for name in first} == first


@pytest.mark.parametrize("status", [403, 404, 429, 503])
def test_a_service_that_does_not_answer_is_told_by_the_exit_code(tmp_path: Path, status: int) -> None:
    (tmp_path / "mine.bib").write_text(MINE, "utf-8")
    said = Said(status, b"<html>no</html>", {"Content-Type": "text/html", "Retry-After": "86400"})
    with Scripted(lambda *_: said) as server:
        words = ("enrich", "mine.bib", "--base-url", server.url)
        ran = alliancebib(*words, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert (ran.code, ran.out) == (3, "")
    assert "could not be asked (" in ran.err
    assert f"{status}" in ran.err
    assert "Offline" not in ran.err  # it was reached
    assert "1 not asked" in ran.err
    assert "later" in ran.err  # what to do


def test_who_asks_to_stay_offline_gets_what_he_asked_for(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(MINE, "utf-8")
    ran = alliancebib("enrich", "mine.bib", "--offline", cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert (ran.code, ran.out) == (0, "")
    assert "Offline: 0 of 1 answered" in ran.err


def test_an_update_says_what_changed_upstream_and_the_lock_shows_it_line_by_line(tmp_path: Path) -> None:
    retraction = {"DOI": "10.5555/notice", "type": "retraction", "source": "publisher"}
    registries = Registries([KNOWN])
    with registries.serve() as server:
        env = project(tmp_path, server, LIST)
        alliancebib("build", cwd=tmp_path, env=env)
        before = (tmp_path / "the.lock").read_text("utf-8")
        ran = alliancebib("enrich", "--update", cwd=tmp_path, env=env)
        assert (ran.code, ran.out) == (0, "")
        assert "0 records changed upstream." in ran.err
        assert (tmp_path / "the.lock").read_text("utf-8") == before
        registries.crossref["10.5555/allison"] = KNOWN | {"publisher": "Another Press", "updated-by": [retraction]}
        assert alliancebib("build", "--check", cwd=tmp_path, env=env).code == 0  # the lock holds
        ran = alliancebib("enrich", "list.txt", "--update", cwd=tmp_path, env=env)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[1:] == [
        "  publisher: 'A Press' -> 'Another Press'",
        "  crossref:updated-by: '' -> 'retraction 10.5555/notice (by publisher)'",
        "  status: '' -> 'retracted'",
    ]
    after = (tmp_path / "the.lock").read_text("utf-8")
    differing = [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+"]
    changed = {line.split('"')[1] for line in differing if '"' in line}
    assert {"publisher", "status", "crossref:updated-by", "hash"} <= changed
    assert "title" not in changed


def test_an_update_keeps_records_that_are_unknown_all_at_once(tmp_path: Path) -> None:
    registries = Registries([KNOWN])
    with registries.serve() as server:
        env = project(tmp_path, server, LIST)
        alliancebib("build", cwd=tmp_path, env=env)
        before = (tmp_path / "the.lock").read_bytes()
        registries.crossref.clear()
        ran = alliancebib("enrich", "--update", cwd=tmp_path, env=env)
    assert (ran.out, (tmp_path / "the.lock").read_bytes()) == ("", before)
    assert "0 records changed upstream." in ran.err
    assert "1 record could not be found any more, and stayed as before." in ran.err
    assert "AB407 crossref has no record of 10.5555/allison any more" in ran.err


def test_an_update_without_network_keeps_the_lock(tmp_path: Path) -> None:
    with Registries([KNOWN]).serve() as server:
        env = project(tmp_path, server, LIST)
        alliancebib("build", cwd=tmp_path, env=env)
    before = (tmp_path / "the.lock").read_bytes()
    ran = alliancebib("enrich", "--update", cwd=tmp_path, env=env | {"XDG_CACHE_HOME": str(tmp_path / "empty")})
    assert (ran.out, (tmp_path / "the.lock").read_bytes()) == ("", before)
    assert ran.code == 3
    assert "could not be reached" in ran.err
    assert "1 not" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ["enrich"],
        ["enrich", "mine.bib", "--update", "--write"],
        ["enrich", "mine.bib", "--update", "--offline"],
        ["enrich", "mine.bib", "--update"],
        ["enrich", "--update"],
    ],
)
def test_calls_that_make_no_sense_are_refused(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(MINE, "utf-8")
    ran = alliancebib(*words, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) >= 2
