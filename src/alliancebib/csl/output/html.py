"""A stream as HTML, in the form that citation processors agree on: ``<i>``, ``<b>``, spans with a style, divisions."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from alliancebib.csl.output.stream import PLAIN_PART, Mark, Token

__all__ = ["to_html"]

_TAGS = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
}
_CLASSES = {
    "block": "csl-block",
    "left-margin": "csl-left-margin",
    "right-inline": "csl-right-inline",
    "indent": "csl-indent",
}
#: The white space round divisions, as citeproc-js writes it.
_AROUND = {
    "block": ("\n\n    ", "\n"),
    "left-margin": ("\n    ", ""),
    "right-inline": ("", "\n  "),
    "indent": ("", "\n  "),
}
#: Superscript characters of Unicode are set as superscript text (``magic_SuperscriptChars``).
_SUPERSCRIPT = re.compile(r"[ªº⁰-⁹ⁱ⁺-⁾ⁿ²³¹ʰ-ʸˠ-ˤˀˁۥۦ℠™ᴬ-ᴮᴰ-ᴺᴼ-ᵡ㆒-㆟]")
_NOT_DECOMPOSED = {"ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي"}


def _raised(found: re.Match[str]) -> str:
    character = _NOT_DECOMPOSED.get(found[0]) or unicodedata.normalize("NFKC", found[0])
    return f"<sup>{character}</sup>"


def to_html(tokens: Iterable[Token]) -> str:
    """Write a stream as HTML that may stand in running text; display blocks become divisions."""
    parts: list[str] = []
    for token in tokens:
        if isinstance(token, Mark):
            parts.append(_tag(token))
        else:
            text = html.escape(token.text, quote=False)
            parts.append(text if text.isascii() else _SUPERSCRIPT.sub(_raised, text))
    return "".join(parts)


def _tag(mark: Mark) -> str:
    if mark.name in ("link", PLAIN_PART):
        return ""
    if mark.name == "display":
        if mark.value not in _CLASSES:
            return ""
        before, after = _AROUND[mark.value]
        return f'{before}<div class="{_CLASSES[mark.value]}">' if mark.opens else f"</div>{after}"
    span = f'<span style="{html.escape(f"{mark.name}:{mark.value}")};">'
    opening, closing = _TAGS.get((mark.name, mark.value), (span, "</span>"))
    return opening if mark.opens else closing
