"""The lines of a Word document: the trees of its parts come in, paragraphs as a reader sees them go out.

The elements are those of ECMA-376, part 1, chapter 17. An element that is not known is looked into, so that text in
content controls, smart tags and whatever comes next is found; properties are not.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.page import Line, Role
from alliancebib.readers._flow import Paragraph
from alliancebib.readers._word_package import Element, Package, Story, local
from alliancebib.readers._word_styles import Styles, attribute, child, is_on, styles_of
from alliancebib.readers.html import head_row, row_line

__all__ = ["lines_of"]

#: What is not shown: deleted and moved text, the reading aids of ruby text; `moveFrom` holds ordinary runs.
_UNSEEN = frozenset("del moveFrom delText delInstrText rt sectPr tblGrid".split())
_PIECES = {"tab": " ", "ptab": " ", "noBreakHyphen": "-", "softHyphen": ""}
#: The notes that Word itself makes: lines between text and notes.
_SEPARATORS = frozenset("separator continuationSeparator continuationNotice".split())
_FIELD = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]+))?(?:[^"\\]*\\l\s+"([^"]*)")?', re.IGNORECASE)
_ASIDE = {
    "header": (Role.NAVIGATION, "in the document's header"),
    "footer": (Role.NAVIGATION, "in the document's footer"),
    "comments": (Role.PROSE, "a comment in the margin"),
}


def lines_of(package: Package) -> tuple[Line, ...]:
    """Give the lines of all parts, in the order in which they are told."""
    lines: list[Line] = []
    styles, number = styles_of(package.styles), 0
    for story in package.stories:
        reading = _Reading(story, styles, number)
        reading.read()
        role, why = _ASIDE.get(story.kind, (None, ""))
        told = {line.text for line in lines if line.role} if role else frozenset[str]()
        lines += [
            msgspec.structs.replace(line, role=role, why=why) if role else line
            for line in reading.lines
            if line.text not in told  # first, odd and even pages often have the same header
        ]
        number = reading.number
    return tuple(lines)


class _Field(msgspec.Struct):
    """A field that is open: its code as far as it was read, and whether its result leads to an address."""

    code: str = ""
    linked: bool = False


class _Reading:
    """One pass through a part; made anew for each and never handed out."""

    def __init__(self, story: Story, styles: Styles, number: int) -> None:
        self.lines: list[Line] = []
        self.number, self._column = number, 1
        self._story, self._styles = story, styles
        self._paragraph = Paragraph()
        self._level, self._item, self._contents = 0, False, False
        self._fields: list[_Field] = []
        self._boxes: list[Element] = []

    def read(self) -> None:
        """Read all blocks."""
        self._blocks(self._story.root)
        self._flush()

    def _blocks(self, parent: Element) -> None:
        for element in parent:
            match local(element.tag):
                case "p":
                    self._block(element)
                case "tbl":
                    self._table(element)
                case "footnote" | "endnote" if attribute(element, "type") in _SEPARATORS:
                    pass
                case "x:AlternateContent":
                    self._blocks(_chosen(element))
                case name if name and not _is_aside(name) and not _is_hidden(name, element):
                    self._blocks(element)

    def _block(self, element: Element) -> None:
        self.number, self._column = self.number + 1, 1
        style = self._styles.of(child(element, "pPr"))
        noted = self._story.kind in ("footnotes", "endnotes")
        self._level, self._item, self._contents = style.level, style.item or noted, style.contents
        self._pieces(element)
        self._flush()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box)

    def _table(self, table: Element) -> None:
        for row in _inside(table, "tr"):
            before, cells = self.lines, list[list[Line]]()
            for cell in _inside(row, "tc"):
                self.lines = []
                self._blocks(cell)
                cells.append(self.lines)
            self.lines = before
            plain = all(len(cell) < 2 and not any(line.item or line.level for line in cell) for cell in cells)
            if plain and (whole := row_line([cell[0] if cell else None for cell in cells])):
                self.lines.append(head_row(whole) if _names_columns(row) and len(cells) > 1 else whole)
            else:
                self.lines += [line for cell in cells for line in cell]

    def _pieces(self, parent: Element) -> None:
        for element in parent:
            name = local(element.tag)
            if name and not _is_aside(name) and not _is_hidden(name, element):
                self._piece(name, element)

    def _piece(self, name: str, element: Element) -> None:
        match name:
            case "t" | "m:t":
                self._put(element.text or "")
            case "br" | "cr":
                self._break(attribute(element, "type"))
            case "hyperlink":
                self._link(element)
            case "fldChar" | "instrText" | "fldSimple":
                self._field(name, element)
            case "sym":
                self._put(_symbol(attribute(element, "char")))
            case "txbxContent":
                self._boxes.append(element)
            case "x:AlternateContent":
                self._pieces(_chosen(element))
            case _ if name in _PIECES:
                self._put(_PIECES[name])
            case _:
                self._pieces(element)

    def _put(self, text: str) -> None:
        self._paragraph.put(text, number=self.number, column=self._column)
        self._column += len(text)

    def _break(self, kind: str) -> None:
        """Part lines where the writer did; not where a page or column ends, and not within a heading."""
        if kind in ("page", "column") or self._level:
            self._put(" ")
        else:
            self._flush()
            self._column += 1

    def _link(self, element: Element) -> None:
        target = self._story.links.get(attribute(element, "id"), "")
        anchor = attribute(element, "anchor")
        self._paragraph.open_link(_address(f"{target}#{anchor}" if target and anchor else target))
        self._pieces(element)
        self._paragraph.close_link()

    def _field(self, name: str, element: Element) -> None:
        """Follow a field: begin, code, separate, result, end. The result is shown, the code is not."""
        kind = attribute(element, "fldCharType")
        if name == "fldSimple":
            url = _field_address(attribute(element, "instr"))
            if url:
                self._paragraph.open_link(url)
            self._pieces(element)
            if url:
                self._paragraph.close_link()
        elif name == "instrText":
            if self._fields:
                self._fields[-1].code += (element.text or "")[:5000]
        elif kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            if url := _field_address(self._fields[-1].code):
                self._fields[-1].linked = True
                self._paragraph.open_link(url)
        elif self._fields and kind == "end" and self._fields.pop().linked:
            self._paragraph.close_link()

    def _flush(self) -> None:
        line = self._paragraph.taken(level=self._level, item=self._item)
        if line and self._contents:
            line = msgspec.structs.replace(line, role=Role.CONTENTS, why="a table of contents")
        if line:
            self.lines.append(line)


def _is_aside(name: str) -> bool:
    return name in _UNSEEN or name.endswith(("Pr", "PrEx", "PrChange"))


def _is_hidden(name: str, element: Element) -> bool:
    """Say whether a run is hidden, or a content control shows Word's own "Click here to enter text"."""
    if name == "sdt":
        return is_on(child(child(element, "sdtPr"), "showingPlcHdr"))
    return name == "r" and is_on(child(child(element, "rPr"), "vanish"))


