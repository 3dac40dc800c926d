"""Small CSL styles and items for tests: a layout comes in, a style or the text that it prints goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alliancebib.csl import Processor, Style, parse_style

__all__ = ["book", "cited", "entries", "name", "style_of", "style_xml"]

NAMESPACE = "http://purl.org/net/xbiblio/csl"


def style_xml(
    citation: str = "",
    bibliography: str = "",
    *,
    style_attributes: str = "",
    citation_attributes: str = "",
    bibliography_attributes: str = "",
    layout_attributes: str = "",
    citation_sort: str = "",
    sort: str = "",
    before: str = "",
) -> str:
    """Give a style; ``before`` stands before the citation (locales and macros), sorts are keys."""
    kind = "" if "class=" in style_attributes else 'class="in-text"'
    inner = citation or '<text variable="title"/>'
    layout = f"<layout {layout_attributes}>{inner}</layout>"
    keys = f"<sort>{citation_sort}</sort>" if citation_sort else ""
    below = ""
    if bibliography:
        below_sort = f"<sort>{sort}</sort>" if sort else ""
        below = f"<bibliography {bibliography_attributes}>{below_sort}<layout>{bibliography}</layout></bibliography>"
    return (
        f'<style xmlns="{NAMESPACE}" version="1.0" {kind} {style_attributes}>'
        f"<info><title>Small</title><id>small</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
        f"{before}<citation {citation_attributes}>{keys}{layout}</citation>{below}</style>"
    )


def style_of(citation: str = "", bibliography: str = "", **more: str) -> Style:
    """Give the same style, read."""
    return parse_style(style_xml(citation, bibliography, **more))


def name(family: str, given: str = "", **more: object) -> dict[str, object]:
    """Give a name in CSL-JSON."""
    return {"family": family, "given": given, **more}


def book(id_: str, **values: object) -> dict[str, object]:
    """Give a book in CSL-JSON; underscores in names of variables stand for hyphens, an int date is a year."""
    item: dict[str, object] = {"id": id_, "type": "book"}
    for key, value in values.items():
        issued = key == "issued" and isinstance(value, int)
        item[key.replace("_", "-")] = {"date-parts": [[value]]} if issued else value
    return item


def cited(
    layout: str,
    item: Mapping[str, object],
    *,
    cite: Mapping[str, object] | None = None,
    output: str = "text",
    locale: str = "en-US",
    **more: str,
) -> str:
    """Give one cite of one item in a layout."""
    processor = Processor(style_of(layout, **more), locale=locale, output=output)
    processor.register([{"id": "x", **item}])
    return processor.cite([{"id": str(item.get("id", "x")), **(cite or {})}])


def entries(
    layout: str, items: Sequence[Mapping[str, object]], *, output: str = "text", locale: str = "en-US", **more: str
) -> list[str]:
    """Give the entries of a bibliography."""
    processor = Processor(style_of("", layout, **more), locale=locale, output=output)
    processor.register(items)
    return [entry.text for entry in processor.bibliography().entries]
