"""What a question is told of the tables is true of every case that is decided under them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity import scenario
from comity.law.facts import facts
from comity.law.real import Real
from comity.law.rulebook import Rulebook
from comity.logic.terms import Literal, Var

FILES = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))


def met(wanted: Literal, stated: frozenset[Literal]) -> bool:
    return any(
        wanted.relation == fact.relation
        and all(isinstance(w, Var) or w == v for w, v in zip(wanted.terms, fact.terms, strict=True))
        for fact in stated
    )


@pytest.mark.parametrize("path", FILES[::20], ids=lambda path: path.stem)
def test_the_tables_speak_of_categories_only_for_the_offences_of_the_case(path):
    rulebook = Rulebook.shipped()
    real = Real(rulebook.tables, date(2026, 11, 26))
    worked = scenario.read(path)
    stated = real.found = facts(worked.case, rulebook.tables, worked.as_of)
    told = 0
    for fact in stated:
        for axiom, premises in real.explain(fact, False):
            if axiom.says.endswith("are read for the offences of the case"):
                told += 1
                assert premises == (fact,)
                assert any(all(met(part, stated) for part in head) for head in axiom.heads), str(fact)
    assert bool(told) is bool(worked.case.offences)


def test_a_convention_on_bribery_is_read_for_bribery_and_nothing_else():
    rulebook = Rulebook.shipped()
    real = Real(rulebook.tables, date(2026, 11, 26))
    real.found = facts(scenario.read(FILES[0]).case, rulebook.tables, date(2026, 11, 26))
    covered = Literal("covered", ("bribery-of-officials", "uncac", "15"))
    (read,) = [axiom for axiom, _ in real.explain(covered, False) if axiom.says.endswith("the offences of the case")]
    assert [str(part.terms[1]) for head in read.heads for part in head] == ["bribery-of-officials"]