def _names_columns(row: Element) -> bool:
    """Say whether a row is repeated at the head of each page."""
    return is_on(child(child(row, "trPr"), "tblHeader"))


def _chosen(element: Element) -> Element:
    """Give one of the forms in which a drawing is stored: the new one, else the old one."""
    forms = [form for form in element if local(form.tag)]
    return forms[0] if forms else element


def _inside(parent: Element, name: str) -> list[Element]:
    """Give rows of a table or cells of a row, those within content controls and tracked changes too."""
    found: list[Element] = []
    for element in parent:
        own = local(element.tag)
        if own == name:
            found.append(element)
        elif own and own not in ("tbl", "p") and not _is_aside(own):
            found += _inside(element, name)
    return found


def _symbol(code: str) -> str:
    """Give a character of a symbol font where it is one of Unicode; the font's own places mean nothing elsewhere."""
    point = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code) else 0
    return chr(point) if 0x20 < point < 0xD800 or 0xF900 <= point <= 0x10FFFF else ""


def _field_address(code: str) -> str:
    match = _FIELD.match(code)
    if not match:
        return ""
    target = match[1] or match[2] or ""
    return _address(f"{target}#{match[3]}" if target and match[3] else target)


def _address(target: str) -> str:
    """Give the address on the web that a link leads to; "" for mail, files and places of the document."""
    text = "".join(target.split())
    if text.lower().startswith("www."):
        return f"https://{text}"
    return text if text.lower().startswith(("http://", "https://")) else ""
