"""What a changed rule does to the scenarios is told quickly, and is what deciding them anew would tell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest

from comity import scenario
from comity.audit.bench import Bench, law_of
from comity.audit.mutation import amendment, mutants_of
from comity.decision.draft import Draft
from comity.decision.opinion import counterparts, of_each, stated
from comity.decision.reasons import Reasons
from comity.law.case import Case
from comity.law.rulebook import Rulebook
from comity.logic import reference
from comity.logic.program import Program

FOLDER = Path(__file__).parents[2] / "scenarios"


@cache
def bench() -> Bench:
    """A few scenarios of each kind: that we ask, that we are asked, and that suppose a treaty in force."""
    read = [scenario.read(path) for path in scenario.find([FOLDER])]
    draw = Random(4)
    asked = draw.sample([one for one in read if one.case.requests], 4)
    supposing = [one for one in read if one.suppose][:1]
    others = draw.sample([one for one in read if not one.case.requests and not one.suppose], 5)
    made = Bench(Rulebook.shipped(), [*asked, *supposing, *others])
    assert made.failing == []
    return made


def anew(case: Case, day, rulebook: Rulebook, program: Program) -> Draft:
    """What is advised, worked out from nothing."""
    theirs = of_each(counterparts(case), lambda other: anew(other, day, rulebook, program).reasons)
    model = reference.model(program, stated(case, day, rulebook, theirs))
    return Draft(case, day, Reasons(rulebook, model), theirs, ())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_quick_answer_is_the_slow_one(seed):
    rulebook = bench().rulebook
    every = list(mutants_of(rulebook, [rule.id for rule in rulebook.rules]))
    changed = concerned = 0
    for mutant in Random(seed).sample(every, 25):
        made = amendment(rulebook, mutant)
        if made is None:
            continue
        program = Program(made.rulebook.program.rules, made.rulebook.program.superiority)
        for seat in bench().seats:
            basis, law = seat.basis, law_of(seat.scenario, made.rulebook)
            slow = anew(basis.case, basis.day, law, program).decision
            quick = (basis.amended(made) if basis.concerned(made) else basis.draft).decision
            alike = {"digest": quick.digest}
            assert quick == slow.model_copy(update=alike), f"{mutant.name} in {seat.scenario.title}"
            concerned += basis.concerned(made)
            changed += quick != basis.draft.decision
    assert changed <= concerned
    assert changed, "a sample in which nothing changes shows nothing"
