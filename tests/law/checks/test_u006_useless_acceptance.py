from desk import found, rule
from mends import mended

WHEN, THEN = ["involved: {state: $s}"], ["warning: {about: $s, code: look}"]
ENTRY = "    - {check: %s, reason: it is meant to be so}\n"


def test_what_is_accepted_and_not_found_is_told(tmp_path) -> None:
    (finding,) = found(tmp_path, rule(WHEN, conclude=THEN) + "  accept:\n" + ENTRY % "E001", "U006")
    assert finding.place.line == 10
    assert "accepts E001, which is not found" in finding.message


def test_a_code_that_does_not_exist_is_never_found(tmp_path) -> None:
    assert len(found(tmp_path, rule(WHEN, conclude=THEN) + "  accept:\n" + ENTRY % "Z999", "U006")) == 1


def test_what_is_accepted_with_need_is_in_order(tmp_path) -> None:
    rules = rule(WHEN, effective="{until: 2020-01-01}", conclude=THEN) + "  accept:\n" + ENTRY % "E001"
    assert found(tmp_path, rules, "U006") == []


def test_accepting_with_another_rule_accepts_nothing_with_a_third(tmp_path) -> None:
    yes = rule(WHEN, id="yes", conclude=["claim: {state: $s, basis: flag}"])
    no = rule(WHEN, id="no", rule_out=["claim: {state: $s, basis: flag}"])
    accept = "  accept:\n    - {check: X001, with: %s, reason: open}\n"
    assert found(tmp_path / "a", yes + accept % "no" + "\n" + no, "X001") == []
    third = "\n" + rule(WHEN, id="third", conclude=THEN)
    assert len(found(tmp_path / "b", yes + accept % "third" + "\n" + no + third, "X001")) == 1
    assert len(found(tmp_path / "b", yes + accept % "third" + "\n" + no + third, "U006")) == 1


def test_it_is_left_out_with_its_key_and_the_others_stay(tmp_path) -> None:
    expired = rule(WHEN, effective="{until: 2020-01-01}", conclude=THEN)
    assert mended(tmp_path / "a", rule(WHEN, conclude=THEN) + "  accept:\n" + ENTRY % "E001", "U006") == rule(
        WHEN, conclude=THEN
    )
    two = expired + "  accept:\n" + ENTRY % "D001" + ENTRY % "E001"
    assert mended(tmp_path / "b", two, "U006") == expired + "  accept:\n" + ENTRY % "E001"
