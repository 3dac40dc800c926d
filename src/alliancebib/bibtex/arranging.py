"""biblatex's many fields beside the fewer that `reading` and `writing` know: `arrange` joins them, `spread` divides.

The fields of one entry come in and go out, with their TeX source. A variable of CSL that has no field of its own stands
in ``csl-NAME`` between the two. Sections are those of the manual of biblatex 3.20.
"""

from __future__ import annotations

import re
from collections.abc import Container

from alliancebib.bibtex.as_read import BETWEEN_BODIES
from alliancebib.bibtex.eprints import eprint_address
from alliancebib.bibtex.fields import BODIES, CODES, KEYS, OURS, PART, SERIALS, SORTS, TITLE_PARTS, VARIANTS
from alliancebib.bibtex.kinds import container_field, publisher_field
from alliancebib.bibtex.literal_lists import bare_list, list_parts, list_source
from alliancebib.bibtex.roles import arrange_roles, spread_roles
from alliancebib.bibtex.tex import decode

__all__ = ["arrange", "spread"]

_VOLUME_TITLE = "csl-volume-title"
_CONTAINER_TITLE = "csl-container-title"
_JURISDICTION = "csl-jurisdiction"
_KEY_OF = {field: {words: key for key, words in table.items()} for field, table in KEYS.items()}
_ADDRESS = re.compile(r"\\(?:url|path|nolinkurl)\b|https?://")
_VARIANT = re.compile(r"\{?\s*variant\s*=\s*(\w+)\s*\}?")


def arrange(type_: str, fields: dict[str, str]) -> dict[str, str]:
    """Bring what was read into the fields that there is a reading for; give those that must stay as they are.

    >>> fields = {"title": "Phaedo", "maintitle": "Works"}
    >>> arrange("book", fields), fields
    ({}, {'title': 'Works', 'csl-volume-title': 'Phaedo'})
    """
    biblatex = type_ in SORTS["type_signs"] or _has_signs(fields)
    aside = _for_children(type_, fields)
    _arrange_titles(type_, fields)
    for name in SORTS["lists"].intersection(fields):
        if not _ADDRESS.search(fields[name]):
            fields[name] = bare_list(fields[name], biblatex=biblatex)
    if type_ == "patent" and "location" in fields and _JURISDICTION not in fields:  # section 2.1.1, @patent
        fields[_JURISDICTION] = "; ".join(_word("location", part) for part in fields.pop("location").split("; "))
    aside |= _arrange_bodies(type_, fields)
    for name in ("pubstate", "series"):
        if name in fields:
            fields[name] = _word(name, fields[name])
    _arrange_language(fields)
    arrange_roles(fields)
    if "addendum" in fields:  # what is printed at the end of the entry, as a note is
        fields["note"] = _sentences(fields.get("note", ""), fields.pop("addendum"))
    told = "url" in fields or _ADDRESS.search(fields.get("howpublished", ""))
    if "eprint" in fields and not told and (address := eprint_address(fields)):
        fields["url"] = address
    return aside


def _has_signs(fields: Container[str]) -> bool:
    """Say whether an entry was written for biblatex.

    A `date` beside a `year` tells BibTeX nothing and biblatex what `year` cannot, as in entries for both programs: it
    is no sign, so that adding it changes no reading of the other fields.
    """
    return any(name in fields for name in SORTS["signs"] if name != "date" or "year" not in fields)


def _arrange_language(fields: dict[str, str]) -> None:
    """Let ``langid`` be the variant that ``langidopts`` names: British English is a language of its own for babel."""
    if "langidopts" not in fields:
        return
    variant = _VARIANT.fullmatch(fields["langidopts"])
    name = VARIANTS.get(variant[1].lower(), "") if variant else ""
    langid = fields.get("langid", "").lower()
    language = CODES.get(langid, langid)
    if language and CODES.get(name, "").startswith(language[:2]):
        fields["langid"] = name
        del fields["langidopts"]


def _for_children(type_: str, fields: dict[str, str]) -> dict[str, str]:
    """Take out the ``booktitle`` that a book has for its parts to inherit (BibTeXing 2.1, on cross-references)."""
    if "booktitle" not in fields or "title" not in fields or type_ in SORTS["in_books"]:
        return {}
    if type_ in SORTS["parents"] or _same(fields["booktitle"], fields["title"]):
        return {name: fields.pop(name) for name in ("booktitle", *TITLE_PARTS["booktitle"]) if name in fields}
    return {}


def _same(one: str, other: str) -> bool:
    return decode(one).strip().lower() == decode(other).strip().lower()


