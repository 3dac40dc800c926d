"""The last step: a tree becomes text in one of the outputs, by way of a stream with mended seams."""

from __future__ import annotations

from alliancebib.csl.locale import Locale
from alliancebib.csl.output.formats import OUTPUTS
from alliancebib.csl.output.html import to_html
from alliancebib.csl.output.runs import Run, runs_of
from alliancebib.csl.output.seams import mended
from alliancebib.csl.output.stream import Token, stream
from alliancebib.csl.output.tree import Node

__all__ = ["labelled_runs", "tokens_of", "written"]


def tokens_of(node: Node | None, locale: Locale) -> list[Token]:
    """Flatten a tree in a language, its seams mended."""
    return mended(stream(node, locale.quotes), punctuation_in_quote=locale.punctuation_in_quote)


def written(tokens: list[Token], output: str, *, links: bool = False) -> str:
    """Write a stream as "text", "html", "markdown", "rst" or "latex"."""
    if output == "html":
        return to_html(tokens, links=links)
    runs = runs_of(tokens)
    return OUTPUTS[output](runs if links else [Run(run.text, run.styles) for run in runs])


def labelled_runs(tokens: list[Token]) -> tuple[Run, ...]:
    """Give the runs of a stream with the variable that each came from."""
    return runs_of(tokens, labels=True)

