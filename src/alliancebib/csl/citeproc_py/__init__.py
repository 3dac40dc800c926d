"""citeproc-py in the place of our own processor: an engine that can be asked for by name, and nothing else uses.

Face: `format_references`, `cite_references`.
"""

from __future__ import annotations

from alliancebib.csl.citeproc_py.engine import cite_references, format_references

__all__ = ["cite_references", "format_references"]
