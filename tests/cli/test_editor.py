"""Schemas and settings for the folder of an agency."""

import json
from pathlib import Path

import pytest

from comity.law.rulebook import shipped_folder

RULE = """\
- id: own-rule
  title: Own
  cites: [own-law/7]
  because: own
  conclude: [warning: {about: CN, code: own-word}]
"""


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """A folder of an agency that has a rule and an authority of its own beside the shipped tables."""
    rules = tmp_path / "agency" / "rules"
    (rules / "domestic").mkdir(parents=True)
    for name in ("tables", "preferences"):
        (rules / name).symlink_to(shipped_folder() / name)
    (rules / "authorities.yaml").write_text("own-law: {title: Own, articles: {'7': {says: ours}}}")
    (rules / "domestic" / "own.yaml").write_text(RULE)
    return tmp_path / "agency"


def test_an_agency_is_offered_its_own_rules_authorities_and_words(agency: Path, comity) -> None:
    ran = comity("editor", agency)
    assert ran.code == 0
    schema = json.loads((agency / "schemas" / "rule.schema.json").read_text())
    offered = [entry.get("const") for name in ("rule-id", "citation") for entry in schema["$defs"][name]["anyOf"]]
    assert [name for name in offered if name] == ["own-rule", "own-law", "own-law/7"]
    assert "own-word" in (agency / "schemas" / "scenario.schema.json").read_text()


def test_rules_that_only_add_to_the_shipped_ones_may_name_those_too(tmp_path: Path, comity) -> None:
    (tmp_path / "rules" / "domestic").mkdir(parents=True)
    (tmp_path / "rules" / "domestic" / "own.yaml").write_text(RULE)
    assert comity("editor", tmp_path).code == 0
    schema = json.loads((tmp_path / "schemas" / "rule.schema.json").read_text())
    offered = {entry.get("const") for entry in schema["$defs"]["rule-id"]["anyOf"]}
    assert offered >= {"own-rule", "sovereignty-1"}


def test_what_an_agency_switches_off_is_nothing_to_override_and_what_it_adds_to_an_authority_can_be_cited(
    tmp_path: Path, comity
) -> None:
    rules = tmp_path / "rules"
    (rules / "tables").mkdir(parents=True)
    (rules / "changes.yaml").write_text("- {disable: us-2713-reach, reason: we are elsewhere}\n")
    (rules / "authorities.yaml").write_text("budapest: {articles: {'99': {says: ours}}}\n")
    (rules / "tables" / "networks.csv").write_text("network,state,since,source\nour-network,CN,,letter\n")
    assert comity("editor", tmp_path).code == 0
    made = {path.name: json.loads(path.read_text()) for path in (tmp_path / "schemas").iterdir()}
    definitions = made["rule.schema.json"]["$defs"]

    def offered(name: str) -> set[str]:
        return {entry.get("const") for entry in definitions[name]["anyOf"]}

    assert "us-2713-reach" not in offered("rule-id")
    assert offered("citation") >= {"budapest/99", "budapest/27"}
    assert offered("network") >= {"our-network", "interpol"}
    changes = made["changes.schema.json"]["items"]["properties"]["disable"]["anyOf"]
    assert {entry.get("const") for entry in changes} >= {"us-2713-reach", "tables/networks.csv"}


def test_what_is_half_written_takes_nothing_away(agency: Path, comity) -> None:
    with (agency / "rules" / "domestic" / "own.yaml").open("a") as file:
        file.write("- id: next-rule\n  title: Next\n  when: [{dta: {}}]\n")
    (agency / "rules" / "domestic" / "broken.yaml").write_text("- id: [\n")
    assert comity("editor", agency).code == 0
    text = (agency / "schemas" / "rule.schema.json").read_text()
    assert "own-rule" in text
    assert "next-rule" in text


def test_settings_that_are_there_already_stay(agency: Path, comity) -> None:
    (agency / ".vscode").mkdir()
    settings = agency / ".vscode" / "settings.json"
    settings.write_text('{"files.eol": "\\n", "yaml.schemas": {"other.json": "other.yaml"}}')
    assert comity("editor", agency).code == 0
    found = json.loads(settings.read_text())
    assert found["files.eol"] == "\n"
    assert found["yaml.schemas"]["other.json"] == "other.yaml"
    assert found["yaml.schemas"]["./schemas/scenario.schema.json"] == ["scenarios/**/*.yaml"]
    once = settings.read_text()
    assert comity("editor", agency).code == 0
    assert settings.read_text() == once


def test_settings_with_comments_are_left_alone_and_what_is_missing_is_shown(agency: Path, comity) -> None:
    (agency / ".vscode").mkdir()
    settings = agency / ".vscode" / "settings.json"
    settings.write_text("// mine\n{}\n")
    ran = comity("editor", agency)
    assert ran.code == 0
    assert settings.read_text() == "// mine\n{}\n"
    assert "add to it" in ran.err
    assert "./schemas/rule.schema.json" in ran.err


def test_a_folder_that_does_not_exist(tmp_path: Path, comity) -> None:
    ran = comity("editor", tmp_path / "none")
    assert (ran.code, "there is no such folder" in ran.err) == (2, True)
