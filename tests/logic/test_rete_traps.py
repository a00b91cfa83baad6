"""What durable-rules would get wrong if the rete reading let it."""

from __future__ import annotations

import random

import pytest

from comity.logic import reference
from comity.logic.agreement import differences
from comity.logic.program import Program
from comity.logic.rete import Rete
from comity.logic.rule import Rule
from comity.logic.soundness import LONGEST_JOIN, TooManyConditions
from comity.logic.terms import Literal, Var

X, Y, Z = Var("x"), Var("y"), Var("z")


def chain(length: int) -> Program:
    links = tuple(Literal("next", (Var(f"x{i}"), Var(f"x{i + 1}"))) for i in range(length))
    return Program((Rule("chain", Literal("far", (Var("x0"), Var(f"x{length}"))), links),))


@pytest.mark.parametrize("length", [10, LONGEST_JOIN])
def test_a_long_body_matches_from_end_to_end(length):
    steps = [Literal("next", (i, i + 1)) for i in range(length)]
    assert Rete(chain(length)).model(steps).of("far") == [Literal("far", (0, length))]
    assert Rete(chain(length)).model(steps[:-1]).of("far") == []


def test_a_body_longer_than_durable_rules_can_join_is_refused():
    with pytest.raises(TooManyConditions, match="chain"):
        chain(LONGEST_JOIN + 1)


def test_a_literal_that_repeats_a_variable_matches_only_equal_values():
    program = Program((Rule("r", Literal("same", (X,)), (Literal("p", (X, X)),)),))
    answer = Rete(program).model([Literal("p", ("a", "a")), Literal("p", ("a", "b"))])
    assert answer.of("same") == [Literal("same", ("a",))]


def test_one_fact_may_complete_a_thousand_matches():
    program = Program((Rule("r", Literal("pair", (X, Y)), (Literal("p", (X,)), Literal("q", (Y,)))),))
    facts = [*(Literal("q", (i,)) for i in range(1000)), Literal("p", (1,))]
    assert len(Rete(program).model(facts).of("pair")) == 1000


def test_one_fact_may_be_read_by_any_number_of_rules_twice_over():
    bodies = [(Literal("p", (X,)), Literal("p", (Y,)), Literal("q", (X, Y)))] * 150
    program = Program(tuple(Rule(f"r{i}", Literal("seen", (i, X, Y)), body) for i, body in enumerate(bodies)))
    answer = Rete(program).model([Literal("p", ("a",)), Literal("q", ("a", "a"))])
    assert answer.of("seen") == sorted(
        (Literal("seen", (i, "a", "a")) for i in range(150)), key=lambda s: str(s.terms[0])
    )


def test_rules_that_facts_call_upon_one_after_the_other_all_stay():
    rules = [Rule(f"r{i}", Literal("said", (i,)), (Literal("p", (i,)),)) for i in range(100)]
    rete = Rete(Program(tuple(rules)))
    for count in (1, 2, 50, 3, 100, 0, 100):
        assert len(rete.model([Literal("p", (i,)) for i in range(count)]).of("said")) == count


def test_a_rule_without_conditions_fires_in_every_call():
    rete = Rete(Program((Rule("always", Literal("p", ("a",))),)))
    for facts in ([], [Literal("q", ("b",))], []):
        assert rete.model(facts).of("p") == [Literal("p", ("a",))]


def test_two_working_memories_of_one_program_do_not_mix():
    program = Program((Rule("r", Literal("q", (X,)), (Literal("p", (X,)),)),))
    one, other = Rete(program), Rete(program)
    assert one.model([Literal("p", ("a",))]).of("q") == [Literal("q", ("a",))]
    assert other.model([Literal("p", ("b",))]).of("q") == [Literal("q", ("b",))]


def test_a_recursive_conclusion_goes_when_a_link_in_the_middle_goes():
    step, far = Literal("step", (X, Y)), Literal("far", (X, Y))
    onward = Rule("more", Literal("far", (X, Z)), (step, Literal("far", (Y, Z))))
    rete = Rete(Program((Rule("one", far, (step,)), onward)))
    steps = [Literal("step", (i, i + 1)) for i in range(5)]
    assert Literal("far", (0, 5)) in rete.model(steps).held
    for facts in (steps[:2] + steps[3:], steps):
        assert differences(reference.model(rete.program, facts), rete.model(facts)) == ()


def test_hundreds_of_changing_fact_sets_leave_nothing_behind():
    """A stale match or fact of an earlier call would show as a difference in a later one."""
    program = Program(
        (
            Rule("join", Literal("q", (X, Z)), (Literal("p", (X, Y)), Literal("p", (Y, Z)))),
            Rule("against", ~Literal("q", (X, Y)), (Literal("s", (X,)), Literal("p", (X, Y)))),
        ),
        frozenset({("against", "join")}),
    )
    rete, draw = Rete(program), random.Random(7)
    for _ in range(200):
        facts = {Literal("p", (draw.randint(0, 8), draw.randint(0, 8))) for _ in range(12)}
        facts |= {Literal("s", (draw.randint(0, 8),)) for _ in range(3)}
        assert differences(reference.model(program, facts), rete.model(facts)) == ()
