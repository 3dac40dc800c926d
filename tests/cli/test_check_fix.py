"""``check --fix``: moved addresses and archived copies come into the bibliography, and nothing else changes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from alliancebib import pipeline
from alliancebib.cli import cli
from alliancebib.errors import OutputError
from cli.running import Ran, alliancebib
from loopback import Reply, Site, to

COPY = "http://web.archive.org/web/20200304050607/"


class Archive(Site):
    """A service that has a copy of every page whose path has "gone" in it; it keeps what it was asked about."""

    def __init__(self) -> None:
        super().__init__({"*": self.say})
        self.wanted: list[tuple[str, str]] = []

    def say(self, handler: BaseHTTPRequestHandler) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        self.wanted.append((query["url"], query["timestamp"]))
        closest = {
            "status": "200",
            "available": True,
            "url": f"{COPY}http://{query['url']}",
            "timestamp": "20200304050607",
        }
        found = {"closest": closest} if "gone" in query["url"] else {}
        body = json.dumps({"url": query["url"], "archived_snapshots": found})
        Reply(body=body, headers={"Content-Type": "application/json"}).send(handler)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/moved": to("/ok", 301), "/found": to("/ok", 302)}) as site:
        yield site


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive() as archive:
        yield archive


def settings(folder: Path, archive: Site | None, more: str = "") -> None:
    base = archive.url("") if archive else ""
    text = f'{more}\n[check]\nallow-private = true\ncheckers = ["links"]\narchive-base-url = "{base}"\n'
    (folder / "alliancebib.toml").write_text(text, "utf-8")


def checked(folder: Path, *words: str) -> Ran:
    return alliancebib("check", *words, cwd=folder, env={"XDG_CACHE_HOME": str(folder / "cache")})


def bib(site: Site) -> str:
    return (
        "% mine\n@string{j = {Journal}}\n\n"
        f"@online{{moved, title={{A  page}} ,\n\turl = {{{site.url('/moved#part')}}}, % remark\n}}\n\n"
        f'@misc{{gone,\n  title = "Another page",\n  urldate = {{2019-05-06}},\n  url = {{{site.url("/gone")}}}\n}}\n'
        f"@online{{found, title={{A third}}, url={{{site.url('/found')}}}}}\n"
        f"@online{{dead, title={{A fourth}}, url={{{site.url('/dead')}}}}}\n"
    )


def test_a_bib_file_gets_new_addresses_and_copies(tmp_path: Path, site: Site, archive: Archive) -> None:
    settings(tmp_path, archive)
    before = bib(site)
    (tmp_path / "mine.bib").write_text(before, "utf-8")
    ran = checked(tmp_path, "mine.bib", "--fix")
    copy = f"https://web.archive.org/web/20200304050607/{site.url('/gone')}"
    after = before.replace(site.url("/moved#part"), site.url("/ok#part"))
    after = after.replace(f"{site.url('/gone')}}}\n", f"{site.url('/gone')}}},\n  archiveurl = {{{copy}}}\n")
    assert (tmp_path / "mine.bib").read_text("utf-8") == after
    assert ran.code == 1  # what is dead is dead still
    assert f"An archived copy of 2020-03-04 is there: {copy}" in ran.out
    assert f"  moved: url {site.url('/moved#part')} -> {site.url('/ok#part')}\n" in ran.err
    assert f"  gone: archive_url {copy}\n" in ran.err
    assert "Mended: 1 address replaced by the new one, 1 archived copy added." in ran.err
    assert "1 dead address left" in ran.err


def test_the_service_is_asked_once_of_what_died_and_near_its_day(tmp_path: Path, site: Site, archive: Archive) -> None:
    settings(tmp_path, archive)
    (tmp_path / "mine.bib").write_text(
        bib(site) + f"@misc{{again, title={{B}}, url={{{site.url('/gone')}}}}}\n", "utf-8"
    )
    checked(tmp_path, "mine.bib")
    bare = site.url("/gone").removeprefix("http://")
    assert [one for one in archive.wanted if "gone" in one[0]] == [(bare, "20190506")]
    assert {url.rpartition("/")[2] for url, _ in archive.wanted} == {"gone", "dead"}
    before = len(archive.wanted)
    checked(tmp_path, "mine.bib")
    assert len(archive.wanted) == before  # answers are kept


def test_mending_again_changes_nothing(tmp_path: Path, site: Site, archive: Archive) -> None:
    settings(tmp_path, archive)
    (tmp_path / "mine.bib").write_text(bib(site), "utf-8")
    checked(tmp_path, "mine.bib", "--fix")
    once = (tmp_path / "mine.bib").read_bytes()
    ran = checked(tmp_path, "mine.bib", "--fix")
    assert (tmp_path / "mine.bib").read_bytes() == once
    assert "There was nothing to mend." in ran.err


def test_what_somebody_accepted_is_not_mended(tmp_path: Path, site: Site, archive: Archive) -> None:
    settings(tmp_path, archive)
    text = bib(site)
    (tmp_path / "mine.bib").write_text(text, "utf-8")
    accepting = ("--baseline", "accepted.jsonl", "--update-baseline", "--fail-on", "note")
    assert checked(tmp_path, "mine.bib", *accepting).code == 0
    ran = checked(tmp_path, "mine.bib", "--baseline", "accepted.jsonl", "--fix")
    assert (ran.code, (tmp_path / "mine.bib").read_text("utf-8")) == (0, text)
    assert "There was nothing to mend." in ran.err
    assert "left" not in ran.err


def test_a_json_file_keeps_its_layout(tmp_path: Path, site: Site, archive: Archive) -> None:
    settings(tmp_path, archive)
    items = f"""[
\t{{ "id": "a", "citation-key": "doe", "type": "webpage", "title": "é", "URL": "{site.url("/moved")}", "x": 1.50 }},
\t{{
\t\t"id": "b",
\t\t"type": "webpage", "title": "B",
\t\t"custom": {{"mine": [1,  2]}},
\t\t"URL": "{site.url("/gone")}"
\t}}
]"""
    (tmp_path / "mine.json").write_text(items, "utf-8")
    ran = checked(tmp_path, "mine.json", "--fix")
    copy = f"https://web.archive.org/web/20200304050607/{site.url('/gone')}"
    after = items.replace(site.url("/moved"), site.url("/ok"))
    after = after.replace("[1,  2]", f'[1,  2], "alliancebib": {{"archive_url": "{copy}"}}')
    assert (tmp_path / "mine.json").read_text("utf-8") == after, ran.err
    library = pipeline.parse(pipeline.read(tmp_path / "mine.json"))
    assert [(one.key, one.archive_url, one.origin.line) for one in library] == [("doe", "", 2), ("b", copy, 3)]


def test_our_own_json_file_is_mended_too(tmp_path: Path, site: Site, archive: Archive) -> None:
    settings(tmp_path, archive)
    (tmp_path / "mine.bib").write_text(bib(site), "utf-8")
    alliancebib("convert", "mine.bib", "-o", "mine.json", cwd=tmp_path)
    before = pipeline.parse(pipeline.read(tmp_path / "mine.json"))
    checked(tmp_path, "mine.json", "--fix")
    after = pipeline.parse(pipeline.read(tmp_path / "mine.json"))
    assert [one.url.rpartition("/")[2] for one in after] == ["ok#part", "gone", "found", "dead"]
    assert [bool(one.archive_url) for one in after] == [False, True, False, False]
    assert [(one.id, one.key, one.title, one.origins) for one in after] == [
        (one.id, one.key, one.title, one.origins) for one in before
    ]


def test_an_archived_copy_that_works_is_enough(tmp_path: Path, site: Site, archive: Archive) -> None:
    settings(tmp_path, archive)
    text = f"@misc{{k, title={{A}}, url={{{site.url('/gone')}}}, archiveurl={{{site.url('/ok')}}}}}\n"
    (tmp_path / "mine.bib").write_text(text, "utf-8")
    ran = checked(tmp_path, "mine.bib", "--fix")
    assert (archive.wanted, (tmp_path / "mine.bib").read_text("utf-8")) == ([], text)
    assert "archived copy of" not in ran.out


def test_an_archived_copy_that_died_is_left_to_a_person(tmp_path: Path, site: Site, archive: Archive) -> None:
    settings(tmp_path, archive)
    text = f"@misc{{k, title={{A}}, url={{{site.url('/gone')}}}, archiveurl={{{site.url('/lost')}}}}}\n"
    (tmp_path / "mine.bib").write_text(text, "utf-8")
    ran = checked(tmp_path, "mine.bib", "--fix")
    assert (tmp_path / "mine.bib").read_text("utf-8") == text
    assert "An archived copy of 2020-03-04 is there" in ran.out
    assert "in the place of the one that is dead" in ran.out


def test_a_page_of_the_archive_in_the_field_of_the_address_stays(tmp_path: Path, site: Site) -> None:
    """The rule on addresses tells the two apart; writing the page's new address would lose the copy."""
    settings(tmp_path, None)
    text = f"@misc{{k, title={{A}}, url={{https://web.archive.org/web/2020/{site.url('/moved')}}}}}\n"
    (tmp_path / "mine.bib").write_text(text, "utf-8")
    checked(tmp_path, "mine.bib", "--fix", "--deadline", "8", "--timeout", "1")
    assert (tmp_path / "mine.bib").read_text("utf-8") == text


