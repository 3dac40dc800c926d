"""Cookies of one visit: kept over its redirects, thrown away after it, never shared."""

from __future__ import annotations

from email.message import Message
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import cast
from urllib.request import Request

__all__ = ["VisitJar"]


class VisitJar:
    """The cookies that one visit has been given so far, by the rules of the standard library (domain, path, secure)."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def header(self, url: str) -> str:
        """Give what the header ``Cookie`` says to an address; "" for nothing."""
        if self._jar is None:  # most visits are given none
            return ""
        request = Request(url)  # noqa: S310 - nothing is opened, and the scheme was judged
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie", "") or ""

    def take(self, response: HTTPResponse, url: str) -> None:
        """Keep the cookies that an answer from an address sets."""
        if response.headers.get("Set-Cookie"):
            self._jar = self._jar or CookieJar()
            self._jar.extract_cookies(cast("HTTPResponse", _Answer(response.headers)), Request(url))  # noqa: S310


class _Answer:
    """The one face that the standard library's jar needs of an answer."""

    def __init__(self, headers: Message) -> None:
        self._headers = headers

    def info(self) -> Message:
        return self._headers
