"""Shelf: one line of a page becomes one reference, if the parser knows the shape; they are asked in order.

Parsing never raises on text. The spans of a reference and its leftover tile the raw line. `parse_lines` takes a whole
page whose outline was made, `parse_reference` one string; what no parser understands stays, as a document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.model import Origin, Reference, Span, reference_id
from alliancebib.outline import TOO_LONG
from alliancebib.outline.addresses import addresses_of, doi_in
from alliancebib.outline.credits import source_of
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.outline.signs import looks_cited, looks_like_reference
from alliancebib.outline.tails import outlet_at_start
from alliancebib.outline.words import plain
from alliancebib.page import REFERENCES, Line, Link, Page, Role, Section
from alliancebib.parsers import citation, headline, labelled, legal, link, notes, scholar
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._emphasis import unmarked
from alliancebib.parsers._evidence import is_reference
from alliancebib.parsers._names import read_names
from alliancebib.parsers._readings import CERTAIN, SURE, explains_more, marks_left
from alliancebib.parsers._refined import refined
from alliancebib.parsers._shapes import names_behind_a_title, repeated_title

__all__ = ["Parser", "parse_lines", "parse_reference"]

#: Below this an entry is reported as uncertain.
_DOUBTFUL = 0.5
#: Elsewhere than in a list of literature the labels are taken from here on, against a style that fits or fits less.
_LIKELY, _POOR = 0.5, 0.25
#: '"Title." Whatever it stands in, ': no headline has its full stop within the quotation marks.
_CLOSED_TITLE = re.compile(r"\s*(?:\"[^\"]{4,300}[.?!]\"|“[^“”]{4,300}[.?!]”)\s[^\Wa-z_][^,]{1,80},\s")
#: A title on a line of its own is believed from this many characters on.
_TITLE = 15


class Parser(Protocol):
    """What a module on this shelf offers."""

    def parse(self, line: Line, section: Section, *, page: str) -> Reference | None:
        """Read the line of the named page; give None where it has not the shape that this parser knows."""
        ...


def parse_lines(page: Page, *, outlets: Sequence[str | Path] = ()) -> Library:
    """Turn each entry of a page into a reference; findings say what is uncertain, left over or too long.

    The page has its outline already: only lines whose role is entry are read. ``outlets`` are TOML files with further
    outlets. The library names the page, so that its other lines can be looked at.
    """
    known = load_outlets(outlets)
    references: list[Reference] = []
    findings: list[Finding] = []
    seen: Counter[str] = Counter()
    for line, above, below in zip(page.lines, (None, *page.lines), (*page.lines[1:], None), strict=False):
        if len(line.text) > TOO_LONG:
            findings.append(_too_long(page, line))
        elif line.role is Role.ENTRY and line.text.strip():
            linked = _with_link_below(line, below)
            reference = _parsed(linked, page.section_of(line), page.name, known)
            if count := seen[line.text]:
                reference = replace(reference, id=reference_id(page.name, line.text, count))
            seen[line.text] += 1
            reference = _with_source_below(_with_link_above(reference, above), below, known)
            references.append(reference)
            findings += _noticed(reference)
    if not references:
        findings.append(_nothing(page))
    return Library(references, findings=findings, pages=(page,))


def parse_reference(text: str, *, page: str = "text") -> Reference:
    """Read one string as a reference: a reference string, a line with an address, or a headline.

    >>> parse_reference("Hello").kind, parse_reference("Hello").confidence
    ('document', 0.0)
    """
    return _parsed(Line(number=1, text=text), REFERENCES, page, load_outlets())


def _parsed(line: Line, section: Section, page: str, outlets: Outlets) -> Reference:
    if len(line.text) > TOO_LONG:
        return _unknown(line, section, page)
    plain_line = unmarked(line)
    found = refined(_read(plain_line.line if plain_line else line, section, page, outlets), outlets)
    return plain_line.restored(found) if plain_line else found


def _read(line: Line, section: Section, page: str, outlets: Outlets) -> Reference:
    return (
        _copied(line, section, page, outlets)
        or legal.parse(line, section, page=page, outlets=outlets)
        or _between_commas(line, section, page, outlets)
        or _reference_string(line, section, page, outlets)
        or link.parse(line, section, page=page, outlets=outlets)
        or headline.parse(line, section, page=page, outlets=outlets)
        or _unknown(line, section, page)
    )


def _copied(line: Line, section: Section, page: str, outlets: Outlets) -> Reference | None:
    """Read what was copied from a search engine; among news no headline with outlet and day whose author is nobody."""
    found = scholar.parse(line, section, page=page, outlets=outlets)
    people = found is not None and any(name.given for name in (*found.author, *found.editor))
    return None if section.expects == "news" and not people and _is_news(line, found, section, page, outlets) else found


def _between_commas(line: Line, section: Section, page: str, outlets: Outlets) -> Reference | None:
    """Read a reference whose parts stand between commas; elsewhere than among literature one that somebody signed."""
    found = notes.parse(line, section, page=page, outlets=outlets)
    if found is None or section.expects == "literature" or found.kind == "broadcast":
        return found
    kept = found.publisher or found.container_title or "genre" in found.provenance[0].fields
    quoted = any(f"{mark}{found.title}" in line.text for mark in "“‘«„\"'")
    of_a_day = found.url and found.issued and found.issued.day
    if found.author and ("number" in found.extra or (quoted and of_a_day)):
        return found
    if found.author and found.url and found.accessed and kept:
        return found
    if kept and any(name.given for name in (*found.author, *found.editor)):
        return found
    return found if section.expects != "news" and looks_like_reference(line.text) else None


def _reference_string(  # noqa: PLR0911 - one way out for each reading
    line: Line, section: Section, page: str, outlets: Outlets
) -> Reference | None:
    """Read a reference string: by the labels of its words, or in a known style where one is the better reading.

    The known styles are asked only where they can win, for they take longer than the labels.
    """
    if section.expects == "news" and outlet_at_start(line.text, 0, len(line.text), outlets=outlets):
        return None
    found = labelled.parse(line, section, page=page, outlets=outlets)
    if found and _parts_a_link(line, found):
        return citation.parse(line, section, page=page, outlets=outlets)
    may_be_news = section.expects != "literature" or not (found and (found.author or found.volume or found.page))
    if may_be_news and _is_news(line, found, section, page, outlets):
        return None
    if (
        found
        and found.confidence >= SURE
        and not marks_left(found)
        and _is_one(line, found, section)
        and not _may_have_link_title(line, found, section)
        and " // " not in line.text  # GOST's mark, which the labels know little of
    ):
        return found
    known = citation.parse(line, section, page=page, outlets=outlets)
    if known is None:
        refused = found and not _is_one(line, found, section)
        news = section.expects == "news" and _has_outlet(line, section, page, outlets)
        return None if refused or news else found
    if (
        found is None
        or known.origin.link_title
        or (" // " in line.text and known.provenance[0].actor == "gost")
        or _has_linked_title_in_front(line, known)
    ):
        return known  # the labels know nothing of a title in front of the names
    poorer = found.confidence < _wanted(known.confidence, section)
    return known if poorer or explains_more(known, found, line) else found


def _has_outlet(line: Line, section: Section, page: str, outlets: Outlets) -> bool:
    shown = headline.parse(line, section, page=page, outlets=outlets)
    return shown is not None and bool(shown.container_title)


def _is_news(line: Line, found: Reference | None, section: Section, page: str, outlets: Outlets) -> bool:
    """Say whether a line is a headline with outlet and day, before which the labels find no person."""
    signed = any(name.given and name.family[:1].isupper() for name in (found.author if found else ()))
    if signed and not any(found and found.title not in line.text[link.start : link.end] for link in line.links):
        return False
    shown = link.parse(line, section, page=page, outlets=outlets) or headline.parse(
        line, section, page=page, outlets=outlets
    )
    issued = shown.issued if shown and "issued" not in shown.inferred else None
    if shown is None or issued is None or issued.day is None:
        return False
    return outlets.knows(shown.container_title) and not shown.page


def _parts_a_link(line: Line, found: Reference) -> bool:
    """Say whether the labels find names in the text of a link that is no reference by itself: it is a title, then."""
    names = [span for span in found.spans if span.field in ("author", "editor")]
    return any(
        link.start <= span.start and span.end <= link.end and not looks_like_reference(line.text[link.start : link.end])
        for link in line.links
        for span in names
    )


def _is_one(line: Line, found: Reference, section: Section) -> bool:
    """Say whether a line is a reference string: by what the labels found in it, or by its shape."""
    cited = section.expects == "literature" and looks_cited(line.text)
    cited = cited or (section.expects != "news" and _CLOSED_TITLE.match(line.text) is not None)
    return cited or is_reference(found, section) or looks_like_reference(line.text)


def _has_linked_title_in_front(line: Line, known: Reference) -> bool:
    fields = [span.field for span in known.spans if span.field not in ("number", "url")]
    return bool(known.author) and fields[:1] == ["title"] and Draft.of(line).link_end > 0


def _may_have_link_title(line: Line, found: Reference, section: Section) -> bool:
    """Say whether the title of a link may stand in front: it is a link, or comes again, or names stand behind it."""
    draft = Draft.of(line)
    stretch = (draft.view, *draft.extent())
    if any(address.has_text for address in draft.addresses) or repeated_title(*stretch):
        return True
    fields = [span.field for span in found.spans if span.field != "number"]
    titled = section.expects == "literature" or fields[:1] not in (["author"], ["editor"])
    return titled and names_behind_a_title(*stretch) is not None


def _wanted(confidence: float, section: Section) -> float:
    """Say how sure the labels must be to be taken for what a known style reads: more under a heading of literature.

    There stand lists that people keep, which the known styles were made for; a string alone comes from anywhere.
    ``confidence`` is that of the known style; none wants more than one that fits.
    """
    fits = confidence >= CERTAIN
    if section.expects == "literature":
        return SURE if fits else min(SURE, confidence)
    return _LIKELY if fits else _POOR


def _with_link_below(line: Line, below: Line | None) -> Line:
    """Give a line the address that stands alone on the line below it."""
    if below is None or below.role is not Role.LABEL or line.links or addresses_of(line):
        return line
    found = [one for one in addresses_of(below) if not one.has_text]
    return replace(line, links=(Link(found[0].url, 0, len(line.text)),)) if found else line


def _with_link_above(reference: Reference, above: Line | None) -> Reference:
    """Take the address of a linked title that stands on a line of its own above its reference."""
    if above is None or above.role is not Role.LABEL or not reference.title or reference.url:
        return reference
    title = plain(above.text)
    urls = [one.url for one in addresses_of(above) if one.url.startswith("http")]
    if not urls or len(title) < _TITLE or not plain(reference.title).startswith(title):
        return reference
    changes = {"url": urls[0]} | ({"doi": doi} if (doi := doi_in(urls[0])) and not reference.doi else {})
    return reference.amended("link", changes, note="the title on the line above leads there")


def _with_source_below(reference: Reference, below: Line | None, outlets: Outlets) -> Reference:
    """Take outlet and date of a headline that stand on the line below it."""
    if below is None or below.role is not Role.LABEL or reference.container_title:
        return reference
    source = source_of(below, outlets=outlets)
    if source is None:
        return reference
    dated = source.date and (reference.issued is None or "issued" in reference.inferred)
    changes: dict[str, object] = {"container_title": source.outlet} | ({"issued": source.date} if dated else {})
    names = read_names(source.byline, given_first=True) if source.byline and not reference.author else None
    changes |= {"author": names} if names else {}
    changes |= {"url": source.url} if source.url and not reference.url else {}
    of_a_day = source.date is not None and source.date.day is not None
    changes |= {"kind": "article-newspaper"} if of_a_day and outlets.is_press(source.outlet) else {}
    return reference.amended("headline", changes, note="the line below names its outlet")


def _unknown(line: Line, section: Section, page: str) -> Reference:
    """Keep a line that nobody understands: its text is the title, and nobody is sure of it."""
    if len(line.text) > TOO_LONG or not line.text.strip():
        origin = Origin(page=page, section=section.title, line=line.number, column=line.column, raw=line.text)
        spans = (Span("title", 0, len(line.text)),) if line.text else ()
        return Reference(id=reference_id(page, line.text), title=line.text, origins=(origin,), spans=spans)
    draft = Draft.of(line)
    start, end = draft.extent()
    draft.fields["title"] = line.text
    draft.mark("title", start, end)
    return draft.finish(by="text", kind="document", confidence=0.0, section=section, page=page)


def _noticed(reference: Reference) -> list[Finding]:
    found = []
    if reference.confidence < _DOUBTFUL:
        found.append(
            Finding.of(
                "AB101",
                _uncertain(reference),
                origin=reference.origin,
                reference=reference.id,
            )
        )
    found += [
        Finding.of("AB102", f"No field explains `{_short(piece)}`.", origin=reference.origin, reference=reference.id)
        for piece in reference.leftover
    ]
    return found


def _uncertain(reference: Reference) -> str:
    """Say which fields are more probably wrong than right, where it is not all of them."""
    line = f"`{_short(reference.origin.raw)}`"
    sure = reference.confidence_of_fields()
    *names, last = [field.replace("_", " ") for field, value in sure.items() if value < _DOUBTFUL] or [""]
    if not last or len(names) + 1 == len(sure):
        return f"The fields of {line} are uncertain."
    if names:
        return f"The {', '.join(names)} and {last} of {line} are uncertain."
    return f"The {last} of {line} is uncertain."


def _too_long(page: Page, line: Line) -> Finding:
    origin = Origin(page=page.name, line=line.number, column=line.column)
    return Finding.of("AB108", f"Line {line.number} has {len(line.text)} characters and was not read.", origin=origin)


def _nothing(page: Page) -> Finding:
    text = f"No line of {page.name} looks like an entry." if page.lines else f"{page.name} is empty."
    return Finding.of("AB105", text, origin=Origin(page=page.name))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
