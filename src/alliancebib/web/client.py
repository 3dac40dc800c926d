"""The `Web` over `requests`: questions to services, asked politely and once; visits to any address.

What comes in is an address with parameters, what goes out an `Answer`: from the cache while it is fresh, else from the
service at the pace it allows, retried while that can help, and kept. Without network or offline an old answer serves.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from alliancebib.errors import OfflineError, UnreachableError
from alliancebib.web import Answer, Visit
from alliancebib.web.cache import FRESH_FOR, AnswerCache, default_path, is_fresh, question_key
from alliancebib.web.exchange import Exchange, Failure, host_of
from alliancebib.web.pace import Pace, TooSlowError
from alliancebib.web.starts import SharedStarts
from alliancebib.web.visit import Visitor, retry_after_of

__all__ = ["HttpWeb"]

#: A question is put this often at most; services under load refuse some and answer the next.
TRIES = 5
#: One question may take this many seconds with all its tries, not counting the wait for its turn.
DEADLINE = 90.0
#: Pause before the second try in seconds; it doubles each time, and jitter takes up to half of it away.
PAUSE = 0.5
#: Longest ``Retry-After`` that is waited for, in seconds; whoever asks for more is not asked again in this run.
RETRY_AFTER_CAP = 30.0
#: After so many tries in vain in a row, whatever the question, a host is not asked again in this run.
STRIKES = 2 * TRIES
#: The same for a host that never answered: it is more likely not a service at all.
FIRST_STRIKES = TRIES
#: The same where the fault may be that of the questions, as a service that stumbles over one may answer the next.
LAST_STRIKES = 3 * TRIES
#: Statuses of such answers.
_OF_THE_QUESTION = frozenset([500, 504])
#: So often such a question is put while the one before it failed as well.
FEW_TRIES = 2
#: After so many time-outs in a row a host is not asked again in this run, if it never answered after one less.
SILENCES = 3

_USER_AGENT = f"alliancebib/{version('alliancebib')}"
_MAIL = re.compile(r"[!-~]+@[!-~]+", re.ASCII)


class _Question(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    params: dict[str, str]
    accept: str

    @property
    def key(self) -> str:
        return question_key(self.url, self.params, self.accept)

    @property
    def host(self) -> str:
        return host_of(self.url)

    @property
    def pool(self) -> str:
        """Services limit searches and look-ups of one thing apart."""
        return "list" if self.params.keys() - {"mailto"} else "single"


class _End:
    """When the time of a question is over; it begins to run with the first use of the moment."""

    def __init__(self, clock: Callable[[], float], latest: float) -> None:
        self._clock = clock
        self._latest = latest
        self._moment = 0.0

    @property
    def moment(self) -> float:
        self._moment = self._moment or min(self._clock() + DEADLINE, self._latest)
        return self._moment

    @property
    def is_over(self) -> bool:
        return self._clock() >= self.moment


class HttpWeb:
    """The one door to the network; use it as a context manager, from any number of threads.

    Args:
        mail: Contact address, told only to services whose resolver names it (Crossref's polite pool); "" for none.
        offline: Ask nothing; answers of any age come from the cache.
        anew: Ask again what was answered before this web was made; older answers serve where nobody answers.
        timeout: Longest wait for a connection, and for each sign of life on a visit, in seconds; of services, whose
            searches take their time, twice as long is waited for one.
        deadline: So many seconds from now nothing is asked any more, and what is under way ends; None for no end.
        allow_private: Visit private and loopback addresses as well.
        per_host: At most so many visits to one host at a time.
        cache: The cache file; None for the one in the user's cache folder.
        visitor: Looks at an address for `visit`; None for the real one.
        clock: Monotonic seconds.
        sleep: Waits; None for a wait that `close` ends.
        jitter: A number from 0 to 1.
        now: The time of answers, with its zone.
    """

    def __init__(  # noqa: PLR0913 - settings, all by name
        self,
        *,
        mail: str = "",
        offline: bool = False,
        anew: bool = False,
        timeout: float = 10.0,
        deadline: float | None = None,
        allow_private: bool = False,
        per_host: int = 16,
        cache: Path | None = None,
        visitor: Callable[[str], Visit] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] | None = None,
        jitter: Callable[[], float] = random.random,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._mail = mail if _MAIL.fullmatch(mail) else ""
        self._offline = offline
        self._timeout = timeout
        self._clock = clock
        self._end = float("inf") if deadline is None else clock() + deadline
        self._sleep = sleep or self._wait
        self._jitter = jitter
        self._now = now
        self._not_before = now() if anew else datetime.min.replace(tzinfo=UTC)
        self._closed = threading.Event()
        self._cache = AnswerCache(cache or default_path(), now=now)
        self._starts = SharedStarts((cache or default_path()).with_name("starts.sqlite"))
        self._pace = Pace(clock=clock, sleep=self._sleep, shared=self._starts, offset=now().timestamp() - clock())
        own = Visitor(user_agent=_USER_AGENT, timeout=timeout, allow_private=allow_private, per_host=per_host)
        self._visit = visitor or own.visit
        self._lock = threading.Lock()
        self._asked: dict[str, Future[Answer]] = {}
        self._strikes: dict[str, int] = {}
        self._answered: set[str] = set()
        self._silences: dict[str, int] = {}
        self._down: dict[str, Failure] = {}
        self._thread = threading.local()
        self._exchanges: list[Exchange] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close connections and cache; threads that wait for their turn stop waiting."""
        self._closed.set()
        with self._lock:
            exchanges, self._exchanges = self._exchanges, []
        for exchange in exchanges:
            exchange.close()
        self._cache.close()
        self._starts.close()

    def visit(self, url: str) -> Visit:
        """Look at an address once with GET and give what happened; never raises for what an address does."""
        if self._offline:
            return Visit(url=url, problem="offline", detail="Asked to stay offline.", attempts=0)
        return self._visit(url)

    def ask(self, url: str, *, params: Mapping[str, str] | None = None, accept: str = "application/json") -> Answer:
        """Put a question to a service and give its answer, whatever its status, from the cache where it is fresh.

        The same question is put once in a run, also when several threads have it at the same time.

        Raises:
            OfflineError: Offline, and the cache has no answer.
            UnreachableError: No network, the service is down or goes on refusing.
        """
        question = _Question(url=url, params=dict(params or {}), accept=accept)
        with self._lock:
            known = self._asked.get(question.key)
            mine = Future[Answer]() if known is None else known
            self._asked[question.key] = mine
        if known is not None:
            return known.result()
        try:
            answer = self._answer(question)
        except BaseException as problem:  # also a Ctrl-C: threads that wait for this answer must not wait for ever
            mine.set_exception(problem)
            raise
        mine.set_result(answer)
        if answer.status in FRESH_FOR:  # the cache has it from now on
            with self._lock:
                self._asked.pop(question.key, None)
        return answer

    def fetch(self, url: str, *, accept: str = "*/*") -> Answer:
        """Get what stands at an address now; what was kept of it only where it cannot be had.

        A service's record of a work is the same for weeks, a list that somebody edits may change at any moment.

        Raises:
            OfflineError: Offline, and the cache has nothing.
            UnreachableError: No network, the server is down or goes on refusing, and the cache has nothing.
        """
        question = _Question(url=url, params={}, accept=accept)
        return self._asked_anew(question, self._cache.get(question.key), abroad=True)

    def _answer(self, question: _Question) -> Answer:
        kept = self._cache.get(question.key)
        return kept if kept is not None and self._serves(kept) else self._asked_anew(question, kept)

    def _serves(self, kept: Answer) -> bool:
        """Say whether a kept answer is young enough; times of answers are whole seconds."""
        since = self._not_before.replace(microsecond=0)
        return is_fresh(kept, self._now()) and datetime.fromisoformat(kept.fetched).astimezone(UTC) >= since

    def _asked_anew(self, question: _Question, kept: Answer | None, *, abroad: bool = False) -> Answer:
        if self._offline and kept is not None:
            return kept
        if self._offline:
            message = f"offline, and no answer of {question.host} to this is kept on this machine"
            raise OfflineError(message, help="Run it again without `--offline`.")
        try:
            return self._asked_often(question, kept, abroad=abroad)
        except UnreachableError:
            if kept is None:
                raise
            return kept

    def _asked_often(self, question: _Question, kept: Answer | None, *, abroad: bool) -> Answer:
        """Ask until there is an answer or asking is no use; note hosts that are down."""
        failure: Failure | None = None
        host, end = question.host, _End(self._clock, self._end)
        failing = self._strikes.get(host, 0) >= TRIES
        for attempt in range(TRIES):
            if failure:
                self._sleep(PAUSE * 2 ** (attempt - 1) * (1 - self._jitter() / 2))
            try:
                answer = self._turn(question, kept, end, abroad=abroad)
                failure = self._refusal(host, answer)
                if failure is None:
                    self._note_answer(host)
                    if not answer.cached:
                        self._cache.put(question.key, answer)
                    return answer
            except Failure as problem:
                failure = problem
            if failure.lasting:
                self._down[host] = failure
            self._strike(host, failure)
            few = failing and failure.of_question and attempt + 1 >= FEW_TRIES
            if failure.final or few or end.is_over:
                break
        self._require_time()
        raise _unreachable(host, failure)

    def _turn(self, question: _Question, kept: Answer | None, end: _End, *, abroad: bool) -> Answer:
        self._require_time()
        self._require_up(question.host)
        with self._passed(question):
            self._require_time()
            self._require_up(question.host)  # it may have gone down while this thread waited
            if arrived := self._arrived(question, kept):
                return arrived
            reply = self._exchange.ask(
                question.url, question.params, accept=question.accept, until=end.moment, abroad=abroad
            )
            self._pace.learn(question.host, question.pool, reply.headers)
        fetched = self._now().isoformat(timespec="seconds")
        return Answer(url=reply.url, status=reply.status, headers=reply.headers, body=reply.body, fetched=fetched)

    @contextmanager
    def _passed(self, question: _Question) -> Iterator[None]:
        """Wait for the turn of a question; a host whose limits make that too long is as good as down."""
        try:
            with self._pace.turn(question.host, question.pool):
                yield
        except TooSlowError as problem:
            raise Failure(str(problem), lasting=True, reached=True) from None

    def _arrived(self, question: _Question, kept: Answer | None) -> Answer | None:
        """Give the answer that another process got to the same question while this one waited for its turn."""
        now = self._cache.get(question.key)
        return now if now is not None and (kept is None or now.fetched != kept.fetched) else None

    def _refusal(self, host: str, reply: Answer) -> Failure | None:
        """Say why an answer is none, and hold the host for as long as it asks; None for a real answer."""
        if reply.status != 429 and reply.status < 500:
            return None
        words = "it refuses more questions" if reply.status == 429 else "it is out of order"
        pause = retry_after_of(reply.headers, now=self._now()) or 0.0
        if pause > RETRY_AFTER_CAP:
            reason = f"{words} for the next {pause:.0f} seconds, status {reply.status}"
            return Failure(reason, lasting=True, reached=True)
        self._pace.hold(host, pause)
        return Failure(f"{words}, status {reply.status}", reached=True, of_question=reply.status in _OF_THE_QUESTION)

    def _note_answer(self, host: str) -> None:
        with self._lock:
            self._strikes[host] = self._silences[host] = 0
            self._answered.add(host)

    def _strike(self, host: str, failure: Failure) -> None:
        with self._lock:
            self._strikes[host] = self._strikes.get(host, 0) + 1
            self._silences[host] = self._silences.get(host, 0) + 1 if failure.silent else 0
            known = host in self._answered
            most = LAST_STRIKES if failure.of_question else STRIKES if known else FIRST_STRIKES
            if self._strikes[host] >= most or self._silences[host] >= SILENCES - (not known):
                self._down.setdefault(host, failure)

    def _require_up(self, host: str) -> None:
        if failure := self._down.get(host):
            raise _unreachable(host, failure)

    def _require_time(self) -> None:
        if self._clock() >= self._end:
            raise UnreachableError("not asked within the deadline", help="Give it more time with `--deadline`.")

    def _wait(self, seconds: float) -> None:
        if self._closed.wait(min(seconds, max(self._end - self._clock(), 0.0))):
            raise UnreachableError("the work was stopped before the answer came")
        self._require_time()

    @property
    def _exchange(self) -> Exchange:
        exchange: Exchange | None = getattr(self._thread, "exchange", None)
        if exchange is None:
            exchange = Exchange(
                user_agent=_USER_AGENT,
                mail=self._mail,
                connect_timeout=self._timeout,
                read_timeout=2 * self._timeout,
                clock=self._clock,
            )
            self._thread.exchange = exchange
            with self._lock:
                self._exchanges.append(exchange)
        return exchange


def _unreachable(host: str, failure: Failure | None) -> UnreachableError:
    """Say why there is no answer: who answered with something else was reached."""
    failure = failure or Failure("nothing was tried")
    verb = "asked" if failure.reached else "reached"
    return UnreachableError(f"{host} could not be {verb} ({failure.reason})", help=failure.help)
