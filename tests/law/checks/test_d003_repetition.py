import pytest
from desk import found, rule
from mends import mended

THEN = ["warning: {about: $s, code: look}"]


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        (
            rule(
                ["involved: {state: $s}", "member: {network: interpol, state: $s}", "involved: {state: $s}"],
                conclude=THEN,
            ),
            7,
        ),
        (rule(["involved: {state: $s}"], conclude=THEN * 2), 8),
    ],
)
def test_what_is_listed_twice_is_found_at_the_second(tmp_path, rules, line) -> None:
    (finding,) = found(tmp_path, rules, "D003")
    assert finding.place.line == line
    assert "already" in finding.message


def test_the_same_condition_on_another_variable_is_another_condition(tmp_path) -> None:
    rules = rule(["involved: {state: $s}", "involved: {state: $t}", "different: [$s, $t]"], conclude=THEN)
    assert found(tmp_path, rules, "D003") == []


def test_the_second_goes_and_the_comments_stay(tmp_path) -> None:
    rules = rule(["involved: {state: $s}", "involved: {state: $s}", "none_of: [$s, CN]"], conclude=THEN)
    rules = rules.replace("    - none_of", "    # not at home\n    - none_of")
    after = mended(tmp_path, rules, "D003")
    assert after == rules.replace("    - involved: {state: $s}\n", "", 1)
