"""The one door to the disk: a `Source` comes in, whole files go out.

Reading tells the encoding and refuses what is no text, in one sentence; bytes that are no characters become findings.
Writing is atomic: the new file stands complete beside the old one before it takes its place.
"""

from __future__ import annotations

from alliancebib.files.atomic import Read, holds, require_as_read, write_atomically
from alliancebib.files.source import Source, is_address, printable, read_source, read_text, source_of

__all__ = [
    "Read",
    "Source",
    "holds",
    "is_address",
    "printable",
    "read_source",
    "read_text",
    "require_as_read",
    "source_of",
    "write_atomically",
]
