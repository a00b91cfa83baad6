"""OLD and NEW as folders, as revisions of git, and as the shipped rulebook."""

import os
import subprocess
from pathlib import Path

import pytest

from comity.diff.edition import editions
from comity.diff.rules import rule_changes
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook

RULE = """\
- id: ours
  title: The ministry is told
  cites: [untoc/4]
  when: [{case: {forum: $here}}]
  conclude: [{prevention: {about: $here, measure: tell-our-ministry}}]
  because: "our ministry wants to know"
"""
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "a"), ("EMAIL", "a@example.org"), ("DATE", "2026-01-01T00:00:00Z"))
} | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(here: Path, *words: str) -> str:
    command = ["git", "-c", "init.defaultBranch=main", *words]
    return subprocess.run(
        command, cwd=here, env=os.environ | IDENTITY, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def repository(tmp_path):
    """A repository of an agency: one rule at first, then another title, and an uncommitted third."""
    here = tmp_path / "agency"
    rule = here / "law" / "prevention" / "ours.yaml"
    rule.parent.mkdir(parents=True)
    git(here, "init", "-q")
    for title in ("The ministry is told", "The minister is told"):
        rule.write_text(RULE.replace("The ministry is told", title))
        git(here, "add", ".")
        git(here, "commit", "-q", "-m", title)
    rule.write_text(RULE.replace("The ministry is told", "Nobody is told"))
    return here


def titles(old: str, new: str, here: Path) -> list[str]:
    with editions(old, new, here) as found:
        return [edition.rulebook.by_id["ours"].title for edition in found]


def test_a_revision_means_the_folder_of_the_other_side(repository) -> None:
    assert titles("HEAD~1", "law", repository) == ["The ministry is told", "Nobody is told"]
    assert titles("main", "law", repository) == ["The minister is told", "Nobody is told"]


def test_a_revision_with_a_folder(repository) -> None:
    assert titles("HEAD~1:law", "main:law", repository) == ["The ministry is told", "The minister is told"]


def test_a_revision_is_read_from_a_folder_below_the_top(repository) -> None:
    (repository / "docs").mkdir()
    assert titles("HEAD~1", "../law", repository / "docs") == ["The ministry is told", "Nobody is told"]


def test_without_a_folder_the_folder_rules_is_meant(repository) -> None:
    git(repository, "mv", "law", "rules")
    git(repository, "commit", "-q", "-a", "-m", "moved")
    assert titles("HEAD", "HEAD", repository)[0] == "Nobody is told"


def test_the_shipped_rules_have_a_name(repository) -> None:
    with editions("shipped", "law", repository) as (old, new):
        assert old.rulebook.digest == Rulebook.shipped().digest
        assert [change.id for change in rule_changes(old.rulebook.rules, new.rulebook.rules)] == ["ours"]


def test_a_place_is_told_as_it_was_asked_for(repository) -> None:
    with editions("HEAD~1:law", "law", repository) as found:
        places = [str(edition.place(edition.rulebook.by_id["ours"].place)) for edition in found]
    assert places == ["HEAD~1:law/prevention/ours.yaml:1:3", "law/prevention/ours.yaml:1:3"]


def test_nothing_in_the_repository_is_touched(repository) -> None:
    before = {p: p.read_bytes() for p in repository.rglob("*") if p.is_file()}
    titles("HEAD~1", "law", repository)
    assert {p: p.read_bytes() for p in repository.rglob("*") if p.is_file()} == before


def test_attributes_and_line_ends_are_read_as_they_are_stored(repository) -> None:
    (repository / ".gitattributes").write_text("*.yaml export-ignore eol=crlf\n")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "attributes")
    assert titles("HEAD:law", "law", repository)[0] == "Nobody is told"


@pytest.mark.parametrize(
    ("old", "code", "expected"),
    [
        ("no-such-branch", "G001", "no such revision of git"),
        ("HEAD~99", "G001", "no such revision of git"),
        ("HEAD:rules", "G002", "HEAD has no such folder"),
        ("--output=x", "G001", "no such revision of git"),
        ("", "G001", "no such revision of git"),
    ],
)
def test_what_cannot_be_found_is_said(repository, old, code, expected) -> None:
    if not old:
        old = ":law"
    with pytest.raises(InputError) as caught, editions(old, "law", repository):
        pass
    (finding,) = caught.value.findings
    assert finding.code == code
    assert expected in finding.message
    assert not list(repository.glob("x"))


def test_outside_a_repository_the_words_of_git_are_passed_on(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(InputError, match="not a git repository"), editions("main", "shipped", tmp_path):
        pass


def test_without_git_two_folders_still_do_and_a_revision_says_what_is_missing(repository, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert titles("law", "law", repository) == ["Nobody is told"] * 2
    with pytest.raises(InputError, match="git is not installed"), editions("main", "law", repository):
        pass


def test_rules_that_cannot_be_read_are_told_with_the_side_and_the_file(repository) -> None:
    (repository / "law" / "prevention" / "ours.yaml").write_text("- id: ours\n")
    with pytest.raises(InputError) as caught, editions("main", "law", repository):
        pass
    first = caught.value.findings[0]
    assert (first.place.file, first.code) == ("law", "G003")
    assert {finding.place.file for finding in caught.value.findings[1:]} == {"law/prevention/ours.yaml"}


def test_what_tables_lack_by_a_later_measure_is_passed_over_and_told(repository) -> None:
    """A new version may ask more of tables; the change that mends them must still be comparable."""
    table = repository / "law" / "tables" / "networks.csv"
    table.parent.mkdir()
    table.write_text("network,state\nour-network,DE\n")
    with editions("law", "shipped", repository) as (old, new):
        assert {finding.code for finding in old.findings} >= {"T002"}
        assert {finding.place.file for finding in old.findings} == {"law/tables/networks.csv"}
        assert new.findings == ()
        assert "our-network" in old.rulebook.tables.network_names
