import ast
from pathlib import Path

from desk import found, rule

from comity.law.vocabulary import READ_BY_DECISION, RELATIONS, Origin

WHEN = ["data: {id: $x, stored_in: CN}"]


def test_a_conclusion_that_nobody_reads_is_found_where_it_is_drawn(tmp_path) -> None:
    (finding,) = found(tmp_path, rule(WHEN, conclude=["warning: {about: $x, code: look}", "here: {item: $x}"]), "U002")
    assert finding.place.line == 8
    assert "no rule reads this 'here'" in finding.message


def test_a_conclusion_that_a_rule_reads_is_used_if_the_values_fit(tmp_path) -> None:
    def read(state: str) -> str:
        return "\n".join(
            [
                rule(WHEN, conclude=["abroad: {item: $x, state: CN}"]),
                rule(
                    [f"abroad: {{item: $x, state: {state}}}"], id="reads", conclude=["warning: {about: $x, code: look}"]
                ),
            ]
        )

    assert found(tmp_path / "a", read("CN"), "U002") == []
    assert len(found(tmp_path / "b", read("US"), "U002")) == 1


def test_an_absence_reads_as_well(tmp_path) -> None:
    reads = rule(
        ["data: {id: $x}", "absent: {here: {item: $x}}"], id="reads", conclude=["warning: {about: $x, code: a}"]
    )
    assert found(tmp_path, rule(WHEN, conclude=["here: {item: $x}"]) + "\n" + reads, "U002") == []


def test_a_denial_is_used_against_what_another_rule_concludes(tmp_path) -> None:
    denies = rule(WHEN, id="denies", rule_out=["here: {item: $x}"])
    affirms = rule(WHEN, id="affirms", conclude=["here: {item: $x}"], overrides="[denies]")
    reads = rule(["here: {item: $x}"], id="reads", conclude=["warning: {about: $x, code: look}"])
    assert found(tmp_path, "\n".join([denies, affirms, reads]), "U002") == []


def test_what_advice_is_made_of_is_declared_and_is_what_the_decision_reads() -> None:
    """The modules that word a conclusion or answer a question on it take any; the others read what they name."""
    folder = Path(__file__).parents[3] / "engine" / "comity" / "decision"
    any_conclusion = {"sentences.py", "topics.py", "why.py", "why_not.py", "differences.py", "model.py", "nearest.py"}
    named = {
        node.value
        for path in folder.glob("*.py")
        if path.name not in any_conclusion
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert named & {name for name, known in RELATIONS.items() if known.origin is Origin.RULES} == READ_BY_DECISION
