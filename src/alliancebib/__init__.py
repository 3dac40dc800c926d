"""Turn lists of literature, news and links into a bibliography that can be trusted.

A list goes in; a typed, completed, deduplicated, formatted and checked bibliography comes out. Each stage is a plain
function, and the stages compose::

    from alliancebib import dedupe, normalise, parse, read, write

    library = dedupe(normalise(parse(read("references/csto.txt"))))
    print(write(library, to="bibtex"))

The names below are imported when they are first used, so that ``import alliancebib`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliancebib.errors import AllianceBibError
    from alliancebib.files import source_of
    from alliancebib.finding import Finding, Report, Severity
    from alliancebib.library import Library
    from alliancebib.matching import compare, find_clusters, merge
    from alliancebib.model import Name, Origin, PartialDate, Provenance, Reference
    from alliancebib.page import Page
    from alliancebib.pipeline import check, cite, dedupe, enrich, format, normalise, parse, read, report, write
    from alliancebib.web.client import HttpWeb

__version__ = "0.1.0"

_HOMES = {
    "AllianceBibError": "errors",
    "Finding": "finding",
    "HttpWeb": "web.client",
    "Library": "library",
    "Name": "model",
    "Origin": "model",
    "Page": "page",
    "PartialDate": "model",
    "Provenance": "model",
    "Reference": "model",
    "Report": "finding",
    "Severity": "finding",
    "check": "pipeline",
    "cite": "pipeline",
    "compare": "matching",
    "dedupe": "pipeline",
    "enrich": "pipeline",
    "find_clusters": "matching",
    "format": "pipeline",
    "merge": "matching",
    "normalise": "pipeline",
    "parse": "pipeline",
    "read": "pipeline",
    "report": "pipeline",
    "source_of": "files",
    "write": "pipeline",
}

__all__ = [
    "AllianceBibError",
    "Finding",
    "HttpWeb",
    "Library",
    "Name",
    "Origin",
    "Page",
    "PartialDate",
    "Provenance",
    "Reference",
    "Report",
    "Severity",
    "__version__",
    "check",
    "cite",
    "compare",
    "dedupe",
    "enrich",
    "find_clusters",
    "format",
    "merge",
    "normalise",
    "parse",
    "read",
    "report",
    "source_of",
    "write",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'alliancebib' has no attribute {name!r}")
    value = getattr(import_module(f"alliancebib.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
