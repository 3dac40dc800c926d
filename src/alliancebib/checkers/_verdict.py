"""What a visit says of its address: a `Visit` comes in, an outcome with its sentence goes out. Nothing is visited here.

The precise outcome folds into a verdict: ok and moved are ok; gone, invalid and unreachable (after all tries of a run)
are dead; refused, unknown and skipped are uncertain. A robot filter is never called dead. Whether a dead address counts
is another question, which takes more than one run (`alliancebib.checkers._standing`).
"""

from __future__ import annotations

import re
from http import HTTPStatus

import msgspec

from alliancebib.checkers._page import is_html, page_text
from alliancebib.checkers._walls import asks_to_log_in, leads_to_consent, leads_to_log_in, shows_wall
from alliancebib.checkers._wording import alike, says_not_found, says_parked
from alliancebib.finding import Verdict
from alliancebib.web import Visit

__all__ = ["CODES", "VERDICTS", "Doubt", "Judgement", "judge", "settle"]

VERDICTS = {
    "ok": Verdict.OK,
    "moved": Verdict.OK,
    "gone": Verdict.DEAD,
    "invalid": Verdict.DEAD,
    "refused": Verdict.UNCERTAIN,
    "unreachable": Verdict.DEAD,
    "unknown": Verdict.UNCERTAIN,
    "skipped": Verdict.UNCERTAIN,
}

#: Outcome to finding code; what is missing here is no finding.
CODES = {
    "gone": "AB301",
    "invalid": "AB302",
    "refused": "AB303",
    "unreachable": "AB304",
    "unknown": "AB308",
}

#: Problem of a visit to outcome, where the problem alone decides.
_PROBLEMS = {
    "dns": "unreachable",
    "resolver": "unknown",
    "route": "unknown",
    "handshake": "unreachable",
    "issuer": "unreachable",
    "connect": "unreachable",
    "closed": "unreachable",
    "timeout": "unreachable",
    "reset": "unreachable",
    "tls": "invalid",
    "loop": "invalid",
    "hops": "invalid",
    "private": "skipped",
    "offline": "skipped",
}

_PERMANENT = frozenset([301, 308])
_GONE = frozenset([404, 410])
#: Access, taste or pace of the server, not absence; 999 is how one network answers robots.
_REFUSED = frozenset([401, 402, 403, 406, 407, 429, 451, 999])

#: Home pages; those of languages too, by the codes that sites use for them.
_HOME = re.compile(
    r"/?|/(?:index|home|default)(?:\.\w{2,5})?/?"
    r"|/(?:ar|az|be|bg|bs|by|cn|cs|da|de|el|en|es|et|fa|fi|fr|he|hr|hu|hy|id|it|ja|ka|kk|ko|ky|kz|lt|lv|mk|nl|no|pl|pt|ro"
    r"|ru|sk|sl|sq|sr|sv|tg|tr|uk|ua|uz|vi|zh)(?:[-_][a-z]{2})?/?",
    re.IGNORECASE,
)
#: Where sites lead to when a page is not there.
_ERROR_PAGE = re.compile(
    r"/(?:[^?]{0,200}/)?(?:error[-_]?)?(?:404|not[-_]?found|page[-_]?not[-_]?found|file[-_]?not[-_]?found|no[-_]?such[-_]?page"
    r"|page[-_]?404|404[-_]?(?:error|page|not[-_]?found)|missing|error|errors|err|fehler|erreur|nicht-gefunden|introuvable"
    r"|no-encontrad[ao]|nao-encontrad[ao]|non-trovat[ao]|nie-znaleziono)(?:\.\w{2,5})?/?",
    re.IGNORECASE,
)
_PATH = re.compile(r"https?://[^/?#]*([^?#]*)(\??)", re.IGNORECASE)


class Doubt(msgspec.Struct, frozen=True, gc=False):
    """A first sign that a page which answers 200 is not there; it needs the visit of a made-up address beside it.

    ``kind`` is "wording" (the page says so), "error" (it redirects to a page for errors), "home" (it redirects to the
    home page or to a section's front), "moved" (it redirects for good, perhaps as all others do) or "parked" (its
    domain seems to be for sale). ``beside`` is the address that the made-up one is to stand beside, ``text`` is the
    page's, ``end`` where its redirects end.
    """

    kind: str
    beside: str
    text: str
    end: str = ""


