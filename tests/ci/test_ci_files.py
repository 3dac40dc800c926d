"""What users' CI takes from here: action, workflows, hooks and the examples of the documentation, by their schemas."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.running import alliancebib
from shared_data import ROOT

HOSTILE = "$(touch pwned) `touch pwned`; touch pwned #\"' *"
EXAMPLES = re.findall(
    r"```yaml\n(# (\.\S+)\n.+?)```", (ROOT / "docs" / "how-to" / "ci.md").read_text("utf-8"), re.DOTALL
)


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def validate(schema: str, *files: Path) -> None:
    """Hold files against a schema that comes with check-jsonschema."""
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def scripts(value: Any) -> list[str]:
    """Give every text under a key ``run``, wherever it stands."""
    if isinstance(value, dict):
        return [text for key, part in value.items() for text in ([part] if key == "run" else scripts(part))]
    return [text for part in value for text in scripts(part)] if isinstance(value, list) else []


def examples(folder: Path, pattern: str) -> list[Path]:
    """Write the examples whose names fit a pattern into a folder."""
    made = []
    for number, (text, name) in enumerate(EXAMPLES):
        if re.fullmatch(pattern, name):
            made.append(folder / f"{number}.yml")
            made[-1].write_text(text, "utf-8")
    return made


def workflows_of_init(folder: Path) -> list[Path]:
    made = []
    for name, page in (("file", "list.txt"), ("address", "https://example.org/list")):
        (folder / name).mkdir()
        assert alliancebib("init", "--yes", "--page", page, cwd=folder / name).code == 0
        made.append(folder / name / ".github" / "workflows" / "bibliography.yml")
    return made


def test_workflows_are_valid_and_put_no_foreign_text_into_scripts(tmp_path: Path) -> None:
    files = [*(ROOT / ".github" / "workflows").glob("*.yml"), *workflows_of_init(tmp_path)]
    files += examples(tmp_path, r"\.github/workflows/.+")
    assert len(files) == 8
    validate("github-workflows", *files)
    for file in files:
        workflow = load(file)
        assert not [text for text in scripts(workflow) if "${{" in text]
        assert workflow["permissions"] == {"contents": "read"}


def test_the_workflow_of_init_keeps_what_was_seen_and_asks_nothing_with_a_push(tmp_path: Path) -> None:
    for_file, for_address = (load(file) for file in workflows_of_init(tmp_path))
    assert list(for_file["jobs"]) == ["build", "links"]
    assert list(for_address["jobs"]) == ["links"]
    assert "push" not in for_address[True]  # YAML 1.1 takes `on` for a truth value
    steps = for_file["jobs"]["links"]["steps"]
    cached = [step for step in steps if "cache" in step.get("uses", "")]
    assert [step["with"]["path"] for step in cached] == ["~/.cache/alliancebib"] * 2
    assert cached[0]["with"]["key"] == cached[1]["with"]["key"]
    assert cached[1]["if"] == "always()"
    assert scripts(for_file["jobs"]["build"])[-1] == "alliancebib build --check --offline"


def test_other_examples_are_valid(tmp_path: Path) -> None:
    validate("gitlab-ci", *examples(tmp_path, r"\.gitlab-ci\.yml"))
    assert len(examples(tmp_path, r"\.gitlab-ci\.yml")) == 1


def test_the_action_is_valid_and_puts_no_input_into_scripts() -> None:
    validate("github-actions", ROOT / "action.yml")
    action = load(ROOT / "action.yml")
    assert not [text for text in scripts(action) if "${{" in text]
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(action["inputs"])
    page = (ROOT / "docs" / "how-to" / "ci.md").read_text("utf-8")
    assert [name for name in action["inputs"] if f"`{name}`" not in page] == []


def run_check_step(folder: Path, inputs: dict[str, str], *, code: int = 0) -> tuple[list[str], str, int]:
    """Run the action's check with a program that tells its arguments; give them, the outputs and the exit code."""
    program = folder / "a program"
    program.write_text(f'#!/bin/sh\nfor word; do printf "%s\\0" "$word"; done > told\nexit {code}\n', "utf-8")
    program.chmod(0o755)
    (step,) = (step for step in load(ROOT / "action.yml")["runs"]["steps"] if step.get("id") == "check")
    (folder / "out").unlink(missing_ok=True)
    given = dict.fromkeys(step["env"], "") | inputs | {"PROGRAM": str(program), "GITHUB_OUTPUT": str(folder / "out")}
    bash = shutil.which("bash") or pytest.skip("there is no bash")
    done = subprocess.run(
        [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],  # as GitHub calls it
        cwd=folder,
        env=os.environ | given,
        check=False,
        timeout=30,
    )
    return (folder / "told").read_text("utf-8").split("\0")[:-1], (folder / "out").read_text("utf-8"), done.returncode


