"""The model of a changed program, worked out from the known one, is the model worked out from nothing."""

from __future__ import annotations

from hypothesis import event, given, settings
from random_programs import DRAWN, KINDS, facts, program, rule

from comity.logic import reference
from comity.logic.program import Program
from comity.logic.revision import Settled
from comity.logic.rule import Rule
from comity.logic.soundness import ProgramError


def changed(draw, made: Program) -> tuple[Program, frozenset[str]] | None:
    """Another program, and the rules in which it differs: one dropped, another one, weaker, or with another kind."""
    chosen = draw.choice(made.rules)
    superiority = made.superiority
    match draw.randint(0, 4):
        case 0:
            new = ()
            superiority = frozenset(pair for pair in superiority if chosen.id not in pair)
        case 1:
            new = (rule(draw, chosen.id),)
        case 2 if chosen.body:
            left = list(chosen.body)
            left.pop(draw.randrange(len(left)))
            new = (Rule(chosen.id, chosen.head, tuple(left), chosen.kind),)
        case 3:
            new = (Rule(chosen.id, chosen.head, chosen.body, draw.choice(KINDS)),)
        case _:
            new = (chosen,)
            superiority = frozenset(pair for pair in superiority if draw.random() < 0.5)
    touched = {chosen.id, *(id_ for pair in superiority ^ made.superiority for id_ in pair)}
    try:
        return made.amended([chosen.id], new, superiority), frozenset(touched)
    except ProgramError:
        return None


def alike(first, second) -> bool:
    return (first.definite, first.held, first.facts) == (second.definite, second.held, second.facts) and (
        fired(first) == fired(second)
    )


def fired(model):
    """The firings by head, whatever their order: that of the number 1 and the text 1 is the same."""
    assert all(len(set(group)) == len(group) for group in model.firings.values())
    return {head: set(group) for head, group in model.firings.items()}


@settings(max_examples=600, deadline=None)
@given(DRAWN)
def test_a_revised_model_is_the_model(draw):
    made = program(draw)
    other = changed(draw, made) if made else None
    if made is None or other is None:
        return
    before, after = facts(draw), facts(draw)
    base = Settled(reference.model(made, before))
    wanted = Program(other[0].rules, other[0].superiority)
    for given_ in (before, after):
        expected = reference.model(wanted, given_)
        event(f"differs: {expected.held != base.model.held}")
        assert alike(base.revised(*other, frozenset(given_)), expected)


@settings(max_examples=600, deadline=None)
@given(DRAWN)
def test_where_a_changed_rule_fires_alike_nothing_changes(draw):
    made = program(draw)
    other = changed(draw, made) if made else None
    if made is None or other is None or other[0].superiority != made.superiority:
        return
    base = Settled(reference.model(made, facts(draw)))
    old = [made.by_id[id_] for id_ in other[1] if id_ in made.by_id]
    new = [other[0].by_id[id_] for id_ in other[1] if id_ in other[0].by_id]
    if base.fires_alike(old, new):
        event("alike")
        expected = reference.model(other[0], base.model.facts)
        assert (expected.definite, expected.held) == (base.model.definite, base.model.held)
