"""The parts of a Word document: bytes come in, the trees of its text, its styles and the addresses of its links go out.

python-docx opens the package, follows its relationships and parses with entities switched off. It is an extra, so it
is imported when a document is read, and not before. What it cannot open is said in one sentence.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from alliancebib.errors import InputError

if TYPE_CHECKING:
    from docx.opc.package import OpcPackage
    from docx.opc.part import Part

__all__ = ["Element", "Package", "Story", "local", "opened"]

#: Unpacked, a document of text is some ten times its size at most, and pictures are hardly packed at all. What is both
#: larger and packed more tightly is no list but a trap (https://en.wikipedia.org/wiki/Zip_bomb).
_LARGEST = 64_000_000
_TIGHTEST = 20
_MOST_PARTS = 20_000
_SAVE_AGAIN = "Open it in a word processor, save it as .docx or as plain text (.txt), and try again."
#: What python-docx, zipfile and lxml raise on damaged packages; a SyntaxError is lxml's for XML.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, AttributeError, IndexError, TypeError, EOFError,
    OSError, RuntimeError, AssertionError, RecursionError, NotImplementedError, OverflowError,
)  # fmt: skip


class Element(Protocol):
    """What is used of an element of lxml."""

    @property
    def tag(self) -> Any:
        """The name with its namespace; something else for comments and entities."""

    @property
    def text(self) -> Any:
        """The text before the first child, or None."""

    def items(self) -> Iterable[tuple[Any, Any]]:
        """Give all attributes, names with their namespaces."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Story(msgspec.Struct, frozen=True):
    """A piece of the document with text: ``kind`` is the last part of its relationship; ``links`` its addresses."""

    kind: str
    root: Element
    links: dict[str, str]


class Package(msgspec.Struct, frozen=True):
    """What is used of a document: the text first, then notes, headers, footers and comments; styles, or None."""

    stories: tuple[Story, ...]
    styles: Element | None = None


def local(tag: object) -> str:
    """Give the name of an element of WordprocessingML, of mathematics as ``m:name``, of anything else as ``x:name``.

    Word's two families of namespaces, transitional and strict, have the same names. Comments have no name.

    >>> local("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"), local("{urn:other}p"), local(None)
    ('p', 'x:p', '')
    """
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}")
    if "wordprocessingml" in space and "drawing" not in space.lower():
        return name
    return f"m:{name}" if space.endswith(("/math", "/2006/math")) else f"x:{name}"


def opened(data: bytes, *, place: str) -> Package:
    """Open a document.

    Raises:
        InputError: It is no document, it is damaged or too large, or python-docx is not installed.
    """
    try:
        from docx.opc.package import OpcPackage as Opc  # noqa: PLC0415 - an extra, and 100 ms
        from docx.oxml import parse_xml  # noqa: PLC0415
    except ImportError:
        message = "Word documents need the package python-docx, which is not installed"
        raise InputError(message, place=place, help='Run `pip install "alliancebib[docx]"`.') from None
    try:
        _measure(data, place)
        package = Opc.open(io.BytesIO(data))
        main = _main_part(list(package.iter_parts()), package)
        parts = [("document", main), *_beside(main)]
        styles = next((parse_xml(part.blob) for kind, part in parts if kind == "styles"), None)
        stories = [Story(kind, parse_xml(part.blob), _links(part)) for kind, part in parts if kind in _TOLD]
    except _DAMAGED as problem:
        if isinstance(problem, InputError):
            raise
        message = "this Word document is damaged or not one, and cannot be opened"
        raise InputError(message, place=place, help=_SAVE_AGAIN) from None
    return Package(tuple(sorted(stories, key=lambda story: _TOLD.index(story.kind))), styles)


#: The parts with text, in the order in which they are told.
_TOLD = ("document", "footnotes", "endnotes", "header", "footer", "comments")


def _measure(data: bytes, place: str) -> None:
    """Refuse what is too large unpacked, before anything is unpacked; zipfile never reads more than is stated."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise InputError("this Word document is locked with a password", place=place, help="Save it without one.")
    whole = sum(member.file_size for member in members)
    if len(members) > _MOST_PARTS or (whole > _LARGEST and whole > _TIGHTEST * len(data)):
        message = f"this Word document has {whole // 1_000_000:,} MB when it is unpacked, more than a list can have"
        raise InputError(message, place=place, help="Save its text as a .txt file.")


def _main_part(parts: list[Part], package: OpcPackage) -> Part:
    """Give the part with the text: the one that the package names, or the one of the usual name (strict documents)."""
    for relationship in package.rels.values():
        if not relationship.is_external and relationship.reltype.endswith("/officeDocument"):
            named: Part = relationship.target_part
            return named
    return {str(part.partname): part for part in parts}["/word/document.xml"]


def _beside(main: Part) -> list[tuple[str, Part]]:
    return [
        (relationship.reltype.rpartition("/")[2], relationship.target_part)
        for relationship in main.rels.values()
        if not relationship.is_external
    ]


def _links(part: Part) -> dict[str, str]:
    return {
        key: str(relationship.target_ref)
        for key, relationship in part.rels.items()
        if relationship.is_external and relationship.reltype.endswith("/hyperlink")
    }
