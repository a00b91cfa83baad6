"""What is called impossible without a case never happens in one."""

from pathlib import Path

import pytest

from comity import scenario
from comity.law.facts import facts
from comity.law.reasoning.contradiction import contradiction
from comity.law.reasoning.extent import extent
from comity.law.reasoning.keys import KEYS, PARTS
from comity.law.reasoning.knowledge import Knowledge
from comity.law.rulebook import Rulebook
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic import reference

SCENARIOS = sorted((Path(__file__).parents[3] / "scenarios").rglob("*.yaml"))


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return Rulebook.shipped()


@pytest.fixture(scope="module")
def worlds(shipped):
    """The facts of every scenario."""
    return [facts(s.case, shipped.tables, s.as_of) for s in map(scenario.read, SCENARIOS)]


def test_keys_and_parts_name_relations_and_fields_that_exist() -> None:
    for relation, key in KEYS.items():
        assert {field.name for field in RELATIONS[relation].fields} >= set(key), relation
    for relation, field in PARTS:
        assert RELATIONS[relation].field(field) is not None


def test_in_no_scenario_do_two_facts_share_a_key(worlds) -> None:
    for world in worlds:
        seen: dict[tuple, object] = {}
        for fact in world:
            if fact.relation in KEYS:
                fields = RELATIONS[fact.relation].fields
                key = tuple(v for f, v in zip(fields, fact.terms, strict=True) if f.name in KEYS[fact.relation])
                assert seen.setdefault((fact.relation, *key), fact) == fact


def test_in_no_scenario_is_one_id_two_parts(worlds) -> None:
    for world in worlds:
        kinds: dict[object, str] = {"unknown": ""}
        for fact in world:
            for field, value in zip(RELATIONS[fact.relation].fields, fact.terms, strict=True):
                part = PARTS.get((fact.relation, field.name))
                if part and value not in ("unknown", "authority"):
                    assert kinds.setdefault(value, part) == part


def test_every_fact_from_a_table_is_among_its_possible_rows_and_on_its_days(shipped, worlds) -> None:
    rows = extent(shipped.tables)
    assert set(rows) == {name for name, known in RELATIONS.items() if known.origin is Origin.TABLE}
    exact = {(name, row.values): row for name in rows for row in rows[name] if None not in row.values}
    stated = {
        (fact, str(next(f.terms[-1] for f in world if f.relation == "case")))
        for world in worlds
        for fact in world
        if fact.relation in rows
    }
    assert len(stated) > 1000
    for fact, day in stated:
        key = fact.relation, fact.terms
        fitting = [exact[key]] if key in exact else [r for r in rows[fact.relation] if agrees(r.values, fact.terms)]
        assert any(r.since <= day and (not r.until or r.until >= day) for r in fitting), (fact, day)


def agrees(values, terms) -> bool:
    return all(v is None or v == t for v, t in zip(values, terms, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, len(SCENARIOS), 12))
def test_what_applies_in_a_scenario_is_never_called_impossible(shipped, worlds, start) -> None:
    """Alone, and together with whatever else applies to the same thing."""
    knowledge = Knowledge(shipped)
    anything = Knowledge(shipped, any_tables=True)
    model = reference.model(shipped.program, worlds[start])
    applied = {firing.rule.id: firing.rule for firings in model.firings.values() for firing in firings}
    assert applied
    for rule in applied.values():
        assert contradiction(knowledge, rule) == "", rule.id
        assert contradiction(anything, rule) == "", rule.id
    for head, firings in model.firings.items():
        if head.positive:
            for one in firings:
                for other in model.firings.get(~head, ()):
                    assert contradiction(knowledge, one.rule, other.rule) == "", (one.rule.id, other.rule.id)
                    assert contradiction(anything, one.rule, other.rule, depth=0) == ""
