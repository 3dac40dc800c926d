"""``alliancebib tidy``: output, diff, check and write."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.running import Ran, alliancebib

UNTIDY = b"@Misc{k,TITLE={Gr\xf6\xdfe}}\r\n"
TIDY = b"@misc{k,\r\n  title = {Gr\xf6\xdfe},\r\n}\r\n"


def run(*words: str) -> Ran:
    return alliancebib("tidy", *words, cwd=Path())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.bib"
    path.write_bytes(b"% Encoding: ISO8859_1\r\n" + UNTIDY)
    return path


def test_writing_keeps_encoding_and_line_ends(file: Path) -> None:
    assert run(str(file), "--check").code == 1
    assert run(str(file), "--write").code == 0
    assert file.read_bytes() == b"% Encoding: ISO8859_1\r\n\r\n" + TIDY
    assert run(str(file), "--check").code == 0


def test_a_diff_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    shown = run(str(file), "--diff")
    assert "-@Misc{k,TITLE={Größe}}" in shown.out
    assert "+  title = {Größe}," in shown.out
    assert file.read_bytes() == before


def test_calls_that_contradict_themselves(file: Path) -> None:
    assert run(str(file), "--write", "--check").code == 2
    assert run(str(file), str(file)).code == 2
    assert run(str(file) + "x").code == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--check", "-o", "x"], "-o"),
        (["--diff", "-o", "x"], "-o"),
        (["--key-map", "m.json"], "no new keys"),
        (["--keys", ""], "is empty"),
        (["--keys", "title", "--key-map", "./a.bib"], "would overwrite a.bib"),
        (["--keys", "title", "--key-map", "m", "-o", "m"], "would overwrite m"),
        (["--keys", "title", "--key-map", "m", "--check"], "no new keys that"),
        (["--keys", "title", "--key-map", "m", "--diff"], "no new keys that"),
        (["--sort", "key"], "the macro `a` is defined twice"),
    ],
)
def test_no_option_is_passed_over_in_silence(tmp_path: Path, options: list[str], words: str) -> None:
    path = tmp_path / "a.bib"
    path.write_text('@string{a = "1"}\n@misc{z, note = a}\n@string{a = "2"}\n@misc{b, note = a}\n')
    ran = alliancebib("tidy", "a.bib", *options, cwd=tmp_path)
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == ""
    assert [one.name for one in tmp_path.iterdir()] == ["a.bib"]


def test_standard_input_is_no_file_to_write(tmp_path: Path) -> None:
    assert alliancebib("tidy", "-", "--write", cwd=tmp_path, stdin=UNTIDY).code == 2
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_can_be_shown(file: Path) -> None:
    ran = run(str(file), "--diff", "--write")
    assert (ran.code, "+  title = {Größe}," in ran.out) == (0, True)
    assert file.read_bytes().endswith(TIDY)


def test_a_file_with_bytes_that_are_no_characters_is_not_written(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.bib", tmp_path / "good.bib"
    bad.write_bytes(b"\xef\xbb\xbf% damaged\n@Misc{k,TITLE={Gr\xf6\xdfe \xc3\xbc}}\n")
    good.write_text("@Misc{k,TITLE={A}}\n")
    before = [bad.read_bytes(), good.read_bytes()]
    ran = run(str(good), str(bad), "--write")
    assert ran.code == 2
    assert "bad.bib:2: it cannot be written back without loss. Bytes that stand for no character" in ran.err
    assert [bad.read_bytes(), good.read_bytes()] == before
    tidy = b"\xef\xbb\xbf@misc{k,\n  title = {Gr\xf6\xdfe \xc3\xbc},\n}\n"
    bad.write_bytes(tidy)
    assert run(str(bad), "--check").code == 0


KEYED = """@book{P1,
  title = {Blocs},
  year = {2001},
}

