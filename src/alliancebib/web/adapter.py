"""The adapter that `requests` connects with: no answer may take longer than its time to begin.

`requests` limits the wait between two signs of life; a server that sends one byte of its headers now and then would
hold a question for days. Here the connection of such a server is cut, and the cut is a `LateError`.
"""

from __future__ import annotations

import contextlib
import contextvars
import socket
from collections.abc import Iterator
from typing import Any

import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

from alliancebib.web.watch import cut_after

__all__ = ["LateError", "WatchedAdapter", "heads_within"]

#: Seconds from the end of a question to the end of the answer's headers.
HEAD_TIME = 60.0

#: The same for the question that this thread puts, where it has less time.
_LEFT = contextvars.ContextVar("seconds that are left", default=float("inf"))


class LateError(urllib3.exceptions.HTTPError):
    """The headers of an answer were not there in time."""


@contextlib.contextmanager
def heads_within(seconds: float) -> Iterator[None]:
    """Let the headers of answers to this thread have no more than so many seconds."""
    token = _LEFT.set(max(seconds, 0.0))
    try:
        yield
    finally:
        _LEFT.reset(token)


class WatchedAdapter(HTTPAdapter):
    """Connects without retries, over connections whose answers begin in time."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of direct connections."""
        super().init_poolmanager(*args, **kwargs)
        _watch(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> urllib3.ProxyManager:
        """Make the pools of connections over a proxy."""
        manager: urllib3.ProxyManager = super().proxy_manager_for(*args, **kwargs)
        _watch(manager)
        return manager


def _watch(manager: urllib3.PoolManager) -> None:
    # SOCKS proxies have pools of their own kind, which stay as they are.
    if manager.pool_classes_by_scheme.get("http") in (HTTPConnectionPool, _Pool):
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


class _Connection(HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own
        with _cut_when_late(self.sock):
            return super().getresponse()


class _SecureConnection(HTTPSConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own
        with _cut_when_late(self.sock):
            return super().getresponse()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


@contextlib.contextmanager
def _cut_when_late(connected: socket.socket | None) -> Iterator[None]:
    with cut_after(min(HEAD_TIME, _LEFT.get()), connected) as was_cut:
        try:
            yield
        finally:
            if was_cut():  # whatever it looks like: a cut in the headers looks like their end
                raise LateError
