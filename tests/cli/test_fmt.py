"""``comity fmt`` as a user runs it."""

import pytest

CROOKED = "- title: 'One'\n  id: one # first\n\n  cites: ['law/1']\n"
STRAIGHT = "- id: one  # first\n  title: One\n  cites: [law/1]\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules" / "principles").mkdir(parents=True)
    (tmp_path / "rules" / "principles" / "one.yaml").write_text(CROOKED)
    (tmp_path / "rules" / "principles" / "two.yaml").write_text(STRAIGHT)
    (tmp_path / "rules" / "authorities.yaml").write_text("law:   {title: 'A law'}\n")
    return tmp_path / "rules" / "principles"


def test_the_rules_below_the_working_directory_are_laid_out(comity, folder) -> None:
    ran = comity("fmt")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "laid out rules/principles/one.yaml\n1 changed, 1 as they should be\n"
    assert (folder / "one.yaml").read_text() == STRAIGHT
    assert (folder.parent / "authorities.yaml").read_text() == "law:   {title: 'A law'}\n"
    assert comity("fmt").out == "0 changed, 2 as they should be\n"


def test_check_changes_nothing_and_fails_where_something_would_change(comity, folder) -> None:
    ran = comity("fmt", "--check")
    assert ran.code == 1
    assert "would lay out rules/principles/one.yaml" in ran.out
    assert (folder / "one.yaml").read_text() == CROOKED
    assert comity("fmt", "--check", folder / "two.yaml").code == 0


def test_the_difference_can_be_applied_as_a_patch(comity, folder) -> None:
    ran = comity("fmt", "--diff")
    assert ran.code == 1
    assert ran.out.startswith("--- rules/principles/one.yaml\n+++ rules/principles/one.yaml laid out\n@@ ")
    assert "+- id: one  # first\n" in ran.out
    assert "1 would change" in ran.err
    assert (folder / "one.yaml").read_text() == CROOKED


def test_faults_of_one_file_do_not_keep_the_others_from_being_laid_out(comity, folder) -> None:
    (folder / "broken.yaml").write_text('- id: "a\n')
    (folder / "odd.yaml").write_text("- just a word\n")
    ran = comity("fmt")
    assert ran.code == 2
    assert "broken.yaml" in ran.err
    assert "F004" in ran.err
    assert "odd.yaml:1:1  R001" in ran.err
    assert (folder / "one.yaml").read_text() == STRAIGHT


def test_a_file_that_is_named_has_to_hold_rules(comity, folder) -> None:
    ran = comity("fmt", folder.parent / "authorities.yaml")
    assert ran.code == 2
    assert "R001" in ran.err


def test_a_place_without_rules(comity, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = comity("fmt")
    assert ran.code == 2
    assert "comity fmt PATH" in ran.err
    assert comity("fmt", "nowhere.yaml").code == 2


def test_the_standard_input_comes_out_laid_out(comity) -> None:
    ran = comity("fmt", "-", stdin=CROOKED)
    assert (ran.code, ran.out, ran.err) == (0, STRAIGHT, "")
    assert comity("fmt", "-", stdin="law: {}\n").code == 2
