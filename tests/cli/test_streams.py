"""Data and talk where they should go, whatever the locale, the pipe and the disk are like."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from cli.running import alliancebib
from loopback import Reply, Site

LIST = (
    "From Newspapers\nMünchner Gespräche über Łódź und die ОДКБ - Reuters\nSummit of the alliance ends in Minsk, TASS\n"
)
PROGRAM = [sys.executable, "-m", "alliancebib"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one list in several scripts."""
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    return tmp_path


def test_a_reader_that_goes_away_ends_nothing(folder: Path) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    words = [*PROGRAM, "parse", "list.txt"]
    done = subprocess.run(words, cwd=folder, stdout=writes, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writes)
    assert done.returncode == 0
    assert done.stderr.decode().startswith("Read 3 lines")


def test_the_exit_code_is_that_of_the_check_though_nobody_reads(folder: Path) -> None:
    (folder / "odd.bib").write_text("@book{k, title={T}, year={20x0}, pages={20--10}}\n", "utf-8")
    reads, writes = os.pipe()
    os.close(reads)
    words = [*PROGRAM, "check", "odd.bib", "--offline", "--fail-on", "note"]
    done = subprocess.run(words, cwd=folder, stdout=writes, stderr=subprocess.DEVNULL, check=False, timeout=60)
    os.close(writes)
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("words", [["parse", "list.txt"], ["explain"], ["parse", "--help"]])
def test_a_full_disk_behind_stdout_is_said(folder: Path, words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, *words], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert "standard output: " in done.stderr.decode()
    assert "fault" not in done.stderr.decode()


@pytest.mark.skipif(os.name != "posix", reason="`>&-` is for POSIX shells")
@pytest.mark.parametrize(("redirection", "names"), [(">&-", "standard output"), ("<&-", "standard input")])
def test_closed_streams_are_said(folder: Path, redirection: str, names: str) -> None:
    place = "-" if redirection == "<&-" else "list.txt"
    line = f'"{sys.executable}" -m alliancebib parse {place} {redirection}'
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, check=False, timeout=60)
    assert done.returncode == 2
    assert names in done.stderr.decode()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "ascii"])
def test_data_is_utf_8_whatever_the_locale(folder: Path, encoding: str) -> None:
    ran = alliancebib("parse", "list.txt", cwd=folder, env={"PYTHONIOENCODING": encoding})
    assert ran.code == 0
    assert json.loads(ran.out)[0]["title"] == "Münchner Gespräche über Łódź und die ОДКБ"


@pytest.mark.skipif(os.name != "posix", reason="locales of POSIX")
def test_names_that_the_locale_cannot_say(tmp_path: Path) -> None:
    folder = tmp_path / "Ordner mit Übel"
    folder.mkdir()
    (folder / "Seite für Zürich.txt").write_text(LIST, "utf-8")
    plain = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    ran = alliancebib("Seite für Zürich.txt", cwd=folder, env=plain)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == ["Seite für Zürich.bib", "Seite für Zürich.html"]
    assert (folder / "Seite für Zürich.html").is_file()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_leaves_whole_files(tmp_path: Path) -> None:
    started, told = threading.Event(), threading.Event()

    def wait(_: object) -> None:
        started.set()
        told.wait(60)  # the answer comes only once the program has ended

    with Site({"*": wait}) as site:
        (tmp_path / "urls.txt").write_text(site.url("/slow"), "utf-8")
        words = [*PROGRAM, "check", "--urls", "urls.txt", "--allow-private", "--report", "json=all.json"]
        # Tests that a shell runs in the background ignore Ctrl-C, and what they start would, too.
        heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        with subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, preexec_fn=heeding) as process:  # noqa: PLW1509
            started.wait(60)
            process.send_signal(signal.SIGINT)
            _, talk = process.communicate(timeout=60)
            told.set()
    assert process.returncode == 130
    assert b"Stopped: 1 of 1 addresses were not visited." in talk
    assert b"Traceback" not in talk
    assert {path.name for path in tmp_path.iterdir()} == {"all.json", "urls.txt"}
    assert json.loads((tmp_path / "all.json").read_text("utf-8"))["stopped"] is True


def test_a_list_at_an_address(tmp_path: Path) -> None:
    page = '<h2>From Newspapers</h2><p><a href="a">Armenia freezes the {} - Reuters</a></p>'
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    with Site({"/dir/list": [Reply(body=page.format(word)) for word in ("bloc", "pact")]}) as site:
        site.answers["/old"] = Reply(302, "", {"Location": "/dir/list"})
        address = site.url("/old")
        settings = f"inputs = ['{address}']\noutput = 'out'\nformats = ['csl-json']\nlock = 'the.lock'\n"
        (tmp_path / "alliancebib.toml").write_text(settings, "utf-8")
        assert alliancebib("build", cwd=tmp_path, env=cache).code == 0
        assert site.url("/dir/a") in (tmp_path / "out.json").read_text("utf-8")  # seen from where it led to
        ran = alliancebib("build", cwd=tmp_path, env=cache)
        assert "pact" in (tmp_path / "out.json").read_text("utf-8")  # what stands there now, not what was kept
        assert "AB110" not in ran.err
    ran = alliancebib("build", "--check", "--offline", cwd=tmp_path, env=cache)
    assert ran.code == 0
    assert "AB110" in ran.err


@pytest.mark.parametrize(
    ("address", "code", "says"),
    [
        ("http://", 2, "no whole address"),
        ("http://[x/", 2, "no whole address"),
        ("ftp://127.0.0.1/list", 2, "`ftp`"),
        ("file:///list.txt", 2, "`file`"),
        ("HTTP://127.0.0.1:9/list", 3, "could not be reached"),
    ],
)
def test_addresses_that_cannot_be_read(tmp_path: Path, address: str, code: int, says: str) -> None:
    ran = alliancebib("parse", address, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path)})
    assert ran.code == code
    assert says in ran.err
    assert len(ran.err.splitlines()) == 2
