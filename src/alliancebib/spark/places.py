"""Folders on any file system that Spark knows: what they hold, and how a new one comes to stand in its place whole.

Paths and addresses come in; Hadoop's own interface is asked, so that ``hdfs://`` and ``s3a://`` are as good as this
machine.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from alliancebib.errors import InputError, OutputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["holds_parquet", "require_free", "require_there", "standing_whole"]


def holds_parquet(session: SparkSession, place: str) -> bool:
    """Say whether a place is Parquet: by its name, or as a folder with such files."""
    if place.rstrip("/").endswith(".parquet"):
        return True
    system, path = _system(session, f"{place.rstrip('/')}/*.parquet")
    return bool(system.globStatus(path))


def require_there(session: SparkSession, place: str) -> None:
    """Refuse an input that is not there.

    Raises:
        InputError: There is no such file or folder, and nothing fits the pattern.
    """
    system, path = _system(session, place)
    if not system.globStatus(path):
        raise InputError("there is no such file or folder", place=place, help="Look at the path.")


def require_free(session: SparkSession, place: str) -> None:
    """Refuse a folder that is there: what it holds is somebody's.

    Raises:
        OutputError: It is there.
    """
    system, path = _system(session, place)
    if system.exists(path):
        message = "the folder is there already, and nothing is written over"
        raise OutputError(message, place=place, help="Name another folder with `-o`, or take this one away first.")


@contextmanager
def standing_whole(session: SparkSession, place: str) -> Iterator[str]:
    """Give a folder beside a place to write into; it takes the place when everything is written, or goes.

    Raises:
        OutputError: The place was taken meanwhile, or the file system refuses.
    """
    beside = f"{place.rstrip('/')}.part-{secrets.token_hex(4)}"
    system, temporary = _system(session, beside)
    try:
        yield beside
        require_free(session, place)
        if not system.rename(temporary, _system(session, place)[1]):
            help_ = "Look at the permissions of the folder above."
            raise OutputError("the finished folder cannot be put in its place", place=place, help=help_)
    finally:
        system.delete(temporary, True)  # noqa: FBT003 - Java knows no names; with all that is in it


def _system(session: SparkSession, place: str) -> tuple[Any, Any]:
    """Give Hadoop's file system of a place, and its path."""
    context: Any = session.sparkContext
    path = context._jvm.org.apache.hadoop.fs.Path(place)  # noqa: SLF001 - PySpark has no other way to it
    return path.getFileSystem(context._jsc.hadoopConfiguration()), path  # noqa: SLF001
