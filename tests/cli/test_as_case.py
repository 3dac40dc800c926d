"""`parse --as-case`: what it prints is pasted into a file of cases and read by the test of the cases itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliancebib import parse, read, source_of
from alliancebib.cli.cases import FIELDS, case_text, cases_of
from alliancebib.page import Line, Page, Role, Section
from cli.running import alliancebib
from parsers import test_cases
from shared_data import ROOT

#: Lines with all that could break a file of cases, a Markdown file or the reading of either.
HARD = [
    "Armenia freezes its membership in the alliance - Reuters",
    "Summit of the `alliance` ends in Minsk | TASS",
    "Summit | of | the alliance ends in Minsk, TASS",
    "``Double`` ticks and a lone ` in a headline of some length - Jamestown",
    "“Curly” and \"straight\" and 'single' quotes in one headline, Mehr News Agency",
    "A [statement of the alliance](https://www.example.org/news/2023/9/16/a_b(c)) of this week",
    '<a href="https://www.example.org/x?a=1&b=2">A statement</a> of the alliance &amp; others',
    "A\u00a0headline with no-break\u00a0blanks\u202fof two kinds - Reuters",
    "\u00a0A headline that begins and ends with one - Reuters\u00a0",
    "> A line that begins like a quotation of its own, TASS",
    "## A line that begins like a heading, TASS",
    "- title: A line that looks like a field of a case, TASS",
    "title: A line that looks like a field of a case, TASS",
    "kind: webpage",
    "1. Numbered line of a list that goes on, Reuters",
    "2023. Putin says CSTO bloc has developed contacts with 'natural partners'",
    "Two  blanks   in a headline of the alliance, TASS",
    "A\ttab in a headline of the alliance, TASS",
    "Marks\u200b that\u00ad nobody\u2060 sees in a headline, TASS",
    "Line ends\u2028of Unicode\x85in a\x0bheadline\x0cof some\x1clength, TASS",
    "قمة منظمة معاهدة الأمن الجماعي في موسكو - الجزيرة",
    "集体安全条约组织在塔吉克斯坦举行军事演习, 新华社",
    "Hello",
    "?",
    "https://www.example.org/news/2023/9/16/",
    "Doe, J., van der Berg, K., Jr., & Müller, Ä. (2018). A `code` | pipe. A Journal, 5(2), 1–9. doi:10.1000/xyz",
    "Doe, J. (Ed.). (n.d.). *Emphasis* and _more_ of it in titles. Springer. ISBN 978-3-16-148410-0",
    "Ivanov, I. et al. (2020). Заголовок с кавычками «ёлочки». Москва: Наука. 200 с.",
    "Deyermond, R. (2018). The alliance. In Routledge Handbook (pp. 421-429). Routledge. [3 refs] cited by 12",
]


@pytest.fixture
def pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of cases in the place of ours."""
    monkeypatch.setattr(test_cases, "FOLDER", tmp_path)
    return tmp_path / "pasted.md"


def run_pasted(text: str, pasted: Path) -> int:
    """Paste a text into a file of cases, run every case of it, and count them."""
    pasted.write_text(f"# Pasted\n\nWhat this file is.\n\n{text}", "utf-8")
    cases = test_cases.cases()
    assert len({name for name, _, _ in cases}) == len(cases)
    for _, line, expected in cases:
        test_cases.test_case(line, expected)
    return len(cases)


def as_text(source: str, name: str = "list.txt") -> str:
    return "\n".join(case_text(case) for case in cases_of(parse(read(source_of(source, name=name)))))


@pytest.mark.parametrize("expects", ["", "news", "literature", "web"])
def test_lines_that_are_hard_to_write_down(expects: str, pasted: Path) -> None:
    lines = tuple(Line(number=place, text=text, role=Role.ENTRY, section=0) for place, text in enumerate(HARD, 1))
    page = Page(name="a list.txt", lines=lines, sections=(Section(title="A section", expects=expects),))
    cases = list(cases_of(parse(page)))
    assert [case.line for case in cases] == HARD
    assert not any(case.alone for case in cases)
    assert run_pasted("\n".join(map(case_text, cases)), pasted) == len(HARD)


