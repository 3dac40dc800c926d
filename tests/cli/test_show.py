"""`parse --show`: what a person sees of a line, in any terminal, with colour and without."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console
from rich.style import Style

from alliancebib import normalise, parse, read, source_of
from alliancebib.cli.layout import LEFTOVER, NARROWEST, pieces_of, rows_of, visible
from alliancebib.cli.show import GROUPS, confidence_in_words, shown, style_of, tally
from alliancebib.model import Origin, Provenance, Reference, Span
from alliancebib.parsers import parse_reference
from cli.running import Ran, alliancebib

LIST = """\
From Newspapers
Armenia freezes its membership in the alliance - Reuters
Hello

Research Papers
Deyermond, R. (2018). The collective security treaty organization. In Routledge Handbook of Russian Foreign Policy (pp. 421-429). Routledge.
"""  # noqa: E501 - a reference is one line
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one list."""
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    return tmp_path


def show(*words: str, cwd: Path, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Ran:
    ran = alliancebib("parse", *words, "--show", cwd=cwd, stdin=stdin, env=env)
    assert ran.code == 0, ran.err
    return ran


def rows(*references: Reference, width: int = 80, colour: bool = False) -> str:
    """Show references on a terminal of a width."""
    out = StringIO()
    system: Literal["truecolor"] | None = "truecolor" if colour else None
    console = Console(
        file=out, width=width, color_system=system, force_terminal=colour, no_color=not colour, soft_wrap=True
    )
    for row in shown(references, console):
        console.print(row)
    return out.getvalue()


def made(raw: str, *spans: Span, leftover: tuple[str, ...] = (), confidence: float = 1.0) -> Reference:
    origins = (Origin(page="list.txt", line=7, raw=raw),)
    provenance = (Provenance(actor="apa", confidence=confidence),)
    return Reference(title="x", origins=origins, spans=spans, leftover=leftover, provenance=provenance)


def test_each_part_has_its_field_below_it(folder: Path) -> None:
    out = show("list.txt", cwd=folder).out
    assert (
        "list.txt:2  article-newspaper, certain 0.90, read by headline\n"
        "  Armenia freezes its membership in the alliance - Reuters\n"
        "  title───────────────────────────────────────── container_title\n"
    ) in out
    assert "  author─────── issued─ title─" in out
    assert "== Research Papers ==" in out


def test_confidence_is_a_word_and_a_number() -> None:
    numbers = (1.0, 0.97, 0.9, 0.899, 0.8, 0.5, 0.494, 0.45, 0.01, 0.004, 0.0)
    assert [confidence_in_words(number) for number in numbers] == [
        "certain 1.00",
        "certain 0.97",
        "certain 0.90",
        "certain 0.90",  # the word goes with the number that is printed
        "likely 0.80",
        "likely 0.50",
        "doubtful 0.49",
        "doubtful 0.45",
        "doubtful 0.01",
        "unknown 0.00",
        "unknown 0.00",
    ]


def test_what_no_field_explains_is_underlined_and_listed() -> None:
    reference = made("A title [3 refs]", Span("title", 0, 8), leftover=("[3 refs]",), confidence=0.45)
    plain = rows(reference)
    assert "list.txt:7  document, doubtful 0.45, read by apa\n  A title [3 refs]\n  title── leftover\n" in plain
    assert "left over  “[3 refs]”" in plain
    coloured = rows(reference, colour=True)
    assert re.search(r"\x1b\[1;4m\[3 refs\]\x1b\[0m", coloured)
    longer = rows(made("T [not understood]", Span("title", 0, 2)))
    assert "leftover~~~~~~~~" in longer


def test_talk_counts_the_confidence_and_leads_to_the_case(folder: Path) -> None:
    err = show("list.txt", cwd=folder).err
    assert "Confidence: 3 certain. Nothing is left over." in err
    assert "--as-case" in err


def test_the_tally_counts_words_and_leftovers() -> None:
    entries = [made("x", confidence=number) for number in (1.0, 0.95, 0.3, 0.0)] + [made("y", leftover=("y",))]
    assert tally(entries) == "Confidence: 3 certain, 1 doubtful, 1 unknown. In 1 something is left over."


def test_what_stands_nowhere_in_the_line_is_told() -> None:
    out = rows(parse_reference("Drills begin https://www.gazeta.uz/ru/2021/08/12/training/"))
    assert "inferred   issued 2021-08-12" in out
    page = read(source_of('<p><a href="https://a.example/x">A statement of the alliance</a></p>', name="a.html"))
    assert "also       url https://a.example/x" in rows(*parse(page).references)
    page = read(source_of("A statement https://doi.org/10.1000/xyz123", name="a.txt"))
    out = rows(*normalise(parse(page)).references)
    assert "also       doi 10.1000/xyz123" in out


def test_in_a_pipe_and_with_no_color_there_are_no_colours(folder: Path) -> None:
    assert "\x1b" not in show("list.txt", cwd=folder, env={"NO_COLOR": ""}).out
    assert "\x1b" not in show("list.txt", cwd=folder).out


def test_colours_only_repeat_what_the_letters_say(folder: Path) -> None:
    forced = {"NO_COLOR": "", "FORCE_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    coloured = show("list.txt", cwd=folder, env=forced).out
    assert "48;2;86;180;233" in coloured
    plain = show("list.txt", cwd=folder).out
    legend = "author issued title container_title page publisher leftover\n"
    assert COLOUR.sub("", coloured).replace(legend, "") == plain


def _luminance(colour: Color | None) -> float:
    assert colour
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("style", GROUPS)
def test_every_colour_can_be_read_on_every_terminal(style: str) -> None:
    parsed = Style.parse(style)
    light, dark = sorted((_luminance(parsed.color), _luminance(parsed.bgcolor)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    assert parsed.bgcolor  # a letter's colour alone would meet grounds that we do not know


def test_no_two_groups_look_alike() -> None:
    grounds = [style.split()[-1] for style in GROUPS]
    assert len(set(grounds)) == len(grounds)
    assert style_of("a-field-to-come") in GROUPS
    assert "on" not in style_of(LEFTOVER).split()


def test_several_inputs_and_stdin(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "list.txt").write_text("Summit of the alliance ends in Minsk, TASS\n", "utf-8")
    (folder / "page.html").write_text("<p>Talks of the alliance end in Rome, Reuters</p>\n", "utf-8")
    out = show("list.txt", "more/list.txt", "page.html", "-", cwd=folder, stdin=b"Drills of the alliance, TASS\n").out
    for place in ("\nlist.txt:2  ", "\nmore/list.txt:1  ", "\npage.html:1  ", "\nstdin:1  "):
        assert place in out


def test_several_inputs_give_data_as_well(folder: Path) -> None:
    (folder / "b.txt").write_text("Summit of the alliance ends in Minsk, TASS\n", "utf-8")
    ran = alliancebib("parse", "list.txt", "b.txt", "--to", "jsonl", cwd=folder)
    assert len(ran.out.splitlines()) == 4


def test_records_show_their_fields(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@article{k,\n  title = {A title},\n  author = {Doe, Jane}}\n", "utf-8")
    out = show("a.bib", cwd=tmp_path).out
    assert "a.bib:1  article-journal, certain 1.00, read by bibtex\n  title   A title\n  author  Doe, Jane\n" in out
    assert "leftover" not in out


def test_nothing_shows_nothing(tmp_path: Path) -> None:
    ran = show("-", cwd=tmp_path, stdin=b"")
    assert ran.out == ""
    assert "is empty" in ran.err


@pytest.mark.parametrize("words", [("--to", "spans"), ("--as-case",), ("--to", "jsonl", "--as-case")])
def test_one_form_at_a_time(folder: Path, words: tuple[str, ...]) -> None:
    ran = alliancebib("parse", "list.txt", "--show", *words, cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert "`--show`, `--as-case` and `--to` exclude each other" in ran.err


def test_a_file_gets_no_colours(folder: Path) -> None:
    env = {"NO_COLOR": "", "FORCE_COLOR": "1"}
    ran = show("list.txt", "-o", "seen.txt", cwd=folder, env=env)
    assert ran.out == ""
    text = (folder / "seen.txt").read_text("utf-8")
    assert "title──" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("width", [30, 47, 80, 200])
def test_rows_are_as_wide_as_the_terminal_at_most(width: int) -> None:
    lines = [
        "集体安全条约组织在塔吉克斯坦举行军事演习, 新华社",
        *LIST.splitlines()[1:],
        "قمة المنظمة في موسكو - الجزيرة",
    ]
    out = rows(*map(parse_reference, lines), width=width)
    assert max(map(cell_len, out.splitlines())) <= width


def test_names_stand_under_wide_characters() -> None:
    raw = "集体安全条约组织在塔吉克斯坦举行军事演习, 新华社"
    text, names = rows(made(raw, Span("title", 0, 20), Span("container_title", 20, len(raw)))).splitlines()[-2:]
    assert cell_len(text[: text.index(",")]) == names.index("container_title")


def test_a_line_that_runs_from_the_right_has_its_fields_beside_it() -> None:
    raw = "قمة المنظمة - الجزيرة"
    out = rows(made(raw, Span("title", 0, 12), Span("container_title", 12, len(raw))))
    assert "  title            قمة المنظمة\n  container_title  - الجزيرة\n" in out


def test_nothing_of_a_line_steers_the_terminal() -> None:
    nasty = "a\x1b[31mb\x07\u202ec\u2066\u200b\ud800\x85\u2028d\ue000\U000e0041\t"
    reference = made(nasty, Span("title", 0, 5), leftover=(nasty[5:],))
    whole = rows(reference) + rows(Reference(title=nasty, origins=(Origin(page=nasty, section=nasty),)))
    allowed = whole.replace("\n", "")
    assert visible(allowed) == allowed
    assert "a\\x1b[31" in whole
    assert "\\u202e" in whole
    assert "\\U000e0041" in whole
    assert visible("می‌خواهم") == "می‌خواهم"  # a letter of Persian needs its joiner


@given(
    st.text(alphabet=st.sampled_from("ab é集ق\x1b\u202e-.(  "), min_size=1, max_size=200),
    st.lists(st.integers(0, 200), max_size=8),
    st.integers(NARROWEST, 100),
)
def test_no_character_is_lost_and_no_part_is_cut_that_fits(raw: str, cuts: list[int], width: int) -> None:
    places = sorted({0, *(min(cut, len(raw)) for cut in cuts)})
    fields = ("title", "", "author", "volume")
    spans = [
        Span(field, start, end)
        for field, start, end in zip(fields * 3, places, places[1:], strict=False)
        if field and start < end
    ]
    pieces = pieces_of(raw, spans)
    assert "".join(piece.text for piece in pieces).replace(" ", "") == visible(raw).replace(" ", "")
    cells = [cell for row in rows_of(pieces, width) for cell in row]
    assert "".join(cell.text for cell in cells).replace(" ", "") == visible(raw).replace(" ", "")
    assert all(sum(cell.width + 1 for cell in row) - 1 <= width for row in rows_of(pieces, width))
    for piece in pieces:
        if cell_len(piece.text) <= width:
            assert any(cell.text == piece.text and cell.field == piece.field for cell in cells)


def at_terminal(*words: str, cwd: Path, columns: int) -> str:
    """Run ``alliancebib`` with a terminal for its stdout, and give what came there."""
    pty, termios, fcntl = (pytest.importorskip(name) for name in ("pty", "termios", "fcntl"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    gone = {"NO_COLOR", "COLUMNS", "FORCE_COLOR"}
    env = {name: value for name, value in os.environ.items() if name not in gone}
    env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-m", "alliancebib", *words],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=env,
    ) as running:
        os.close(theirs)
        came = b""
        try:
            while piece := os.read(ours, 65536):
                came += piece
        except OSError:  # how Linux says that the other end is closed
            pass
        assert running.stderr
        running.stderr.read()
    os.close(ours)
    assert running.returncode == 0
    return came.decode("utf-8").replace("\r\n", "\n")


def test_at_a_terminal_there_are_colours_and_its_width(folder: Path) -> None:
    out = at_terminal("parse", "list.txt", "--show", cwd=folder, columns=52)
    assert "\x1b[38;2;0;0;0;48;2;86;180;233m" in out
    lengths = [cell_len(COLOUR.sub("", row)) for row in out.splitlines()]
    assert 45 < max(lengths) <= 52


def test_a_case_that_cannot_be_copied_from_a_terminal_is_kept_for_a_file(folder: Path) -> None:
    text = "Talks of the alliance\u202e end in Rome, TASS\n\nTalks of the alliance end in Oslo, TASS\n"
    (folder / "nasty.txt").write_text(text, "utf-8")
    out = at_terminal("parse", "nasty.txt", "--lines", "--as-case", cwd=folder, columns=80)
    assert "Oslo" in out
    assert "\u202e" not in out
    assert "\u202e" in alliancebib("parse", "nasty.txt", "--lines", "--as-case", cwd=folder).out


def test_names_and_dates_are_told_as_they_were_read() -> None:
    out = rows(parse_reference("Moss, T., & Hale, K. (1988, Winter). Small allies. Harbour Studies, 7(2), 5-9."))
    assert "read as    author: Moss, T.; Hale, K. · issued: 1988 Winter" in out
