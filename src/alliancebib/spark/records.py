"""What travels between the machines: references and comparison forms as bytes, under places and numbers.

A place is the line of the whole input that a reference stood in; a merged reference has that of its first member. A
number names comparison forms: equal forms have one, the place where they came up first; those of merged references are
larger than all before. So places and numbers are in the order that they have in one process.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from alliancebib.matching.forms import Forms
from alliancebib.model import Reference

__all__ = ["Names", "Record", "decoded", "decoded_forms", "encoded", "fingerprint", "names_in"]


class Record(NamedTuple):
    """A reference on its way: its place, the number of its forms, whom it stands for, the bytes.

    ``members`` are places, in order, and what the reference there was called: its key, else its id.
    """

    place: int
    number: int
    members: tuple[tuple[int, str], ...]
    reference: bytes

    @property
    def name(self) -> str:
        """What the first member was called."""
        return self.members[0][1]


class Names(msgspec.Struct, frozen=True):
    """What a reference is called; read from its bytes without reading the rest."""

    id: str = ""
    key: str = ""


#: Sets in one order, so that equal forms are equal bytes in every process.
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_REFERENCES = msgspec.msgpack.Decoder(Reference)
_FORMS = msgspec.msgpack.Decoder(Forms)
_NAMES = msgspec.msgpack.Decoder(Names)


def encoded(value: Reference | Forms) -> bytes:
    """Give the bytes of a value, equal ones for equal values."""
    return _ENCODER.encode(value)


def decoded(data: bytes) -> Reference:
    """Give the reference that bytes hold."""
    return _REFERENCES.decode(data)


@lru_cache(maxsize=4096)
def decoded_forms(data: bytes) -> Forms:
    """Give the comparison forms that bytes hold; those of a block come up again and again."""
    return _FORMS.decode(data)


def names_in(data: bytes) -> Names:
    """Give id and key of the reference that bytes hold."""
    return _NAMES.decode(data)


def fingerprint(data: bytes, size: int) -> int:
    """Give a number of so many bytes for a text, the same in every process.

    Python's own hashes of texts differ from process to process; those of numbers, which Spark deals records out by, do
    not.
    """
    return int.from_bytes(blake2b(data, digest_size=size).digest(), "big")
