"""The BibTeX language, in both dialects: classic BibTeX and biblatex.

Rooms: `blocks` (where each entry of a file begins and ends), `syntax` (text to entries and back, through bibtexparser),
`tex` (TeX text and Unicode), `names`, `dates`, `kinds` (entry types and CSL types), `fields` (the tables of fields, and
what none can hold), `arranging` (biblatex's many fields and the fewer that follow, with `literal_lists`, `roles` and
`eprints`), `reading` and `writing` (entries and references). Face: `reading.read_library`, `writing.write_library`, and
`syntax.read_blocks` for the blocks themselves.
"""
