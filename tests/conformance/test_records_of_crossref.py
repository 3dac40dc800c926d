"""All real records become references, and each comes back from a .bib file as it was; see `crossref_records`."""

from __future__ import annotations

import pytest

from alliancebib.writers import Writer, biblatex, bibtex
from conformance.crossref_records import differences, references_of
from shared_data import shared


@pytest.mark.parametrize("writer", [bibtex, biblatex])
def test_every_record_is_converted_and_comes_back_equal(writer: Writer) -> None:
    references = list(references_of(shared("crossref/records.jsonl.gz")))
    assert len(references) == 13_587
    assert list(differences(references, writer)) == []
