"""``alliancebib dedupe --engine spark``: collections that no single process should hold, from files or addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from alliancebib.cli.session import project_of
from alliancebib.cli.talk import counted, say
from alliancebib.decisions import load_decisions
from alliancebib.errors import UsageError
from alliancebib.spark.running import FORMATS, dedupe_collection

__all__ = ["over_spark"]


def over_spark(
    places: Sequence[str], *, output: Path | None, to: str | None, preset: str | None, merging: bool, master: str
) -> None:
    """Deduplicate with Spark into a folder, and say what came of it.

    Raises:
        UsageError: There is no output folder, or the format is none of a collection.
    """
    if output is None or str(output) == "-":
        raise UsageError("the engine `spark` writes a folder", help="Name a new one with `-o FOLDER`.")
    if to is not None and to not in FORMATS:
        help_ = f"Known: {', '.join(FORMATS)}. `alliancebib convert` makes the others of what is written."
        raise UsageError(f"the engine `spark` does not write `{to}`", help=help_)
    project = project_of(places[0])
    how = project.settings.dedupe
    folder = re.sub(r"^([a-z][a-z0-9+.-]+):/(?!/)", r"\1://", str(output))  # a path knows no double slash
    found = dedupe_collection(
        places,
        folder,
        master=master,
        decisions=load_decisions(project.path(project.settings.decisions)),
        preset=preset or how.preset,
        versions="merge" if merging else how.versions,
        rules=project.settings.rules,
        to=to or "jsonl",
    )
    gone = found.read - found.left
    say(
        f"{counted(found.read, 'entry')}: {gone} joined to others, {counted(found.doubtful, 'pair')} for you to decide."
    )
    if found.unread:
        say(f"{counted(found.unread, 'line')} could not be read: {folder}/unread names each with the reason.")
    say(f"Written: {folder} (clusters, review, versions, references, keys, unread)")
