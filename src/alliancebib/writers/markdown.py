"""Markdown for a web editor or a repository: the sections of the source with formatted entries and links to follow.

What Markdown cannot hold: everything but what the style prints and the addresses. CommonMark; nothing in a field is
taken for markup.
"""

from __future__ import annotations

import re

from alliancebib.csl.output.formats import escape_markdown
from alliancebib.library import Library
from alliancebib.writers import Options, Written
from alliancebib.writers._sections import ListedEntry, ListedSection, sections_of

__all__ = ["SUFFIX", "compose", "write"]

SUFFIX = ".md"


def write(library: Library, options: Options = Options()) -> str:
    """Give the library as a document: its title, a heading for each section, a list item for each entry."""
    return compose(library, options).text


def compose(library: Library, options: Options = Options()) -> Written:
    """Give the document, and what was noticed when its entries were formatted."""
    title = options.title or next((page.title for page in library.pages if page.title), "")
    blocks = [f"# {_inline(title)}"] if title else []
    listed = sections_of(library, options, output="markdown")
    for section in listed.sections:
        heading = _heading(section)
        blocks += [f"## {heading}"] if heading else []
        blocks.append("\n".join(_item(entry) for entry in section.entries))
    return Written("\n\n".join(blocks) + "\n" if blocks else "", listed.findings)


def _heading(section: ListedSection) -> str:
    return _inline(": ".join(part for part in (section.page, section.title) if part))


def _inline(text: str) -> str:
    """Escape a heading; a row of number signs at its end would be dropped."""
    return escape_markdown(" ".join(text.split()))


def _item(entry: ListedEntry) -> str:
    links = [f"[{name}](<{_address(url)}>)" for name, url in entry.links if url.startswith(("http://", "https://"))]
    return "- " + " ".join([entry.text, *links])


def _address(url: str) -> str:
    return re.sub(r"[<>\\\s]", lambda found: f"%{ord(found[0]):02X}", url)