@inbook{,
  crossref = {P1},
  title = {Inside},
}
"""


def test_new_keys_are_said_and_mapped(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(KEYED)
    ran = run(str(path), "--keys", "word|title(1)+year", "--key-map", str(tmp_path / "map.json"))
    assert ran.out == KEYED.replace("P1", "blocs2001").replace("@inbook{,", "@inbook{inside2001,")
    assert "P1 -> blocs2001" in ran.err
    assert "line 6 -> inside2001" in ran.err
    assert json.loads((tmp_path / "map.json").read_text()) == {"P1": "blocs2001"}
    assert path.read_text() == KEYED


def test_a_map_names_keys_that_stand_in_the_file(tmp_path: Path) -> None:
    path, map_ = tmp_path / "a.bib", tmp_path / "map.json"
    entry = "@misc{{{},\n  title = {{{}}},\n}}\n"
    path.write_text(entry.format("one", "One") + entry.format("one", "One") + entry.format("c", "See"))
    ran = run(str(path), "--keys", "title(1)", "--key-map", str(map_))
    assert "@misc{one,\n  title = {One},\n}\n\n@misc{oneb," in ran.out
    assert "one -> oneb" in ran.err
    assert json.loads(map_.read_text()) == {"c": "see"}


def test_a_map_is_written_when_the_files_are(tmp_path: Path) -> None:
    path, map_ = tmp_path / "a.bib", tmp_path / "map.json"
    path.write_text(KEYED)
    nowhere = tmp_path / "none" / "b.bib"
    nowhere.parent.touch()
    assert run(str(path), "--keys", "title(1)", "--key-map", str(map_), "-o", str(nowhere)).code == 2
    assert not map_.exists()
    (tmp_path / "link.bib").symlink_to(path)
    assert run(str(tmp_path / "link.bib"), "--keys", "title(1)", "--write", "--key-map", str(path)).code == 2
    assert path.read_text() == KEYED
    assert run(str(path), "--keys", "title(1)", "--key-map", str(map_), "--write", "--diff").code == 0
    assert json.loads(map_.read_text()) == {"P1": "blocs"}


def test_missing_keys_are_made_by_the_pattern_of_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(KEYED)
    (tmp_path / "alliancebib.toml").write_text("keys = \"title(1)+'-x'\"\n")
    assert run(str(path), "--keys-missing", "--write").code == 0
    assert path.read_text() == KEYED.replace("@inbook{,", "@inbook{inside-x,")
    assert run(str(path), "--keys-missing", "--check").code == 0


def test_calls_for_keys_that_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(KEYED)
    assert "character 6" in run(str(path), "--keys", "auth+yeer").err
    assert run(str(path), str(path), "--check", "--keys", "auth", "--key-map", str(tmp_path / "m")).code == 2
    (tmp_path / "alliancebib.toml").write_text('keys = "yeer"\n')
    refused = run(str(path), "--keys-missing")
    assert refused.code == 2
    assert "alliancebib.toml" in refused.err


def test_convert_gives_new_keys_to_what_it_writes_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(KEYED)
    assert alliancebib("convert", str(path), "--keys", "title(1)", cwd=tmp_path).code == 2
    written = alliancebib("convert", str(path), "--anew", "--keys", "title(1)", cwd=tmp_path)
    assert "@book{blocs," in written.out
    assert "crossref = {blocs}" in written.out
    assert written.err.startswith("P1 -> blocs\nline 6 -> inside\n")


def test_convert_tells_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(
        "@misc{k,\n  title = {A},\n  url = {www.example.org},\n  doi = {none},\n}\n"
        "@misc{k, title = {B}}\n@misc{c,\n  title = {C}\n  year = {2000}}\n"
    )
    told = alliancebib("convert", "a.bib", "--to", "ris", cwd=tmp_path).err
    lines = [int(number) for number in re.findall(r"^  a\.bib:(\d+): ", told, re.MULTILINE)]
    assert lines == [3, 4, 6, 9]
