"""Hayagriva, the YAML bibliographies of Typst: every entry becomes a reference, a broken one costs no other."""

from __future__ import annotations

import re

from alliancebib import hayagriva
from alliancebib.files import Source
from alliancebib.library import Library

__all__ = ["read", "recognises"]

_SUFFIXES = frozenset({".yml", ".yaml"})
_HEAD = r"(?:[ \t]*(?:\#[^\n]*)?\n|---[ \t]*\n)*"
_FIELDS = r"(?:type|title|author|date|parent|editor|publisher|url)[\"']?[ \t]*:"
_START = re.compile(_HEAD + r"[^\s#\-{\[][^\n]{0,200}:[ \t]*(?:\#[^\n]*)?\n(?:[ \t]*\#?\n)*[ \t]+[\"']?" + _FIELDS)
_ENTRY = re.compile(r"^\S[^\n]{0,200}:[ \t]*(?:\n[ \t]+[^\n]*)?\n?[ \t]*(?:\{[ \t]*)?[\"']?" + _FIELDS, re.MULTILINE)


def recognises(source: Source) -> float:
    """Say how sure it is that this is a Hayagriva file: by its suffix and an entry, else by how it begins."""
    if source.suffix in _SUFFIXES:
        return 0.97 if _ENTRY.search(source.text) else 0.7
    return 0.75 if _START.match(source.text) else 0.0


def read(source: Source) -> Library:
    """Read every entry; what could not be read as one is a finding with its line."""
    return hayagriva.read_library(source.text, page=source.name)
