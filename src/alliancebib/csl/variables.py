"""The variables of CSL 1.0.2 by kind, and which of them the fields of a reference are."""

from __future__ import annotations

__all__ = ["DATE_VARIABLES", "FIELDS", "FIELD_OF", "NAME_VARIABLES", "TEXT_VARIABLES"]

#: Fields of a reference -> CSL variables, in the order in which they are written.
FIELDS = {
    "title": "title",
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "issued": "issued",
    "accessed": "accessed",
    "container_title": "container-title",
    "collection_title": "collection-title",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "edition": "edition",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "genre": "genre",
    "language": "language",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
    "abstract": "abstract",
    "note": "note",
}
#: The same the other way round.
FIELD_OF = {variable: field for field, variable in FIELDS.items()}

NAME_VARIABLES = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author
    performer producer recipient reviewed-author script-writer series-creator translator""".split()
)
DATE_VARIABLES = frozenset("accessed available-date event-date issued original-date submitted".split())
#: Text and number variables that the schema of CSL-JSON 1.0.2 allows beside names and dates.
TEXT_VARIABLES = frozenset(
    """DOI ISBN ISSN PMCID PMID URL abstract annote archive archive-place archive_collection archive_location authority
    call-number chapter-number citation-key citation-label citation-number collection-number collection-title
    container-title container-title-short dimensions division edition event event-place event-title
    first-reference-note-number genre issue journalAbbreviation jurisdiction keyword language locator medium note number
    number-of-pages number-of-volumes original-publisher original-publisher-place original-title page page-first
    part-number part-title printing-number publisher publisher-place references reviewed-genre reviewed-title scale
    section shortTitle source status supplement-number title title-short version volume volume-title
    volume-title-short year-suffix""".split()
)
