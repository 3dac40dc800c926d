"""Services on this machine for tests: a scripted server, the Crossref stand-in, a clock that only jumps."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple, Self

from shared_data import shared


class Jumps:
    """A clock that goes on only when someone sleeps; it remembers every sleep."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.time += seconds


class Said(NamedTuple):
    """What the scripted server is to answer: ``length`` overrides Content-Length, ``pause`` waits before it."""

    status: int = 200
    body: bytes = b'{"message": {}}'
    headers: Mapping[str, str] = {"Content-Type": "application/json"}
    length: int | None = None
    pause: float = 0.0


class Scripted:
    """A server that answers by a function of the path and the number of the request; it keeps what it was asked."""

    def __init__(self, script: Callable[[str, int], Said], *, host: str = "127.0.0.1") -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.most_at_a_time = 0
        self._at_a_time = 0
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

            def do_GET(self) -> None:
                with outer._lock:
                    outer.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                    number = len(outer.asked)
                    outer._at_a_time += 1
                    outer.most_at_a_time = max(outer.most_at_a_time, outer._at_a_time)
                said = script(self.path, number)
                time.sleep(said.pause)
                with outer._lock:
                    outer._at_a_time -= 1
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.body) if said.length is None else said.length))
                self.end_headers()
                self.wfile.write(said.body)
                if said.length is not None:
                    self.close_connection = True

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://{host}:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class StandIn:
    """A running stand-in for api.crossref.org."""

    def __init__(self, url: str) -> None:
        self.url = url

    def stats(self) -> dict[str, int]:
        """Say how many requests came and how many were refused."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.url}/__stats") as answer:
            found: dict[str, int] = json.load(answer)
        return found


@contextmanager
def standin(records: list[dict[str, object]], folder: Path, *options: str) -> Iterator[StandIn]:
    """Run the stand-in over some records; skips the test where the tool is absent."""
    tool = shared("tools/crossref_standin.py")
    corpus = folder / "corpus.jsonl"
    corpus.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    words = [sys.executable, str(tool), "--corpus", str(corpus), "--port", "0", "--max-seconds", "60", *options]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield StandIn(process.stdout.readline().split()[1])
        finally:
            process.terminate()


def record(  # noqa: PLR0917 - the fields of a made-up record, in the order of a citation
    doi: str,
    title: str,
    author: tuple[str, str],
    year: int,
    container: str = "",
    place: tuple[str, str, str] = ("", "", ""),
    kind: str = "journal-article",
    **more: object,
) -> dict[str, object]:
    """Make a record as Crossref gives it."""
    volume, issue, page = place
    made: dict[str, object] = {
        "DOI": doi,
        "type": kind,
        "title": [title],
        "author": [{"given": author[0], "family": author[1]}],
        "container-title": [container] if container else [],
        "issued": {"date-parts": [[year]]},
        "volume": volume,
        "issue": issue,
        "page": page,
    }
    return {name: value for name, value in made.items() if value} | more
