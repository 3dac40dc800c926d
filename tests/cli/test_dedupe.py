"""``dedupe``: what is joined and told, decisions that last, files written back, documents that follow."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from alliancebib.bibtex.rekeying import Cited
from alliancebib.cli import cli
from alliancebib.errors import OutputError, SettingsError, UnknownName, UsageError
from cli.running import alliancebib

BIB = """\
% mine
@string{ip = "International Politics"}

@article{aris2014,
  author = {Aris, Stephen and Snetkov, Aglaya},
  title = {Global Alternatives, Regional Stability and Common Causes},
  journal = ip, year = 2014, volume = 51, pages = {202--226},
  keywords = {alliances, Eurasia},
}

@article{Aris:2014,
  author = {S. Aris and A. Snetkov},
  title = {Global alternatives, regional stability and common causes},
  journal = {International Politics}, year = 2014, volume = {51}, pages = {202--226},
  keywords = {security; Eurasia}, publisher = {Palgrave}, owner = {me},
}

@article{z1, author={Zed, Ann}, title={The summit that never was: A study of absence}, journal={Survival}, year=2018,
  volume=3, pages={1--9}}
@article{z2, author={Zed, Ann}, title={The summit that never was: A study of absence}, journal={Orbis}, year=2019,
  volume=7, pages={100--120}}

@unpublished{draft, author={Poe, Edgar}, title={Why small states join alliances late}, year=2016, note={Preprint}}
@article{late, author={Poe, Edgar}, title={Why Small States Join Alliances Late}, journal={Orbis}, year=2018,
  volume=6, pages={3--30}, doi={10.5555/late}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "refs.bib").write_text(BIB, "utf-8")
    return tmp_path


def called(folder: Path, *words: str) -> None:
    cli.main(["dedupe", str(folder / "refs.bib"), *words], standalone_mode=False)


def test_the_summary_says_what_to_type_next(folder: Path) -> None:
    ran = alliancebib("dedupe", "refs.bib", "-o", "new.bib", cwd=folder)
    assert (ran.code, ran.out) == (0, "")
    assert "6 entries: 1 joined to others, 1 pair for you to decide, 1 pair of versions kept." in ran.err
    assert "aris2014 (line 4 of refs.bib) and Aris:2014 (line 11 of refs.bib)" in ran.err
    assert "alliancebib dedupe refs.bib --same z1 z2" in ran.err
    assert "z2: Zed; 2019; The summit that never was" in ran.err


def test_what_reading_noticed_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "refs.bib").write_text(BIB + "@book{open, title = {Not closed}", "utf-8")
    called(folder, "--dry-run")
    assert "AB106 The entry `open` is not closed; it was read as far as it goes." in capsys.readouterr().err


