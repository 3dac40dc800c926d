"""``check --fix`` of a project: lists stay, the lock keeps what was found, and the bibliography is made from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.running import alliancebib
from cli.test_check_fix import Archive, checked, settings
from loopback import Site, to

PROJECT = (
    'inputs = ["list.txt"]\noutput = "out"\nformats = ["bibtex", "csl-json"]\nlock = "the.lock"\ndecisions = "d.toml"'
)

PAGES = {"The first page": "/moved", "The second page": "/gone", "The third": "/ok"}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/moved": to("/new", 301)}) as site:
        site.answers["/new"] = site.answers["/ok"]
        yield site


@pytest.fixture
def project(tmp_path: Path, site: Site) -> Iterator[Path]:
    with Archive() as archive:
        settings(tmp_path, archive, PROJECT)
        rows = (f"{title} {site.url(path)}\n" for title, path in PAGES.items())
        text = "Links\n" + "".join(rows)
        (tmp_path / "list.txt").write_text(text, "utf-8")
        build(tmp_path)
        yield tmp_path


def build(folder: Path, *words: str) -> int:
    words = ("build", "--offline", *words)
    return alliancebib(*words, cwd=folder, env={"XDG_CACHE_HOME": str(folder / "cache")}).code


def items(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder / "out.json").read_text("utf-8"))
    return found


def urls(folder: Path) -> list[str]:
    return [str(item["URL"]).rpartition("/")[2] for item in items(folder)]


def test_lock_and_outputs_have_what_was_found_and_the_list_stays(project: Path, site: Site) -> None:
    text = (project / "list.txt").read_bytes()
    assert urls(project) == ["moved", "gone", "ok"]
    ran = checked(project, "--fix")
    assert ran.code == 1, ran.err
    assert "Wrote: out.bib, out.json, the.lock." in ran.err
    assert (project / "list.txt").read_bytes() == text
    assert urls(project) == ["new", "gone", "ok"]
    links = json.loads((project / "the.lock").read_text("utf-8"))["links"]
    assert list(links) == [site.url("/gone"), site.url("/moved")]
    assert links[site.url("/moved")]["moved_to"] == site.url("/new")
    copy = f"https://web.archive.org/web/20200304050607/{site.url('/gone')}"
    assert links[site.url("/gone")]["archived"] == copy
    own = [item["custom"]["alliancebib"] for item in items(project)]  # type: ignore[index]
    assert own[1]["archive_url"] == copy
    (record,) = [one for one in own[0]["provenance"] if one["actor"] == "check"]
    assert (record["fields"], record["note"]) == (["url"], f"{site.url('/moved')} moved for good")
    assert f"archiveurl = {{{copy}}}" in (project / "out.bib").read_text("utf-8")


def test_a_build_without_network_gives_the_same_bytes(project: Path) -> None:
    checked(project, "--fix")
    before = {name: (project / name).read_bytes() for name in ("out.bib", "out.json", "the.lock")}
    assert build(project, "--check") == 0
    ran = checked(project, "--fix")
    assert "There was nothing to mend." in ran.err
    assert {name: (project / name).read_bytes() for name in before} == before


def test_an_address_that_the_list_has_no_more_is_forgotten(project: Path, site: Site) -> None:
    checked(project, "--fix")
    text = (project / "list.txt").read_text("utf-8")
    (project / "list.txt").write_text(text.replace("/moved", "/other"), "utf-8")
    assert build(project) == 0
    assert list(json.loads((project / "the.lock").read_text("utf-8"))["links"]) == [site.url("/gone")]
    assert urls(project) == ["other", "gone", "ok"]


def test_what_a_person_decided_is_not_overwritten(project: Path, site: Site) -> None:
    identity = items(project)[0]["custom"]["alliancebib"]["id"]  # type: ignore[index]
    (project / "d.toml").write_text(f'[fields."{identity}"]\nurl = "{site.url("/moved")}"\n', "utf-8")
    ran = checked(project, "--fix")
    assert urls(project) == ["moved", "gone", "ok"]
    assert "1 archived copy added" in ran.err
    assert "replaced" not in ran.err


def test_an_address_that_moves_on_is_followed(project: Path, site: Site) -> None:
    checked(project, "--fix")
    site.answers["/new"] = to("/ok", 301)
    checked(project, "--fix")
    assert urls(project) == ["ok", "gone", "ok"]


def test_what_is_well_again_is_not_called_dead(project: Path, site: Site) -> None:
    checked(project, "--fix")
    site.answers["/gone"] = site.answers["/ok"]
    checked(project, "--fix")
    assert list(json.loads((project / "the.lock").read_text("utf-8"))["links"]) == [site.url("/moved")]
    assert "archiveurl" not in (project / "out.bib").read_text("utf-8")


def test_without_outputs_there_is_nothing_to_mend(tmp_path: Path, site: Site) -> None:
    settings(tmp_path, None, 'inputs = ["list.txt"]')
    (tmp_path / "list.txt").write_text(f"Links\nA page {site.url('/moved')}\n", "utf-8")
    ran = checked(tmp_path, "--fix")
    assert (ran.code, ran.out, site.asked) == (2, "", [])
    assert "no `output` is set" in ran.err
