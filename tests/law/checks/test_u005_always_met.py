from desk import found, rule

THEN = ["warning: {about: $x, code: look}"]
BLOCKED = rule(["data: {id: $x, stored_in: CN}"], id="blocked", conclude=["blocked: {item: $x, state: CN}"])


def test_the_absence_of_what_no_rule_concludes_is_found_where_it_stands(tmp_path) -> None:
    (finding,) = found(tmp_path, rule(["data: {id: $x}", "absent: {blocked: {item: $x}}"], conclude=THEN), "U005")
    assert (finding.place.line, finding.place.column) == (6, 7)
    assert "no rule concludes such a blocked" in finding.message


def test_values_count(tmp_path) -> None:
    def absent(state: str) -> str:
        when = ["data: {id: $x}", f"absent: {{blocked: {{item: $x, state: {state}}}}}"]
        return BLOCKED + "\n" + rule(when, conclude=THEN)

    assert found(tmp_path / "a", absent("CN"), "U005") == []
    assert len(found(tmp_path / "b", absent("US"), "U005")) == 1


def test_the_absence_of_a_fact_depends_on_the_case(tmp_path) -> None:
    assert (
        found(tmp_path, rule(["data: {id: $x}", "absent: {asset: {kind: crypto-asset}}"], conclude=THEN), "U005") == []
    )
