"""The BibTeX language, in both dialects: classic BibTeX and biblatex.

Rooms: `blocks` (where each entry of a file begins and ends), `places` (where its fields do), `syntax` (text to entries
and back), `tex` (TeX text and Unicode), `names`, `dates`, `kinds` (entry types and CSL types), `fields` (the tables of
fields, and what none can hold), `reading` and `writing` (entries and references). Face: `reading.read_library`,
`writing.write_library`, and `syntax.read_blocks` for the blocks themselves.
"""
