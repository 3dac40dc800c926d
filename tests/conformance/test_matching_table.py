"""Works found for the strings of the development set hold what was reached; `matching_table.py` prints the figures."""

from __future__ import annotations

from pathlib import Path

from alliancebib.config import Settings
from conformance.matching_table import Row, at, calibration, figures, judged, local_index, read, strings, titleless
from shared_data import SHARED, shared


def test_works_are_found_and_hardly_one_is_wrong(tmp_path: Path) -> None:
    shared("crossref/matching_dev.jsonl.gz")
    shared("crossref/matching_corpus.jsonl.gz")
    rows = strings(SHARED)
    found = at(Settings().enrich.threshold, judged(rows, read(rows), [local_index(tmp_path, SHARED)]))
    whole = figures(found)
    assert whole.strings == 1200
    assert whole.precision >= 0.995
    assert whole.recall >= 0.93
    assert whole.top_three >= 0.97
    assert figures(titleless(found)).recall >= 0.85


def test_the_figures_are_counted_rightly() -> None:
    rows = [
        Row("apa", "", "10.5555/a", "10.5555/a", ("10.5555/a",), 0.99),
        Row("apa", "", "10.5555/b", "10.5555/a", ("10.5555/a", "10.5555/b"), 0.9),
        Row("elsevier-without-titles", "", "10.5555/c", None, (), 0.0),
        Row("absent", "", None, "10.5555/a", ("10.5555/a",), 0.6),
    ]
    found = figures(rows)
    assert (found.strings, found.known, found.right, found.wrong, found.shown) == (4, 3, 1, 2, 2)
    assert found.precision == found.recall == 1 / 3
    assert figures(at(0.8, rows)).precision == 0.5
    assert figures(at(1.0, rows)).precision == 1.0
    assert titleless(rows) == rows[2:3]
    assert [line.split()[-1] for line in calibration(rows)] == ["right", "0.000", "0.000", "1.000"]
