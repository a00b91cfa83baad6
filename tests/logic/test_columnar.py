"""The columnar reading, on the real rulebook and where columns have limits of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from comity import Rulebook, scenario
from comity.decision.opinion import Counsel
from comity.law.facts import facts
from comity.law.supposition import suppose
from comity.logic import reference
from comity.logic.agreement import differences
from comity.logic.columnar import Caseload, Columnar
from comity.logic.program import Program
from comity.logic.rule import Kind, Rule
from comity.logic.terms import Absent, Arithmetic, Comparison, Literal, Var
from comity.selfcheck import random_cases

SCENARIOS = Path(__file__).parents[2] / "scenarios"


class Recording:
    """The reference reading, which keeps what it was asked and what it answered."""

    names = ("reference",)

    def __init__(self, program: Program) -> None:
        self.program, self.models = program, {}

    def model(self, stated):
        given = frozenset(stated)
        if given not in self.models:
            self.models[given] = reference.model(self.program, given)
        return self.models[given]


@pytest.fixture(scope="module")
def rulebook():
    return Rulebook.shipped()


@pytest.fixture(scope="module")
def columnar(rulebook):
    return Columnar(rulebook.program, threads=2)


def agree(columnar, answers):
    cases = [*answers]
    for begin in range(0, len(cases), 500):
        batch = cases[begin : begin + 500]
        for case, model in zip(batch, columnar.models(batch), strict=True):
            assert differences(answers[case], model) == ()
            assert {*answers[case].firings} == {*model.firings}


@pytest.mark.slow
def test_scenarios_have_the_models_of_the_reference_reading(rulebook, columnar):
    """Every eighth file with all its variants; ``comity selfcheck`` is for more."""
    recording = Recording(rulebook.program)
    for path in sorted(SCENARIOS.rglob("*.yaml"))[::8]:
        read = scenario.read(path)
        for one in (read, *read.variants):
            supposed = suppose(rulebook, one.suppose) if one.suppose else rulebook
            assert supposed.program == rulebook.program
            Counsel(supposed, recording).opinion(one.case, one.as_of)
    assert len(recording.models) > 100
    agree(columnar, recording.models)


def test_random_cases_have_the_models_of_the_reference_reading(rulebook, columnar):
    worlds = [facts(case, rulebook.tables, case.as_of) for case in random_cases(rulebook, 60, 4)]
    agree(columnar, {world: reference.model(rulebook.program, world) for world in worlds})


def test_a_decision_does_not_load_it():
    told = "import comity_cli.decide, comity, sys; print({'duckdb', 'pyarrow'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True).stdout == "set()\n"


x, y, z = Var("x"), Var("y"), Var("z")


def p(*terms):
    return Literal("p", terms)


def q(*terms):
    return Literal("q", terms)


def both(rules, *cases, superiority=frozenset()):
    """The models of cases, by the columnar reading, once they are those of the reference reading."""
    program = Program(tuple(rules), superiority)
    found = Columnar(program, threads=1).models([frozenset(case) for case in cases])
    for case, model in zip(cases, found, strict=True):
        assert differences(reference.model(program, case), model) == ()
    return found


def test_a_word_and_a_number_are_in_no_order():
    rules = [Rule("more", q(x), (p(x), Comparison(">", x, 5))), Rule("after", q(x), (p(x), Comparison(">=", x, "m")))]
    (model,) = both(rules, {p("a"), p("m"), p("z"), p(5), p(6), p("6")})
    assert {literal.terms[0] for literal in model.of("q")} == {"m", "z", 6}


def test_words_are_in_order_whether_rules_name_them_or_not():
    rules = [Rule("r", q(x, y), (p(x), p(y), Comparison("<", x, y), Comparison("!=", x, "k")))]
    words = ["", "a", "k", "kk", "l", "é", "z", "\U0001f600"]
    (model,) = both(rules, {p(word) for word in words})
    assert len(model.of("q")) == 28 - 5


def test_arithmetic_works_and_refuses_words():
    body = (p(x, y), Comparison("<", Arithmetic("-", x, y), 3))
    rules = [Rule("r", q(Arithmetic("*", x, Arithmetic("+", y, -2))), body)]
    model, _ = both(rules, {p(3, 1), p(-7, 9), p(9, 1)}, set())
    assert {literal.terms[0] for literal in model.of("q")} == {-3, -49}
    with pytest.raises(TypeError, match="whole numbers: 'a' in r"):
        Columnar(Program(tuple(rules))).model({p("a", 1)})


def test_recursion_ends_where_nothing_new_comes():
    rules = [
        Rule("step", q(x, y), (p(x, y),), Kind.STRICT),
        Rule("on", q(x, z), (q(x, y), p(y, z))),
        Rule("apart", Literal("r", (x,)), (p(x, Var("_any")), Absent(q(x, x)))),
    ]
    ring = {p(n, (n + 1) % 5) for n in range(5)}
    model, other = both(rules, ring, {p(1, 2), p(2, 3), p(3, 2)})
    assert len(model.of("q")) == 25
    assert [literal.terms for literal in other.of("r")] == [(1,)]


def test_facts_of_a_contested_relation_are_definite():
    rules = [Rule("for", q(x), (p(x),)), Rule("against", ~q(x), (p(x),), Kind.DEFEATER)]
    model, other = both(rules, {p(1), q(1), ~q(2), p(2)}, {p(1)})
    assert q(1) in model.held
    assert q(2) not in model.held
    assert q(1) not in other.held


def test_a_number_that_no_column_can_hold_is_told():
    with pytest.raises(OverflowError, match="too large for the columnar reading"):
        Columnar(Program((Rule("r", q(x), (p(x),)),))).model({p(2**70)})


def test_columns_in_and_columns_out():
    rules = (
        Rule("party", q(x, "open"), (p(x, y), Literal("member", ("treaty", y)))),
        Rule("other", q(x, "shut"), (p(x, y), Literal("member", ("pact", y)))),
    )
    columnar = Columnar(Program(rules))
    given = pa.table({"case": [0, 0, 2], "id": ["a", "b", "a"], "state": ["NZ", "AU", "FR"]})
    member = pa.table({"name": ["treaty", "pact", "pact"], "state": ["NZ", "NZ", "FR"]})
    answer = columnar.answer(Caseload(3, {("p", True): given}, {("member", True): member}))
    value = columnar.words.value
    held = answer.held("q").to_pylist()
    assert {(row["c"], value(row["t0"]), value(row["t1"])) for row in held} == {
        (0, "a", "open"),
        (0, "a", "shut"),
        (2, "a", "shut"),
    }
    assert answer.held("member").num_rows == 3 * 3
    assert answer.held("q", positive=False) is None
    (fired,) = answer.firings()
    matched = [
        (row["c"], row["r"], {name: value(row[f"v{place}"]) for place, name in enumerate(fired.names[row["r"]])})
        for row in fired.table.to_pylist()
    ]
    assert sorted(matched, key=repr) == [
        (0, 0, {"x": "a", "y": "NZ"}),
        (0, 1, {"x": "a", "y": "NZ"}),
        (2, 1, {"x": "a", "y": "FR"}),
    ]


def test_shared_facts_of_a_relation_that_cases_have_too():
    rules = (Rule("r", q(x), (p(x),)), Rule("s", Literal("s"), (Absent(q(2)),)))
    columnar = Columnar(Program(rules))
    mine, ours = pa.table({"case": [1], "n": [2]}), pa.table({"n": [1]})
    answer = columnar.answer(Caseload(3, {("p", True): mine}, {("p", True): ours}))
    assert sorted((row["c"], row["t0"] // 2) for row in answer.held("q").to_pylist()) == [
        (0, 1),
        (1, 1),
        (1, 2),
        (2, 1),
    ]
    assert sorted(row["c"] for row in answer.held("s").to_pylist()) == [0, 2]
