"""What the styles of a Word document say of a paragraph: heading and level, item of a list, line of the contents.

In the file built-in styles have their English names ("heading 1") whatever language Word speaks.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.readers._word_package import Element, local

__all__ = ["Style", "Styles", "attribute", "child", "is_on", "styles_of"]

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
#: Styles may be based on each other; more steps than this are a circle.
_LONGEST_CHAIN = 20


class Style(msgspec.Struct, frozen=True):
    """What is said of a paragraph."""

    level: int = 0
    item: bool = False
    contents: bool = False


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, elements: dict[str, Element]) -> None:
        self._elements = elements

    def of(self, properties: Element | None) -> Style:
        """Give the style of a paragraph from its properties (``w:pPr``): what stands in them, else in its style."""
        names, said = [], [properties]
        current = attribute(child(properties, "pStyle"), "val")
        while current in self._elements and len(said) < _LONGEST_CHAIN:
            style = self._elements[current]
            names.append(attribute(child(style, "name"), "val"))
            said.append(child(style, "pPr"))
            current = attribute(child(style, "basedOn"), "val")
        level = _level(names, said)
        numbered = next((one for one in (child(each, "numPr") for each in said) if one is not None), None)
        return Style(
            level=level,
            item=not level and numbered is not None and attribute(child(numbered, "numId"), "val") != "0",
            contents=any(name.lower().startswith("toc ") and name[4:].isdecimal() for name in names[:1]),
        )


def _level(names: list[str], said: list[Element | None]) -> int:
    """Give the level of a heading, 1 to 6; 0 for other paragraphs (outline levels count from 0, and 9 is text)."""
    outline = next((one for one in (attribute(child(each, "outlineLvl"), "val") for each in said) if one), "")
    if outline.isdecimal() and len(outline) == 1:
        return min(int(outline) + 1, 6) if int(outline) < 9 else 0
    for name in names:
        if match := _HEADING.fullmatch(name):
            return min(int(match[1]), 6)
    return 1 if any(name.lower() == "title" for name in names) else 0


def styles_of(root: Element | None) -> Styles:
    """Read the part of the styles; None where there is none."""
    elements = list(root) if root is not None else []
    return Styles({attribute(one, "styleId"): one for one in elements if local(one.tag) == "style"})


def child(parent: Element | None, name: str) -> Element | None:
    """Give the first child of a name; None where there is none."""
    return None if parent is None else next((one for one in parent if local(one.tag) == name), None)


def attribute(element: Element | None, name: str) -> str:
    """Give an attribute by its name without namespace; "" where there is none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def is_on(element: Element | None) -> bool:
    """Say whether a switch such as ``w:vanish`` is there and not turned off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")
