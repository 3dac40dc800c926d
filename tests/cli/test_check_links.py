"""``check --urls`` over sites on this machine: verdicts, days of grace, memory, Ctrl-C; the database is a real one."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from cli.running import Ran, alliancebib
from loopback import Reply, Site


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/late": lambda _: time.sleep(3)}) as site:
        yield site


class List:
    """A list of addresses, and a cache of its own."""

    def __init__(self, folder: Path, urls: list[str]) -> None:
        self.folder = folder
        self.environment = {"XDG_CACHE_HOME": str(folder / "cache")}
        (folder / "urls.txt").write_text("# my links\n\n" + "".join(f"{url}\n" for url in urls), "utf-8")

    def check(self, *words: str) -> tuple[Ran, list[dict[str, Any]]]:
        ran = alliancebib(
            *("check", "--urls", "urls.txt", "--allow-private", "--report", "json=report.json", "--report", "terminal"),
            *words,
            cwd=self.folder,
            env=self.environment,
        )
        return ran, json.loads((self.folder / "report.json").read_text("utf-8"))["links"]

    def make_older(self, days: int) -> None:
        """Let everything that was seen have been seen some days before."""
        with sqlite3.connect(self.folder / "cache" / "alliancebib" / "links.sqlite") as database:
            for url, seen in database.execute("select url, seen from sightings").fetchall():
                sighting = json.loads(seen)
                state = sighting["state"]
                for field in ("checked", "since", "last_ok"):
                    if state[field]:
                        moment = time.strptime(state[field], "%Y-%m-%d")
                        state[field] = time.strftime("%Y-%m-%d", time.localtime(time.mktime(moment) - days * 86400))
                row = (json.dumps(sighting).encode(), state["checked"], url)
                database.execute("update sightings set seen = ?, checked = ? where url = ?", row)


def broken(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def test_findings_point_at_the_lines_of_the_list(tmp_path: Path, site: Site) -> None:
    links = List(tmp_path, [site.url("/ok"), site.url("/gone"), "www.example.org", site.url("/gone")])
    ran, states = links.check()
    assert ran.code == 1
    assert f"urls.txt:4:1: AB301 {site.url('/gone')}: The server answers 404" in ran.out
    assert "urls.txt:5:1: AB202 www.example.org" in ran.out
    assert [state["verdict"] for state in states] == ["ok", "dead", "dead"]


def test_a_host_that_is_down_counts_after_some_days(tmp_path: Path, site: Site) -> None:
    site.answers["/x"] = broken
    links = List(tmp_path, [site.url("/x")])
    ran, [state] = links.check()
    assert (ran.code, state["verdict"], state["outcome"], state["standing"]) == (0, "dead", "unreachable", "grace")
    assert "It counts as dead if it still is so on" in ran.out
    assert links.check("--grace", "0")[0].code == 1
    links.make_older(3)
    ran, [state] = links.check()
    assert (ran.code, state["standing"]) == (1, "counts")
    assert f"Dead since {state['since']}" in ran.out


def test_a_page_that_was_well_gets_days_and_a_new_one_does_not(tmp_path: Path, site: Site) -> None:
    site.answers["/old"] = Reply()
    links = List(tmp_path, [site.url("/old")])
    assert links.check()[0].code == 0
    links.make_older(1)
    site.answers["/old"] = Reply(404, "gone")
    links = List(tmp_path, [site.url("/old"), site.url("/new")])
    ran, [old, new] = links.check()
    assert (old["standing"], new["standing"], ran.code) == ("grace", "counts", 1)
    assert f"was well on {old['last_ok']}" in ran.out
    links.make_older(1)
    site.answers["/old"] = Reply()
    _, [old, _] = links.check()
    assert (old["verdict"], old["since"], old["standing"]) == ("ok", "", None)


def test_ctrl_c_leaves_a_report_and_a_memory(tmp_path: Path, site: Site) -> None:
    urls = [site.url(f"/ok?{number}") for number in range(4)] + [site.url("/late")]
    site.answers |= {f"/ok?{number}": Reply() for number in range(4)}
    links = List(tmp_path, urls)
    words = ["check", "--urls", "urls.txt", "--allow-private", "--report", "json"]
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a test run in the background ignores it
    with subprocess.Popen(
        [sys.executable, "-m", "alliancebib", *words],
        cwd=tmp_path,
        env=os.environ | links.environment,
        preexec_fn=heeding,  # noqa: PLW1509
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        until = time.monotonic() + 60
        while len(set(site.asked)) < len(urls) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    states = json.loads(out)["links"]
    assert [state["outcome"] for state in states] == ["ok"] * 4 + ["skipped"]
    assert b"Stopped: 1 of 5 addresses were not visited." in err
    with sqlite3.connect(tmp_path / "cache" / "alliancebib" / "links.sqlite") as database:
        assert database.execute("select count(*) from sightings").fetchone() == (4,)
