"""``alliancebib parse``: a list becomes entries, as data; what was no entry is counted on stderr."""

from __future__ import annotations

import json
from pathlib import Path

import click

from alliancebib import pipeline, plugins
from alliancebib.cli.session import (
    format_for,
    input_argument,
    lines_option,
    load_library,
    output_option,
    project_of,
    reader_option,
)
from alliancebib.cli.talk import emit, say_read
from alliancebib.csl.items import to_csl
from alliancebib.library import Library
from alliancebib.model import Reference

__all__ = ["command"]

#: The labels of token-labelled reference corpora.
LABELS = frozenset(
    """author editor title container date volume pages publisher location url doi series edition note translator isbn
    num other""".split()
)
#: Our fields -> labels, where they differ; what has no label of its own is a note, as in the corpora.
OF_FIELDS = {
    "issued": "date",
    "container_title": "container",
    "issue": "volume",
    "page": "pages",
    "number_of_pages": "pages",
    "publisher_place": "location",
    "collection_title": "series",
    "issn": "isbn",
    "genre": "note",
    "abstract": "note",
    "archive_url": "url",
    "link_title": "title",
    "number": "num",
    "accessed": "url",
}


@click.command("parse", help="Read a list and show each entry as data.")
@input_argument
@lines_option
@reader_option
@click.option(
    "--to",
    type=click.Choice([*plugins.EXCHANGE, "jsonl", "spans", "roles"]),
    help="jsonl: one entry a line; spans: which characters became which field; roles: what each line was taken for. "
    "Else by the suffix of the output, else csl-json.",
)
@output_option
def command(place: str, *, lines: bool, reader: str, to: str | None, output: Path | None) -> None:
    """Read a list and show each entry as data."""
    library = load_library([place], project_of(place), lines=lines, reader=reader)
    emit(_as_text(library, format_for(to, output, otherwise="csl-json")), output)
    say_read(library, place)


def _as_text(library: Library, to: str) -> str:
    if to == "jsonl":
        return "".join(_json_line(to_csl(reference)) for reference in library)
    if to == "spans":
        return "".join(_json_line(_spans(reference)) for reference in library)
    if to == "roles":
        lines = (line for page in library.pages for line in page.lines)
        return "".join(f"{line.number}\t{line.role or ''}\t{line.why}\t{line.text}\n" for line in lines)
    return pipeline.write(library, to=to)


def _json_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _spans(reference: Reference) -> dict[str, object]:
    spans = [{"label": label_of(span.field), "start": span.start, "end": span.end} for span in reference.spans]
    return {"raw": reference.origin.raw, "spans": spans}


def label_of(field: str) -> str:
    """Give the label of a field.

    >>> label_of("container_title"), label_of("doi"), label_of("medium")
    ('container', 'doi', 'note')
    """
    return OF_FIELDS.get(field, field if field in LABELS else "note")
