"""A small web site on 127.0.0.1 for tests: answers by path, and a record of what was asked."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

PAGE = "<!doctype html><title>Article</title><h1 id='sec'>Article</h1>" + "<p>lorem ipsum dolor</p>" * 50


@dataclass(frozen=True)
class Reply:
    """One answer; ``length`` lies about the body's length."""

    status: int = 200
    body: str | bytes = PAGE
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        data = self.body if isinstance(self.body, bytes) else self.body.encode()
        handler.send_response_only(self.status)
        if not any(name.lower() == "content-type" for name in self.headers):
            handler.send_header("Content-Type", "text/html; charset=utf-8")
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data) if self.length is None else self.length))
        handler.end_headers()
        handler.wfile.write(data)


def to(location: str, status: int = 302, **headers: str) -> Reply:
    """Give a redirect; underscores in the names of headers are hyphens."""
    others = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, "", {"Location": location, **others})


Answering = Reply | list[Reply] | Callable[[BaseHTTPRequestHandler], object]


class Site:
    """Answers by path: a reply, replies in turn (the last for ever), or a function; ``*`` for every other path."""

    def __init__(self, answers: Mapping[str, Answering] | None = None) -> None:
        self.answers: dict[str, Answering] = {"/ok": Reply(), **(answers or {})}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self._times: Counter[str] = Counter()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 5

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                site.answer(self)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.port = self._server.server_address[1]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.headers.append({name.lower(): value for name, value in handler.headers.items()})
        self._times[handler.path] += 1
        answering = self.answers.get(handler.path) or self.answers.get("*") or Reply(404, "<title>404</title>")
        if isinstance(answering, list):
            answering = answering[min(self._times[handler.path], len(answering)) - 1]
        handler.close_connection = True
        if isinstance(answering, Reply):
            answering.send(handler)
        else:
            answering(handler)

    def url(self, path: str = "/ok", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
