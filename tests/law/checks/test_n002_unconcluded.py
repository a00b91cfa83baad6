from desk import found, rule

THEN = ["warning: {about: $x, code: look}"]
OPEN = rule(["data: {id: $x, stored_in: CN}"], id="open", conclude=["abroad: {item: $x, state: CN}"])


def test_a_condition_that_no_rule_concludes_is_found_where_it_stands(tmp_path) -> None:
    (finding,) = found(tmp_path, rule(["data: {id: $x}", "here: {item: $x}"], conclude=THEN), "N002")
    assert (finding.place.line, finding.place.column) == (6, 7)
    assert "no rule concludes such a 'here'" in finding.message


def test_values_count(tmp_path) -> None:
    assert found(tmp_path / "a", OPEN + "\n" + rule(["abroad: {item: $x, state: CN}"], conclude=THEN), "N002") == []
    assert len(found(tmp_path / "b", OPEN + "\n" + rule(["abroad: {item: $x, state: US}"], conclude=THEN), "N002")) == 1


def test_a_denial_needs_a_rule_that_rules_out(tmp_path) -> None:
    (finding,) = found(tmp_path, OPEN + "\n" + rule(["denied: {abroad: {item: $x}}"], conclude=THEN), "N002")
    assert "no rule rules out such a 'abroad'" in finding.message


def test_a_rule_that_only_unsettles_concludes_nothing(tmp_path) -> None:
    unsettles = rule(["data: {id: $x, stored_in: CN}"], id="open", unsettle=["here: {item: $x}"])
    assert len(found(tmp_path, unsettles + "\n" + rule(["here: {item: $x}"], conclude=THEN), "N002")) == 1
