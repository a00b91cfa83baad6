import pytest
from desk import found, rule

WHEN, THEN = ["involved: {state: $s}"], ["warning: {about: $s, code: look}"]


@pytest.mark.parametrize(("until", "times"), [("2026-11-24", 1), ("2026-11-25", 0), ("2030-01-01", 0)])
def test_a_rule_is_expired_on_the_day_after_its_last(tmp_path, until, times) -> None:
    found_ = found(tmp_path, rule(WHEN, effective=f"{{until: {until}}}", conclude=THEN), "E001")
    assert len(found_) == times
    for finding in found_:
        assert (finding.place.line, finding.place.column) == (6, 22)
        assert f"its last day was {until}" in finding.message


def test_a_rule_that_says_why_it_is_kept_is_not_named(tmp_path) -> None:
    rules = rule(WHEN, effective="{until: 2020-01-01}", conclude=THEN)
    rules += "  accept:\n    - {check: E001, reason: for decisions as of an earlier day}\n"
    assert found(tmp_path, rules, "E001") == []
    assert found(tmp_path, rules, "U006") == []
