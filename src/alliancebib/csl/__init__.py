"""The Citation Style Language: styles by name, references as CSL-JSON items, citations and bibliographies as text.

Face: `load_style`, `style_names`, `format_references`, `cite_references`, `to_csl`, `from_csl`.
"""

from __future__ import annotations

from alliancebib.csl.bibliography import Bibliography, FormattedEntry
from alliancebib.csl.citing.cite import Citation, Cite
from alliancebib.csl.engine import cite_references, format_references
from alliancebib.csl.items import from_csl, to_csl
from alliancebib.csl.processor import FormattedBibliography, Processor
from alliancebib.csl.styles import Style, load_style, parse_style, style_names, style_title

__all__ = [
    "Bibliography",
    "Citation",
    "Cite",
    "FormattedBibliography",
    "FormattedEntry",
    "Processor",
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
