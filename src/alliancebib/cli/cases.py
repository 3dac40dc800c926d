"""An entry as a test case: the form of ``tests/cases/*.md``, made by reading its line again as the cases are read.

A case holds one line and what its section expects, and nothing of the page around it. So the line is read alone; where
its link stood in the markup, it is written into the line as Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from alliancebib import pipeline
from alliancebib.config import ParseSettings
from alliancebib.library import Library
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.page import Line, Page, Role, Section

__all__ = ["Case", "case_text", "cases_of", "fields_of", "written"]

#: The fields of a case in their order. Variables of ``extra`` follow under their names in CSL, and what is left over.
FIELDS = """
    kind title author editor translator issued container_title collection_title volume issue page edition
    publisher publisher_place genre accessed doi isbn issn url abstract note
""".split()

#: So many words of the line name a case.
_WORDS = 6
#: A case is one row of a UTF-8 file: these would end the row, or cannot be written.
_UNFIT = re.compile(r"[\r\n\ud800-\udfff]")


class Case(NamedTuple):
    """A case: its name, line, what the section expects, the fields; ``alone`` says what the page adds to the line.

    ``place`` is where the line stands. ``alone`` names the fields that differ when the line is read without its page;
    ``fits`` is false where the line cannot stand in a file of cases.
    """

    name: str
    place: str
    line: str
    expects: str
    fields: dict[str, str]
    alone: tuple[str, ...] = ()
    fits: bool = True


def case_text(case: Case) -> str:
    r"""Give a case as Markdown.

    >>> case_text(Case("a site", "x:1", "Site https://a.example/", "", {"kind": "webpage", "title": "Site"}))
    '## a site\n\n> Site https://a.example/\n\nkind: webpage\ntitle: Site\n'
    """
    rows = [f"section: {case.expects}"] if case.expects else []
    rows += [f"{field}: {value}" for field, value in case.fields.items()]
    return "\n".join([f"## {case.name}", "", f"> {case.line}", "", *rows]) + "\n"


def cases_of(library: Library, settings: ParseSettings | None = None) -> Iterator[Case]:
    """Give a case for each entry of a library that was read from pages; no two have one name.

    ``settings`` are those that the pages were parsed with; a case is read without them.
    """
    names: Counter[str] = Counter()
    for page in library.pages:
        read = {(one.origin.line, one.origin.column, one.origin.raw): one for one in pipeline.parse(page, settings)}
        for line in page.with_role(Role.ENTRY):
            reference = read.get((line.number, line.column, line.text))
            if reference is None:  # too long to be read, or blank
                continue
            case = _case(line, page, fields_of(reference))
            names[case.name] += 1
            count = names[case.name]
            yield case._replace(name=f"{case.name} ({count})") if count > 1 else case


def _case(line: Line, page: Page, wanted: dict[str, str]) -> Case:
    """Make the case of a line; of the ways to write it, the first that gives the fields that the page gave."""
    expects = page.section_of(line).expects
    ways = list(dict.fromkeys([line.text, _with_links(line)]))
    tried = [(text, fields_of(_read_alone(text, expects))) for text in ways]
    text, fields = next((way for way in tried if way[1] == wanted), tried[-1])
    differ = [name for name in dict.fromkeys([*wanted, *fields]) if wanted.get(name) != fields.get(name)]
    return Case(
        name=_name(line, page),
        place=f"{page.name}:{line.number}",
        line=text,
        expects=expects,
        fields=fields,
        alone=tuple(differ),
        fits=not _UNFIT.search(text),
    )


def _read_alone(text: str, expects: str) -> Reference:
    lines = (Line(number=1, text=text, role=Role.ENTRY, section=0),)
    page = Page(name="case", lines=lines, sections=(Section(title="A section", expects=expects),))
    return pipeline.parse(page).references[0]


def _with_links(line: Line) -> str:
    """Write the links of the markup into the text, the last first, so that the places of the others stand."""
    text = line.text
    for link in sorted(line.links, key=lambda link: -link.start):
        text = f"{text[: link.start]}[{text[link.start : link.end]}]({link.url}){text[link.end :]}"
    return text


def _name(line: Line, page: Page) -> str:
    words = re.findall(r"\w+", line.text)[:_WORDS]
    return " ".join([re.sub(r"[\W_]+", " ", page.name).strip(), str(line.number), *words])


def fields_of(reference: Reference) -> dict[str, str]:
    """Give the fields that are set, as the cases write them: the variables of ``extra`` and the leftover too."""
    found = {field: written(getattr(reference, field)) for field in FIELDS if getattr(reference, field)}
    found |= {name: str(value) for name, value in reference.extra.items()}
    found |= {"link_title": reference.origin.link_title} if reference.origin.link_title else {}
    found |= {"inferred": " ".join(sorted(reference.inferred))} if reference.inferred else {}
    return found | ({"leftover": " | ".join(reference.leftover)} if reference.leftover else {})


def written(value: object) -> str:
    """Write a value: several persons are separated by semicolons, family name first; dates are ISO 8601.

    >>> written((Name(family="Doe", given="Jane"), Name(others=True)))
    'Doe, Jane; et al.'
    """
    if isinstance(value, tuple):
        return "; ".join(_name_written(name) for name in _names(value))
    return str(value) if isinstance(value, str | PartialDate) else ""


def _names(value: Iterable[object]) -> Iterator[Name]:
    return (name for name in value if isinstance(name, Name))


def _name_written(name: Name) -> str:
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    parts = [part for part in (family, name.given, name.suffix) if part]
    return ", ".join(parts) if parts else str(name)
