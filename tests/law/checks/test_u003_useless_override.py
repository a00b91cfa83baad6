import pytest
from desk import found, rule
from mends import mended

WHEN = ["data: {id: $x, stored_in: CN}"]
STRONG = rule(WHEN, id="strong", conclude=["direct_access: {item: $x}"], overrides="[weak]")


def why(folder, strong: str, weak: str) -> list[str]:
    return [f.message.partition("no effect: ")[2] for f in found(folder, strong + "\n" + weak, "U003")]


def weak(*more: str, **parts) -> str:
    return rule([*WHEN, *more], id="weak", **(parts or {"rule_out": ["direct_access: {item: $x}"]}))


def test_an_override_that_settles_a_conflict_has_its_effect(tmp_path) -> None:
    assert why(tmp_path / "a", STRONG, weak()) == []
    assert why(tmp_path / "b", STRONG, weak(unsettle=["direct_access: {item: $x}"])) == []


@pytest.mark.parametrize(
    ("strong", "weaker", "reason"),
    [
        (STRONG, weak(conclude=["direct_access: {item: $x}"]), "it concludes nothing that this rule denies"),
        (STRONG, weak(rule_out=["blocked: {item: $x, state: CN}"]), "it concludes nothing that this rule denies"),
        (STRONG, weak(default="true", rule_out=["direct_access: {item: $x}"]), "it is a default"),
        (STRONG, weak("one_of: [$y, US]").replace("stored_in: CN", "stored_in: $y"), "both never apply"),
        (
            rule(WHEN, id="strong", unsettle=["direct_access: {item: $x}"], overrides="[weak]"),
            weak(),
            "a rule that only unsettles",
        ),
    ],
    ids=["same side", "another thing", "default", "never together", "unsettles"],
)
def test_an_override_without_effect_is_found_with_the_reason(tmp_path, strong, weaker, reason) -> None:
    (told,) = why(tmp_path, strong, weaker)
    assert told.startswith(reason)


def test_a_default_may_override_another_default(tmp_path) -> None:
    strong = STRONG.replace("overrides:", "default: true\n  overrides:")
    assert why(tmp_path, strong, weak(default="true", rule_out=["direct_access: {item: $x}"])) == []


def test_rules_that_only_the_tables_keep_apart_today_may_override_each_other(tmp_path) -> None:
    strong = STRONG.replace("    - data", "    - party: {instrument: uncc, state: CN}\n    - data")
    assert why(tmp_path, strong, weak()) == []


def test_it_is_left_out_with_its_key_where_it_is_the_only_one(tmp_path) -> None:
    rules = STRONG + "\n" + weak(conclude=["direct_access: {item: $x}"])
    assert mended(tmp_path, rules, "U003") == rules.replace("  overrides: [weak]\n", "")