def test_clusters_tell_keys_versions_and_what_gave_way(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    called(folder, "--json")
    value = json.loads(capsys.readouterr().out)
    assert value["clusters"] == [["aris2014", "Aris:2014"]]
    assert value["keys"] == {"Aris:2014": "aris2014"}
    assert [pair["ids"] for pair in value["review"]] == [["z1", "z2"]]
    (versions,) = value["versions"]
    assert versions["ids"] == ["draft", "late"]
    assert versions["kinds"] == ["manuscript", "article-journal"]
    assert "author" in {one["field"] for one in value["gave_way"]}
    assert "key" not in {one["field"] for one in value["gave_way"]}


def test_written_back_every_field_and_key_is_there_and_all_else_stays(folder: Path) -> None:
    called(folder, "--write")
    text = (folder / "refs.bib").read_text("utf-8")
    assert text.startswith('% mine\n@string{ip = "International Politics"}\n\n@article{aris2014,\n')
    for kept in (
        "ids = {Aris:2014}",
        "keywords = {alliances; Eurasia; security}",
        "publisher = {Palgrave}",
        "owner = {me}",
        "journal = ip,",
    ):
        assert kept in text
    assert text.partition("@article{z1")[2] == BIB.partition("@article{z1")[2]
    called(folder, "--write")
    assert (folder / "refs.bib").read_text("utf-8") == text


def test_documents_follow_now_and_later(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper, notes = folder / "paper.tex", folder / "notes.md"
    paper.write_bytes(b"\xef\xbb\xbfAs \\cite{aris2014,\r\n Aris:2014} % \\cite{Aris:2014}\r\n")
    notes.write_bytes("Größe [@Aris:2014, p. 3]\n".encode("latin-1"))
    words = ["--rewrite-keys", str(paper), "--rewrite-keys", str(notes)]
    before = (paper.read_bytes(), notes.read_bytes())
    called(folder, "--dry-run", *words)
    assert "1 citation would change" in capsys.readouterr().err
    assert (paper.read_bytes(), notes.read_bytes()) == before
    called(folder, "--write")
    called(folder, "--write", *words)  # the further key of the entry is known from its file
    assert "paper.tex: 1 citation changed." in capsys.readouterr().err
    assert paper.read_bytes() == b"\xef\xbb\xbfAs \\cite{aris2014} % \\cite{Aris:2014}\r\n"
    assert notes.read_bytes() == "Größe [@aris2014, p. 3]\n".encode("latin-1")
    called(folder, "--write", *words)
    assert "paper.tex stays as it is." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("gone.tex", "no such file"),
        ("a.docx", "no document of this kind"),
        ("-", "changes files"),
        ("a.tex", "no text"),
    ],
)
def test_a_bad_document_stops_everything_before_anything_is_written(folder: Path, place: str, says: str) -> None:
    (folder / "a.tex").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
    with pytest.raises(UsageError) as problem:
        called(folder, "--write", "--rewrite-keys", place if place == "-" else str(folder / place))
    assert says in str(problem.value) or says in problem.value.help or place == "a.tex"
    assert problem.value.help
    assert (folder / "refs.bib").read_text("utf-8") == BIB


def test_a_document_edited_meanwhile_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = folder / "paper.tex"
    paper.write_text(r"\cite{Aris:2014}", "utf-8")

    def edited(*_: object, **__: object) -> Cited:
        paper.write_text("new", "utf-8")
        return Cited({"Aris:2014": "aris2014"}, ())

    monkeypatch.setattr("alliancebib.cli.dedupe.cited_in_documents", edited)
    with pytest.raises(OutputError, match="changed while this ran"):
        called(folder, "--write", "--rewrite-keys", str(paper))
    assert (folder / "refs.bib").read_text("utf-8") == BIB
    assert paper.read_text("utf-8") == "new"


def test_decisions_are_added_at_the_end_and_last(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "references" / "decisions.toml"
    path.parent.mkdir()
    path.write_bytes(b'# mine\r\n[doi]\r\nx = "" # why')
    called(folder, "--same", "z1", "z2", "--reason", 'one "talk"', "--different", "aris2014", "Aris:2014")
    data = path.read_bytes()
    assert data.startswith(b'# mine\r\n[doi]\r\nx = "" # why\r\n\r\n[[same]]\r\n')
    value = tomllib.loads(data.decode())
    assert value["same"] == [{"ids": ["z1", "z2"], "reason": 'one "talk"'}]
    assert value["different"] == [{"ids": ["aris2014", "Aris:2014"], "reason": 'one "talk"'}]
    capsys.readouterr()
    called(folder, "--json")
    assert json.loads(capsys.readouterr().out)["clusters"] == [["z1", "z2"]]
    called(folder, "--same", "z2", "z1")
    assert "decided already" in capsys.readouterr().err
    assert path.read_bytes() == data
    with pytest.raises(UsageError, match="called the same before"):
        called(folder, "--different", "z1", "z2")
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--same", "z1", "z3"), UnknownName),
        (("--same", "z1", "z1"), UsageError),
        (("--explain", "z1", "z3"), UnknownName),
        (("--decide", "nowhere.toml"), UsageError),
        (("--write", "--json"), UsageError),
        (("--write", "-o", "x.bib"), UsageError),
        (("--write", "other.bib"), UsageError),
        (("--explain", "z1", "z1"), UsageError),
        (("--explain", "z1", "z2", "--write"), UsageError),
        (("--same", "z1", "z2", "--write"), UsageError),
        (("--different", "z1", "z2", "--review", "q.toml", "--json"), UsageError),
        (("--reason", "why"), UsageError),
        (("--to", "bibtex", "--dry-run"), UsageError),
        (("--write", "--to", "clusters"), UsageError),
        (("--rewrite-keys", "nowhere.tex"), UsageError),
    ],
)
def test_calls_that_cannot_be_meant(folder: Path, words: tuple[str, ...], problem: type[UsageError]) -> None:
    with pytest.raises(problem) as found:
        called(folder, *words)
    assert found.value.help
    assert sorted(path.name for path in folder.iterdir()) == ["refs.bib"]


