import pytest
from desk import found, rule

GENERAL = rule(
    ["case: {forum: $here}", "data: {id: $item, stored_in: $there}", "different: [$here, $there]"],
    id="general",
    cites="untoc/4-2, untoc/18",
    conclude=["channel: {item: $item, state: $there, kind: mla, days: [10, 20]}"],
)


def special(*more: str, then: str = "channel: {item: $x, state: $t, kind: mla, days: [10, 20]}", **parts) -> str:
    when = ["case: {forum: $h}", "data: {id: $x, stored_in: $t, category: content}", "different: [$h, $t]", *more]
    return rule(when, id="special", conclude=[then], **parts)


def redundant(folder, *rules: str) -> list[str]:
    return [f.rules[0] for f in found(folder, "\n".join(rules), "D001")]


def test_a_rule_that_another_always_covers_is_found_whatever_its_variables_are_called(tmp_path) -> None:
    assert redundant(tmp_path, GENERAL, special()) == ["special"]


def test_the_more_general_rule_is_not_redundant_wherever_it_stands(tmp_path) -> None:
    assert redundant(tmp_path, special(), GENERAL) == ["special"]


def test_of_two_equal_rules_one_is_kept(tmp_path) -> None:
    assert len(redundant(tmp_path, GENERAL, GENERAL.replace("id: general", "id: other"))) == 1


@pytest.mark.parametrize(
    "other",
    [
        special(then="channel: {item: $x, state: $t, kind: mla, days: [5, 20]}"),
        special(then="channel: {item: $x, state: $t, kind: surrender, days: [10, 20]}"),
        special().replace("cites: [untoc/4-2]", "cites: [untoc]"),
        special().replace("different: [$h, $t]", "one_of: [$t, CN, US]"),
        special(overrides="[denies]"),
        special(strict="true"),
    ],
    ids=[
        "other terms",
        "other channel",
        "other authority",
        "other condition",
        "goes before a rule",
        "cannot be defeated",
    ],
)
def test_a_rule_that_adds_something_is_kept(tmp_path, other) -> None:
    denies = rule(
        ["data: {id: $x, stored_in: $t, public: yes}"],
        id="denies",
        rule_out=["channel: {item: $x, state: $t, kind: mla}"],
    )
    assert redundant(tmp_path, GENERAL, other, denies) == []


def test_a_rule_that_another_gives_way_to_less_readily_is_kept(tmp_path) -> None:
    denies = rule(
        ["data: {id: $x, stored_in: $t, public: yes}"],
        id="denies",
        rule_out=["channel: {item: $x, state: $t, kind: mla}"],
        overrides="[general]",
    )
    assert redundant(tmp_path, GENERAL, special(), denies) == []


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("at_least: [$y, 3]", "at_least: [$y, 4]"),
        ("more_than: [$y, 3]", "at_least: [$y, 4]"),
        ("none_of: [$s, CN]", "one_of: [$s, US, FR]"),
    ],
)
def test_comparisons_are_understood(tmp_path, wide, narrow) -> None:
    def one(id_: str, *tests: str) -> str:
        when = ["penalty: {offence: $o, state: $s, years: $y}", *tests]
        return rule(when, id=id_, conclude=["warning: {about: $o, code: look}"])

    assert redundant(tmp_path / "a", one("wide", wide), one("narrow", narrow)) == ["narrow"]
    assert redundant(tmp_path / "b", one("first", narrow), one("second", wide)) == ["first"]


def test_an_absence_covers_a_narrower_one(tmp_path) -> None:
    def one(id_: str, absent: str) -> str:
        return rule(
            ["data: {id: $x, stored_in: $t}", f"absent: {absent}"],
            id=id_,
            conclude=["warning: {about: $x, code: look}"],
        )

    rules = one("narrow", "{data: {stored_in: $t, public: yes}}"), one("wide", "{data: {public: yes}}")
    assert redundant(tmp_path, *rules) == ["wide"]
