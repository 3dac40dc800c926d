"""Both tables of enrichment, one after the other: ``python tests/conformance/enrichment_tables.py [SHARED]``.

Works found by kind of string (`matching_table.py`), and what becomes of references where a service fails
(`crossref_faults.py`). ``SHARED`` is the folder with data and tools (default: ``shared`` beside the repository). The
exit code is that of the worst.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent


def commands(shared: Path) -> tuple[list[str], ...]:
    """Give the programs with their arguments, in order."""
    return (
        [str(HERE / "matching_table.py"), "--shared", str(shared)],
        [str(HERE / "crossref_faults.py"), str(shared)],
    )


def main(words: Sequence[str]) -> int:
    """Run both; give the worst exit code."""
    shared = Path(words[0]) if words else HERE.parents[2] / "shared"
    worst = 0
    for place, command in enumerate(commands(shared)):
        if place:
            sys.stdout.write("\n")
            sys.stdout.flush()
        worst = max(worst, subprocess.run([sys.executable, *command], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
