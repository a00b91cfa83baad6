from desk import found, rule

from comity.law.finding import Severity

THEN = ["warning: {about: $s, code: look}"]
BOUND = rule(
    ["party: {instrument: $i, state: $a}", "party: {instrument: $i, state: $b}", "different: [$a, $b]"],
    id="both-bound",
    conclude=["bound: {instrument: $i, state: $a, other: $b}"],
)


def test_a_treaty_in_force_for_nobody_is_noted(tmp_path) -> None:
    (finding,) = found(tmp_path, rule(["party: {instrument: uncc, state: $s}"], conclude=THEN), "N004")
    assert "no row of the tables says 'party: {instrument: uncc" in finding.message
    assert finding.severity is Severity.NOTE


def test_it_is_noted_too_where_another_rule_reads_the_table(tmp_path) -> None:
    waits = rule(["bound: {instrument: uncc, state: $s, other: CN}"], conclude=THEN)
    (finding,) = found(tmp_path, BOUND + "\n" + waits, "N004")
    assert "for 'bound: {instrument: uncc" in finding.message


def test_rows_are_taken_together(tmp_path) -> None:
    def asks(*when: str) -> str:
        return rule(list(when), conclude=THEN)

    nobody = asks(
        "party: {instrument: untoc, state: $s}", "member: {network: interpol, state: $s}", "one_of: [$s, CN, US]"
    )
    assert len(found(tmp_path / "a", nobody, "N004")) == 1
    france = asks("party: {instrument: untoc, state: $s}", "member: {network: interpol, state: $s}")
    assert found(tmp_path / "b", france, "N004") == []


def test_a_rule_that_some_row_serves_is_not_named(tmp_path) -> None:
    serves = rule(["bound: {instrument: untoc, state: $s, other: CN}"], conclude=THEN)
    assert found(tmp_path, BOUND + "\n" + serves, "N004") == []
