"""Run the command line as a person would, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Ran(NamedTuple):
    """What a run gave."""

    code: int
    out: str
    err: str


def alliancebib(*words: str | Path, cwd: Path, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Ran:
    """Run ``alliancebib`` in a folder; nothing is read from the terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "alliancebib", *map(str, words)],
        cwd=cwd,
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "100"} | (env or {}),
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
