"""Every state that the tables know is met in a worked case, and what the tables know of it changes the advice there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from comity import scenario
from comity.decision.model import Decision
from comity.decision.opinion import Counsel
from comity.law.rulebook import Rulebook
from comity.logic.agreement import Reference
from comity.logic.terms import Absent

FOLDER = Path(__file__).parents[2] / "scenarios"
SHIPPED = Rulebook.shipped()
REFERENCE = Reference(SHIPPED.program)
STATES = sorted({row["state"] for row in SHIPPED.tables.states})
ATTRIBUTES = sorted(SHIPPED.tables.attributes)


@cache
def worked() -> tuple[tuple[scenario.Scenario, Decision], ...]:
    counsel = Counsel(SHIPPED, REFERENCE)
    read = [scenario.read(path) for path in scenario.find([FOLDER])]
    return tuple((one, scenario.opinion(counsel, one).decision) for one in read)


def states_in(value: object) -> Iterator[str]:
    """The states that a case names, as values or as keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from states_in(key)
            yield from states_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from states_in(inner)
    elif isinstance(value, str):
        yield value


def advice(decision: Decision) -> dict[str, object]:
    """A decision without its digest, which tells only that some table changed."""
    return decision.model_dump(mode="json", exclude={"digest"})


@pytest.mark.parametrize("state", STATES)
def test_what_the_tables_know_of_a_state_changes_the_advice_in_a_worked_case(state):
    tables = replace(SHIPPED.tables, states=tuple(r for r in SHIPPED.tables.states if r["state"] != state))
    without = Counsel(replace(SHIPPED, tables=tables), REFERENCE)
    met = [(one, made) for one, made in worked() if state in states_in(one.case.model_dump(mode="json"))]
    assert met, f"no scenario names {state}"
    assert any(advice(scenario.opinion(without, one).decision) != advice(made) for one, made in met)


CARRIED = {"log_retention_days": "kept_by_law"}
"""Attributes that reach the rules, reckoned per item, through a relation of their own."""


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_attribute_of_a_state_is_read_by_a_rule(attribute):
    conditions = [repr(condition) for rule in SHIPPED.rules for condition, _ in rule.conditions]
    assert any(repr(CARRIED.get(attribute, attribute)) in condition for condition in conditions)


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_a_rule_says_what_it_costs_when_an_attribute_is_missing(attribute):
    gaps = [c.literal for rule in SHIPPED.rules for c, _ in rule.conditions if isinstance(c, Absent)]
    assert any(CARRIED.get(attribute, attribute) in (gap.relation, *gap.terms) for gap in gaps)
