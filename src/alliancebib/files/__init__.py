"""The one door to the disk: a `Source` comes in, whole files go out.

Reading tells the encoding and refuses what is no text, in one sentence; bytes that are no characters become findings.
Writing is atomic: the new file stands complete beside the old one before it takes its place.
"""

from __future__ import annotations

from alliancebib.files.atomic import holds, write_atomically
from alliancebib.files.source import Source, is_address, printable, read_source, read_text, source_of

__all__ = ["Source", "holds", "is_address", "printable", "read_source", "read_text", "source_of", "write_atomically"]
