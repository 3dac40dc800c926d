"""Connections that are cut off when their time is over, for servers that send one byte now and then.

A socket's timeout bounds the wait between two signs of life, not the whole. One thread watches all connections of the
process: a thread for each would cost more than the visit.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator

__all__ = ["cut_after"]

#: The watching thread ends after so many seconds without a connection to watch.
IDLE = 5.0


@contextlib.contextmanager
def cut_after(seconds: float, connected: socket.socket | None) -> Iterator[Callable[[], bool]]:
    """Cut a connection off after so many seconds, unless the block ends before; gives whether it was cut.

    What was cut looks to the reader like the server's end of the connection.
    """
    watched = _Watched(time.monotonic() + max(seconds, 0.0), connected)
    _WATCH.add(watched)
    try:
        yield lambda: watched.was_cut
    finally:
        _WATCH.drop(watched)


class _Watched:
    """One connection and the moment at which it is cut; the lock of the watch guards it."""

    def __init__(self, moment: float, connected: socket.socket | None) -> None:
        self.moment = moment
        self.connected = connected
        self.was_cut = False


class _Watch:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._queue: list[tuple[float, int, _Watched]] = []
        self._count = itertools.count()
        self._watched: set[_Watched] = set()
        self._running = False

    def add(self, watched: _Watched) -> None:
        with self._changed:
            self._watched.add(watched)
            heapq.heappush(self._queue, (watched.moment, next(self._count), watched))
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="connections in time", daemon=True).start()
            elif self._queue[0][2] is watched:  # it ends before all others
                self._changed.notify()

    def drop(self, watched: _Watched) -> None:
        with self._changed:
            self._watched.discard(watched)
            watched.connected = None

    def _run(self) -> None:
        with self._changed:
            while True:
                while self._queue and self._queue[0][2] not in self._watched:
                    heapq.heappop(self._queue)
                left = self._queue[0][0] - time.monotonic() if self._queue else IDLE
                if left > 0:
                    told = self._changed.wait(left)
                    if not (told or self._queue):
                        self._running = False
                        return
                    continue
                watched = heapq.heappop(self._queue)[2]
                watched.was_cut = True
                self._watched.discard(watched)
                _cut(watched.connected)


def _cut(connected: socket.socket | None) -> None:
    # Through a proxy with TLS of its own it is something around a socket.
    plain = connected if isinstance(connected, socket.socket) else getattr(connected, "socket", None)
    if isinstance(plain, socket.socket):
        with contextlib.suppress(OSError):
            # The method of the plain socket: that of a TLS socket would take the state away under the reader.
            socket.socket.shutdown(plain, socket.SHUT_RDWR)


_WATCH = _Watch()
