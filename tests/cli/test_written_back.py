"""What a person writes into a file while a command works on it is never written over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alliancebib import pipeline
from alliancebib.bibtex.tidying import tidy_form
from alliancebib.cli import cli
from alliancebib.errors import OutputError
from cli.running import alliancebib
from registries import Registries
from services import Said, Scripted, record

TITLE = "Protective integration and security policy coordination"
KNOWN = record("10.5555/allison", TITLE, ("Roy", "Allison"), 2018, "A Journal", ("11", "3", "297-338"))
MINE = f"@article{{k,\n  author = {{Allison, Roy}},\n  title = {{{TITLE}}},\n  year = 2018,\n}}\n"
NEWER = MINE + "% a remark of mine\n"


def editing(path: Path, work: Callable[..., Any]) -> Callable[..., Any]:
    """Let somebody save the file anew at the moment when a step of the work begins."""

    def edited(*words: Any, **named: Any) -> Any:
        path.write_text(NEWER, "utf-8")
        return work(*words, **named)

    return edited


@pytest.mark.parametrize("answers", [True, False])
def test_enrich_leaves_what_was_edited_while_it_asked(tmp_path: Path, answers: bool) -> None:
    path = tmp_path / "mine.bib"
    path.write_text(MINE, "utf-8")
    registries = Registries([KNOWN])

    def edited(url: str, number: int) -> Said:
        path.write_text(NEWER, "utf-8")
        return registries.answer(url) if answers else Said(403)

    with Scripted(edited) as server:
        words = ("enrich", "mine.bib", "--write", "--base-url", server.url)
        ran = alliancebib(*words, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert path.read_text("utf-8") == NEWER
    assert sorted(found.name for found in tmp_path.iterdir() if found.is_file()) == ["mine.bib"]
    assert "Wrote" not in ran.err
    if answers:
        assert ran.code == 2
        assert "mine.bib: the file was changed while this ran" in ran.err


@pytest.mark.parametrize(
    "words",
    [["convert", "--to", "biblatex"], ["dedupe"], ["parse"], ["format", "--to", "text"], ["match", "--offline"]],
)
def test_an_output_that_is_the_input_is_guarded_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    path = tmp_path / "mine.bib"
    path.write_text(MINE, "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(pipeline, "parse", editing(path, pipeline.parse))
    with pytest.raises(OutputError, match="changed while this ran"):
        cli.main([words[0], str(path), *words[1:], "-o", str(path)], standalone_mode=False)
    assert path.read_text("utf-8") == NEWER


def test_tidy_writes_none_of_several_files_when_one_was_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a.bib", tmp_path / "b.bib"
    for path in (first, second):
        path.write_text(MINE.replace("  ", " "), "utf-8")
    monkeypatch.setattr("alliancebib.cli.tidy.tidy_form", editing(second, tidy_form))
    with pytest.raises(OutputError, match=r"b\.bib: the file was changed"):
        cli.main(["tidy", "--write", str(second), str(first)], standalone_mode=False)
    assert (first.read_text("utf-8"), second.read_text("utf-8")) == (MINE.replace("  ", " "), NEWER)


def test_a_lock_that_another_run_wrote_meanwhile_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(MINE, "utf-8")
    lock = tmp_path / "the.lock"
    registries = Registries([KNOWN])

    def elsewhere(url: str, number: int) -> Said:
        lock.write_text("newer", "utf-8")
        return registries.answer(url)

    with Scripted(elsewhere) as server:
        settings = 'inputs = ["mine.bib"]\noutput = "out"\nlock = "the.lock"\nformats = ["csl-json"]\n'
        (tmp_path / "alliancebib.toml").write_text(f'{settings}enrich.base-url = "{server.url}"\n', "utf-8")
        ran = alliancebib("build", cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert ran.code == 2, ran.err
    assert lock.read_text("utf-8") == "newer"
    assert not (tmp_path / "out.json").exists()


def test_a_file_to_which_nothing_is_added_is_not_set_anew(tmp_path: Path) -> None:
    """JSON has many layouts; that of a person is no reason to write."""
    text = '[{"type":"article-journal","id":"k","title":"One"}]'
    (tmp_path / "mine.json").write_text(text, "utf-8")
    ran = alliancebib("enrich", "mine.json", "--write", "--offline", cwd=tmp_path)
    assert (tmp_path / "mine.json").read_text("utf-8") == text
    assert "mine.json stays as it is." in ran.err
