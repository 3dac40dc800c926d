"""The door to PySpark, which is an extra: whether it can be used here, a session, and what a run keeps.

It is imported when a session is asked for and not before. Everything else in this room is handed the session or what it
made.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from alliancebib.errors import UnavailableError, UsageError

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession

__all__ = ["in_one_sentence", "kept", "missing", "session_for"]

#: The oldest Java that Spark 4 runs on (https://spark.apache.org/docs/latest/).
OLDEST_JAVA = 17
#: For a session on this machine alone: nothing listens on other addresses, and no page is served.
_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}

T = TypeVar("T")


def missing() -> str:
    """Say in one sentence what Spark lacks on this machine; nothing where it can be used."""
    if find_spec("pyspark") is None:
        return "the engine `spark` needs PySpark, which is not installed"
    java = _java()
    if not java:
        return f"the engine `spark` needs Java {OLDEST_JAVA} or later, and there is none on this machine"
    version = _version_of(java)
    if version and version < OLDEST_JAVA:
        return f"the engine `spark` needs Java {OLDEST_JAVA} or later, and `{java}` is Java {version}"
    return ""


def session_for(master: str = "", settings: Mapping[str, str] | None = None) -> SparkSession:
    """Give the session that is there, as under spark-submit, else a new one.

    Args:
        master: Where the work is done, as ``local[*]`` or ``yarn``; else what Spark's own settings say.
        settings: Further settings of Spark.

    Raises:
        UsageError: PySpark or Java is missing, or Java is too old.
        UnavailableError: Spark does not start.
    """
    if lacking := missing():
        pip = "Install it with `pip install alliancebib[spark]`."
        java = f"Install a Java of at least {OLDEST_JAVA}, or let JAVA_HOME lead to one."
        raise UsageError(lacking, help=pip if "PySpark" in lacking else java)
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("alliancebib dedupe")
    if master:
        builder = builder.master(master)
    local = _LOCAL if master.startswith("local") else {}
    if local:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    for name, value in {**local, **(settings or {})}.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as problem:  # noqa: BLE001 - whatever Java or Spark raise, the person needs one sentence
        reason = str(problem).partition("\n")[0]
        help_ = "Look at the address of the master, and at Spark's own words above."
        raise UnavailableError(f"Spark does not start: {reason}", help=help_) from None


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Say in one sentence what stopped Spark.

    Raises:
        UnavailableError: Spark or Java gave up.
    """
    try:
        yield
    except Exception as problem:
        if not type(problem).__module__.startswith(("pyspark.", "py4j.")):
            raise
        reason = next((line for line in str(problem).splitlines() if line.strip()), type(problem).__name__)
        help_ = "Nothing was half-written. Spark's own words above say more; start the same command again."
        raise UnavailableError(f"Spark stopped: {reason.strip()}", help=help_) from problem


def kept(made: RDD[T]) -> RDD[T]:
    """Keep what is needed more than once: in memory, and on disk where that does not suffice."""
    from pyspark import StorageLevel  # noqa: PLC0415 - an extra

    return made.persist(StorageLevel.MEMORY_AND_DISK)


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    if home:
        found: Any = Path(home) / "bin" / ("java.exe" if os.name == "nt" else "java")
        return str(found) if found.exists() else ""
    return shutil.which("java") or ""


def _version_of(java: str) -> int:
    """Give the version of a Java, 0 where it does not tell: "17.0.15" is 17, "1.8.0" is 8."""
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    return int(found[1]) if found else 0
