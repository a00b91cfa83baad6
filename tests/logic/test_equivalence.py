"""What a change of a program changes, proved for all facts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from random_programs import DRAWN, facts, program
from test_prove import allowed, lit, random_setting

from comity.logic import reference
from comity.logic.axiom import Setting, Shape
from comity.logic.domain import Domain
from comity.logic.equivalence import equivalent, never_meet
from comity.logic.program import Program
from comity.logic.rule import Kind, Rule
from comity.logic.soundness import ProgramError
from comity.logic.terms import Comparison, Var

X, Y = Var("x"), Var("y")
OLD = Rule("mild", lit("mild", X), (lit("offence", X, Y), Comparison("<", Y, 3), Comparison("<", Y, 5)))
HARSH = Rule("harsh", lit("mild", X, positive=False), (lit("offence", X, Y), Comparison(">=", Y, 3)))
SETTING = Setting({"offence": Shape(2, 1, (None, Domain(numbers=(0, 200))))})


def changed(rule: Rule) -> Program:
    return Program((rule, HARSH))


def test_a_condition_that_follows_from_another_may_be_dropped():
    assert equivalent(changed(OLD), changed(replace(OLD, body=OLD.body[:2])), SETTING) is True


def test_a_condition_that_follows_from_none_may_not():
    assert equivalent(changed(OLD), changed(replace(OLD, body=OLD.body[::2])), SETTING) is False


def test_two_rules_that_never_meet_need_no_superiority():
    beaten = Program((OLD, HARSH), frozenset({("mild", "harsh")}))
    assert equivalent(Program((OLD, HARSH)), beaten, SETTING) is True


def test_where_they_meet_superiority_decides():
    meeting = replace(OLD, body=OLD.body[:1])
    beaten = Program((meeting, HARSH), frozenset({("mild", "harsh")}))
    assert equivalent(Program((meeting, HARSH)), beaten, SETTING) is False


def test_a_defeater_carries_nothing():
    assert equivalent(changed(OLD), changed(replace(OLD, kind=Kind.DEFEATER)), SETTING) is False


def test_a_rule_that_can_never_apply_may_be_left_out():
    never = replace(OLD, id="never", body=(*OLD.body, Comparison(">", Y, 200)))
    assert equivalent(Program((OLD, HARSH, never)), Program((OLD, HARSH)), SETTING) is True
    assert equivalent(Program((OLD, HARSH)), Program((HARSH,)), SETTING) is False


@settings(max_examples=80, deadline=None)
@given(DRAWN)
def test_what_is_called_equivalent_gives_every_literal_the_same_verdict(draw):
    made = program(draw)
    long = [rule for rule in made.rules if len(rule.body) > 1] if made else []
    if made is None or not long:
        return
    victim = draw.choice(long)
    place = draw.randrange(len(victim.body))
    shorter = replace(victim, body=victim.body[:place] + victim.body[place + 1 :])
    try:
        mutant = Program(tuple(shorter if rule is victim else rule for rule in made.rules), made.superiority)
    except ProgramError:
        return
    setting = random_setting(draw)
    if equivalent(made, mutant, setting, timeout=3):
        for _ in range(15):
            world = allowed(setting, facts(draw) | facts(draw))
            old, new = reference.model(made, world), reference.model(mutant, world)
            assert old.held == new.held
            assert old.firings.keys() == new.firings.keys()


def test_rules_that_never_apply_to_the_same_never_meet():
    both = Program((OLD, HARSH))
    assert never_meet(both, [("mild", "harsh")], SETTING) is True


def test_rules_that_apply_to_the_same_somewhere_meet():
    meeting = replace(OLD, body=OLD.body[:1])
    assert never_meet(Program((meeting, HARSH)), [("mild", "harsh")], SETTING) is False


def test_rules_that_speak_of_different_things_never_meet():
    one = replace(OLD, head=lit("mild", "here"), body=OLD.body[:1])
    other = replace(HARSH, head=lit("mild", "there", positive=False))
    assert never_meet(Program((one, other)), [("mild", "harsh")], SETTING) is True


def test_a_variable_of_one_rule_is_not_the_namesake_of_the_other():
    one = Rule("mild", lit("mild", X), (lit("offence", X, Y), Comparison("<", Y, 3)))
    other = Rule("harsh", lit("mild", Y, positive=False), (lit("offence", Y, X), Comparison("<", X, 3)))
    assert never_meet(Program((one, other)), [("mild", "harsh")], SETTING) is False


@settings(max_examples=80, deadline=None)
@given(DRAWN)
def test_rules_that_are_said_never_to_meet_do_not(draw):
    made = program(draw)
    if made is None:
        return
    pairs = [
        (one.id, other.id)
        for one in made.rules
        for other in made.rules
        if (one.head.relation, one.head.positive) == (other.head.relation, not other.head.positive)
    ]
    if not pairs:
        return
    one, other = draw.choice(pairs)
    setting = random_setting(draw)
    if never_meet(made, [(one, other)], setting, timeout=2):
        for _ in range(15):
            model = reference.model(made, allowed(setting, facts(draw) | facts(draw)))
            for head, group in model.firings.items():
                against = {firing.rule.id for firing in model.firings.get(~head, ())}
                assert other not in against or one not in {firing.rule.id for firing in group}