def test_an_address_that_is_inherited_is_mended_where_it_stands(tmp_path: Path, site: Site) -> None:
    settings(tmp_path, None)
    text = f"@misc{{k, title={{A}}, xdata={{x}}}}\n@xdata{{x, url={{{site.url('/moved')}}}}}\n"
    (tmp_path / "mine.bib").write_text(text, "utf-8")
    checked(tmp_path, "mine.bib", "--fix")
    assert (tmp_path / "mine.bib").read_text("utf-8") == text.replace("/moved", "/ok")


@pytest.mark.parametrize("off", ["settings", "public service"])
def test_what_is_private_is_told_to_no_stranger(tmp_path: Path, site: Site, archive: Archive, off: str) -> None:
    settings(tmp_path, archive)
    toml = (tmp_path / "alliancebib.toml").read_text("utf-8")
    other = "" if off == "settings" else "https://archive.example.invalid"
    (tmp_path / "alliancebib.toml").write_text(toml.replace(archive.url(""), other), "utf-8")
    (tmp_path / "mine.bib").write_text(bib(site), "utf-8")
    ran = checked(tmp_path, "mine.bib")
    assert archive.asked == []
    assert "AB309" not in ran.out


def test_a_service_that_is_away_is_one_note_and_changes_no_exit_code(tmp_path: Path, site: Site) -> None:
    settings(tmp_path, None)
    toml = (tmp_path / "alliancebib.toml").read_text("utf-8")
    (tmp_path / "alliancebib.toml").write_text(toml.replace('url = ""', 'url = "http://127.0.0.1:9"'), "utf-8")
    (tmp_path / "mine.bib").write_text(bib(site), "utf-8")
    ran = checked(tmp_path, "mine.bib", "--fail-on", "never")
    assert ran.code == 0
    assert ran.out.count("AB309") == 2  # the note, and its next step
    assert "No archived copy could be asked for of 2 dead addresses: 127.0.0.1:9 could not be reached" in ran.out


