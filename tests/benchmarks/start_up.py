"""How much longer ``alliancebib --help`` takes than a bare interpreter: the smallest of interleaved runs, as a ratio.

``python tests/benchmarks/start_up.py [RUNS]`` prints one line per command. Nothing is asserted: machines are shared.
"""

from __future__ import annotations

import subprocess
import sys
import time

COMMANDS = {
    "bare interpreter": [sys.executable, "-c", "pass"],
    "import alliancebib": [sys.executable, "-c", "import alliancebib"],
    "alliancebib --help": [sys.executable, "-c", "from alliancebib.cli import main; main(['--help'])"],
    "alliancebib --version": [sys.executable, "-c", "from alliancebib.cli import main; main(['--version'])"],
}


def once(command: list[str]) -> float:
    """Run a command and give its wall time in seconds."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main(runs: int) -> None:
    """Print milliseconds and the ratio to the bare interpreter."""
    best = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(runs):
        for name, command in COMMANDS.items():
            best[name] = min(best[name], once(command))
    bare = best["bare interpreter"]
    for name, seconds in best.items():
        print(f"{name:<26}{seconds * 1000:7.1f} ms  x {seconds / bare:.2f}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
