"""Metadata of DataCite (schema 4, as its REST API gives it in JSON) become references; nothing it holds raises.

The types are mapped by hand to kinds of CSL; text is cleaned as that of other services is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from alliancebib.identifiers import without_resolver
from alliancebib.model import ExtraValue, Name, PartialDate, Provenance, Reference, reference_id
from alliancebib.resolvers._markup import calm_name, calm_title, plain
from alliancebib.updates import Update, updates_as_text

__all__ = ["ACTOR", "attributes_to_reference"]

ACTOR = "datacite"

#: resourceTypeGeneral (appendix 1 of the schema) -> kinds of CSL 1.0.2. What is not here is a document.
KIND_OF = {
    "Audiovisual": "motion_picture",
    "Book": "book",
    "BookChapter": "chapter",
    "Collection": "collection",
    "ComputationalNotebook": "software",
    "ConferencePaper": "paper-conference",
    "ConferenceProceeding": "book",
    "DataPaper": "article-journal",
    "Dataset": "dataset",
    "Dissertation": "thesis",
    "Film": "motion_picture",
    "Image": "graphic",
    "Journal": "periodical",
    "JournalArticle": "article-journal",
    "Model": "dataset",
    "PeerReview": "review",
    "Poster": "speech",
    "Preprint": "article",
    "Presentation": "speech",
    "Report": "report",
    "Software": "software",
    "Sound": "song",
    "Standard": "standard",
    "Video": "motion_picture",
}
#: Kinds of CSL that repositories state themselves (``types.citeproc``), for general types that are vague ("Text").
_STATED = frozenset("article article-journal book chapter paper-conference report thesis".split())
#: Types of titles that are no title of the work itself.
_OTHER_TITLES = frozenset(["AlternativeTitle", "Subtitle", "TranslatedTitle", "Other"])
_NOBODY = frozenset(["", "(:unav)", "(:unkn)", "(:none)", "(:null)", ":unav", ":unkn", "unknown", "n/a", "anonymous"])
#: Relations (appendix 3) that lead to a later form of a work.
_LATER = ("IsPreviousVersionOf", "IsObsoletedBy")


def attributes_to_reference(attributes: Mapping[str, object]) -> Reference:
    """Give the attributes of a DOI as a reference: plain text, CSL's kinds, a DOI bare and in lower case."""
    types = _table(attributes.get("types"))
    kind = _kind(types)
    container, doi = _table(attributes.get("container")), without_resolver(plain(attributes.get("doi")))
    fields: dict[str, object] = {
        "kind": kind,
        "title": _title(attributes.get("titles")),
        "author": _people(attributes.get("creators")),
        "editor": _people(_of_type(attributes.get("contributors"), "contributorType", "Editor")),
        "issued": _issued(attributes),
        "container_title": calm_title(plain(container.get("title"))),
        "volume": plain(container.get("volume")),
        "issue": plain(container.get("issue")),
        "page": _pages(container),
        "publisher": _publisher(attributes.get("publisher")),
        "genre": "Preprint" if types.get("resourceTypeGeneral") == "Preprint" else "",
        "language": plain(attributes.get("language")),
        "doi": doi,
        "issn": plain(container.get("identifier")) if container.get("identifierType") == "ISSN" else "",
        "url": _address(attributes.get("url")),
        "extra": _extra(attributes, kind, doi),
    }
    filled = {name: value for name, value in fields.items() if value}
    by = Provenance(actor=ACTOR, fields=tuple(filled))
    return Reference(id=reference_id(ACTOR, doi), provenance=(by,), **filled)  # type: ignore[arg-type]


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _of_type(value: object, name: str, wanted: str) -> list[Mapping[str, object]]:
    return [row for row in _rows(value) if row.get(name) == wanted]


def _kind(types: Mapping[str, object]) -> str:
    stated = plain(types.get("citeproc"))
    general = plain(types.get("resourceTypeGeneral"))
    return KIND_OF.get(general) or (stated if stated in _STATED else "document")


def _title(value: object) -> str:
    """Give the first title of the work itself, with its subtitle."""
    titles = _rows(value)
    first = next((plain(row.get("title")) for row in titles if plain(row.get("titleType")) not in _OTHER_TITLES), "")
    second = next((plain(row.get("title")) for row in titles if row.get("titleType") == "Subtitle"), "")
    title, subtitle = calm_title(first), calm_title(second)
    return f"{title}: {subtitle}" if title and subtitle and subtitle.lower() not in title.lower() else title


def _people(value: object) -> tuple[Name, ...]:
    return tuple(name for person in _rows(value) if (name := _person(person)))


def _person(person: Mapping[str, object]) -> Name | None:
    """Read a person or a body; "Family, Given" is a person also where the parts do not stand apart."""
    name, family, given = (plain(person.get(part)) for part in ("name", "familyName", "givenName"))
    if person.get("nameType") != "Organizational":
        if not family and name.count(",") == 1:
            family, given = (part.strip() for part in name.split(","))
        if family and family.lower() not in _NOBODY:
            return Name(family=calm_name(family), given=calm_name(given))
    return None if name.lower() in _NOBODY else Name(literal=name)


def _issued(attributes: Mapping[str, object]) -> PartialDate | None:
    """Give the day of issue, if it lies in the year of publication, which a citation names."""
    year = _year(attributes.get("publicationYear"))
    for row in _of_type(attributes.get("dates"), "dateType", "Issued"):
        stated = PartialDate.from_iso(plain(row.get("date"))[:10])
        if stated and (year is None or stated.year == year):
            return stated
    return PartialDate(year=year) if year else None


def _year(value: object) -> int | None:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else plain(value)
    return int(text) if re.fullmatch(r"[12]\d{3}", text, re.ASCII) else None


def _pages(container: Mapping[str, object]) -> str:
    first, last = plain(container.get("firstPage")), plain(container.get("lastPage"))
    return f"{first}-{last}" if first and last and first != last else first


def _publisher(value: object) -> str:
    """Give the publisher's name; newer answers give an object with identifiers (``?publisher=true``)."""
    name = plain(value.get("name") if isinstance(value, dict) else value)
    return "" if name.lower() in _NOBODY else name


def _address(value: object) -> str:
    text = plain(value)
    return text if re.match(r"https?://\S+$", text) else ""


def _extra(attributes: Mapping[str, object], kind: str, doi: str) -> dict[str, ExtraValue]:
    version = plain(attributes.get("version"))
    later = updates_as_text(_later_forms(attributes, kind, doi))
    texts = {"version": version if kind in {"dataset", "software"} else "", f"{ACTOR}:later": later}
    return {name: text for name, text in texts.items() if text}


def _later_forms(attributes: Mapping[str, object], kind: str, doi: str) -> Iterable[Update]:
    """Read the later forms of a work.

    arXiv states the article of a preprint as what it is a version of; in repositories the same words lead from a
    version to the sum of all versions, which has the same prefix.
    """
    prefix = doi.partition("/")[0]
    for row in _of_type(attributes.get("relatedIdentifiers"), "relatedIdentifierType", "DOI"):
        relation = plain(row.get("relationType"))
        other = without_resolver(plain(row.get("relatedIdentifier")))
        published = kind == "article" and relation == "IsVersionOf" and other.partition("/")[0] != prefix
        if relation in _LATER or published:
            yield Update(kind="is-preprint-of" if published else "is-replaced-by", doi=other)