def test_a_decisions_file_that_nothing_can_be_added_to_is_left_alone(folder: Path) -> None:
    path = folder / "references" / "decisions.toml"
    path.parent.mkdir()
    path.write_text("same = []\n", "utf-8")
    with pytest.raises(SettingsError, match="no decision can be added"):
        called(folder, "--same", "z1", "z2")
    assert path.read_text("utf-8") == "same = []\n"


def test_a_review_is_gone_through_and_taken_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review = folder / "review.toml"
    called(folder, "--json", "--review", str(review))
    text = review.read_text("utf-8")
    assert 'ids = ["z1", "z2"]' in text
    assert "# z1: Zed; 2018; The summit that never was" in text
    called(folder, "--decide", str(review))
    assert "1 pair of" in capsys.readouterr().err
    review.write_text(text.replace("[[undecided]]", "[[different]]"), "utf-8")
    called(folder, "--decide", str(review))
    capsys.readouterr()
    called(folder, "--json")
    assert json.loads(capsys.readouterr().out)["review"] == []


def test_explaining_sets_two_entries_side_by_side(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    called(folder, "--explain", "z1", "z2")
    text = capsys.readouterr().out
    assert text.startswith("maybe (score")
    assert "- volume differs: 3 against 7" in text
    assert "shown to you as doubtful" in text
    assert "! volume           3 | 7" in text
    assert "= author           Zed, Ann" in text
    called(folder, "--explain", "draft", "late", "--json")
    value = json.loads(capsys.readouterr().out)
    assert value["outcome"] == "versions"
    assert {"field": "doi", "state": "one", "a": "", "b": "10.5555/late"} in value["fields"]


def test_versions_are_joined_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    called(folder, "--json", "--merge-versions")
    assert ["draft", "late"] in json.loads(capsys.readouterr().out)["clusters"]
    (folder / "alliancebib.toml").write_text("[dedupe]\nversions = 'merge'\n", "utf-8")
    called(folder, "--write")
    text = (folder / "refs.bib").read_text("utf-8")
    entry = text[text.index("{draft") :]
    assert text[text.index("{draft") - 8 :].startswith("@article")
    for kept in ("{Orbis}", "2018", "10.5555/late", "ids={late}", "note={Preprint}"):
        assert kept in entry.replace(" = ", "=")


def test_a_decision_that_others_contradict_through_a_third_is_refused(folder: Path) -> None:
    called(folder, "--different", "z1", "z2", "--same", "z1", "late")
    path = folder / "references" / "decisions.toml"
    before = path.read_bytes()
    with pytest.raises(UsageError, match="z1 and z2 would be both the same and different"):
        called(folder, "--same", "z2", "late")
    assert path.read_bytes() == before
    called(folder, "--same", "z2", "draft")
    with pytest.raises(UsageError, match="would be both"):
        called(folder, "--same", "draft", "late")


def test_a_decision_names_two_entries(folder: Path) -> None:
    review = folder / "review.toml"
    review.write_text('[[same]]\nids = ["z1"]\n', "utf-8")
    with pytest.raises(UsageError, match="z1 is one entry, and a decision is on two"):
        called(folder, "--decide", str(review))
