"""``check`` over services on this machine: what it says, how it ends, and what it asks."""

from __future__ import annotations

import json
from pathlib import Path

from alliancebib.resolvers.local import make_index
from cli.running import Ran, alliancebib
from registries import Registries
from services import Said, Scripted, record

TITLE = "Protective integration and security policy coordination"
KNOWN = record("10.5555/allison", TITLE, ("Roy", "Allison"), 2018, "A Journal", ("11", "3", "297-338"))
OTHER = record("10.5555/morrow", "Alliances: why write them down?", ("James D.", "Morrow"), 2000, "Another Journal")
DATA = {
    "doi": "10.5438/0012",
    "creators": [{"name": "DataCite Metadata Working Group", "nameType": "Organizational"}],
    "titles": [{"title": "DataCite Metadata Schema Documentation"}],
    "publicationYear": 2016,
    "types": {"resourceTypeGeneral": "Dataset"},
}
RETRACTED = KNOWN | {
    "updated-by": [
        {
            "DOI": "10.5555/notice",
            "type": "retraction",
            "label": "Retraction",
            "source": "retraction-watch",
            "updated": {"date-parts": [[2024, 2, 1]]},
        }
    ]
}


def entry(key: str, doi: str, kind: str = "article", title: str = TITLE, author: str = "Allison, Roy") -> str:
    year = "2018" if title == TITLE else "2016"
    stated = f"  doi = {{{doi}}},\n" if doi else ""
    return f"@{kind}{{{key},\n  author = {{{author}}},\n  title = {{{title}}},\n  date = {{{year}}},\n{stated}}}\n"


def checked(folder: Path, text: str, registries: Registries, *words: str) -> tuple[Ran, list[str]]:
    (folder / "mine.bib").write_text(text, "utf-8")
    with registries.serve() as server:
        settings = f'enrich.base-url = "{server.url}"\nenrich.datacite-base-url = "{server.url}"\n'
        settings += f'check.doi-base-url = "{server.url}"\ncheck.checkers = ["dois", "records"]\n'
        (folder / "alliancebib.toml").write_text(settings, "utf-8")
        ran = alliancebib("check", "mine.bib", *words, cwd=folder, env={"XDG_CACHE_HOME": str(folder / "cache")})
        return ran, [path for path, _ in server.asked]


def test_what_agrees_ends_well(tmp_path: Path) -> None:
    data = entry(
        "data", "10.5438/0012", "dataset", "DataCite Metadata Schema Documentation", "{DataCite Metadata Working Group}"
    )
    registries = Registries([KNOWN], [DATA], {"10.1430/8105": "mEDRA"})
    text = entry("a", "10.5555/allison") + data + entry("b", "10.1430/8105") + entry("c", "", "online")
    ran, asked = checked(tmp_path, text, registries)
    assert ran.code == 0, ran.out + ran.err
    assert "10.1430/8105 exists, registered with mEDRA" in ran.out
    assert "4 works: 2 confirmed, 2 not checkable." in ran.out
    assert sum(path.startswith("/works?") for path in asked) == 1
    assert [path for path in asked if path.startswith("/dois")] == ["/dois/10.5438%2F0012"]


def test_a_doi_of_another_work_and_a_retraction_fail_a_build(tmp_path: Path) -> None:
    ran, _ = checked(tmp_path, entry("a", "10.5555/morrow"), Registries([KNOWN, OTHER]))
    assert ran.code == 1
    assert "mine.bib:5:3: AB402" in ran.out  # at the line of the DOI
    ran, _ = checked(tmp_path, entry("a", "10.5555/allison"), Registries([RETRACTED]))
    assert ran.code == 1
    assert "retraction 10.5555/notice of 2024-02-01 (retraction-watch)" in ran.out


def test_a_doi_that_does_not_exist_is_told_once(tmp_path: Path) -> None:
    ran, _ = checked(tmp_path, entry("a", "10.5555/typo"), Registries([KNOWN]))
    assert ran.code == 1
    assert [line.split()[1] for line in ran.out.splitlines() if line.startswith("mine.bib")] == ["AB401"]
    assert "1 with an unknown DOI" in ran.out


def test_a_doi_that_a_build_did_not_find_is_told_once(tmp_path: Path) -> None:
    """The build suspects it, as one service has no record; the DOI system settles it."""
    (tmp_path / "mine.bib").write_text(entry("a", "10.5555/typo"), "utf-8")
    with Registries([KNOWN]).serve() as server:
        settings = 'inputs = ["mine.bib"]\noutput = "out"\nformats = ["csl-json"]\nlock = "the.lock"\n'
        settings += f'enrich.base-url = "{server.url}"\ncheck.doi-base-url = "{server.url}"\n'
        (tmp_path / "alliancebib.toml").write_text(settings, "utf-8")
        env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        assert alliancebib("build", cwd=tmp_path, env=env).code == 0
        ran = alliancebib("check", "--only", "dois", "--only", "records", cwd=tmp_path, env=env)
    assert ran.code == 1
    assert ran.out.count(": AB401") == 1
    assert "The DOI system knows no such DOI." in ran.out


