from desk import found, rule

ONE = rule(["involved: {state: $s}"], id="one", conclude=["warning: {about: $s, code: one}"])
TWO = rule(["involved: {state: $s}"], id="two", conclude=["warning: {about: $s, code: two}"])


def test_the_second_rule_of_a_title_is_found_at_its_title(tmp_path) -> None:
    (finding,) = found(tmp_path, ONE + "\n" + TWO.replace("Rule two", "rule ONE"), "D002")
    assert finding.place.line == ONE.count("\n") + 3
    assert finding.rules == ("two", "one")


def test_titles_of_their_own_are_no_fault(tmp_path) -> None:
    assert found(tmp_path, ONE + "\n" + TWO, "D002") == []


def test_files_on_two_instruments_may_use_the_same_title(tmp_path) -> None:
    other = {"instruments/other.yaml": TWO.replace("Rule two", "Rule one")}
    assert found(tmp_path, ONE, "D002", **other) == []
