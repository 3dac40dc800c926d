"""What may stand on any rendering element: affixes, formatting, quotes, periods stripped, text case, display.

A node comes in, it goes out dressed (CSL 1.0.2, "Affixes", "Display", "Formatting", "Quotes", "Strip-periods",
"Text-case"). Affixes stand outside the formatting and the quotes.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from alliancebib.csl.output.text_case import recased
from alliancebib.csl.output.tree import Branch, Format, Leaf, Node, mapped

__all__ = ["PLAIN", "Look", "look_of"]

#: The formatting attributes with the values of CSL's schema; any other value says nothing, and may be an attack.
_FORMATTING = {
    "font-style": frozenset({"normal", "italic", "oblique"}),
    "font-variant": frozenset({"normal", "small-caps"}),
    "font-weight": frozenset({"normal", "bold", "light"}),
    "text-decoration": frozenset({"none", "underline"}),
    "vertical-align": frozenset({"baseline", "sup", "sub"}),
}

#: Variables whose full stops mean something.
_VERBATIM = frozenset({"DOI", "URL"})


class Look(msgspec.Struct, frozen=True):
    """The attributes, read once; ``quotes`` is "style" for marks, "none" where a style says it wants none."""

    prefix: str = ""
    suffix: str = ""
    form: Format = ()
    quotes: str = ""
    strip_periods: bool = False
    text_case: str = ""
    display: str = ""
    changes_text: bool = False
    wraps: bool = False

    def dressed(self, node: Node, *, language: str, tag: str = "", link: str = "") -> Node:
        """Give the node with all this round it; ``language`` is whose letters are raised or lowered."""
        if self.changes_text:
            if self.text_case:
                node = recased(node, self.text_case, language=language)
            if self.strip_periods:
                node = mapped(node, _without_periods)
        if not (self.wraps or tag or link):
            return node
        return Branch(
            (node,),
            prefix=self.prefix,
            suffix=self.suffix,
            form=self.form,
            quotes=self.quotes,
            display=self.display,
            tag=tag,
            link=link,
        )

    def keeping_titles(self) -> Look:
        """Give the same without title case, for text that is not English or is to stay as it was typed."""
        return _look(self, text_case="") if self.text_case == "title" else self

    def without_prefix(self) -> Look:
        """Give the same without prefix."""
        return _look(self, prefix="")

    def without_suffix(self) -> Look:
        """Give the same without suffix."""
        return _look(self, suffix="")

    def bare(self) -> Look:
        """Give the same without affixes and display."""
        return _look(self, prefix="", suffix="", display="")


def _without_periods(leaf: Leaf) -> Leaf:
    if "." not in leaf.text or leaf.label in _VERBATIM:
        return leaf
    return Leaf(leaf.text.replace(".", ""), leaf.label, affix=leaf.affix)


def _look(look: Look, **changes: object) -> Look:
    changed: Look = msgspec.structs.replace(look, **changes)
    wraps = bool(changed.prefix or changed.suffix or changed.form or changed.quotes or changed.display)
    return msgspec.structs.replace(changed, wraps=wraps, changes_text=bool(changed.strip_periods or changed.text_case))


def look_of(attributes: Mapping[str, str]) -> Look:
    """Read the attributes of an element."""
    return _look(
        PLAIN,
        prefix=attributes.get("prefix", ""),
        suffix=attributes.get("suffix", ""),
        form=tuple((name, attributes[name]) for name, known in _FORMATTING.items() if attributes.get(name) in known),
        quotes={"true": "style", "false": "none"}.get(attributes.get("quotes", ""), ""),
        strip_periods=attributes.get("strip-periods") == "true",
        text_case=attributes.get("text-case", ""),
        display=attributes.get("display", ""),
    )


PLAIN = Look()
