"""One self-contained page for readers: nothing is loaded from elsewhere, and without a script it is a complete list.

The skeleton, the style sheet and the script are the files of ``page/``; the policy in the head allows these two and
nothing else. Everything from a field is escaped for the place it goes to. Data for machines: COinS and schema.org.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import quote

import msgspec

from alliancebib.bibtex.writing import write_library
from alliancebib.finding import LinkState, Verdict
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.rich_text import without_nocase
from alliancebib.writers import Options, Written
from alliancebib.writers._metadata import coins, schema_item
from alliancebib.writers._sections import ListedEntry, ListedSection, sections_of
from alliancebib.writers._timeline import timeline

__all__ = ["SUFFIX", "compose", "write"]

SUFFIX = ".html"

#: Words for CSL types, where the type itself does not read well.
KINDS = {
    "article": "Preprint",
    "article-journal": "Journal article",
    "article-magazine": "Magazine article",
    "article-newspaper": "News",
    "entry-dictionary": "Dictionary entry",
    "entry-encyclopedia": "Encyclopedia entry",
    "motion_picture": "Film",
    "paper-conference": "Conference paper",
    "post-weblog": "Blog post",
    "review-book": "Book review",
    "webpage": "Web page",
}
#: Shape and word for what the last check said; never colour alone.
STATES = {Verdict.OK: ("✓", "works"), Verdict.DEAD: ("✕", "dead"), Verdict.UNCERTAIN: ("◇", "uncertain")}
OUTCOMES = {
    "moved": "works, moved",
    "gone": "gone",
    "invalid": "broken",
    "refused": "closed to robots",
    "unreachable": "no answer",
    "unknown": "unclear",
}
#: Nothing but the style sheet and the script of this page, known by their hashes.
POLICY = "default-src 'none'; style-src '{css}'; script-src '{js}'; img-src data:; base-uri 'none'; form-action 'none'"
_WORST = (Verdict.OK, Verdict.UNCERTAIN, Verdict.DEAD)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class _Item(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with what the page needs beside its text."""

    entry: ListedEntry
    anchor: str
    section: int
    state: LinkState | None
    bibtex: str


def write(library: Library, options: Options = Options()) -> str:
    """Give the library as one HTML page; references without a citation key get one, it is the entry's anchor."""
    return compose(library, options).text


def compose(library: Library, options: Options = Options()) -> Written:
    """Give the page, and what was noticed when its entries were formatted."""
    library = library.keyed()
    listed = sections_of(library, options, output="html")
    return Written(_page(library, listed.sections, options), listed.findings)


def _page(library: Library, sections: Sequence[ListedSection], options: Options) -> str:
    lists = _items(library, sections, options)
    items = [item for listed in lists for item in listed]
    title = options.title or next((page.title for page in library.pages if page.title), "") or "Bibliography"
    css, js = _file("page.css"), _file("page.js")
    texts = [
        _section(place, section, listed, options)
        for place, (section, listed) in enumerate(zip(sections, lists, strict=True))
    ]
    return Template(_file("page.html")).substitute(
        policy=POLICY.format(css=_hash(css), js=_hash(js)),
        title=_text(title),
        css=css,
        js=js,
        json=_json(title, items),
        summary=_summary(items),
        downloads=_downloads(options.downloads),
        controls=_controls(sections, items),
        contents=_contents(sections),
        years=timeline([item.entry.reference.year for item in items]),
        sections="\n".join(texts),
    )


def _items(library: Library, sections: Sequence[ListedSection], options: Options) -> list[list[_Item]]:
    """Join each entry of each section with what the page needs beside its text."""
    anchors = _anchors(library)
    return [
        [
            _Item(
                entry=entry,
                anchor=anchors[entry.reference.id, entry.reference.key],
                section=place,
                state=_state(entry.reference, options),
                bibtex=write_library(Library([entry.reference]), classic=True).strip(),
            )
            for entry in section.entries
        ]
        for place, section in enumerate(sections)
    ]


