import pytest
from desk import found, rule

THEN = "claim: {state: $s, basis: flag}"


def conflicts(folder, *rules: str, **files: str) -> list[tuple[str, ...]]:
    return [finding.rules for finding in found(folder, "\n".join(rules), "X001", **files)]


def yes(*when: str, **parts) -> str:
    return rule(["involved: {state: $s}", *when], id="yes", **({"conclude": [THEN]} | parts))


def no(*when: str, **parts) -> str:
    return rule(["involved: {state: $s}", *when], id="no", **({"rule_out": [THEN]} | parts))


def test_a_conflict_that_nothing_settles_is_found_with_both_rules(tmp_path) -> None:
    (finding,) = found(tmp_path, yes() + "\n" + no(), "X001")
    assert finding.rules == ("yes", "no")
    assert finding.place.line == 7
    assert "no stands at" in finding.hint


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (yes(overrides="[no]"), no()),
        (yes(), no(overrides="[yes]")),
        (yes(), no(default="true")),
        (yes(strict="true"), no()),
        (yes(), no(rule_out=[], unsettle=[THEN]).replace("  rule_out:\n", "")),
        (yes(), no(rule_out=["claim: {state: $s, basis: protective}"])),
        (yes("one_of: [$s, CN]"), no("none_of: [$s, CN]")),
        (yes(effective="{until: 2019-12-31}"), no(effective="{from: 2020-01-01}")),
        (yes("case: {stage: trial}"), no("case: {stage: prosecution}")),
        (
            yes("profile: {state: $s, attribute: blocking_statute, value: all-evidence}"),
            no("member: {network: interpol, state: $s}"),
        ),
        (yes("absent: {barred: {state: $s}}"), no("barred: {state: $s, ground: $g}", because="{g}")),
    ],
    ids=[
        "overrides",
        "is overridden",
        "default",
        "strict",
        "unsettles on purpose",
        "another basis",
        "other states",
        "other days",
        "other stages",
        "no state in both tables",
        "absent and held",
    ],
)
def test_conflicts_that_are_settled_or_cannot_arise_are_none(tmp_path, one, other) -> None:
    barred = rule(
        ["proceedings: {state: $s, stage: final-judgment}"],
        id="barred",
        conclude=["barred: {state: $s, ground: judged}"],
    )
    assert conflicts(tmp_path, one, other, barred) == []


def test_what_rules_conclude_is_traced_to_their_conditions(tmp_path) -> None:
    here = rule(["case: {forum: $h}", "data: {id: $x, stored_in: $h}"], id="at-home", conclude=["here: {item: $x}"])
    abroad = rule(
        ["case: {forum: $h}", "data: {id: $x, stored_in: $t}", "different: [$h, $t]"],
        id="not-at-home",
        conclude=["abroad: {item: $x, state: $t}"],
    )
    takes = rule(["here: {item: $x}"], id="takes", conclude=["direct_access: {item: $x}"])
    leaves = rule(["abroad: {item: $x, state: $t}"], id="leaves", rule_out=["direct_access: {item: $x}"])
    assert conflicts(tmp_path / "a", here, abroad, takes, leaves) == []
    public = leaves.replace("abroad: {item: $x, state: $t}", "data: {id: $x, public: yes}")
    assert conflicts(tmp_path / "b", here, takes, public) == [("takes", "leaves")]


def test_a_conflict_that_is_accepted_with_a_reason_is_not_told(tmp_path) -> None:
    accept = "  accept:\n    - {check: X001, with: no, reason: courts are divided}\n"
    assert conflicts(tmp_path / "a", yes() + accept, no()) == []
    assert conflicts(tmp_path / "b", yes(), no() + accept.replace("with: no, ", "")) == []
