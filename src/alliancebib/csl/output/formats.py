"""Runs of rich text become text, HTML, Markdown, reStructuredText or LaTeX; what is special there is escaped.

One function for each output, all in `OUTPUTS`. Addresses become links that can be followed, if they lead to the web.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from alliancebib.csl.output.runs import Run

__all__ = ["OUTPUTS", "escape_latex", "escape_markdown", "escape_rst", "to_html", "to_markdown"]

_HTML = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "underline": ("<u>", "</u>"),
    "smallcaps": ('<span class="smallcaps">', "</span>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
}
_LATEX = {
    "italic": r"\textit{",
    "bold": r"\textbf{",
    "underline": r"\underline{",
    "smallcaps": r"\textsc{",
    "sup": r"\textsuperscript{",
    "sub": r"\textsubscript{",
}
_RST = {"italic": "emphasis", "bold": "strong", "sup": "superscript", "sub": "subscript"}
_LATEX_CHARACTERS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}


def to_text(runs: Sequence[Run]) -> str:
    """Give the text alone."""
    return "".join(run.text for run in runs)


def to_html(runs: Sequence[Run]) -> str:
    """Give HTML that may stand in any element of running text; needs no style attribute."""
    return "".join(_html(run) for run in runs)


def _html(run: Run) -> str:
    text = html.escape(run.text, quote=False)
    for style in sorted(run.styles):
        text = text.join(_HTML[style])
    return f'<a href="{html.escape(run.href)}">{text}</a>' if run.href else text


def escape_markdown(text: str) -> str:
    r"""Escape what CommonMark and its usual extensions take for markup.

    >>> escape_markdown("a*b_c [x] &amp; $1")
    'a\\*b\\_c \\[x\\] &amp;amp; \\$1'
    """
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    return re.sub(r"([\\`*_{}\[\]<>|~$^#])", r"\\\1", text)


def to_markdown(runs: Sequence[Run]) -> str:
    """Give one line of CommonMark."""
    line, starred = "", False
    for before, run, after in _with_neighbours(runs):
        text = _markdown(run, before, after, starred=starred)
        starred = text.endswith("*") and not run.text.endswith("*")
        if text.startswith("[") and line.endswith("!"):  # else the link would be an image
            line = line[:-1] + r"\!"
        line += text
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", line))


def _markdown(run: Run, before: str, after: str, *, starred: bool) -> str:
    if run.href:
        address = re.sub(r"[<>\\\s]", lambda found: f"%{ord(found[0]):02X}", run.href)
        return f"<{run.href}>" if run.text == run.href == address else f"[{escape_markdown(run.text)}](<{address}>)"
    left, inner, right = _split_blanks(run.text)
    text = escape_markdown(inner)
    if not inner:
        return left + right
    plain = len(run.styles) == 1 and (left or not starred) and _can_flank(inner, left or before, right or after)
    for style in sorted(run.styles):
        star = {"italic": "*", "bold": "**"}.get(style, "") if plain else ""
        text = text.join((star, star) if star else _HTML[style])
    return left + text + right


def _can_flank(inner: str, before: str, after: str) -> bool:
    """Say whether CommonMark sees stars here as markup: not where punctuation inside meets a letter outside."""
    opens = inner[0].isalnum() or not before[-1:].isalnum()
    return opens and (inner[-1].isalnum() or not after[:1].isalnum())


def escape_rst(text: str) -> str:
    """Escape what reStructuredText takes for inline markup."""
    return re.sub(r"([\\`*|_<>])", r"\\\1", text)


def to_rst(runs: Sequence[Run]) -> str:
    """Give one line of reStructuredText with standard roles."""
    line = "".join(_rst(run, before, after) for before, run, after in _with_neighbours(runs))
    return re.sub(r"^(\w{1,4})([.)])(?=\s)", r"\1\\\2", re.sub(r"^([-+•‣⁃=#.:])(?=\s|[.]|$)", r"\\\1", line))


def _rst(run: Run, before: str, after: str) -> str:
    left, inner, right = _split_blanks(run.text)
    role = next((_RST[style] for style in sorted(run.styles) if style in _RST), "")
    if not inner or not (run.href or role):
        return left + escape_rst(inner) + right
    if run.href:
        address = re.sub(r"[<>`\\\s]", lambda found: f"%{ord(found[0]):02X}", run.href)
        text = f"`{escape_rst(inner)} <{re.sub('_$', '%5F', address)}>`__"
    else:
        text = f":{role}:`{escape_rst(inner)}`"
    glue_left = r"\ " if before and not left and not before[-1].isspace() else ""
    glue_right = r"\ " if after and not right and not after[0].isspace() else ""
    return left + glue_left + text + glue_right + right


def escape_latex(text: str) -> str:
    r"""Escape what TeX takes for a command.

    >>> escape_latex("50 % of R&D_x")
    '50 \\% of R\\&D\\_x'
    """
    return "".join(_LATEX_CHARACTERS.get(character, character) for character in text)


def to_latex(runs: Sequence[Run]) -> str:
    """Give LaTeX for the engines that read UTF-8; links need the package ``hyperref``."""
    return "".join(_latex(run) for run in runs)


def _latex(run: Run) -> str:
    text = escape_latex(run.text)
    for style in sorted(run.styles):
        text = f"{_LATEX[style]}{text}}}"
    if not run.href:
        return text
    address = re.sub(r"[\\{}^<>|$\s]", lambda found: f"%{ord(found[0]):02X}", run.href)
    address = re.sub(r"[%#&]", lambda found: f"\\{found[0]}", address)
    return rf"\href{{{address}}}{{{text}}}"


def _with_neighbours(runs: Sequence[Run]) -> list[tuple[str, Run, str]]:
    texts = ["", *(run.text for run in runs), ""]
    return [(texts[place], run, texts[place + 2]) for place, run in enumerate(runs)]


def _split_blanks(text: str) -> tuple[str, str, str]:
    inner = text.strip()
    left = text[: len(text) - len(text.lstrip())] if inner else text
    right = text[len(text.rstrip()) :] if inner else ""
    return left, inner, right


#: Name of an output -> its function.
OUTPUTS: dict[str, Callable[[Sequence[Run]], str]] = {
    "text": to_text,
    "html": to_html,
    "markdown": to_markdown,
    "rst": to_rst,
    "latex": to_latex,
}
