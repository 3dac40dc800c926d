"""The BibTeX language, in both dialects: classic BibTeX and biblatex.

Rooms, from the file inwards: `blocks` (where each entry begins and ends), `regular` and `places` (its fields, the
quick and the careful way), `locating` (lines of fields), `syntax` (blocks with macros resolved), `inheritance`
(crossref, xdata; `granular` for
single values), `arranging` (biblatex's many fields and the fewer that follow, with `literal_lists`, `roles`,
`eprints`), `pending` and `reading` (entries to references). What they share: `sources` and `tex` (TeX and Unicode),
`titles` (the case of their letters), `names`, `dates`, `kinds` (entry types and CSL types), `fields` (the tables, and
what none can hold), `datamodel` (names that programs know). Back: `writing` (references to entries), `printing`
(entries to text), `rewriting` and `saving` (a file of which only what changed is new), `tidying` and `ordering` (one
form for a file), `rekeying`, `new_keys` and `pointers` (new citation keys, and what points at entries by them).

Face: `reading.read_library`, `writing.write_library`, `saving.saved`; `syntax.read_blocks` for the blocks themselves.
"""

from __future__ import annotations

__all__ = ["FORMAT"]

#: The name of this format in `alliancebib.library.Original`.
FORMAT = "bibtex"
