"""The language of patterns for citation keys: the text of a pattern comes in, its parts go out.

Parts are joined by ``+``; ``|`` gives alternatives, of which the first that is not empty counts; text in quotes stands
for itself; ``(3)`` behind a part says how much of it, ``:upper`` and its like change it. An example that uses all is
``auths(2)+year|'nd'+word:title``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from alliancebib.errors import UnknownName, UsageError

__all__ = ["MODIFIERS", "Choice", "parse_pattern"]

#: What may stand behind a colon, in the order in which they are explained.
MODIFIERS = ("upper", "lower", "title", "abbr")
_TOKEN = re.compile(r"\s*(?:(?P<name>[^\W\d_][\w-]*)|(?P<number>\d+)|(?P<quoted>'[^']*'|\"[^\"]*\")|(?P<mark>[+|():]))")
#: What no citation key may hold.
_REFUSED = re.compile(r"[\s\x00-\x1f\x7f\"#%'(),={}~\\@&$^]")
_MOST = 99


class Choice(msgspec.Struct, frozen=True):
    """One of several alternatives: a part by its name, or a text; ``count`` is 0 where no number stands behind it."""

    name: str = ""
    text: str = ""
    count: int = 0
    modifiers: tuple[str, ...] = ()


def parse_pattern(pattern: str, parts: Mapping[str, bool]) -> tuple[tuple[Choice, ...], ...]:
    """Divide a pattern into its parts, each a tuple of alternatives.

    ``parts`` are the names that there are, and whether a number may stand behind each.

    Raises:
        UsageError: The pattern breaks the rules; the message says where.

    >>> parse_pattern("auth+'-'", {"auth": True})
    ((Choice(name='auth', text='', count=0, modifiers=()),), (Choice(name='', text='-', count=0, modifiers=()),))
    """
    return _Parser(pattern, parts).parse()


class _Parser:
    """Where one is in a pattern."""

    def __init__(self, pattern: str, parts: Mapping[str, bool]) -> None:
        self._pattern = pattern
        self._parts = parts
        self._place = 0

    def parse(self) -> tuple[tuple[Choice, ...], ...]:
        terms = [self._term()]
        while self._take_mark("+"):
            terms.append(self._term())
        if self._pattern[self._place :].strip():
            raise self._problem("`+`, `|`, `:` or `(` is expected")
        return tuple(terms)

    def _term(self) -> tuple[Choice, ...]:
        choices = [self._choice()]
        while self._take_mark("|"):
            choices.append(self._choice())
        return tuple(choices)

    def _choice(self) -> Choice:
        token = self._peek()
        if token is not None and token["quoted"]:
            text = token["quoted"][1:-1]
            if bad := _REFUSED.search(text):
                raise self._problem(f"a key cannot hold `{bad[0]}`")
            self._place = token.end()
            return Choice(text=text, modifiers=self._modifiers())
        if token is None or not token["name"]:
            raise self._problem("a part or a text in quotes is expected")
        name = self._name(token, "part of a citation key", self._parts)
        return Choice(name=name, count=self._count(name), modifiers=self._modifiers())

    def _count(self, name: str) -> int:
        start = self._place
        if not self._take_mark("("):
            return 0
        if not self._parts[name]:
            self._place = start
            raise self._problem(f"`{name}` takes no number")
        token = self._peek()
        if token is None or not token["number"] or not 0 < int(token["number"][:9]) <= _MOST:
            raise self._problem(f"a number from 1 to {_MOST} is expected")
        self._place = token.end()
        if not self._take_mark(")"):
            raise self._problem("`)` is expected")
        return int(token["number"])

    def _modifiers(self) -> tuple[str, ...]:
        found = []
        while self._take_mark(":"):
            token = self._peek()
            if token is None or not token["name"]:
                raise self._problem(f"one of {', '.join(MODIFIERS)} is expected")
            found.append(self._name(token, "modifier of a citation key", MODIFIERS))
        return tuple(found)

    def _name(self, token: re.Match[str], what: str, known: Iterable[str]) -> str:
        name = token["name"]
        known = tuple(known)
        if name not in known:
            raise UnknownName(what, name, known, place=self._where(token.start("name")))
        self._place = token.end()
        return name

    def _peek(self) -> re.Match[str] | None:
        return _TOKEN.match(self._pattern, self._place)

    def _take_mark(self, mark: str) -> bool:
        token = self._peek()
        if token is None or token["mark"] != mark:
            return False
        self._place = token.end()
        return True

    def _where(self, place: int) -> str:
        return f"pattern `{self._pattern}`, character {place + 1}"

    def _problem(self, message: str) -> UsageError:
        rest = self._pattern[self._place :]
        place = self._place + len(rest) - len(rest.lstrip())
        found = f", not `{rest.strip()[0]}`" if rest.strip() and "expected" in message else ""
        return UsageError(f"{message}{found}.", place=self._where(place))
