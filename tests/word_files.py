"""Word documents made of their XML, as small as they can be: for tests of what python-docx itself cannot write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_KINDS = {"styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "hdr": "header"}
STYLES = """
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Meine"><w:name w:val="Meine"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Tief"><w:name w:val="Tief"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Liste"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Kreis"><w:name w:val="Kreis"/><w:basedOn w:val="Kreis"/></w:style>
<w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
"""


def word_file(
    body: str, *, parts: Mapping[str, str] | None = None, links: Mapping[str, str] | None = None, styles: str = STYLES
) -> bytes:
    """Pack a body, further parts by the names of their root elements, and external links by their ids."""
    roots = {"styles": styles, **(parts or {})}
    types = [
        _type("document", "document.main"),
        *(_type(name, _KINDS[name]) for name in roots),
    ]
    inner = [_relation(name, _KINDS[name], f"{name}.xml") for name in roots]
    outer = [_relation(key, "hyperlink", url, outside=True) for key, url in (links or {}).items()]
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>' + "".join(types) + "</Types>",
        "_rels/.rels": _relations([_relation("d", "officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations([*inner, *outer]),
        **{f"word/{name}.xml": f"<w:{name} {_SPACES}>{text}</w:{name}>" for name, text in roots.items()},
    }
    return packed(members)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Pack members into an archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return archive.getvalue()


def p(*texts: str, style: str = "", inside: str = "") -> str:
    """Give a paragraph of runs."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{properties}{runs}{inside}</w:p>"


def _type(name: str, kind: str) -> str:
    stem = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return f'<Override PartName="/word/{name}.xml" ContentType="{stem}.{kind}+xml"/>'


def _relation(key: str, kind: str, target: str, *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def _relations(relations: list[str]) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(relations)}</Relationships>'