class Judgement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Outcome and sentence; the new address where all redirects are permanent; a doubt that a second visit settles."""

    outcome: str
    detail: str = ""
    code: str = ""
    moved_to: str = ""
    doubt: Doubt | None = None

    @classmethod
    def of(cls, outcome: str, detail: str) -> Judgement:
        """Make a judgement with the code of its outcome."""
        return cls(outcome=outcome, detail=detail, code=CODES.get(outcome, ""))


def judge(visit: Visit) -> Judgement:
    """Say what a visit shows of its address.

    >>> judge(Visit(url="https://example.org/", status=403)).outcome
    'refused'
    """
    status = visit.status
    if status is None:
        return _judge_problem(visit)
    if status in _REFUSED or shows_wall(visit.headers, visit.body):
        return Judgement.of("refused", _refusal(visit))
    if not 200 <= status < 300:
        return _judge_status(visit, status)
    if visit.problem:
        return Judgement.of("unknown", visit.detail or "The body broke off.")
    return _judge_page(visit)


def settle(judgement: Judgement, probe: Visit) -> Judgement:
    """Settle a doubt by the visit of a made-up address beside the page: the second sign, or none."""
    doubt = judgement.doubt
    assert doubt is not None
    answered = probe.status is not None and 200 <= probe.status < 300
    text = page_text(probe.headers, probe.body) if answered else ""
    # Only pages are compared: nothing is the same as nothing.
    same = bool(text and doubt.text) and alike(doubt.text, text)
    if doubt.kind == "wording":
        return _settle_wording(judgement, doubt, probe, text, same=same)
    same_end = answered and bool(doubt.end) and _plain_address(probe.final_url or probe.url) == doubt.end
    if doubt.kind == "parked" and same:
        sentence = f'The page says "{says_parked(doubt.text)}", and a made-up address beside it gives the same page.'
        return Judgement.of("gone", sentence)
    if doubt.kind == "error":
        if same or same_end:
            return Judgement.of("gone", f"It redirects to {doubt.end}, and so does a made-up address beside it.")
        return Judgement.of("unknown", f"It redirects to {doubt.end}, but the server answers 200.")
    if (doubt.kind == "home" and same) or (doubt.kind in {"home", "moved"} and same_end):
        where = "another page" if _is_deep(doubt.end) else "the home page"
        return Judgement.of("unknown", f"It redirects to {where}, and so does a made-up address beside it.")
    return msgspec.structs.replace(judgement, doubt=None)


def _settle_wording(judgement: Judgement, doubt: Doubt, probe: Visit, text: str, *, same: bool) -> Judgement:
    absence = says_not_found(doubt.text)
    assert absence is not None
    beside = says_not_found(text) if text else None
    both_clear = bool(beside and beside.clear and absence.clear)
    if same or both_clear or (beside and beside.words.casefold() == absence.words.casefold()):
        sentence = f'The page says "{absence.words}", and a made-up address beside it gives the same page.'
        return Judgement.of("gone", sentence)
    if not absence.clear and (text or probe.status in _GONE):
        # A server that tells what it has from what it has not meant this page.
        return msgspec.structs.replace(judgement, doubt=None)
    return Judgement.of("unknown", f'The page says "{absence.words}", but the server answers 200.')


def _judge_problem(visit: Visit) -> Judgement:
    problem = visit.problem
    if problem in {"scheme", "address"}:
        if visit.hops:
            return Judgement.of("invalid", visit.detail)
        # mailto: and ftp: are addresses of another sort; what is no address at all can never be followed.
        return Judgement(outcome="skipped" if problem == "scheme" else "invalid", detail=visit.detail, code="AB202")
    outcome = _PROBLEMS.get(problem, "unknown")
    if problem == "private":
        return Judgement(outcome=outcome, detail=visit.detail, code="AB307")
    return Judgement.of(outcome, visit.detail)


def _judge_status(visit: Visit, status: int) -> Judgement:
    if status in _GONE:
        return Judgement.of("gone", _answered(visit))
    if status == 503 and visit.retry_after is not None:
        return Judgement.of("refused", _refusal(visit))
    if 500 <= status < 600:
        tries = f" ({visit.attempts} tries)" if visit.attempts > 1 else ""
        return Judgement.of("unreachable", _answered(visit, tries))
    return Judgement.of("unknown", f"The server answers {_named(status)}, which settles nothing.")


def _judge_page(visit: Visit) -> Judgement:
    text = page_text(visit.headers, visit.body) if is_html(visit.headers, visit.body) else ""
    judgement = _judge_way(visit, text)
    if judgement.outcome == "refused":
        return judgement
    kind = _kind_of_doubt(visit, text) or ("moved" if judgement.moved_to and _is_deep(visit.url) else "")
    if not kind:
        return judgement
    end = _plain_address(visit.final_url or visit.url)
    astray = bool(visit.hops) and (_is_error_page(visit) or not _is_deep(end))
    if astray and _is_deep(visit.url):
        # Often all that is left of a page; never an address to be proposed.
        where = "the home page" if kind == "home" else "a page for errors" if _is_error_page(visit) else "the page"
        judgement = Judgement(outcome="moved", detail=f"It redirects to {where} {visit.final_url}.")
    beside = end if kind == "wording" and not astray else visit.url
    return msgspec.structs.replace(judgement, doubt=Doubt(kind, beside, text, end))


def _kind_of_doubt(visit: Visit, text: str) -> str:
    """Say why a page that answers 200 may be none; "" where nothing speaks for that."""
    if text and says_not_found(text):
        return "wording"
    if visit.hops and _is_error_page(visit):
        return "error"
    if text and says_parked(text):
        return "parked"
    if visit.hops and _is_deep(visit.url) and (not _is_deep(visit.final_url) or _is_front(visit.url, visit.final_url)):
        return "home"
    return ""


def _is_error_page(visit: Visit) -> bool:
    return bool(_ERROR_PAGE.fullmatch(_path(visit.final_url)) and not _ERROR_PAGE.fullmatch(_path(visit.url)))


def _judge_way(visit: Visit, text: str) -> Judgement:
    """Judge the redirects on the way to a page that exists."""
    if not visit.hops or visit.final_url.partition("#")[0] == visit.hops[0].url:  # a cookie may lead back to the start
        return Judgement(outcome="ok")
    if leads_to_consent(visit.final_url) and not leads_to_consent(visit.url):
        return Judgement.of("refused", f"It redirects to a page that asks about cookies: {visit.final_url}.")
    asks = leads_to_log_in(_path(visit.final_url)) or (text and asks_to_log_in(text))
    if asks and not leads_to_log_in(_path(visit.url)):
        return Judgement.of("refused", f"It redirects to a page to log in: {visit.final_url}.")
    if all(hop.status in _PERMANENT for hop in visit.hops):
        sentence = f"It redirects permanently to {visit.final_url}."
        return Judgement(outcome="moved", detail=sentence, code="AB305", moved_to=visit.final_url)
    return Judgement(outcome="moved", detail=f"It redirects for the time being to {visit.final_url}.")


def _refusal(visit: Visit) -> str:
    asked = visit.retry_after
    if asked:
        return f"The server answers {_named(visit.status or 0)} and asks to come back in {_span(asked)}."
    if visit.status is not None and 200 <= visit.status < 300:
        return "A filter against robots stands before the page."
    wall = ": a filter against robots" if shows_wall(visit.headers, visit.body) else ""
    return f"The server answers {_named(visit.status or 0)}{wall}."


def _answered(visit: Visit, addition: str = "") -> str:
    answer = f"he server answers {_named(visit.status or 0)}{addition}."
    return f"It redirects to {visit.final_url}, where t{answer}" if visit.hops else f"T{answer}"


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _span(seconds: float) -> str:
    """Put seconds into words.

    >>> _span(3600), _span(90), _span(5)
    ('1 h', '2 min', '5 s')
    """
    if seconds >= 3600:
        return f"{round(seconds / 3600)} h"
    return f"{round(seconds / 60)} min" if seconds >= 90 else f"{seconds:.0f} s"


def _path(url: str) -> str:
    match = _PATH.match(url)
    return match.group(1) if match else ""


def _is_deep(url: str) -> bool:
    """Say whether an address leads below the home page of its site."""
    match = _PATH.match(url)
    return bool(match and (match.group(2) or not _HOME.fullmatch(match.group(1))))


def _is_front(url: str, end: str) -> bool:
    """Say whether an address leads to the front of a section rather than to a page: to one of its folders, or higher.

    >>> _is_front("https://a.org/news/2019/item", "https://a.org/news/"), _is_front("https://a.org/b/c", "https://d.org/b/c")
    (True, False)
    """
    path, last = _path(url).rstrip("/"), _path(end).rstrip("/")
    if not path or path == last:
        return False
    return path.startswith(f"{last}/") or (
        last.count("/") == 1 < path.count("/") and path.rpartition("/")[2] not in last
    )


def _plain_address(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]
