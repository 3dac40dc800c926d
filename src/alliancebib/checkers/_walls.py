"""Whether a page is a wall: a filter against robots, a question about cookies, a closed region, a form to log in.

Headers and a body come in, or an address; yes or no goes out. The marks stand in ``walls.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from alliancebib.checkers._page import heads, is_html, page_text, plain, seen, word_count

__all__ = ["asks_to_log_in", "leads_to_consent", "leads_to_log_in", "marks", "shows_wall"]

#: Headers that walls put on their own pages only.
_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "", "x-datadome": "protected"}
#: A wall has little to say; a page with more words than these and a captcha in its form is a page.
_MOST_WORDS = 200
#: A captcha or a script of a filter stands on good pages too; a wall of this sort has hardly a word beside it.
_FEW_WORDS = 45
#: Walls are small: their marks stand in the first part of the page.
_READ = 40_000

#: Titles of so many letters are telling even where they go on.
_LONG_TITLE = 15
_KINDS = ("vendors", "sentences", "titles", "captchas", "scripts")
_SITE = re.compile(r"\s+[-–—/]\s+|\s*[|–—:»!?]\s*")

_LOG_IN = re.compile(
    r"/(?:log-?in|log-?on|sign-?in|sign_in|signin|sso|auth|oauth2?|openid|cas|saml2?|shibboleth|wayf|idp|authwall|authenticate"
    r"|authori[sz]e|wp-login|account/login|accounts/login|paywall|subscribe|subscription|subscriptions|abo|abonnement"
    r"|abonnements|abonnieren|suscripcion|suscribirse|abbonati|abbonamenti|podpiska|register|registration|anmelden|anmeldung"
    r"|connexion|se-connecter|identification|iniciar-sesion|acceder|entrar|accedi|accesso|inloggen|aanmelden|logga-in"
    r"|logg-inn|log-ind|kirjaudu|logowanie|zaloguj|prihlaseni|prihlasenie|bejelentkezes|autentificare|giris|girisyap|vhod"
    r"|avtorizatsiya|uviity|prijava)(?:[/.?]|$)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"https?://(?:consent|cmp|privacy-?gate|myprivacy|gdpr)\.[^/]+|https?://[^/]+/(?:[^?#]{0,200}/)?(?:consent|cookie-?consent"
    r"|gdpr(?:-consent)?|privacy-?gate|cookie-?absent|no-?cookies?|cookies?-?(?:required|disabled|error|check|test|wall"
    r"|not-?supported|not-?enabled|not-?accepted|policy-?required)|enable-?cookies?|error/?cookies?)(?:[/.?#]|$)",
    re.IGNORECASE,
)


@cache
def marks(kind: str) -> tuple[str, ...]:
    """Give the marks of a kind, in lower case."""
    table = tomllib.loads(files("alliancebib.checkers").joinpath("walls.toml").read_text("utf-8"))
    return tuple(table[kind])


def shows_wall(headers: Mapping[str, str], body: bytes) -> bool:
    """Say whether an answer is the page of a filter rather than the page asked for."""
    if any(name in headers and value in headers[name].lower() for name, value in _HEADERS.items()):
        return True
    if not body or not is_html(headers, body):
        return False
    text = page_text(headers, body)
    # Searched before anything is counted: this runs for every page.
    lowered = text[:_READ].lower().replace("’", "'")
    kinds = [kind for kind in _KINDS if any(map(lowered.__contains__, marks(kind)))]
    if not kinds:
        return False
    visible = seen(text)
    words = word_count(plain(visible))
    return words <= _MOST_WORDS and any(_holds(kind, visible, words) for kind in kinds)


def leads_to_log_in(path: str) -> bool:
    """Say whether a path is that of a form to log in or to subscribe."""
    return bool(_LOG_IN.search(path))


def leads_to_consent(url: str) -> bool:
    """Say whether an address asks to consent to cookies, or says that there are none."""
    return bool(_CONSENT.match(url))


def asks_to_log_in(text: str) -> bool:
    """Say whether the title of a page or its first heading is that of a form to log in or to subscribe."""
    named = heads(seen(text))
    return any(part in marks("log_in") for line in (*named.titles[:1], *named.first[:1]) for part in _parts(line))


def _holds(kind: str, visible: str, words: int) -> bool:
    """Say whether what was found in the markup of a short page is shown by it, and not only in a script or unseen."""
    if kind == "vendors":
        return True
    if kind == "scripts":
        return words <= _FEW_WORDS
    if kind == "titles":
        named = heads(visible)
        return any(_is_title(part) for line in (*named.titles[:1], *named.first[:1]) for part in _parts(line))
    shown = visible if kind == "captchas" else plain(visible)
    lowered = shown.lower().replace("’", "'")
    return (kind != "captchas" or words <= _FEW_WORDS) and any(mark in lowered for mark in marks(kind))


def _is_title(part: str) -> bool:
    return part in marks("titles") or any(part.startswith(mark) for mark in marks("titles") if len(mark) >= _LONG_TITLE)


def _parts(line: str) -> list[str]:
    return [part.strip(" .!?…,") for part in _SITE.split(line.lower())]
