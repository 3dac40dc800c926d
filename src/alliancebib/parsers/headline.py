"""Parser: a headline without an address, as lists of news have it: year, headline, outlet, remark, teaser.

In a section of news every line is one; elsewhere a line needs a date, an outlet, a remark or a by-line, or at least
the look of a sentence.
"""

from __future__ import annotations

from alliancebib.model import Reference
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.outline.signs import looks_like_reference, sentences_of
from alliancebib.page import Line, Section
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._headlines import dissect, is_news

__all__ = ["parse"]


def parse(line: Line, section: Section, *, page: str, outlets: Outlets | None = None) -> Reference | None:
    """Read a headline; None for what has addresses, or nothing of a headline outside a section of news.

    >>> parse(Line(number=1, text="2023. Summit ends in Minsk, TASS"), Section(title=""), page="x").container_title
    'TASS'
    """
    draft = Draft.of(line)
    if draft.urls:
        return None
    outlets = outlets or load_outlets()
    found = dissect(draft, outlets=outlets)
    title = draft.fields.get("title")
    if not isinstance(title, str):
        return None
    news = section.expects == "news"
    if not news and not found and (section.expects == "literature" or not _reads_like_one(title)):
        return None
    if not news and looks_like_reference(line.text):
        return None
    confidence = 0.9 if news else (0.8 if found else 0.5)
    kind = "article-newspaper" if is_news(draft, section, outlets) else "webpage"
    return draft.finish(by="headline", kind=kind, confidence=confidence, section=section, page=page)


def _reads_like_one(title: str) -> bool:
    words = title.split()
    uncased = title.upper() == title.lower()
    digits = sum(letter.isdigit() for letter in title)
    return sentences_of(title) <= 1 and digits <= 6 and (len(words) >= 4 or (uncased and len(title) >= 10))
