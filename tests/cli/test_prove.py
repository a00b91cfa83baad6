"""``prove``: what holds of every possible case, told to a user."""

import os
import subprocess
import sys
import time

import pytest

PROPERTIES = """\
- id: hands-off
  title: What lies abroad is not taken
  cites: [law/1]
  never:
    - case: {forum: $here}
    - data: {id: $item, stored_in: $there}
    - different: [$here, $there]
    - direct_access: {item: $item}
  because: "{item} in {there} is taken from {here}"

- id: always-preserved
  title: Whatever is asked for is preserved first
  cites: [law/2]
  never:
    - case: {forum: $here}
    - channel: {item: $item, state: $there, kind: production-order}
    - absent: {channel: {item: $item, state: $there, kind: expedited-preservation}}
  because: "{item} is ordered from {there}, and nobody preserves it"

- id: every-rule
  title: Every rule can apply
  cites: [law/1]
  possible: every-rule
  because: none is idle
"""


@pytest.fixture
def claimed(law):
    (law / "properties").mkdir()
    (law / "properties" / "ours.yaml").write_text(PROPERTIES)
    return law


@pytest.fixture(autouse=True)
def _no_worked_cases(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_what_holds_is_proved_and_what_does_not_is_shown(comity, claimed) -> None:
    ran = comity("prove", "--rules", claimed)
    assert ran.code == 1
    assert "proved      What lies abroad is not taken (hands-off, " in ran.out
    assert "fails       Whatever is asked for is preserved first (always-preserved, " in ran.out
    assert "is ordered from" in ran.out
    assert "proved      Every rule can apply (every-rule, " in ran.out
    assert "0 of 11 rules apply in worked cases, 11 in cases made for them" in ran.out
    assert "2 proved, 1 failed" in ran.out


def test_the_case_that_breaks_a_claim_is_written_and_decided_as_it_says(comity, claimed, tmp_path) -> None:
    ran = comity("prove", "--rules", claimed, "--property", "always-preserved", "--out", tmp_path / "cases")
    assert ran.code == 1
    path = tmp_path / "cases" / "always-preserved.yaml"
    assert f"comity decide {path} --rules {claimed}" in ran.out
    assert path.read_text().startswith("# comity prove, always-preserved: item is ordered from ")
    decided = comity("decide", path, "--rules", claimed)
    assert decided.code == 0
    assert "production-order" in decided.out
    assert "as_of: '20" in path.read_text()


def test_what_is_assumed_is_said_and_checked(comity) -> None:
    ran = comity("prove", "--axioms")
    assert ran.code == 0
    assert " - a custodian is established where it has its seat" in ran.out
    assert " - No agreement on access to electronic data is in force before the statute" in ran.out
    assert "each checked against every row on every day" in ran.out


def test_an_assumption_that_the_tables_break_is_told_with_the_row(comity, tmp_path) -> None:
    (tmp_path / "mine" / "properties").mkdir(parents=True)
    (tmp_path / "mine" / "properties" / "wrong.yaml").write_text(
        "- id: no-parties\n  title: Kenya is no party\n  cites: [untoc/4]\n  because: none\n"
        "  tables_never: [{party: {instrument: untoc, state: KE}}]\n"
    )
    ran = comity("prove", "--axioms", "--rules", tmp_path / "mine")
    assert ran.code == 1
    assert "broken      Kenya is no party: since 2004-07-16 party(untoc, KE)" in ran.out


def test_a_property_that_is_not_there(comity, claimed) -> None:
    ran = comity("prove", "--rules", claimed, "--property", "hands-of")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no property 'hands-of'" in ran.err
    assert "did you mean 'hands-off'?" in ran.err


def test_rules_of_which_nothing_is_claimed(comity, law) -> None:
    ran = comity("prove", "--rules", law)
    assert ran.code == 2
    assert "there is no property to prove" in ran.err


def test_a_mistake_in_a_property_stops_check_and_prove(comity, claimed) -> None:
    (claimed / "properties" / "ours.yaml").write_text(PROPERTIES.replace("stored_in", "storedin"))
    for command in (["check", claimed], ["prove", "--rules", claimed]):
        ran = comity(*command)
        assert ran.code == 2
        told = ran.out + ran.err
        assert "ours.yaml:6:25  V003" in told
        assert "did you mean 'stored_in'?" in told
        assert "in order" not in told


def test_interrupted_it_says_what_it_had_found() -> None:
    command = [sys.executable, "-P", "-m", "comity_cli", "prove"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    begun = [process.stdout.readline() for _ in range(3)]
    time.sleep(0.2)
    process.send_signal(2)
    out, err = process.communicate(timeout=60)
    assert begun[0].startswith(b"checked")
    assert begun[1].startswith(b"proved")
    assert (process.returncode, err) == (130, b"Interrupted.\n")
    assert b" proved, 0 failed (" in out.splitlines()[-1]