def _file(name: str) -> str:
    return (files("alliancebib.writers") / "page" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _text(text: str) -> str:
    """Escape for running text and for attributes; control characters, which HTML forbids, go."""
    return escape(re.sub(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text))


def _anchors(library: Library) -> dict[tuple[str, str], str]:
    """Give each reference an id that is unique on the page: its citation key without blanks."""
    taken = {"list", "filters", "shown", "nothing"}
    anchors = {}
    for reference in library:
        base = re.sub(r"\s+", "-", reference.key) or "entry"
        base = f"ref-{base}" if re.fullmatch(r"section-\d+", base) else base
        numbers = (f"{base}-{number}" for number in range(2, len(library) + 9))
        anchor = base if base not in taken else next(name for name in numbers if name not in taken)
        taken.add(anchor)
        anchors[reference.id, reference.key] = anchor
    return anchors


def _state(reference: Reference, options: Options) -> LinkState | None:
    """Give the worst state of the work's own addresses; None when none was ever checked."""
    addresses = [reference.url, f"https://doi.org/{reference.doi}"] if reference.doi else [reference.url]
    states = [options.links[url] for url in addresses if url in options.links]
    known = [state for state in states if state.checked and state.outcome != "skipped"]
    return max(known, key=lambda state: _WORST.index(state.verdict)) if known else None


def _json(title: str, items: Sequence[_Item]) -> str:
    """Give schema.org's list of the entries, safe inside a script element."""
    listed = [
        {"@type": "ListItem", "position": place, "item": schema_item(item.entry.reference)}
        for place, item in enumerate(items, start=1)
    ]
    whole = {"@context": "https://schema.org", "@type": "ItemList", "name": title, "numberOfItems": len(items)}
    text = json.dumps({**whole, "itemListElement": listed}, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _summary(items: Sequence[_Item]) -> str:
    years = [item.entry.reference.year for item in items if item.entry.reference.year]
    span = f", {min(years)}–{max(years)}" if years else ""
    states = [item.state for item in items if item.state]
    # Where nothing is said of good links, what is known is not the state of a day.
    good = any(state.verdict is Verdict.OK for state in states)
    checked = max((state.checked for state in states if good), default="")
    last = f'. Links last checked <time datetime="{_text(checked)}">{_text(checked)}</time>.' if checked else "."
    return f"{len(items)} {'entry' if len(items) == 1 else 'entries'}{span}{last}"


def _downloads(names: Iterable[str]) -> str:
    """Give links to the files beside the page, but for the page itself."""
    others = [name for name in names if not name.endswith(SUFFIX)]
    links = [f'<li><a href="{_text(quote(name))}" download>{_text(name)}</a></li>' for name in others]
    return f'<nav aria-label="Downloads"><ul class="downloads">{"".join(links)}</ul></nav>' if links else ""


def _controls(sections: Sequence[ListedSection], items: Sequence[_Item]) -> str:
    kinds = Counter(_kind(item.entry.reference) for item in items)
    links = Counter(_link_value(item) for item in items)
    names = [(str(place), _heading(section), len(section.entries)) for place, section in enumerate(sections)]
    states = [(verdict.value, " ".join(STATES[verdict]), links[verdict.value]) for verdict in Verdict if links[verdict]]
    states += [("unchecked", "not checked", links["unchecked"])] if links["ok"] and links["unchecked"] else []
    chips = "".join(
        (
            _chips("Section", "section", names),
            _chips("Kind", "kind", [(name, name, count) for name, count in sorted(kinds.items())]),
            _chips("Links", "link", states),
        )
    )
    return (
        '<form id="filters" class="needs-js" role="search" autocomplete="off">\n'
        '<div class="search"><label for="search">Search</label>'
        '<input type="search" id="search" name="search" placeholder="Title, name, outlet, year"></div>\n'
        f"<details open><summary>Filters</summary>{chips}"
        '<fieldset><legend>Years</legend><div class="from-to">'
        '<input type="number" name="from" aria-label="From year" placeholder="from"><span>to</span>'
        '<input type="number" name="to" aria-label="To year" placeholder="to"></div></fieldset></details>\n'
        '<button type="reset" class="reset">Show all</button>\n</form>'
    )


def _chips(legend: str, name: str, values: Sequence[tuple[str, str, int]]) -> str:
    """Give the chips of one property; none where there is nothing to choose."""
    if len(values) < 2:
        return ""
    chips = "".join(
        f'<label class="chip"><input type="checkbox" name="{name}" value="{_text(value)}">'
        f'<span dir="auto">{_text(_shortened(label))} ({count})</span></label>'
        for value, label, count in values
    )
    return f'<fieldset><legend>{legend}</legend><div class="chips">{chips}</div></fieldset>\n'


def _shortened(text: str) -> str:
    return text if len(text) <= 44 else text[:43].rstrip() + "…"


def _kind(reference: Reference) -> str:
    return KINDS.get(reference.kind) or re.sub("[-_]", " ", reference.kind).capitalize()


def _link_value(item: _Item) -> str:
    if item.state:
        return item.state.verdict.value
    return "unchecked" if item.entry.reference.url or item.entry.reference.doi else "none"


def _contents(sections: Sequence[ListedSection]) -> str:
    if len(sections) < 2:
        return ""
    links = "".join(
        f'<li><a href="#section-{place}" dir="auto">{_text(_heading(section))}</a></li>'
        for place, section in enumerate(sections, start=1)
    )
    return f'<nav aria-label="Sections"><details open><summary>Contents</summary><ul>{links}</ul></details></nav>'


def _heading(section: ListedSection) -> str:
    return ": ".join(part for part in (section.page, section.title) if part) or "References"


def _section(place: int, section: ListedSection, items: Sequence[_Item], options: Options) -> str:
    name = f"section-{place + 1}"
    language = f' lang="{options.locale}"' if _LANGUAGE.fullmatch(options.locale) else ""
    entries = "\n".join(_entry(item) for item in items)
    return (
        f'<section aria-labelledby="{name}">\n'
        f'<h2 id="{name}"><bdi>{_text(_heading(section))}</bdi> <span class="count">({len(items)})</span></h2>\n'
        f'<ul class="entries"{language}>\n{entries}\n</ul>\n</section>'
    )


def _entry(item: _Item) -> str:
    reference, entry = item.entry.reference, item.entry
    links = "".join(
        f' <a class="named" href="{_text(url)}">{name}</a>'
        for name, url in entry.links
        if url.lower().startswith(("http://", "https://"))
    )
    year = f' data-year="{reference.year}"' if reference.year is not None else ""
    return (
        f'<li class="entry" id="{_text(item.anchor)}" data-section="{item.section}"'
        f' data-kind="{_text(_kind(reference))}" data-link="{_link_value(item)}"{year}>\n'
        f'<p class="text" dir="auto"><span class="citation">{_with_language(entry.text, reference)}</span>{links}'
        f'<span class="Z3988" title="{_text(coins(reference))}"></span></p>\n'
        f"{_tools(item)}\n</li>"
    )


def _tools(item: _Item) -> str:
    """Give what can be done with an entry; every name says which entry is meant."""
    key = _text(item.anchor)
    return (
        f'<div class="tools" lang="en">{_mark(item.state)}'
        f'<button type="button" class="needs-js" data-copy="citation" aria-label="Copy citation of {key}">'
        "Copy citation</button>"
        f'<button type="button" class="needs-js" data-copy="bibtex" aria-label="Copy BibTeX of {key}">'
        "Copy BibTeX</button>"
        f"<details><summary>BibTeX</summary><pre>{_text(item.bibtex)}</pre></details>"
        f'<a class="permalink" href="#{_text(quote(item.anchor))}" aria-label="Permalink to {key}">#{key}</a></div>'
    )


def _mark(state: LinkState | None) -> str:
    if state is None:
        return ""
    shape, word = STATES[state.verdict]
    word = OUTCOMES.get(state.outcome, word)
    return (
        f'<span class="state {state.verdict.value}"><b><span aria-hidden="true">{shape}</span> link {word}</b>'
        f' <time datetime="{_text(state.checked)}">{_text(state.checked)}</time></span>'
    )


def _as_printed(title: str) -> re.Pattern[str]:
    """Give a pattern of a title whose quotation marks and blanks may have been set in the shapes of a language."""
    pattern = re.sub("[\"'“”‘’«»]", "[\"'“”‘’«»„‚]", re.escape(title))
    return re.compile(pattern.replace("\\ ", "[ \u00a0\u202f]"))


def _with_language(text: str, reference: Reference) -> str:
    """Set the title apart, with its language where it is known, so that scripts of two directions do not mix."""
    title = _as_printed(escape(" ".join(without_nocase(reference.title).split()), quote=False))
    language = f' lang="{reference.language}"' if _LANGUAGE.fullmatch(reference.language) else ""
    parts = re.split(r"(<[^>]*>)", text)
    for place in range(0, len(parts) if reference.title.strip() else 0, 2):
        found = title.search(parts[place])
        if found:
            before, after = parts[place][: found.start()], parts[place][found.end() :]
            parts[place] = f"{before}<bdi{language}>{found[0]}</bdi>{after}"
            break
    return "".join(parts)
