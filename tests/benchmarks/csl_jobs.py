"""The jobs that `csl_engines.py` measures, each in a process of its own: ``csl_jobs.py run ENGINE STYLE ITEMS``.

A style and a file of items come in; the entries of the bibliography go out as JSON. Before the measuring,
``csl_jobs.py prepare FOLDER`` writes styles and items. Each engine is imported where it is used, so that a process
pays for its own engine alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
SHARED_ITEMS = TESTS.parents[1] / "shared" / "data" / "csl" / "bench_items.py"


def prepare(folder: Path, *, styles: list[str], counts: list[int], cite: bool) -> None:
    """Write the styles, the items, the jobs for citeproc-js, and the place of the locale files."""
    import citeproc

    from alliancebib.csl import load_style

    (folder / "locales").write_text(citeproc.LOCALES_PATH, "utf-8")
    items = make_items(max(counts))
    for count in counts:
        _write(folder / f"{count}.json", items[:count])
    for name in styles:
        xml = load_style(name).data
        (folder / f"{name}.csl").write_bytes(xml)
        for count in counts:
            clusters = [[{"id": item["id"]}] for item in items[:count]] if cite else []
            job = {"key": name, "style": xml.decode(), "items": "all", "locale": "en-US", "clusters": clusters}
            _write(folder / f"{name}-{count}.json", {"items": {"all": items[:count]}, "jobs": [job]})


def make_items(count: int) -> list[dict[str, Any]]:
    """Make items by the generator beside the repository, else by our own."""
    own = [str(TESTS / "conformance" / "varied_items.py"), "timing", "--count", str(count)]
    command = [str(SHARED_ITEMS), str(count)] if SHARED_ITEMS.exists() else own
    made = subprocess.run([sys.executable, *command], check=True, capture_output=True, encoding="utf-8")
    items: list[dict[str, Any]] = json.loads(made.stdout)
    return items


def _write(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def run_alliancebib(style: Path, items: list[dict[str, Any]], *, cite: bool) -> list[str]:
    """Do the job with this library; the style is found by its name, as users do."""
    from alliancebib.csl import Processor, load_style

    processor = Processor(load_style(style.stem), locale="en-US", output="text")
    processor.register(items)
    if cite:
        for item in items:
            processor.cite([{"id": item["id"]}])
    return [entry.text for entry in processor.bibliography().entries]


def run_citeproc_py(style: Path, items: list[dict[str, Any]], *, cite: bool) -> list[str]:
    """Do the job with citeproc-py."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    source = CiteProcJSON(items)
    bibliography = CitationStylesBibliography(CitationStylesStyle(str(style), validate=False), source, formatter.plain)
    citations = [Citation([CitationItem(key)]) for key in source]
    for citation in citations:
        bibliography.register(citation)
    if cite:
        for citation in citations:
            str(bibliography.cite(citation, lambda _: None))
    bibliography.sort()
    return [str(entry) for entry in bibliography.bibliography()]


RUNS = {"alliancebib": run_alliancebib, "citeproc-py": run_citeproc_py}


def main() -> None:
    """Prepare, or do one job."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = ask.add_subparsers(dest="what", required=True)
    first = what.add_parser("prepare")
    first.add_argument("folder", type=Path)
    first.add_argument("--styles", nargs="+", required=True)
    first.add_argument("--counts", nargs="+", type=int, required=True)
    run = what.add_parser("run")
    run.add_argument("engine", choices=RUNS)
    run.add_argument("style", type=Path)
    run.add_argument("items", type=Path)
    for parser in (first, run):
        parser.add_argument("--cite", action="store_true")
    given = ask.parse_args()
    if given.what == "prepare":
        prepare(given.folder, styles=given.styles, counts=given.counts, cite=given.cite)
        return
    items = json.loads(given.items.read_text("utf-8"))
    json.dump({"entries": RUNS[given.engine](given.style, items, cite=given.cite)}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
