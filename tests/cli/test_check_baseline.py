"""``check --baseline``: known faults pass, new ones fail, healed ones are told; over sites on this machine."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from alliancebib.cli import main
from alliancebib.resolvers.local import make_index
from cli.running import Ran, alliancebib
from cli.test_check_records import RETRACTED, entry
from loopback import Reply, Site, to

WALL = Reply(403, "<title>Forbidden</title>")


def online(key: str, url: str) -> str:
    return f"@online{{{key},\n  title = {{Page {key}}},\n  url = {{{url}}},\n  date = {{2020}},\n}}\n"


def called(*words: str) -> Ran:
    """Call the program in this process, in the folder where it stands."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main(words)
    assert isinstance(ended.value.code, int)
    return Ran(ended.value.code, out.getvalue(), err.getvalue())


class Project:
    """A folder with a bibliography, and a site that it cites."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder = folder
        self.site = site
        self.file = folder / "accepted.toml"
        self.settings("")

    def settings(self, more: str) -> None:
        text = f'inputs = ["mine.bib"]\ncheck.checkers = ["fields", "links"]\ncheck.allow-private = true\n{more}'
        (self.folder / "alliancebib.toml").write_text(text, "utf-8")

    def cites(self, *paths: str) -> None:
        entries = (online(path.strip("/"), self.site.url(path)) for path in paths)
        (self.folder / "mine.bib").write_text("".join(entries), "utf-8")

    def check(self, *words: str) -> Ran:
        """Check in this process, which is quicker; a run that leaves threads behind has one of its own."""
        words = ("check", "--anew", *words)
        if "--deadline" in words:
            return alliancebib(*words, cwd=self.folder, env={"XDG_CACHE_HOME": str(self.folder / "cache")})
        return called(*words)

    @property
    def lines(self) -> list[str]:
        return [line for line in self.file.read_text("utf-8").splitlines() if line.startswith("  {")]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Site({"/wall": WALL}) as site:
        made = Project(tmp_path, site)
        made.cites("/ok", "/lost", "/wall")
        yield made


def test_known_faults_pass_new_ones_fail_and_healed_ones_are_told(project: Project) -> None:
    words = ("--baseline", "accepted.toml")
    assert project.check().code == 1
    made = project.check(*words, "--update-baseline")
    assert made.code == 0, made.out + made.err
    assert "Wrote accepted.toml." in made.err
    assert "1 fault accepted:\n+ { code = " in made.err
    (line,) = project.lines
    assert project.site.url("/lost") in line
    assert 'outcome = "gone"' in line
    assert 'reason = ""' in line

    known = project.check(*words)
    assert (known.code, "1 accepted." in known.out, "AB301" in known.out) == (0, True, False)
    project.cites("/ok", "/lost", "/wall", "/new")
    new = project.check(*words)
    assert new.code == 1
    assert new.out.count(": AB301") == 1

    project.cites("/ok", "/lost", "/wall")
    project.site.answers["/lost"] = Reply()
    healed = project.check(*words)
    assert healed.code == 0
    assert "accepted.toml:4:1: AB711 Accepted fault healed: AB301 link-gone" in healed.out
    dropped = project.check(*words, "--update-baseline")
    assert (dropped.code, project.lines) == (0, [])
    assert "1 fault healed and removed:\n- { code = " in dropped.err
    assert "AB711" not in dropped.out
    assert "accepted.toml is up to date." in project.check(*words, "--update-baseline").err


def test_what_a_person_wrote_stays_and_the_bytes_too(project: Project) -> None:
    words = ("--baseline", "accepted.toml", "--update-baseline")
    project.check(*words)
    text = project.file.read_text("utf-8").replace('reason = ""', 'until = 2999-01-01, reason = "being \\"rebuilt\\""')
    project.file.write_text(text, "utf-8")
    assert project.check(*words).code == 0
    assert project.file.read_text("utf-8") == text
    over = text.replace("2999-01-01", "2020-01-01")
    project.file.write_text(over, "utf-8")
    ran = project.check("--baseline", "accepted.toml")
    assert (ran.code, "It was accepted until 2020-01-01." in ran.out) == (1, True)
    renewed = project.check(*words)
    assert (renewed.code, "accepted anew" in renewed.err) == (0, True)
    assert "being \\" in project.lines[0]
    assert "until" not in project.lines[0]


def test_what_was_not_looked_at_is_never_healed_and_never_dropped(project: Project) -> None:
    words = ("--baseline", "accepted.toml")
    project.check(*words, "--update-baseline")
    before = project.file.read_bytes()
    for more in (["--offline"], ["--only", "fields"], ["--deadline", "0.001"]):
        ran = project.check(*words, "--update-baseline", *more)
        assert "AB711" not in project.check(*words, *more).out
        assert project.file.read_bytes() == before, ran.err
    project.cites("/ok")  # the entry is gone, which only the whole bibliography shows
    assert "AB711" not in project.check(*words, "mine.bib").out
    assert "which is not in the bibliography any more" in project.check(*words, "--offline").out


def test_an_entry_that_is_joined_with_an_older_one_keeps_what_was_accepted(project: Project) -> None:
    words = ("--baseline", "accepted.toml")
    project.check(*words, "--update-baseline")
    bib = project.folder / "mine.bib"
    again = online("lost", project.site.url("/lost")).replace("{lost,", "{first,")
    bib.write_text(again + bib.read_text("utf-8"), "utf-8")
    ran = project.check(*words)
    assert "AB502" in ran.out
    assert (ran.code, "1 accepted." in ran.out, "AB711" in ran.out) == (0, True, False)


def test_a_run_that_could_not_check_all_ends_with_3_after_an_update(project: Project) -> None:
    ran = project.check("--baseline", "accepted.toml", "--update-baseline", "--deadline", "0.001")
    assert (ran.code, project.lines) == (3, [])


def test_the_settings_name_the_file_which_may_be_missing(project: Project) -> None:
    project.settings('check.baseline = "accepted.toml"\n')
    assert project.check().code == 1
    assert project.check("--update-baseline").code == 0
    assert len(project.lines) == 1
    assert project.check().code == 0


def test_what_would_fail_decides_what_is_accepted(project: Project) -> None:
    words = ("--baseline", "accepted.toml", "--update-baseline")
    assert project.check(*words, "--fail-on", "never").code == 0
    assert project.lines == []
    assert project.check(*words, "--fail-on", "note").code == 0
    assert [line[12:17] for line in project.lines] == ["AB301", "AB303"]


def test_calls_that_cannot_work_end_with_2_and_say_the_next_step(project: Project) -> None:
    missing = project.check("--baseline", "nowhere.toml")
    assert (missing.code, "there is no such baseline" in missing.err) == (2, True)
    assert "`--update-baseline` makes a new one." in missing.err
    nothing = project.check("--update-baseline")
    assert (nothing.code, "`--baseline FILE`" in nothing.err) == (2, True)
    assert project.site.asked == []


def test_a_file_that_a_hand_broke_stops_the_run_and_stays(project: Project) -> None:
    project.file.write_text("accepted = [\n  { code = 'AB301', subject = 'x' }\n  { }\n]\n", "utf-8")
    before = project.file.read_bytes()
    for words in ((), ("--update-baseline",)):
        ran = project.check("--baseline", "accepted.toml", *words)
        assert ran.code == 2
        assert ran.err.startswith("alliancebib: accepted.toml:3: the baseline is no valid TOML")
        assert len(ran.err.splitlines()) == 2
    assert project.file.read_bytes() == before
    project.file.write_text("accepted = [\n  { code = 'AB301', subject = 'x', reasn = 'y' },\n]\n", "utf-8")
    ran = project.check("--baseline", "accepted.toml")
    assert "accepted.toml:2: There is no key `reasn`. Did you mean `reason`" in ran.err


def test_what_is_written_meanwhile_is_not_written_over(project: Project) -> None:
    def writes(handler: object) -> None:
        project.file.write_text("# mine\n", "utf-8")
        WALL.send(handler)  # type: ignore[arg-type]

    project.site.answers["/wall"] = writes
    ran = project.check("--baseline", "accepted.toml", "--update-baseline")
    assert (ran.code, "was changed while this ran" in ran.err) == (2, True)
    assert project.file.read_text("utf-8") == "# mine\n"


def test_a_file_that_cannot_be_read_stops_the_run(project: Project) -> None:
    project.settings('check.baseline = "."\n')
    ran = project.check()
    assert (ran.code, "the baseline cannot be read" in ran.err) == (2, True)


def test_addresses_without_a_library_have_a_baseline_too(project: Project) -> None:
    (project.folder / "urls.txt").write_text(f"{project.site.url('/lost')}\n{project.site.url('/ok')}\n", "utf-8")
    words = ("--urls", "urls.txt", "--baseline", "accepted.toml")
    assert project.check(*words, "--update-baseline").code == 0
    assert "reference" not in project.lines[0]
    ran = project.check(*words, "--report", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["links"][0]["verdict"] == "dead"
    project.site.answers["/lost"] = Reply()
    assert "AB711" in project.check(*words).out


def test_a_retraction_that_a_person_accepted_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "records.jsonl").write_text(json.dumps(RETRACTED), "utf-8")
    make_index([tmp_path / "records.jsonl"], tmp_path / "records.index")
    settings = 'inputs = ["mine.bib"]\nenrich.resolvers = ["local"]\ncheck.baseline = "accepted.toml"\n'
    (tmp_path / "alliancebib.toml").write_text(settings, "utf-8")
    (tmp_path / "mine.bib").write_text(entry("a", "10.5555/allison"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    words = ("check", "--offline", "--only", "records")
    assert called(*words).code == 1
    assert called(*words, "--update-baseline").code == 0
    assert "AB409" in (tmp_path / "accepted.toml").read_text("utf-8")
    ran = called(*words)
    assert (ran.code, "1 accepted." in ran.out) == (0, True)
    # Another notice is another sentence: a person should look again.
    newer = RETRACTED | {"updated-by": [RETRACTED["updated-by"][0] | {"DOI": "10.5555/second"}]}  # type: ignore[index]
    (tmp_path / "records.jsonl").write_text(json.dumps(newer), "utf-8")
    make_index([tmp_path / "records.jsonl"], tmp_path / "records.index")
    ran = called(*words)
    assert (ran.code, "AB711" in ran.out) == (1, True)


def test_an_answer_that_a_host_gives_is_accepted_by_the_settings(project: Project) -> None:
    project.cites("/ok", "/wall")
    assert project.check("--fail-on", "note").code == 1
    project.settings('[[check.accept]]\nhost = "127.0.0.1"\nanswer = 403\nreason = "robot filter"\n')
    ran = project.check("--fail-on", "note")
    assert (ran.code, "1 accepted." in ran.out) == (0, True)
    whole = json.loads(project.check("--report", "json").out)
    assert [one["verdict"] for one in whole["links"]] == ["ok", "uncertain"]
    project.site.answers["/wall"] = to("/lost", 301)
    assert project.check().code == 1  # gone is another answer
    project.settings('[[check.accept]]\nhost = "127.0.0.1"\nanswer = 404\nreason = "moved"\nuntil = 2020-01-01\n')
    ran = project.check()
    assert (ran.code, "alliancebib.toml: AB712" in ran.out) == (1, True)
    project.settings('[[check.accept]]\nhost = "127.0.0.1"\nanswer = "goen"\nreason = "x"\n')
    ran = project.check()
    assert (ran.code, "Did you mean `gone`" in ran.err) == (2, True)
