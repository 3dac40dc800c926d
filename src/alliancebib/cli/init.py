"""``alliancebib init``: settings, a place for lists, and a workflow for CI. Nothing that exists is overwritten."""

from __future__ import annotations

from pathlib import Path
from string import Template

import click

from alliancebib.cli.talk import say
from alliancebib.config import FILE_NAME
from alliancebib.csl import load_style
from alliancebib.errors import UsageError
from alliancebib.files import is_address, write_atomically

__all__ = ["command"]

SETTINGS = Template("""\
# Settings of alliancebib. `alliancebib config` shows all of them with their defaults,
# `alliancebib config --schema` the JSON Schema for editors.

inputs = [$page]
output = "references/bibliography"
formats = ["bibtex", "csl-json", "html"]

# Any of some 10,800 styles by name (`alliancebib styles --search harvard`), or a .csl file.
style = $style

# Sent to Crossref with each question, so that they can reach you; it also gives you a faster lane. Empty: not sent.
mail = $mail

[check]
# The lowest severity that makes `alliancebib check` end with exit code 1: note, warning, error or never.
fail-on = "error"
""")

DECISIONS = """\
# What people decided about entries, by id; it always wins over what a service says.
#
# [doi]
# "3f2a9c01de" = "10.1234/example"     # "" means: this work has no DOI
#
# [[different]]
# ids = ["3f2a9c01de", "99ab12cd34"]
"""

WORKFLOW = Template("""\
# Checks every night whether links and DOIs still lead somewhere$also.
name: bibliography
on:
$push  schedule:
    - cron: "17 5 * * *"
  workflow_dispatch:
permissions:
  contents: read
jobs:
${build}  links:
$unless    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.x"
      - run: python -m pip install alliancebib
      # What earlier runs saw: which answers are still fresh, and since when a link is dead.
      - uses: actions/cache/restore@v5
        with:
          path: ~/.cache/alliancebib
          key: alliancebib-$${{ github.run_id }}-$${{ github.run_attempt }}
          restore-keys: alliancebib-
      # 3: a service could not be asked today, which is no fault of the list.
      - run: alliancebib check --report github || [ $$? -eq 3 ]
      - if: always()
        uses: actions/cache/save@v5
        with:
          path: ~/.cache/alliancebib
          key: alliancebib-$${{ github.run_id }}-$${{ github.run_attempt }}
""")
#: Only for lists in the repository: one at an address can have changed without a push, and is not there offline.
BUILD_JOB = """\
  build:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.x"
      - run: python -m pip install alliancebib
      - run: alliancebib build --check --offline
"""


@click.command("init", help="Set up a project: settings and a place for lists.")
@click.option("--page", metavar="FILE|URL", help="The list to begin with.")
@click.option("--style", help="Citation style.")
@click.option("--mail", help="Your mail address, for Crossref.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the defaults.")
def command(*, page: str | None, style: str | None, mail: str | None, yes: bool) -> None:  # noqa: D103
    if Path(FILE_NAME).exists():
        raise UsageError("there is a project already", place=FILE_NAME, help="Edit the file, or remove it first.")
    page = _answer(page, "Which list to begin with (file or address)", "references/list.txt", yes=yes)
    style = _answer(style, "Which citation style", "apa", yes=yes)
    load_style(style)  # an unknown style is told now, with the nearest names
    mail = _answer(mail, "Your mail address for Crossref (may stay empty)", "", yes=yes)
    texts = {
        FILE_NAME: SETTINGS.substitute(page=_quoted(page), style=_quoted(style), mail=_quoted(mail)),
        "references/decisions.toml": DECISIONS,
        ".github/workflows/bibliography.yml": _workflow(page),
    }
    for name, text in texts.items():
        if Path(name).exists():
            say(f"{name} is there already and stays as it is.")
            continue
        write_atomically(Path(name), text)
        say(f"Wrote {name}.")
    there = is_address(page) or Path(page).exists()
    say("Next: `alliancebib build`." if there else f"Next: put your list into {page}, then run `alliancebib build`.")


def _workflow(page: str) -> str:
    if is_address(page):
        return WORKFLOW.substitute(also="", push="", build="", unless="")
    also = ",\n# and with each push whether the bibliography is what its list gives"
    unless = "    if: github.event_name != 'push'\n"
    return WORKFLOW.substitute(also=also, push="  push:\n", build=BUILD_JOB, unless=unless)


def _answer(given: str | None, question: str, default: str, *, yes: bool) -> str:
    if given is not None or yes:
        return default if given is None else given
    return str(click.prompt(question, default=default, show_default=bool(default), err=True))


def _quoted(text: str) -> str:
    """Give a TOML basic string; its escapes are those of JSON (https://toml.io/en/v1.0.0#string)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char >= " " else f"\\u{ord(char):04x}" for char in escaped) + '"'
