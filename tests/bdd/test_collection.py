"""Features in a repository of somebody's own: a folder, a feature file, and no Python."""

import re
import subprocess
import sys

import pytest

RULE = '''
    Given a rule file "principles/mistake.yaml" with
      """
      - id: mistake
        title: A mistake
        cites: [untoc/4]
        when: [{dta: {id: $item}}]
        conclude: [{here: {item: $item}}]
        because: "why not"
      """
    When the rules are checked
'''


def run(folder, *arguments):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def test_a_folder_with_only_a_feature_file_is_collected_and_run(tmp_path):
    (tmp_path / "policy.feature").write_text(
        f"""Feature: Our policy
  Scenario: A mistake is found
    {RULE}
    Then line 4 is faulted: "did you mean 'data'?"

  Scenario: A mistake is denied
    {RULE}
    Then no fault is found

  Scenario: A step that nobody knows
    Given the police of China investigate cyber fraud committed on 2024-05-01
    When the case is decided

  Scenario: A state that nobody knows
    Given the police of Irland investigate cyber fraud committed on 2024-05-01

  Scenario Outline: Days
    Given the police of China investigate cyber fraud committed on <day>

    Examples:
      | day        |
      | 2024-05-01 |
      | 2024-05-32 |
"""
    )
    code, told = run(tmp_path)
    assert code == 1
    assert "4 failed, 2 passed" in told
    assert "unknown relation 'dta'" in told, "what was found instead is told"
    assert re.search(r"policy.feature:\d+: When the case is decided\n", told), "where it stands is told"
    assert "perhaps one of these is meant:" in told
    assert "the case is decided under the law of {date}" in told
    assert "'Irland' is no state by name or by code; did you mean 'IE' (Ireland)?" in told
    assert "'2024-05-32' is no date" in told
    assert "Traceback" not in told
    assert ".py:" not in told


def test_the_case_is_decided_by_the_rules_that_the_repository_names(tmp_path):
    (tmp_path / "rules" / "prevention").mkdir(parents=True)
    (tmp_path / "rules" / "prevention" / "own.yaml").write_text(
        "- id: own-rule\n  title: Our own rule\n  cites: [mps-2020/initiative-4]\n  when: [{case: {forum: $here}}]\n"
        "  conclude: [{prevention: {about: $here, measure: call-us}}]\n  because: we say so\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\ncomity_rules = rules\naddopts = --strict-config --strict-markers\n")
    (tmp_path / "own.feature").write_text(
        """Feature: Our own rules
  Scenario: They are asked
    Given the police of Kenya investigate cyber fraud committed on 2024-05-01
    When the case is decided under the law of 2026-03-01
    Then call us is advised as prevention
    And the reason says "we say so"
"""
    )
    code, told = run(tmp_path)
    assert (code, "1 passed" in told) == (0, True), told


def test_features_of_other_projects_are_left_alone_and_what_python_binds_runs_once(tmp_path):
    (tmp_path / "shop.feature").write_text("Feature: A shop\n  Scenario: Buying\n    Given a basket\n    Then I pay\n")
    (tmp_path / "own.feature").write_text(
        "Feature: Own\n  Scenario: Own step\n    Given our own step\n"
        "    And the police of Kenya investigate cyber fraud committed on 2024-05-01\n"
    )
    (tmp_path / "test_own.py").write_text(
        "from pytest_bdd import given, scenarios\nscenarios('own.feature')\n@given('our own step')\ndef _(): pass\n"
    )
    code, told = run(tmp_path)
    assert (code, "1 passed, 1 deselected" in told) == (0, True), told


def test_broken_feature_files_are_told_with_their_place(tmp_path):
    step = "    Given these facts\n"
    broken = {
        "twice": ("Feature: F\n  Scenario: A\n" + step + "  Scenario: A\n" + step, "two scenarios are called 'A'"),
        "untitled": ("Feature: F\n  Scenario:\n" + step, "a scenario has no title"),
        "headless": ("Scenario: A\n" + step, "headless.feature:1"),
        "empty": ("", "begins with 'Feature:'"),
        "latin": ("Feature: F\n  Scenario: Caf\xe9\n" + step, "is not UTF-8"),
    }
    for name, (text, _) in broken.items():
        (tmp_path / f"{name}.feature").write_text(text, encoding="latin-1")
    code, told = run(tmp_path, *(f"{name}.feature" for name in broken))
    assert code == pytest.ExitCode.INTERRUPTED
    assert [name for name, (_, message) in broken.items() if message not in told] == []
    assert "Traceback" not in told


def test_where_no_features_are_run_nothing_is_loaded(tmp_path):
    code = (
        "import sys, comity.bdd.plugin\n"
        "assert not {'pydantic', 'pytest_bdd', 'comity.law', 'comity.decision'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path).returncode == 0
    (tmp_path / "own.feature").write_text("Feature: Own\n  Scenario: Own\n    Given these facts\n")
    assert run(tmp_path, "-p", "no:pytest-bdd")[0] == pytest.ExitCode.NO_TESTS_COLLECTED
