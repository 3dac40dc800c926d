"""The Citation Style Language: styles by name, references as CSL-JSON items, citations and bibliographies as text.

Face: `format_references` and `cite_references` for references at once, `Processor` for a document with citations,
`load_style`, `parse_style`, `style_names` and `style_title` for styles, `to_csl` and `from_csl` for single items; the
other names are the types that these take and give.
"""

from __future__ import annotations

from alliancebib.csl.bibliography import Bibliography, FormattedEntry, Layout
from alliancebib.csl.citing.cite import Citation, Cite
from alliancebib.csl.engine import cite_references, format_references
from alliancebib.csl.items import from_csl, to_csl
from alliancebib.csl.output.runs import Run
from alliancebib.csl.processor import BibliographyEntry, Change, FormattedBibliography, Processor
from alliancebib.csl.styles import Style, load_style, parse_style, style_names, style_title

__all__ = [
    "Bibliography",
    "BibliographyEntry",
    "Change",
    "Citation",
    "Cite",
    "FormattedBibliography",
    "FormattedEntry",
    "Layout",
    "Processor",
    "Run",
    "Style",
    "cite_references",
    "format_references",
    "from_csl",
    "load_style",
    "parse_style",
    "style_names",
    "style_title",
    "to_csl",
]
