"""Text with markup, as one string with marks, as runs, and as the five outputs' input.

A processor writes a *marked* string: plain text in which characters of a private plane open and close a style or a
link. `tidied` mends the seams between the parts of an entry, `runs_of` turns the result into `Run` values for
`alliancebib.csl.output.formats`. Field text never holds a mark, and nothing in it is ever taken for an output's markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from alliancebib.csl.output.runs import Run

__all__ = ["Run", "field_text", "linked", "marked", "plain_text", "runs_of", "tidied"]

#: What a mark stands for; the place in the list makes its two characters. Styles that a field brings along are
#: turned round inside the same style of the citation style (the CSL specification calls it flip-flopping).
_MEANINGS = (
    "italic",
    "bold",
    "underline",
    "smallcaps",
    "sup",
    "sub",
    "flip italic",
    "flip bold",
    "url",
    "doi",
)
_PLANE = 0xF0000
_OPEN = {name: chr(_PLANE + 2 * place) for place, name in enumerate(_MEANINGS)}
_CLOSE = {name: chr(_PLANE + 2 * place + 1) for place, name in enumerate(_MEANINGS)}
_MEANING = {mark: (name, True) for name, mark in _OPEN.items()} | {mark: (name, False) for name, mark in _CLOSE.items()}
_FIRST, _LAST = chr(_PLANE), chr(_PLANE + 2 * len(_MEANINGS) - 1)
_MARK = f"[{_FIRST}-{_LAST}]"
_FOREIGN = re.compile(f"[{_FIRST}-{_LAST}\0-\x08\x0b\x0c\x0e-\x1f\x7f]")

#: The inline markup that CSL-JSON allows in fields.
_TAGS = (
    (re.compile(r"<i>(.*?)</i>", re.DOTALL), "flip italic"),
    (re.compile(r"<b>(.*?)</b>", re.DOTALL), "flip bold"),
    (re.compile(r"<sup>(.*?)</sup>", re.DOTALL), "sup"),
    (re.compile(r"<sub>(.*?)</sub>", re.DOTALL), "sub"),
    (re.compile(r"<sc>(.*?)</sc>", re.DOTALL), "smallcaps"),
    (re.compile(r"<span style=\"font-variant:\s*small-caps;?\">(.*?)</span>", re.DOTALL), "smallcaps"),
)
_DOI_PREFIX = re.compile(r"https?://(?:dx\.)?doi\.org/$")
_LINK = re.compile(
    f"({_OPEN['url']}[^{_CLOSE['url']}]*{_CLOSE['url']}|{_OPEN['doi']}[^{_CLOSE['doi']}]*{_CLOSE['doi']})"
)
#: Where two parts of an entry meet; each keeps the marks that stand between the two characters.
_SEAMS = (
    (re.compile(rf"([?!])((?:{_MARK}|[”’»\"])*)\.(?=\s|$|{_MARK}|[”’»\")])"), r"\1\2"),
    (re.compile(rf"(?<!\.)\.((?:{_MARK}|[”’»])+)\.(?!\.)"), r".\1"),
    (re.compile(rf"([,;:])({_MARK}+)\1"), r"\1\2"),
    (re.compile(rf"[,;]({_MARK}*)\.(?=\s|$|{_MARK})"), r".\1"),
    (re.compile(rf" ({_MARK}*) +"), r" \1"),
    # The stop of a part that stayed empty, behind the stop of the part before; spaced stops of an ellipsis stay.
    (re.compile(rf"(?<=[^\s.]\.) ({_MARK}*)\.(?=\s|$|{_MARK})(?! \.)"), r"\1"),
    (re.compile(rf" ({_MARK}*)([,.])(?=\s|$|{_MARK})"), r"\1\2"),
)


def marked(meaning: str, text: object) -> str:
    """Put the marks of a meaning round a text."""
    return f"{_OPEN[meaning]}{text}{_CLOSE[meaning]}"


def field_text(value: str) -> str:
    """Make marked text of a field: white space joined, inline markup of CSL-JSON understood, all else literal.

    >>> plain_text(field_text("One & <i>two</i> <script>"))
    'One & two <script>'
    """
    text = " ".join(_FOREIGN.sub("", value).split())
    for pattern, meaning in _TAGS if "<" in text else ():
        text = pattern.sub(lambda found, meaning=meaning: marked(meaning, found[1]), text)  # type: ignore[misc]
    return text


def linked(kind: str, value: str) -> str:
    """Make marked text of a ``url`` or ``doi``; nothing inside is ever mended."""
    return marked(kind, _FOREIGN.sub("", "".join(value.split())))


def plain_text(text: str) -> str:
    """Give marked text without its marks."""
    return re.sub(_MARK, "", text)


def tidied(text: str, *, closing_quotes: str = "") -> str:
    """Mend the seams of marked text; move a full stop or comma into the quotation marks given, where that is usage.

    >>> tidied("Who knows?. Nature"), tidied("“Title”, p. 3", closing_quotes="”")
    ('Who knows? Nature', '“Title,” p. 3')
    """
    parts = _LINK.split(text)
    links = parts[1::2]
    whole = "￼".join(parts[0::2])
    if whole.count("￼") != len(links):  # the object sign stands in a field: leave the seams alone
        return text.strip()
    if closing_quotes:
        whole = re.sub(rf"((?:[{closing_quotes}]|{_MARK})*[{closing_quotes}])({_MARK}*)([.,])(?!\w)", r"\3\1\2", whole)
        whole = re.sub(rf"([?!])([.,])(?=[{closing_quotes}])", r"\1", whole)
    before = ""
    while before != whole:
        before = whole
        for pattern, replacement in _SEAMS:
            whole = pattern.sub(replacement, whole)
    pieces = iter(links)
    return re.sub("￼", lambda _: next(pieces), whole).strip()


def runs_of(text: str) -> tuple[Run, ...]:
    """Turn marked text into runs; neighbours that look alike are one run."""
    return tuple(_joined(_with_doi_prefix(list(_walk(text)))))


def _walk(text: str) -> Iterator[Run]:
    open_: list[str] = []
    for piece in re.split(f"({_MARK})", text):
        if piece in _MEANING:
            meaning, opens = _MEANING[piece]
            if opens:
                open_.append(meaning)
            elif meaning in open_:
                del open_[len(open_) - 1 - open_[::-1].index(meaning)]
        elif piece:
            yield Run(piece, _styles(open_), _target(piece, open_))


def _styles(open_: list[str]) -> frozenset[str]:
    styles: set[str] = set()
    for meaning in open_:
        if meaning.startswith("flip "):
            styles ^= {meaning.removeprefix("flip ")}
        elif meaning not in ("url", "doi"):
            styles.add(meaning)
    return frozenset(styles)


def _target(text: str, open_: list[str]) -> str:
    if "doi" in open_:
        bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", text, flags=re.IGNORECASE)
        return "https://doi.org/" + quote(bare, safe="/:;()._-~!,@+=$'*", errors="replace")
    if "url" in open_ and re.match(r"(?i)(?:https?|ftp)://", text):
        return text
    return ""


def _with_doi_prefix(runs: list[Run]) -> Iterable[Run]:
    """Let the ``https://doi.org/`` that a style writes before a DOI be part of the link."""
    for place, run in enumerate(runs):
        found = _DOI_PREFIX.search(run.text)
        after = runs[place + 1] if place + 1 < len(runs) else None
        if found and not run.href and after and after.href.startswith("https://doi.org/"):
            yield Run(run.text[: found.start()], run.styles)
            yield Run(found[0], after.styles, after.href)
        else:
            yield run


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if last and (last.styles, last.href) == (run.styles, run.href):
            last = Run(last.text + run.text, run.styles, run.href)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last
