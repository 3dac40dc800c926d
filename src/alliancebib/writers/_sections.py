"""A library as its sections: the headings of its pages in their order, each with its formatted entries.

What the writers for readers (Markdown, HTML) share. A merged reference stands in the section of its first origin; a
section whose heading announces news, literature or web pages may have a style of its own.
"""

from __future__ import annotations

import html
import re

import msgspec

from alliancebib.csl import format_references
from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.writers import Options

__all__ = ["Listed", "ListedEntry", "ListedSection", "sections_of"]


class ListedEntry(msgspec.Struct, frozen=True):
    """A reference with its formatted text, and the addresses that the text does not show: pairs of name and address."""

    reference: Reference
    text: str
    links: tuple[tuple[str, str], ...] = ()


class ListedSection(msgspec.Struct, frozen=True, kw_only=True):
    """A heading ("" above the first one), the name of its page where there are several, and its entries."""

    title: str
    page: str = ""
    expects: str = ""
    entries: tuple[ListedEntry, ...] = ()


class Listed(msgspec.Struct, frozen=True):
    """The sections, and what was noticed when their entries were formatted."""

    sections: tuple[ListedSection, ...]
    findings: tuple[Finding, ...]


def sections_of(library: Library, options: Options, *, output: str) -> Listed:
    """Give the sections in the order in which their first references stand, each with its references in order.

    Raises:
        UnknownName: There is no such style or locale.
        StyleError: A style cannot be used.
    """
    expects = {(page.name, section.title): section.expects for page in library.pages for section in page.sections}
    titles = {page.name: page.title or page.name for page in library.pages}
    groups: dict[tuple[str, str], list[int]] = {}
    for place, reference in enumerate(library):
        groups.setdefault((reference.origin.page, reference.origin.section), []).append(place)
    styles = {group: options.section_styles.get(expects.get(group, ""), options.style) for group in groups}
    texts, findings = _formatted(
        library, {place: styles[group] for group, places in groups.items() for place in places}, options, output
    )
    several = len({page for page, _ in groups}) > 1
    sections = tuple(
        ListedSection(
            title=title,
            page=titles.get(page, page) if several else "",
            expects=expects.get((page, title), ""),
            entries=tuple(_listed(library[place], texts[place]) for place in places),
        )
        for (page, title), places in groups.items()
    )
    return Listed(sections, findings)


def _formatted(
    library: Library, style_of: dict[int, str], options: Options, output: str
) -> tuple[dict[int, str], tuple[Finding, ...]]:
    """Format every reference in its style; all of one style in one run, so that numbers go on across sections."""
    texts: dict[int, str] = {}
    findings: list[Finding] = []
    for style in dict.fromkeys(style_of.values()):
        places = [place for place, name in style_of.items() if name == style]
        references = [library[place] for place in places]
        done = format_references(references, style=style, locale=options.locale, output=output, order="given")
        texts |= {place: entry.text for place, entry in zip(places, done.entries, strict=True)}
        findings += done.findings
    return texts, tuple(findings)


def _listed(reference: Reference, text: str) -> ListedEntry:
    shown = re.sub(r"\\([^\w\s])", r"\1", html.unescape(text))  # as a reader sees it, in HTML and in Markdown
    links = []
    if reference.doi and reference.doi not in shown:
        links.append(("DOI", f"https://doi.org/{reference.doi}"))
    if reference.url and not (reference.doi and reference.doi in reference.url.lower()):
        links.append(("Link", reference.url))
    if reference.archive_url:
        links.append(("Archived copy", reference.archive_url))
    return ListedEntry(reference, text, tuple((name, url) for name, url in links if not _shows(shown, url)))


def _shows(text: str, url: str) -> bool:
    """Say whether an address stands in a text for itself, not inside a longer one (as in that of an archived copy)."""
    return re.search(rf"(?<![\w/.:=]){re.escape(url)}(?![\w/?#=&%-])", text) is not None
