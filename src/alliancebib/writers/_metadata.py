"""What machines read in a page: COinS for reference managers, schema.org for search engines.

Both come from the reference itself, not from its formatted text; nothing is said that the reference does not hold.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from msgspec.structs import replace

from alliancebib.model import Name, PartialDate, Reference
from alliancebib.rich_text import without_markup

__all__ = ["coins", "schema_item"]

#: CSL type -> schema.org type; anything else is a CreativeWork.
_SCHEMA = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "entry-dictionary": "DefinedTerm",
    "legislation": "Legislation",
    "map": "Map",
    "paper-conference": "ScholarlyArticle",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "review": "Review",
    "software": "SoftwareSourceCode",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
_PERIODICALS = {"article-journal", "article-magazine", "article-newspaper"}
#: CSL type -> format and genre of OpenURL; anything else is Dublin Core.
_OPENURL = {
    "article-journal": ("journal", "article"),
    "article-magazine": ("journal", "article"),
    "article-newspaper": ("journal", "article"),
    "book": ("book", "book"),
    "chapter": ("book", "bookitem"),
    "entry-encyclopedia": ("book", "bookitem"),
    "paper-conference": ("book", "proceeding"),
    "report": ("book", "report"),
    "thesis": ("dissertation", ""),
}


def schema_item(reference: Reference) -> dict[str, object]:
    """Describe a reference in schema.org's words."""
    reference = _unmarked(reference)
    kind = _SCHEMA.get(reference.kind, "CreativeWork")
    item: dict[str, object] = {"@type": kind, "name": reference.title}
    item["author"] = [_agent(name) for name in reference.author if not name.others]
    item["editor"] = [_agent(name) for name in reference.editor if not name.others]
    item["datePublished"] = _iso(reference.issued)
    item["inLanguage"] = reference.language
    item["isPartOf"] = _container(reference)
    item["volumeNumber"] = reference.volume if reference.kind == "book" else ""
    item["pagination"] = reference.page
    item["bookEdition"] = reference.edition if kind == "Book" else ""
    item["publisher"] = {"@type": "Organization", "name": reference.publisher} if reference.publisher else ""
    item["isbn"] = reference.isbn if kind == "Book" else ""
    item["identifier"] = f"doi:{reference.doi}" if reference.doi else ""
    item["sameAs"] = "https://doi.org/" + quote(reference.doi, safe="/:;()._-") if reference.doi else ""
    item["url"] = reference.url
    item["archivedAt"] = reference.archive_url
    return {name: value for name, value in item.items() if value}


def _agent(name: Name) -> dict[str, str]:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    person = {"@type": "Person", "name": str(name), "givenName": name.given, "familyName": name.family}
    return {key: value for key, value in person.items() if value}


def _iso(date: PartialDate | None) -> str:
    """Give the part of a date that schema.org can say: year, month and day."""
    if date is None or date.year is None or not 1 <= date.year <= 9999:
        return ""
    return str(PartialDate(year=date.year, month=date.month, day=date.day))


def _unmarked(reference: Reference) -> Reference:
    """Give a reference whose titles are plain text, which is all that metadata can hold."""
    titles = {name: getattr(reference, name) for name in ("title", "container_title", "collection_title")}
    return replace(reference, **{name: without_markup(title) for name, title in titles.items()})


def _container(reference: Reference) -> object:
    if not reference.container_title:
        return ""
    if reference.kind not in _PERIODICALS:
        kind = "Book" if reference.kind in ("chapter", "paper-conference") else "CreativeWork"
        return {"@type": kind, "name": reference.container_title}
    whole: dict[str, object] = {"@type": "Periodical", "name": reference.container_title}
    if reference.issn:
        whole["issn"] = reference.issn
    if reference.volume:
        whole = {"@type": "PublicationVolume", "volumeNumber": reference.volume, "isPartOf": whole}
    if reference.issue:
        whole = {"@type": "PublicationIssue", "issueNumber": reference.issue, "isPartOf": whole}
    return whole


def coins(reference: Reference) -> str:
    """Give the context object (Z39.88-2004) of a reference, as the title of a COinS span."""
    reference = _unmarked(reference)
    form, genre = _OPENURL.get(reference.kind, ("dc", ""))
    inside = bool(reference.container_title) and genre not in ("book", "report")
    pairs = [("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"), ("rft.genre", genre)]
    if form == "dc":
        pairs += [("rft.title", reference.title), ("rft.source", reference.container_title)]
        pairs += [("rft.identifier", reference.url), ("rft.language", reference.language)]
    elif form == "journal":
        pairs += [("rft.atitle", reference.title), ("rft.jtitle", reference.container_title)]
        pairs += [("rft.volume", reference.volume), ("rft.issue", reference.issue), ("rft.issn", reference.issn)]
    elif form == "dissertation":
        pairs += [("rft.title", reference.title), ("rft.inst", reference.publisher)]
    else:
        pairs += [("rft.atitle", reference.title if inside else "")]
        pairs += [("rft.btitle", reference.container_title if inside else reference.title)]
        pairs += [
            ("rft.isbn", reference.isbn),
            ("rft.place", reference.publisher_place),
            ("rft.pub", reference.publisher),
        ]
    people = [name for name in reference.author if not name.others]
    if people and people[0].family and form != "dc":
        pairs += [("rft.aulast", people[0].family), ("rft.aufirst", people[0].given)]
    pairs += [("rft.creator" if form == "dc" else "rft.au", str(name)) for name in people]
    pairs += [("rft.date", _iso(reference.issued)), ("rft.pages", reference.page)]
    pairs += [("rft_id", f"info:doi/{reference.doi}" if reference.doi else reference.url)]
    return urlencode([(name, value) for name, value in pairs if value], errors="replace")
