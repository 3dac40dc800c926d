"""Which field of an entry or of its parents holds which CSL variable, and what none of them holds."""

from __future__ import annotations

__all__ = ["FIELDS", "NOT_HELD", "NUMBERS", "OURS", "ROLES", "SERIALS"]

#: What a Hayagriva file cannot hold of a reference, and what becomes of it.
NOT_HELD = {
    "id": "a new one is made of the file's name and the citation key",
    "missing citation key": "every entry has one; it is made of the reference",
    "origins": "the entry itself becomes the place",
    "spans": "they speak of the text that the entry no longer is",
    "leftover": "it speaks of the text that the entry no longer is",
    "provenance": "the file says what is so, not who said it",
    "extra of other formats": "variables named `format:name` of other formats than Hayagriva and BibTeX have no field",
    "sources in TeX": "the text of the variable is written, without times of day and unknown commands of a .bib file",
    "variables that CSL does not have": "there is no field for them",
    "control characters": "they are left out",
    "invalid DOI or address": "it is read as what it is, and kept beside the fields",
    "words beside a date": "a date that has words is written as these words",
    "year of words": "words that are a date are read as one; a single year in them is the date's year too",
    "day without month": "there is no place for it",
    "season beside a month": "a date is written with one of them",
}

#: Prefix of what is kept of an entry because no variable holds it; behind it stand role of the parent and field.
OURS = "hayagriva:"

#: Place in an entry -> CSL variable, for plain text. A place is a field, or the role of a parent and its field.
FIELDS = {
    "title": "title",
    "abstract": "abstract",
    "genre": "genre",
    "organization": "authority",
    "issue": "issue",
    "chapter": "chapter-number",
    "volume": "volume",
    "volume-total": "number-of-volumes",
    "edition": "edition",
    "page-range": "page",
    "page-total": "number-of-pages",
    "runtime": "dimensions",
    "language": "language",
    "archive": "archive",
    "archive-location": "archive_location",
    "call-number": "call-number",
    "note": "note",
    "container/title": "container-title",
    "collection/title": "collection-title",
    "collection/volume": "collection-number",
    "event/title": "event-title",
    "event/location": "event-place",
    "source/title": "source",
    "original/title": "original-title",
}
#: Fields that are written as numbers where their text is one.
NUMBERS = frozenset({"issue", "chapter", "volume", "volume-total", "edition", "page-range", "page-total"})
#: Key of `serial-number` -> CSL variable.
SERIALS = {
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "serial": "number",
    "version": "version",
    "printing": "printing-number",
}
#: Role of people under `affiliated` -> CSL variable.
ROLES = {
    "translator": "translator",
    "compiler": "compiler",
    "collaborator": "contributor",
    "organizer": "organizer",
    "cast-member": "performer",
    "composer": "composer",
    "producer": "producer",
    "executive-producer": "executive-producer",
    "writer": "script-writer",
    "director": "director",
    "illustrator": "illustrator",
    "narrator": "narrator",
}
