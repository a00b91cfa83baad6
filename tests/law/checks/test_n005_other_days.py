import pytest
from desk import found, rule

THEN = ["warning: {about: $s, code: look}"]


@pytest.mark.parametrize(
    ("effective", "times"),
    [("{until: 2003-09-28}", 1), ("{until: 2003-09-29}", 0), ("{from: 2003-09-29}", 0), ("{from: 2030-01-01}", 0)],
)
def test_a_rule_that_ends_before_the_treaty_begins_never_applies(tmp_path, effective, times) -> None:
    rules = rule(["party: {instrument: untoc, state: FR}", "involved: {state: $s}"], effective=effective, conclude=THEN)
    findings = found(tmp_path, rules, "N005")
    assert len(findings) == times
    assert found(tmp_path, rules, "N004") == []
    for finding in findings:
        assert finding.place.line == 7
        assert "on the days on which it is law, no row of the tables says" in finding.message


def test_a_treaty_that_has_ended_serves_no_later_rule(tmp_path) -> None:
    bilateral = (
        "kind,a,b,title,status,in_force,until,verified,source,as_of\n"
        "mlat,CN,FR,Old treaty,party,1990-01-01,1999-12-31,yes,series,2026-10-02\n"
    )
    rules = rule(["bilateral: {kind: mlat, state: CN, other: $s}"], effective="{from: 2000-01-01}", conclude=THEN)
    assert len(found(tmp_path, rules, "N005", **{"tables/bilateral.csv": bilateral})) == 1
    earlier = rules.replace("2000-01-01", "1999-12-31")
    assert found(tmp_path, earlier, "N005", **{"tables/bilateral.csv": bilateral}) == []


def test_a_treaty_in_force_for_nobody_has_no_days_to_compare(tmp_path) -> None:
    rules = rule(["party: {instrument: uncc, state: $s}"], effective="{from: 2026-01-01}", conclude=THEN)
    assert found(tmp_path, rules, "N005") == []
