"""Real .bib files with every entry twice: joining gives the file back, with the second keys as further names."""

from __future__ import annotations

import pytest

from alliancebib import parse, read, source_of
from alliancebib.bibtex.new_keys import with_new_keys
from alliancebib.bibtex.syntax import Block, read_blocks
from alliancebib.files import read_text
from alliancebib.pipeline import deduplicated, write_back
from shared_data import shared

FILES = [
    "bibtex-tidy/072-crossrefs.bib",
    "bibtex-tidy/100-sets.bib",
    "bibtex-tidy/131-bibtex-biblatex-examples.bib",
    "jabref/006-Chocolate.bib",
    "jabref/190-crossref.bib",
    "pybtex/001-xampl.bib",
]
#: What may change where all is the same twice: the further names, and what names other entries.
FOLLOWING = {"ids", "crossref", "xref", "xdata", "entryset", "related"}


def entries_of(text: str) -> list[Block]:
    return [block for block in read_blocks(text) if block.kind == "entry"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_every_entry_twice_comes_back(name: str) -> None:
    text = read_text(shared("bibtex") / name)
    entries = entries_of(text)
    twins = with_new_keys(text, {place: f"{block.key}-twin" for place, block in enumerate(entries)})
    library = parse(read(source_of(f"{text}\n{twins}", name="twice.bib")))
    found = deduplicated(library)
    written = write_back(found.library).text
    back = {block.key: block for block in entries_of(written)}
    assert len(back) == len(found.library)
    joined = [[library[identity].key for identity in cluster] for cluster in found.clusters.clusters]
    pairs = [keys for keys in joined if keys[1:] == [f"{keys[0]}-twin"]]
    assert pairs
    before = {block.key: block for block in entries}
    for key, twin in pairs:
        fields = {field.name: field.value for field in back[key].fields}
        assert twin in fields["ids"]
        own = {field.name: field.value for field in before[key].fields}
        assert {n: v for n, v in own.items() if n not in FOLLOWING} == {
            n: v for n, v in fields.items() if n not in FOLLOWING
        }
