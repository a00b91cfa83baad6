"""The readings, on random programs."""

from __future__ import annotations

from random import Random

from hypothesis import event, given, settings
from random_programs import DRAWN, facts, program

from comity.logic import reference
from comity.logic.agreement import differences
from comity.logic.columnar import Columnar
from comity.logic.program import Program
from comity.logic.rete import Rete
from comity.logic.soundness import ProgramError


@settings(max_examples=300, deadline=None)
@given(DRAWN)
def test_both_readings_agree(draw):
    made = program(draw)
    if made is not None:
        given_facts = facts(draw)
        answer = reference.model(made, given_facts)
        event(f"joins: {any(len(f.premises) > 1 for group in answer.firings.values() for f in group)}")
        assert differences(answer, Rete(made).model(given_facts)) == ()


@settings(max_examples=300, deadline=None)
@given(DRAWN)
def test_a_batch_has_the_models_of_its_cases(draw):
    made = program(draw)
    if made is not None:
        columnar = Columnar(made, threads=1)
        for size in (0, 1, 4):
            cases = [frozenset(facts(draw)) for _ in range(size)]
            for case, answer in zip(cases, columnar.models(cases), strict=True):
                assert differences(reference.model(made, case), answer) == ()


@settings(max_examples=40, deadline=None)
@given(DRAWN)
def test_both_readings_agree_while_the_facts_change(draw):
    made = program(draw)
    if made is not None:
        rete, world = Rete(made), facts(draw)
        for _ in range(4):
            assert differences(reference.model(made, world), rete.model(world)) == ()
            world = {fact for fact in world if draw.random() < 0.7} | facts(draw)


@settings(max_examples=200, deadline=None)
@given(DRAWN)
def test_opposites_hold_together_only_where_both_are_definite(draw):
    made = program(draw)
    if made is not None:
        answer = reference.model(made, facts(draw))
        assert all({held, ~held} <= answer.definite for held in answer.held if ~held in answer.held)


@settings(max_examples=200, deadline=None)
@given(DRAWN)
def test_what_holds_still_holds_when_a_rule_for_it_beats_one_against_it(draw):
    made = program(draw)
    if made is None:
        return
    world = facts(draw)
    answer = reference.model(made, world)
    pairs = [
        (held, firing.rule.id, other.id)
        for held in sorted(answer.held, key=str)
        for firing in answer.supporters(held)
        for other in made.rules
        if (other.head.relation, other.head.positive) == (held.relation, not held.positive)
    ]
    for held, stronger, weaker in pairs[:5]:
        if (weaker, stronger) not in made.superiority:
            try:
                stricter = Program(made.rules, made.superiority | {(stronger, weaker)})
            except ProgramError:  # superiority would run in a circle
                continue
            assert held in reference.model(stricter, world).held


def test_the_random_programs_are_worth_running():
    """Guards the generator: most programs are accepted, fire, and many join two facts or contest a conclusion."""
    accepted = fired = joined = contested = 0
    for seed in range(200):
        draw = Random(seed)
        made = program(draw)
        if made is not None:
            answer = reference.model(made, facts(draw))
            accepted += 1
            fired += bool(answer.firings)
            joined += any(len(f.premises) > 1 for group in answer.firings.values() for f in group)
            contested += any(~head in answer.firings for head in answer.firings)
    assert accepted > 100
    assert fired > 90
    assert joined > 40
    assert contested > 10
