"""Parser: a line with an address, typed or behind its text.

It becomes title and address, with what stands around the title, and with the date and DOI that the address tells.
"""

from __future__ import annotations

from alliancebib.model import Reference
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.page import Line, Section
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._headlines import dissect, is_news

__all__ = ["parse"]


def parse(line: Line, section: Section, *, page: str, outlets: Outlets | None = None) -> Reference | None:
    """Read a line with an address; None where it has none.

    The first address is the entry's; further ones are named in the provenance. In a section of news, and of a paper on
    its day, the entry is an article, elsewhere a web page. A date that only the address has is marked as inferred.

    >>> found = parse(Line(number=1, text="Drills https://a.org/2021/08/12/x"), Section(title=""), page="x")
    >>> found.title, str(found.issued), sorted(found.inferred)
    ('Drills', '2021-08-12', ['issued'])
    """
    draft = Draft.of(line)
    if not draft.urls:
        return None
    outlets = outlets or load_outlets()
    dissect(draft, outlets=outlets)
    if "title" not in draft.fields and "container_title" in draft.fields:
        draft.put("title", str(draft.fields.pop("container_title")))
    kind = "webpage"
    if is_news(draft, section, outlets):
        kind = "article-newspaper"
    elif "doi" in draft.fields:
        kind = "document"
    confidence = 0.9 if draft.fields.get("title") else 0.4
    return draft.finish(by="link", kind=kind, confidence=confidence, section=section, page=page)
