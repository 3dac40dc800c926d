"""``python -m alliancebib.cli.check_each``: `alliancebib check` for each of several files, one after the other.

Made for hooks before commits: pre-commit hands over all files of a commit, cut into batches as it likes. What is said
of a file must not depend on the others of its batch, so each is checked by itself; the exit code is the highest.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from alliancebib.cli import main
from alliancebib.cli.check import command

__all__ = ["check_each"]


def check_each(words: Sequence[str]) -> int:
    """Check each file named behind the options of ``alliancebib check``; give the highest exit code."""
    options, files = _parted(words)
    codes = [_check([*options, *(["--", file] if file else [])]) for file in files or [""]]
    return max(codes)


def _parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part options with their values from the files behind them; a wrong call is left whole, for `check` to say so."""
    options = click.Command("check", params=[one for one in command.params if isinstance(one, click.Option)])
    try:
        _, files, _ = options.make_parser(click.Context(options)).parse_args(list(words))
    except click.UsageError:
        return list(words), []
    before, behind = list(words[: len(words) - len(files)]), list(words[len(words) - len(files) :])
    if behind != files:
        return list(words), []
    return (before[:-1] if before[-1:] == ["--"] else before), files


def _check(words: Sequence[str]) -> int:
    try:
        main(["check", *words])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2


if __name__ == "__main__":
    sys.exit(check_each(sys.argv[1:]))
