"""Google Scholar's five formats over 1,000 real records each, and strict fits against labels that people gave.

The figures are floors: what is reached stands in the changelog and comes from ``scholar_formats.py`` and
``scholar_labels.py``. What is left is names with commas in them, mono-named authors, and book reviews whose titles hold
a whole reference.
"""

from __future__ import annotations

import gzip
import json

import pytest

from alliancebib.page import Line, Section
from alliancebib.parsers import parse_reference, scholar
from conformance.scholar_formats import CERTAIN, drawn, wrong_fields
from conformance.scholar_labels import disagreements
from conformance.scholar_writer import FORMATS
from shared_data import shared


@pytest.mark.parametrize("label", FORMATS)
def test_records_come_back_from_every_format(label: str) -> None:
    works = drawn(shared("crossref/records.jsonl.gz"))
    right = false = 0
    for work in works:
        written = FORMATS[label](work)
        found = parse_reference(written.text)
        wrong = list(wrong_fields(written, found))
        right += not wrong
        false += bool(wrong) and found.confidence >= CERTAIN
    assert len(works) == 1000
    assert right >= 988
    assert false <= 5, "what is certain is right"


def test_certain_fits_agree_with_labels() -> None:
    fits = against = 0
    for name in ("train_grobid", "train_anystyle"):
        data = gzip.decompress(shared(f"references/{name}.jsonl.gz").read_bytes()).decode()
        for entry in map(json.loads, data.splitlines()):
            found = scholar.parse(Line(number=1, text=entry["text"]), Section(title=""), page="x")
            if found and found.confidence >= CERTAIN:
                fits += 1
                against += bool(disagreements(found, entry["tokens"], entry["labels"]))
    assert fits >= 50
    assert against <= 0.1 * fits
