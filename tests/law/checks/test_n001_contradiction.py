import pytest
from desk import found, rule

THEN = ["warning: {about: $s, code: look}"]
HERE = rule(["case: {forum: $h}", "data: {id: $x, stored_in: $h}"], id="at-home", conclude=["here: {item: $x}"])
ABROAD = rule(
    ["case: {forum: $h}", "data: {id: $x, stored_in: $t}", "different: [$h, $t]"],
    id="not-at-home",
    conclude=["abroad: {item: $x, state: $t}"],
)
INVOLVED = "involved: {state: $s}"


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ([INVOLVED, "penalty: {state: $s, years: $y}", "at_least: [$y, 4]", "less_than: [$y, 3]"], "at least '4'"),
        ([INVOLVED, "one_of: [$s, CN, US]", "none_of: [$s, CN, US]"], "excluded"),
        ([INVOLVED, "different: [$s, $s]"], "differ from itself"),
        ([INVOLVED, "same: [$s, CN]", "same: [$s, US]"], "the same"),
        ([INVOLVED, "absent: {involved: {state: $s}}"], "would have to hold and to be absent"),
        (["data: {id: $x, stored_in: $s}", "absent: {data: {stored_in: $s}}"], "would have to hold and to be absent"),
        (["data: {id: $x, stored_in: $s}", "asset: {id: $x}"], "both a data item and a asset"),
        (["data: {id: $x, stored_in: $s, public: yes}", "data: {id: $x, public: no}"], "the same"),
        (
            [INVOLVED, "case: {forum: $h, as_of: $d}", "before: [$d, 2020-01-01]", "not_before: [$d, 2020-01-01]"],
            "2020-01-01",
        ),
        (["here: {item: $x}", "abroad: {item: $x, state: $s}"], "differ from itself"),
    ],
)
def test_conditions_that_exclude_each_other_are_found_with_the_reason(tmp_path, when, why) -> None:
    (finding,) = found(tmp_path, "\n".join([HERE, ABROAD, rule(when, conclude=THEN)]), "N001")
    assert "example can never apply" in finding.message
    assert why in finding.message


@pytest.mark.parametrize(
    "when",
    [
        [INVOLVED, "penalty: {state: $s, years: $y}", "at_least: [$y, 3]", "at_most: [$y, 3]"],
        [INVOLVED, "absent: {involved: {state: CN}}"],
        ["data: {id: $x, stored_in: $s}", "asset: {id: $y, located_in: $s}"],
        ["data: {stored_in: $s, public: yes}", "data: {public: no}"],
        ["here: {item: $x}", "abroad: {item: $y, state: $s}"],
        [INVOLVED, "party: {instrument: uncc, state: $s}"],  # in force for nobody yet: the tables may change
    ],
)
def test_conditions_that_some_case_meets_are_let_pass(tmp_path, when) -> None:
    assert found(tmp_path, "\n".join([HERE, ABROAD, rule(when, conclude=THEN)]), "N001") == []


def test_a_relation_that_is_concluded_and_ruled_out_cannot_be_both(tmp_path) -> None:
    rules = [
        rule(["data: {id: $x, stored_in: $t}"], id="open", conclude=["direct_access: {item: $x}"]),
        rule(["data: {id: $x, public: no}"], id="closed", rule_out=["direct_access: {item: $x}"], overrides="[open]"),
        rule(
            ["data: {id: $x}", "direct_access: {item: $x}", "denied: {direct_access: {item: $x}}"],
            conclude=["warning: {about: $x, code: look}"],
        ),
    ]
    (finding,) = found(tmp_path, "\n".join(rules), "N001")
    assert "would have to hold and to be denied" in finding.message
