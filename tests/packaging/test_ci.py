"""The files for continuous integration: what they run works, in a repository as ``comity init`` makes it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "a"), ("EMAIL", "a@example.org"))
} | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def sh(here: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run lines as the runner of GitHub does: with bash, until one fails."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COMITY_RULES", "COLUMNS")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=here,
        env=kept | IDENTITY | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """A clone whose branch changes the example rule; ``comity`` is on the path."""
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "comity").write_text(f"#!/bin/sh\nexec '{sys.executable}' -P -m comity_cli \"$@\"\n")
    (commands / "comity").chmod(0o755)
    made = sh(
        tmp_path,
        """
        export PATH="$PWD/bin:$PATH"
        comity init upstream
        cd upstream
        git init -q -b main .
        git add -A
        git commit -q -m "begin"
        cd ..
        git clone -q upstream clone
        cd clone
        git switch -q -c change
        sed -i 's/urgency: emergency/urgency: [urgent, emergency]/' rules/safeguards/our-practice.yaml
        git commit -q -a -m "sooner"
        """,
    )
    assert made.returncode == 0, made.stderr
    return tmp_path / "clone"


@pytest.fixture
def path(tmp_path: Path) -> str:
    return f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"


def test_the_lines_of_the_workflow_work(root: Path, agency: Path, path: str, tmp_path: Path) -> None:
    workflow = yaml.safe_load((root / ".github/workflows/rules.yml").read_text())
    inputs = workflow[True]["workflow_call"]["inputs"]  # YAML 1.1 reads the key "on" as a yes
    known = {f"inputs.{name}": str(given.get("default", "")) for name, given in inputs.items()}
    known["github.base_ref"] = "main"

    def filled(text: str) -> str:
        return re.sub(r"\$\{\{ (.+?) \}\}", lambda match: known[match[1]], text)

    summary = tmp_path / "summary.md"
    environment = {name: filled(value) for name, value in workflow["env"].items()}
    ran = []
    for step in workflow["jobs"]["rules"]["steps"]:
        if "run" not in step or step["name"] == "Install":
            continue
        assert "${{" not in step["run"], "what others write must not become part of a script"
        own = {name: filled(value) for name, value in step.get("env", {}).items()}
        done = sh(agency, step["run"], **environment, **own, PATH=path, GITHUB_STEP_SUMMARY=str(summary))
        assert done.returncode == 0, f"{step['name']}: {done.stdout}{done.stderr}"
        ran.append(step["name"])
    assert len(ran) == 5
    told = summary.read_text()
    assert "## What this change of rules means" in told
    assert "+ case: {forum: $here, urgency: [emergency, urgent]}" in told
    assert "0 of 1 case get other advice." in told
    assert (agency / "comity-scenarios.xml").exists()


def test_a_fault_stops_the_workflow_at_its_line(root: Path, agency: Path, path: str) -> None:
    workflow = yaml.safe_load((root / ".github/workflows/rules.yml").read_text())
    check = next(s for s in workflow["jobs"]["rules"]["steps"] if s.get("name") == "Check the rules")
    (agency / "rules/changes.yaml").write_text("- disable: sovereignty-1\n")
    done = sh(agency, check["run"], RULES="rules", PATH=path)
    assert done.returncode == 2
    assert "::error file=rules/changes.yaml,line=1," in done.stdout


def test_the_summary_is_written_where_the_base_has_no_rules_yet(root: Path, agency: Path, path: str, tmp_path) -> None:
    workflow = yaml.safe_load((root / ".github/workflows/rules.yml").read_text())
    step = next(s for s in workflow["jobs"]["rules"]["steps"] if s.get("name") == "Say what the change means")
    summary = tmp_path / "summary.md"
    environment = {"BASE": "origin/main", "RULES": "rules-of-ours", "SCENARIOS": "scenarios", "PATH": path}
    (agency / "rules").rename(agency / "rules-of-ours")
    done = sh(agency, step["run"], **environment, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    assert "From shipped to rules-of-ours" in summary.read_text()


def test_the_lines_for_any_system_work(root: Path, agency: Path, path: str) -> None:
    text = (root / "docs/ci.md").read_text()
    install, lines = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert "pip install" in install
    done = sh(agency, lines, PATH=path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "our-duty-lawyer" in (agency / "comity-diff.txt").read_text()


def test_the_documents_name_every_input_of_the_workflow(root: Path) -> None:
    workflow = yaml.safe_load((root / ".github/workflows/rules.yml").read_text())
    inputs = workflow[True]["workflow_call"]["inputs"]
    text = (root / "docs/ci.md").read_text()
    told = dict(re.findall(r"^\| `([\w-]+)` \| (?:`([^`]*)`|needed) \|", text, re.MULTILINE))
    wanted = {name: str(given.get("default", "")) for name, given in inputs.items()}
    assert told == {name: value.replace("False", "false") for name, value in wanted.items()}
    template = yaml.safe_load((root / "cli/comity_cli/template/.github/workflows/rules.yml").read_text())
    assert template["jobs"]["rules"]["with"].keys() <= inputs.keys()
    assert {name for name, given in inputs.items() if given.get("required")} <= template["jobs"]["rules"]["with"].keys()


def test_hooks_and_their_files(root: Path) -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())}
    local = yaml.safe_load((root / "cli/comity_cli/template/.pre-commit-config.yaml").read_text())
    assert hooks.keys() == {hook["id"] for hook in local["repos"][0]["hooks"]}
    for name in hooks:
        assert f"- id: {name}" in (root / "docs/ci.md").read_text()
    for path, touched in {
        "rules/instruments/ours.yaml": {"comity-check", "comity-fmt", "comity-test"},
        "rules/changes.yaml": {"comity-check", "comity-fmt", "comity-test"},
        "rules/tables/networks.csv": {"comity-check", "comity-test"},
        "scenarios/a.yaml": {"comity-test"},
        "README.md": set(),
    }.items():
        assert {name for name, hook in hooks.items() if re.search(hook["files"], path)} == touched, path