def test_addresses_alone_are_told_of_copies_and_not_mended(tmp_path: Path, site: Site, archive: Archive) -> None:
    settings(tmp_path, archive)
    (tmp_path / "urls.txt").write_text(f"{site.url('/gone')}\n", "utf-8")
    ran = checked(tmp_path, "--urls", "urls.txt")
    assert "An archived copy of 2020-03-04 is there" in ran.out
    ran = checked(tmp_path, "--urls", "urls.txt", "--fix")
    assert (ran.code, ran.out) == (2, "")
    assert "no bibliography" in ran.err


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("list.txt", "A title https://example.org/\n", []),
        ("list.html", "<ul><li>Roe, M. (2020). On rivers. https://example.org/</ul>", []),
        ("list.ris", "TY  - BOOK\nTI  - On rivers\nUR  - https://example.org/\nER  - \n", []),
        ("list.bib", "A title https://example.org/\n", ["--lines"]),
    ],
)
def test_what_cannot_be_mended_is_refused_before_anything_is_asked(
    tmp_path: Path, name: str, text: str, words: list[str]
) -> None:
    settings(tmp_path, None)
    (tmp_path / name).write_text(text, "utf-8")
    ran = checked(tmp_path, name, "--fix", *words)
    assert (ran.code, ran.out) == (2, "")
    assert "only a .bib or .json file" in ran.err
    assert "convert" in ran.err


def test_a_file_that_may_not_be_written_is_refused_before_anything_is_asked(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(tmp_path, None)
    path = tmp_path / "mine.bib"
    path.write_text(bib(site), "utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="may not be written"):
        cli.main(["check", str(path), "--fix"], standalone_mode=False)
    assert site.asked == []


def test_ctrl_c_mends_nothing_and_loses_nothing(tmp_path: Path, site: Site) -> None:
    hanging = threading.Event()

    def hang(_: BaseHTTPRequestHandler) -> None:
        hanging.set()
        time.sleep(5)

    site.answers["/slow"] = hang
    settings(tmp_path, None)
    text = bib(site) + f"@online{{slow, title={{B}}, url={{{site.url('/slow')}}}}}\n"
    (tmp_path / "mine.bib").write_text(text, "utf-8")
    words = [sys.executable, "-m", "alliancebib", "check", "mine.bib", "--fix"]
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    pipe = subprocess.PIPE
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a test run in the background ignores it
    with subprocess.Popen(
        words,
        cwd=tmp_path,
        env=env,
        stdout=pipe,
        stderr=pipe,
        text=True,
        preexec_fn=heeding,  # noqa: PLW1509
    ) as running:
        assert hanging.wait(30)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert (tmp_path / "mine.bib").read_text("utf-8") == text
    assert "Nothing was mended, as the check was stopped." in err
    assert "addresses were not visited" in out


def test_what_was_edited_meanwhile_stays(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(tmp_path, None)
    path = tmp_path / "mine.bib"
    path.write_text(bib(site), "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    report = pipeline.report

    def edited(*words: object) -> str:
        path.write_text("% newer\n", "utf-8")
        return report(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "report", edited)
    with pytest.raises(OutputError, match="changed while this ran"):
        cli.main(["check", str(path), "--fix"], standalone_mode=False)
    assert path.read_text("utf-8") == "% newer\n"
