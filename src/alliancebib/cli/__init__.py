"""The command line: arguments, printing and exit codes over the library, and no logic of its own.

Data goes to stdout, talk to stderr. A command's module is imported when the command is called, so that ``--help`` costs
little more than an interpreter.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, cast

import click

from alliancebib import __version__
from alliancebib.cli.streams import prepare_streams, put, say, silence
from alliancebib.errors import AllianceBibError, UnknownName

__all__ = ["COMMANDS", "cli", "main"]

#: Command -> the line that ``--help`` shows for it. The module of a command is ``alliancebib.cli.NAME``.
COMMANDS = {
    "parse": "Read lists and show each entry as data; with --show for the eye.",
    "convert": "Turn a list or bibliography into another format.",
    "format": "Print the entries in a citation style.",
    "cite": "Format one reference, given as text or DOI.",
    "tidy": "Put .bib files into one tidy form that says the same.",
    "match": "Find the DOI of each entry, or say that there is none.",
    "index": "Make an index of Crossref records on this machine.",
    "enrich": "Complete entries from Crossref: the right DOI or none.",
    "dedupe": "Join entries that are one work; show the doubtful ones.",
    "check": "Check links, DOIs and what Crossref knows of them, fields and keys.",
    "build": "Do the whole job that alliancebib.toml describes.",
    "init": "Set up a project: settings and a place for lists.",
    "styles": "Search the citation styles.",
    "explain": "Say what a finding's code means and what to do.",
    "plugins": "List every reader, rule, checker, writer ...",
    "config": "Show the settings in force and where they come from.",
}

#: The command behind ``alliancebib INPUT``.
FIRST_RUN = "first_run"


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and takes a file or address for the first run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands in the order of a job."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS and cmd_name != FIRST_RUN:
            return None
        return cast("click.Command", import_module(f"alliancebib.cli.{cmd_name}").command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take what is no command but looks like an input for the first run."""
        if args[0] not in COMMANDS and _looks_like_input(args[0]):
            return FIRST_RUN, self.get_command(ctx, FIRST_RUN), args
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            help_ = "`alliancebib --help` lists the commands; there is no file of this name either."
            raise UnknownName("command", args[0], COMMANDS, help=help_)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _looks_like_input(word: str) -> bool:
    return word == "-" or any(mark in word for mark in "./\\:") or os.path.exists(word)  # noqa: PTH110 - start-up time


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    epilog="First try:  alliancebib LIST.txt   (writes LIST.bib and LIST.html, and says what needs a look)",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "--version", prog_name="alliancebib")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, *, debug: bool) -> None:  # noqa: ARG001 - `main` has taken it before
    """Turn lists of literature, news and links into a bibliography that can be trusted."""
    if ctx.invoked_subcommand is None:
        put(f"{ctx.get_help()}\n")


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code: 0 fine, 1 findings, 2 usage or settings, 3 could not check."""
    words = list(sys.argv[1:] if args is None else args)
    prepare_streams()
    debug = "--debug" in words
    if debug:
        words = ["--debug", *(word for word in words if word != "--debug")]
    sys.exit(_run(words, debug=debug))


def _run(words: list[str], *, debug: bool) -> int:  # noqa: PLR0911 - one for each way to end
    try:
        code = cli.main(words, prog_name="alliancebib", standalone_mode=False)
    except click.ClickException as problem:
        _explain_call(problem)
        return 2
    except click.Abort:
        say("\nStopped. Files are whole; run the same command to go on.")
        return 130
    except AllianceBibError as problem:
        _explain(problem, debug=debug)
        return problem.exit_code
    except SystemExit:  # how click leaves when nobody reads the help any more
        return 0
    except OSError as problem:
        silence(sys.stdout)
        say(f"alliancebib: {problem.filename or 'standard output'}: {problem.strerror or problem}")
        say("Check the place and its permissions; `--debug` shows more.")
        return 2
    except Exception as problem:  # noqa: BLE001 - the outermost door: a fault of ours ends in one sentence, too
        if debug:
            traceback.print_exc()
        say(f"alliancebib: a fault in the program stopped it ({type(problem).__name__}: {problem}).")
        say("Nothing was half-written. Please report it with the output of the same command and --debug.")
        return 3
    return code if isinstance(code, int) else 0


def _explain_call(problem: click.ClickException) -> None:
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    path = context.command_path.removesuffix(f" {FIRST_RUN}") if context else "alliancebib"
    say(f"{path}: {problem.format_message()}")
    say(f"`{path} --help` says how it is called.")


def _explain(problem: AllianceBibError, *, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    say(f"alliancebib: {problem}")
    if problem.help:
        say(problem.help)
