"""Render the fixtures of the official CSL tests through the public API.

``engine.py fixtures.json > out.json``: fixtures as ``csl_suite.py fixtures`` writes them come in, ``{name: {"out":
text} | {"error": text}}`` goes out. Nothing here knows a fixture's name or result.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from alliancebib.csl import FormattedBibliography, Processor, parse_style
from alliancebib.errors import AllianceBibError


def render(fixture: Mapping[str, Any]) -> str:
    """Give what the processor makes of one fixture."""
    items = [{**item, "id": item.get("id", f"item-{place}")} for place, item in enumerate(fixture["input"])]
    style = parse_style(fixture["csl"].encode(), name="fixture")
    processor = Processor(style, locale=style.default_locale or "en-US", output="html")
    processor.register(items)
    lines = _citations(processor, fixture, items)
    return "\n".join(lines) if fixture["mode"] == "citation" else _bibliography(processor.bibliography())


def _citations(processor: Processor, fixture: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> list[str]:
    if "citations" in fixture:
        return _replayed(processor, fixture["citations"])
    if "citation_items" in fixture:
        return [processor.cite(cites) for cites in fixture["citation_items"]]
    ids = [entry.id for entry in processor.bibliography().entries]
    return [processor.cite(ids or [str(item["id"]) for item in items])]


def _replayed(processor: Processor, steps: Sequence[Any]) -> list[str]:
    changed: set[str] = set()
    for citation, before, after in steps:
        changed = {change.id for change in processor.insert(citation, before=before, after=after)}
    return [
        f"{'>>' if change.id in changed else '..'}[{change.place}] {change.text}" for change in processor.citations()
    ]


def _bibliography(book: FormattedBibliography) -> str:
    entries = "".join(f'  <div class="csl-entry">{entry.text}</div>\n' for entry in book.entries)
    return f'<div class="csl-bib-body">\n{entries}</div>'


def main() -> int:
    """Read the fixtures named on the command line, write the answers."""
    answers: dict[str, dict[str, str]] = {}
    for fixture in json.loads(Path(sys.argv[1]).read_text("utf-8")):
        try:
            answers[fixture["name"]] = {"out": render(fixture)}
        except AllianceBibError as problem:
            answers[fixture["name"]] = {"error": str(problem)}
    json.dump(answers, sys.stdout, ensure_ascii=False, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
