"""Tables: at a terminal with headers and fitted to its width, elsewhere plain columns that `cut` and `grep` take."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from alliancebib.cli.streams import put

__all__ = ["columns", "put_table"]


def put_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Put a table on stdout."""
    if sys.stdout is None or not sys.stdout.isatty():
        put(columns(rows))
        return
    table = Table(*headers, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console(markup=False, highlight=False).print(table)


def columns(rows: Sequence[Sequence[str]]) -> str:
    r"""Give rows as lines whose columns stand under each other, two blanks apart.

    >>> columns([("AB101", "note"), ("AB1", "x")])
    'AB101  note\nAB1    x\n'
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)
