"""Connections are cut when their time is over, and not when they ended before."""

from __future__ import annotations

import socket
import time

from alliancebib.web.watch import cut_after


def test_a_reader_is_woken_when_the_time_is_over() -> None:
    one, other = socket.socketpair()
    with one, other, cut_after(0.1, one) as was_cut:
        one.settimeout(5)
        began = time.monotonic()
        assert one.recv(1) == b""
        assert time.monotonic() - began < 2
        assert was_cut()


def test_many_are_watched_by_one_thread_and_each_has_its_own_time() -> None:
    pairs = [socket.socketpair() for _ in range(20)]
    watches = [cut_after(5.0 if n % 2 else 0.05, one) for n, (one, _) in enumerate(pairs)]
    cuts = [one.__enter__() for one in watches]
    time.sleep(0.4)
    assert [was_cut() for was_cut in cuts] == [n % 2 == 0 for n in range(20)]
    for one in watches:
        one.__exit__(None, None, None)
    for pair in pairs:
        for end in pair:
            end.close()


def test_what_ended_in_time_is_left_alone() -> None:
    one, other = socket.socketpair()
    with one, other:
        with cut_after(0.05, one) as was_cut:
            pass
        time.sleep(0.15)
        assert not was_cut()
        other.send(b"x")
        one.settimeout(1)
        assert one.recv(1) == b"x"
    with cut_after(0.01, None) as was_cut:
        time.sleep(0.1)
        assert was_cut()
