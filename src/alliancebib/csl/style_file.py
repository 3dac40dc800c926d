"""One ``.csl`` file as bytes: read safely, checked for what rendering needs, asked for what it says of itself.

Bytes come in, a `Sheet` goes out; what cannot be used is a `StyleError` with its place and one sentence. Nothing
outside the file is ever opened: a document type declaration, which CSL never needs, is refused with every entity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from lxml import etree

from alliancebib.errors import StyleError

__all__ = ["MAX_SIZE", "NAMESPACE", "Sheet", "read_sheet"]

NAMESPACE = "http://purl.org/net/xbiblio/csl"
#: The largest style of the official repository has 0.3 MB.
MAX_SIZE = 4_000_000
_CS = f"{{{NAMESPACE}}}"
_HELP = "Choose another style (`alliancebib styles --search WORD`), or mend the file."


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What a style file says of itself. ``data`` is the same XML in UTF-8, without comments."""

    title: str
    data: bytes
    parent: str = ""
    default_locale: str = ""
    style_class: str = "in-text"
    has_bibliography: bool = False
    licence: str = ""


def read_sheet(data: bytes, *, place: str) -> Sheet:
    """Read the bytes of a style.

    Raises:
        StyleError: It is too large, no XML, no CSL style, declares a document type, or lacks what it calls.
    """
    root = _parse(data, place)
    if root.tag != f"{_CS}style":
        what = "a CSL locale" if root.tag == f"{_CS}locale" else "no CSL style"
        raise StyleError(f"this is {what}: its root is `{_local(root)}`", place=place, help=_HELP)
    parent = _parent(root)
    if not parent:
        _check_structure(root, place)
    rights = root.find(f"{_CS}info/{_CS}rights")
    return Sheet(
        title=" ".join((root.findtext(f"{_CS}info/{_CS}title") or "").split()),
        data=etree.tostring(root, encoding="utf-8"),
        parent=parent,
        default_locale=root.get("default-locale", ""),
        style_class=root.get("class", "in-text"),
        has_bibliography=root.find(f"{_CS}bibliography/{_CS}layout") is not None,
        licence="" if rights is None else (rights.get("license") or " ".join((rights.text or "").split())),
    )


def _parse(data: bytes, place: str) -> etree._Element:
    if len(data) > MAX_SIZE:
        raise StyleError(f"the style is larger than {MAX_SIZE // 1_000_000} MB", place=place, help=_HELP)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        reason = problem.msg.partition(", line ")[0]
        raise StyleError(f"this is no XML: {reason}", place=f"{place}:{problem.lineno or 1}", help=_HELP) from None
    except ValueError as problem:
        raise StyleError(f"this is no XML: {problem}", place=place, help=_HELP) from None
    if root.getroottree().docinfo.internalDTD is not None:
        sentence = "the style declares a document type, which CSL never needs and which can open other files"
        raise StyleError(sentence, place=place, help=_HELP)
    return root


def _parent(root: etree._Element) -> str:
    for link in root.iterfind(f"{_CS}info/{_CS}link"):
        if link.get("rel") == "independent-parent":
            return link.get("href", "")
    return ""


def _check_structure(root: etree._Element, place: str) -> None:
    """Refuse what no rendering survives: no layout at all, a macro that is not there, macros that call each other."""
    if root.find(f"{_CS}citation/{_CS}layout") is None and root.find(f"{_CS}bibliography/{_CS}layout") is None:
        raise StyleError("the style has no layout, so it prints nothing", place=place, help=_HELP)
    macros = {macro.get("name", ""): macro for macro in root.iterfind(f"{_CS}macro")}
    calls = {name: _called(macro) for name, macro in macros.items()}
    for element in root.iter(f"{_CS}text", f"{_CS}key"):
        called = element.get("macro")
        if called is not None and called not in macros:
            line = f"{place}:{element.sourceline}"
            raise StyleError(f"the style calls the macro `{called}`, which it has not", place=line, help=_HELP)
    name = _calls_itself(calls)
    if name is not None:
        line = f"{place}:{macros[name].sourceline}"
        raise StyleError(f"the macro `{name}` calls itself without end", place=line, help=_HELP)


def _called(element: etree._Element) -> Sequence[str]:
    return list(dict.fromkeys(name for text in element.iter(f"{_CS}text") if (name := text.get("macro"))))


def _calls_itself(calls: Mapping[str, Sequence[str]]) -> str | None:
    """Name a macro that calls itself, by way of others or not; every macro is walked through once."""
    done: set[str] = set()
    for start in calls:
        row, under_way = [(start, iter(calls[start]))], {start}
        while row and start not in done:
            name, rest = row[-1]
            called = next((other for other in rest if other not in done), None)
            if called is None:
                done.add(name)
                under_way.remove(name)
                row.pop()
            elif called in under_way:
                return called
            else:
                under_way.add(called)
                row.append((called, iter(calls[called])))
    return None


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
