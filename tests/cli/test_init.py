"""``comity init`` as a new user runs it, and what it writes."""

import re
from pathlib import Path

import pytest
import yaml

import comity as package


@pytest.fixture
def agency(comity, tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "agency"
    ran = comity("init", folder)
    assert (ran.code, ran.err) == (0, "")
    monkeypatch.chdir(folder)
    return folder


def test_what_it_says_to_do_next_works_at_once(comity, tmp_path, monkeypatch) -> None:
    said = comity("init", tmp_path / "agency").out
    commands = re.findall(r"^  comity (.+)$", said, re.MULTILINE)
    assert len(commands) == 2
    monkeypatch.chdir(tmp_path / "agency")
    for command in commands:
        ran = comity(*command.split())
        assert (ran.code, ran.err) == (0, ""), command


def test_the_example_rule_applies_in_the_example_case(comity, agency) -> None:
    ran = comity("test", "scenarios", "--rules", "rules")
    assert "1 passed, 0 failed" in ran.out
    assert comity("test", "scenarios").code == 1, "without the rule the scenario must fail"
    assert "our-duty-lawyer now applies" in comity("diff", "shipped", "rules").out


def test_what_is_there_is_kept(comity, tmp_path) -> None:
    (tmp_path / "README.md").write_text("ours\n")
    (tmp_path / "rules").mkdir()
    ran = comity("init", tmp_path)
    assert ran.code == 0
    assert (tmp_path / "README.md").read_text() == "ours\n"
    assert list((tmp_path / "rules").iterdir()) == []
    assert f"kept  {tmp_path / 'README.md'}" in ran.out
    assert f"kept  {tmp_path / 'rules'}" in ran.out
    assert (tmp_path / ".pre-commit-config.yaml").exists()


def test_a_second_time_nothing_is_written(comity, agency) -> None:
    before = {path: path.read_bytes() for path in agency.rglob("*") if path.is_file()}
    ran = comity("init", agency)
    assert ran.code == 0
    assert "wrote" not in ran.out
    assert {path: path.read_bytes() for path in agency.rglob("*") if path.is_file()} == before


def test_a_file_is_no_folder(comity, tmp_path) -> None:
    (tmp_path / "file").write_text("x")
    ran = comity("init", tmp_path / "file")
    assert ran.code == 2
    assert "this is a file" in ran.err


def test_every_placeholder_is_filled_in_but_the_owner(agency) -> None:
    for path in agency.rglob("*"):
        if path.is_file():
            assert "COMITY_VERSION" not in path.read_text(encoding="utf-8"), path
    workflow = (agency / ".github/workflows/rules.yml").read_text()
    assert f"@v{package.__version__}" in workflow


def test_every_change_that_changes_yaml_shows_is_a_valid_one(comity, agency) -> None:
    """What stands there as a comment works once the hash is taken away."""
    path = agency / "rules" / "changes.yaml"
    shown = [line[2:] for line in path.read_text().splitlines() if re.match(r"# (- |  )", line)]
    assert len(shown) > 5
    (agency / "rules/tables/parties").mkdir(parents=True)
    (agency / "rules/tables/parties/budapest.csv").write_text(
        "state,status,signed,bound,in_force,until,verified,source,as_of\nIE,party,,,2026-09-01,,no,for this test,\n"
    )
    (agency / "rules/instruments").mkdir()
    (agency / "rules/instruments/ours.yaml").write_text(
        "- id: voluntary-practice\n  title: t\n  cites: [our-handbook/1]\n  when: [{data: {id: $item}}]\n"
        "  conclude: [{must_not: {item: $item, act: ask-custodian}}]\n  because: b\n"
    )
    path.write_text("\n".join(shown) + "\n")
    ran = comity("check", "rules")
    assert ran.code == 0, ran.err
    assert "3 changes" in ran.out


@pytest.mark.slow
def test_the_commands_of_its_readme_exist_and_work(comity, agency, tmp_path) -> None:
    text = (agency / "README.md").read_text()
    block = re.findall(r"```sh\n(comity .*?)```", text, re.DOTALL)[0]
    commands = [line.split("#")[0].split()[1:] for line in block.splitlines()]
    assert [command[0] for command in commands] == ["check", "fmt", "test", "diff", "prove", "decide"]
    for command in commands:
        words = ["shipped" if word == "main" else word for word in command]
        words = ["scenarios/emergency-abroad.yaml" if word == "case.yaml" else word for word in words]
        assert comity(*words).code in (0, 1 if command[0] == "diff" else 0), command


def test_its_hooks_run_commands_that_work(comity, agency) -> None:
    config = yaml.safe_load((agency / ".pre-commit-config.yaml").read_text())
    before = {path: path.read_bytes() for path in agency.rglob("*") if path.is_file()}
    for hook in config["repos"][0]["hooks"]:
        words = hook["entry"].split()
        assert words[0] == "comity"
        assert hook["pass_filenames"] is False
        assert comity(*words[1:]).code == 0, hook["id"]
    assert {path: path.read_bytes() for path in agency.rglob("*") if path.is_file()} == before
