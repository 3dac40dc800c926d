"""A network that nobody may use."""

from __future__ import annotations

from alliancebib.web import Answer, Visit


class NoWeb:
    """Fail the test that asks anything."""

    def ask(self, url: str, **_: object) -> Answer:
        raise AssertionError(url)

    def visit(self, url: str) -> Visit:
        raise AssertionError(url)
