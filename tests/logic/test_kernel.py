"""What the kernel promises, by both readings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.logic import reference
from comity.logic.agreement import Readings, ReadingsDisagree, differences
from comity.logic.model import Verdict
from comity.logic.program import Program
from comity.logic.rete import Rete
from comity.logic.rule import Kind, Rule
from comity.logic.soundness import BadSuperiority, ProgramError, UnboundVariable, UnsafeAbsence
from comity.logic.strata import NotStratified
from comity.logic.terms import Absent, Comparison, Literal, Var

X, Y = Var("x"), Var("y")


def fact(name: str, *terms: str | int) -> Literal:
    return Literal(name, terms)


def model(program: Program, *facts: Literal):
    return Readings(program).model(facts)


FLIES = (
    Rule("birds", Literal("flies", (X,)), (Literal("bird", (X,)),)),
    Rule("penguins", ~Literal("flies", (X,)), (Literal("penguin", (X,)),)),
    Rule("penguins-are-birds", Literal("bird", (X,)), (Literal("penguin", (X,)),), Kind.STRICT),
)


def test_equal_rules_on_both_sides_leave_it_undecided():
    assert model(Program(FLIES), fact("penguin", "opus")).verdict(fact("flies", "opus")) is Verdict.UNDECIDED


def test_a_beaten_rule_does_not_block():
    program = Program(FLIES, frozenset({("penguins", "birds")}))
    answer = model(program, fact("penguin", "opus"), fact("bird", "tweety"))
    assert answer.verdict(fact("flies", "opus")) is Verdict.REFUTED
    assert answer.verdict(fact("flies", "tweety")) is Verdict.HELD


def test_the_proof_names_what_was_beaten_and_the_facts_that_matched():
    proof = model(Program(FLIES, frozenset({("penguins", "birds")})), fact("penguin", "opus")).proof(
        ~fact("flies", "opus")
    )
    assert [f.rule.id for f in proof.support] == ["penguins"]
    assert proof.support[0].premises == (fact("penguin", "opus"),)
    assert [(a.firing.rule.id, [b.rule.id for b in a.beaten_by]) for a in proof.attacks] == [("birds", ["penguins"])]


def test_a_defeater_blocks_and_concludes_nothing():
    rules = (FLIES[0], Rule("heavy", ~Literal("flies", (X,)), (Literal("heavy", (X,)),), Kind.DEFEATER))
    answer = model(Program(rules), fact("bird", "emu"), fact("heavy", "emu"))
    assert answer.verdict(fact("flies", "emu")) is Verdict.UNDECIDED
    assert ~fact("flies", "emu") not in answer.held


def test_a_team_wins_where_each_attack_is_beaten_by_some_member():
    a = fact("a")
    rules = (Rule("f1", a), Rule("f2", a), Rule("n1", ~a), Rule("n2", ~a))
    team = frozenset({("f1", "n1"), ("f2", "n2")})
    assert model(Program(rules, team)).verdict(a) is Verdict.HELD
    assert model(Program(rules, frozenset({("f1", "n1")}))).verdict(a) is Verdict.UNDECIDED


def test_a_strict_conclusion_cannot_be_defeated():
    rules = (Rule("law", fact("a"), (), Kind.STRICT), Rule("claim", ~fact("a")))
    assert model(Program(rules, frozenset({("claim", "law")}))).verdict(fact("a")) is Verdict.HELD


def test_an_absence_is_met_by_what_is_undecided_too():
    rules = (*FLIES, Rule("walks", Literal("walks", (X,)), (Literal("bird", (X,)), Absent(Literal("flies", (X,))))))
    assert model(Program(rules), fact("penguin", "opus")).verdict(fact("walks", "opus")) is Verdict.HELD


def test_a_circle_through_an_absence_is_refused_with_the_circle():
    rules = (Rule("r", fact("a"), (Absent(fact("b")),)), Rule("s", fact("b"), (fact("a"),)))
    with pytest.raises(NotStratified, match="a -> b -> a"):
        Program(rules)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        (Rule("r", Literal("a", (X,))), UnboundVariable),
        (Rule("r", fact("a"), (Comparison("<", X, 3),)), UnboundVariable),
        (Rule("r", fact("a"), (Absent(Literal("b", (X,))),)), UnsafeAbsence),
    ],
)
def test_an_unsafe_rule_is_refused(rule, error):
    with pytest.raises(error):
        Program((rule,))


def test_superiority_must_not_run_in_a_circle():
    rules = (Rule("r", fact("a")), Rule("s", ~fact("a")))
    with pytest.raises(BadSuperiority, match="circle"):
        Program(rules, frozenset({("r", "s"), ("s", "r")}))


def test_words_and_numbers_stay_apart():
    program = Program((Rule("r", Literal("same", (X,)), (Literal("p", (X,)), Literal("q", (X,)))),))
    assert model(program, fact("p", "1"), fact("q", 1)).of("same") == []


def test_text_of_any_kind_survives_the_second_reading():
    program = Program((Rule("r", Literal("same", (X,)), (Literal("p", (X,)), Literal("q", (X,)))),))
    odd = ["", "it's", 'a "quote"', "$m", "中文", "null", "true", "a\nb"]
    answer = model(program, *[fact(name, text) for name in "pq" for text in odd])
    assert {literal.terms[0] for literal in answer.of("same")} == set(odd)


def test_one_fact_may_meet_two_conditions_of_a_rule():
    program = Program((Rule("r", fact("loop"), (Literal("e", (X, Y)), Literal("e", (Y, X)))),))
    assert model(program, fact("e", "a", "a")).verdict(fact("loop")) is Verdict.HELD


def test_a_hundred_rules_on_one_relation_all_fire():
    rules = tuple(Rule(f"r{i}", fact(f"h{i}"), (Literal("p", (X,)), Comparison("!=", X, i))) for i in range(100))
    assert len(model(Program(rules), fact("p", "x")).held) == 101


def test_what_a_retracted_fact_carried_goes_with_it():
    rete = Rete(Program(FLIES, frozenset({("penguins", "birds")})))
    opus = [fact("penguin", "opus")]
    for facts in (opus, [], [fact("bird", "opus")], opus):
        assert differences(reference.model(rete.program, facts), rete.model(facts)) == ()


def test_a_difference_between_the_readings_is_shown_with_both_answers():
    one = reference.model(Program(FLIES), [fact("bird", "a")])
    other = reference.model(Program(FLIES[1:]), [fact("bird", "a")])
    told = str(ReadingsDisagree(one, other, differences(one, other)))
    assert "only the reference reading: held flies(a)" in told


NAMES = st.sampled_from("pqrst")
TERMS = st.sampled_from([X, Y, "a", "b", 1])
LITERALS = st.builds(lambda n, a, b, sign: Literal(n, (a, b), sign), NAMES, TERMS, TERMS, st.booleans())
CONDITIONS = st.one_of(
    LITERALS,
    st.builds(Absent, LITERALS),
    st.builds(Comparison, st.sampled_from(["==", "!=", "<"]), TERMS, TERMS),
)
RULES = st.lists(st.tuples(LITERALS, st.lists(CONDITIONS, max_size=3), st.sampled_from(list(Kind))), max_size=6)
GROUND = st.builds(lambda n, a, b: Literal(n, (a, b)), NAMES, st.sampled_from(["a", "b", 1]), st.sampled_from(["a", 1]))


@settings(max_examples=150, deadline=None)
@given(
    RULES, st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=4), st.lists(st.sets(GROUND), max_size=3)
)
def test_both_readings_agree_on_random_programs_over_changing_facts(written, stronger, worlds):
    rules = tuple(Rule(f"r{i}", head, tuple(body), kind) for i, (head, body, kind) in enumerate(written))
    try:
        pairs = frozenset((f"r{a}", f"r{b}") for a, b in stronger if a != b and max(a, b) < len(rules))
        readings = Readings(Program(rules, pairs))
    except ProgramError:
        return
    for facts in worlds:
        answer = readings.model(facts)
        for literal in answer.held:
            assert ~literal not in answer.held or {literal, ~literal} <= answer.definite
