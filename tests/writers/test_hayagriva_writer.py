"""Writing Hayagriva's YAML: what a person sees, that it comes back, and what Typst says where it is installed.

``pip install typst`` is enough to run the last of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancebib.bibtex.reading import read_library as read_bib
from alliancebib.files import source_of
from alliancebib.hayagriva import read_library
from alliancebib.library import Library
from alliancebib.model import KINDS, Name, PartialDate, Reference
from alliancebib.readers import hayagriva as hayagriva_reader
from alliancebib.writers import hayagriva
from strategies import references, sensible_references

ARTICLE = Reference(
    key="aris2010",
    kind="article-journal",
    title='<span class="nocase">CSTO</span>: 5 $ & {more}',
    author=(Name(family="Aris", given="Stephen"), Name(family="Berg", given="Ana", non_dropping_particle="van der")),
    issued=PartialDate(year=2010, month=5, day=6),
    accessed=PartialDate(year=2024, month=1),
    container_title="Journal of Pacts",
    volume="12",
    issue="3-4",
    page="12-34",
    doi="10.1234/x",
    issn="1463-1377",
    url="https://example.org/a",
    translator=(Name(literal="UN"),),
)
TREATY = Reference(
    key="treaty",
    kind="treaty",
    title="1e3",
    issued=PartialDate(year=1992, end=PartialDate(year=1994)),
    author=(Name(family="Nye", given="J."), Name(others=True)),
    extra={"keyword": "pacts"},
)


def test_what_a_person_sees() -> None:
    assert (
        hayagriva.write(Library([ARTICLE, TREATY]))
        == """\
aris2010:
  type: article
  title: '{CSTO}: 5 \\$ & \\{more\\}'
  author:
    - Aris, Stephen
    - name: van der Berg
      given-name: Ana
  date: 2010-05-06
  affiliated:
    - role: translator
      names: UN
  page-range: 12-34
  url:
    value: https://example.org/a
    date: 2024-01
  serial-number:
    doi: 10.1234/x
    issn: 1463-1377
  parent:
    type: periodical
    title: Journal of Pacts
    issue: 3-4
    volume: 12

treaty:
  type: legislation
  title: "1e3"
  author: Nye, J.
  date: 1992
  csl:
    type: treaty
    author:
      - family: Nye
        given: J.
      - others: "true"
    issued: 1992/1994
    keyword: pacts
"""
    )


def test_what_was_read_comes_back() -> None:
    text = """\
k:
  type: anthos
  title:
    value: A
    short: B
  author: Doe, Jane
  affiliated:
    - role: foreword
      names:
        - Roe, R.
  url: nowhere
  serial-number:
    arxiv: "1903.1"
  parent:
    - type: anthology
      title: C
      runtime: x
    - type: video
      title: D
  mine:
    a:
      - b
"""
    library = hayagriva_reader.read(source_of(text, name="x.yml"))
    written = hayagriva.write(library)
    again = hayagriva_reader.read(source_of(written, name="x.yml"))
    assert [reference.extra for reference in again] == [reference.extra for reference in library]
    assert hayagriva.write(again) == written
    for line in text.splitlines():
        assert line.strip() in written


def test_references_without_a_key_get_one_and_keys_stand_once() -> None:
    text = hayagriva.write(Library([Reference(title="A Pact"), Reference(key="k"), Reference(key="K")]))
    assert [line for line in text.splitlines() if not line.startswith(" ") and line] == ["pact-nd:", "k:", "Kb:"]


def test_an_empty_library() -> None:
    assert hayagriva.write(Library()) == ""


def accept(text: str, folder: Path) -> None:
    """Let Typst print the bibliography; it raises where it refuses the file."""
    typst = pytest.importorskip("typst", reason="Typst's package for Python is not installed")
    (folder / "works.yml").write_text(text, "utf-8")
    (folder / "main.typ").write_text('#bibliography("works.yml", full: true, style: "apa")', "utf-8")
    typst.compile(str(folder / "main.typ"), format="pdf")


def test_typst_takes_all_kinds(tmp_path: Path) -> None:
    accept(hayagriva.write(Library(Reference(key=kind, kind=kind, title=kind) for kind in KINDS)), tmp_path)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(references() | sensible_references(), max_size=20))
def test_typst_takes_every_reference(tmp_path: Path, found: list[Reference]) -> None:
    accept(hayagriva.write(Library(found)), tmp_path)


def test_fields_of_bib_files_stand_under_csl_and_come_back() -> None:
    [before] = read_bib(r"@manual{k, title={T}, file={a\_b.pdf}, groups={A, {B}}, date={2024?}}")
    written = hayagriva.compose(Library([before]))
    assert "bibtex:groups: A, {B}" in written.text.replace('"', "").replace("'", "")
    [after] = read_library(written.text)
    assert {name: after.extra.get(name) for name in before.extra} == before.extra | {"bibtex:tex:date": None}
    assert ["1 × `bibtex:tex:date`" in finding.message for finding in written.findings] == [True]