def _arrange_titles(type_: str, fields: dict[str, str]) -> None:
    for title, (subtitle, annex) in TITLE_PARTS.items():
        if annex in fields and (head := next((name for name in (subtitle, title) if name in fields), "")):
            fields[head] = _sentences(fields[head], fields.pop(annex))
    if _VOLUME_TITLE in fields:
        return
    if "issuetitle" in fields:  # CSL means the variable for special issues, too (appendix IV)
        fields[_VOLUME_TITLE] = _whole(fields, "issuetitle")
    elif "maintitle" in fields and type_ not in SERIALS:
        own = "booktitle" if type_ in SORTS["in_books"] else "title"
        volume = _whole(fields, own)
        fields[own] = _whole(fields, "maintitle")
        if volume and not _same(volume, fields[own]):
            fields[_VOLUME_TITLE] = volume


def _whole(fields: dict[str, str], name: str) -> str:
    """Take a title and its subtitle."""
    title, subtitle = fields.pop(name, ""), fields.pop(TITLE_PARTS[name][0], "")
    if not (title and subtitle):
        return title or subtitle
    return f"{title}{' ' if decode(title).rstrip().endswith(('?', '!', ':')) else ': '}{subtitle}"


def _sentences(first: str, second: str) -> str:
    text = decode(first).rstrip()
    if not text:
        return second
    return f"{first}{' ' if text.endswith(('.', '?', '!', ':', ';', ',')) else '. '}{second}"


def _arrange_bodies(type_: str, fields: dict[str, str]) -> dict[str, str]:
    """Join all the bodies that published the work, which biblatex prints one behind the other.

    Give their sources as parts, to be kept.
    """
    container = container_field(type_)
    names = [name for name in BODIES if name in fields and name != container and not _ADDRESS.search(fields[name])]
    if len(names) < 2:
        return {}
    sources = {decode(fields[name]).strip().lower(): fields[name] for name in names}
    parts = {name: fields.pop(name) for name in names}
    own = publisher_field(type_)
    fields[own if own not in fields else "publisher"] = BETWEEN_BODIES.join(sources.values())
    return {PART.removeprefix(OURS) + name: source for name, source in parts.items()}


def _word(name: str, source: str) -> str:
    """Give the words of a localisation key, or the source as it is."""
    return KEYS[name].get(source.strip("{} ").lower(), source)


def spread(
    type_: str, fields: dict[str, str], *, container: bool, classic: bool, raw: Container[str] = frozenset()
) -> None:
    """Bring what is to be written into the fields of the dialect.

    ``container`` says that the work has one, ``raw`` names the fields that are written as they were read.

    >>> fields = {"booktitle": "{Works}", "csl-volume-title": "{Phaedo}", "publisher": "{A and B}"}
    >>> spread("incollection", fields, container=True, classic=True)
    >>> fields
    {'booktitle': '{Phaedo}', 'publisher': '{{A and B}}', 'maintitle': '{Works}'}
    """
    _spread_titles(type_, fields, container=container)
    if type_ == "patent":
        if "location" in fields and "address" not in fields:
            fields["address"] = fields.pop("location")
        if _JURISDICTION in fields and "location" not in fields:
            fields["location"] = fields.pop(_JURISDICTION)
    for name in (
        name for name in SORTS["lists"].intersection(fields) if name not in raw and not _ADDRESS.search(fields[name])
    ):
        fields[name] = f"{{{list_source(fields[name][1:-1], classic=classic)}}}"
    if type_ == "patent" and "location" in fields and not classic:
        parts = list_parts(fields["location"][1:-1])
        fields["location"] = f"{{{' and '.join(_KEY_OF['location'].get(part.strip('{}'), part) for part in parts)}}}"
    if not classic:
        for name in ("pubstate", "series"):
            if name in fields:
                words = fields[name][1:-1]
                fields[name] = f"{{{_KEY_OF[name].get(words, words)}}}"
        if fields.get("url") == f"{{{eprint_address(fields)}}}":  # biblatex prints the one that it makes of `eprint`
            del fields["url"]
    spread_roles(fields)


def _spread_titles(type_: str, fields: dict[str, str], *, container: bool) -> None:
    own = "booktitle" if type_ in SORTS["in_books"] else "title"
    if _VOLUME_TITLE in fields and type_ in SERIALS:
        fields["issuetitle"] = fields.pop(_VOLUME_TITLE)
    elif {_VOLUME_TITLE, own} <= fields.keys() and not (
        "maintitle" in fields or _same(fields[own], fields[_VOLUME_TITLE])
    ):
        fields["maintitle"], fields[own] = fields[own], fields.pop(_VOLUME_TITLE)
    if container and (kept := _for_children(type_, fields)):
        fields |= kept
        fields[_CONTAINER_TITLE] = fields.pop("booktitle")
