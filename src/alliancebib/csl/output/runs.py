"""Runs: stretches of text that look alike, with where they lead to and which variable each came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from alliancebib.csl.output.stream import Mark, Token

__all__ = ["Run", "joined_runs", "on_one_line", "runs_of"]

_STYLES = {
    ("font-style", "italic"): "italic",
    ("font-style", "oblique"): "italic",
    ("font-weight", "bold"): "bold",
    ("text-decoration", "underline"): "underline",
    ("font-variant", "small-caps"): "smallcaps",
    ("vertical-align", "sup"): "sup",
    ("vertical-align", "sub"): "sub",
}
#: What stands for the blocks of ``display`` in running text.
_DISPLAY = {("block", True): "\n", ("indent", True): "\n    ", ("left-margin", False): " "}
_BLANKS = re.compile(r"[ \t\r\n]+")


class Run(msgspec.Struct, frozen=True):
    """A stretch of text with its styles (italic, bold, underline, smallcaps, sup, sub), its link and its label.

    ``label`` is the variable that the text came from, with the part of a name or date behind a colon
    ("author:family"), or "" for punctuation and words of the style.
    """

    text: str
    styles: frozenset[str] = frozenset()
    href: str = ""
    label: str = ""


def runs_of(tokens: Iterable[Token], *, labels: bool = False) -> tuple[Run, ...]:
    """Turn a stream into runs; neighbours that look alike are one, unless ``labels`` tells them apart."""
    return tuple(joined_runs(_walked(tokens, labels=labels)))


def on_one_line(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Give runs without line breaks, doubled blanks, and blanks at either end; no-break blanks stay."""
    done: list[Run] = []
    blank = True
    for run in runs:
        text = _BLANKS.sub(" ", run.text)
        text = text[1:] if blank and text.startswith(" ") else text
        if text:
            done.append(msgspec.structs.replace(run, text=text))
            blank = text.endswith(" ")
    if done and done[-1].text.endswith(" "):
        done[-1] = msgspec.structs.replace(done[-1], text=done[-1].text[:-1])
    return tuple(run for run in done if run.text)


def _walked(tokens: Iterable[Token], *, labels: bool) -> Iterator[Run]:
    open_: list[Mark] = []
    styles: frozenset[str] = frozenset()
    href = ""
    for token in tokens:
        if not isinstance(token, Mark):
            yield Run(token.text, styles, href, token.label if labels else "")
            continue
        if token.name == "display":
            yield Run(_DISPLAY.get((token.value, token.opens), ""))
            continue
        if token.opens:
            open_.append(token)
        elif open_:
            open_.pop()
        styles, href = _state(open_)


def _state(open_: Sequence[Mark]) -> tuple[frozenset[str], str]:
    now: dict[str, str] = {}
    href = ""
    for mark in open_:
        if mark.name == "link":
            href = mark.value
        else:
            now[mark.name] = mark.value
    return frozenset(_STYLES[pair] for pair in now.items() if pair in _STYLES), href


def joined_runs(runs: Iterable[Run]) -> Iterator[Run]:
    """Make one run of neighbours that look alike; empty ones go."""
    last: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if last is None:
            last = run
        elif (last.styles, last.href, last.label) == (run.styles, run.href, run.label):
            last = Run(last.text + run.text, run.styles, run.href, run.label)
        else:
            yield last
            last = run
    if last is not None:
        yield last
