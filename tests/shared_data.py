"""Where the larger test data lies, beside the repository; tests skip where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def shared(name: str) -> Path:
    """Give the path of a file under ``shared/data`` or ``shared/tools`` (by ``tools/NAME``), or skip the test."""
    path = SHARED / name if name.startswith("tools/") else SHARED / "data" / name
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this repository (shared/data is for development only)")
    return path