def test_every_line_is_a_case_when_every_line_is_an_entry(pasted: Path, tmp_path: Path) -> None:
    ran = alliancebib("parse", "-", "--lines", "--as-case", cwd=tmp_path, stdin="\n".join(HARD).encode())
    assert run_pasted(ran.out, pasted) == len(HARD)
    assert f"{len(HARD)} cases: correct the fields" in ran.err


def test_our_own_list(pasted: Path) -> None:
    ran = alliancebib("parse", "references/csto.txt", "--as-case", cwd=ROOT)
    assert ran.code == 0
    assert run_pasted(ran.out, pasted) == 42
    assert "read without its page" not in ran.err


def test_the_cases_that_stand_already_come_out_the_same(pasted: Path) -> None:
    ours = {line: expected for _, line, expected in test_cases.CASES}
    heads = {"": "A title of a page", "news": "From Newspapers", "literature": "Research Papers", "web": "Websites"}
    again = 0
    for expects, head in heads.items():
        lines = [line for line, expected in ours.items() if expected.get("section", "") == expects]
        pasted.write_text(as_text("\n".join([head, "", *lines])), "utf-8")
        for _, line, fields in test_cases.cases():
            if fields.get("section", "") == expects and line in ours:
                assert fields == ours[line]
                again += 1
    assert again > 100


def test_one_case_as_it_is_printed() -> None:
    assert as_text("From Newspapers\nArmenia freezes its membership in the alliance - Reuters\n") == (
        "## list txt 2 Armenia freezes its membership in the\n\n"
        "> Armenia freezes its membership in the alliance - Reuters\n\n"
        "section: news\n"
        "kind: article-newspaper\n"
        "title: Armenia freezes its membership in the alliance\n"
        "container_title: Reuters\n"
    )


def test_a_link_of_the_markup_is_written_into_the_line(pasted: Path) -> None:
    html = '<p>1. <a href="https://a.example/x">A statement of the alliance</a> (<a href="https://b.example/">more</a>)</p>'
    text = as_text(html, "page.html")
    assert "[A statement of the alliance](https://a.example/x)" in text
    assert "url: https://a.example/x\n" in text
    assert run_pasted(text, pasted) == 1


def test_what_only_the_page_or_the_settings_know_is_told(tmp_path: Path) -> None:
    (tmp_path / "alliancebib.toml").write_text('[parse]\noutlets = ["outlets.toml"]\n', "utf-8")
    (tmp_path / "outlets.toml").write_text('outlets = ["Radio Lena"]\n', "utf-8")
    (tmp_path / "list.txt").write_text("From Newspapers\n\nLena in flood, says Radio Lena - Radio Lena\n", "utf-8")
    (tmp_path / "page.txt").write_text("Talks of the alliance end in Rome, TASS\n", "utf-8")
    ran = alliancebib("parse", "list.txt", "page.txt", "--as-case", cwd=tmp_path)
    told = [line for line in ran.err.splitlines() if "read without its page" in line]
    assert told == ["list.txt:3: read without its page and settings, the line gives another title, container_title."]


@pytest.mark.parametrize("text", ["Two\nrows of a line, TASS", "Two\rrows of a line, TASS", "Half a \ud800 sign, TASS"])
def test_what_no_file_can_hold_is_told_and_left_out(text: str) -> None:
    (case,) = cases_of(parse(Page(name="x", lines=(Line(number=1, text=text, role=Role.ENTRY),))))
    assert not case.fits


def test_equal_lines_get_names_of_their_own(pasted: Path) -> None:
    same = "<p>Talks of the alliance end, Reuters</p>"
    assert run_pasted(as_text(same * 3, "page.html"), pasted) == 3


def test_records_are_no_cases(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@misc{k, title = {A}}\n", "utf-8")
    ran = alliancebib("parse", "a.bib", "--as-case", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "it holds records" in ran.err


def test_the_form_has_the_fields_of_the_cases() -> None:
    assert FIELDS == test_cases.FIELDS