def test_what_nobody_knows_is_no_failure(tmp_path: Path) -> None:
    ran, _ = checked(tmp_path, entry("a", ""), Registries([OTHER]))
    assert ran.code == 0
    assert "AB405" in ran.out
    assert "1 not found" in ran.out


def test_the_report_for_programs_has_every_work(tmp_path: Path) -> None:
    text = entry("a", "10.5555/allison") + entry("b", "", "online")
    ran, _ = checked(tmp_path, text, Registries([KNOWN]), "--only", "records", "--report", "json")
    whole = json.loads(ran.out)
    assert [(one["key"], one["verdict"], one["by"]) for one in whole["records"]] == [
        ("a", "agrees", "crossref"),
        ("b", "not-checkable", ""),
    ]
    assert (whole["version"], whole["findings"]) == (1, [])


def test_a_service_that_is_away_ends_with_3_and_accuses_nobody(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(entry("a", "10.5555/allison"), "utf-8")
    words = ("check", "mine.bib", "--only", "records", "--base-url", "http://127.0.0.1:9")
    ran = alliancebib(*words, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert ran.code == 3
    assert "1 of 1 works could not be looked up: 127.0.0.1:9 could not be reached" in ran.out
    assert "1 not asked about" in ran.out
    ran = alliancebib(*words, "--offline", cwd=tmp_path)
    assert ran.code == 0
    assert "Offline: records not checked." in ran.err


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    text = entry("a", "10.5555/allison")
    _, asked = checked(tmp_path, text, Registries([KNOWN]), "--only", "records")
    assert len(asked) == 1
    # The server of before is gone: only the cache can know.
    words = ("check", "mine.bib", "--only", "records")
    ran = alliancebib(*words, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert (ran.code, "1 confirmed" in ran.out) == (0, True)


def indexed(folder: Path, resolvers: str, *, broken: bool = False) -> None:
    """Make a project that searches an index, and a list with a retracted work and one that the index does not hold."""
    (folder / "records.jsonl").write_text(json.dumps(RETRACTED), "utf-8")
    make_index([folder / "records.jsonl"], folder / "records.index")
    if broken:
        (folder / "records.index").write_bytes(b"")
    (folder / "alliancebib.toml").write_text(f"enrich.resolvers = [{resolvers}]\n", "utf-8")
    (folder / "mine.bib").write_text(entry("a", "10.5555/allison") + entry("b", "10.5555/other"), "utf-8")


def test_an_index_is_asked_offline(tmp_path: Path) -> None:
    indexed(tmp_path, '"local"')
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = alliancebib("check", "mine.bib", "--offline", cwd=tmp_path, env=env)
    assert ran.code == 1
    assert "AB409" in ran.out
    assert "Offline: dois and links not checked." in ran.err
    assert "1 of 2 works could not be looked up: offline, and no answer of doi.org" in ran.out


def test_what_asks_no_service_needs_no_index(tmp_path: Path) -> None:
    indexed(tmp_path, '"local"', broken=True)
    ran = alliancebib("check", "mine.bib", "--offline", "--only", "fields", cwd=tmp_path)
    assert ran.code == 0, ran.err
    refused = alliancebib("check", "mine.bib", "--offline", "--only", "records", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert "records.index" in refused.err
    indexed(tmp_path, '"local", "crossref"', broken=True)
    with Registries([KNOWN]).serve() as server:
        env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        (tmp_path / "mine.bib").write_text(entry("a", "10.5555/allison"), "utf-8")
        words = ("check", "mine.bib", "--only", "records", "--base-url", server.url)
        ran = alliancebib(*words, cwd=tmp_path, env=env)
    assert ran.code == 3
    assert "1 work: 1 confirmed." in ran.out
    assert ran.out.count("records.index") == 1


def test_that_something_could_not_be_checked_is_the_last_word(tmp_path: Path) -> None:
    """Exit code 1 says that there are findings; who fixes those must not think that all else was looked at."""
    (tmp_path / "a.bib").write_text("@article{k, title={A title of some length}, author={Doe, Jane}, doi={in print}}\n")
    words = ("check", "a.bib", "--only", "fields", "--only", "records", "--fail-on", "warning")
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    with Scripted(lambda _path, _number: Said(403)) as server:
        ran = alliancebib(*words, "--base-url", server.url, cwd=tmp_path, env=env)
        offline = alliancebib(*words, "--base-url", server.url, "--offline", cwd=tmp_path, env=env)
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith("Not everything could be checked: 1 of 1 works could not be looked up")
    assert "Not everything" not in offline.err
