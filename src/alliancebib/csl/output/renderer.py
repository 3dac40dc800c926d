"""The last step: a tree becomes text in one of the outputs, by way of a stream with mended seams."""

from __future__ import annotations

from collections.abc import Sequence

from alliancebib.csl.locale import Locale
from alliancebib.csl.output.formats import OUTPUTS
from alliancebib.csl.output.html import to_html
from alliancebib.csl.output.links import with_doi_prefix
from alliancebib.csl.output.runs import Run, joined_runs, on_one_line, runs_of
from alliancebib.csl.output.seams import mended
from alliancebib.csl.output.stream import Token, stream
from alliancebib.csl.output.tree import Node

__all__ = ["labelled_line", "labelled_runs", "on_a_line", "tokens_of", "written"]


def tokens_of(node: Node | None, locale: Locale) -> list[Token]:
    """Flatten a tree in a language, its seams mended."""
    return mended(stream(node, locale.quotes), punctuation_in_quote=locale.punctuation_in_quote)


def written(tokens: Sequence[Token], output: str) -> str:
    """Write a stream as "text", "html", "markdown", "rst" or "latex", with display blocks and without links."""
    if output == "html":
        return to_html(tokens)
    return OUTPUTS[output](tuple(joined_runs(Run(run.text, run.styles) for run in runs_of(tokens))))


def on_a_line(tokens: Sequence[Token], output: str) -> str:
    """Write a stream as one line of running text, with links where the output has any."""
    runs = with_doi_prefix(on_one_line(runs_of(tokens)))
    return OUTPUTS[output](tuple(joined_runs(runs)))


def labelled_runs(tokens: Sequence[Token]) -> tuple[Run, ...]:
    """Give the runs of a stream with the variable that each came from."""
    return runs_of(tokens, labels=True)


def labelled_line(tokens: Sequence[Token]) -> tuple[Run, ...]:
    """Give the same as one line of running text, as `on_a_line` writes it."""
    return tuple(with_doi_prefix(on_one_line(runs_of(tokens, labels=True))))