def test_the_action_hands_its_inputs_on_and_its_exit_code_out(tmp_path: Path) -> None:
    assert run_check_step(tmp_path, {}) == (["check", "--report", "github"], "exit-code=0\n", 0)
    inputs = {
        "INPUT": "my list.txt",
        "FAIL_ON": "warning",
        "GRACE": "3",
        "BASELINE": "known faults.toml",
        "SARIF": "a b.sarif",
        "JUNIT": "a.xml",
        "ARGS": "--only links\n --allow-private ",
    }
    words, out, code = run_check_step(tmp_path, inputs, code=3)
    assert words == (
        "check|--report|github|--report|sarif=a b.sarif|--report|junit=a.xml|--fail-on=warning|--grace=3|"
        "--baseline=known faults.toml|--only|links|--allow-private|--|my list.txt"
    ).split("|")
    assert (out, code) == ("exit-code=3\n", 3)


def test_no_input_of_the_action_is_read_as_a_command(tmp_path: Path) -> None:
    names = ("INPUT", "URLS", "FAIL_ON", "GRACE", "BASELINE", "SARIF", "JUNIT", "ARGS")
    words, _, _ = run_check_step(tmp_path, dict.fromkeys(names, HOSTILE))
    assert words[-1] == HOSTILE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a program", "out", "told"]


def hook(identity: str) -> dict[str, Any]:
    (found,) = (one for one in load(ROOT / ".pre-commit-hooks.yaml") if one["id"] == identity)
    return dict(found)


@pytest.mark.parametrize("identity", ["alliancebib-check", "alliancebib-tidy"])
def test_hooks_take_several_files(tmp_path: Path, identity: str) -> None:
    entry = "@article{{k, author={{Roe, M.}}, title={{On pages}}, journal={{J}}, year={{2020}}, pages={{{}}}}}\n"
    for name, pages in (("good.bib", "20--30"), ("odd one.bib", "20--10"), ("better.bib", "1--2")):
        (tmp_path / name).write_text(entry.format(pages), "utf-8")
    stated = hook(identity)
    words = [*stated["entry"].split(), *stated.get("args", [])]
    words = [sys.executable, *(["-m"] if words[0] == "alliancebib" else []), *words[words[0] == "python" :]]
    assert all(re.search(stated["files"], name) for name in ("good.bib", "odd one.bib"))
    done = subprocess.run(
        [*words, "good.bib", "odd one.bib", "better.bib"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if identity == "alliancebib-tidy":
        assert done.returncode == 0
        return
    assert done.returncode == 1
    assert "odd one.bib:1:75: AB207" in done.stdout
    assert done.stdout.count("Nothing found.") == 2


def test_the_hook_of_the_documentation_is_the_one_that_is_offered(tmp_path: Path) -> None:
    (file,) = examples(tmp_path, r"\.pre-commit-config\.yaml")
    (shown,) = load(file)["repos"][0]["hooks"]
    assert shown.pop("additional_dependencies") == ["alliancebib"]
    assert shown.items() <= hook("alliancebib-check").items()
