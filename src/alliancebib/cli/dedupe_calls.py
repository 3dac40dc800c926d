"""Which options of ``dedupe`` go together: a call of which a part would do nothing is refused before any work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alliancebib.errors import UsageError

__all__ = ["require_call"]

#: What keeps decisions and does nothing else.
_DECIDING = ("--same", "--different", "--decide")
_WRITING = ("--write", "--rewrite-keys", "--review", "--to", "--dry-run", "--merge-versions")
_SHOWING = ("--dry-run", "--json", "--to clusters")


def require_call(places: Sequence[str], given: Mapping[str, object]) -> None:
    """Refuse options that exclude each other; ``given`` has what each option was given, nothing if it was not.

    Raises:
        UsageError: Some do.
    """
    named = [name for name, value in given.items() if value]
    if given["--reason"] and not (given["--same"] or given["--different"]):
        raise UsageError("`--reason` says why `--same` or `--different` holds", help="Add one of these.")
    for mode in _DECIDING:
        if mode in named and (others := [one for one in (*_WRITING, "-o", "--json", "--explain") if one in named]):
            message = f"`{mode}` only keeps decisions, and `{others[0]}` is for a call without it"
            raise UsageError(message, help="Make two calls: what is decided holds from then on.")
    if "--explain" in named and (others := [one for one in _WRITING if one in named]):
        message = f"`--explain` only says why, and `{others[0]}` is for a call without it"
        raise UsageError(message, help="Make two calls.")
    if "--explain" in named:
        return
    showing = next((name for name in _SHOWING if name in named or name == f"--to {given['--to']}"), "")
    if given["--write"]:
        _require_writing(places, given, showing)
    elif showing and given["--to"] not in (None, "", "clusters"):
        message = f"`{showing}` shows the clusters, and `--to {given['--to']}` asks for the entries"
        raise UsageError(message, help="Leave out one of both.")
    elif given["--rewrite-keys"] and not showing and str(given["-o"] or "-") == "-":
        message = "`--rewrite-keys` changes documents, and the bibliography that they would cite is only printed"
        raise UsageError(message, help="Add `--write` or `-o FILE`; with `--dry-run` nothing is changed.")


def _require_writing(places: Sequence[str], given: Mapping[str, object], showing: str) -> None:
    if len(places) > 1:
        raise UsageError("several files are not written back as one", help="Use `-o FILE`, which joins them.")
    if showing:
        raise UsageError(f"`--write` changes INPUT, and `{showing}` only shows", help="Leave out one of both.")
    if given["--to"] or given["-o"]:
        named = "`--to`" if given["--to"] else "`-o`"
        help_ = "Leave out `--write` to write a new file, or leave out the other."
        raise UsageError(f"`--write` writes into INPUT, and {named} asks for another file", help=help_)
