"""Make the pages under ``docs/reference`` from the code: commands, settings, findings, shelves, the schema of reports.

``python docs/generate.py`` writes them; a test fails when they are not what this makes.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import msgspec

from alliancebib import plugins
from alliancebib.cli import COMMANDS, FIRST_RUN, cli
from alliancebib.config import Settings
from alliancebib.finding import register
from alliancebib.reporters import json

FOLDER = Path(__file__).parent / "reference"
MADE = "<!-- Made by docs/generate.py from the code; do not edit. -->\n\n"

EXIT_CODES = """\
## Exit codes

| code | means |
|---|---|
| 0 | done; nothing at or above `--fail-on` |
| 1 | findings |
| 2 | the call, the settings or an input is wrong |
| 3 | something could not be checked or asked (no network, service down, refused) |

Who says `--offline` wants nothing to be asked: what lock and cache do not answer is counted and said, and is no reason
for 3, except to `match` and `cite`, whose output would be the answer. `build` writes its files from what it has, says
what could not be asked, and ends with 0: `check` is what stops a bibliography.

Data goes to stdout, talk to stderr; what does not go to a terminal is UTF-8. `-` is stdin or stdout. `--debug` shows
tracebacks.

"""


def commands() -> str:
    """Give the page of all commands: their help, as the command line prints it."""
    context = click.Context(cli, info_name="alliancebib", terminal_width=96)
    parts = [f"# Commands\n\n{MADE}```text\n{cli.get_help(context).strip()}\n```\n", EXIT_CODES]
    for name in [FIRST_RUN, *COMMANDS]:
        command = cli.get_command(context, name)
        assert command is not None
        shown = "INPUT" if name == FIRST_RUN else name
        # The first run has no name of its own: its context stands directly below that of the group.
        inner = click.Context(command, info_name=f"alliancebib {name}".removesuffix(f" {FIRST_RUN}"), terminal_width=96)
        parts.append(f"## alliancebib {shown}\n\n```text\n{command.get_help(inner).strip()}\n```\n")
    return "\n".join(parts)


def settings() -> str:
    """Give the page of all settings with their defaults and what their docstrings say."""
    parts = [
        "# Settings\n",
        MADE + "From `alliancebib.toml`, or `[tool.alliancebib]` in `pyproject.toml`, found upwards.\n",
    ]
    for name, table in _tables("", Settings):
        rows = [
            f"| `{field.encode_name}` | `{_toml(_default(field))}` |"
            for field in msgspec.structs.fields(table)
            if not isinstance(_default(field), msgspec.Struct)
        ]
        title = f"## `[{name}]`" if name else "## At the top"
        about = _plain(inspect.getdoc(table) or "")
        parts.append("\n".join([title, "", about, "", "| setting | default |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


def _tables(name: str, table: type[msgspec.Struct]) -> Iterator[tuple[str, type[msgspec.Struct]]]:
    """Give a table of the settings and those within it, by their names in the file."""
    yield name, table
    for field in msgspec.structs.fields(table):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from _tables(f"{name}.{field.encode_name}".lstrip("."), field.type)


def findings() -> str:
    """Give the page of all codes."""
    parts = ["# Findings\n", MADE + "Codes are stable; `alliancebib explain CODE` says the same.\n"]
    parts += [
        f"## {entry.code} {entry.name}\n\n*{entry.severity}.* {entry.means}\n\n{entry.why}\n\n"
        f"**What to do:** {entry.help}\n"
        for entry in register().values()
    ]
    return "\n".join(parts)


def shelves() -> str:
    """Give the page of everything on the shelves, by the first sentence of each module."""
    parts = [
        "# Shelves\n",
        MADE + "What can be named in a call or in the settings. `alliancebib plugins` lists the same.\n",
    ]
    for shelf, names in plugins.BUILT_IN.items():
        about = _plain((import_module(f"alliancebib.{shelf}").__doc__ or "").strip().split("\n\n")[0])
        rows = []
        for name in names:
            module = import_module(f"alliancebib.{shelf}.{name.replace('-', '_')}")
            first = " ".join((module.__doc__ or "").split("\n\n")[0].split())
            rows.append(f"| `{name}` | {_plain(first).replace('|', chr(92) + '|')} |")
        parts.append("\n".join([f"## {shelf}", "", about, "", "| name | |", "|---|---|", *rows, ""]))
        if shelf == "writers":
            parts += not_held(names)
    return "\n".join(parts)


def not_held(names: tuple[str, ...]) -> list[str]:
    """Give, for each format that references are read from again, the list of what it cannot hold."""
    parts = []
    for name in names:
        held = getattr(import_module(f"alliancebib.writers.{name.replace('-', '_')}"), "NOT_HELD", {})
        if not held or name == "biblatex":  # biblatex shares the list of bibtex
            continue
        rows = [f"| {what} | {becomes.replace('|', chr(92) + '|')} |" for what, becomes in held.items()]
        also = " and `biblatex`" if name == "bibtex" else ""
        parts.append("\n".join([f"### What `{name}`{also} cannot hold", "", "| of a reference | what becomes of it |"]))
        parts[-1] += "\n|---|---|\n" + "\n".join(rows) + "\n"
    return parts


def report_schema() -> str:
    """Give the JSON Schema of a report as ``alliancebib explain --report-schema`` prints it."""
    return msgspec.json.format(msgspec.json.encode(json.report_schema()), indent=1).decode() + "\n"


PAGES = {
    "commands.md": commands,
    "settings.md": settings,
    "findings.md": findings,
    "shelves.md": shelves,
    "report.schema.json": report_schema,
}


def _default(field: msgspec.structs.FieldInfo) -> object:
    return field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, dict):
        return "{}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _plain(text: str) -> str:
    """Turn the double backticks of docstrings into those of Markdown."""
    return re.sub(r"``(.+?)``", r"`\1`", text, flags=re.DOTALL)


def main() -> None:
    """Write all pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
