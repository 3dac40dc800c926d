"""An input as it was opened: a path, standard input, bytes or text come in, a `Source` goes out."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from alliancebib.errors import InputError
from alliancebib.files.decoding import Decoded, decode, tidy_text
from alliancebib.files.signatures import document_in, refuse_binary
from alliancebib.finding import Finding
from alliancebib.model import Origin

__all__ = ["Source", "is_address", "printable", "read_source", "read_text", "source_of"]

#: A scheme has two letters or more: what has one is a drive of Windows.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)

#: More lines than this are not listed one by one.
_LISTED = 5


class Source(msgspec.Struct, frozen=True, kw_only=True):
    r"""An input as it was opened: ``name`` for ids and origins, ``place`` as the user wrote it, bytes and text.

    ``text`` has line ends as ``\n`` and no byte order mark. ``encoding`` is Python's name of the encoding that was
    taken, ``newline`` the line end that was found first. Only ``\n``, ``\r\n`` and ``\r`` end a line: a form feed or a
    line separator of Unicode does not, so that numbers agree with an editor's. ``address`` is the one that gave it in
    the end, after redirects, ``media`` the type that its server states. ``document`` names the format of a document
    that is no text ("docx"): its reader unpacks ``data``, and ``text`` is empty. ``findings`` say what was guessed.
    """

    name: str
    place: str
    data: bytes
    text: str
    encoding: str = "utf-8"
    newline: str = "\n"
    address: str = ""
    media: str = ""
    document: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def exact(self) -> str:
        """The text with the line ends and the byte order mark of the file, bytes without meaning as lone surrogates.

        Encoded again in the same way it gives the same bytes, but in an encoding that writes a character in several
        ways; there it is the tidy text.
        """
        try:
            text = self.data.decode(self.encoding, "surrogateescape")
            same = text.encode(self.encoding, "surrogateescape") == self.data
        except UnicodeError:
            return self.text
        return text if same else self.text

    def encoded(self, text: str) -> bytes:
        """Give a new text of the file in its encoding, with its line ends and its byte order mark.

        A text that the encoding cannot hold is given in UTF-8.
        """
        mark = "\ufeff" if self.exact.startswith("\ufeff") else ""
        whole = mark + text.replace("\n", self.newline)
        try:
            return whole.encode(self.encoding)
        except UnicodeEncodeError:
            return whole.encode("utf-8", "replace")

    @property
    def suffix(self) -> str:
        """The suffix of the name, or of the path of an address; lower-case, with its dot."""
        return Path(urlsplit(self.name).path if self.is_address else self.name).suffix.lower()

    @property
    def is_address(self) -> bool:
        """The source was read from an address of the web."""
        return is_address(self.name)


def is_address(place: str) -> bool:
    r"""Say whether an input is named by an address, of whatever scheme, and not by a path.

    >>> is_address("HTTPS://example.org/list"), is_address("C:\\lists\\a.txt"), is_address("notes: a.txt")
    (True, False, False)
    """
    return _ADDRESS.match(place) is not None


def read_source(place: str | Path, *, name: str = "") -> Source:
    """Read a file, or standard input where the place is ``-``; ``name`` stands in ids and origins, else the file's own.

    Raises:
        InputError: There is no such file, it cannot be read, or it is no text.
    """
    if str(place) == "-":
        return _read_standard_input()
    path = Path(place)
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as problem:  # ValueError: a name with a NUL character
        raise _unreadable(str(place), problem) from None
    return source_of(data, name=name or printable(path.name), place=printable(str(place)))


def read_text(place: str | Path) -> str:
    """Read the text of a file, or of standard input where the place is ``-``.

    Raises:
        InputError: As `read_source`; or it is a document.
    """
    source = read_source(place)
    if source.document:
        refuse_binary(source.data, place=source.place)
    return source.text


def source_of(
    content: bytes | str, *, name: str = "text", place: str = "", declared: str = "", address: str = ""
) -> Source:
    r"""Make a source of bytes or text that are already at hand.

    ``declared`` is an encoding stated outside of the bytes, as by a server; ``address`` the one that gave them. Text is
    never refused.

    Raises:
        InputError: The bytes are no text.

    >>> source = source_of("Größe\r\n".encode("latin-1"))
    >>> source.text, source.encoding, [finding.code for finding in source.findings]
    ('Größe\n', 'cp1252', ['AB103'])
    """
    place = place or name
    document = document_in(content) if isinstance(content, bytes) else ""
    if isinstance(content, bytes) and document:
        data, decoded = content, tidy_text("")
    elif isinstance(content, bytes):
        data, decoded = content, decode(refuse_binary(content, place=place), declared=declared)
    else:
        data, decoded = content.encode("utf-8", "surrogatepass"), tidy_text(content)
    return Source(
        name=name,
        place=place,
        data=data,
        text=decoded.text,
        encoding=decoded.encoding,
        newline=decoded.newline,
        address=address or (name if is_address(name) else ""),
        document=document,
        findings=_findings(decoded, name),
    )


def _read_standard_input() -> Source:
    try:
        data = sys.stdin.buffer.read()
    except AttributeError:  # there is none
        raise _unreadable("-", ValueError("standard input is closed")) from None
    except (OSError, ValueError) as problem:
        raise _unreadable("-", problem) from None
    return source_of(data, name="stdin", place="-")


def _unreadable(place: str, problem: OSError | ValueError) -> InputError:
    reason = (isinstance(problem, OSError) and problem.strerror) or str(problem)
    if isinstance(problem, FileNotFoundError):
        return InputError("there is no such file", place=printable(place), help="Check the path.")
    if isinstance(problem, IsADirectoryError):
        return InputError("this is a folder", place=printable(place), help="Name a file in it.")
    if isinstance(problem, PermissionError):
        return InputError("it may not be read", place=printable(place), help="Ask for permission to read it.")
    return InputError(f"it cannot be read: {reason}", place=printable(place), help="Check the path.")


def printable(name: str) -> str:
    """Give a name that can be printed: bytes of a file name that are no UTF-8 become replacement characters."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _findings(decoded: Decoded, name: str) -> tuple[Finding, ...]:
    findings = []
    if decoded.guessed:
        message = f"The file is not UTF-8 and names no encoding; it was read as {decoded.encoding}."
        findings.append(Finding.of("AB103", message, origin=Origin(page=name, line=decoded.guessed)))
    if decoded.replaced:
        message = f"Bytes that stand for no character were replaced in {_listed(decoded.replaced)}."
        findings.append(Finding.of("AB104", message, origin=Origin(page=name, line=decoded.replaced[0])))
    if decoded.controls:
        message = f"Control characters were replaced in {_listed(decoded.controls)}."
        findings.append(Finding.of("AB104", message, origin=Origin(page=name, line=decoded.controls[0])))
    return tuple(findings)


def _listed(lines: tuple[int, ...]) -> str:
    """Name some lines.

    >>> _listed((4,)), _listed((4, 7, 9))
    ('line 4', 'lines 4, 7 and 9')
    """
    if len(lines) == 1:
        return f"line {lines[0]}"
    if len(lines) > _LISTED:
        return f"{len(lines)} lines, the first of them {lines[0]}"
    return f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
